"""What every test of the Python package needs: the package over the library of this build."""
import os
import sys
import unittest
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOKS = ROOT / "examples" / "books"
PACKAGE = ROOT / "examples" / "python"
SKIPPED = 77  # what meson takes for "skipped"

if "QBG_NO_LOADING" in os.environ:
    print("SKIPPED:", os.environ["QBG_NO_LOADING"])
    sys.exit(SKIPPED)
os.environ.setdefault("QBG_LIBRARY", os.environ.get("QBG_SHARED", ""))
sys.path.insert(0, str(PACKAGE))

import qbg  # noqa: E402

AS_OF = "2025-11-19"


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


def daisy():
    """The workspace of the book red-daisy."""
    return qbg.Workspace.from_book(BOOKS / "red-daisy")


def small():
    """A workspace with one of everything, and the rows by name."""
    ws = qbg.Workspace()
    ws.account_row = ws.add_account("tulip", "Tulip")
    ws.solution_row = ws.add_solution("hr", "HR system")
    ws.solution_row.add_content("hr/")
    ws.olga = ws.add_contact("olga", ws.account_row, "Olga", "CFO")
    ws.ivan = ws.add_contact("ivan", ws.account_row, "Ivan", "CEO")
    ws.deal = ws.add_opportunity("tulip-hr", ws.account_row, ws.solution_row, "2025-09-01")
    return ws


def run():
    unittest.main(module="__main__", verbosity=0)
