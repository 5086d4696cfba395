"""Score the reader's tolls on local reports of shootings, against each incident's final numbers.

usage: python bench/gva.py GVA [--first N] [--json FILE]

A document counts for killed (injured) if its incident's final number is not zero; it is right if the reading has
a claim of that about with this number, low or high. Both: all non-zero numbers of its incident are found. All
documents are taken, also those published before the final number was known or on one part of the incident, which
no reader can get right. Left out are the documents annotated for training (training/real/local.jsonl), those that were
learnt from as networks before read them (training/taught.txt) and those among the gold reports, which rules were made on. The rules were also checked on city and date labels of 400 of
these documents.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from common import ROOT, keep, ratio, reading_of, rows, shown

from bearwitness.gazetteer import Gazetteer


def annotated(gva: Path) -> set[str]:
    """Names of the documents that readers were made with."""
    local = ROOT / "training/real/local.jsonl"
    names = {row["doc"] for row in rows(local)} if local.is_file() else set()
    taught = ROOT / "training/taught.txt"
    names |= set(taught.read_text(encoding="utf-8").split()) if taught.is_file() else set()
    return names | {path.stem for path in (gva.parent / "gold/texts").glob("local-*.txt")}


def numbers(reading: dict[str, Any], about: str) -> set[int | None]:
    """The numbers the reading claims, low or high."""
    said = [c for c in reading["claims"] if c["about"] == about and c["stance"] == "asserts"]
    return {n for claim in said for n in (claim["low"], claim["high"]) if n is not None}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gva", type=Path)
    parser.add_argument("--first", type=int, help="only the first N documents, for a quick look")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    gva: Path = asked.gva.resolve()
    if not (gva / "docs.jsonl.gz").is_file():
        print(f"gva: skipped, there are no documents in {asked.gva}")
        return
    incidents = {row["incident_uri"]: row for row in rows(gva / "incidents.jsonl.gz")}
    known = annotated(gva)
    gazetteer = Gazetteer.open()
    found: dict[str, list[tuple[int, int]]] = {"killed": [], "injured": [], "both": []}
    documents = left = silent = claims = 0
    began = time.perf_counter()
    for row in rows(gva / "docs.jsonl.gz"):
        incident = incidents.get(row["incident_id"])
        if f"local-{row['doc_id']}" in known or incident is None:
            left += 1
            continue
        if asked.first and documents >= asked.first:
            break
        documents += 1
        title, body = (row["title"] or "").strip(), row["text"].strip()
        whole = body if not title or body.startswith(title) else f"{title}\n\n{body}"
        reading = reading_of(row["doc_id"], whole + "\n", row["dct"] or None, gazetteer)
        claims += len(reading["claims"])
        silent += not any(c["about"] in ("killed", "injured") for c in reading["claims"])
        right = [
            (about, incident[f"num_{about}"] in numbers(reading, about))
            for about in ("killed", "injured")
            if incident[f"num_{about}"]
        ]
        for about, is_right in right:
            found[about].append((int(is_right), 1))
        if right:
            found["both"].append((int(all(is_right for _, is_right in right)), 1))
    seconds = time.perf_counter() - began
    figures: dict[str, Any] = {"documents": documents, "left_out": left, "claims": claims, "silent": silent}
    print(
        f"GVA: {documents} documents, {left} left out, {claims} claims read, {documents / seconds:.1f} a second"
    )
    for about, pairs in found.items():
        figures[about] = {"share": ratio(pairs), "documents": len(pairs)}
        print(f"final number among the claims, {about:8}{shown(pairs):>24}  of {len(pairs)} documents")
    print(f"documents with no toll read     {silent / max(1, documents):.3f}")
    keep(asked.json, "gva", figures)


if __name__ == "__main__":
    main()
