"""What networks trained before make of reports, for another to learn from: the mean of several is right more often than
any one of them, and it may be asked of reports that nobody annotated.

Those are of the newswire, MUC and local pools. ``taught.txt`` names the local ones: ``bench/gva.py`` does not measure on them.
"""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from data import HERE, Example
from labels import KINDS_OF, LAYERS, NODES
from net import ATTRIBUTES, RELATIONS, SPAN_TYPES, TAG_SIZES, Heads
from numpy.typing import NDArray
from torch import Tensor, nn

from bearwitness.extract.model import hints as hinting
from bearwitness.extract.model import network as reading
from bearwitness.extract.model.network import Floats, Ints, Network, sigmoid
from bearwitness.extract.model.spans import EDGE, decode

F = nn.functional
SHARE = 0.5  # of the weight of a tag that was annotated, on an annotated report
MOST = 60  # spans of a report whose links are learnt
LINKED = ("date", "place", "speaker")
LOCAL = HERE / "taught.txt"
ASKED: list[Callable[[int], Taught]] = []  # what children of this process call


@dataclass
class Taught:
    """The chances that the teachers give, on average, for one report: of labels [words, all labels], and unless it is
    annotated, of attributes [spans, values], of two spans telling of one event, and of each choice [spans, 1 + candidates]."""

    tags: NDArray[np.float16]
    first: Ints
    last: Ints
    types: Ints
    attributes: dict[str, Floats]
    same: Floats
    choices: dict[str, Floats]


def local(names: list[str]) -> frozenset[str]:
    """The local reports learnt from; drawn from ``names`` and written down if they are not yet."""
    if not LOCAL.exists():
        LOCAL.write_text(
            "\n".join(sorted(random.Random(12).sample(sorted(names), min(700, len(names))))) + "\n"
        )
    return frozenset(LOCAL.read_text(encoding="utf-8").split())


def teach(folders: list[Path], examples: list[Example]) -> None:
    """Ask the teachers of every example, on two cores."""
    networks = [Network(folder) for folder in folders]
    ASKED.append(lambda k: _taught(networks, examples[k]))
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for k, found in enumerate(pool.imap(_ask, range(len(examples)), chunksize=16)):
            examples[k].taught = found
            if k % 500 == 499:
                print(f"{k + 1} of {len(examples)} reports read by the teachers", flush=True)


def teach_all(folders: list[Path], train: list[Example], plain: list[Example]) -> list[Example]:
    """Ask the teachers of the real reports, and of those that nobody annotated, of which the ones that may be learnt from are given."""
    ours = local([e.name for e in plain if e.name.startswith("local-")])
    plain = [e for e in plain if e.name.startswith(("wire-", "muc-")) or e.name in ours]
    teach(folders, [*(e for e in train if not e.invented), *plain])
    return plain


def _ask(number: int) -> Taught:
    return ASKED[0](number)


def _taught(networks: list[Network], one: Example) -> Taught:
    words = one.words
    hidden = [network.encode(words) for network in networks]
    each = [network.tags(h, words) for network, h in zip(networks, hidden, strict=True)]
    tags = {layer: np.mean([found[layer] for found in each], axis=0) for layer in LAYERS}
    joined = np.concatenate([tags[layer] for layer in LAYERS], axis=1).astype(np.float16)
    nodes = []
    if not one.annotated:
        for layer in NODES:
            nodes += decode(layer, tags[layer], list(KINDS_OF.get(layer, (layer,))), EDGE)
        nodes = sorted(nodes, key=lambda s: (s.first, s.last, s.layer))[:MOST]
    first = np.array([s.first for s in nodes], np.int64)
    last = np.array([s.last for s in nodes], np.int64)
    types = np.array([SPAN_TYPES.index(s.about) for s in nodes], np.int64)
    found = Taught(joined, first, last, types, {}, np.zeros((0, 0), np.float32), {})
    if not nodes:
        return found
    parts = [_links(n, h, one, first, last, types) for n, h in zip(networks, hidden, strict=True)]
    for name in ATTRIBUTES:
        found.attributes[name] = np.mean([p[0][name] for p in parts], axis=0)
    found.same = np.mean([p[1] for p in parts], axis=0)
    for name in LINKED:
        found.choices[name] = np.mean([p[2][name] for p in parts], axis=0)
    return found


def _links(
    network: Network, hidden: Floats, one: Example, first: Ints, last: Ints, types: Ints
) -> tuple[dict[str, Floats], Floats, dict[str, Floats]]:
    """Chances of attributes, of telling of one event, and of each choice, by one network."""
    words = one.words
    sentence = words.sentence.astype(np.int64)
    vectors = network.vectors(hidden, words, first, last, types)

    def between(right: Floats, at: Ints, codes: Ints | None, kinds: Ints | None) -> Floats:
        distance = reading.distance_codes(words.step[first], words.step[at])
        apart = reading.distance_codes(sentence[first], sentence[at])
        return network.links(
            vectors, right, distance, apart, np.zeros_like(distance) if codes is None else codes,
            np.zeros_like(at) if kinds is None else kinds,
        )  # fmt: skip

    same = between(vectors, first, None, None)[:, :, RELATIONS.index("same")]
    nothing = network.nothing(vectors)
    choices = {}
    for name, candidates, codes, kinds in asked_of(one, first):
        number = RELATIONS.index(name)
        scores = nothing[:, number : number + 1] + network.hinted(codes[:, 0])[:, number : number + 1]
        if candidates:
            a, b = (np.array([c[k] for c in candidates], np.int64) for k in (0, 1))
            right = network.vectors(hidden, words, a, b, np.full(len(a), SPAN_TYPES.index(name), np.int64))
            scores = np.concatenate([scores, between(right, a, codes[:, 1:], kinds)[:, :, number]], 1)
        choices[name] = reading.softmax(scores)
    return network.attributes(vectors), sigmoid((same + same.T) / 2), choices


def asked_of(one: Example, first: Ints) -> list[tuple[str, list[tuple[int, int]], Ints, Ints]]:
    """The choices that spans have, given by their first words: name, candidates, what the rules say of each, their kinds."""
    labels, hints = one.labels, one.hints
    sentences = one.words.sentence[first].tolist()
    days = [d[:2] for d in labels.dates]
    return [
        ("date", days, hinting.dates(hints, sentences, days), hinting.date_kinds(one.words, days)),
        ("place", labels.places, hinting.places(hints, sentences, one.places),
         hinting.place_kinds(one.words, labels.places, one.places)),
        ("speaker", labels.voices, hinting.voices(hints, first.tolist(), labels.voices),
         hinting.voice_kinds(one.voices, labels.ruled)),
    ]  # fmt: skip


def losses(
    heads: Heads, one: Example, hidden: Tensor, weights: dict[str, float], link_scores: Callable[..., Tensor]
) -> dict[str, Tensor]:
    """How far the network is from its teachers on one report."""
    taught, words = one.taught, one.words
    if taught is None:
        return {}
    out: dict[str, Tensor] = {}
    inside = np.zeros(len(words), bool)
    for window in words.windows:
        inside[window.first : window.last] = True
    rows = torch.from_numpy(np.flatnonzero(words.own & inside))
    logits = heads.tagger(heads.drop(hidden[rows])).split(TAG_SIZES, -1)
    wanted = torch.from_numpy(taught.tags.astype(np.float32))[rows].split(TAG_SIZES, -1)
    share = SHARE if one.annotated else 1.0
    for layer, score, gold in zip(LAYERS, logits, wanted, strict=True):
        out[f"as taught, {layer}"] = (
            -(gold * score.log_softmax(-1)).sum() * weights.get(layer, 1.0) * share / 100
        )
    if not len(taught.first):
        return out
    first, last, types = (torch.from_numpy(x) for x in (taught.first, taught.last, taught.types))
    vectors = heads.vectors(hidden, words, first, last, types)
    parts = heads.attributes(heads.drop(vectors)).split(tuple(ATTRIBUTES.values()), -1)
    for name, score in zip(ATTRIBUTES, parts, strict=True):
        out[f"as taught, {name}"] = _cross(score, taught.attributes[name]).sum() / 20
    if len(first) > 1:
        score = link_scores(heads, hidden, words, (vectors, first), (vectors, first))[
            :, :, RELATIONS.index("same")
        ]
        upper = torch.ones(len(first), len(first)).triu(1).bool()
        loss = F.binary_cross_entropy_with_logits(
            ((score + score.T) / 2)[upper], torch.from_numpy(taught.same)[upper], reduction="sum"
        )
        out["as taught, same"] = loss / (len(first) - 1) / 4
    for name, candidates, codes, kinds in asked_of(one, taught.first):
        if not candidates:
            continue
        a, b = (torch.tensor([c[k] for c in candidates]) for k in (0, 1))
        right = heads.vectors(hidden, words, a, b, torch.full_like(a, SPAN_TYPES.index(name)))
        links = link_scores(
            heads,
            hidden,
            words,
            (vectors, first),
            (right, a),
            torch.from_numpy(codes[:, 1:]),
            torch.from_numpy(kinds),
        )
        # Which of the candidates, if any; whether any is learnt from annotations alone, since reports that nobody annotated are
        # mostly of kinds in which there always is one.
        wanted = taught.choices[name][:, 1:]
        out[f"as taught, {name} of"] = _cross(links[:, :, RELATIONS.index(name)], wanted).sum() / 8
    return out


def _cross(score: Tensor, wanted: Floats) -> Tensor:
    """Cross entropy of each row with the chances wanted, which need not add up to one: the rest is not learnt."""
    return -(torch.from_numpy(wanted) * score.log_softmax(-1)).sum(-1)
