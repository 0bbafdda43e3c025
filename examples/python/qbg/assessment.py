"""Assessments: one buying group as of an instant, how far it has come, and why."""
from datetime import datetime
from typing import TYPE_CHECKING, Any, Dict, List, NamedTuple, Optional

from ._library import Handle, lib
from .errors import ClosedError
from .row import Row
from .table import html_table
from .times import Time, asked, from_seconds, told
from .words import Word, word

if TYPE_CHECKING:
    from .opportunity import Opportunity


class SeatFilling(NamedTuple):
    """A seat of the template. role: its key. state: "missing", "dark" (nobody engaged), "engaged"
    or "supportive". filled and wanted: people. people: their keys."""

    role: str
    state: Word
    filled: int
    wanted: int
    is_required: bool
    people: List[str]


class Criterion(NamedTuple):
    """A criterion of the gate. mode: "advisory" or "required". passes: at its threshold. holds: at
    the lower one, when "qualified" is recorded. actual, threshold: None where there is no figure.
    reason: "passed", "too_low", "unknown" ..."""

    criterion: Word
    mode: Word
    passes: bool
    holds: bool
    actual: Optional[float]
    threshold: Optional[float]
    reason: str


class AssessedMember(NamedTuple):
    """A present member. contact: his key. roles: asserted, else (is_inferred) by his title.
    points_int: the exact sum, in 1 / (1000 x 2**24) points; points: as points, never below 0.
    engagement: 0..1. last_signal: in UTC; None: there is none."""

    contact: str
    name: str
    roles: List[str]
    is_inferred: bool
    points_int: int
    points: float
    engagement: float
    is_engaged: bool
    participation: Optional[Word]
    interest: Optional[Word]
    stance: Optional[Word]
    last_signal: Optional[datetime]


class Assessment:
    """One buying group as of an instant. It owns copies of everything, and outlives its workspace.
    Ratios are between 0 and 1, the priority between 0 and 100."""

    _opaque = "qbg_assessment"

    def __init__(self, address: int, keeps: Any = None) -> None:
        self._owner: Optional[Handle] = Handle(address, lib.qbg_assessment_free, keeps)

    def _where(self) -> Optional[int]:
        owner = self._owner
        if owner is None:
            raise ClosedError("the assessment was closed")
        return owner.address

    def close(self) -> None:
        """Gives the memory back at once."""
        self._owner = None

    def __enter__(self) -> "Assessment":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def refill(self, opportunity: "Opportunity", as_of: Time) -> None:
        """Assesses another opportunity, or instant, into this one; nothing is allocated then."""
        if not isinstance(opportunity, Row) or opportunity._noun != "opportunity":
            raise TypeError(f"opportunity is needed, not {type(opportunity).__name__}")
        opportunity._workspace._gate.change(lib.qbg_assessment_refill, self, opportunity,
                                            asked(as_of))

    @property
    def opportunity(self) -> str:
        """The key of the opportunity."""
        return lib.qbg_assessment_opportunity(self).decode()

    @property
    def account(self) -> str:
        """The key of its account."""
        return lib.qbg_assessment_account(self).decode()

    @property
    def solution(self) -> str:
        """The key of its solution."""
        return lib.qbg_assessment_solution(self).decode()

    @property
    def as_of(self) -> datetime:
        """The instant, in UTC."""
        return from_seconds(lib.qbg_assessment_as_of(self))

    @property
    def verdict(self) -> Word:
        """"silent" (no present member engaged), "single_threaded" (one), "multi_threaded" (two or
        more), "qualified" (every required criterion holds)."""
        return _word("verdict", lib.qbg_assessment_verdict(self))

    @property
    def priority(self) -> float:
        """0..100 = (100 x intent) x (c0 + (1 - c0) x coverage_engaged)."""
        return lib.qbg_assessment_priority(self)

    @property
    def intent(self) -> float:
        """0..1: 1 - the product of what each person leaves open."""
        return lib.qbg_assessment_intent(self)

    @property
    def coverage_identified(self) -> float:
        """0..1: the seats' weight that present members fill."""
        return lib.qbg_assessment_coverage_identified(self)

    @property
    def coverage_engaged(self) -> float:
        """0..1: that engaged members fill."""
        return lib.qbg_assessment_coverage_engaged(self)

    @property
    def coverage_supportive(self) -> float:
        """0..1: that supporters and champions fill."""
        return lib.qbg_assessment_coverage_supportive(self)

    @property
    def completeness(self) -> float:
        """0..1: the plain mean over the seats."""
        return lib.qbg_assessment_completeness(self)

    @property
    def members_identified(self) -> int:
        """How many members are present."""
        return lib.qbg_assessment_members_identified(self)

    @property
    def members_engaged(self) -> int:
        return lib.qbg_assessment_members_engaged(self)

    @property
    def anonymous_visitors(self) -> int:
        """Distinct anonymous visitors with points."""
        return lib.qbg_assessment_anonymous_visitors(self)

    @property
    def silent_days(self) -> Optional[int]:
        """Whole days since the latest signal that counts; None: there is none."""
        days = lib.qbg_assessment_silent_days(self)
        return None if days < 0 else days

    @property
    def next_contact(self) -> Optional[datetime]:
        """The earliest next contact date of a present member, in UTC."""
        return told(lib.qbg_assessment_next_contact(self))

    @property
    def seats(self) -> List[SeatFilling]:
        """The seats in template order."""
        return [SeatFilling(lib.qbg_assessment_seat_role(self, i).decode(),
                            _word("seat_state", lib.qbg_assessment_seat_state(self, i)),
                            lib.qbg_assessment_seat_filled(self, i),
                            lib.qbg_assessment_seat_wanted(self, i),
                            bool(lib.qbg_assessment_seat_is_required(self, i)),
                            [lib.qbg_assessment_seat_person(self, i, j).decode()
                             for j in range(lib.qbg_assessment_seat_person_count(self, i))])
                for i in range(lib.qbg_assessment_seat_count(self))]

    @property
    def missing_roles(self) -> List[str]:
        """The keys of roles whose seat has nobody, in template order."""
        return [lib.qbg_assessment_missing_role(self, i).decode()
                for i in range(lib.qbg_assessment_missing_count(self))]

    @property
    def criteria(self) -> List[Criterion]:
        """The criteria of the gate that are not off."""
        return [self._criterion(i) for i in range(lib.qbg_assessment_criterion_count(self))]

    def _criterion(self, i: int) -> Criterion:
        actual = threshold = None
        if lib.qbg_assessment_criterion_has_actual(self, i):
            actual = lib.qbg_assessment_criterion_actual(self, i)
        if lib.qbg_assessment_criterion_has_threshold(self, i):
            threshold = lib.qbg_assessment_criterion_threshold(self, i)
        return Criterion(_word("criterion", lib.qbg_assessment_criterion(self, i)),
                         _word("mode", lib.qbg_assessment_criterion_mode(self, i)),
                         bool(lib.qbg_assessment_criterion_passes(self, i)),
                         bool(lib.qbg_assessment_criterion_holds(self, i)), actual, threshold,
                         lib.qbg_assessment_criterion_reason(self, i).decode())

    @property
    def members(self) -> List[AssessedMember]:
        """The present members by key."""
        return [self._member(i) for i in range(lib.qbg_assessment_member_count(self))]

    def _member(self, i: int) -> AssessedMember:
        return AssessedMember(
            lib.qbg_assessment_member_contact(self, i).decode(),
            lib.qbg_assessment_member_name(self, i).decode(),
            [lib.qbg_assessment_member_role(self, i, j).decode()
             for j in range(lib.qbg_assessment_member_role_count(self, i))],
            bool(lib.qbg_assessment_member_is_inferred(self, i)),
            lib.qbg_assessment_member_points_int(self, i),
            lib.qbg_assessment_member_points(self, i),
            lib.qbg_assessment_member_engagement(self, i),
            bool(lib.qbg_assessment_member_is_engaged(self, i)),
            word("participation", lib.qbg_assessment_member_participation(self, i)),
            word("interest", lib.qbg_assessment_member_interest(self, i)),
            word("stance", lib.qbg_assessment_member_stance(self, i)),
            told(lib.qbg_assessment_member_last_signal(self, i)))

    def to_dict(self) -> Dict[str, Any]:
        """Everything, as a dict of plain values, dicts and lists."""
        found: Dict[str, Any] = {name: getattr(self, name) for name in FIGURES}
        for name in ("seats", "criteria", "members"):
            found[name] = [item._asdict() for item in getattr(self, name)]
        return found

    def __repr__(self) -> str:
        if self._owner is None:
            return "<qbg.Assessment, closed>"
        return (f"<qbg.Assessment {self.opportunity!r} as of {self.as_of:%Y-%m-%d %H:%M:%S}: "
                f"{self.verdict}, priority {self.priority:.1f}, "
                f"{self.members_engaged}/{self.members_identified} engaged>")

    def _repr_html_(self) -> str:
        """Figures, seats and members, for notebooks."""
        figures = [(name, getattr(self, name)) for name in FIGURES if name != "missing_roles"]
        seats = [(seat.role, seat.state, f"{seat.filled}/{seat.wanted}", ", ".join(seat.people))
                 for seat in self.seats]
        members = [(member.name or member.contact, ", ".join(member.roles), member.points,
                    member.engagement, member.participation, member.stance)
                   for member in self.members]
        return (html_table(("figure", "value"), figures)
                + html_table(("seat", "state", "filled", "who"), seats)
                + html_table(("member", "roles", "points", "engagement", "participation",
                              "stance"), members))


FIGURES = ("opportunity", "account", "solution", "as_of", "verdict", "priority", "intent",
           "coverage_identified", "coverage_engaged", "coverage_supportive", "completeness",
           "members_identified", "members_engaged", "anonymous_visitors", "silent_days",
           "next_contact", "missing_roles")


def _word(vocabulary: str, number: int) -> Word:
    found = word(vocabulary, number)
    assert found is not None  # the library always has one here
    return found
