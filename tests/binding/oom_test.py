"""Out of memory anywhere in any public function: each script of calls.py runs with its first
allocation failing, then the second, and so on, until it runs through.

A call that finds no memory answers QBG_E_MEMORY, leaves its outputs and the workspace as they were,
and works when it is made again; in the end no byte is left. Functions that cannot fail allocate
nothing. Twice: one allocation fails, or all from that one on (not with QBG_TESTS_QUICK).

usage: oom_test.py LIBRARY [FUNCTION ...]"""
import os
import sys

from calls import CALLS
from fixture import World, differences, mark, written
from library import C, FUNCTIONS, finish, in_children, load, loadable_path


class Trial:
    """One run of a script. The calls of its function share one count of allocations, of which the
    `first` to `last` fail; 0: none."""

    def __init__(self, library, call, first=0, last=0):
        self.call, self.first, self.last = call, first, last
        self.used = 0      # allocations of the watched calls so far
        self.failed = 0    # calls that answered QBG_E_MEMORY
        self.states = []   # before each watched call, when nothing is to fail
        self.faults = []
        self.world = World(library)
        self.world.watch_name, self.world.watch = call.name, self.watch

    def run(self, states=()):
        """Runs it; states: what the states before each call should be."""
        self.expected = states
        self.calls = 0
        try:
            self.call.script(self.world)
        except (AssertionError, TypeError, ValueError) as fault:
            self.faults.append(f"the script then fails: {fault}")
        self.states.append(self.world.state())
        if states and not self.faults:
            self.compare(self.states[-1], states[-1], "at the end")
        self.faults += self.world.close()
        return self

    def watch(self, function, straight, arguments):
        allocator = self.world.allocator
        if self.first == 0:
            self.states.append(self.world.state())
        else:
            marked = mark(function, arguments)
        left = max(0, self.first - self.used)
        allocator.arm(left, self.last if left else 0)
        answer = straight(*arguments)
        count = allocator.disarm()
        self.used += count
        self.calls += 1
        is_reached = left and count >= left
        if function.result != "qbg_status":
            if count and not function.name.endswith("_free"):
                self.faults.append("cannot fail, but allocates")
        elif is_reached and answer == C.E_MEMORY:
            self.failed += 1
            self.check_untouched(marked)
            return straight(*arguments)
        elif is_reached:
            self.faults.append(f"answers {answer} though memory was out")
        elif answer == C.E_MEMORY:
            self.faults.append("answers QBG_E_MEMORY though there is memory")
        return answer

    def check_untouched(self, marked):
        self.faults += [f"{name} is written to" for name in written(marked)]
        self.compare(self.world.state(), self.expected[self.calls - 1], "after the failure")

    def compare(self, state, expected, when):
        self.faults += [f"{fault} {when}" for fault in differences(state, expected)]


def faults_of(library, call):
    """Runs a script with every allocation failing in turn, naming each; yields what went wrong."""
    print(call.name, flush=True)
    calm = Trial(library, call).run()
    yield from (f"{call.name}: {fault}" for fault in calm.faults)
    if FUNCTIONS[call.name].result != "qbg_status" or calm.faults:
        return
    if call.name == "qbg_workspace_commit":  # rolls the batch back: tests/unit/batch_test.c
        return
    for is_lasting in (False,) if os.environ.get("QBG_TESTS_QUICK") else (False, True):
        for first in range(1, calm.used + 1):
            what = f"{call.name}, allocation {first}{' and all later' if is_lasting else ''}"
            print(what, flush=True)
            trial = Trial(library, call, first, 2**62 if is_lasting else first).run(calm.states)
            yield from (f"{what}: {fault}" for fault in trial.faults)
            if trial.failed != 1 and not trial.faults:
                yield f"{what}: it did not come to that, the script does not repeat"


def try_all(path, names):
    library = load(path)
    for name in names:
        for fault in faults_of(library, CALLS[name]):
            print(fault[:2000], file=sys.stderr, flush=True)


def main(path, names):
    names = names or list(CALLS)
    workers = min(os.cpu_count() or 1, len(names))
    jobs = [["in-child", *names[i::workers]] for i in range(workers)]
    count, faults = in_children(__file__, path, jobs)
    finish(faults, f"{len(names)} functions survive {count - len(names)} failures")


if __name__ == "__main__":
    if sys.argv[2:3] == ["in-child"]:
        try_all(sys.argv[1], sys.argv[3:])
    else:
        main(loadable_path(), sys.argv[2:])
