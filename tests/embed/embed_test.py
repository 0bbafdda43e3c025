#!/usr/bin/env python3
"""Test examples/embed_crm: what it prints, and that running out of memory leaves no trace.

    python3 embed_test.py EMBED_CRM [--write]

The story is tests/golden/embed_crm.txt. With --write it is written anew: read the difference, for
every line of it is what somebody would see on a screen.
"""

import subprocess
import sys
import unittest
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "embed_crm.txt"
AGAIN = "  out of memory: nothing was told, once more\n"
PROGRAM = ""    # set by main


def story(*arguments):
    """What the program prints; it ends well and complains of nothing."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, encoding="utf-8", timeout=60)
    if done.returncode != 0 or done.stderr:
        raise AssertionError(f"{arguments}: ended with {done.returncode}\n{done.stderr}")
    return done.stdout


class EmbedTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.golden = GOLDEN.read_text(encoding="utf-8")

    def test_the_story_is_the_golden_one(self):
        self.assertEqual(self.golden, story())

    def test_the_sync_says_that_it_was_repeated(self):
        self.assertEqual(1, self.golden.count(AGAIN))

    def test_whichever_request_is_refused(self):
        """Each request of the second sync is refused in turn; the night ends the same."""
        smooth = self.golden.replace(AGAIN, "")
        refused = 0
        while AGAIN in (told := story(refused + 1)):
            self.assertEqual(self.golden, told, f"request {refused + 1} was refused")
            refused += 1
        self.assertEqual(smooth, told)
        self.assertGreater(refused, 5, "the sync asks for so little memory that nothing is tried")


def main():
    global PROGRAM
    PROGRAM = sys.argv[1]
    if sys.argv[2:] == ["--write"]:
        GOLDEN.write_text(story(), encoding="utf-8")
    else:
        unittest.main(argv=sys.argv[:1])


if __name__ == "__main__":
    main()
