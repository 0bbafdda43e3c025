"""Opportunities: account x solution, the container of one buying group."""
from ctypes import byref, c_int32
from datetime import datetime
from decimal import Decimal
from typing import Any, Iterator, List, NamedTuple, Optional, Tuple

from ._library import blob, lib, made, slow, text
from .account import Account
from .assessment import Assessment
from .catalog import Role, Solution
from .contact import Contact
from .member import Member, refuse_negative
from .money import Amount, major, minor
from .path import Path
from .row import KeyedRow, of
from .signal import Signal, walk
from .table import Table
from .times import Time, asked, before, dated, told
from .words import Word, number, word


class Need(NamedTuple):
    """What the group (contact None), or one of its people, must have answered before it buys.
    state: "open", "validated" or "addressed"; None: it does not exist yet at that instant."""

    key: str
    contact: Optional[Contact]
    state: Optional[Word]


class Opportunity(KeyedRow):
    """One buying group, from first sign to close. What can change with time is told "since" an
    instant (None: since ever) and asked "as_of" one. source: "host", or "rule" for what a program
    concluded; a rule never overwrites a host."""

    __slots__ = ()
    _noun = "opportunity"

    # ---- What it is --------------------------------------------------------------------------

    @property
    def is_alive(self) -> bool:
        """False once it was removed; then changes raise GoneError, and the rest is empty."""
        return bool(lib.qbg_opportunity_is_alive(self))

    @property
    def name(self) -> str:
        """Its name, "" for none. Setting None takes it away."""
        return lib.qbg_opportunity_name(self).decode()

    @name.setter
    def name(self, name: Optional[str]) -> None:
        self._change(lib.qbg_opportunity_set_name, text(name))

    @property
    def account(self) -> Account:
        """Whose it is. Setting moves it, for all time."""
        return of(self._workspace, "account", lib.qbg_opportunity_account(self))

    @account.setter
    def account(self, account: Account) -> None:
        self._change(lib.qbg_opportunity_set_account, account)

    @property
    def solution(self) -> Solution:
        """What they may buy. Setting changes it, for all time."""
        return of(self._workspace, "solution", lib.qbg_opportunity_solution(self))

    @solution.setter
    def solution(self, solution: Solution) -> None:
        self._change(lib.qbg_opportunity_set_solution, solution)

    @property
    def type(self) -> Optional[Word]:
        """"acquisition", "cross_sell", "upsell" or "retention"; None: not known."""
        return word("opportunity_type", lib.qbg_opportunity_type(self))

    @type.setter
    def type(self, type: Optional[str]) -> None:
        self._change(lib.qbg_opportunity_set_type, number("opportunity_type", type))

    @property
    def opened(self) -> Optional[datetime]:
        """When it began, in UTC; None: since ever."""
        return told(lib.qbg_opportunity_opened(self))

    @opened.setter
    def opened(self, opened: Optional[Time]) -> None:
        self._change(lib.qbg_opportunity_set_opened, dated(opened))

    @property
    def closed(self) -> Optional[datetime]:
        """When it ended, in UTC; None: it did not, and setting None opens it again."""
        return told(lib.qbg_opportunity_closed(self))

    @closed.setter
    def closed(self, closed: Optional[Time]) -> None:
        self._change(lib.qbg_opportunity_set_closed, dated(closed))

    # ---- Dated facts -------------------------------------------------------------------------

    def set_stage(self, stage: Optional[str], since: Optional[Time] = None,
                  source: str = "host") -> None:
        """A word of the host's, or one of words("stage"); None withdraws it."""
        self._change(lib.qbg_opportunity_set_stage, text(stage), dated(since),
                     number("source", source))

    def stage(self, as_of: Time) -> str:
        """The stage at an instant, "" for none."""
        return lib.qbg_opportunity_stage(self, asked(as_of)).decode()

    def set_verdict(self, verdict: Optional[str], since: Optional[Time] = None,
                    source: str = "host") -> None:
        """Records a verdict; a recorded "qualified" is lost later than it was won (hysteresis).
        None withdraws it."""
        self._change(lib.qbg_opportunity_set_verdict, number("verdict", verdict), dated(since),
                     number("source", source))

    def verdict(self, as_of: Time) -> Optional[Word]:
        """The verdict that was recorded; what is computed is in assess()."""
        return word("verdict", lib.qbg_opportunity_verdict(self, asked(as_of)))

    @property
    def currency(self) -> str:
        """The ISO 4217 currency of all its amounts, "" while none is known."""
        return lib.qbg_opportunity_currency(self).decode()

    @currency.setter
    def currency(self, currency: str) -> None:
        self._change(lib.qbg_opportunity_set_currency, text(currency))

    def set_amount(self, amount: Optional[Amount], since: Optional[Time] = None,
                   source: str = "host") -> None:
        """The amount in major units of its currency; None: from then on none is known."""
        when, who = dated(since), number("source", source)
        if amount is None:
            self._change(lib.qbg_opportunity_withdraw_amount, when, who)
        else:
            self._change(lib.qbg_opportunity_set_amount, minor(amount, self.currency), when, who)

    def amount(self, as_of: Time) -> Optional[Decimal]:
        """The amount in major units of its currency; None while it is not known."""
        when = asked(as_of)
        if not lib.qbg_opportunity_has_amount(self, when):
            return None
        return major(lib.qbg_opportunity_amount_minor(self, when), self.currency)

    def set_outcome(self, outcome: Optional[str], since: Optional[Time] = None,
                    source: str = "host") -> None:
        """"won" or "lost"; None: neither."""
        self._change(lib.qbg_opportunity_set_outcome, number("outcome", outcome), dated(since),
                     number("source", source))

    def outcome(self, as_of: Time) -> Optional[Word]:
        return word("outcome", lib.qbg_opportunity_outcome(self, asked(as_of)))

    def set_answer(self, criterion: str, answer: Optional[bool], since: Optional[Time] = None,
                   source: str = "host") -> None:
        """The host's word on "need_validated", "budget", "authority" or "timeline": True, False
        (or "yes", "no"); None withdraws it."""
        self._change(lib.qbg_opportunity_set_answer, number("criterion", criterion),
                     number("answer", answer), dated(since), number("source", source))

    def answer(self, criterion: str, as_of: Time) -> Optional[bool]:
        """That word at an instant; None: nothing is said."""
        found = lib.qbg_opportunity_answer(self, number("criterion", criterion), asked(as_of))
        return None if found < 0 else bool(found)

    def set_fit(self, fit: Optional[float], since: Optional[Time] = None,
                source: str = "host") -> None:
        """How well the account fits, 0..1; None withdraws it."""
        told_ = -1.0 if fit is None else refuse_negative(fit)
        self._change(lib.qbg_opportunity_set_fit, told_, dated(since), number("source", source))

    def fit(self, as_of: Time) -> Optional[float]:
        """How well the account fits, 0..1; None while it is not known."""
        found = lib.qbg_opportunity_fit(self, asked(as_of))
        return None if found < 0 else found

    def history(self) -> Table:
        """Every fact that can have a date, of the opportunity, its members and needs; columns
        contact need field value from source contact_tag."""
        return self._ask_table(slow.qbg_opportunity_history)

    # ---- The group ---------------------------------------------------------------------------

    def add_member(self, contact: Contact, role: Optional[Role] = None) -> Member:
        """A member, with one more role for all time. He may be one already."""
        self._change(lib.qbg_opportunity_add_member, contact, role)
        return self.member(contact)  # type: ignore[return-value]

    def add_new_member(self, contact: Contact) -> Member:
        """A member who is not one yet. Raises ExistsError."""
        return of(self._workspace, "member", self._change(made_, lib.qbg_member_add, contact))

    def put_member(self, contact: Contact) -> Tuple[Member, Word]:
        """Finds or adds a member: him, and "created" or "same"."""
        put = c_int32()
        address = self._change(_put_member, contact, put)
        found = word("put", put.value)
        assert found is not None
        return of(self._workspace, "member", address), found

    def member(self, contact: Contact) -> Optional[Member]:
        """The member that a contact is, or None."""
        return of(self._workspace, "member", lib.qbg_member_find(self, contact))

    @property
    def members(self) -> List[Member]:
        """Everybody who ever was in the group, by their contacts' keys."""
        return [of(self._workspace, "member", lib.qbg_member_at(self, i))
                for i in range(lib.qbg_member_count(self))]

    def set_need(self, need: str, state: str, contact: Optional[Contact] = None,
                 since: Optional[Time] = None) -> None:
        """Adds the need if it is new, and says its state, "open", "validated" or "addressed"."""
        self._change(lib.qbg_need_set, contact, text(need), number("need_state", state),
                     dated(since))

    def needs(self, as_of: Time) -> List[Need]:
        """The needs, with their states at an instant."""
        when = asked(as_of)
        return [Need(lib.qbg_need_key(self, i).decode(),
                     of(self._workspace, "contact", lib.qbg_need_contact(self, i)),
                     word("need_state", lib.qbg_need_state(self, i, when)))
                for i in range(lib.qbg_need_count(self))]

    def signals(self) -> Iterator[Signal]:
        """The signals that it took, in no particular order."""
        return walk(self._workspace, self, lib.qbg_opportunity_signal_count,
                    lib.qbg_opportunity_signal_at)

    # ---- Questions ---------------------------------------------------------------------------

    def _ask(self, function: Any, *arguments: Any) -> int:
        return self._workspace._gate.ask(made, function, self, *arguments)

    def _ask_table(self, function: Any, *arguments: Any) -> Table:
        return Table(self._ask(function, *arguments), self._workspace._allocator)

    def assess(self, as_of: Time) -> Assessment:
        """How far the buying group has come as of an instant, and why."""
        return Assessment(self._ask(slow.qbg_assess, asked(as_of)), self._workspace._allocator)

    def explain(self, as_of: Time, lang: str = "en") -> str:
        """The assessment in full sentences, in "en" or "ru"."""
        return blob(self._ask(slow.qbg_report_explain, asked(as_of), text(lang))).decode()

    def path(self, as_of: Time) -> Path:
        """The fewest steps that make the group qualified."""
        return Path(self._ask(slow.qbg_path_find, asked(as_of)), self._workspace._allocator)

    def ledger(self, contact: Contact, as_of: Time) -> Table:
        """Where a person's points come from: one row for each of his counted signals; columns time
        kind content event points_milli age_days decay contribution kind_tag."""
        return self._ask_table(slow.qbg_ledger, contact, asked(as_of))

    def role_evidence(self, contact: Contact, as_of: Time) -> Table:
        """Which roles somebody may have here, how surely, and what says so: role confidence host crm
        title vendor behaviour because signals is_candidate is_inferred."""
        return self._ask_table(slow.qbg_role_evidence, contact, asked(as_of))

    def feed(self, since: Time, until: Time) -> Table:
        """What changed in this group from the day `since` to the day `until`, as Workspace.feed."""
        return self._ask_table(slow.qbg_opportunity_feed, before(since), asked(until))

    def remove(self, cascade: bool = False) -> None:
        """Makes as if it had never been told; its signals stay. cascade: with its members and
        needs, else InUseError when it has any."""
        self._change(lib.qbg_opportunity_remove, cascade)


def made_(row: Opportunity, function: Any, *arguments: Any) -> int:
    """made() with the row first, as _change calls it."""
    return made(function, row, *arguments)


def _put_member(row: Opportunity, contact: Contact, put: c_int32) -> int:
    def call(*arguments: Any) -> None:
        lib.qbg_member_put(*arguments, byref(put))
    return made(call, row, contact)
