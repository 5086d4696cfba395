"""Measure the day of publication of pages, beside htmldate, trafilatura's metadata and newspaper4k.

usage: python bench/published.py FOLDER [-v] [--json FILE]

FOLDER as for main_text.py; the days are those of gold/published.tsv, which says how it was made. Every reader is given
the page and its address. ``right`` is the share of pages with the day as printed for readers; ``or UTC`` takes the
day in UTC as well; ``wrong`` is the share with another date, the rest have none. The intervals hold 95 % of 1,000
draws of pages. Half of the pages, by digest, are set aside.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from common import keep, shown
from pages import ROOT, Page, pages, reading, rival


def gold() -> dict[str, tuple[str, str]]:
    """Page name to the day as printed and the day in UTC."""
    found = {}
    for line in (ROOT / "bench/gold/published.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "page\t")):
            continue
        name, day, utc = line.split("\t")
        found[name] = (day, utc or day)
    return found


def told(found: list[Page]) -> tuple[dict[str, list[str | None]], Counter[str]]:
    """Each reader's days, and on what ours rest."""
    from htmldate import find_date
    from trafilatura import extract_metadata

    reports = [reading(page.data, page.url) for page in found]
    days: dict[str, list[str | None]] = {"bearwitness": [report.published for report in reports]}
    for who, settings in (
        ("htmldate", {"original_date": True}),
        ("htmldate, plain", {}),
        ("htmldate, fast", {"original_date": True, "extensive_search": False}),
    ):
        days[who] = [
            find_date(page.data.decode("utf-8", "replace"), url=page.url, **settings) for page in found
        ]
    days["trafilatura"] = [
        extract_metadata(page.data.decode("utf-8", "replace"), default_url=page.url).date for page in found
    ]
    answers = rival("newspaper4k", found)
    if answers is None:
        print("newspaper4k: left out, bench/peers.sh makes the environment it runs in")
    else:
        days["newspaper4k"] = [one["date"] for one in answers]
    return days, Counter(str(report.published_basis) for report in reports)


def main(argv: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(argv)
    if not (asked.folder / "ground-truth.json").is_file():
        print(f"published: skipped, no pages at {asked.folder}")
        return 0
    known = gold()
    found = [page for page in pages(asked.folder) if page.name in known]
    days, bases = told(found)
    print(f"day of publication, {len(found)} pages, {sum(page.aside for page in found)} of them set aside")
    print(f"{'':17}{'right, all':>23}{'right, set aside':>23}{'or UTC, set aside':>23}{'wrong, all':>23}")
    figures = {}
    for who, given in days.items():
        right = [(float(day == known[page.name][0]), 1.0) for day, page in zip(given, found, strict=True)]
        either = [(float(day in known[page.name]), 1.0) for day, page in zip(given, found, strict=True)]
        wrong = [(float(day is not None and not hit[0]), 1.0) for day, hit in zip(given, right, strict=True)]
        rest = [pair for pair, page in zip(right, found, strict=True) if page.aside]
        loose = [pair for pair, page in zip(either, found, strict=True) if page.aside]
        print(f"{who:17}{shown(right):>23}{shown(rest):>23}{shown(loose):>23}{shown(wrong):>23}")
        figures[who] = {
            name: sum(pair[0] for pair in pairs) / len(pairs)
            for name, pairs in {"right": right, "right set aside": rest, "wrong": wrong}.items()
        }
        if asked.verbose:
            for day, page, hit in zip(given, found, right, strict=True):
                if not hit[0] and not page.aside:
                    print(f"  {page.name[:8]} {day} is {known[page.name]}")
    print("bases: " + ", ".join(f"{basis} {count}" for basis, count in sorted(bases.items())))
    keep(asked.json, "published", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
