"""Calls every public function through ctypes, as a binding would.

Every function has its script in calls.py and answers what it should; given NULL for any pointer, or
text that is not UTF-8, it says so and does not fall over. Whatever fails leaves its outputs and the
workspace as they were. usage: ctypes_test.py LIBRARY"""
import sys
from ctypes import c_char_p

from calls import CALLS
from fixture import World, differences, mark, written
from library import C, FUNCTIONS, ctype, finish, in_children, load, loadable_path, outputs

# What a getter may answer when there is nothing to tell.
NEUTRAL = (None, 0, b"", -1, C.UNDATED, C.NONE)
NEUTRAL_TOO = {"qbg_member_stance": C.STANCE_UNKNOWN, "qbg_table_is_null": 1}

NOT_TEXT = b"\xff\xfe"


def list_faults():
    yield from (f"{name}: not in calls.py" for name in sorted(FUNCTIONS.keys() - CALLS.keys()))
    yield from (f"{name}: not in the headers" for name in sorted(CALLS.keys() - FUNCTIONS.keys()))
    for call in CALLS.values():
        for name in call.may_be_null:
            if name not in FUNCTIONS[call.name].names:
                yield f"{call.name}: has no parameter {name}"


class Probed(Exception):
    """The first call was made with a changed argument; the rest of the script does not matter."""


def run(library, call, told, change=None):
    """Runs a script in a world of its own; yields what went wrong.

    told: takes the answers of the function. change: (place, value): only the first call of it is
    made, with another argument."""
    world, faults = World(library), []

    def watch(function, straight, arguments):
        if change:
            arguments = [*arguments[:change[0]], change[1], *arguments[change[0] + 1:]]
        before = world.state() if function.result == "qbg_status" else None
        marked = mark(function, arguments)
        answer = straight(*arguments)
        told.append(answer)
        if before and answer not in (C.OK, C.DUPLICATE):  # it failed, so nothing has changed
            faults.extend(f"answers {answer}, but writes {name}" for name in written(marked))
            faults.extend(f"answers {answer}, but {one}"
                          for one in differences(world.state(), before))
        if change:
            raise Probed
        return answer

    world.watch_name, world.watch = call.name, watch
    try:
        call.script(world)
    except Probed:
        pass
    except (AssertionError, TypeError, ValueError) as fault:
        faults.append(fault)
    world.state()  # whatever was done, the workspace can still be asked
    yield from (f"{call.name}: {fault}" for fault in [*faults, *world.close()])


def script_faults(library):
    for call in CALLS.values():
        told = []
        yield from run(library, call, told)
        if not told:
            yield f"{call.name}: its script never calls it"


def pointers(function):
    return [i for i, one in enumerate(function.parameters) if "*" in one]


def probe(library, call, place, instead, is_fine):
    """Makes the first call of a script with another argument; yields what was wrong then."""
    name = f"{call.name} with {instead} for {FUNCTIONS[call.name].names[place]}"
    told = []
    print(name, flush=True)
    yield from (f"{name}: {fault}" for fault in run(library, call, told, (place, instead)))
    if told and not is_fine(told[0]):
        yield f"{name}: answers {told[0]!r}"


def null_is_fine(call, place):
    function = FUNCTIONS[call.name]
    if function.names[place] in call.may_be_null:
        return lambda answer: function.result != "qbg_status" or answer == C.OK
    if "*" in function.result and outputs(function):
        return lambda answer: True  # where no bytes are; how many is for its script to ask
    if function.result == "qbg_status":
        return lambda answer: answer == C.E_ARGUMENT
    return lambda answer: (not answer or answer in NEUTRAL
                           or answer == NEUTRAL_TOO.get(call.name))


def text_is_fine(call, place):
    function = FUNCTIONS[call.name]
    if function.result != "qbg_status" or function.names[place] == "lang":
        return lambda answer: True
    return lambda answer: answer in (C.E_TEXT, C.E_FORMAT, C.E_NOT_FOUND)


def probe_all(path):
    """Every probe, each named before it is made, so that a crash tells its place."""
    library = load(path)
    for call in CALLS.values():
        for place in pointers(FUNCTIONS[call.name]):
            faults = [*probe(library, call, place, None, null_is_fine(call, place))]
            if ctype(FUNCTIONS[call.name].parameters[place]) is c_char_p:
                faults += probe(library, call, place, NOT_TEXT, text_is_fine(call, place))
            for fault in faults:
                print(fault, file=sys.stderr, flush=True)


def main(path):
    faults = [*list_faults(), *script_faults(load(path))]
    count, found = in_children(__file__, path, [["probe"]])
    finish(faults + found, f"{len(CALLS)} functions called; {count} calls with NULL or bad text")


if __name__ == "__main__":
    if sys.argv[2:] == ["probe"]:
        probe_all(sys.argv[1])
    else:
        main(loadable_path())
