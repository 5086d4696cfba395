"""Score the reader on the MUC-3 test sets: numbers harmed, how sure the perpetrator is, and exact days.

usage: python bench/muc.py MUC [--sets tst1,tst2] [--json FILE]

Numbers: each (about, n) with n >= 2 that a document's templates give for human targets killed (effect DEATH),
injured (INJURY) or abducted (every target of a kidnapping) is found if the reading has a claim of that about with
low or high n. "~100", "23 -" and "- 15" count as their number, of alternatives one is enough, PLURAL and total
numbers are left out. The keys leave out military clashes and old incidents, so precision is not asked.

Perpetrator: each organisation with a filled confidence, see ``confidence``.

Days: documents with a date in their header and a template whose date is one exact day. Found if an event of the
reading has exactly this day: an event that holds a matching number or perpetrator of that template if there is
one, else any event. The rivals take the header's date, and dateparser's first date on or before it. Two more rows say where the rest is lost: the
reader if events without a date had the report's day (it never does this itself: no silent fallback), and whether
the day is among all that the date resolver reads in the text, which is the most that choosing well can give.
"""

from __future__ import annotations

import argparse
import re
import warnings
from collections import Counter
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from common import keep, ratio, reading_of, report_of, rows, shown
from dateparser.search import search_dates  # type: ignore[import-untyped]

from bearwitness.extract import text
from bearwitness.extract.dates import dates
from bearwitness.gazetteer import Gazetteer

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
HEADER = re.compile(r"\b(\d{1,2}) ([A-Z]{3})[A-Z]{0,6}\.? (\d\d)\b")
LABELS = (
    "REPORTED AS FACT",
    "CLAIMED OR ADMITTED",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "SUSPECTED OR ACCUSED",
    "POSSIBLE",
)
SHORT = ("fact", "claimed", "authority", "accused", "possible", "denied", "unread")
ORDER = ("claimed", "authority", "accused", "fact")  # which of several labels holds
ACCUSING = re.compile(
    r"\b(?:accus|blam|suspect|attribut|alleg|respons|charg|link|implicat|involve|guilt)", re.I
)
PEERS = "peers on tst3+tst4: report date .556, HeidelTime .722 of documents; confidence majority .510"


class Target(NamedTuple):
    """A number of human targets: what befell them, and the numbers any of which is right."""

    about: str
    numbers: frozenset[int]


def header_day(body: str) -> date | None:
    """The date in the head of a report: "BOGOTA, 4 FEB 90 (EFE) --"."""
    match = HEADER.search(body[:160])
    return _day(match[1], match[2], match[3]) if match else None


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(1900 + int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None


def exact_day(template: dict[str, Any]) -> date | None:
    """A template's date, if it is one day and nothing else."""
    match = re.fullmatch(r"(\d{1,2}) ([A-Z]{3}) (\d\d)", template["INCIDENT: DATE"][0].strip())
    return _day(match[1], match[2], match[3]) if match else None


def filled(template: dict[str, Any], slot: str) -> list[tuple[str, str]]:
    """(value, of whom) of a slot's fills, the mark of an optional fill taken away."""
    found = []
    for fill in template[slot]:
        value, _, whom = fill.partition(': "')
        value = value.lstrip("? ").strip()
        if value not in ("-", ""):
            found.append((value, '"' + whom if whom else ""))
    return found


def targets(template: dict[str, Any]) -> set[Target]:
    """The numbers of two and more that a template gives for persons killed, injured or abducted."""
    effects: dict[str, set[str]] = {}
    for effect, whom in filled(template, "HUM TGT: EFFECT OF INCIDENT"):
        effects.setdefault(whom, set()).update(
            {"DEATH": "killed", "INJURY": "injured"}[word]
            for word in (part.strip() for part in effect.split("/"))
            if word in ("DEATH", "INJURY")
        )
    kidnapping = "KIDNAPPING" in template["INCIDENT: TYPE"][0]
    found = set()
    for number, whom in filled(template, "HUM TGT: NUMBER"):
        numbers = frozenset(int(n) for n in re.findall(r"\d+", number) if int(n) >= 2)
        if not numbers or re.search(r"(?<!\d)1(?!\d)", number):
            continue
        abouts = effects.get(whom, set()) | ({"abducted"} if kidnapping else set())
        found |= {Target(about, numbers) for about in abouts}
    return found


def _has(claim: dict[str, Any], target: Target) -> bool:
    return (
        claim["about"] == target.about
        and bool({claim.get("low"), claim.get("high")} & target.numbers)
        and claim["stance"] == "asserts"
    )


def names(fill: str) -> list[set[str]]:
    """The sets of words of a string fill's alternatives."""
    return [set(_words(name)) for name in re.findall(r'"((?:\\"|[^"])+)"', fill)]


STOP = frozenset("the a an of and de la el los del for by some from".split())


def _words(name: str) -> list[str]:
    """The words of a name without their plural ending."""
    return [w.rstrip("s") for w in re.findall(r"[a-z0-9]+", name.lower()) if w not in STOP]


def same_name(value: str | None, alternatives: list[set[str]]) -> bool:
    """Whether all words of one name are in the other."""
    words = set(_words(value or ""))
    return bool(words) and any(other and (words <= other or other <= words) for other in alternatives)


def confidence(claims: list[dict[str, Any]]) -> str:
    """The MUC confidence that claims about one perpetrator amount to.

    Claimed or admitted: the perpetrator says so itself (a speaker of its own name).
    Accused: somebody says so in words of accusation ("blamed", "suspected") or with another hedge, or the outlet does
    and names nobody; by authorities, if a state authority, local official or the victims' side says it. Fact: the
    outlet says so in its own voice without a hedge, or passes on what somebody reports to have happened ("the army
    said that rebels attacked"), which MUC takes for a fact too. "Possible" is never ours. Of several the first in
    this ``ORDER`` is taken; denials count only where there is nothing else.
    """
    asserted = [c for c in claims if c["stance"] == "asserts"]
    if not asserted:
        return "denied" if claims else "unread"
    labels = {_label(claim) for claim in asserted}
    return next(label for label in ORDER if label in labels)


def _label(claim: dict[str, Any]) -> str:
    role = claim["speaker_role"]
    if claim["speaker"] is not None and same_name(claim["speaker"], [set(_words(claim["value"]))]):
        return "claimed"
    if claim["hedged"] or (claim["speaker"] is not None and ACCUSING.search(claim["quote"])):
        return (
            "authority" if role in ("state_authority", "local_official", "party_victim_side") else "accused"
        )
    return "fact"


def perpetrators(template: dict[str, Any], claims: list[dict[str, Any]]) -> list[tuple[list[str], str]]:
    """(labels any of which is right, ours) of each organisation whose confidence a template gives.

    Claims are those that name the organisation, failing that those that name the template's individuals.
    """
    said = [c for c in claims if c["about"] == "perpetrator"]
    persons = [name for fill in template["PERP: INDIVIDUAL ID"] for name in names(fill)]
    found = []
    for value, whom in filled(template, "PERP: ORGANIZATION CONFIDENCE"):
        right = [
            SHORT[LABELS.index(label)]
            for label in (p.strip("? ") for p in value.split("/"))
            if label in LABELS
        ]
        named = [c for c in said if same_name(c["value"], names(whom))]
        if right:
            about = named or [c for c in said if same_name(c["value"], persons)]
            found.append((right, confidence(about)))
    return found


def days_told(template: dict[str, Any], reading: dict[str, Any]) -> set[str | None]:
    """The dates of the events that hold a matching claim of the template; of all events if none does."""
    organisations = [name for fill in template["PERP: ORGANIZATION ID"] for name in names(fill)]
    organisations += [name for fill in template["PERP: INDIVIDUAL ID"] for name in names(fill)]
    wanted = targets(template)
    matching = {
        claim["event"]
        for claim in reading["claims"]
        if any(_has(claim, target) for target in wanted)
        or (claim["about"] == "perpetrator" and same_name(claim["value"], organisations))
    }
    return {event["date"] for event in reading["events"] if not matching or event["id"] in matching}


def first_date(whole: str, header: date) -> str:
    """dateparser's first date in the body on or before the header's; the header's if there is none."""
    settings = {"RELATIVE_BASE": datetime.combine(header, time()), "PREFER_DATES_FROM": "past"}
    match = HEADER.search(whole[:160])
    body = whole[match.end() :] if match else whole
    for _, when in search_dates(body, languages=["en"], settings=settings) or []:
        day: date = when.date()
        if day <= header:
            return day.isoformat()
    return header.isoformat()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("muc", type=Path)
    parser.add_argument("--sets", default="tst1,tst2")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    files = [asked.muc / f"{name}.jsonl.gz" for name in asked.sets.split(",")]
    if not all(file.is_file() for file in files):
        print(f"muc: skipped, {asked.sets} are not in {asked.muc}")
        return
    warnings.simplefilter("ignore")
    gazetteer = Gazetteer.open()
    numbers: dict[str, list[tuple[int, int]]] = {
        about: [] for about in ("killed", "injured", "abducted", "all")
    }
    sure: list[list[tuple[list[str], str]]] = []
    days: dict[str, list[tuple[int, int]]] = {}
    claims = documents = 0
    for row in (row for file in files for row in rows(file)):
        header = header_day(row["text"])
        reading = reading_of(
            row["id"], row["text"].strip() + "\n", header.isoformat() if header else None, gazetteer
        )
        documents += 1
        claims += len(reading["claims"])
        _count_numbers(row["templates"], reading, numbers)
        told = [pair for t in row["templates"] for pair in perpetrators(t, reading["claims"])]
        if told:
            sure.append(told)
        if header is not None:
            _count_days(row, reading, header, days)
    figures: dict[str, Any] = {"sets": asked.sets, "documents": documents, "claims": claims}
    print(f"MUC {asked.sets}: {documents} documents, {claims} claims read")
    for about, pairs in numbers.items():
        figures[f"recall {about}"] = {"recall": ratio(pairs), "gold": sum(n for _, n in pairs)}
        print(f"recall of numbers >= 2, {about:10}{shown(pairs):>24}  of {sum(n for _, n in pairs)}")
    print_days(days, figures)
    print_confidence(sure, figures)
    print(f"({PEERS})")
    keep(asked.json, "muc", figures)


def _count_numbers(
    templates: list[dict[str, Any]], reading: dict[str, Any], numbers: dict[str, list[tuple[int, int]]]
) -> None:
    wanted = {target for template in templates for target in targets(template)}
    for about, pairs in numbers.items():
        these = [target for target in wanted if about in ("all", target.about)]
        if these:
            right = sum(any(_has(claim, target) for claim in reading["claims"]) for target in these)
            pairs.append((right, len(these)))


def _count_days(
    row: dict[str, Any], reading: dict[str, Any], header: date, days: dict[str, list[tuple[int, int]]]
) -> None:
    """For each system, (found, all) exact days of a document."""
    right: dict[str, dict[str, bool]] = {}
    rival = None
    report = report_of(row["id"], row["text"].strip() + "\n", header.isoformat())
    sentences = text.sentences(report, text.plain(report.text))
    resolved = {news.edtf for s in sentences for news in dates(s.text.lower(), header)[0]}
    for template in row["templates"]:
        day = exact_day(template)
        if day is None:
            continue
        rival = rival or first_date(row["text"], header)
        answers = {
            "the reader": day.isoformat() in days_told(template, reading),
            "any event of the reading": day.isoformat() in {event["date"] for event in reading["events"]},
            "reader, else report date": day.isoformat()
            in {told or header.isoformat() for told in days_told(template, reading) or {None}},
            "among the resolver's dates": day.isoformat() in resolved,
            "the report date": day == header,
            "dateparser, first date": day.isoformat() == rival,
        }
        for system, answer in answers.items():
            seen = right.setdefault(system, {})
            seen[day.isoformat()] = seen.get(day.isoformat(), False) or answer
    for system, answers in right.items():
        days.setdefault(system, []).append((sum(answers.values()), len(answers)))


def print_days(days: dict[str, list[tuple[int, int]]], figures: dict[str, Any]) -> None:
    """The share of exact days found, and of documents one of whose exact days is."""
    for system, pairs in days.items():
        documents = [(int(right > 0), 1) for right, _ in pairs]
        figures[f"day, {system}"] = {"documents": ratio(documents), "dates": ratio(pairs), "n": len(pairs)}
        print(
            f"exact day, {system:26}{shown(documents):>24}  of {len(pairs)} documents,"
            f" {sum(r for r, _ in pairs)} of {sum(n for _, n in pairs)} dates"
        )


def print_confidence(sure: list[list[tuple[list[str], str]]], figures: dict[str, Any]) -> None:
    """How often the confidence is right, and which is taken for which (the first of alternatives, if none is)."""
    pairs = [(sum(ours in right for right, ours in told), len(told)) for told in sure]
    read = [[(right, ours) for right, ours in told if ours in SHORT[:5]] for told in sure]
    of_read = [(sum(ours in right for right, ours in told), len(told)) for told in read if told]
    confusion = Counter((ours if ours in right else right[0], ours) for told in sure for right, ours in told)
    gold = Counter(label for told in sure for right, _ in told for label in right)
    label, _ = gold.most_common(1)[0]
    most = [(sum(label in right for right, _ in told), len(told)) for told in sure]
    most_read = [(sum(label in right for right, _ in told), len(told)) for told in read if told]
    filled_in = [
        (sum((ours if ours in SHORT[:5] else label) in right for right, ours in told), len(told))
        for told in sure
    ]
    for name, counts in (
        ("all, unread is wrong", pairs),
        ("all, majority if unread", filled_in),
        (f"all, always '{label}'", most),
        ("where read", of_read),
        (f"where read, always '{label}'", most_read),
    ):
        figures[f"confidence, {name}"] = {"accuracy": ratio(counts), "n": sum(n for _, n in counts)}
        print(f"confidence {name:30}{shown(counts):>24}  of {sum(n for _, n in counts)}")
    print(f"{'gold / ours':16}" + "".join(f"{name:>10}" for name in SHORT))
    for row in SHORT[:5]:
        print(f"{row:16}" + "".join(f"{confusion[row, name]:10}" for name in SHORT))
    figures["confusion"] = {f"{row} as {name}": n for (row, name), n in sorted(confusion.items())}


if __name__ == "__main__":
    main()
