"""The Python examples run, print what their goldens have, and a second run of the CRM's sync writes
nothing. usage: examples_test.py [--write]"""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from package import PACKAGE, ROOT, run

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


def golden(name):
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        for name in ("notebook", "crm_sqlite"):
            (GOLDEN / f"{name}.txt").write_text(output_of(f"{name}.py"), encoding="utf-8")
    else:
        run()
