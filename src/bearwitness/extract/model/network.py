"""Running the network: the encoder in ONNX, what comes after it in numpy.

The encoder is one session a process; a reading process stays within one thread unless ``BEARWITNESS_THREADS``
says otherwise, so that many can run beside each other. The command line says the same to numpy's algebra; who calls
``extract`` from a program of his own sets ``OPENBLAS_NUM_THREADS`` before numpy is imported.
"""

from __future__ import annotations

import json
import os
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bearwitness.extract.model.pieces import Pieces
from bearwitness.extract.model.words import COLUMNS, Words

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

DATA = Path(str(resources.files(__package__))) / "data"


class Config(NamedTuple):
    """What the weights were made for; the names and sizes here are checked against the code's own."""

    name: str
    layers: tuple[str, ...]  # of the tagger, in order
    tag_sizes: tuple[int, ...]
    kinds: dict[str, list[str]]  # what a layer marks, where that is more than one thing
    span_types: tuple[str, ...]
    relations: tuple[str, ...]
    attributes: dict[str, int]
    columns: dict[str, int]
    thresholds: dict[str, float]
    calibration: dict[str, list[float]]


class Network:
    """The weights of one folder."""

    def __init__(self, folder: Path = DATA) -> None:
        self.folder = folder
        given: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.config = Config(**{name: given[name] for name in Config._fields})
        if given["columns"] != dict(COLUMNS):
            raise ValueError(f"{folder}: the weights are for other marks than this version makes")
        with np.load(folder / "heads.npz") as heads:
            self._heads: dict[str, Floats] = {name: heads[name].astype(np.float32) for name in heads.files}

    @cached_property
    def pieces(self) -> Pieces:
        """The vocabulary of word pieces."""
        return Pieces.open(self.folder / "vocab.txt")

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = int(os.environ.get("BEARWITNESS_THREADS", "1"))
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self.folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, words: Words) -> Floats:
        """One vector a word, [words, width]; zeros for words that stand in no window."""
        found = np.zeros((len(words), self._heads["tagger.weight"].shape[1]), np.float32)
        # One window at a time: no padding, and memory that does not grow with the report.
        for window in words.windows:
            owner = np.array(window.owner)
            marks = np.where(owner[:, None] >= 0, words.marks[owner], 0).astype(np.int64)
            (hidden,) = self._session.run(
                None, {"ids": np.array([window.pieces], np.int64), "marks": marks[None]}
            )
            found[window.first : window.last] = hidden[0, window.at]
        return found

    def tags(self, hidden: Floats, words: Words) -> dict[str, Floats]:
        """Probabilities of the labels of each layer, [words, labels]; a word of a name goes on with what its first has."""
        scores = self._linear("tagger", hidden)
        cuts = np.cumsum(self.config.tag_sizes)[:-1]
        later = ~words.own
        found = {}
        for layer, part in zip(self.config.layers, np.split(scores, cuts, axis=1), strict=True):
            chances = softmax(part)
            chances[later, 2::2] += chances[later, 1::2]
            chances[later, 1::2] = 0
            found[layer] = chances
        return found

    def vectors(self, hidden: Floats, words: Words, first: Ints, last: Ints, types: Ints) -> Floats:
        """One vector a span of words [first, last) of a type."""
        first, own = words.leader[first].astype(np.int64), words.own
        mean = hidden[first]
        before = np.concatenate([[0], np.cumsum(own)])
        for k in np.flatnonzero(before[last] - before[first] > 1).tolist():
            a, b = int(first[k]), int(last[k])
            mean[k] = hidden[a:b][own[a:b]].mean(0)
        joined = np.concatenate([hidden[first], mean, self._heads["types.weight"][types]], axis=1)
        return gelu(self._linear("pool", joined.astype(np.float32)))

    def attributes(self, vectors: Floats) -> dict[str, Floats]:
        """Probabilities of the values of each attribute, [spans, values]."""
        scores = self._linear("attributes", vectors)
        cuts = np.cumsum(list(self.config.attributes.values()))[:-1]
        return {
            name: softmax(part)
            for name, part in zip(self.config.attributes, np.split(scores, cuts, axis=1), strict=True)
        }

    def links(
        self, left: Floats, right: Floats, distance: Ints, sentences: Ints, hints: Ints, kinds: Ints
    ) -> Floats:
        """Scores [left, right, relations]; ``hints`` is what the rules say of each link, ``kinds`` what is linked to."""
        a, b = self._linear("left", left), self._linear("right", right)
        apart = self._heads["distance.weight"][distance] + self._heads["sentences.weight"][sentences]
        apart = apart + self._heads["hints.weight"][hints] + self._heads["candidates.weight"][kinds][None]
        joined = np.concatenate([a[:, None] * b[None], a[:, None] + b[None], apart], axis=2)
        return self._linear("scores", gelu(self._linear("mix", joined)))

    def nothing(self, vectors: Floats) -> Floats:
        """Scores of "none of the candidates", [spans, relations]."""
        return self._linear("nothing", vectors)

    def hinted(self, codes: Ints) -> Floats:
        """What the rules saying that there is none (or not, or nothing) adds to that, [spans, relations]."""
        return self._heads["hinted.weight"][codes]

    def _linear(self, name: str, x: Floats) -> Floats:
        found: Floats = (x @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]).astype(np.float32)
        return found


def distance_codes(a: Ints, b: Ints) -> Ints:
    """Signed distances from each of ``a`` to each of ``b``, logarithmic: 0 to 7 before, 8 to 15 after."""
    difference = b[None].astype(np.int64) - a[:, None].astype(np.int64)
    size = np.minimum(np.round(np.log2(np.abs(difference) + 1)), 7).astype(np.int64)
    codes: Ints = np.where(difference < 0, 7 - size, 8 + size)
    return codes


def softmax(x: Floats) -> Floats:
    """Probabilities along the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    found: Floats = (e / e.sum(-1, keepdims=True)).astype(np.float32)
    return found


def sigmoid(x: Floats) -> Floats:
    """Probabilities of single scores."""
    found: Floats = (1 / (1 + np.exp(-x))).astype(np.float32)
    return found


def gelu(x: Floats) -> Floats:
    """GELU, with the error function as Abramowitz and Stegun approximate it (7.1.26; within 2e-7)."""
    z = np.abs(x) / np.float32(np.sqrt(2))
    t = 1 / (1 + 0.3275911 * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    found: Floats = (0.5 * x * (1 + erf)).astype(np.float32)
    return found
