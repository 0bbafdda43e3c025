"""What docs/python.md shows is what happens: its Python blocks run one after the other, as a reader
would type them, and print what stands in the text block right behind."""
import contextlib
import io
import os
import sys
import unittest

from package import ROOT, run

sys.path.insert(0, str(ROOT / "tests" / "checks"))
import pages  # noqa: E402

PAGE = ROOT / "docs" / "python.md"


class Pages(unittest.TestCase):
    def test_python(self):
        os.chdir(ROOT)
        names, count = {"__name__": "page"}, 0
        for language, content, line, shown in pages.pairs(PAGE):
            if language != "python":
                continue
            count += 1
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile("\n" * line + content, str(PAGE), "exec"), names)
            self.assertTrue(pages.agrees(shown or "", printed.getvalue()),
                            f"line {line}: this is printed\n{printed.getvalue()}")
        self.assertGreater(count, 10)


if __name__ == "__main__":
    run()
