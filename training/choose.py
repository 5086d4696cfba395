"""Choose the thresholds and fit the calibration of exported weights on the fold that they were not trained on.

usage: python training/choose.py FOLDER --data ../shared/data [--dev 0]

FOLDER holds weights as export.py writes them; its config.json gets "thresholds" and "calibration". A threshold is
the one that gives its measure the best F1 by the scorer of record, if it is clearly better than where it starts; a calibration is a straight line through the log
odds of a span's confidence, fitted to whether its claim is in the annotations.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from claims import Annotated, scorer
from common import report_of
from data import FOLDS, fold, tuned

from bearwitness.extract import text
from bearwitness.extract.model.compose import compose
from bearwitness.extract.model.network import Floats, Network
from bearwitness.extract.model.words import Words, words
from bearwitness.extract.survey import Survey
from bearwitness.gazetteer import Gazetteer
from bearwitness.interchange import reading_json

LOW, HIGH = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6), (0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9)
WEIGHTS = (0.0, 1.0, 2.0, 3.0, 4.0, 8.0)
MARKED, BESIDE = (0.0, 0.3, 0.5, 0.7, 1.0), (0.0, 0.5, 1.0, 2.0, 3.0)
NEVER = 2.0
MARGIN = 0.01  # of F1: what less is gained by is chance, on so few reports


class Choice(NamedTuple):
    """A threshold, the measures whose F1 it is chosen by, where it starts, and the values that are tried."""

    name: str
    measures: tuple[str, ...]
    start: float
    values: tuple[float, ...]


# In the order in which they are chosen. Of culprits and weapons only values with which the worked case stays whole.
CHOICES = (
    Choice("count, new", ("toll", "toll_whole"), 0.75, HIGH),
    Choice("count, ruled", ("toll", "toll_whole"), 0.3, LOW),
    Choice("perpetrator, new", ("perpetrator",), 0.6, HIGH[1:]),
    Choice("perpetrator, ruled", ("perpetrator",), 0.3, LOW),
    Choice("weapon, new", ("weapon",), 0.8, HIGH),
    Choice("weapon, ruled", ("weapon",), 0.4, LOW[:4]),
    Choice("target, new", ("target",), 0.7, HIGH),
    Choice("target, ruled", ("target",), 0.3, LOW),
    Choice("denial", ("denial",), 0.5, (0.3, 0.4, 0.5, 0.6, 0.7)),
    Choice("same", ("grouping", "toll+date", "toll+place"), 0.5, (0.3, 0.5, 0.6, 0.7)),
    Choice("date, rules", ("toll+date",), 2.0, WEIGHTS),
    Choice("place, rules", ("toll+place",), 2.0, WEIGHTS),
    Choice("speaker, rules", ("toll+speaker",), 4.0, WEIGHTS),
    Choice("date, marked", ("toll+date",), 0.5, MARKED),
    Choice("date, beside", ("toll+date",), 0.5, BESIDE),
    Choice("date, none", ("toll+date",), 0.0, BESIDE),
    Choice("place, marked", ("toll+place",), 0.5, MARKED),
    Choice("place, beside", ("toll+place",), 2.0, BESIDE),
    Choice("place, none", ("toll+place",), 0.0, BESIDE),
    Choice("place, site", ("toll+place",), 4.0, WEIGHTS),
)
# Of a bare plural ("soldiers died"), whose confidence must be calibrated before: how sure it must be to be asserted.
VAGUE = Choice("count, vague", ("toll", "toll_whole"), 0.7, (0.0, 0.6, 0.65, 0.7, 0.75))
SHARED: list[Callable[[list[str]], dict[str, Any]]] = []  # what children of this process call
LAYERS = ("count", "perpetrator", "weapon", "target")


MATCHED = {
    "speaker": "speaker_ok",
    "date": "date_ok",
    "place": "place_ok",
}  # what is calibrated on found tolls


class Remembering(Network):
    """A network that runs its encoder once a report, however often it is asked."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.kept: dict[bytes, Floats] = {}

    def encode(self, words: Words) -> Floats:
        key = b"".join(np.array(w.pieces, np.int32).tobytes() for w in words.windows)
        if key not in self.kept:
            self.kept[key] = super().encode(words)
        return self.kept[key]


def aside(data: Path, dev: int) -> dict[str, Annotated]:
    """The real reports of one fold, none of them in a held-out list."""
    return {name: one for name, one in tuned(data).items() if fold(name, FOLDS) == dev}


def logistic(pairs: list[tuple[float, bool]]) -> list[float]:
    """Slope and offset of the log odds, by Newton's method with a slight pull towards leaving them as they are."""
    x = np.array(
        [math.log(min(max(p, 1e-4), 1 - 1e-4) / (1 - min(max(p, 1e-4), 1 - 1e-4))) for p, _ in pairs]
    )
    y = np.array([float(r) for _, r in pairs])
    line = np.array([1.0, 0.0])
    columns = np.stack([x, np.ones_like(x)], 1)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-columns @ line))
        slope = columns.T @ (y - chance) - 0.5 * (line - np.array([1.0, 0.0]))
        curve = (columns * (chance * (1 - chance))[:, None]).T @ columns + 0.5 * np.eye(2)
        line = np.clip(line + np.clip(np.linalg.solve(curve, slope), -1, 1), -8, 8)
    return [round(float(v), 4) for v in line]


def _shared(names: list[str]) -> dict[str, Any]:
    return SHARED[0](names)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--dev", type=int, default=0)
    asked = parser.parse_args()
    module = scorer(asked.data / "gold")
    reports = aside(asked.data, asked.dev)
    gazetteer, network = Gazetteer.open(), Remembering(asked.folder)
    network.config.thresholds.clear()
    network.config.calibration.clear()
    network.config.thresholds.update({choice.name: choice.start for choice in CHOICES})
    wanted = {name: one[2] for name, one in reports.items()}
    made = {name: report_of(name, body, published) for name, (body, published, _) in reports.items()}

    surveys = {
        name: Survey(report, text.plain(report.text), gazetteer, every=True) for name, report in made.items()
    }

    for survey in surveys.values():
        network.encode(words(survey, network.pieces))

    def part(names: list[str]) -> dict[str, Any]:
        return {name: reading_json(made[name], compose(surveys[name], network, "choose")) for name in names}

    SHARED.append(part)

    def read() -> dict[str, Any]:
        """All readings, two halves side by side: children of this process have its vectors."""
        names = list(surveys)
        with multiprocessing.get_context("fork").Pool(2) as pool:
            halves = pool.map(_shared, (names[0::2], names[1::2]))
        found = halves[0] | halves[1]
        return {name: found[name] for name in names}

    def choose(choice: Choice) -> None:
        name, measures, start, values = choice
        scores = {}
        for value in values:
            network.config.thresholds[name] = value
            result, _ = module.score(wanted, read())
            scores[value] = sum(result[m]["f1"] for m in measures) / len(measures)
            print(f"{name} {value}: " + ", ".join(f"{m} {result[m]['f1']:.3f}" for m in measures), flush=True)
        best = max(scores, key=scores.__getitem__)
        network.config.thresholds[name] = best if scores[best] - scores[start] >= MARGIN else start

    for choice in CHOICES:
        choose(choice)
    chosen = dict(network.config.thresholds)
    for layer in LAYERS:
        for kind, other in (("ruled", "new"), ("new", "ruled")):
            network.config.thresholds[f"{layer}, {other}"] = NEVER
            network.config.thresholds[f"{layer}, {kind}"] = 0.5 * chosen[f"{layer}, {kind}"]
            pairs = _pairs(layer, module, wanted, read())
            network.config.calibration[f"{layer}, {kind}"] = logistic(pairs)
            network.config.thresholds.update(chosen)
    choose(VAGUE)
    readings = read()
    for name, test in MATCHED.items():
        network.config.calibration[name] = logistic(_matched(name, test, module, wanted, readings))
    path = asked.folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config |= {"thresholds": network.config.thresholds, "calibration": network.config.calibration}
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({k: config[k] for k in ("thresholds", "calibration")}))


def _matched(
    name: str, test: str, scorer: Any, wanted: dict[str, Any], readings: dict[str, Any]
) -> list[tuple[float, bool]]:
    """Confidence in the speaker, the day or the place of each toll that is found, and whether it is right."""
    pairs = []
    for document, reading in readings.items():
        gold = wanted[document]
        ours = [c for c in reading["claims"] if c["about"] in scorer.COUNTS]
        theirs = [c for c in gold["claims"] if c["about"] in scorer.COUNTS]
        for s, g in scorer.match(
            ours, theirs, lambda s, g: 1 + scorer.overlap(s, g) if s["about"] == g["about"] and scorer.same_number(s, g) else None
        ):  # fmt: skip
            one, other = (
                (s, g) if name == "speaker" else (scorer.event_of(reading, s), scorer.event_of(gold, g))
            )
            confidence = one.get(f"{name}_confidence")
            if confidence is not None:
                pairs.append((confidence, bool(getattr(scorer, test)(one, other))))
    return pairs


def _pairs(
    layer: str, scorer: Any, wanted: dict[str, Any], readings: dict[str, Any]
) -> list[tuple[float, bool]]:
    """Confidence and rightness of the claims of a layer."""
    pairs = []
    for name, reading in readings.items():
        about = scorer.COUNTS if layer == "count" else (layer,)
        ours = [c for c in reading["claims"] if c["about"] in about and c["confidence"] is not None]
        theirs = [c for c in wanted[name]["claims"] if c["about"] in about]
        alike = (
            (lambda s, g: s["about"] == g["about"] and scorer.same_number(s, g))
            if layer == "count"
            else (lambda s, g: scorer.alike(s.get("value"), g["value"]))
        )
        matched = scorer.match(ours, theirs, lambda s, g: 1 + scorer.overlap(s, g) if alike(s, g) else None)  # noqa: B023
        right = {id(s) for s, _ in matched}
        pairs += [(c["confidence"], id(c) in right) for c in ours]
    return pairs


if __name__ == "__main__":
    main()
