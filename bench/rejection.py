"""Measure the gate that turns away reports of no violence: speed, what it loses, what it rejects.

usage: python bench/rejection.py DATA [--json FILE]

DATA is the folder of the evaluation data. Speed: ``survey.violent`` over the newswire pool in processor time of one core,
best of five; with making the plain text before it (as the reader must in any case) beside it. Lost: annotated real reports
with a claim (training/real and the gold reports) that the gate turns away. Tuned on and set aside
(training/real/held_out.txt, bench/gold/held_out.txt) are reported apart. For a broader look:
MUC test documents with a template, never tuned on, and all reports of shootings, a third of which were looked at by
their words. Some of those pages hold no report.
Rejected: the share of the pool turned away, and of annotated reports without any claim. The pool's annotated
reports were drawn from those with words of violence, so those without a claim are harder than the pool.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from common import ROOT, held_out, keep, ratio, rows, shown

from bearwitness.extract import survey, text

sys.path.insert(0, str(ROOT / "training"))
import sources

ASKED = "asked: at most 1 in 200 lost, at least 2,000 a second, aim 10,000"


def annotated(data: Path, pools: dict[str, str]) -> dict[str, tuple[str, bool]]:
    """Text of each annotated real report by name, and whether it has a claim."""
    found = {}
    for file in sorted((ROOT / "training/real").glob("*.jsonl")):
        for row in rows(file):
            if row["doc"] in pools:
                found[row["doc"]] = (pools[row["doc"]], bool(row["claims"]))
    gold = data / "gold"
    for path in [*sorted((gold / "ann").glob("*.json")), *sorted((ROOT / "bench/gold/ann").glob("*.json"))]:
        written = (gold / f"texts/{path.stem}.txt").read_text(encoding="utf-8")
        claims = json.loads(path.read_text(encoding="utf-8"))["claims"]
        found[path.stem] = (written, bool(claims))
    return found


def speed(texts: list[str]) -> tuple[float, float]:
    """Articles a second: the gate alone, and with making the plain text."""
    plains = [text.plain(one) for one in texts]
    alone, whole = [], []
    for _ in range(5):
        began = time.process_time()
        for plain in plains:
            survey.violent(plain)
        alone.append(time.process_time() - began)
        began = time.process_time()
        for one in texts:
            survey.violent(text.plain(one))
        whole.append(time.process_time() - began)
    return len(texts) / min(alone), len(texts) / min(whole)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    data: Path = asked.data.resolve()
    if not (data / "newswire/pool.jsonl.gz").is_file():
        print(f"rejection: skipped, there is no newswire pool in {asked.data}")
        return
    pools = sources.texts(data)
    held, known = held_out(), annotated(data, pools)
    pool = {name: one for name, one in pools.items() if name.startswith("wire-")}
    kept = {name: survey.violent(text.plain(one)) for name, one in pool.items()}
    alone, whole = speed(list(pool.values()))
    figures: dict[str, Any] = {"articles_per_second": round(alone), "with_plain_text": round(whole)}
    print(f"gate, articles a second       {alone:10.0f}   with making plain text {whole:8.0f}   ({ASKED})")
    groups: dict[str, list[bool]] = {"pool": list(kept.values())}
    groups["pool, not annotated"] = [one for name, one in kept.items() if name not in known]
    for part, inside in (("tuned on", False), ("set aside", True)):
        for what, claims in (("with claims", True), ("without claims", False)):
            groups[f"annotated {what}, {part}"] = [
                survey.violent(text.plain(one))
                for name, (one, has) in known.items()
                if has is claims and (name in held) is inside
            ]
    muc = [row for name in ("tst1", "tst2") for row in rows(data / f"muc/{name}.jsonl.gz")]
    groups["MUC test with a template"] = [
        survey.violent(text.plain(r["text"])) for r in muc if r["templates"]
    ]
    groups["MUC test without"] = [survey.violent(text.plain(r["text"])) for r in muc if not r["templates"]]
    groups["shootings"] = [survey.violent(text.plain(o)) for n, o in pools.items() if n.startswith("local-")]
    print(f"{'reports':40}{'turned away':>26}{'number':>16}")
    for name, passed in groups.items():
        pairs = [(int(not one), 1) for one in passed]
        away = len(passed) - sum(passed)
        figures[name] = {"turned_away": ratio(pairs), "number": away, "of": len(passed)}
        print(f"{name:40}{shown(pairs):>26}{away:>8} of {len(passed)}")
    keep(asked.json, "rejection", figures)


if __name__ == "__main__":
    main()
