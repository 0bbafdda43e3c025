"""Pointers to what only the library can look into: each takes objects of its own kind alone, so
that a wrong argument is a TypeError and never a wrong address."""
from ctypes import c_void_p
from typing import Any, Optional


class Opaque:
    """What a parameter such as `const qbg_account *` takes: None, or an object whose _opaque is
    that name and whose _address() is where it is."""

    name = ""

    @classmethod
    def from_param(cls, value: Any) -> Optional[c_void_p]:
        if value is None:
            return None
        opaque = getattr(value, "_opaque", None)
        if opaque != cls.name and opaque != ANY:
            raise TypeError(f"{cls.name[4:]} is needed, not {type(value).__name__}")
        return c_void_p(value._where())


ANY = "*"  # the _opaque of a bare handle


def opaque(name: str) -> Any:
    """The type of pointers to a struct of the library."""
    return type(name, (Opaque,), {"name": name})
