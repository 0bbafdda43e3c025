"""qbg: buying groups, in Python. ctypes and the standard library alone, over libqbg.

    import qbg
    workspace = qbg.Workspace.from_book("examples/books/red-daisy")
    for row in workspace.assess(as_of="2025-11-19"):
        print(row["opportunity"], row["priority"], row["verdict"], row["missing_roles"])

docs/python.md is the guide. The library is found by QBG_LIBRARY, or where it is installed."""
from ._bulk import Outcome
from ._declarations import QBG_NONE as NONE
from ._library import lib as _lib
from .account import Account
from .assessment import AssessedMember, Assessment, Criterion, SeatFilling
from .baseline import Baseline
from .book import BookReader, tables
from .catalog import Kind, Role, Seat, Solution, Template
from .company import Domain, company_base, is_same_company, read_domain
from .contact import Contact, Persona, read_title, title_evidence
from .crosswalk import Crossing, Crosswalk, crosswalks
from .dialect import dialect_table, dialect_tables, dialects
from .errors import (
    ArgumentError, BusyError, ClosedError, ConflictError, ErasedError, Error, ExactOverflowError,
    ExistsError, FloatError, FormatError, GoneError, InUseError, NotFoundError, OutOfMemoryError,
    RangeError, RefusedError, TextError, ZeroError,
)
from .member import Member
from .opportunity import Need, Opportunity
from .path import Path, Step
from .policy import Parameter, Policy
from .retention import Retention, Revenue, RevenueRow, grr, nrr
from .row import Rows
from .signal import Recorded, Signal
from .table import Column, Table
from .times import from_seconds, seconds
from .words import Word, constants, verdict_label, vocabularies, words
from .workspace import Allocator, Batch, Workspace

__all__ = [
    "Account", "Allocator", "ArgumentError", "AssessedMember", "Assessment", "Baseline", "Batch",
    "BookReader", "BusyError", "ClosedError", "Column", "ConflictError", "Contact", "Criterion",
    "Crossing", "Crosswalk", "Domain", "ErasedError", "Error", "ExactOverflowError", "ExistsError",
    "FloatError", "FormatError", "GoneError", "InUseError", "Kind", "Member", "NONE", "Need",
    "NotFoundError", "Opportunity", "OutOfMemoryError", "Outcome", "Parameter", "Path", "Persona",
    "Policy", "RangeError", "Recorded", "RefusedError", "Retention", "Revenue", "RevenueRow",
    "Role", "Rows", "Seat", "SeatFilling", "Signal", "Solution", "Step", "Table", "Template",
    "TextError", "Word", "Workspace", "ZeroError", "abi_version", "company_base", "constants",
    "crosswalks", "dialect_table", "dialect_tables", "dialects", "from_seconds", "grr",
    "is_same_company", "nrr", "read_domain", "read_title", "seconds", "status_text", "tables",
    "title_evidence", "verdict_label", "version", "vocabularies", "words",
]


def version() -> str:
    """The library's version, "0.1.0"."""
    return _lib.qbg_version().decode()


def abi_version() -> int:
    """The number in the library's soname."""
    return _lib.qbg_abi_version()


def status_text(status: int) -> str:
    """One English line for a status number."""
    return _lib.qbg_status_text(status).decode()
