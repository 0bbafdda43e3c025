"""The loaded library: where it is found, and how its functions are called.

`lib` has every function by its name. A function that can fail raises the exception of its status.
Calls through `lib` keep the interpreter's lock, which costs other threads nothing, as they take
microseconds; `slow` has the same functions without it, for questions that take longer (see
gate.py)."""
import ctypes
import ctypes.util
import os
from ctypes import byref, c_int32, c_void_p
from typing import Any, Iterator, Optional

from . import _declarations as declared
from ._opaque import ANY
from .errors import ClosedError, TextError, raise_for

ABI = 0  # the number in the soname that these declarations are of


class Functions:
    """Functions as attributes."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"libqbg has no function {name}")


def candidates() -> Iterator[str]:
    """Where the library may be: QBG_LIBRARY alone if it is set, else what is installed."""
    told = os.environ.get("QBG_LIBRARY")
    if told:
        yield told
        return
    yield f"libqbg.so.{ABI}"
    found = ctypes.util.find_library("qbg")  # which asks other programs, and takes its time
    if found:
        yield found


def path() -> str:
    """The library that is there, by the first name that loads."""
    faults = []
    for name in candidates():
        try:
            ctypes.CDLL(name)
            return name
        except OSError as fault:
            faults.append(str(fault))
    raise ImportError("libqbg was not found: install it, or set QBG_LIBRARY to the path of "
                      f"libqbg.so.{ABI} ({'; '.join(faults)})")


def checked(status: int, _function: Any, _arguments: Any) -> int:
    if status not in (declared.QBG_OK, declared.QBG_DUPLICATE):
        raise_for(status, lib.qbg_status_text(status).decode())
    return status


def guarded(function: Any) -> Any:
    """A function whose complaints about arguments are those that Python programs expect: ctypes
    makes an ArgumentError of its own of whatever goes wrong with one."""
    def call(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except ctypes.ArgumentError as fault:
            told = str(fault)
        is_closed = "ClosedError" in told
        raise (ClosedError if is_closed else TypeError)(told.split(": ", 2)[-1])
    return call


def declare(loaded: Any) -> Functions:
    """The functions of a loaded library, with their types."""
    functions = Functions()
    for name, (result, parameters) in declared.FUNCTIONS.items():
        function = getattr(loaded, name)
        function.argtypes = parameters
        if result == declared.STATUS:
            function.restype, function.errcheck = c_int32, checked
        else:
            function.restype = result
        setattr(functions, name, guarded(function))
    return functions


PATH = path()
lib: Any = declare(ctypes.PyDLL(PATH))
slow: Any = declare(ctypes.CDLL(PATH))
if lib.qbg_abi_version() != ABI:
    raise ImportError(f"{PATH} has ABI {lib.qbg_abi_version()}; this package is for {ABI}")


class Handle:
    """Owns what a function of the library made, and frees it when nobody refers to it any more."""

    __slots__ = ("address", "_free", "_keeps")

    _opaque = ANY

    def __init__(self, address: Optional[int], free: Any, keeps: Any = None) -> None:
        self.address = address
        self._free = free
        self._keeps = keeps  # an allocator, which has to be there until the end

    def __del__(self) -> None:
        if self.address:
            self._free(self)
            self.address = None

    def _where(self) -> Optional[int]:
        return self.address

    def __reduce_ex__(self, _protocol: Any) -> Any:
        raise TypeError("what the library holds cannot be copied or pickled")


def made(function: Any, *arguments: Any) -> int:
    """The address of what a function makes as its last output."""
    out = c_void_p()
    function(*arguments, byref(out))
    return out.value or 0


def text(value: Optional[str]) -> Optional[bytes]:
    """Text for the library. A NUL would end it before its end, so it is refused."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"text is needed, not {type(value).__name__}")
    try:
        encoded = value.encode("utf-8")
    except UnicodeEncodeError:
        raise TextError(declared.QBG_E_TEXT, f"not writable as UTF-8: {value!r}") from None
    if b"\0" in encoded:
        raise TextError(declared.QBG_E_TEXT, f"text with a NUL in it: {value!r}")
    return encoded


def blob(address: int) -> bytes:
    """The bytes of a blob, which is freed."""
    handle = Handle(address, lib.qbg_blob_free)
    return ctypes.string_at(lib.qbg_blob_data(handle), lib.qbg_blob_size(handle))
