#!/usr/bin/env python3
"""How well job titles are read, on titles that others have labelled.

    python3 titles_test.py LIBRARY

The titles are other people's, and not part of the project: the environment variable QBG_PUBLIC_DATA
names the folder that has them, and without it this test is skipped. It prints, for English and for
Russian, the share of right departments (the label of a row or one of its alternatives), averaged over
the departments so that each counts alike; what was taken for what; how right each confidence was;
and how the two halves of the rows differ, split by a checksum. It fails when a share is below what
docs/model.md promises, or when the lexicon has a title of the data as a whole."""
import csv
import ctypes
import os
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path

SKIPPED = 77
LEAST_DEPARTMENT, LEAST_SENIORITY = 0.88, 0.85
UNKNOWN = "unknown"
DEPARTMENT, SENIORITY = 9, 10  # QBG_WORDS_...

# What others call a level, and the ranks that it may be.
RANKS = {
    "C-Suite": {"c_level"},
    "VP": {"vp"},
    "Director": {"director"},
    "Manager": {"manager"},
    "Other": {"specialist", "assistant", UNKNOWN},
    "Management": {"c_level", "vp"},
    "Lead": {"manager", "director"},
    "Senior": {"specialist", "manager"},
    "Professional": {"specialist", "manager"},
    "Junior": {"specialist", "assistant"},
    "c_suite": {"c_level"},
    "vp": {"vp"},
    "director": {"director"},
    "manager": {"manager"},
    "senior_manager": {"manager", "director"},
    "senior_ic": {"specialist"},
    "ic": {"specialist"},
    "entry_level": {"specialist", "assistant"},
    "unknown": {UNKNOWN},
    "not vp": {"c_level", "director", "manager", "specialist", "assistant", UNKNOWN},
}


class Titles:
    """The library, asked for one title after the other."""

    def __init__(self, path):
        self.lib = ctypes.CDLL(path)
        self.lib.qbg_word_key.restype = ctypes.c_char_p

    def word(self, vocabulary, number):
        key = self.lib.qbg_word_key(vocabulary, number) if number >= 0 else None
        return key.decode() if key else UNKNOWN

    def read(self, title):
        department, seniority = ctypes.c_int32(), ctypes.c_int32()
        confidence = ctypes.c_double()
        status = self.lib.qbg_persona_read(
            title.encode(), ctypes.byref(department), ctypes.byref(seniority),
            ctypes.byref(confidence))
        assert status == 0, (title, status)
        return (self.word(DEPARTMENT, department.value), self.word(SENIORITY, seniority.value),
                confidence.value)


def rows_of(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def half_of(title):
    return zlib.crc32(title.encode()) & 1


def macro(hits, counts):
    return sum(hits[label] / count for label, count in counts.items()) / len(counts)


def print_confusion(taken, labels):
    columns = labels + [UNKNOWN]
    print(f"  {'label, taken for':18}" + "".join(f"{name[:6]:>7}" for name in columns))
    for label in labels:
        cells = "".join(f"{taken[label, name] or '.':>7}" for name in columns)
        print(f"  {label:18}{cells}")


def measure_departments(titles, rows, language):
    """The macro average of the lenient shares, and those of the two halves."""
    hits, counts = [Counter(), Counter()], [Counter(), Counter()]
    taken, by_source = Counter(), defaultdict(Counter)
    right, all_of = Counter(), Counter()
    for row in rows:
        department, _, confidence = titles.read(row["title"])
        label, half = row["label"], half_of(row["title"])
        is_hit = department in [label, *row["alt_labels"].split(";")]
        counts[half][label] += 1
        hits[half][label] += is_hit
        taken[label, label if is_hit else department] += 1
        by_source[row["source"]][is_hit] += 1
        if department != UNKNOWN:
            all_of[confidence] += 1
            right[confidence] += is_hit
    both_hits, both_counts = hits[0] + hits[1], counts[0] + counts[1]
    share = macro(both_hits, both_counts)
    halves = [macro(hits[half], counts[half]) for half in (0, 1)]
    total = sum(both_counts.values())
    unknown = sum(count for (_, name), count in taken.items() if name == UNKNOWN)
    print(f"\n{language}: {total} titles, {share:.3f} right over the departments "
          f"({sum(both_hits.values()) / total:.3f} over the titles), {unknown / total:.3f} unknown;"
          f" halves {halves[0]:.3f} and {halves[1]:.3f}")
    print_confusion(taken, sorted(both_counts))
    for source, told in sorted(by_source.items()):
        print(f"  {told[True] / sum(told.values()):.3f} of {sum(told.values()):4} {source}")
    print("  confidence: titles, share of right departments")
    for confidence in sorted(all_of):
        print(f"  {confidence:8.2f} {all_of[confidence]:6} "
              f"{right[confidence] / all_of[confidence]:8.3f}")
    return share


def measure_seniority(titles, cases, name):
    taken, hits = Counter(), 0
    for title, level in cases:
        rank = titles.read(title)[1]
        taken[level, rank] += 1
        hits += rank in RANKS[level]
    share = hits / len(cases)
    print(f"\nseniority, {name}: {len(cases)} titles, {share:.3f} right")
    for level in sorted({level for level, _ in taken}):
        ranks = sorted((-count, rank) for (of, rank), count in taken.items() if of == level)
        print(f"  {level:16}" + ", ".join(f"{rank} {-count}" for count, rank in ranks))
    return share


def lexicon_titles(rows):
    """Titles of the data that the lexicon has as a whole: an entry without a stem, or one of three
    words and more, stems or not. Single words, and patterns of two, are words of the field."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "checks"))
    import lexicon  # pylint: disable=import-outside-toplevel
    by_count = defaultdict(set)
    for row in rows:
        letters = [lexicon.symbol(letter) for letter in row["title"]]
        words, word = [], []
        for symbol in [*letters, lexicon.BLANK]:
            if lexicon.BLANK < symbol <= lexicon.OTHER:
                word.append(symbol)
            elif symbol != lexicon.NOTHING and word:
                words.append(tuple(word))
                word = []
        by_count[len(words)].add(tuple(words))
    found = []
    for entry in lexicon.read_entries():
        keys = [lexicon.Words.key(word) for word in entry]
        if len(keys) < 2 or (len(keys) == 2 and any(is_stem for _, is_stem in keys)):
            continue
        for words in by_count[len(keys)]:
            if all(word[:len(letters)] == letters if is_stem else word == letters
                   for (letters, is_stem), word in zip(keys, words)):
                found.append(" ".join(entry))
    return sorted(set(found))


def main(library):
    told = os.environ.get("QBG_PUBLIC_DATA")
    if not told or not Path(told, "titles").is_dir():
        print("SKIPPED: QBG_PUBLIC_DATA names no folder with titles, so nothing is measured")
        sys.exit(SKIPPED)
    folder, titles, faults = Path(told), Titles(library), []
    everything = []
    for language in ("en", "ru"):
        rows = rows_of(folder / "titles", f"titles_{language}_dev.csv")
        everything += rows
        share = measure_departments(titles, rows, language)
        if share < LEAST_DEPARTMENT:
            faults.append(f"{language}: {share:.3f} of the departments are right, "
                          f"{LEAST_DEPARTMENT} is promised")
    levels = defaultdict(list)
    for row in rows_of(folder / "titles", "seniority_en_dev.csv"):
        levels[row["source"]].append((row["title"], row["seniority"]))
    cases = [case for source in sorted(levels) for case in levels[source]]
    for source in sorted(levels):
        measure_seniority(titles, levels[source], source)
    roles = [(row["title"], row["expected"])
             for row in rows_of(folder / "roles", "title_role_cases_dev.csv")
             if row["kind"] == "seniority"]
    for name, part in (("all", cases), ("cases of other projects", roles)):
        share = measure_seniority(titles, part, name)
        if share < LEAST_SENIORITY:
            faults.append(f"seniority, {name}: {share:.3f} are right, {LEAST_SENIORITY} is promised")
    copied = lexicon_titles(everything)
    faults += [f'the lexicon has "{entry}", which is a title of the data' for entry in copied]
    print()
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
