"""Weights as the package carries them, as something to go on from: ``encoder.onnx`` (int8) and ``heads.npz`` back to torch.

What rounding to eight bits lost stays lost; it changes next to nothing of what is read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from net import Encoder
from onnx import numpy_helper
from torch import Tensor

# The matrices of a layer, in the order in which its graph multiplies by them.
MATRICES = ("query", "key", "value", "out", "up", "down")


def load(folder: Path) -> dict[str, Any]:
    """What ``train.py`` saves ("encoder", "heads", "about"), from a folder that ``export.py`` wrote."""
    graph = onnx.load(folder / "encoder.onnx").graph
    kept = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    encoder: dict[str, Tensor] = {}
    for name, value in kept.items():
        if name.startswith("encoder.") and not name.endswith(("_scale", "_zero_point", "_quantized")):
            encoder[name.removeprefix("encoder.")] = torch.from_numpy(value.copy())
        elif name.startswith("encoder.") and name.endswith("_quantized"):
            encoder[name.removeprefix("encoder.").removesuffix("_quantized")] = _floats(kept, name)
    used = [n.input[1] for n in graph.node if n.op_type == "MatMulInteger"]
    for number, name in enumerate(used):
        layer, which = divmod(number, len(MATRICES))
        encoder[f"layers.{layer}.{MATRICES[which]}.weight"] = _floats(kept, name).T.contiguous()
    about = json.loads((folder / "config.json").read_text(encoding="utf-8"))["trained"]
    with np.load(folder / "heads.npz") as heads:
        return {
            "encoder": encoder,
            "heads": {name: torch.from_numpy(heads[name].astype(np.float32)) for name in heads.files},
            "about": about,
        }


def _floats(kept: dict[str, np.ndarray], name: str) -> Tensor:
    base = name.removesuffix("_quantized")
    scale, zero = kept[f"{base}_scale"], kept[f"{base}_zero_point"]
    return torch.from_numpy((kept[name].astype(np.float32) - zero.astype(np.float32)) * scale)


def towards(encoder: Encoder, start: dict[str, Tensor], share: float) -> None:
    """Weights between those of MiniLM in ``encoder`` (all its inner features) and ``start``, which were made from them: ``share`` of
    the latter. Each inner feature of ``start`` is paired with the one of MiniLM that it is most like."""
    own = encoder.state_dict()
    for number in range(len(encoder.layers)):
        prefix = f"layers.{number}."
        up, other = start[f"{prefix}up.weight"], own[f"{prefix}up.weight"]
        like = torch.nn.functional.normalize(up) @ torch.nn.functional.normalize(other).T
        pairs = like.argmax(1)
        own[f"{prefix}up.weight"], own[f"{prefix}up.bias"] = other[pairs], own[f"{prefix}up.bias"][pairs]
        own[f"{prefix}down.weight"] = own[f"{prefix}down.weight"][:, pairs]
        layer = encoder.layers[number]
        layer.up = torch.nn.Linear(up.shape[1], len(up))
        layer.down = torch.nn.Linear(len(up), up.shape[1])
    frozen = ("pieces.", "positions.", "marks.")
    mixed = {
        name: value if name.startswith(frozen) else value.lerp(start[name].to(value), share)
        for name, value in own.items()
    }
    mixed |= {name: value for name, value in start.items() if name.startswith("marks.")}
    encoder.load_state_dict(mixed)
