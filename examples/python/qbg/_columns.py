"""Columns for bulk calls: whatever Python has, as memory that C reads.

Memory of the right type is handed over as it is: array, memoryview, bytes, ctypes arrays, numpy
arrays. Other numbers, and lists, are converted in one go."""
import ctypes
import sys
from array import array
from ctypes import c_char_p, c_int, c_ssize_t, c_void_p, py_object
from itertools import accumulate
from typing import Any, Callable, List, Optional, Tuple

from ._declarations import QBG_E_TEXT
from .errors import TextError


class _Buffer(ctypes.Structure):
    """Py_buffer, as every CPython has it."""

    _fields_ = (("buf", c_void_p), ("obj", c_void_p), ("len", c_ssize_t), ("itemsize", c_ssize_t),
                ("readonly", c_int), ("ndim", c_int), ("format", c_char_p), ("shape", c_void_p),
                ("strides", c_void_p), ("suboffsets", c_void_p), ("internal", c_void_p))


_get = ctypes.pythonapi.PyObject_GetBuffer
_get.argtypes, _get.restype = (py_object, ctypes.POINTER(_Buffer), c_int), c_int
_release = ctypes.pythonapi.PyBuffer_Release
_release.argtypes, _release.restype = (ctypes.POINTER(_Buffer),), None


class Pinned:
    """The memory of a contiguous object: address and size in bytes, until it is left."""

    def __init__(self, owner: Any) -> None:
        self._buffer = _Buffer()
        _get(owner, self._buffer, 0)
        self.address: Optional[int] = self._buffer.buf
        self.size: int = self._buffer.len

    def __enter__(self) -> "Pinned":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        if self._buffer.obj:
            _release(self._buffer)

    def __del__(self) -> None:
        self.release()


NATIVE = "<" if sys.byteorder == "little" else ">"
SAME = {"l": "q", "L": "Q"} if ctypes.sizeof(ctypes.c_long) == 8 else {"l": "i", "L": "I"}


def number_view(values: Any) -> Optional[memoryview]:
    """A flat memoryview with a plain native format; None for what has no buffer of numbers."""
    if hasattr(values, "to_numpy"):  # a column of a data frame
        values = values.to_numpy()
    kind = getattr(getattr(values, "dtype", None), "kind", "")  # numpy's word for a type
    if kind == "M":
        values = values.astype("datetime64[s]").view("int64")  # "not a time" is what QBG_UNDATED is
    if kind in ("O", "U", "S", "T"):
        return None
    try:
        found = memoryview(values)
    except (TypeError, ValueError):
        return None
    if found.ndim != 1:
        raise ValueError("a column has one dimension")
    code = found.format.lstrip("@=" + NATIVE)
    if not found.c_contiguous:
        return found
    return found if code == found.format else found.cast("B").cast(code)


def listed(code: str, values: Any, convert: Optional[Callable[[Any], Any]]) -> array:
    """A list as memory; plain numbers, which most lists have, need no look at each."""
    if convert is None:
        return array(code, values)
    if all_numbers(values):
        return array(code, values)
    return array(code, map(convert, values))


def all_numbers(values: Any) -> bool:
    return set(map(type, values)) <= {int, float}


def is_right(seen: memoryview, code: str) -> bool:
    """Whether C can read it as it is."""
    return seen.c_contiguous and SAME.get(seen.format, seen.format) == code


class Columns:
    """The columns of one call: a struct for C, and whatever its memory has to be kept by."""

    def __init__(self, struct: Any, count: int) -> None:
        self.struct = struct
        self.struct.size = ctypes.sizeof(struct)
        self.struct.count = count
        self.count = count
        self._pinned: List[Pinned] = []

    def __enter__(self) -> "Columns":
        return self

    def __exit__(self, *_: object) -> None:
        for pinned in self._pinned:
            pinned.release()

    def _pin(self, field: str, memory: Any) -> None:
        pinned = Pinned(memory)
        self._pinned.append(pinned)
        # An empty array has no address, but a column that is given must have one.
        setattr(self.struct, field, pinned.address or ctypes.addressof(self.struct))

    def numbers(self, name: str, field: str, code: str, values: Any,
                convert: Optional[Callable[[Any], Any]] = None) -> Any:
        """A column of numbers. code: what C reads ("q", "I", ...). convert: makes a number of a
        cell of a list. What was handed over."""
        if values is None:
            return None
        memory = self._numbers(name, code, values, convert)
        if len(memory) != self.count:
            raise ValueError(f"column {name!r} has {len(memory)} cells, not {self.count}")
        self._pin(field, memory)
        return memory

    def _numbers(self, name: str, code: str, values: Any,
                 convert: Optional[Callable[[Any], Any]]) -> Any:
        seen = number_view(values)
        try:
            if seen is None:
                return listed(code, values, convert)
            if is_right(seen, code):
                return seen
            if seen.format == "?" and convert:  # yes and no
                return array(code, map(convert, seen.tolist()))
            if code != "d" and seen.format in ("d", "f", "e", "?", "c", "P"):
                raise TypeError(f"its cells are of type {seen.format!r}, not whole numbers")
            return array(code, seen.tolist())
        except (TypeError, OverflowError) as fault:
            raise type(fault)(f"column {name!r}: {fault}") from None

    def texts(self, name: str, field: str, values: Any) -> None:
        """A column of texts: a sequence of str (None: empty), or a pair (bytes, offsets)."""
        if values is None:
            return
        data, offsets = text_column(name, values)
        if len(offsets) != self.count + 1:
            raise ValueError(f"column {name!r} has {len(offsets) - 1} cells, not {self.count}")
        self._pin(field, data)
        self._pin(field + "_offsets", offsets)


def text_column(name: str, values: Any) -> Tuple[Any, Any]:
    """A column of texts as bytes and count + 1 int64 offsets."""
    if is_pair(values):
        data, offsets = values
        seen = number_view(offsets)
        if seen is None or not is_right(seen, "q"):
            seen = memoryview(array("q", offsets))
        check_offsets(name, seen, memoryview(data).nbytes)
        return data, seen
    if isinstance(values, (str, bytes)):
        raise TypeError(f"column {name!r}: a sequence of texts is needed, not one")
    plain = joined(values)
    if plain:
        return plain
    try:
        cells = [b"" if cell is None else cell.encode() for cell in values]
    except AttributeError:
        raise TypeError(f"column {name!r}: a cell is no text") from None
    except UnicodeEncodeError as fault:
        raise TextError(QBG_E_TEXT, f"column {name!r}: {fault}") from None
    return b"".join(cells), array("q", accumulate(map(len, cells), initial=0))


def joined(values: Any) -> Optional[Tuple[bytes, array]]:
    """The same of plain ASCII without empty cells, several times as fast; None for all else."""
    try:
        whole = "".join(values)
    except TypeError:
        return None
    if not whole.isascii():
        return None
    return whole.encode(), array("q", accumulate(map(len, values), initial=0))


def check_offsets(name: str, offsets: memoryview, size: int) -> None:
    """The library sees to the order of offsets; where the bytes end only Python knows."""
    if not len(offsets) or offsets[0] < 0 or offsets[-1] > size:
        raise ValueError(f"column {name!r}: the offsets leave its {size} bytes")


def is_pair(values: Any) -> bool:
    return (isinstance(values, tuple) and len(values) == 2
            and isinstance(values[0], (bytes, bytearray, memoryview)))


def length(values: Any) -> int:
    """How many cells a column has."""
    return len(values[1]) - 1 if is_pair(values) else len(values)
