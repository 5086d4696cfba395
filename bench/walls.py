"""Measure false alarms of walls: real articles that are taken for an error, a check, a consent, login or pay wall.

usage: python bench/walls.py DATA [--texts N] [--json FILE]

DATA holds ``html/``, ``gold/`` and ``newswire/``. The pages are read as they are; the texts of the reports each as a
plain page of its own, whole and, since walls are short, cut after 600 and after 250 characters. All are articles, so
every alarm is false. With none among N the true share is below 3/N with 95 % certainty. There is no collection of
real walls to measure how many are found; the tests hold one of each kind.
"""

from __future__ import annotations

import argparse
import html
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from common import keep, rows
from pages import pages, reading

WALLS = ("paywall", "consent_wall", "login_wall", "error_page", "bot_check", "needs_scripts")
CUTS = {"whole": None, "600 characters": 600, "250 characters": 250}


def texts(data: Path) -> Iterator[str]:
    """The real reports: the gold ones and those of the newswire pool."""
    for file in sorted((data / "gold" / "texts").glob("*.txt")):
        yield file.read_text(encoding="utf-8")
    if (data / "newswire/pool.jsonl.gz").is_file():
        yield from (row["text"] for row in rows(data / "newswire/pool.jsonl.gz"))


def page_of(text: str, cut: int | None) -> bytes:
    """A text as a plain page with the menu and the foot that pages have."""
    title, _, body = text.strip().partition("\n")
    body = body.strip() or title
    told = "".join(f"<p>{html.escape(line)}</p>" for line in body[:cut].split("\n\n") if line.strip())
    return (
        f"<html><head><title>{html.escape(title[:200])} | Coast Wire</title></head><body><nav><a>Home</a> <a>Log in</a>"
        f" <a>Subscribe</a></nav><article><h1>{html.escape(title[:200])}</h1>{told}</article><footer>We use cookies. "
        "Privacy policy</footer><noscript>Please enable JavaScript.</noscript></body></html>"
    ).encode()


def alarms(pages_of: Iterator[tuple[bytes, str]]) -> tuple[int, Counter[str]]:
    """How many pages, and the walls they are taken for."""
    found, count = Counter[str](), 0
    for data, source in pages_of:
        count += 1
        found.update(problem.code for problem in reading(data, source).problems if problem.code in WALLS)
    return count, found


def main(argv: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--texts", type=int, default=1_000)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(argv)
    measured: dict[str, tuple[int, Counter[str]]] = {}
    if (asked.data / "html/ground-truth.json").is_file():
        measured["real pages"] = alarms((page.data, page.url) for page in pages(asked.data / "html"))
    told = list(texts(asked.data))[: asked.texts] if (asked.data / "gold").is_dir() else []
    for name, cut in CUTS.items():
        if told:
            measured[f"reports, {name}"] = alarms((page_of(text, cut), "x") for text in told)
    if not measured:
        print(f"walls: skipped, nothing at {asked.data}")
        return 0
    print(f"{'articles taken for walls':26}{'articles':>10}{'alarms':>8}   95 % below")
    figures = {}
    for name, (count, found) in measured.items():
        false = found.total()
        below = f"{3 / count:.4f}" if not false else "-"
        print(f"{name:26}{count:10,}{false:8}   {below}  {dict(found) or ''}")
        figures[name] = {"articles": count, "alarms": false}
    keep(asked.json, "walls", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
