"""The policy: every threshold and weight, by name."""
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Iterator, NamedTuple, Union

from ._declarations import QBG_E_NOT_FOUND
from ._library import lib, text
from .catalog import milli, thousandths
from .errors import NotFoundError
from .words import Word, number, word

if TYPE_CHECKING:
    from .workspace import Workspace

Value = Union[Decimal, Word]


class Parameter(NamedTuple):
    """A parameter. unit: "days", "points", "ratio", "people", "steps" or "mode"; of a mode all
    values are words ("off", "advisory", "required"), else Decimals with three places. step: what
    lies between two legal values."""

    key: str
    unit: str
    value: Value
    default: Value
    min: Value
    max: Value
    step: Decimal


class Policy(Mapping):
    """The parameters of a workspace: a mapping from key to value. Setting one changes past answers,
    too. Raises NotFoundError (a KeyError), RangeError, FormatError."""

    _opaque = "qbg_policy"

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._address = lib.qbg_workspace_policy(workspace)

    def _where(self) -> int:
        self._workspace._check()
        return self._address

    def _place(self, key: str) -> int:
        place = lib.qbg_policy_find(self, text(key))
        if place < 0:
            raise NotFoundError(QBG_E_NOT_FOUND, f"no parameter is called {key!r}")
        return place

    def _value(self, unit: str, value_milli: int) -> Value:
        if unit != "mode":
            return thousandths(value_milli)
        mode = word("mode", value_milli // 1000)
        assert mode is not None
        return mode

    def parameter(self, key: str) -> Parameter:
        """All that is known of a parameter."""
        i = self._place(key)
        unit = lib.qbg_policy_unit(self, i).decode()
        return Parameter(lib.qbg_policy_key(self, i).decode(), unit,
                         self._value(unit, lib.qbg_policy_value_milli(self, i)),
                         self._value(unit, lib.qbg_policy_default_milli(self, i)),
                         self._value(unit, lib.qbg_policy_min_milli(self, i)),
                         self._value(unit, lib.qbg_policy_max_milli(self, i)),
                         thousandths(lib.qbg_policy_step_milli(self, i)))

    def label(self, key: str, lang: str = "en") -> str:
        """What a parameter means, in "en" or "ru"."""
        return lib.qbg_policy_label(self, self._place(key), text(lang)).decode()

    def __getitem__(self, key: str) -> Value:
        return self.parameter(key).value

    def __setitem__(self, key: str, value: Union[Decimal, int, float, str]) -> None:
        """value: a number with at most three decimal places, a text of one, or a mode's word."""
        change = self._workspace._gate.change
        if isinstance(value, str):
            change(lib.qbg_policy_set_text, self, text(key), text(value))
        else:
            change(lib.qbg_policy_set_milli, self, text(key), milli(value))

    def reset(self, key: str) -> None:
        """Takes the default again."""
        default = self.parameter(key).default
        value = number("mode", default) if isinstance(default, Word) else default
        self[key] = value

    def __iter__(self) -> Iterator[str]:
        for i in range(len(self)):
            yield lib.qbg_policy_key(self, i).decode()

    def __len__(self) -> int:
        return lib.qbg_policy_count(self)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and lib.qbg_policy_find(self, text(key)) >= 0

    def __repr__(self) -> str:
        changed = {key: str(self[key]) for key in self if self[key] != self.parameter(key).default}
        return f"<qbg.Policy of {len(self)} parameters, changed: {changed or 'none'}>"
