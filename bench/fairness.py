"""Whether names change what is read: invented reports with sides and persons renamed must give the same claims.

usage: python bench/fairness.py [--json FILE]

Every third invented report (training/invented) is read as it is and three times with every named side and every named
person called something else, from names of several languages. A claim flips if it is not there, word for word but for
the names, in the other reading. Outlets are what the operator gives, not what is read, and so cannot change a claim.
What says who it is by its own words is no name and stays ("Interior Ministry", "Shepherd Boy", in capitals "UNIDENTIFIED
GUNMEN"): a person's name has no word that the invented reports write in lower case, a side's in a text in capitals
neither, no side named after an office of state is renamed, and a title or an article before a name stays ("Dr",
"Princess", "The"). Persons of one family name have one family name under their other names. Who is named as a
perpetrator without "the", and with an age, behind a trade and a comma, or elsewhere by the last word alone, is a person. A side that is called by one
word in short ("the Caravan") is so under its other name. In a text in capitals the other names are in capitals.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

from common import ROOT, keep, reading_of, rows, shown

from bearwitness.extract.tokens import SINGULAR, TITLES
from bearwitness.gazetteer import Gazetteer

SIDES = {  # and each in short
    "Red Hill Brigade": "Red Hill", "Ansar al-Wadi": "Ansar", "Frente del Llano": "Frente", "Volk Ostrava": "Volk",
    "People's Guard of Norland": "People's Guard", "Free Harbour Union": "Harbour Union", "Katiba Nur": "Katiba",
    "Jeshi la Ziwa": "Jeshi", "Lashkar-e-Koh": "Lashkar", "Northern Banner": "Banner", "Garde du Fleuve": "Garde",
    "Tentara Bukit": "Tentara",
}  # fmt: skip
PERSONS = (
    "Ingrid Solheim", "Yusuf Karimi", "Chen Baoli", "Amara Okonjo", "Pilar Quintero", "Ravi Menonkar", "Leila Haddadin",
    "Tomasz Wilkowski", "Kwame Asantewa", "Noor Hatland", "Jorge Altamira", "Mele Taufahema",
)  # fmt: skip
NAME = re.compile(r"[A-Z][\w'’-]+(?: (?:(?:of|for|the|de|del|al|la) )?[A-Z][\w'’-]+)+")
TITLE = re.compile(
    rf"^(?:(?:{'|'.join(sorted(TITLES))}|don|doña|sr|sra|daw|ustad|syed|rancher|mama|father|inspector)\.? )+",
    re.IGNORECASE,
)
SWAPS = 3


ARTICLE = re.compile(r"^The ")
STATE = frozenset(
    """we ministry interior defence defense police government intelligence military air navy national security state court
    parliament presidential army troops soldiers forces""".split()
)


def plain_words(reports: list[dict[str, Any]]) -> frozenset[str]:
    """The words that the reports write in lower case."""
    return frozenset(word for report in reports for word in re.findall(r"\b[a-z]{3,}\b", report["text"]))


def named(report: dict[str, Any], plain: frozenset[str]) -> dict[str, str]:
    """The names in a report's annotation, each with what it names."""
    found = {}
    for claim in report["claims"]:
        value, whom = (TITLE.sub("", ARTICLE.sub("", claim.get(field) or "")) for field in ("value", "whom"))
        words, person = (set(re.findall(r"\w+", name.lower())) for name in (value, whom))
        side = claim["about"] == "perpetrator" and NAME.fullmatch(value) and not words & STATE
        if side and not (value.isupper() and words & plain):
            found[value] = "person" if is_person(value, report["text"]) else "side"
            if found[value] == "person" and words & plain:
                del found[value]
        if whom and claim["low"] == claim["high"] == 1 and NAME.fullmatch(whom) and not person & plain:
            found[whom] = "person"
    return found


def is_person(name: str, text: str) -> bool:
    """Whether a perpetrator's name is a person's: no "the" before it, and an age behind it or its last word alone."""
    if re.search(rf"\bthe (?:[\w-]+ )?{re.escape(name)}", text, re.IGNORECASE):
        return False
    last = re.escape(name.rsplit(maxsplit=1)[-1])
    alone = len(re.findall(rf"(?<![\w-]){last}(?![\w-])", text)) > text.count(name)
    trade = re.search(rf"\b([a-z]+), {re.escape(name)},", text)
    if trade is not None and trade[1] in SINGULAR:
        return True  # "a gang member, Ada Sample, was"
    return alone or re.search(rf"{re.escape(name)}(?:, | \(|, an? )\d\d\b", text) is not None


def in_short(text: str, name: str, other: str, plain: frozenset[str]) -> tuple[str, dict[str, str]]:
    """The text with a side's name in short ("the Caravan", "a Caravan spokesman") in the other name's short form."""
    back = {}
    for word in {name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]} - {name}:
        if word.lower() in plain:
            continue
        short = rf"\b([Tt]he|[Aa]n?) {re.escape(word)}(?![\w-])(?! [A-Z])"
        if re.search(short, text):
            back[other] = word
            text = re.sub(short, lambda m: f"{_article(m[1], other)} {other}", text)
    return text, back


def _article(written: str, before: str) -> str:
    """ "A" or "An" as the word behind it asks for."""
    if written.lower() == "the":
        return written
    return written[0] + ("n" if before[0] in "AEIO" else "")


def renamed(
    report: dict[str, Any], names: dict[str, str], chance: random.Random, plain: frozenset[str]
) -> tuple[str, dict[str, str]]:
    """The text under other names, and the way back."""
    pools: dict[str, list[str]] = {
        "side": chance.sample(list(SIDES), len(SIDES)),
        "person": chance.sample(PERSONS, len(PERSONS)),
    }
    text, back = report["text"], {}
    families: dict[str, str] = {}
    if sum(c.isupper() for c in text) > sum(c.islower() for c in text):
        pools = {kind: [name.upper() for name in names] for kind, names in pools.items()}
    for name in sorted(names, key=len, reverse=True):
        if not pools[names[name]]:
            continue
        other = pools[names[name]].pop()
        if names[name] == "person":
            family = families.setdefault(name.split()[-1], other.split()[-1])
            other = f"{other.split()[0]} {family}"
        text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", other, text)
        back[other] = name
        if other in SIDES:
            text, short = in_short(text, name, SIDES[other], plain)
            back |= short
        if names[name] == "person":  # the short form, too
            text = re.sub(rf"(?<![\w-]){re.escape(name.split()[-1])}(?![\w-])", other.split()[-1], text)
            back[other.split()[-1]] = name.split()[-1]
    return text, back


def said(reading: dict[str, Any], back: dict[str, str]) -> Counter[tuple[object, ...]]:
    """The claims of a reading, names put back."""

    def own(words: str | None) -> str | None:
        for other, name in back.items():
            words = words.replace(other, name) if words else words
        return words

    return Counter(
        (
            c["about"],
            c.get("low"),
            c.get("high"),
            c.get("part_of"),
            c["stance"],
            c["hedged"],
            own(c.get("value")),
            own(c["speaker"]),
        )
        for c in reading["claims"]
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    gazetteer, chance = Gazetteer.open(), random.Random(7)
    every = [row for path in sorted((ROOT / "training/invented").glob("*.jsonl")) for row in rows(path)]
    plain = plain_words(every)
    counts: list[tuple[float, float]] = []
    for report in every[::3]:
        names = named(report, plain)
        if not names:
            continue
        published = report.get("published")
        first = said(reading_of(report["doc"], report["text"], published, gazetteer), {})
        flips = total = 0
        for _ in range(SWAPS):
            text, back = renamed(report, names, chance, plain)
            other = said(reading_of(report["doc"], text, published, gazetteer), back)
            flips += max(sum((first - other).values()), sum((other - first).values()))
            total += max(first.total(), other.total())
        counts.append((flips, total))
    print(
        f"{len(counts)} invented reports, each under {SWAPS} sets of other names, {sum(t for _, t in counts)} claims"
    )
    print(f"claims that flip: {shown(counts)}")
    keep(
        asked.json,
        "fairness",
        {"reports": len(counts), "flips": sum(f for f, _ in counts), "claims": sum(t for _, t in counts)},
    )


if __name__ == "__main__":
    main()
