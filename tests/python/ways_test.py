"""The whole public API has a Python way: every function of the headers is called by some public
attribute of the package, which ways.txt names.

That is not taken at its word: the tests of the package run here once more, with every public
attribute and every function of the library watched, and the attribute has to have made the call.
After a change: ways_test.py --write."""
import inspect
import os
import sys
import unittest
from difflib import SequenceMatcher
from pathlib import Path

from package import ROOT, qbg

sys.path.insert(0, str(ROOT / "tests" / "checks"))
import headers  # noqa: E402

from qbg import _library  # noqa: E402

STORED = Path(__file__).resolve().with_name("ways.txt")
TESTS = ["rows_test", "answers_test", "arrow_test", "border_test", "bulk_test", "book_test",
         "lifetime_test"]


stack = []  # the public attributes that are being used, the innermost last
seen = {}   # each function of the library: the attributes that called it


def watched_function(name, function):
    def call(*arguments):
        user = stack[-1] if stack else None
        if user is None and name.endswith("_free"):
            user = FREED_BY.get(name)
        if user:
            seen.setdefault(name, set()).add(user)
        return function(*arguments)
    return call


# Handles free what they own when nobody refers to them any more, wherever that happens.
FREED_BY = {
    "qbg_workspace_free": "Workspace", "qbg_table_free": "Table", "qbg_path_free": "Path",
    "qbg_assessment_free": "Assessment", "qbg_signal_free": "Signal",
    "qbg_book_reader_free": "BookReader", "qbg_baseline_free": "Baseline",
}


def watched(name, function):
    """A public attribute that says when it is being used."""
    def call(*arguments, **named):
        stack.append(name)
        try:
            answer = function(*arguments, **named)
        finally:
            stack.pop()
        return steps(name, answer) if inspect.isgenerator(answer) else answer
    return call


def steps(name, generator):
    """A generator whose steps are uses of the attribute that gave it."""
    step = watched(name, lambda: next(generator, stack))
    while True:
        item = step()
        if item is stack:
            return
        yield item


def is_public(name):
    return not name.startswith("_") or name in ("__init__", "__len__", "__getitem__", "__iter__",
                                                "__contains__", "__setitem__", "__enter__",
                                                "__exit__")


def wrap_class(cls):
    for owner in cls.__mro__:
        if not owner.__module__.startswith("qbg") or issubclass(owner, (tuple, BaseException)):
            continue
        for name, item in list(vars(owner).items()):
            told = cls.__name__ if name == "__init__" else f"{cls.__name__}.{name.strip('_')}"
            if not is_public(name) or name == "keep":
                continue
            if isinstance(item, property):
                setattr(cls, name, property(watched(told, item.fget),
                                            item.fset and watched(told, item.fset)))
            elif isinstance(item, classmethod):
                setattr(cls, name, classmethod(watched(told, item.__func__)))
            elif inspect.isfunction(item):
                setattr(cls, name, watched(told, item))


def wrap():
    """Watches everything, before the tests take names from the package."""
    for functions in (_library.lib, _library.slow):
        for name, function in list(vars(functions).items()):
            setattr(functions, name, watched_function(name, function))
    for name in qbg.__all__:
        item = getattr(qbg, name)
        if inspect.isclass(item) and not issubclass(item, (tuple, BaseException)):
            wrap_class(item)
        elif inspect.isfunction(item):
            setattr(qbg, name, watched(name, item))
    qbg.Retention.trend = property(watched("Retention.trend", qbg.Retention.trend.fget))


def run_tests():
    """Runs the tests of the package; whether all passed."""
    os.environ["QBG_ROUNDS"] = "2"
    suite = unittest.defaultTestLoader.loadTestsFromNames(TESTS)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        result = unittest.TextTestRunner(nowhere).run(suite)
    return [f"{case}: {fault}" for case, fault in result.errors + result.failures]


def stored():
    if not STORED.exists():
        return {}
    return dict(line.split(" ") for line in STORED.read_text(encoding="utf-8").splitlines())


def likeness(name, way):
    """How much an attribute is called what the function is called."""
    plain = name.replace("qbg_", "").replace("_", ".")
    return SequenceMatcher(None, plain, way.lower().replace("_", ".")).ratio()


def faults(wanted, ways):
    for name in wanted:
        if name not in seen:
            yield f"{name}: no public attribute of the package calls it in any test"
        elif name not in ways:
            yield f"{name}: is not in ways.txt; run ways_test.py --write"
        elif ways[name] not in seen[name]:
            yield f"{name}: {ways[name]} does not call it, {', '.join(sorted(seen[name]))} do"
    yield from (f"{name}: is in ways.txt, but not in the headers" for name in ways
                if name not in wanted)


def main():
    wrap()
    found = run_tests()
    wanted = [function.name for function in headers.functions()]
    ways = stored()
    if sys.argv[1:] == ["--write"]:
        ways = {name: ways[name] if ways.get(name) in seen[name]
                else max(sorted(seen[name]), key=lambda way: likeness(name, way))
                for name in wanted if name in seen}
        STORED.write_text("".join(f"{name} {way}\n" for name, way in ways.items()),
                          encoding="utf-8")
    found += faults(wanted, ways)
    for fault in found:
        print(fault)
    if found:
        sys.exit(f"{len(found)} faults")
    print(f"{len(wanted)} functions, each with a Python way that calls it")


if __name__ == "__main__":
    main()
