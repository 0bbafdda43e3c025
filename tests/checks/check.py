"""What every check needs: where things are, how to skip, how to end."""
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["base", "model", "analysis", "io"]  # from the ground up
SKIPPED = 77  # what meson takes for "skipped"


def setting(name):
    """A path or word that tests/meson.build hands over in the environment."""
    if name not in os.environ:
        sys.exit(f"{name} is not set: run this check with `meson test --suite checks`")
    return os.environ[name]


def compiler():
    """The C compiler's command, with the sanitizers that the library was built with."""
    command = setting("QBG_CC").split()
    if is_sanitized():
        command.append("-fsanitize=" + setting("QBG_SANITIZE"))
    return command


def is_sanitized():
    return os.environ.get("QBG_SANITIZE", "none") != "none"


def build_value(name):
    """A number or text that the root meson.build gives a name."""
    text = (ROOT / "meson.build").read_text(encoding="utf-8")
    found = re.search(rf"^\s*{name}\s*[=:]\s*'?([\w.]+)", text, re.M)
    if not found:
        sys.exit(f"meson.build names no {name}")
    return found.group(1)


def output_of(command, **options):
    """What a command prints. The check fails, with all that it said, when the command does."""
    command = [str(word) for word in command]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", **options)
    if done.returncode != 0:
        print(f"this failed with {done.returncode}: {' '.join(command)}")
        print(done.stdout + done.stderr)
        sys.exit(1)
    return done.stdout


def skip(reason):
    print(f"SKIPPED: {reason}")
    sys.exit(SKIPPED)


def finish(faults, done):
    """Ends a check: every fault on its line, or what was found in order."""
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(f"{len(faults)} faults")
    print(done)
