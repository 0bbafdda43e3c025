"""Crosswalks: the words that other systems and methods have for parts in a purchase, and the roles
that they are here, both ways."""
from typing import Any, List, NamedTuple, Optional

from ._library import lib, text


class Crossing(NamedTuple):
    """What a word or role is on the other side, and what gets lost on the way: "" when nothing
    does. word: None when the other side has no word for it."""
    word: Optional[str]
    loss: str


def crosswalks() -> List[str]:
    """The vocabularies that there are: "salesforce", "hubspot" ..."""
    return [lib.qbg_crosswalk_key(i).decode() for i in range(lib.qbg_crosswalk_count())]


class Crosswalk:
    """One of them: Crosswalk("salesforce").to_role("Technical Buyer").

    KeyError: there is none such."""

    def __init__(self, key: str) -> None:
        self.key = key
        self._number = lib.qbg_crosswalk_find(text(key))
        if self._number < 0:
            raise KeyError(key)

    def __repr__(self) -> str:
        return f"Crosswalk({self.key!r})"

    def label(self, lang: str = "en") -> str:
        """What people call it, in "en" or "ru"."""
        return lib.qbg_crosswalk_label(self._number, text(lang)).decode()

    def words(self) -> List[str]:
        """Its words, as that system writes them."""
        count = lib.qbg_crosswalk_word_count(self._number)
        return [lib.qbg_crosswalk_word(self._number, i).decode() for i in range(count)]

    def to_role(self, word: str) -> Crossing:
        """The key of the role that a word of theirs is here. KeyError: it is none of theirs."""
        loss = lib.qbg_crosswalk_to_role_loss(self._number, text(word))
        return _crossing(word, lib.qbg_crosswalk_to_role(self._number, text(word)), loss)

    def from_role(self, role: str) -> Crossing:
        """Their word for a built-in role. KeyError: no built-in role has this key."""
        loss = lib.qbg_crosswalk_from_role_loss(self._number, text(role))
        return _crossing(role, lib.qbg_crosswalk_from_role(self._number, text(role)), loss)


def _crossing(key: str, word: Any, loss: Any) -> Crossing:
    if loss is None:
        raise KeyError(key)
    return Crossing(word.decode() if word is not None else None, loss.decode())
