"""The Python examples run, print what their goldens have, and a second run of the CRM's sync writes
nothing. usage: examples_test.py [--write]"""
import os
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from package import PACKAGE, ROOT, run

import crm_sqlite  # noqa: E402

GOLDEN = ROOT / "tests" / "golden"


def output_of(example, *words):
    done = subprocess.run([sys.executable, "-X", "dev", str(PACKAGE / example), *words],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          env={**os.environ, "PYTHONPATH": str(PACKAGE), "PYTHONUTF8": "1"})
    if done.returncode or done.stderr:
        raise AssertionError(f"{example} ends with {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


class Examples(unittest.TestCase):
    maxDiff = None

    def test_notebook(self):
        self.assertEqual(output_of("notebook.py"), golden("notebook"))

    def test_crm(self):
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "crm.sqlite")
            self.assertEqual(output_of("crm_sqlite.py", path), golden("crm_sqlite"))
            again = output_of("crm_sqlite.py", path)
        self.assertIn("first run: 24 rows read, 1 assessed, 0 written", again)
        self.assertIn("nothing happened: 0 rows read, 0 assessed, 0 written", again)


class Sync(unittest.TestCase):
    def test_a_failed_run_writes_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            database = crm_sqlite.create(Path(folder) / "crm.sqlite")
            sync = crm_sqlite.Sync(database)
            sync.run("2025-11-19")
            before = rows(database)
            database.executescript(
                "UPDATE deal_person SET call_on = '2025-11-20';"
                "DELETE FROM deal_person WHERE deal = 2;"
                "CREATE TRIGGER full BEFORE INSERT ON missing_role"
                "    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END;")
            with self.assertRaises(sqlite3.Error):
                sync.run("2025-11-19")
            self.assertEqual(rows(database), before)
            database.execute("DROP TRIGGER full")
            database.commit()
            self.assertEqual(sync.run("2025-11-19"), (0, 2, 3))
            self.assertNotEqual(rows(database), before)
            again = crm_sqlite.Sync(database).run("2025-11-19")
            self.assertEqual(again[2], 0, "a program that starts anew finds all as it should be")
            database.close()


def rows(database):
    """What the sync writes."""
    return [database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in ("buying_group", "missing_role")]


def golden(name):
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        for name in ("notebook", "crm_sqlite"):
            (GOLDEN / f"{name}.txt").write_text(output_of(f"{name}.py"), encoding="utf-8")
    else:
        run()
