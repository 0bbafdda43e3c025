"""Threads: questions run beside each other, a change waits for them, and close() for both."""
import sys
import threading
import unittest
from array import array

from package import AS_OF, daisy, qbg, run, small


def together(*works):
    """Runs functions at once; what they raise."""
    faults = []

    def guarded(work):
        try:
            work()
        except Exception as fault:  # noqa: B902
            faults.append(repr(fault))
    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


class Threads(unittest.TestCase):
    def test_questions_and_changes(self):
        ws, count = small(), 300
        kind = ws.kind("page_view").number

        def ask():
            for _ in range(count):
                self.assertEqual(len(ws.assess(AS_OF)), 1)
                ws.deal.assess(AS_OF).to_dict()
                ws.deal.explain(AS_OF)

        def change():
            for i in range(count):
                ws.add_signals(time=array("q", [1760000000 + i]), kind=array("H", [kind]),
                               contact=[ws.olga], content=[f"hr/{i}"])
                ws.olga.name = f"Olga {i}"
        self.assertEqual(together(ask, change, ask), [])
        self.assertEqual((ws.signal_count, ws.olga.name), (count, "Olga 299"))

    def test_a_change_waits(self):
        ws = small()
        asking, answered = threading.Event(), threading.Event()
        order = []

        def slow_question(*_):
            asking.set()
            answered.wait(10)
            order.append("asked")

        def change():
            asking.wait(10)
            threading.Timer(0.05, answered.set).start()
            ws.olga.name = "new"
            order.append("changed")
        self.assertEqual(together(lambda: ws._gate.ask(slow_question), change), [])
        self.assertEqual(order, ["asked", "changed"])

    def test_questions_do_not_wait_for_each_other(self):
        ws = daisy()
        both = threading.Barrier(2, timeout=10)
        self.assertEqual(together(*[lambda: ws._gate.ask(lambda *_: both.wait())] * 2), [])

    def test_closing(self):
        for _ in range(20):
            ws = daisy()
            deal = ws.opportunity("daisy-hr")

            def ask():
                try:
                    while True:
                        deal.assess(AS_OF)
                        deal.name
                except qbg.ClosedError:
                    pass
            self.assertEqual(together(ask, ask, ws.close), [])

    def test_closing_between_the_address_and_its_use(self):
        """Getters do not wait for anybody: what they were given stays until they are through."""
        usual = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)
        try:
            for _ in range(150):
                self.close_under_readers()
        finally:
            sys.setswitchinterval(usual)

    def close_under_readers(self):
        ws = daisy()
        deal, board = ws.opportunity("daisy-hr"), ws.assess(AS_OF)

        def read():
            try:
                while True:
                    deal.name, deal.opened, board.cell(0, "verdict")
            except qbg.ClosedError:
                pass

        def close():
            board.close()
            ws.close()
        self.assertEqual(together(read, read, close), [])


if __name__ == "__main__":
    run()
