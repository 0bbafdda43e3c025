"""Names of companies without their legal form, and what a mail domain says."""
from ctypes import byref, c_int32, c_void_p
from typing import NamedTuple

from ._library import blob, lib, made, text


def company_base(name: str) -> str:
    """A company's name without its legal form: «Красная ромашка» of «ООО "Красная ромашка"»."""
    return blob(made(lib.qbg_company_base, None, text(name))).decode()


def is_same_company(name: str, other: str) -> bool:
    """Whether two names may be one company's, whatever their legal forms, case and alphabet."""
    is_same = c_int32()
    lib.qbg_company_is_same(None, text(name), text(other), byref(is_same))
    return bool(is_same.value)


class Domain(NamedTuple):
    """name: what somebody registered, "acme.co.uk"; is_free: anybody can have a mailbox there."""

    name: str
    is_free: bool


def read_domain(address: str) -> Domain:
    """The domain of a mail address, a URL or a host. Raises FormatError: there is none."""
    is_free, found = c_int32(), c_void_p()
    lib.qbg_domain_read(None, text(address), byref(found), byref(is_free))
    return Domain(blob(found.value or 0).decode(), bool(is_free.value))
