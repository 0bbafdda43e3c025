"""The fixed words of the field: verdicts, stances, stages ... as texts that know their labels."""
from typing import Dict, List, Optional, Union

from ._declarations import QBG_E_ARGUMENT, QBG_UNSET
from ._library import lib, text
from .errors import ArgumentError


class Word(str):
    """A word of a vocabulary: its key, as books and JSON write it ("single_threaded").

    number: what C calls it. vocabulary: the name of its list ("verdict")."""

    __slots__ = ("number", "vocabulary")

    number: int
    vocabulary: str

    def label(self, lang: str = "en") -> str:
        """What people call it, in "en" or "ru"."""
        return lib.qbg_word_label(VOCABULARIES[self.vocabulary], self.number, text(lang)).decode()


def _word(vocabulary: str, number: int) -> Word:
    word = Word(lib.qbg_word_key(VOCABULARIES[vocabulary], number).decode())
    word.number, word.vocabulary = number, vocabulary
    return word


def _vocabularies() -> Dict[str, int]:
    return {lib.qbg_vocabulary_name(i).decode(): i for i in range(lib.qbg_vocabulary_count())}


VOCABULARIES = _vocabularies()  # each list's name and number
_WORDS = {name: [_word(name, i) for i in range(lib.qbg_word_count(number))]
          for name, number in VOCABULARIES.items()}


def vocabularies() -> List[str]:
    """The names of all lists of words."""
    return list(_vocabularies())


def words(vocabulary: str) -> List[Word]:
    """The words of a list, as words("verdict"). KeyError: there is none such."""
    return [_word(vocabulary, i) for i in range(lib.qbg_word_count(VOCABULARIES[vocabulary]))]


def word(vocabulary: str, number: int) -> Optional[Word]:
    """The word with that number; None for QBG_UNSET."""
    return _WORDS[vocabulary][number] if 0 <= number < len(_WORDS[vocabulary]) else None


def number(vocabulary: str, key: Union[str, bool, None]) -> int:
    """The number of a word; None is no word. For answers True is "yes", False is "no"."""
    if key is None:
        return QBG_UNSET
    if isinstance(key, bool):
        key = "yes" if key else "no"
    found = lib.qbg_word_find(VOCABULARIES[vocabulary], text(key))
    if found == QBG_UNSET:
        known = ", ".join(_WORDS[vocabulary])
        raise ArgumentError(QBG_E_ARGUMENT, f"{key!r} is no {vocabulary}; there are: {known}")
    return found


def verdict_label(verdict: str, lang: str = "en") -> str:
    """What people call a verdict, in "en" or "ru"."""
    return lib.qbg_verdict_label(number("verdict", verdict), text(lang)).decode()


def constants() -> Dict[str, int]:
    """Every constant of the headers by name, as this library has it."""
    return {lib.qbg_constant_name(i).decode(): lib.qbg_constant_value(i)
            for i in range(lib.qbg_constant_count())}
