"""Ends a run of the tests: why some were skipped, and how many passed, failed and were skipped.

summary.py FOLDER, where meson left its testlog*.json: one JSON object a line, one line a test."""
import json
import sys
from pathlib import Path

PASSED = {"OK", "EXPECTEDFAIL"}


def results(folder):
    """Each test that ran. The log is also read after an interrupted run, when there is none."""
    for path in sorted(Path(folder).glob("testlog*.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def main(folder):
    tests = list(results(folder))
    skipped = [test for test in tests if test["result"] == "SKIP"]
    passed = [test for test in tests if test["result"] in PASSED]
    failed = len(tests) - len(passed) - len(skipped)
    for test in skipped:
        print(f"{test['name']}: {test.get('stdout', '').strip() or 'SKIPPED without a reason'}")
    print(f"{len(passed)} passed, {failed} failed, {len(skipped)} skipped")
    return 1 if failed or not tests else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
