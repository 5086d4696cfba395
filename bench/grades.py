"""Score the suggested grade on Airwars narratives: each is read, linked and weighed alone, and its grade held against the published one.

usage: python bench/grades.py DATA [--json FILE]

A narrative tells what several sources said of one incident. The incident weighed is the one of the narrative with most
claims. Narratives are split by digest of their code: rules of grading were looked at on the half ``develop``, and never
on the half ``aside``. Beside it: the class that is most common in the half, given to all (majority).
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

from common import keep, report_of, rows

from bearwitness import assess, extract, link
from bearwitness.gazetteer import Gazetteer
from bearwitness.record import Assessment, Claim, Mention

GRADES = ("confirmed", "fair", "weak", "contested", "discounted")
HEADING = "Airwars assessment\n"
Pair = tuple[str, str]


def develop(code: str) -> bool:
    """Whether a narrative is in the half that rules were looked at on."""
    return int(hashlib.sha256(f"bearwitness/bench/grades/{code}".encode()).hexdigest(), 16) % 2 == 0


def published(row: dict[str, Any]) -> str | None:
    """The grade that Airwars gave."""
    words = (row["summary"].get("Airwars civilian harm grading") or "").casefold().split()
    return words[0] if words and words[0] in GRADES else None


def weighed(row: dict[str, Any], gazetteer: Gazetteer) -> Assessment | None:
    """The assessment of the incident that a narrative tells most of; nothing if no event was read."""
    report = report_of(row["id"], row["assessment"].removeprefix(HEADING) + "\n")
    reading = extract.extract(report, gazetteer)
    mentions: dict[str, Mention] = {mention.id: mention for mention in reading.mentions}
    claims: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        claims.setdefault(claim.mention, []).append(claim)
    found = [
        (held.kind != "total", sum(len(claims.get(name, ())) for name in held.mentions), held.id, held)
        for held in link.link(mentions.values(), claims, {report.id: report})
    ]
    if not found:
        return None
    return assess.assess(max(found)[-1], mentions, claims, {report.id: report})


def kappa(pairs: list[Pair]) -> float:
    """Cohen's kappa: agreement beyond what the two would reach by chance."""
    total = len(pairs)
    ours, theirs = (Counter(column) for column in zip(*pairs, strict=True))
    chance = sum(ours[grade] * theirs[grade] for grade in GRADES) / total**2
    agreed = sum(one == other for one, other in pairs) / total
    return (agreed - chance) / (1 - chance) if chance < 1 else 0.0


def figures(pairs: list[Pair]) -> dict[str, Any]:
    """Agreement, kappa, the majority's agreement, and precision and recall by grade; pairs are (suggested, published)."""
    published_as = Counter(other for _, other in pairs)
    suggested_as = Counter(one for one, _ in pairs)
    right = Counter(one for one, other in pairs if one == other)
    return {
        "narratives": len(pairs),
        "agreement": sum(right.values()) / len(pairs),
        "majority": max(published_as.values()) / len(pairs),
        "kappa": kappa(pairs),
        "grades": {
            grade: {
                "published": published_as[grade],
                "suggested": suggested_as[grade],
                "right": right[grade],
            }
            for grade in GRADES
        },
    }


def shown(name: str, found: dict[str, Any], rules: Counter[str]) -> None:
    """One half as a table."""
    print(
        f"{name}: {found['narratives']} narratives, agreement {found['agreement']:.3f}, "
        f"majority {found['majority']:.3f}, kappa {found['kappa']:.3f}"
    )
    for grade, count in found["grades"].items():
        recall = count["right"] / count["published"] if count["published"] else None
        precision = count["right"] / count["suggested"] if count["suggested"] else None
        told = "  ".join("   -" if share is None else f"{share:.2f}" for share in (precision, recall))
        print(
            f"  {grade:<11} published {count['published']:>4}, suggested {count['suggested']:>4}, precision and recall {told}"
        )
    print("  rules: " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common()))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    folder: Path = asked.data if (asked.data / "incidents.jsonl.gz").is_file() else asked.data / "airwars"
    if not (folder / "incidents.jsonl.gz").is_file():
        print(f"grades: skipped, there are no narratives in {asked.data}")
        return
    gazetteer = Gazetteer.open()
    pairs: dict[str, list[Pair]] = {"develop": [], "aside": []}
    rules: dict[str, Counter[str]] = {"develop": Counter(), "aside": Counter()}
    silent = 0
    for row in rows(folder / "incidents.jsonl.gz"):
        grade = published(row)
        if grade is None:
            continue
        half = "develop" if develop(row["id"]) else "aside"
        found = weighed(row, gazetteer)
        silent += found is None
        # Nothing read is the least that can be said of it.
        pairs[half].append((found.grade if found else "weak", grade))
        rules[half][found.grade_rule if found else "nothing_read"] += 1
    kept = {half: figures(held) for half, held in pairs.items()}
    for half, held in kept.items():
        shown(half, held, rules[half])
    print(f"narratives in which no event was read: {silent}")
    keep(asked.json, "grades", {**kept, "silent": silent})


if __name__ == "__main__":
    main()
