"""Score the reader on annotated real reports, what was tuned or trained on and what was set aside apart.

usage: python bench/claims.py GOLD [--part NAME]... [--reader current|rules]... [--errors N] [--json FILE]

GOLD is the folder of gold reports (texts, published.tsv, ann). The scorer of record, the worked cases and the texts
of the other annotated reports (training/real) are looked for beside it. Parts: "gold tuned", "gold aside", "real
tuned", "real aside", "late aside"; the lists of what is set aside are bench/gold/held_out.txt, training/real/held_out.txt
and training/real/held_out_late.txt, all fixed before anything was tuned or trained on what stands in them. The late ones
are of reports with fewer words of violence, and harder. ``--errors`` prints errors of tuned parts only, so that what is set aside
is never looked into. Intervals are 95 %, by bootstrap over reports.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from common import ROOT, f1, held_out, held_out_late, interval, keep, report_of, rows

from bearwitness import extract
from bearwitness.gazetteer import Gazetteer
from bearwitness.interchange import reading_json
from bearwitness.record import Reading, Report

READERS: dict[str, Callable[[Report, Gazetteer], Reading]] = {
    "rules": extract.by_rules, "current": extract.extract,
}  # fmt: skip
MEASURES = (
    "toll", "toll_whole", "toll+speaker", "toll+date", "toll+place", "toll+all",
    "perpetrator", "weapon", "target", "denial", "grouping",
)  # fmt: skip
BINS = 10


class Annotated(NamedTuple):
    """One annotated report."""

    text: str
    published: str | None
    gold: dict[str, Any]


def loaded(name: str, path: Path) -> ModuleType:
    """A module from where it lies."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scorer(gold: Path) -> ModuleType:
    """The scorer of record, beside the data."""
    return loaded("score_claims", gold.parents[1] / "bench/score_claims.py")


def parts(gold: Path) -> dict[str, dict[str, Annotated]]:
    """Annotated reports by part and name."""
    aside, late = held_out(), held_out_late()
    found: dict[str, dict[str, Annotated]] = {
        part: {} for part in ("gold tuned", "gold aside", "real tuned", "real aside", "late aside")
    }
    days = dict(
        line.split("\t")[:2] for line in (gold / "published.tsv").read_text(encoding="utf-8").splitlines()
    )
    for path in sorted([*(gold / "ann").glob("*.json"), *(ROOT / "bench/gold/ann").glob("*.json")]):
        text = (gold / f"texts/{path.stem}.txt").read_bytes().decode()
        one = Annotated(text, days.get(path.stem) or None, json.loads(path.read_text(encoding="utf-8")))
        found["gold aside" if path.stem in aside else "gold tuned"][path.stem] = one
    if (gold.parent / "newswire").is_dir():
        texts = loaded("sources", ROOT / "training/sources.py").texts(gold.parent)
        for path in sorted((ROOT / "training/real").glob("*.jsonl")):
            for row in rows(path):
                name = row["doc"]
                one = Annotated(texts[name], row["published"], row)
                part = "late aside" if name in late else "real aside" if name in aside else "real tuned"
                found[part][name] = one
    return found


def readings(reports: dict[str, Annotated], reader: str) -> tuple[dict[str, dict[str, Any]], float]:
    """Readings by name, and the seconds they took in one process."""
    gazetteer = Gazetteer.open()
    made = {name: report_of(name, one.text, one.published) for name, one in reports.items()}
    for report in list(made.values())[:1]:
        READERS[reader](report, gazetteer)  # opens what is opened once
    began = time.process_time()
    found = {name: reading_json(report, READERS[reader](report, gazetteer)) for name, report in made.items()}
    return found, time.process_time() - began


def scored(
    module: ModuleType, reports: dict[str, Annotated], found: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """The scorer's figures with an interval for each F1, and how well the confidences are calibrated."""
    whole, _ = module.score({name: one.gold for name, one in reports.items()}, found)
    single = [module.score({name: one.gold}, {name: found[name]})[0] for name, one in reports.items()]
    for measure in MEASURES:
        counts = [(s[measure]["matched"], s[measure]["system"], s[measure]["gold"]) for s in single]
        whole[measure]["interval"] = interval(counts, f1)
    whole["calibration"] = calibration(module, reports, found)
    return whole


def calibration(
    module: ModuleType, reports: dict[str, Annotated], found: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """Expected calibration error of a toll's confidence against its being in the gold, in ten bins."""
    pairs: list[tuple[float, bool]] = []
    for name, one in reports.items():
        gold = [c for c in one.gold["claims"] if c["about"] in module.COUNTS]
        ours = [
            c for c in found[name]["claims"] if c["about"] in module.COUNTS and c["confidence"] is not None
        ]
        matched = module.match(
            ours, gold,
            lambda s, g: 1 + module.overlap(s, g) if s["about"] == g["about"] and module.same_number(s, g) else None,
        )  # fmt: skip
        right = {id(s) for s, _ in matched}
        pairs += [(c["confidence"], id(c) in right) for c in ours]
    if not pairs:
        return {"tolls": 0, "ece": None}
    error = 0.0
    for k in range(BINS):
        inside = [(p, r) for p, r in pairs if min(int(p * BINS), BINS - 1) == k]
        if inside:
            error += abs(sum(p for p, _ in inside) - sum(r for _, r in inside)) / len(pairs)
    return {"tolls": len(pairs), "ece": round(error, 4)}


def show(part: str, table: dict[str, dict[str, Any]]) -> None:
    """One part's table, a column a reader."""
    print(f"\n{part}: {next(iter(table.values()))['documents']} reports")
    print(
        f"{'':14}" + "".join(f"{reader + ': F1 [95 %]':>26}{'P':>7}{'R':>7}{'gold':>6}" for reader in table)
    )
    for measure in MEASURES:
        cells = []
        for result in table.values():
            row = result[measure]
            between = row["interval"]
            span = f"{row['f1']:.3f} [{between[0]:.3f}, {between[1]:.3f}]" if between else f"{row['f1']:.3f}"
            cells.append(f"{span:>26}{row['p']:7.3f}{row['r']:7.3f}{row['gold']:6}")
        print(f"{measure:14}" + "".join(cells))
    for name in ("speaker_accuracy", "speaker_accuracy_named", "articles_per_second"):
        print(f"{name:24}" + "".join(f"{result[name]:>16}{'':30}" for result in table.values()))
    ece = {reader: result["calibration"]["ece"] for reader, result in table.items()}
    print(
        f"{'calibration error, tolls':24}"
        + "".join(f"{value if value is not None else '-':>16}{'':30}" for value in ece.values())
    )


def cases(gold: Path, module: ModuleType) -> dict[str, Any]:
    """How the worked cases come out: F1 of each measure."""
    gazetteer = Gazetteer.open()
    table = {}
    for folder in sorted(path.parent for path in (gold.parents[1] / "cases").glob("*/report.txt")):
        report = report_of("report", (folder / "report.txt").read_bytes().decode())
        found = reading_json(report, extract.extract(report, gazetteer))
        wanted = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        result, _ = module.score({"report": wanted}, {"report": found})
        table[folder.name] = {m: result[m]["f1"] for m in MEASURES}
        print(
            f"\ncase {folder.name}: F1 "
            + ", ".join(f"{m} {value:.3f}" for m, value in table[folder.name].items())
        )
    return table


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--part", action="append")
    parser.add_argument("--reader", action="append", choices=list(READERS))
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    gold: Path = asked.gold.resolve()
    module = scorer(gold)
    figures: dict[str, Any] = {}
    for part, reports in parts(gold).items():
        if not reports or (asked.part and part not in asked.part):
            continue
        figures[part] = {}
        for reader in asked.reader or READERS:
            found, seconds = readings(reports, reader)
            figures[part][reader] = scored(module, reports, found)
            figures[part][reader]["articles_per_second"] = round(len(reports) / seconds, 1)
            if asked.errors and "aside" not in part:
                _, errors = module.score({name: one.gold for name, one in reports.items()}, found)
                for error in errors[: asked.errors]:
                    print(*error, sep=" | ", file=sys.stderr)
        show(part, figures[part])
    keep(asked.json, "claims", {"parts": figures, "cases": cases(gold, module)})


if __name__ == "__main__":
    main()
