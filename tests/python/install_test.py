"""`pip install ./examples/python` works without a network. What it installs finds the library by
QBG_LIBRARY, else as an installed libqbg.so.0, and says so when there is none."""
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

from package import PACKAGE, ROOT, qbg, run

sys.path.insert(0, str(PACKAGE))
import backend  # noqa: E402

PROGRAM = "import qbg; print(qbg.version(), qbg.__file__)"


def python(*words, **changed):
    """Runs this Python in a changed environment; its code and all that it says."""
    env = {**os.environ, **changed}
    for name in [name for name, value in env.items() if value is None]:
        del env[name]
    done = subprocess.run([sys.executable, *words], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env=env, cwd="/", check=False)
    return done.returncode, done.stdout.decode()


class Install(unittest.TestCase):
    @unittest.skipUnless(importlib.util.find_spec("pip"), "pip is not here")
    def test_pip(self):
        with tempfile.TemporaryDirectory() as folder:
            code, said = python("-m", "pip", "install", "--no-index", "--disable-pip-version-check",
                                "--target", folder, str(PACKAGE), LD_PRELOAD=None)
            self.assertEqual(code, 0, said)
            self.assertEqual(sorted(path.name for path in Path(folder, "qbg").glob("*.*")),
                             sorted(path.name for path in (PACKAGE / "qbg").glob("*.*")))
            code, said = python("-c", PROGRAM, PYTHONPATH=folder)
            self.assertEqual((code, said.split()), (0, ["0.1.0", f"{folder}/qbg/__init__.py"]))
        left = [path.name for path in PACKAGE.iterdir()]
        self.assertFalse({"build", "qbg.egg-info"} & set(left), "the source folder stays clean")

    def test_wheel(self):
        with tempfile.TemporaryDirectory() as folder:
            wheel = Path(folder) / backend.build_wheel(folder)
            names = zipfile.ZipFile(wheel).namelist()
            self.assertEqual(wheel.name, "qbg-0.1.0-py3-none-any.whl")
            self.assertIn("qbg/py.typed", names)
            record = zipfile.ZipFile(wheel).read("qbg-0.1.0.dist-info/RECORD").decode()
            self.assertEqual([line.split(",")[0] for line in record.splitlines()], names)
            first = wheel.read_bytes()
            backend.build_wheel(folder)
            self.assertEqual(wheel.read_bytes(), first, "the same files make the same wheel")
            self.assertTrue(backend.build_sdist(folder).endswith(".tar.gz"))
            self.assertTrue(backend.build_editable(folder).endswith(".whl"))

    def test_version(self):
        text = (ROOT / "meson.build").read_text(encoding="utf-8")
        self.assertEqual(re.search(r"version: '(.*?)'", text).group(1), backend.VERSION)
        self.assertEqual(qbg.version(), backend.VERSION)

    def test_finding_the_library(self):
        folder = str(Path(os.environ["QBG_LIBRARY"]).resolve().parent)
        here = {"PYTHONPATH": str(PACKAGE)}
        code, said = python("-c", PROGRAM, QBG_LIBRARY=None, LD_LIBRARY_PATH=folder, **here)
        self.assertEqual((code, said.split()[0]), (0, "0.1.0"))
        code, said = python("-c", PROGRAM, QBG_LIBRARY="/nowhere/libqbg.so.0", **here)
        self.assertEqual(code, 1)
        self.assertIn("ImportError: libqbg was not found: install it, or set QBG_LIBRARY", said)


if __name__ == "__main__":
    run()
