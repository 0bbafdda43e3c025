"""One exception for each status of the library; all of them are an Error, and where Python has a
word for it, that, too: `except KeyError` catches a key that is taken or not there."""
from typing import Dict, NoReturn, Type

from . import _declarations as declared


class Error(Exception):
    """What the library answered. status: its number, as in <qbg/status.h>."""

    code = -1

    def __init__(self, status: int, message: str) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message

    def __str__(self) -> str:
        return self.message


class ArgumentError(Error, ValueError):
    """Misuse: no such word, a row of another workspace."""
    code = declared.QBG_E_ARGUMENT


class OutOfMemoryError(Error, MemoryError):
    """No memory, or the workspace's limit is reached; nothing changed."""
    code = declared.QBG_E_MEMORY


class TextError(Error, ValueError):
    """Text that is not UTF-8, has a NUL, or is empty where a key is needed."""
    code = declared.QBG_E_TEXT


class RangeError(Error, ValueError):
    """A number or time outside its range."""
    code = declared.QBG_E_RANGE


class ExistsError(Error, KeyError):
    """That key is taken."""
    code = declared.QBG_E_EXISTS


class NotFoundError(Error, KeyError):
    """Nothing has that key."""
    code = declared.QBG_E_NOT_FOUND


class ConflictError(Error, ValueError):
    """An event id came again with other content; the first signal stays."""
    code = declared.QBG_E_CONFLICT


class ExactOverflowError(Error, OverflowError):
    """An exact sum that does not fit 64 bits."""
    code = declared.QBG_E_OVERFLOW


class ZeroError(Error, ZeroDivisionError):
    """A rate of nothing: the start revenue is 0."""
    code = declared.QBG_E_ZERO


class FormatError(Error, ValueError):
    """Text that does not read as what it should be."""
    code = declared.QBG_E_FORMAT


class RefusedError(Error, ValueError):
    """A strict book had bad rows; nothing was loaded. refusals: a Table that says which."""
    code = declared.QBG_E_REFUSED
    refusals = None


class FloatError(Error, ArithmeticError):
    """This thread rounds or flushes otherwise than IEEE-754 to nearest."""
    code = declared.QBG_E_FLOAT


class BusyError(Error, RuntimeError):
    """A batch or an import is open."""
    code = declared.QBG_E_BUSY


class GoneError(Error, LookupError):
    """The row was removed."""
    code = declared.QBG_E_GONE


class InUseError(Error, RuntimeError):
    """The row still carries something."""
    code = declared.QBG_E_IN_USE


class ErasedError(Error, LookupError):
    """The person was erased on request, and does not come back by himself."""
    code = declared.QBG_E_ERASED


class ClosedError(ValueError):
    """A workspace, table or the like is used after its close(), or a row after the batch that added
    it was undone."""


BY_STATUS: Dict[int, Type[Error]] = {one.code: one for one in Error.__subclasses__()}


def raise_for(status: int, message: str) -> NoReturn:
    """Raises the exception of a status; of one that this package does not know, Error itself."""
    raise BY_STATUS.get(status, Error)(status, message)
