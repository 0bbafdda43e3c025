"""Companies."""
from decimal import Decimal
from typing import Iterator, List, Optional

from ._library import lib, text
from .money import Amount, major, minor
from .row import KeyedRow
from .signal import Signal, walk


class Account(KeyedRow):
    """A company, with zero or more mail domains."""

    __slots__ = ()
    _noun = "account"

    @property
    def is_alive(self) -> bool:
        """False once it was removed; then changes raise GoneError, and the rest is empty."""
        return bool(lib.qbg_account_is_alive(self))

    @property
    def name(self) -> str:
        """Its name, "" for none. Setting None takes it away."""
        return lib.qbg_account_name(self).decode()

    @name.setter
    def name(self, name: Optional[str]) -> None:
        self._change(lib.qbg_account_set_name, text(name))

    def add_domain(self, domain: str) -> None:
        """A mail domain, kept in lower case, once."""
        self._change(lib.qbg_account_add_domain, text(domain))

    @property
    def domains(self) -> List[str]:
        return [lib.qbg_account_domain(self, i).decode()
                for i in range(lib.qbg_account_domain_count(self))]

    def set_potential(self, amount: Amount, currency: str) -> None:
        """What the company could spend a year, in major units of an ISO 4217 currency."""
        self._change(lib.qbg_account_set_potential, minor(amount, currency), text(currency))

    @property
    def potential(self) -> Optional[Decimal]:
        """What it could spend a year, in major units of its currency; None while not known."""
        if not self.currency:
            return None
        return major(lib.qbg_account_potential_minor(self), self.currency)

    @property
    def currency(self) -> str:
        """The potential's currency, "" while none is known."""
        return lib.qbg_account_currency(self).decode()

    def signals(self) -> Iterator[Signal]:
        """The signals of this account that no opportunity took, in no particular order."""
        return walk(self._workspace, self, lib.qbg_account_signal_count,
                    lib.qbg_account_signal_at)

    def merge(self, lost: "Account") -> None:
        """Makes another account one with this one, which is kept. Nothing is lost, and the other
        handle, key and number lead here."""
        self._change(lib.qbg_account_merge, lost)

    def remove(self, cascade: bool = False) -> None:
        """Makes as if it had never been told. cascade: with its opportunities and signals, else
        InUseError when it has any."""
        self._change(lib.qbg_account_remove, cascade)
