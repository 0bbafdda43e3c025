"""Signal kinds, roles, solutions, and templates with their seats."""
from ctypes import c_int32
from decimal import Decimal
from typing import Iterable, List, NamedTuple, Optional, Union

from ._library import lib, text
from .row import KeyedRow, of, whole
from .words import Word, number, word, words

Points = Union[Decimal, int, str, float]


def milli(value: Points) -> int:
    """Thousandths of a number with at most three decimal places. ValueError: it has more."""
    exact = Decimal(str(value)) * 1000
    if exact != exact.to_integral_value():
        raise ValueError(f"{value} has more than three decimal places")
    return whole(int(exact), 64)


def thousandths(value_milli: int) -> Decimal:
    return Decimal(value_milli).scaleb(-3)


class Kind(KeyedRow):
    """What a signal can be: a download, a visit, a call."""

    __slots__ = ()
    _noun = "kind"

    def label(self, lang: str = "en") -> str:
        """What people call it, in "en" or "ru"; a host's own kind is called by its key."""
        return lib.qbg_kind_label(self, text(lang)).decode()

    @property
    def category(self) -> Optional[Word]:
        """"named", "qualified_lead" or "third_party"."""
        return word("category", lib.qbg_kind_category(self))

    @property
    def points(self) -> Decimal:
        """What one such signal is worth, in points with three places."""
        return thousandths(lib.qbg_kind_points_milli(self))

    @property
    def is_high_intent(self) -> bool:
        return bool(lib.qbg_kind_is_high_intent(self))


class Role(KeyedRow):
    """A part in a purchase."""

    __slots__ = ()
    _noun = "role"

    def label(self, lang: str = "en") -> str:
        """The host's name for it, else the label in "en" or "ru", else the key."""
        return lib.qbg_role_label(self, text(lang)).decode()


class Seat(NamedTuple):
    """A seat of a template. weight: of it among the seats. people: how many are wanted.
    departments, min_seniority: whose title fits; None: any."""

    role: Role
    weight: Decimal
    people: int
    is_required: bool
    departments: List[Word]
    min_seniority: Optional[Word]


class Template(KeyedRow):
    """Who usually takes part in buying a solution."""

    __slots__ = ()
    _noun = "template"

    def set_seat(self, role: Role, weight: Points = 1, people: int = 1,
                 required: bool = False) -> None:
        """The seat of a role, added or changed. weight: 0.001 to 100, at most three decimal places.
        people: how many are wanted, 1 to 16. Raises RangeError."""
        self._change(lib.qbg_template_set_seat, role, milli(weight), whole(people, 32), required)

    def set_seat_personas(self, role: Role, departments: Iterable[str] = (),
                          min_seniority: Optional[str] = None) -> None:
        """Which personas fit a seat: any of the departments (none given: any), from min_seniority
        up (None: any). Neither: nobody's title fits. Raises NotFoundError: no seat for the role."""
        numbers = [number("department", one) for one in departments]
        self._change(lib.qbg_template_set_seat_personas, role,
                     (c_int32 * len(numbers))(*numbers) if numbers else None, len(numbers),
                     number("seniority", min_seniority))

    @property
    def seats(self) -> List[Seat]:
        """The seats in order."""
        return [self._seat(i) for i in range(lib.qbg_template_seat_count(self))]

    def _seat(self, seat: int) -> Seat:
        return Seat(of(self._workspace, "role", lib.qbg_template_seat_role(self, seat)),
                    thousandths(lib.qbg_template_seat_weight_milli(self, seat)),
                    lib.qbg_template_seat_people(self, seat),
                    bool(lib.qbg_template_seat_is_required(self, seat)),
                    [one for one in words("department")
                     if lib.qbg_template_seat_has_department(self, seat, one.number)],
                    word("seniority", lib.qbg_template_seat_min_seniority(self, seat)))


class Solution(KeyedRow):
    """What is sold."""

    __slots__ = ()
    _noun = "solution"

    @property
    def name(self) -> str:
        return lib.qbg_solution_name(self).decode()

    @property
    def template(self) -> Template:
        """Who takes part in buying it."""
        return of(self._workspace, "template", lib.qbg_solution_template(self))

    def add_content(self, prefix: str) -> None:
        """Signals whose content starts with this prefix are about this solution; the longest prefix
        of all solutions wins. Raises TextError: empty, or with a ';'."""
        self._change(lib.qbg_solution_add_content, text(prefix))

    @property
    def content(self) -> List[str]:
        """Its content prefixes."""
        return [lib.qbg_solution_content(self, i).decode()
                for i in range(lib.qbg_solution_content_count(self))]
