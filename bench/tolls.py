"""Score tolls: from texts read by the current reader, through the methods of counting, to what was published.

usage: python bench/tolls.py DATA [--only airwars|gva|ucdp] [--first N] [--json FILE] [--wrong]

DATA is the folder of the evaluation data; each of its parts that is there is measured.

airwars  narratives: the range of civilians killed and injured by method ``graded`` against the published one, equal and
         overlapping. All events of a narrative that are no look back are one incident.
gva      incidents with two or more reports: best by ``origins`` against the incident's final number. The grouping is the
         data's own: of each report the event with most counts is taken, and those of one incident are weighed together.
ucdp     events with headlines: low, best and high by ``range`` against the coded ones; a row is reproduced if all three
         are. Only rows of which a headline gives a number of dead to the reader.

Every figure is given on two halves, split by a digest of the incident's id: methods were changed looking at errors on the
first and never at the second. Baselines beside: the largest and the last number in sentences that tell of the dead (of the
injured). ``--wrong`` lists for the first half which incidents are wrong and the bounds, without any text.
What the reader read is kept under build/readings, so that a second run takes seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from common import keep, ratio, rows, shown
from readings import Text, readings

from bearwitness import assess
from bearwitness.record import Assessment, Claim, Incident, Mention, Reading, Report, Toll

HALVES = ("develop", "report")
WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
}
NUMBER = re.compile(
    r"(?<![\w.,/-])(?:\d{1,3}(?:,\d{3})+|\d{1,4}|" + "|".join(WORDS) + r")(?![\w/]|[.,]\d)", re.I
)
TELLS = {
    "killed": re.compile(r"\b(?:kill|dead|die[ds]?\b|dying|death|fatal|slain|martyr)", re.I),
    "injured": re.compile(r"\b(?:injur|wound|hurt)", re.I),
}
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
Bounds = tuple[int | None, int | None, int | None]


class Held(NamedTuple):
    """One incident of the data: its id, what was published of it, and the texts with what was read from them."""

    name: str
    gold: dict[str, Bounds]
    read: list[tuple[Report, Reading]]


def half(name: str) -> str:
    """``develop`` for the incidents that may be looked at, ``report`` for the others."""
    digest = hashlib.sha256(f"bearwitness/tolls/{name}".encode()).hexdigest()
    return HALVES[int(digest, 16) % 2]


def published(words: str | None) -> Bounds | None:
    """A range as Airwars writes it: "5", "3 – 7"; nothing for "Unknown"."""
    found = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", words or "")]
    return (found[0], None, found[-1]) if found else None


def airwars(folder: Path, first: int | None) -> Iterator[Held]:
    """Narratives, each an incident."""
    held = {}
    texts = []
    for row in list(rows(folder / "incidents.jsonl.gz"))[:first]:
        words = row["assessment"].strip().removeprefix("Airwars assessment").strip()
        texts.append(Text(f"airwars-{row['id']}", words + "\n", None, "Airwars"))
        said = {about: published(row["summary"].get(f"Civilians reported {about}")) for about in TELLS}
        held[texts[-1].name] = {about: bounds for about, bounds in said.items() if bounds}
    for text, (report, reading) in zip(texts, readings("airwars", texts), strict=True):
        yield Held(text.name, held[text.name], [(report, reading)])


def gva(folder: Path, first: int | None) -> Iterator[Held]:
    """Shootings with two or more reports."""
    final = {row["incident_uri"]: row for row in rows(folder / "incidents.jsonl.gz")}
    documents = defaultdict(list)
    for row in rows(folder / "docs.jsonl.gz"):
        documents[row["incident_id"]].append(row)
    several = {name: told for name, told in documents.items() if len(told) > 1 and name in final}
    texts, of = [], {}
    for name, told in list(several.items())[:first]:
        for row in told:
            title, body = (row["title"] or "").strip(), row["text"].strip()
            whole = body if not title or body.startswith(title) else f"{title}\n\n{body}"
            texts.append(Text(f"gva-{row['doc_id']}", whole + "\n", row["dct"] or None))
            of[texts[-1].name] = name
    read = defaultdict(list)
    for text, pair in zip(texts, readings("gva", texts), strict=True):
        read[of[text.name]].append(pair)
    for name, pairs in read.items():
        numbers = {about: final[name][f"num_{about}"] for about in TELLS}
        yield Held(name, {about: (None, number, None) for about, number in numbers.items()}, pairs)


def ucdp(folder: Path, first: int | None) -> Iterator[Held]:
    """Events with headlines, each headline a text of its office."""
    texts, of, gold = [], {}, {}
    for row in list(rows(folder / "events.jsonl.gz"))[:first]:
        name = str(row["id"])
        gold[name] = (int(row["low"]), int(row["best"]), int(row["high"]))
        for number, article in enumerate(re.findall(r'"([^"]*)"', row["source_article"] or "")):
            office, day, headline = (part.strip() for part in (*article.split(",", 2), "", "")[:3])
            if headline:
                told = day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None
                texts.append(Text(f"ucdp-{name}-{number}", headline + "\n", told, office or None))
                of[texts[-1].name] = name
    read = defaultdict(list)
    for text, pair in zip(texts, readings("ucdp", texts), strict=True):
        read[of[text.name]].append(pair)
    for name, pairs in read.items():
        yield Held(name, {"killed": gold[name]}, pairs)


def main_events(reading: Reading, *, one: bool) -> list[Mention]:
    """The events of a text that are no look back and no total; with ``one`` that with most counts, the earlier of two."""
    counts = Counter(claim.mention for claim in reading.claims if claim.about in TELLS and not claim.proposed)
    own = [event for event in reading.mentions if not event.background and event.kind != "total"]
    events = own or list(reading.mentions)
    if not one or not events:
        return events
    return [min(events, key=lambda event: (-counts[event.id], event.start, event.id))]


def weighed(held: Held, method: str, *, one: bool) -> Assessment | None:
    """The incident's assessment, or nothing where no event was read."""
    mentions: dict[str, Mention] = {}
    claims: dict[str, list[Claim]] = {}
    for _, reading in held.read:
        for event in main_events(reading, one=one):
            mentions[event.id] = event
            claims[event.id] = [claim for claim in reading.claims if claim.mention == event.id]
    if not mentions:
        return None
    country = Counter(event.country for event in mentions.values() if event.country).most_common(1)
    incident = Incident(
        mentions=tuple(sorted(mentions)), kind="attack", status="occurred", title=held.name,
        country=country[0][0] if country else None,
    )  # fmt: skip
    reports = {report.id: report for report, _ in held.read}
    return assess.assess(incident, mentions, claims, reports, method=method)


def numbers(held: Held, about: str) -> list[int]:
    """The numbers in sentences that tell of the killed (injured), in the order of the texts."""
    found = []
    for report, _ in held.read:
        for sentence in SENTENCE.split(report.text):
            if TELLS[about].search(sentence):
                found += [_value(word) for word in NUMBER.findall(sentence)]
    return [number for number in found if not 1900 < number < 2100]


def _value(word: str) -> int:
    return WORDS[word.lower()] if word.lower() in WORDS else int(word.replace(",", ""))


def baselines(held: Held, about: str) -> dict[str, Bounds]:
    """The largest and the last number that tells of the killed (injured), as a range of one figure."""
    found = numbers(held, about)
    none: Bounds = (None, None, None)
    return {
        "largest number": (max(found),) * 3 if found else none,
        "last number": (found[-1],) * 3 if found else none,
    }


def bounds(toll: Toll | None) -> Bounds:
    """Low, best and high of a toll."""
    return (toll.low, toll.best, toll.high) if toll is not None else (None, None, None)


def equal(ours: Bounds, gold: Bounds) -> bool:
    """Whether low and high are the published ones."""
    return (ours[0], ours[2]) == (gold[0], gold[2])


def overlapping(ours: Bounds, gold: Bounds) -> bool:
    """Whether the ranges have a number in common."""
    (low, _, high), (least, _, most) = ours, gold
    if high is None or least is None or most is None:
        return False
    return (low or 0) <= most and least <= high


def best(ours: Bounds, gold: Bounds) -> bool:
    """Whether best is the final number; silence is none, where the final number is 0."""
    return (ours[1] if any(n is not None for n in ours) else 0) == gold[1]


def all_three(ours: Bounds, gold: Bounds) -> bool:
    """Whether low, best and high are the coded ones."""
    return ours == gold


SCORES: dict[str, dict[str, Any]] = {
    "airwars": {"equal": equal, "overlapping": overlapping},
    "gva": {"best": best},
    "ucdp": {"reproduced": all_three, "low": lambda a, b: a[0] == b[0], "best": lambda a, b: a[1] == b[1],
             "high": lambda a, b: a[2] == b[2]},
}  # fmt: skip
SETS: dict[str, Any] = {
    "airwars": (airwars, "graded", False),
    "gva": (gva, "origins", True),
    "ucdp": (ucdp, "range", False),
}
Found = dict[tuple[str, str, str, str], list[tuple[int, int]]]


def measure(name: str, folder: Path, first: int | None, *, wrong: bool) -> Found:
    """(half, killed or injured, who, score) to (right, 1) for each incident."""
    load, method, one = SETS[name]
    found: Found = defaultdict(list)
    for held in load(folder, first):
        part = half(held.name)
        assessment = weighed(held, method, one=one)
        for about, gold in held.gold.items():
            toll = getattr(assessment, about) if assessment is not None else None
            tried = {method: bounds(toll), **baselines(held, about)}
            if name == "ucdp" and (toll is None or toll.high is None):
                continue
            if name == "gva":
                tried["origins, told"] = tried[method]
            for who, ours in tried.items():
                if who == "origins, told" and not gold[1]:
                    continue
                for score, right in SCORES[name].items():
                    found[part, about, who, score].append((int(right(ours, gold)), 1))
            if (
                wrong
                and part == "develop"
                and not all(right(tried[method], gold) for right in SCORES[name].values())
            ):
                codes = ",".join(toll.reasons) if toll is not None else "no event"
                print(f"wrong {name} {held.name} {about}: {tried[method]} for {gold} [{codes}]")
    return found


def tell(name: str, found: Found) -> dict[str, Any]:
    """Print the figures of one data set, and give them as a tree."""
    tree: dict[str, Any] = {}
    for (part, about, who, score), pairs in sorted(found.items()):
        print(f"{name:8} {part:8} {about:8} {who:16} {score:12} {shown(pairs)}  of {len(pairs)}")
        branch = tree.setdefault(part, {}).setdefault(about, {}).setdefault(who, {})
        branch[score] = ratio(pairs)
        branch["incidents"] = len(pairs)
    return tree


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", choices=sorted(SETS))
    parser.add_argument("--first", type=int, help="only the first N incidents of each, for a quick look")
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--wrong", action="store_true", help="list the first half's wrong incidents, without text"
    )
    asked = parser.parse_args()
    figures: dict[str, Any] = {}
    chosen: Sequence[str] = [asked.only] if asked.only else list(SETS)
    for name in chosen:
        folder = asked.data.resolve() / name
        if not folder.is_dir():
            print(f"tolls: skipped, there is no {folder}")
            continue
        figures[name] = tell(name, measure(name, folder, asked.first, wrong=asked.wrong))
    if figures:
        keep(asked.json, "tolls", figures)


if __name__ == "__main__":
    main()
