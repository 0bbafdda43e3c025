# A notebook: from a book to the board, an explanation and a what-if. It reads, and runs, from top
# to bottom; in Jupyter each `# %%` is a cell, and tables and assessments show themselves.
from pathlib import Path

import qbg

BOOKS = Path(__file__).resolve().parents[1] / "books"
AS_OF = "2025-11-05"

# %% A book is a folder of CSV files. A bad row would raise qbg.RefusedError and say which.
workspace = qbg.Workspace.from_book(BOOKS / "red-daisy")
print(workspace)

# %% The board: a row for each buying group, the most urgent first.
board = workspace.assess(as_of=AS_OF)
for row in board:
    print(f"{row['opportunity']}: {row['verdict']}, priority {row['priority']:.1f}, "
          f"nobody yet as {row['missing_roles']}")

# %% One group more closely: who fills the seats, and who carries the points.
deal = workspace.opportunity("daisy-hr")
group = deal.assess(AS_OF)
for seat in group.seats:
    print(f"  {seat.role:20} {seat.state:11} {', '.join(seat.people) or '-'}")
for member in group.members:
    print(f"  {member.contact:20} {member.points:6.1f} points, engagement {member.engagement:.2f}")

# %% Where a person's points come from: each act, and what its age leaves of it.
for act in deal.ledger(workspace.contact("elena"), AS_OF):
    print(f"  {act['time']:%Y-%m-%d} {act['kind']:20} {act['points_milli'] / 1000:5.1f} points, "
          f"{act['age_days']} days old, counts {act['contribution'] / (1000 * 2**24):.3f}")

# %% Why it is not qualified: the criteria of the gate that are required and fail.
for criterion in group.criteria:
    if criterion.mode == "required" and not criterion.holds:
        print(f"  {criterion.criterion.label()}: {criterion.actual:g} of {criterion.threshold:g}")

# %% The same in full sentences, in English or Russian.
print(deal.explain(AS_OF).split("\n\n")[1])

# %% What would qualify it: the fewest steps.
path = deal.path(AS_OF)
print(path)
for step in path:
    print(f"  {step.kind.label()} {step.name or step.role}: +{step.gain:.1f}")


# %% What if the first step comes true? A copy of the book is asked; the workspace stays as it is.
def what_if(change):
    """The deal's assessment after a change, made to a copy."""
    copy = qbg.Workspace.from_book(
        {table: workspace.book_table(table) for table in qbg.tables() if table != "tracking"})
    change(copy)
    return copy.opportunity("daisy-hr").assess(AS_OF)


def meeting(copy):
    copy.record(kind="meeting", time="2025-11-05T10:00:00Z",
                contact=copy.contact(path.steps[0].contact),
                opportunity=copy.opportunity("daisy-hr"))


then = what_if(meeting)
print(f"a meeting with {path.steps[0].name}: {group.verdict} {group.priority:.1f} -> "
      f"{then.verdict} {then.priority:.1f}")

# %% And if points lasted longer? Policies are what-ifs, too.
def longer(copy):
    copy.policy["half_life_days"] = 60


then = what_if(longer)
print(f"a half-life of 60 days: {group.verdict} {group.priority:.1f} -> "
      f"{then.verdict} {then.priority:.1f}")

# %% Revenue is another question: last year's customers, this year.
kept = qbg.nrr(start=1000000, expansion=200000, contraction=50000, churn=100000, currency="EUR")
print(f"NRR {kept.ratio:.0%}: {kept.trend.label()}")
