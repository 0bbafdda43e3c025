"""Net and gross revenue retention, and the ledger of recurring revenue."""
from ctypes import byref, c_double, c_int32, c_int64
from decimal import Decimal
from fractions import Fraction
from datetime import date
from typing import TYPE_CHECKING, Any, Iterator, NamedTuple, Optional, Tuple, Union

from ._declarations import QBG_NONE
from ._library import lib, text
from .money import Amount, major, minor
from .row import whole
from .words import Word, word

if TYPE_CHECKING:
    from .workspace import Workspace

Month = Union[date, str, Tuple[int, int]]


class Retention(NamedTuple):
    """numerator / denominator: the exact ratio. ratio: it as a float; 1.0 keeps all revenue."""

    numerator: int
    denominator: int
    ratio: float

    @property
    def fraction(self) -> Fraction:
        """The exact ratio, reduced."""
        return Fraction(self.numerator, self.denominator)

    @property
    def trend(self) -> Word:
        """"growing" above 1, "stable" at exactly 1, "shrinking" below."""
        found = word("trend", lib.qbg_retention_trend(self.numerator, self.denominator))
        assert found is not None
        return found


def _asked(function: Any, amounts: Tuple[Amount, ...], currency: str) -> Retention:
    numerator, denominator, ratio = c_int64(), c_int64(), c_double()
    function(*(minor(one, currency) for one in amounts), byref(numerator), byref(denominator),
             byref(ratio))
    return Retention(numerator.value, denominator.value, ratio.value)


def nrr(start: Amount, expansion: Amount = 0, contraction: Amount = 0, churn: Amount = 0,
        currency: str = "") -> Retention:
    """Net revenue retention of one cohort over one period:
    (start + expansion - contraction - churn) / start. Amounts in major units of one currency, none
    negative. Raises RangeError, ZeroError (start 0), ExactOverflowError."""
    return _asked(lib.qbg_nrr, (start, expansion, contraction, churn), currency)


def grr(start: Amount, contraction: Amount = 0, churn: Amount = 0,
        currency: str = "") -> Retention:
    """Gross revenue retention, never below 0: (start - contraction - churn) / start."""
    return _asked(lib.qbg_grr, (start, contraction, churn), currency)


class RevenueRow(NamedTuple):
    """What a customer pays in a month. month: its first day. amount: in major units of currency, ""
    for none known."""

    customer: str
    month: date
    amount: Decimal
    currency: str


class Revenue:
    """The ledger of a workspace: a row for each customer, month and currency. A month is a date in
    it, a text "2025-10", or (2025, 10)."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def add(self, customer: str, month: Month, amount: Amount, currency: str = "") -> None:
        """Adds a payment to its row; amount in major units. Raises ExactOverflowError."""
        self._workspace._change(lib.qbg_revenue_add, text(customer), *_year_month(month),
                                minor(amount, currency), text(currency))

    def put(self, customer: str, month: Month, amount: Amount, currency: str = "") -> Word:
        """Sets its row, whatever it was: "created", "changed" or "same"."""
        put = c_int32()
        self._workspace._change(lib.qbg_revenue_put, text(customer), *_year_month(month),
                                minor(amount, currency), text(currency), byref(put))
        found = word("put", put.value)
        assert found is not None
        return found

    def find(self, customer: str, month: Month, currency: str = "") -> Optional[RevenueRow]:
        """The row of a customer, month and currency, or None."""
        row = lib.qbg_revenue_find(self._workspace, text(customer), *_year_month(month),
                                   text(currency))
        return None if row == QBG_NONE else self[row]

    def __len__(self) -> int:
        return lib.qbg_revenue_count(self._workspace)

    def __getitem__(self, row: int) -> RevenueRow:
        if not 0 <= row < len(self):
            raise IndexError(f"row {row} of {len(self)}")
        workspace = self._workspace
        currency = lib.qbg_revenue_currency(workspace, row).decode()
        return RevenueRow(lib.qbg_revenue_customer(workspace, row).decode(),
                          date(lib.qbg_revenue_year(workspace, row),
                               lib.qbg_revenue_month(workspace, row), 1),
                          major(lib.qbg_revenue_amount_minor(workspace, row), currency), currency)

    def __iter__(self) -> Iterator[RevenueRow]:
        return (self[row] for row in range(len(self)))

    def __repr__(self) -> str:
        return f"<qbg.Revenue of {len(self)} rows>"


def _year_month(month: Month) -> Tuple[int, int]:
    if isinstance(month, date):
        year, number = month.year, month.month
    elif isinstance(month, str):
        year, number = map(int, month.split("-"))
    else:
        year, number = month
    return whole(year, 32), whole(number, 32)
