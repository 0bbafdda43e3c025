"""The index of the titles' lexicon (persona.index.inc) is what the lexicon would make today. After a
change of the lexicon: lexicon.py --write. The index is what makes reading fast; who writes the
lexicon need not know what follows.

Letters become symbols: case, "ё" and "э", "й" and "ы", accents, soft and hard signs make no
difference, so that a word written in Latin letters finds its Russian entry, and one without a soft
sign, too. The words of the entries stand in a trie of two arrays (a node's child for a symbol is at
base + symbol, if that place holds the symbol); a phrase is a path of words from a word that begins
some."""
import re
import sys
import unicodedata

from check import ROOT, finish

LEXICON = ROOT / "lib" / "model" / "persona.lexicon.inc"
STORED = ROOT / "lib" / "model" / "persona.index.inc"
WRITE = "run `python3 tests/checks/lexicon.py --write`"

LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгдежзиклмнопрстуфхцчшщюя"
DIGITS = "0123456789"
SYMBOLS = {letter: 1 + number for number, letter in enumerate(LATIN + CYRILLIC + DIGITS)}
SAME = {"ё": "е", "э": "е", "й": "и", "ы": "и", "і": "и", "ї": "и", "є": "е", "ґ": "г"}
REWRITINGS = {
    "shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю",
    "ju": "ю", "ya": "я", "ja": "я", "yo": "е", "jo": "е", "ye": "е", "je": "же",
    **dict(zip(LATIN, "а б ц д е ф г х и и к л м н о п к р с т у в в кс и з".split()))}
BLANK, OTHER, NOTHING, OPENS, CLOSES, PARTS = 0, 64, 65, 66, 67, 68
LOST, ROOT = 0, 1  # places of the trie: where nothing is below, and where words start
PLACES = 1 << 16
CYRILLIC_ROOM = 0x140  # of two bytes, from D080 to D1BF


def symbol(letter):
    """What a character is: a symbol, or one of the kinds above."""
    letter = SAME.get(letter.lower(), letter.lower())
    if letter in SYMBOLS:
        return SYMBOLS[letter]
    if letter in "ъь'":
        return NOTHING
    if letter in "([":
        return OPENS
    if letter in ")]":
        return CLOSES
    if letter in ",;/|\\":
        return PARTS
    if not letter.isalpha():
        return BLANK
    plain = unicodedata.normalize("NFD", letter)[0]
    return SYMBOLS.get({"ß": "s", "ø": "o", "æ": "a", "ł": "l", "đ": "d"}.get(plain, plain), OTHER)


def cyrillic_symbol(pair):
    """Of the two bytes D080 + pair, if they are a character at all."""
    first, second = divmod(0xD080 + pair, 0x100)
    return symbol(bytes([first, second]).decode()) if second & 0xC0 == 0x80 else BLANK


def folded(word):
    return tuple(found for found in map(symbol, word) if found != NOTHING)


def read_entries():
    pattern = re.compile(r'^WORD\("([^"]+)",', re.MULTILINE)
    return [entry.split() for entry in pattern.findall(LEXICON.read_text(encoding="utf-8"))]


class Words:
    """The different words of the entries: a word as it stands, or a stem, which ends with a star."""

    def __init__(self, entries):
        keys = {self.key(word) for entry in entries for word in entry}
        self.keys = sorted(keys)
        self.numbers = {key: 1 + number for number, key in enumerate(self.keys)}

    @staticmethod
    def key(word):
        return folded(word.rstrip("*")), word.endswith("*")

    def number(self, word):
        return self.numbers[self.key(word)]

    def wider(self, key):
        """The longest stem that also stands for whatever this word does; 0 for none."""
        letters, is_stem = key
        for size in range(len(letters) - is_stem, 0, -1):
            if (letters[:size], True) in self.numbers:
                return self.numbers[letters[:size], True]
        return 0


def make_trie(words):
    """The nodes in the order of their letters, as {letters: children}, and each one's mark."""
    children, marks = {(): []}, {}
    for letters, is_stem in words.keys:
        for size in range(1, len(letters) + 1):
            if letters[:size] not in children:
                children[letters[:size]] = []
                children[letters[:size - 1]].append(letters[size - 1])
        exact, stem = marks.get(letters, (0, 0))
        number = words.numbers[letters, is_stem]
        marks[letters] = (exact, number) if is_stem else (number, stem)
    return children, marks


def place(children):
    """Where each node stands, and each one's base, no base twice."""
    at, bases, taken, used = {(): ROOT}, {}, {LOST, ROOT}, set()
    tried = {}  # bases below are no good for nodes of these symbols
    for letters in sorted(children, key=lambda key: (-len(children[key]), key)):
        symbols = children[letters]
        if not symbols:
            continue
        base = tried.get(tuple(symbols), OTHER)
        while base in used or any(base + one in taken for one in symbols):
            base += 1
        tried[tuple(symbols)] = base
        used.add(base)
        bases[letters] = base
        for one in symbols:
            taken.add(base + one)
            at[letters + (one,)] = base + one
    assert max(taken) < PLACES
    return at, bases, max(taken) + 1


def nodes(children, marks):
    """Rows of base, mark, letter, first child's symbol, next sibling's symbol, is a stem; and the
    marks."""
    at, bases, size = place(children)
    rows, ends = [(0, 0, 0, 0, 0, 0)] * (size + OTHER), [(0, 0)]
    for letters, where in at.items():
        mark = 0
        if letters in marks:
            mark = len(ends)
            ends.append(marks[letters])
        mine = children[letters]
        siblings = children[letters[:-1]] if letters else []
        after = siblings.index(letters[-1]) + 1 if letters else 0
        rows[where] = (bases.get(letters, 0), mark, letters[-1] if letters else 0,
                       mine[0] if mine else 0, siblings[after] if after < len(siblings) else 0,
                       int(marks.get(letters, (0, 0))[1] > 0))
    return rows, ends


def phrases(entries, words):
    """Places reached word by word: rows of entry + 1, first step and number of steps; and the
    steps, rows of word and place."""
    steps, found = [{}], [0]
    for number, entry in enumerate(entries):
        at = 0
        for word in map(words.number, entry):
            if word not in steps[at]:
                steps[at][word] = len(steps)
                steps.append({})
                found.append(0)
            at = steps[at][word]
        if found[at]:
            raise ValueError(f'"{" ".join(entry)}" reads the same as "'
                             f'{" ".join(entries[found[at] - 1])}"')
        found[at] = number + 1
    rows, paths = [], []
    for at, step in enumerate(steps):
        rows.append((found[at], len(paths) if at else 0, len(step) if at else 0))
        if at:
            paths.extend(sorted(step.items()))
    return rows, paths, steps[0]


def rewritings():
    """Rows of size, Latin and Cyrillic symbols, by their first letter; and where each starts."""
    rows, first = [], [0]
    for letter in LATIN:
        first.append(len(rows))
        for latin in sorted((one for one in REWRITINGS if one[0] == letter),
                            key=lambda one: (-len(one), one)):
            symbols = [list(folded(latin)), list(folded(REWRITINGS[latin]))]
            rows.append((len(latin), braced(symbols[0]), braced(symbols[1])))
    return rows, first


def tells(words, number, starts, places):
    """Is a word, or a stem that stands for it, an entry of its own?"""
    while number:
        if number in starts and places[starts[number]][0]:
            return True
        number = words.wider(words.keys[number - 1])
    return False


def braced(items):
    return f"{{{','.join(map(str, items))}}}"


def listed(name, kind, rows):
    text = f"static const {kind} {name}[] = {{\n"
    line = ""
    for row in rows:
        item = (braced(row) if isinstance(row, tuple) else str(row)) + ","
        if len(line) + len(item) > 100:
            text += line + "\n"
            line = ""
        line += item
    return f"{text}{line}\n}};\n"


def made():
    entries = read_entries()
    words = Words(entries)
    rows, ends = nodes(*make_trie(words))
    places, paths, starts = phrases(entries, words)
    ways, first = rewritings()
    vocabulary = [(0, 0, 0, 0)]
    vocabulary += [(words.wider(key), starts.get(words.numbers[key], 0), len(key[0]),
                    int(tells(words, words.numbers[key], starts, places))) for key in words.keys]
    return "".join([
        "/* Made from persona.lexicon.inc by tests/checks/lexicon.py; do not edit. */\n",
        listed("ascii_symbols", "unsigned char", [symbol(chr(code)) for code in range(128)]),
        listed("latin_symbols", "unsigned char",
               [symbol(chr(code)) for code in range(0xC0, 0x180)]),
        listed("cyrillic_symbols", "unsigned char",
               [cyrillic_symbol(pair) for pair in range(CYRILLIC_ROOM)]),
        listed("rewritings", "rewriting", ways),
        listed("first_rewriting", "unsigned char", first),
        listed("nodes", "node", rows),
        listed("marks", "mark", ends),
        listed("vocabulary", "lemma", vocabulary),
        listed("places", "place", places),
        listed("steps", "step", paths),
    ])


def main():
    text = made()
    if "--write" in sys.argv[1:]:
        STORED.write_text(text, encoding="utf-8")
    stored = STORED.read_text(encoding="utf-8") if STORED.exists() else ""
    finish(
        [] if stored == text else [f"{STORED.name} is not what the lexicon makes: {WRITE}"],
        f"{STORED.name} is what the lexicon makes")


if __name__ == "__main__":
    main()
