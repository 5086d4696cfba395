"""Score the reader on the gold reports, tuned-on and set-aside part apart.

usage: python bench/claims.py GOLD [--errors N] [--part dev|held] [--json]

GOLD is the folder of gold reports (texts, published.tsv, ann); the scorer of record and the worked cases are
looked for beside it (../../bench/score_claims.py, ../../cases).

The set-aside part is listed in bench/gold/held_out.txt, fixed before any rule was written. Six of the reports
are annotated here (bench/gold/ann), the others beside the texts. ``--errors`` prints errors of the tuned-on
part only, so that the set-aside part is never looked into.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from bearwitness import extract
from bearwitness.gazetteer import Gazetteer
from bearwitness.interchange import reading_json
from bearwitness.read import read
from bearwitness.record import Capture, digest

HERE = Path(__file__).parent


def scorer(gold: Path) -> ModuleType:
    """The scorer of record, loaded from where it lies."""
    spec = importlib.util.spec_from_file_location("score_claims", gold.parents[1] / "bench/score_claims.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def annotated_in(gold: Path) -> dict[str, dict[str, Any]]:
    """The annotations by name."""
    files = [*(gold / "ann").glob("*.json"), *(HERE / "gold/ann").glob("*.json")]
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(files)}


def readings(gold: Path, names: list[str]) -> tuple[dict[str, dict[str, Any]], float]:
    """Our readings by name, and the seconds they took on one core."""
    published = {}
    for line in (gold / "published.tsv").read_text(encoding="utf-8").splitlines():
        name, day, *_ = line.split("\t")
        published[name] = day
    gazetteer = Gazetteer.open()
    texts = {name: (gold / f"texts/{name}.txt").read_bytes() for name in names}
    found = {}
    began = time.perf_counter()
    for name, data in texts.items():
        given = {"published": published[name]} if published.get(name) else {}
        capture = Capture(
            sha256=digest(data), size=len(data), source=f"{name}.txt", media_type="text/plain", given=given
        )
        report = read(data, capture)
        found[name] = reading_json(report, extract.extract(report, gazetteer))
    return found, time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", choices=("dev", "held"))
    asked = parser.parse_args()
    gold: Path = asked.gold.resolve()
    if not (gold / "texts").is_dir():
        print(f"claims: skipped, there are no gold reports in {asked.gold}")
        return
    module = scorer(gold)
    annotated = annotated_in(gold)
    held = {line for line in (HERE / "gold/held_out.txt").read_text().split("\n") if line and line[0] != "#"}
    table = {}
    for part, names in (("dev", sorted(set(annotated) - held)), ("held", sorted(set(annotated) & held))):
        if asked.part not in (None, part):
            continue
        found, seconds = readings(gold, names)
        result, errors = module.score({n: annotated[n] for n in names}, found)
        table[part] = result | {
            "seconds": round(seconds, 3),
            "articles_per_second": round(len(names) / seconds, 1),
        }
        if part == "dev":
            for error in errors[: asked.errors]:
                print(*error, sep=" | ", file=sys.stderr)
    if asked.json:
        print(json.dumps(table))
        return
    rows = [k for k, v in next(iter(table.values())).items() if isinstance(v, dict)]
    titles = {"dev": "tuned on", "held": "set aside"}
    print(f"{'gold reports':16}" + "".join(f"{titles[p]:>32}" for p in table))
    print(f"{'':16}" + f"{'P':>11}{'R':>7}{'F1':>7}{'gold':>7}" * len(table))
    for row in rows:
        print(
            f"{row:16}"
            + "".join(
                f"{t[row]['p']:11.3f}{t[row]['r']:7.3f}{t[row]['f1']:7.3f}{t[row]['gold']:7}"
                for t in table.values()
            )
        )
    for row in ("speaker_accuracy", "speaker_accuracy_named", "documents", "articles_per_second"):
        print(f"{row:24}" + "".join(f"{t[row]:>24}{'':8}" for t in table.values()))
    cases(gold, module)


def cases(gold: Path, module: ModuleType) -> None:
    """Print how the worked cases come out: F1 of each measure the issue of a case is decided by."""
    gazetteer = Gazetteer.open()
    for folder in sorted(path.parent for path in (gold.parents[1] / "cases").glob("*/report.txt")):
        data = (folder / "report.txt").read_bytes()
        capture = Capture(sha256=digest(data), size=len(data), source="report.txt", media_type="text/plain")
        report = read(data, capture)
        found = reading_json(report, extract.extract(report, gazetteer))
        wanted = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        result, _ = module.score({"report": wanted}, {"report": found})
        figures = ", ".join(
            f"{name} {result[name]['f1']:.3f}" for name in result if isinstance(result[name], dict)
        )
        print(f"case {folder.name}: F1 {figures}")


if __name__ == "__main__":
    main()
