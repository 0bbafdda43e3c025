"""numpy, by hand: dense numbers as keys and sums by bincount. Doubles hold these sums exactly.

    python3 numpy_peer.py FOLDER"""
import sys
from pathlib import Path

import book

try:
    import numpy as np
except ImportError:
    book.skip("numpy: it was not found (Debian: python3-numpy)")

K, ENGAGED, UNIT = 20.0, 2500 << 24, 1000.0 * 2**24
VERDICTS = np.array(["silent", "single_threaded", "multi_threaded", "qualified"])


class Facts:
    """The columns, and what a program would look up once: signal -> opportunity and the like."""

    def __init__(self, folder):
        def column(name, kind="u32"):
            return np.array(book.column(folder, name, kind))
        self.time, self.kind = column("signal_time", "i64"), column("signal_kind", "u16")
        self.contact, self.account = column("signal_contact"), column("signal_account")
        self.solution = column("signal_solution")
        self.o_account, self.o_solution = column("opportunity_account"), column("opportunity_solution")
        self.m_opportunity, self.m_contact = column("member_opportunity"), column("member_contact")
        self.m_role = column("member_role")
        self.milli = np.array([round(1000 * float(row["points"]))
                               for row in book.rows_of(folder, "kinds")])
        self.decay = np.array(book.decay())
        self.add_seats(folder)
        self.solutions = int(self.o_solution.max()) + 1
        self.opportunity_of = np.full((int(self.account.max()) + 1) * self.solutions, -1)
        self.opportunity_of[self.o_account * self.solutions + self.o_solution] = np.arange(
            len(self.o_account))

    def add_seats(self, folder):
        places, sets = book.seats(folder)
        solutions = 1 + max(book.number_of(solution) for solution, *_ in sets)
        self.bit = np.zeros((solutions, 64), dtype=np.int64)
        for solution, role, bit in places:
            self.bit[book.number_of(solution), book.number_of(role)] = bit
        self.coverage, self.completeness = np.zeros((solutions, 32)), np.zeros((solutions, 32))
        self.is_complete = np.zeros((solutions, 32), dtype=bool)
        self.missing = np.empty((solutions, 32), dtype=object)
        for solution, seats, *facts in sets:
            at = (book.number_of(solution), seats)
            (self.coverage[at], self.completeness[at], self.is_complete[at],
             self.missing[at]) = facts


def latest(key, time, size):
    """The latest time by key. Nearly sorted by time, so the last write is nearly always it."""
    found = np.full(size, -1, dtype=np.int64)
    while len(key):
        found[key] = time
        is_later = time > found[key]
        key, time = key[is_later], time[is_later]
    return found


def seats_filled(of, opportunities, roles, count):
    """The set of seats by opportunity that people with those roles fill."""
    has_role = roles != book.NONE
    at, roles = opportunities[has_role], roles[has_role]
    bits, filled = of.bit[of.o_solution[at], roles], np.zeros(count, dtype=np.int64)
    for bit in (1, 2, 4, 8, 16):
        filled |= bit * (np.bincount(at[bits == bit], minlength=count) > 0)
    return filled


def board(of):
    count = len(of.o_account)
    opportunity = of.opportunity_of[of.account * of.solutions + of.solution]
    counts = (of.time <= book.AS_OF) & (opportunity >= 0)
    opportunity, contact, time = opportunity[counts], of.contact[counts], of.time[counts]
    worth = of.milli[of.kind[counts]] * of.decay[(book.AS_OF - time) // 86400]
    last = latest(opportunity, time, count)

    # In this tenant every named contact with a signal is a member, so contact and solution name one.
    named = contact != book.NONE
    contacts = int(of.m_contact.max()) + 1
    key = contact[named].astype(np.int64) * of.solutions + of.o_solution[opportunity[named]]
    points = np.bincount(key, worth[named], contacts * of.solutions)
    member_points = points[of.m_contact.astype(np.int64) * of.solutions + of.o_solution[of.m_opportunity]]
    nobody = np.bincount(opportunity[~named], worth[~named], count)

    e, a = member_points / UNIT, nobody / UNIT
    left_open = np.log1p(-(e / (e + K)))
    left_open = np.bincount(of.m_opportunity, left_open, count) + np.log1p(-0.5 * (a / (a + K)))
    intent = -np.expm1(left_open)
    is_engaged = member_points >= ENGAGED
    identified = np.bincount(of.m_opportunity, minlength=count)
    engaged = np.bincount(of.m_opportunity[is_engaged], minlength=count)
    team = seats_filled(of, of.m_opportunity, of.m_role, count)
    active = seats_filled(of, of.m_opportunity[is_engaged], of.m_role[is_engaged], count)
    cover = of.coverage[of.o_solution, active]
    silent = np.where(last >= 0, (book.AS_OF - last) // 86400, -1)
    passes = ((identified >= 3) & (engaged >= 2) & of.is_complete[of.o_solution, team]
              & (cover >= 0.5) & (intent >= 0.5) & (last >= 0) & (silent <= 30))
    priority = 100 * intent * (0.25 + 0.75 * cover)
    order = np.lexsort((np.arange(count), -priority))
    columns = {
        "verdict": VERDICTS[np.where(passes, 3, np.minimum(engaged, 2))], "priority": priority,
        "intent": intent, "coverage_identified": of.coverage[of.o_solution, team],
        "coverage_engaged": cover, "coverage_supportive": np.zeros(count),
        "completeness": of.completeness[of.o_solution, team], "members_identified": identified,
        "members_engaged": engaged, "anonymous_visitors": (nobody > 0).astype(int),
        "silent_days": silent, "missing_roles": of.missing[of.o_solution, team]}
    return order, {name: values[order] for name, values in columns.items()}


def rows_of(of, order, columns):
    values = zip(order.tolist(), *(column.tolist() for column in columns.values()))
    for number, *row in values:
        row = dict(zip(columns, row))
        row.update(opportunity=f"o{number:07}", account=f"a{of.o_account[number]:07}",
                   solution=f"s{of.o_solution[number]}", next_contact=None)
        row["silent_days"] = None if row["silent_days"] < 0 else row["silent_days"]
        yield row


def main():
    folder = Path(sys.argv[1]).resolve()
    of = Facts(folder)
    book.compare("numpy", folder, list(rows_of(of, *board(of))))
    book.say_median("numpy, board", lambda: board(of))


if __name__ == "__main__":
    main()
