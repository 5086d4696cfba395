"""Write trained weights in the form the package reads: encoder.onnx (int8), heads.npz, vocab.txt, config.json.

usage: python training/export.py MODEL.pt --weights FOLDER --out FOLDER [--name model/11] [--float]
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from labels import KINDS_OF, LAYERS
from net import ATTRIBUTES, RELATIONS, SPAN_TYPES, TAG_SIZES, Encoder, minilm
from net import attend as plainly
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from bearwitness.extract.model.words import COLUMNS

FLOAT = 1  # onnx.TensorProto.FLOAT: what onnxruntime's own operations give


class OneWindow(nn.Module):
    """The encoder for one window without padding, as the package runs it."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        for layer in encoder.layers:
            layer.attend = attend

    def forward(self, ids: Tensor, marks: Tensor) -> Tensor:
        return self.encoder(ids, marks, None)


class _Attention(torch.autograd.Function):
    """Attention as one operation of onnxruntime, a tenth faster at 450 word pieces than the eight it is made of elsewhere."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        return plainly(q, k, v, heads, None)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads).setType(q.type())


def attend(q: Tensor, k: Tensor, v: Tensor, heads: int, mask: Tensor | None) -> Tensor:
    """What ``net.attend`` does, without a mask."""
    found: Tensor = _Attention.apply(q, k, v, heads)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--weights", type=Path, default=minilm())
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="model/11")
    parser.add_argument("--settings", type=Path, help="a config.json to take thresholds and calibration from")
    parser.add_argument("--float", action="store_true", help="no quantisation")
    asked = parser.parse_args()
    saved = torch.load(asked.model, map_location="cpu")
    config = json.loads((asked.weights / "config.json").read_text())
    encoder = Encoder(config, len(saved["about"]["layers"]), inner=saved["about"].get("inner"))
    encoder.load_state_dict(saved["encoder"])
    encoder.eval()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        example = (torch.ones(1, 16, dtype=torch.long), torch.zeros(1, 16, len(COLUMNS), dtype=torch.long))
        torch.onnx.export(
            OneWindow(encoder), example, str(plain), input_names=["ids", "marks"], output_names=["hidden"],
            dynamic_axes={"ids": {1: "length"}, "marks": {1: "length"}, "hidden": {1: "length"}}, opset_version=17, dynamo=False,
            custom_opsets={"com.microsoft": 1},
        )  # fmt: skip
        target = asked.out / "encoder.onnx"
        if asked.float:
            target.write_bytes(plain.read_bytes())
        else:
            quantize_dynamic(
                plain,
                target,
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=True,
                extra_options={"DefaultTensorType": FLOAT},
            )
    np.savez_compressed(
        asked.out / "heads.npz", **{k: v.numpy().astype(np.float16) for k, v in saved["heads"].items()}
    )
    shutil.copy(asked.weights / "vocab.txt", asked.out / "vocab.txt")
    target = asked.out / "config.json"
    source = asked.settings or target
    kept = json.loads(source.read_text()) if source.is_file() else {}
    about = {
        "name": asked.name, "layers": LAYERS, "tag_sizes": TAG_SIZES, "kinds": KINDS_OF, "span_types": SPAN_TYPES,
        "relations": RELATIONS, "attributes": ATTRIBUTES, "columns": dict(COLUMNS),
        "thresholds": kept.get("thresholds", {}), "calibration": kept.get("calibration", {}), "trained": saved["about"],
    }  # fmt: skip
    target.write_text(json.dumps(about, indent=1) + "\n")
    for path in sorted(asked.out.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
