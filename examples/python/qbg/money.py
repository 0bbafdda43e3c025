"""Money at the border: the library counts minor units, Python has Decimal.

An amount is told in major units, as a Decimal, a whole number or a text ("1200000.50"); never as a
float. It comes back as a Decimal with as many places as its currency has."""
from ctypes import byref, c_int32
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Union

from ._declarations import QBG_E_RANGE
from ._library import lib, text
from .errors import RangeError

Amount = Union[Decimal, int, str]


@lru_cache(maxsize=None)
def places(currency: str) -> int:
    """How many decimal places a currency has ("EUR": 2, "JPY": 0, "KWD": 3); 2 for "". TextError: no
    code."""
    found = c_int32()
    lib.qbg_currency_places(text(currency), byref(found))
    return found.value


def minor(amount: Amount, currency: str) -> int:
    """An amount as minor units of a currency. Raises RangeError when it has more decimal places
    than the currency."""
    if isinstance(amount, (bool, float)) or not isinstance(amount, (Decimal, int, str)):
        raise TypeError(f"an amount is a Decimal, int or text in major units, not {amount!r}")
    digits = places(currency)
    try:
        exact = Decimal(amount).scaleb(digits)
        whole = int(exact)
    except (InvalidOperation, ValueError, OverflowError):
        raise RangeError(QBG_E_RANGE, f"no amount: {amount!r}") from None
    if whole != exact or not -(2**63) < whole < 2**63:
        raise RangeError(QBG_E_RANGE, f"{amount} is no amount in {currency or 'no currency'}: "
                                      f"it has {digits} decimal places")
    return whole


def major(amount_minor: int, currency: str) -> Decimal:
    """Minor units of a currency as a Decimal in major units."""
    return Decimal(amount_minor).scaleb(-places(currency))
