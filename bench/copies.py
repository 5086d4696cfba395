"""Copies: how well near-copies, quoted passages and credited agencies are found (``copies_speed.py``: at what cost).

usage: python bench/copies.py DATA [--json FILE]

Copies are made by rule (``copy_edits.py``) of the newswire pool and the local reports of DATA, of which one half, by
digest, is there for choosing thresholds and the other for reporting. What is found between reports of one half that are
not made of one another is told apart: nearly all of it are real copies. Real pairs are those of one incident by different
outlets in ``gva``; ``gold/copies_gva.tsv`` lists those that were judged copies by eye, and all others are independent.
Credits are those of ``gold/credits.tsv``.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlparse
from xml.etree import ElementTree

from common import ROOT, f1, keep, ratio, report_of, rows, shown
from copy_edits import PASSAGES, WHOLE

from bearwitness import copies, likeness, vocabulary
from bearwitness.credit import credits
from bearwitness.provenance import Copy
from bearwitness.record import Report, digest

EACH = 300  # copies made of every kind, in each half
WORDS = range(100, 1500)
HALVES = ("chosen on", "set aside")


class Made(NamedTuple):
    """A copy: of which text, how, and its report."""

    of: str
    kind: str
    report: Report


def report(name: str, text: str, outlet: str | None) -> Report:
    """A report of this text."""
    return Report(
        capture="c" + digest(name.encode())[:32],
        reader="bench",
        source=name,
        text=text,
        text_sha256=digest(text.encode()),
        outlet=outlet,
    )


def half(name: str) -> str:
    """The half a document is in."""
    return HALVES[int(hashlib.sha256(f"bearwitness/copies/{name}".encode()).hexdigest(), 16) % 2]


def texts(data: Path) -> dict[str, dict[str, str]]:
    """Texts of a fit length by half and name; of equal ones the first."""
    found: dict[str, dict[str, str]] = {name: {} for name in HALVES}
    pool = [(row["id"], row["id"], row["text"]) for row in rows(data / "newswire/pool.jsonl.gz")]
    pool += [(row["doc_id"], row["incident_id"], row["text"]) for row in rows(data / "gva/docs.jsonl.gz")]
    seen = set()
    for name, topic, text in pool:
        if len(text.split()) in WORDS and text not in seen:
            seen.add(text)
            found[half(topic)][name] = text
    return found


def made(base: dict[str, str]) -> list[Made]:
    """Copies of every kind of texts drawn from ``base``, the same on every run."""
    names, every = sorted(base), list(base.values())
    found = []
    for kind, edit in (WHOLE | PASSAGES).items():
        chance = random.Random(kind)
        for number, name in enumerate(chance.sample(names, EACH)):
            others = [text for text in chance.sample(every, 3) if text != base[name]]
            outlet = f"Copier {number}"
            found.append(Made(name, kind, report(f"{kind}/{name}", edit(base[name], others, chance), outlet)))
    return found


def entered(reports: list[Report]) -> list[Copy]:
    """All copies among ``reports``, found as a ledger finds them."""
    ready = {copies.key(one.id): likeness.text(one) for one in reports}
    lists = copies.Memory()
    for one in ready.values():
        copies.enter(lists, one, lambda keys: [ready[key] for key in keys])
    return [copy for copy, _ in lists.kept()]


def by_edits(base: dict[str, str]) -> dict[str, dict[str, list[tuple[int, int]]]]:
    """By kind of edit: (right, all) of the copies made, and of what was found of them."""
    originals = {name: report(name, text, f"Outlet {name}") for name, text in base.items()}
    kinds = made(base)
    of = {one.id: name for name, one in originals.items()} | {one.report.id: one.of for one in kinds}
    kind_of = {one.report.id: one.kind for one in kinds}
    found = entered([*originals.values(), *(one.report for one in kinds)])
    natural = copies.gathered(
        copy for copy in found if copy.first not in kind_of and copy.second not in kind_of
    ).heads
    source = {
        name: natural.get(of[name], natural.get(originals[of[name]].id, originals[of[name]].id))
        for name in of
    }
    met = {(copy.first, copy.second): copy for copy in found}
    result: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: {"recall": [], "precision": []})
    for one in kinds:
        first, second = sorted((one.report.id, originals[one.of].id))
        copy = met.get((first, second))
        good = copy is not None and (copy.whole or (one.kind in PASSAGES and bool(copy.passages)))
        result[one.kind]["recall"].append((int(good), 1))
    for copy in found:
        kinds_met = {kind_of.get(name, "as it is") for name in (copy.first, copy.second)}
        if (
            copy.whole and not kinds_met & PASSAGES.keys()
        ):  # those are copies of the report they are quoted in as well
            for kind in kinds_met & WHOLE.keys():
                result[kind]["precision"].append((int(source[copy.first] == source[copy.second]), 1))
    return result


def real_pairs(data: Path) -> dict[str, list[tuple[Report, Report, bool]]]:
    """Pairs of reports of one incident by different outlets, by half, and whether they were judged copies."""
    judged = {
        tuple(sorted(line.split("\t")[:2]))
        for line in (ROOT / "bench/gold/copies_gva.tsv").read_text(encoding="utf-8").splitlines()
        if line[0] != "#"
    }
    incidents: dict[str, list[Report]] = defaultdict(list)
    for row in rows(data / "gva/docs.jsonl.gz"):
        outlet = urlparse(re.sub(r"^https?://web.archive.org/web/\d+/", "", row["url"])).netloc.removeprefix(
            "www."
        )
        incidents[row["incident_id"]].append(report(row["doc_id"], row["text"], outlet))
    found: dict[str, list[tuple[Report, Report, bool]]] = {name: [] for name in HALVES}
    for name, told in incidents.items():
        for one, other in itertools.combinations(told, 2):
            if one.outlet != other.outlet:
                pair = tuple(sorted((one.source, other.source)))
                found[half(name)].append((one, other, pair in judged))
    return found


def by_pairs(pairs: list[tuple[Report, Report, bool]]) -> dict[str, list[tuple[int, int]]]:
    """(right, all) of the pairs judged copies, and of those found."""
    ready = {one.id: likeness.text(one) for pair in pairs for one in pair[:2]}
    result: dict[str, list[tuple[int, int]]] = {"recall": [], "precision": []}
    for one, other, judged in pairs:
        found = copies.compared(ready[one.id], ready[other.id])
        whole = found is not None and found.whole
        if judged:
            result["recall"].append((int(whole), 1))
        if whole:
            result["precision"].append((int(judged), 1))
    return result


def credited(data: Path, where: str) -> list[tuple[int, int, int]]:
    """(right, found, wanted) of the agencies credited in each annotated text."""
    known = {*vocabulary.load("agencies")["names"], "agencies"}
    wanted = {}
    for line in (ROOT / "bench/gold/credits.tsv").read_text(encoding="utf-8").splitlines():
        if line[0] != "#":
            part, kind, name, agency, whose = line.split("\t")
            if part == where:
                wanted[kind, name] = (agency, whose)
    result = []
    for (kind, name), (agency, whose) in wanted.items():
        made = report_of(name, credit_texts(data)[kind, name])
        found = next((one for one in credits(made) if one.agency in known), None)
        right = found is not None and (found.agency, "w" if found.whole else "p") == (agency, whose)
        result.append((int(right), int(found is not None), int(agency != "-")))
    return result


@cache
def credit_texts(data: Path) -> dict[tuple[str, str], str]:
    """All texts of those sets."""
    found = {("gva", row["doc_id"]): row["text"] for row in rows(data / "gva/docs.jsonl.gz")}
    found |= {
        ("polnear", path.name): path.read_text(encoding="utf-8", errors="replace")
        for path in (data / "polnear").rglob("*.txt")
    }
    for kind in ("TR-News", "lgl"):
        articles = ElementTree.parse(data / f"geoparsing/{kind}.xml").getroot().findall(".//article")
        found |= {(kind, str(at)): one.findtext("text") or "" for at, one in enumerate(articles)}
    for path in (data / "fivew").glob("*.json"):
        found["fivew", path.name[:12]] = json.loads(path.read_bytes()).get("text") or ""
    found |= {
        ("gold", path.name): path.read_text(encoding="utf-8") for path in (data / "gold/texts").iterdir()
    }
    return found


def main() -> None:
    """Print what is found in either half, and keep the figures of the one set aside."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    figures: dict[str, Any] = {}
    for where in HALVES:
        counted = dict(by_edits(texts(asked.data)[where]))
        counted["real pairs of one incident"] = by_pairs(real_pairs(asked.data)[where])
        print(f"\n{where:<32}{'recall':<26}precision")
        for kind, figure in counted.items():
            print(f"{kind:<32}{shown(figure['recall']):<26}{shown(figure['precision'])}")
        agencies = credited(asked.data, where)
        print(f"{'agencies credited, F1':<32}{shown(agencies, f1)}  of {len(agencies)} texts")
        figures[where] = {
            kind: {name: ratio(values) for name, values in figure.items() if values}
            for kind, figure in counted.items()
        } | {"agencies": {"f1": f1(agencies)}}
    keep(asked.json, "copies", figures)


if __name__ == "__main__":
    main()
