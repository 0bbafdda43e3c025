"""Measures names of companies and mail domains on other people's data, which is not in the project:
QBG_PUBLIC_DATA names the folder where it is. docs/matching.md says what is asked here.

    QBG_PUBLIC_DATA=/somewhere/public tests/run --suite public"""
import csv
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))

SKIPPED = 77
LEAST_BASES = 0.95
LEAST_DOMAINS = 0.95


def rows(path, **how):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file, **how))


def told(what, right, count, least, wrong):
    print(f"{what}: {right} of {count}, {right / count:.3f} (least: {least})")
    for line in wrong:
        print(f"    {line}")
    return right >= least * count


def bases(qbg, folder):
    """The stated base of each name."""
    stated = [(row[2], row[3]) for row in rows(folder / "cleanco_basename_expected.csv")[1:]]
    wrong = [f"{name!r}: {qbg.company_base(name)!r} instead of {base!r}"
             for name, base in stated if qbg.company_base(name) != base]
    return told("base names as stated", len(stated) - len(wrong), len(stated), LEAST_BASES, wrong)


def forms(qbg, folder):
    """How many of a list of legal forms are taken off a name. Many of them are too short to be told
    from words, and stay on purpose; so this is a figure without a bound."""
    known = sorted({form.strip() for row in rows(folder / "legal_names.csv")[1:]
                    for form in row[:2] if form.strip()})
    found = sum("Zephyr" in (qbg.company_base("Zephyr " + form), qbg.company_base(form + " Zephyr"))
                for form in known)
    return told("legal forms taken off", found, len(known), 0, [])


def strangers(qbg, folder):
    """Companies of one list, each there once: none is proposed to be another."""
    names = sorted({row[0] for row in rows(folder / "cleanco_companies.csv", delimiter=";")})
    with qbg.Workspace() as ws:
        ws.put_accounts(key=[str(place) for place in range(len(names))], name=names)
        pairs = [(names[int(pair["first"])], names[int(pair["second"])])
                 for pair in ws.duplicates()]
        found = sum(ws.match_account(company=name)[0] is not None for name in names[::20])
    count = len(names) * (len(names) - 1) // 2
    print(f"companies found again by their names: {found} of {len(names[::20])}")
    return told("pairs of strangers kept apart", count - len(pairs), count, 1, pairs)


def read_domain(qbg, text):
    try:
        return qbg.read_domain(text)
    except qbg.FormatError:
        return qbg.Domain("", False)


def domains(qbg, folder):
    """What was registered, in hosts with a stated answer."""
    text = (folder / "psl_test.txt").read_text("utf-8")
    stated = re.findall(r"^checkPublicSuffix\('(.*)', (?:null|'(.*)')\);", text, re.MULTILINE)
    wrong = []
    for host, want in stated:
        found = read_domain(qbg, host).name
        if found != want:
            wrong.append(f"{host}: {found!r} instead of {want!r}")
    return told("registered domains as stated", len(stated) - len(wrong), len(stated),
                LEAST_DOMAINS, wrong)


def free_mail(qbg, folder):
    """How many of a long list of free-mail domains, most of which are gone, are known."""
    known = (folder / "freemail_free.txt").read_text("utf-8").split()
    found = sum(read_domain(qbg, domain).is_free for domain in known)
    return told("free-mail domains known", found, len(known), 0, [])


def main():
    data = os.environ.get("QBG_PUBLIC_DATA")
    if not data or not (Path(data) / "match_companies").is_dir():
        print("QBG_PUBLIC_DATA DOES NOT NAME THE PUBLIC DATA: nothing is measured")
        return SKIPPED
    from package import qbg
    companies, hosts = Path(data) / "match_companies", Path(data) / "match_domains"
    answers = [bases(qbg, companies), forms(qbg, companies), strangers(qbg, companies),
               domains(qbg, hosts), free_mail(qbg, hosts)]
    return 0 if all(answers) else 1


if __name__ == "__main__":
    sys.exit(main())
