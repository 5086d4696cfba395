"""Count the kinds of error that the reader makes on annotated reports, most frequent first.

usage: python bench/errors.py GOLD [--part NAME]... [--reader current|rules] [--json FILE]

Parts are those of claims.py. Only totals are printed, so that what is set aside is not looked into. An error of a toll's
speaker, day or place counts once a toll.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

from claims import READERS, parts, readings, scorer
from common import keep

NAMED = {"speaker": "speaker", "date": "day", "place": "place"}
SHARED = 0.3  # of their words that two quotes of one finding share


def kinds(module: ModuleType, gold: dict[str, Any], ours: dict[str, Any]) -> Counter[str]:
    """The errors of one report."""
    theirs = [c for c in gold["claims"] if c["about"] in module.COUNTS]
    mine = [c for c in ours["claims"] if c["about"] in module.COUNTS]
    pairs = module.match(mine, theirs, lambda s, g: 1 + module.overlap(s, g) if _same(module, s, g) else None)
    return (
        _tolls(module, mine, theirs, pairs) + _fields(module, gold, ours, pairs) + _names(module, gold, ours)
    )


def _tolls(
    module: ModuleType, mine: list[dict[str, Any]], theirs: list[dict[str, Any]], pairs: list[Any]
) -> Counter[str]:
    """What is wrong with the tolls that have no fellow."""
    found: Counter[str] = Counter()
    left = [c for c in mine if not any(c is s for s, _ in pairs)]
    for claim in [c for c in theirs if not any(c is g for _, g in pairs)]:
        shared = [(module.overlap(s, claim), number) for number, s in enumerate(left)]
        most, number = max(shared, default=(0.0, 0))
        if most < SHARED:
            found["a toll missed"] += 1
            continue
        near = left.pop(number)
        if near["about"] != claim["about"]:
            found["killed, injured, missing, abducted or detained confused"] += 1
        elif module.same_number(near, claim):
            found["asserted for denied, or the other way round"] += 1
        else:
            found["another number than the words state"] += 1
    known = {(s["event"], s["about"]) for s, _ in pairs}
    for claim in left:
        again = claim["low"] == claim["high"] == 1 and (claim["event"], claim["about"]) in known
        found["one person counted again" if again else "a toll that is not annotated"] += 1
    return found


def _fields(module: ModuleType, gold: dict[str, Any], ours: dict[str, Any], pairs: list[Any]) -> Counter[str]:
    """What is wrong with the speaker, day and place of the tolls that are found."""
    found: Counter[str] = Counter()
    for s, g in pairs:
        for key, name in NAMED.items():
            a, b = (s, g) if key == "speaker" else (module.event_of(ours, s), module.event_of(gold, g))
            if getattr(module, f"{key}_ok")(a, b):
                continue
            if a.get(key) is None:
                found[f"{name} missed"] += 1
            else:
                found[f"a {name} where none is given" if b.get(key) is None else f"another {name}"] += 1
    return found


def _names(module: ModuleType, gold: dict[str, Any], ours: dict[str, Any]) -> Counter[str]:
    """Culprits, weapons, targets and denials missed or made up."""
    found: Counter[str] = Counter()
    for about in (*module.NAMES, "occurred"):
        mine, theirs = ([c for c in one["claims"] if c["about"] == about] for one in (ours, gold))
        same = module.match(
            mine, theirs, lambda s, g: 1 if module.alike(s.get("value"), g.get("value")) else None
        )
        if about == "occurred":
            same = list(zip(mine, theirs, strict=False))
        name = {"perpetrator": "culprit", "occurred": "denial that it happened"}.get(about, about)
        found[f"{name} missed"] += len(theirs) - len(same)
        found[f"a {name} that is not annotated"] += len(mine) - len(same)
    return found


def _same(module: ModuleType, s: dict[str, Any], g: dict[str, Any]) -> bool:
    return s["about"] == g["about"] and module.same_number(s, g) and s["stance"] == g["stance"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--part", action="append")
    parser.add_argument("--reader", choices=list(READERS), default="current")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    gold: Path = asked.gold.resolve()
    module = scorer(gold)
    figures: dict[str, Any] = {}
    for part, reports in parts(gold).items():
        if not reports or (part not in asked.part if asked.part else "aside" not in part):
            continue
        made, _ = readings(reports, asked.reader)
        found: Counter[str] = Counter()
        for name, one in reports.items():
            found += kinds(module, one.gold, made[name])
        figures[part] = dict(found.most_common())
        print(f"\n{part}: {len(reports)} reports, {sum(found.values())} errors")
        for name, count in found.most_common():
            print(f"{count:6}  {name}")
    keep(asked.json, "errors", figures)


if __name__ == "__main__":
    main()
