"""The reports the network is trained on and measured with, as numbers, kept in a cache beside nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import labels
from labels import Labels

from bearwitness.extract import text
from bearwitness.extract.model.hints import Hints, hints
from bearwitness.extract.model.pieces import Pieces
from bearwitness.extract.model.words import Words, words
from bearwitness.extract.survey import Survey
from bearwitness.gazetteer import Gazetteer
from bearwitness.read import read
from bearwitness.record import Capture, Report, digest

HERE = Path(__file__).parent
ROOT = HERE.parent
FOLDS = 8  # of the real reports; one is kept for choosing thresholds and calibration


@dataclass
class Example:
    """One annotated report, ready for the network."""

    name: str
    words: Words
    labels: Labels
    invented: bool
    hints: Hints
    names: list[str]  # of the candidate places


def report_of(name: str, body: str, published: str | None) -> Report:
    """A text as the reading stage gives it."""
    data = body.encode()
    given = {"published": published} if published else {}
    return read(
        data, Capture(sha256=digest(data), size=len(data), source=name, media_type="text/plain", given=given)
    )


def example(
    name: str,
    body: str,
    published: str | None,
    annotation: dict[str, Any],
    invented: bool,
    pieces: Pieces,
    gazetteer: Gazetteer,
) -> Example:
    """A report and its annotation as words and labels."""
    report = report_of(name, body, published)
    survey = Survey(report, text.plain(report.text), gazetteer, every=True)
    found = words(survey, pieces)
    made = labels.label(survey, found, annotation)
    names = [survey.plain[found.start[a] : found.end[b - 1]] for a, b in made.places]
    return Example(name, found, made, invented, hints(survey, found), names)


def held_out() -> set[str]:
    """Names of the real reports that are never trained or tuned on."""
    names: set[str] = set()
    for path in (ROOT / "bench/gold/held_out.txt", HERE / "real/held_out.txt"):
        if path.is_file():
            names |= {
                line for line in path.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"
            }
    return names


def fold(name: str, folds: int) -> int:
    """The fold of a report, by digest of its name."""
    return int(hashlib.sha256(f"fold/{name}".encode()).hexdigest(), 16) % folds


def gold(data: Path) -> dict[str, tuple[str, str | None, dict[str, Any]]]:
    """The gold reports by name: text, day of publication, annotation."""
    folder = data / "gold"
    days = {}
    for line in (folder / "published.tsv").read_text(encoding="utf-8").splitlines():
        name, day, *_ = line.split("\t")
        days[name] = day or None
    found = {}
    for path in sorted([*(folder / "ann").glob("*.json"), *(ROOT / "bench/gold/ann").glob("*.json")]):
        body = (folder / "texts" / f"{path.stem}.txt").read_text(encoding="utf-8")
        found[path.stem] = (body, days.get(path.stem), json.loads(path.read_text(encoding="utf-8")))
    return found
