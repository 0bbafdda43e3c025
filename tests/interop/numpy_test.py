"""Columns from numpy: arrays of the right type are not copied, others converted in one go."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
from package import AS_OF, SKIPPED, qbg, run, small  # noqa: E402

try:
    import numpy
except ImportError:
    print("SKIPPED: numpy was not found (Debian: python3-numpy)")
    sys.exit(SKIPPED)

from qbg import _columns  # noqa: E402


def address_of(values):
    """Where the library would read a column."""
    with _columns.Columns(qbg._bulk.declared.qbg_signal_columns(), len(values)) as columns:
        columns.numbers("time", "time_s", "q", values)
        return columns.struct.time_s


def told(outcome):
    return [type(fault).__name__ for _, fault in outcome.faults()]


class Numpy(unittest.TestCase):
    def test_arrays(self):
        ws = small()
        times = numpy.array(["2025-10-01T00:00:00", "NaT"], dtype="datetime64[ns]")
        done = ws.add_signals(time=times, kind=numpy.array([0, 0], dtype="uint16"),
                              contact=numpy.array([0, 1], dtype="int64"))
        self.assertEqual(told(done), ["RangeError"])
        self.assertEqual(ws.signal_count, 1)
        column = type("Series", (list,), {"to_numpy": lambda self: numpy.array(self)})
        done = ws.add_signals(time=column(times[:1]), kind=column(["page_view"]),
                              contact=column([0]))
        self.assertEqual((done.refused, ws.signal_count), (0, 2))
        names = numpy.array(["olga", "ivan"])
        self.assertEqual(ws.numbers("contact", names).tolist(), [0, 1])
        self.assertEqual(ws.numbers("contact", names.astype(object)).tolist(), [0, 1])
        self.assertEqual(ws.put_contacts(key=names, tag=numpy.array([5, 6], dtype="uint8"),
                                         account=numpy.array(["tulip", None], dtype=object),
                                         ).refused, 0)
        self.assertEqual([one.tag for one in ws.contacts], [5, 6])
        done = ws.put_members(opportunity=["tulip-hr"], contact=names[:1],
                              influence=numpy.array([0.5], dtype="float32"))
        self.assertEqual(ws.deal.members[0].influence(AS_OF), 0.5)
        done = ws.put_opportunities(key=["tulip-hr"], budget=numpy.array([True]),
                                    opened=[numpy.int64(5)])
        self.assertEqual((ws.deal.answer("budget", AS_OF), ws.deal.opened.year), (True, 1970))
        whole = numpy.arange(6, dtype="int64")
        self.assertEqual(address_of(whole), whole.ctypes.data)
        self.assertEqual(ws.add_signals(time=whole[::2], kind=["page_view"] * 3).refused, 0)


if __name__ == "__main__":
    run()
