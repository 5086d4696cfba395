"""Put the figures of a run of all benches into one dated file, and fail where one fell below its floor.

usage: python bench/floors.py FOLDER [--keep]

FOLDER holds the files that the benches wrote with --json. ``--keep`` writes bench/results/DATE.json. The floors are
bench/floors.toml: figures by bench and path. A figure that this run has not measured is passed over, and said.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "results"


def floors() -> dict[str, dict[str, float]]:
    """Floor by bench and path."""
    return tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


def figure(results: dict[str, Any], bench: str, path: str) -> float | None:
    """The figure at a path ("real aside/current/toll/f1") of a bench, or ``None``."""
    value: Any = results.get(bench, {})
    for part in path.split("/"):
        value = value.get(part) if isinstance(value, dict) else None
    return float(value) if isinstance(value, int | float) else None


def fallen(results: dict[str, Any]) -> Iterator[str]:
    """A sentence for each figure below its floor."""
    for bench, wanted in floors().items():
        for path, floor in wanted.items():
            value = figure(results, bench, path)
            if value is not None and value < floor:
                yield f"{bench}: {path} is {value:.3f}, below its floor {floor:.3f}"


def newest() -> Path | None:
    """The results file with the latest date."""
    return max(RESULTS.glob("*.json"), default=None)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    results = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(asked.folder.glob("*.json"))
    }
    for bench, wanted in floors().items():
        for path in wanted:
            if figure(results, bench, path) is None:
                print(f"not measured: {bench}: {path}")
    if asked.keep:
        RESULTS.mkdir(exist_ok=True)
        target = RESULTS / f"{datetime.now(UTC).date().isoformat()}.json"
        target.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"kept in {target.relative_to(HERE.parent)}")
    wrong = list(fallen(results))
    print("\n".join(wrong) or "no figure is below its floor")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
