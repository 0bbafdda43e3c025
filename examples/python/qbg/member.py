"""Members: contact x opportunity, with roles, status and stance, dated."""
from ctypes import c_void_p
from datetime import datetime
from typing import Any, Iterable, List, Optional, Tuple

from ._library import lib, text
from .catalog import Role
from .contact import Contact
from .errors import ClosedError
from .row import Row, of
from .times import Time, asked, dated, told
from .words import Word, number, word

NO_INFLUENCE = -1.0  # what the library takes and tells for "not known"


class Member(Row):
    """A contact in a buying group. What can change with time is told "since" an instant (None:
    since ever) and asked "as_of" one. source: "host", or "rule" for what a program concluded; a
    rule never overwrites a host."""

    __slots__ = ()
    _noun = "member"

    def __repr__(self) -> str:
        try:
            if not self.is_alive:
                return "<qbg.Member, removed>"
            return f"<qbg.Member {self.contact.key!r} of {self.opportunity.key!r}>"
        except ClosedError:
            return "<qbg.Member, closed>"

    @property
    def is_alive(self) -> bool:
        """False once the membership was removed; then changes raise GoneError."""
        return bool(lib.qbg_member_is_alive(self))

    @property
    def contact(self) -> Contact:
        return of(self._workspace, "contact", lib.qbg_member_contact(self))

    @property
    def opportunity(self) -> Any:
        return of(self._workspace, "opportunity", lib.qbg_member_opportunity(self))

    def is_present(self, as_of: Time) -> bool:
        """Joined, not left, and not dismissed at that instant."""
        return bool(lib.qbg_member_is_present(self, asked(as_of)))

    def add_role(self, role: Role, source: str = "host") -> None:
        """One more role, for all time."""
        self._change(lib.qbg_member_add_role, role, number("source", source))

    def set_roles(self, roles: Iterable[Role], since: Optional[Time] = None,
                  source: str = "host") -> None:
        """The whole set from an instant on; an empty set withdraws the word."""
        self._set_roles((lib.qbg_member_set_roles,), roles, since, source)

    def _set_roles(self, call: Tuple[Any, ...], roles: Iterable[Role], since: Optional[Time],
                   source: str) -> None:
        """call: the function, and what comes before the roles."""
        rows = list(roles)
        for row in rows:
            if not isinstance(row, Role):
                raise TypeError(f"a role is needed, not {type(row).__name__}")
        addresses = (c_void_p * len(rows))(*(row._where() for row in rows))
        self._change(*call, addresses, len(rows), dated(since), number("source", source))

    def has_role(self, role: Role, as_of: Time) -> bool:
        """Whether that role is asserted at an instant."""
        return bool(lib.qbg_member_has_role(self, role, asked(as_of)))

    def roles(self, as_of: Time) -> List[Role]:
        """The roles that are asserted at an instant."""
        return [role for role in self._workspace.roles if self.has_role(role, as_of)]

    def add_evidence(self, evidence: str, role: Role, source: str = "host") -> None:
        """Somebody else says a role, for all time: "crm", a field there, or "vendor", bought data.
        It asserts nothing; see Opportunity.role_evidence."""
        self._change(lib.qbg_member_add_evidence, number("evidence", evidence), role,
                     number("source", source))

    def set_evidence(self, evidence: str, roles: Iterable[Role], since: Optional[Time] = None,
                     source: str = "host") -> None:
        """The whole set that "crm" or "vendor" says, from an instant on; empty withdraws it."""
        self._set_roles((lib.qbg_member_set_evidence, number("evidence", evidence)), roles, since,
                        source)

    def has_evidence(self, evidence: str, role: Role, as_of: Time) -> bool:
        """Whether "crm" or "vendor" says that role at an instant."""
        return bool(lib.qbg_member_has_evidence(self, number("evidence", evidence), role,
                                                asked(as_of)))

    def _set_word(self, function: Any, vocabulary: str, value: Optional[str],
                  since: Optional[Time], source: str) -> None:
        self._change(function, number(vocabulary, value), dated(since), number("source", source))

    def set_status(self, status: str, since: Optional[Time] = None,
                   source: str = "host") -> None:
        """"potential", "confirmed", "dismissed" or "left"."""
        self._set_word(lib.qbg_member_set_status, "status", status, since, source)

    def status(self, as_of: Time) -> Optional[Word]:
        """"potential" while nothing is said."""
        return word("status", lib.qbg_member_status(self, asked(as_of)))

    def set_stance(self, stance: str, since: Optional[Time] = None,
                   source: str = "host") -> None:
        """"champion", "supporter", "neutral", "skeptic", "blocker" or "unknown"."""
        self._set_word(lib.qbg_member_set_stance, "stance", stance, since, source)

    def stance(self, as_of: Time) -> Optional[Word]:
        """"unknown" while nothing is said."""
        return word("stance", lib.qbg_member_stance(self, asked(as_of)))

    def set_influence(self, influence: Optional[float], since: Optional[Time] = None,
                      source: str = "host") -> None:
        """0..1; None withdraws it."""
        told_ = NO_INFLUENCE if influence is None else refuse_negative(influence)
        self._change(lib.qbg_member_set_influence, told_, dated(since), number("source", source))

    def influence(self, as_of: Time) -> Optional[float]:
        """0..1; None while it is not known."""
        found = lib.qbg_member_influence(self, asked(as_of))
        return None if found < 0 else found

    def set_participation(self, participation: Optional[str], since: Optional[Time] = None,
                          source: str = "host") -> None:
        """The host's word, "active", "moderate" or "passive", instead of the computed label; None
        withdraws it."""
        self._set_word(lib.qbg_member_set_participation, "participation", participation, since,
                       source)

    def participation(self, as_of: Time) -> Optional[Word]:
        """The host's word; None: what is computed holds."""
        return word("participation", lib.qbg_member_participation(self, asked(as_of)))

    def set_interest(self, interest: Optional[str], since: Optional[Time] = None,
                     source: str = "host") -> None:
        """The host's word, "high", "medium" or "low"; None withdraws it."""
        self._set_word(lib.qbg_member_set_interest, "interest", interest, since, source)

    def interest(self, as_of: Time) -> Optional[Word]:
        """The host's word; None: what is computed holds."""
        return word("interest", lib.qbg_member_interest(self, asked(as_of)))

    @property
    def joined(self) -> Optional[datetime]:
        """When he joined; None: since ever. Times are set as times.py says, and told in UTC."""
        return told(lib.qbg_member_joined(self))

    @joined.setter
    def joined(self, joined: Optional[Time]) -> None:
        self._change(lib.qbg_member_set_joined, dated(joined))

    @property
    def left(self) -> Optional[datetime]:
        """When he left; None: he did not."""
        return told(lib.qbg_member_left(self))

    @left.setter
    def left(self, left: Optional[Time]) -> None:
        self._change(lib.qbg_member_set_left, dated(left))

    @property
    def next_contact(self) -> Optional[datetime]:
        """When he is to be contacted next; None: nothing is planned."""
        return told(lib.qbg_member_next_contact(self))

    @next_contact.setter
    def next_contact(self, next_contact: Optional[Time]) -> None:
        self._change(lib.qbg_member_set_next_contact, dated(next_contact))

    @property
    def note(self) -> str:
        """A note, "" for none. Setting None takes it away."""
        return lib.qbg_member_note(self).decode()

    @note.setter
    def note(self, note: Optional[str]) -> None:
        self._change(lib.qbg_member_set_note, text(note))

    def remove(self) -> None:
        """Removes the membership with all that was said of it."""
        self._change(lib.qbg_member_remove)


def refuse_negative(value: float) -> float:
    """A ratio as the library takes it: there a negative one would mean None."""
    if not value >= 0:
        raise ValueError(f"{value} is no ratio between 0 and 1")
    return value
