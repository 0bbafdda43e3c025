"""Arrow in Python: the structs of the C data interface in capsules, as the Arrow PyCapsule interface
wants them. Nothing of it is copied: see docs/arrow.md."""
import ctypes
import sys
from ctypes import PYFUNCTYPE, byref, c_char_p, c_void_p, py_object, pythonapi
from typing import Any, List, Tuple

from ._declarations import ArrowArrayStream, ArrowSchema
from .errors import ClosedError

STREAM, SCHEMA = b"arrow_array_stream", b"arrow_schema"

_new = PYFUNCTYPE(py_object, c_void_p, c_char_p, c_void_p)(("PyCapsule_New", pythonapi))
_pointer = PYFUNCTYPE(c_void_p, py_object, c_char_p)(("PyCapsule_GetPointer", pythonapi))

# Capsules and what they point to. They have no destructor of their own: one written in Python would
# run in the middle of whatever drops a capsule, also while an exception is on its way, which the
# interpreter does not survive. So they are looked through whenever another one is made.
_capsules: List[Tuple[Any, Any]] = []
_OURS_ALONE = 2  # references: the list's, and that of the call which counts


def _sweep() -> None:
    """Releases what lies in capsules that nobody refers to any more, and that nobody took out."""
    for pair in [pair for pair in _capsules if sys.getrefcount(pair[0]) == _OURS_ALONE]:
        _capsules.remove(pair)
        if pair[1].release:
            pair[1].release(byref(pair[1]))


def capsule(struct: Any, name: bytes) -> Any:
    """A capsule that owns a struct."""
    _sweep()
    made = _new(ctypes.addressof(struct), name, None)
    _capsules.append((made, struct))
    return made


def schema_of(stream: Any) -> Any:
    """The schema of a stream of ours, in a capsule; the stream is released."""
    schema = ArrowSchema()
    error = stream.get_schema(byref(stream), byref(schema))
    stream.release(byref(stream))
    if error:
        raise MemoryError("no memory for the schema")
    return capsule(schema, SCHEMA)


class Taken:
    """A stream that somebody gave, as `with` opens it; it is released at the end."""

    def __init__(self, source: Any) -> None:
        found = getattr(source, "__arrow_c_stream__", None)
        if found is None and type(source).__name__ != "PyCapsule":
            raise TypeError("an object with __arrow_c_stream__, or a capsule with a stream, is "
                            f"needed, not {type(source).__name__}")
        self.capsule = found() if found is not None else source
        self.stream = ArrowArrayStream.from_address(_pointer(self.capsule, STREAM))
        if not self.stream.release:
            raise ClosedError("the stream was read or released already")

    def __enter__(self) -> Any:
        return self.stream

    def __exit__(self, *_: object) -> None:
        if self.stream.release:
            self.stream.release(byref(self.stream))
