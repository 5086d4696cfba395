"""Guessing hidden words, beside what is annotated: whoever can guess them knows how news is told. It needs no annotation, so it
is learnt from reports that nobody annotated as well."""

from __future__ import annotations

import json
import random
import re
from argparse import Namespace

import torch
from data import HERE, Example, example
from net import Encoder
from sources import texts
from torch import Tensor, nn

from bearwitness.extract.model.pieces import Pieces
from bearwitness.extract.model.words import INDEX
from bearwitness.gazetteer import Gazetteer

FIRST = 999  # what comes behind this piece may be guessed: before it are stand-ins
GUESSES = 256  # hidden pieces guessed in a batch
SIGN = re.compile(
    r"\b(?:kill|wound|injur|dead|died|bomb|shot|shoot|gunm|attack|massacre|murder|explo|rebel)", re.IGNORECASE
)


def unannotated(asked: Namespace, kept: int) -> list[Example]:
    """At most ``kept`` reports of the pools in which the rules see a toll and that nobody annotated, nor any of the gold
    reports, which lie in the pools too."""
    if not kept:
        return []
    made, gazetteer = Pieces.open(asked.weights / "vocab.txt"), Gazetteer.open()
    known = {
        json.loads(line)["doc"]
        for path in (HERE / "real").glob("*.jsonl")
        for line in path.open(encoding="utf-8")
    }
    known |= {path.stem for path in (asked.data / "gold/texts").iterdir()}
    found: list[Example] = []
    bodies = sorted(texts(asked.data).items())
    random.Random(asked.seed).shuffle(bodies)
    for name, body in bodies:
        if len(found) == kept:
            break
        if name in known or not SIGN.search(body):
            continue
        one = example(name, body, None, None, False, made, gazetteer)
        if one.words.windows and one.words.marks[:, INDEX["toll"]].any():
            found.append(one)
    return found


class Guess(nn.Module):
    """Guesses hidden word pieces among those of the reports: what it takes to guess them is knowledge of how news is told."""

    def __init__(self, encoder: Encoder, examples: list[Example]) -> None:
        super().__init__()
        seen = sorted({p for e in examples for w in e.words.windows for p in w.pieces if p > FIRST})
        self.register_buffer("row", torch.full((encoder.pieces.num_embeddings,), -1))
        self.row[seen] = torch.arange(len(seen))
        width = encoder.pieces.embedding_dim
        self.mix, self.norm = nn.Linear(width, width), nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(len(seen)))
        self.register_buffer("words", encoder.pieces.weight[seen].detach().clone())

    def forward(self, hidden: Tensor, truth: Tensor) -> Tensor:
        """The loss of guesses from ``hidden`` [n, width], all of them together."""
        some = torch.randperm(len(truth))[:GUESSES]
        made = self.norm(nn.functional.gelu(self.mix(hidden[some])))
        return nn.functional.cross_entropy(
            made @ self.words.T + self.bias, self.row[truth[some]], reduction="sum"
        )
