"""How far two annotators of the same real reports agree, by the scorer of record: what a reader can be measured to.

usage: python bench/agreement.py GOLD

The second annotations are training/second, the first training/real; the scorer lies beside GOLD.
"""

from __future__ import annotations

import sys
from pathlib import Path

from claims import scorer
from common import ROOT, rows


def main() -> None:
    module = scorer(Path(sys.argv[1]).resolve())
    first = {
        row["doc"]: row for path in sorted((ROOT / "training/real").glob("*.jsonl")) for row in rows(path)
    }
    second = {row["doc"]: row for row in rows(ROOT / "training/second/annotations.jsonl")}
    result, _ = module.score({name: first[name] for name in second}, second)
    print(f"two annotators of {len(second)} real reports, F1")
    for name, row in result.items():
        if isinstance(row, dict):
            print(f"{name:16}{row['f1']:7.3f}")


if __name__ == "__main__":
    main()
