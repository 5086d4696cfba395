"""Score linking on raw text: which reports are put in one incident, beside simple rivals.

usage: python bench/linking.py DATA [--only gva|ecbplus|syria] [--json FILE] [--wrong FILE] [--pairs FILE]

DATA is the folder of the evaluation data; each of its parts that is there is measured. Every report is read by our own
reader (kept under build/readings, so that a second run takes seconds), all events of all reports of a half are linked at
once, and a report is in the incident of its main event (``linking_sets.main_mention``); one with no event is alone. Its
other events are linked beside them and have no gold; how often one of them fell into an incident of another story is told.

B-cubed precision, recall and F1 are means over reports. "Spurious of joined" is the share of the joined pairs of reports
that are of different stories; "of near" the share of all pairs of different stories of one place within a week (the hard
ones) that were joined; "found" the share of the pairs of one story that were joined.

gva      local reports of shootings by incident, halves by city; "hard": those of incidents that have another incident of
         their city within seven days; "unseen": without the reports that the reader was trained on.
ecbplus  violent topics, two stories each, halves by topic. The reports give no day of publication.
syria    reports of the Syrian war: of the joined pairs of different outlets, the share that tell one event. A person judged
         them by reading both (gold/linking_syria.tsv); those not judged yet are counted and left out. ``--pairs`` writes a hundred,
         with text, to be judged; the file must lie outside of the repository.

Beside: one place and one day as read; likeness of texts alone (TF-IDF, the threshold that is best on the half "develop");
in ECB+ also the word of the main event (lemma). ``--wrong`` writes the errors of "develop" with text, likewise outside.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import linking_scores as scores
import linking_sets as sets
from common import ROOT, keep, shown
from gva import annotated
from linking_sets import Told

from bearwitness import link

CHECKED = 100
JUDGED = ROOT / "bench/gold/linking_syria.tsv"


def linked(told: list[Told]) -> tuple[scores.Clusters, dict[str, str]]:
    """By report the incident of its main event, and by mention its incident."""
    mentions = [event for one in told for event in one.reading.mentions]
    reports = {one.report.id: one.report for one in told}
    incidents = link.link(mentions, sets.by_mention(told), reports)
    of = {name: held.id for held in incidents for name in held.mentions}
    main = {one.name: sets.main_mention(one.reading) for one in told}
    return {name: of[event.id] if event is not None else name for name, event in main.items()}, of


def strays(told: list[Told], of: dict[str, str]) -> tuple[int, int]:
    """Events that are not their report's main one: how many are in an incident that is the main one of reports of
    other stories alone, and how many there are."""
    stories: defaultdict[str, set[str]] = defaultdict(set)
    for one in told:
        event = sets.main_mention(one.reading)
        if event is not None:
            stories[of[event.id]].add(one.story)
    astray = others = 0
    for one in told:
        main = sets.main_mention(one.reading)
        for event in one.reading.mentions:
            if main is not None and event.id != main.id:
                others += 1
                held = stories.get(of[event.id])
                astray += held is not None and one.story not in held
    return astray, others


def measure(name: str, folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """All figures of a set with gold."""
    every = list(getattr(sets, {"gva": "gva", "ecbplus": "ecb"}[name])(folder))
    tree: dict[str, Any] = {}
    threshold: float | None = None
    for half in sets.HALVES:
        told = [one for one in every if one.half == half]
        pairs = scores.likeness(told)
        if threshold is None:
            threshold = scores.best_threshold(told, pairs)
        ours, of = linked(told)
        found = {
            "ours": ours,
            "place and day": scores.place_and_day(told),
            "likeness": scores.alike(told, pairs, threshold),
        }
        parts = {"all": told}
        if name == "ecbplus":
            found["lemma"] = scores.lemma(told)
        else:
            known = annotated(folder)
            parts |= {
                "hard": scores.hard(told),
                "unseen": [o for o in told if f"local-{o.name}" not in known],
            }
        branch = tree[half] = {"likeness_from": threshold}
        for part, held in parts.items():
            for who, clusters in found.items():
                branch.setdefault(part, {})[who] = scores.figures(held, clusters)
                tell(name, half, part, who, held, clusters)
        astray, others = strays(told, of)
        branch["strays"] = {"astray": astray, "others": others}
        print(f"{name} {half}: {astray} of {others} other events fell into an incident of another story")
        if asked.wrong is not None and half == "develop":
            outside(asked.wrong).write_text("\n".join(errors(told, ours)), encoding="utf-8")
    return tree


def tell(name: str, half: str, part: str, who: str, told: list[Told], clusters: scores.Clusters) -> None:
    """One line of figures."""
    made = scores.figures(told, clusters)
    rows = scores.b_cubed(told, clusters)
    print(
        f"{name:8}{half:8}{part:7}{who:14} B3 {made['precision']:.3f} {made['recall']:.3f} "
        f"F1 {shown(rows, scores.b_cubed_f1)}  spurious of joined {made['wrong']}/{made['joined']} "
        f"of near {made['near_wrong']}/{made['near']}  found {made['kept']}/{made['true']}  of {len(told)} reports"
    )


def errors(told: list[Told], found: scores.Clusters) -> Iterable[str]:
    """Wrongly joined and wrongly parted pairs, with text."""
    for one, other in combinations(told, 2):
        same = one.story == other.story
        if same != (found[one.name] == found[other.name]):
            yield f"==== {'PARTED' if same else 'JOINED'} {one.story} {other.story}"
            for each in (one, other):
                yield f"-- {each.name} {each.near} {each.report.published}"
                yield each.report.text[:1200]


def outside(path: Path) -> Path:
    """``path``, unless it lies in the repository, where no text of others may be."""
    if path.resolve().is_relative_to(ROOT.resolve()):
        raise SystemExit(f"{path} lies in the repository; texts of the evaluation data may not")
    return path


def joined_abroad(folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Pairs of reports of different outlets in one incident, and what a person said of them."""
    every = list(sets.syria(folder))
    lines = [
        line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines() if line[0].isdigit()
    ]
    known = {frozenset(line[:2]): line[2] for line in lines}
    tree: dict[str, Any] = {}
    for half in sets.HALVES:
        told = [one for one in every if one.half == half]
        ours, _ = linked(told)
        pairs = [
            (one, other)
            for one, other in combinations(told, 2)
            if ours[one.name] == ours[other.name] and one.outlet != other.outlet
        ]
        beside = sum(
            one.near == other.near and one.outlet != other.outlet for one, other in combinations(told, 2)
        )
        said = [known.get(frozenset((one.name, other.name))) for one, other in pairs]
        right, wrong = said.count("one"), said.count("two")
        close = [what for what, (one, other) in zip(said, pairs, strict=True) if one.near == other.near]
        near, near_wrong = len(close), close.count("two")
        tree[half] = {
            "reports": len(told), "joined": len(pairs), "joined_near": near, "near": beside, "right": right, "wrong": wrong,
            "near_wrong": near_wrong, "precision": right / (right + wrong) if right + wrong else None,
        }  # fmt: skip
        print(
            f"syria   {half:8} {len(told)} reports, {len(pairs)} pairs of different outlets joined, {near} of them "
            f"of one city and day, of which there are {beside}; judged one event {right}, two {wrong} ({near_wrong} of one "
            f"city and day), not judged {len(pairs) - right - wrong}"
        )
        if asked.pairs is not None:
            target = outside(asked.pairs)
            target.with_name(f"{target.name}.{half}").write_text(
                "\n".join(shown_pairs(pairs)), encoding="utf-8"
            )
    return tree


def shown_pairs(pairs: list[tuple[Told, Told]]) -> Iterable[str]:
    """A hundred pairs, chosen by digest, as a person reads them."""

    def chance(pair: tuple[Told, Told]) -> str:
        return hashlib.sha256("/".join(sorted(one.name for one in pair)).encode()).hexdigest()

    for number, pair in enumerate(sorted(pairs, key=chance)[:CHECKED]):
        yield f"==== {number}"
        for one in pair:
            event = sets.main_mention(one.reading)
            at = event.start if event is not None else 0
            yield f"-- {one.name} {one.outlet} {one.report.published} {one.near}"
            yield f"{one.report.text[:500]}\n... {one.report.text[max(0, at - 150) : at + 250]}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", choices=("gva", "ecbplus", "syria"))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--wrong", type=Path)
    parser.add_argument("--pairs", type=Path)
    asked = parser.parse_args()
    figures: dict[str, Any] = {}
    for name in ("gva", "ecbplus", "syria"):
        folder = asked.data.resolve() / name
        if asked.only not in (None, name):
            continue
        if not folder.is_dir():
            print(f"linking: {name} skipped, there is no {folder.name} in {asked.data}")
            continue
        figures[name] = joined_abroad(folder, asked) if name == "syria" else measure(name, folder, asked)
    keep(asked.json, "linking", figures)


if __name__ == "__main__":
    main()
