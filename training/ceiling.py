"""What the rules around the network reach if it makes no mistake: the labels of annotated reports in the network's place.

usage: PYTHONPATH=src:bench:training python training/ceiling.py --data ../shared/data [--dev 0] [--model FOLDER]

Beside it, of the same reports, what is reached with the network itself. What lies between the two is the network's; what the first
falls short of 1 is that of numbers, days and names that the rules read otherwise than annotators, and of words that no
label could be found for.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from choose import aside
from claims import Annotated, scorer
from common import report_of
from labels import Labels, Span, label

from bearwitness.extract import text
from bearwitness.extract.model.compose import compose
from bearwitness.extract.model.network import DATA, Floats, Ints, Network
from bearwitness.extract.model.words import Words, words
from bearwitness.extract.survey import Survey
from bearwitness.gazetteer import Gazetteer
from bearwitness.interchange import reading_json

SURE = 9.0  # a score that leaves no doubt
LAYERS = ("count", "perpetrator", "weapon", "target", "anchor")


class Knowing(Network):
    """A network that gives what the labels say, and passes spans through as their own vectors: first word, last, type."""

    labels: Labels

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.config.thresholds.clear()
        self.config.calibration.clear()
        self.config.thresholds.update(
            {f"{layer}, {kind}": 0.5 for layer in LAYERS[:-1] for kind in ("new", "ruled")}
        )

    def encode(self, words: Words) -> Floats:
        return np.zeros((len(words), 1), np.float32)

    def tags(self, hidden: Floats, words: Words) -> dict[str, Floats]:
        return {
            layer: np.eye(size, dtype=np.float32)[np.maximum(self.labels.tags[layer], 0)]
            for layer, size in zip(self.config.layers, self.config.tag_sizes, strict=True)
        }

    def vectors(self, hidden: Floats, words: Words, first: Ints, last: Ints, types: Ints) -> Floats:
        return np.stack([first, last, types], axis=1).astype(np.float32)

    def attributes(self, vectors: Floats) -> dict[str, Floats]:
        spans = self._spans(vectors)
        found = {}
        for name, size in self.config.attributes.items():
            values = [max(getattr(span, name), 0) if span else 0 for span in spans]
            found[name] = np.eye(size, dtype=np.float32)[values] * 0.98 + 0.01
        return found

    def nothing(self, vectors: Floats) -> Floats:
        found = np.zeros((len(vectors), len(self.config.relations)), np.float32)
        for row, span in zip(found, self._spans(vectors), strict=True):
            row[1:] = SURE
            if span is not None:
                right = (self.labels.right_dates.get(span.event), self.labels.right_places.get(span.event))
                row[1:] = [-SURE if some else SURE for some in (*right, span.speakers)]
        return found

    def hinted(self, codes: Ints) -> Floats:
        return np.zeros((*codes.shape, len(self.config.relations)), np.float32)

    def links(
        self, left: Floats, right: Floats, distance: Ints, sentences: Ints, hints: Ints, kinds: Ints
    ) -> Floats:
        found = np.full((len(left), len(right), len(self.config.relations)), -SURE, np.float32)
        others = self._spans(right)
        for row, span in zip(found, self._spans(left), strict=True):
            if span is None:
                continue
            dates = [self.labels.dates[k][:2] for k in self.labels.right_dates.get(span.event) or ()]
            places = [self.labels.places[k] for k in self.labels.right_places.get(span.event) or ()]
            meant = {"date": (1, dates), "place": (2, places), "speaker": (3, span.speakers)}
            for cell, vector, other in zip(row, right, others, strict=True):
                number, at = meant.get(self.config.span_types[int(vector[2])], (0, []))
                if number:
                    one = any(_meet((int(vector[0]), int(vector[1])), (a, b)) for a, b in at)
                else:
                    one = other is not None and other.event == span.event
                cell[number] = SURE if one else -SURE
        return found

    def _spans(self, vectors: Floats) -> list[Span | None]:
        return [self._span((int(v[0]), int(v[1]))) for v in vectors]

    def _span(self, at: tuple[int, int]) -> Span | None:
        """The labelled span on these words, or the first that shares some."""
        found = [s for s in self.labels.spans if s.layer in LAYERS and _meet((s.first, s.last), at)]
        exact = (s for s in found if (s.first, s.last) == at)
        return next(exact, found[0] if found else None)


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def read(reports: dict[str, Annotated], network: Network) -> dict[str, Any]:
    """The readings of the reports."""
    gazetteer, found = Gazetteer.open(), {}
    for name, (body, published, annotation) in reports.items():
        report = report_of(name, body, published)
        survey = Survey(report, text.plain(report.text), gazetteer, every=True)
        if isinstance(network, Knowing):
            network.labels = label(survey, words(survey, network.pieces), annotation)
        found[name] = reading_json(report, compose(survey, network, "ceiling"))
    return found


def main() -> None:
    """Print both, measure by measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--dev", type=int, default=0)
    parser.add_argument("--model", type=Path, default=DATA)
    asked = parser.parse_args()
    reports = aside(asked.data, asked.dev)
    wanted = {name: one[2] for name, one in reports.items()}
    module = scorer(asked.data / "gold")
    best, own = (module.score(wanted, read(reports, kind(asked.model)))[0] for kind in (Knowing, Network))
    print(f"{len(reports)} reports     labels   network")
    for name, row in best.items():
        if isinstance(row, dict):
            print(f"{name:14}{row['f1']:10.3f}{own[name]['f1']:10.3f}")


if __name__ == "__main__":
    main()
