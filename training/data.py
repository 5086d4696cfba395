"""The reports the network is trained on, as numbers; which may be trained on, ``bench/claims.py`` knows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import labels
from claims import Annotated, parts
from common import report_of
from labels import Labels

from bearwitness.extract import text
from bearwitness.extract.model.hints import Hints, hints
from bearwitness.extract.model.pieces import Pieces
from bearwitness.extract.model.words import Words, words
from bearwitness.extract.survey import Survey
from bearwitness.gazetteer import Gazetteer

if TYPE_CHECKING:
    from taught import Taught

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
    annotated: bool  # though perhaps with nothing
    hints: Hints
    places: list[str]  # names of the candidates
    voices: list[str]
    taught: Taught | None = None  # what networks trained before make of it


def example(
    name: str,
    body: str,
    published: str | None,
    annotation: dict[str, Any] | None,
    invented: bool,
    pieces: Pieces,
    gazetteer: Gazetteer,
) -> Example:
    """A report and its annotation as words and labels."""
    report = report_of(name, body, published)
    survey = Survey(report, text.plain(report.text), gazetteer, every=True)
    found = words(survey, pieces)
    made = labels.label(survey, found, annotation or {"events": [], "claims": []})
    places, voices = (
        [survey.plain[found.start[a] : found.end[b - 1]] for a, b in spans]
        for spans in (made.places, made.voices)
    )
    return Example(name, found, made, invented, annotation is not None, hints(survey, found), places, voices)


def fold(name: str, folds: int) -> int:
    """The fold of a report, by digest of its name."""
    return int(hashlib.sha256(f"fold/{name}".encode()).hexdigest(), 16) % folds


def tuned(data: Path) -> dict[str, Annotated]:
    """Every annotated real report that may be trained on, by name: none of a held-out list is among them."""
    found = parts(data / "gold")
    return found["gold tuned"] | found["real tuned"]
