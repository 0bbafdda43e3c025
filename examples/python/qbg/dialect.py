"""Dialects: the exports of CRMs that a book's reader understands as they are. docs/crm.md says what
becomes of each table."""
import os
from pathlib import Path as FilePath
from typing import Dict, List, Optional, Union

from ._library import lib, text


def dialects() -> Dict[str, str]:
    """The dialects that there are, and what they are called: {"salesforce": "Salesforce", ...}."""
    return {lib.qbg_dialect_key(i).decode(): lib.qbg_dialect_label(i).decode()
            for i in range(lib.qbg_dialect_count())}


def dialect_number(key: str) -> int:
    """A dialect's number. KeyError: there is none such."""
    number: int = lib.qbg_dialect_find(text(key))
    if number < 0:
        raise KeyError(key)
    return number


def dialect_tables(dialect: str) -> List[str]:
    """The tables that a dialect reads, as that system calls them."""
    number = dialect_number(dialect)
    return [lib.qbg_dialect_table_name(number, i).decode()
            for i in range(lib.qbg_dialect_table_count(number))]


def dialect_table(dialect: str, name: str) -> Optional[str]:
    """The table that a file of this name holds ("sf_account_data" is "Account"), or None: then it is
    told apart by its headings, or has no place."""
    number = dialect_number(dialect)
    found = lib.qbg_dialect_table_find(number, text(name))
    return lib.qbg_dialect_table_name(number, found).decode() if found >= 0 else None


def export_files(folder: Union[str, "os.PathLike[str]"]) -> Dict[str, FilePath]:
    """The CSV and JSON files of a folder, by the names of their tables."""
    return {path.stem: path for path in sorted(FilePath(folder).iterdir())
            if path.suffix.lower() in (".csv", ".json") and not path.name.startswith(".")}
