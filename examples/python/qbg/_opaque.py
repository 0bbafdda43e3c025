"""Pointers to what only the library can look into: each takes objects of its own kind alone, so
that a wrong argument is a TypeError and never a wrong address."""
from ctypes import c_void_p
from typing import Any, Optional


class Pointer(c_void_p):
    """An address, and what must not be freed while a call has it: another thread may close its owner
    right after the address was asked for. ctypes keeps arguments until the call ends."""

    keeps: Any = None


def owners(value: Any) -> Any:
    """What owns the memory of an object: itself, a handle, that of its workspace."""
    workspace = getattr(value, "_workspace", None)
    return value, getattr(value, "_owner", None), getattr(workspace, "_owner", None)


class Opaque:
    """What a parameter such as `const qbg_account *` takes: None, or an object whose _opaque is
    that name and whose _address() is where it is."""

    name = ""

    @classmethod
    def from_param(cls, value: Any) -> Optional[Pointer]:
        if value is None:
            return None
        opaque = getattr(value, "_opaque", None)
        if opaque != cls.name and opaque != ANY:
            raise TypeError(f"{cls.name[4:]} is needed, not {type(value).__name__}")
        keeps = owners(value)  # before the address is asked for, which fails once it is closed
        pointer = Pointer(value._where())
        pointer.keeps = keeps
        return pointer


ANY = "*"  # the _opaque of a bare handle


def opaque(name: str) -> Any:
    """The type of pointers to a struct of the library."""
    return type(name, (Opaque,), {"name": name})
