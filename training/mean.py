"""The mean of weights that were trained from one another: what each learnt that the others did not is kept in part, what is chance
is weakened. Weights with different beginnings have no such mean: their features stand in different places.

usage: python training/mean.py OUT.pt FILE_OR_FOLDER FILE_OR_FOLDER...
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import torch
from packaged import load


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "weights", type=Path, nargs="+", help="files of train.py, or folders as the package holds them"
    )
    asked = parser.parse_args()
    parts = [load(path) if path.is_dir() else torch.load(path) for path in asked.weights]
    mean: dict[str, Any] = {"about": parts[-1]["about"] | {"mean of": [path.name for path in asked.weights]}}
    for half in ("encoder", "heads"):
        mean[half] = {
            name: torch.stack([part[half][name].float() for part in parts]).mean(0).to(value.dtype)
            for name, value in parts[-1][half].items()
        }
    torch.save(mean, asked.out)


if __name__ == "__main__":
    main()
