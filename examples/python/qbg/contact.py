"""People, and what a job title says of them."""
from ctypes import byref, c_double, c_int32, c_uint32
from typing import List, NamedTuple, Optional

from ._declarations import QBG_PERSONA_EVIDENCE
from ._library import lib, made, slow, text
from .account import Account
from .row import KeyedRow, of
from .table import Table
from .times import Time, asked, dated
from .words import Word, number, word


class Persona(NamedTuple):
    """department and seniority, None: not known; confidence 0..1."""

    department: Optional[Word]
    seniority: Optional[Word]
    confidence: float


def read_title(title: str) -> Persona:
    """Reads a job title, English or Russian or both."""
    department, seniority, confidence = c_int32(), c_int32(), c_double()
    lib.qbg_persona_read(text(title), byref(department), byref(seniority), byref(confidence))
    return Persona(word("department", department.value), word("seniority", seniority.value),
                   confidence.value)


def title_evidence(title: str) -> List[str]:
    """The words of a job title that decided how read_title reads it, in its order."""
    starts = (c_uint32 * QBG_PERSONA_EVIDENCE)()
    sizes = (c_uint32 * QBG_PERSONA_EVIDENCE)()
    count = c_uint32()
    lib.qbg_persona_evidence(text(title), QBG_PERSONA_EVIDENCE, starts, sizes, byref(count))
    said = title.encode()
    return [said[start:start + size].decode()
            for start, size in zip(starts[:count.value], sizes)]


class Contact(KeyedRow):
    """A person, usually at an account; a lead may have none yet."""

    __slots__ = ()
    _noun = "contact"

    @property
    def is_alive(self) -> bool:
        """False once he was removed; then changes raise GoneError, and the rest is empty."""
        return bool(lib.qbg_contact_is_alive(self))

    @property
    def name(self) -> str:
        """His name, "" for none. Setting None takes it away, here and below."""
        return lib.qbg_contact_name(self).decode()

    @name.setter
    def name(self, name: Optional[str]) -> None:
        self._change(lib.qbg_contact_set_name, text(name))

    @property
    def title(self) -> str:
        """His job title, which is read into a persona at once."""
        return lib.qbg_contact_title(self).decode()

    @title.setter
    def title(self, title: Optional[str]) -> None:
        self._change(lib.qbg_contact_set_title, text(title))

    @property
    def email(self) -> str:
        return lib.qbg_contact_email(self).decode()

    @email.setter
    def email(self, email: Optional[str]) -> None:
        self._change(lib.qbg_contact_set_email, text(email))

    @property
    def company(self) -> str:
        """What he says his company is called; for finding the account of somebody without one."""
        return lib.qbg_contact_company(self).decode()

    @company.setter
    def company(self, company: Optional[str]) -> None:
        self._change(lib.qbg_contact_set_company, text(company))

    def set_account(self, account: Optional[Account], since: Optional[Time] = None,
                    source: str = "host") -> None:
        """Where he works from an instant on (None: since ever). account None: nowhere known.
        Signals before that instant stay with the company where he worked then."""
        self._change(lib.qbg_contact_set_account, account, dated(since),
                     number("source", source))

    def account(self, as_of: Time) -> Optional[Account]:
        """Where he works at an instant; None when that is not known."""
        return of(self._workspace, "account", lib.qbg_contact_account(self, asked(as_of)))

    def add_visitor(self, visitor: str) -> None:
        """Says that an anonymous visitor is this person, from his first visit on. Raises
        ExistsError: he is somebody else already."""
        self._change(lib.qbg_contact_add_visitor, text(visitor))

    def remove_visitor(self, visitor: str) -> None:
        """Takes that back: the visits are anonymous again. Raises NotFoundError."""
        self._change(lib.qbg_contact_remove_visitor, text(visitor))

    @property
    def visitors(self) -> List[str]:
        """The ids of the visitors who are he."""
        return [lib.qbg_contact_visitor(self, i).decode()
                for i in range(lib.qbg_contact_visitor_count(self))]

    def set_persona(self, department: Optional[str] = None,
                    seniority: Optional[str] = None) -> None:
        """The host's word on the persona, each part beating what the title says; None withdraws
        it."""
        self._change(lib.qbg_contact_set_persona, number("department", department),
                     number("seniority", seniority))

    @property
    def persona(self) -> Persona:
        """The host's word, else the title's."""
        return Persona(word("department", lib.qbg_contact_department(self)),
                       word("seniority", lib.qbg_contact_seniority(self)),
                       lib.qbg_contact_persona_confidence(self))

    def history(self) -> Table:
        """Where he worked: one row for each dated fact; columns contact need field value from
        source contact_tag."""
        made_ = self._workspace._gate.ask(made, slow.qbg_contact_history, self)
        return Table(made_, self._workspace._allocator)

    def merge(self, lost: "Contact") -> None:
        """Makes another contact one with this one, who is kept. Nothing is lost, and the other
        handle, key and number lead here."""
        self._change(lib.qbg_contact_merge, lost)

    def remove(self, cascade: bool = False) -> None:
        """Makes as if he had never been told. cascade: with his memberships and signals, else
        InUseError when he has any. To forget a person who asks for it, erase() him."""
        self._change(lib.qbg_contact_remove, cascade)

    def erase(self) -> None:
        """Forgets who he was: key, name, title, e-mail, visitors and notes are wiped. The nameless
        member stays, so scores do not change. Whoever names him later gets ErasedError, until
        Workspace.readmit."""
        self._change(lib.qbg_contact_erase)

    @property
    def is_erased(self) -> bool:
        return bool(lib.qbg_contact_is_erased(self))
