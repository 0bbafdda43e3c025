"""What docs/python.md and README.md show is what happens: the Python blocks of a page run one after
the other, as a reader would type them, and print what stands in the text block right behind."""
import contextlib
import io
import os
import sys
import unittest

from package import ROOT, run

sys.path.insert(0, str(ROOT / "tests" / "checks"))
import pages  # noqa: E402



class Pages(unittest.TestCase):
    def run_page(self, page):
        """How many blocks it has."""
        os.chdir(ROOT)
        names, count = {"__name__": "page"}, 0
        for language, content, line, shown in pages.pairs(page):
            if language != "python":
                continue
            count += 1
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile("\n" * line + content, str(page), "exec"), names)
            self.assertTrue(pages.agrees(shown or "", printed.getvalue()),
                            f"{page}, line {line}: this is printed\n{printed.getvalue()}")
        return count

    def test_the_guide(self):
        self.assertGreater(self.run_page(ROOT / "docs" / "python.md"), 10)

    def test_the_readme(self):
        self.assertEqual(self.run_page(ROOT / "README.md"), 1)


if __name__ == "__main__":
    run()
