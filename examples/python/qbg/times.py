"""Times at the border: the library counts seconds UTC, Python has datetime and date.

A time may be told as a datetime with a time zone (fractions of a second are cut), a date, a text
("2025-11-19", "2025-11-19T09:00:00+03:00") or seconds. A datetime without a time zone is refused:
nobody can know which instant it is. A date alone is its first second where it is a fact ("since"),
and its last one where a question is asked ("as_of"). Times come back as datetimes in UTC."""
from ctypes import byref, c_int32, c_int64
from datetime import date, datetime, timedelta, timezone
from typing import Optional, Union

from ._declarations import QBG_UNDATED
from ._library import lib, text

Time = Union[datetime, date, str, int]

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
SECOND = timedelta(seconds=1)


def seconds(value: Time, day_end: bool = False) -> int:
    """Seconds UTC since 1970. day_end: a date alone means its last second, else its first.

    Raises FormatError, RangeError (only the years 1970 to 2199 are known), and ValueError for a
    datetime without a time zone."""
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ValueError(f"{value!r} has no time zone: say which, "
                             "e.g. value.replace(tzinfo=timezone.utc)")
        return (value - EPOCH) // SECOND
    if isinstance(value, date):
        out = c_int64()
        clock = (23, 59, 59) if day_end else (0, 0, 0)
        lib.qbg_time_from_civil(value.year, value.month, value.day, *clock, byref(out))
        return out.value
    if isinstance(value, str):
        out = c_int64()
        lib.qbg_time_from_text(text(value), day_end, byref(out))
        return out.value
    if hasattr(value, "__index__") and not isinstance(value, bool):
        return value.__index__()
    raise TypeError(f"a time is needed (datetime, date, text or seconds), not {value!r}")


def from_seconds(value: int) -> datetime:
    """The datetime, in UTC, of seconds since 1970. Raises RangeError outside 1970 to 2199."""
    parts = [c_int32() for _ in range(6)]
    lib.qbg_time_to_civil(value, *map(byref, parts))
    return datetime(*(part.value for part in parts), tzinfo=timezone.utc)


def quick(value: int) -> datetime:
    """from_seconds for values that the library told, many at a time."""
    return EPOCH + timedelta(seconds=value)


def asked(value: Time) -> int:
    """Seconds of an instant that is asked about."""
    return clamp(seconds(value, day_end=True))


def before(value: Time) -> int:
    """Seconds of where a period begins that has a day whole: the last second of the day before. An
    instant is left out of its period."""
    first, last = seconds(value), seconds(value, day_end=True)
    return clamp(first if first == last else max(first - 1, 0))


def dated(value: Optional[Time]) -> int:
    """Seconds of a fact; None: since ever."""
    return QBG_UNDATED if value is None else clamp(seconds(value))


def clamp(value: int) -> int:
    """Within 64 bits; what is outside of the library's years is refused by the library."""
    return min(max(value, -(2**62)), 2**62)


def told(value: int) -> Optional[datetime]:
    """What the library tells; None: not known."""
    return None if value == QBG_UNDATED else from_seconds(value)
