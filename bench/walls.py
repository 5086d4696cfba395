"""Measure how many walls are found, and false alarms: articles taken for an error, a check, a consent, login or pay wall.

usage: python bench/walls.py DATA [--texts N] [--json FILE]

Found: ``gold/walls`` beside this file holds invented pages, 50 walls of the kinds that publishers put up and 42 articles
that use their words. Half of them, by digest, are for development: what is missed there is named. Of the other half only
totals are printed. "Right" is a wall named by a code that says what it is.

Alarms: DATA holds ``html/``, ``gold/`` and ``newswire/``. The pages are read as they are; the texts of the reports each as
a plain page of its own, whole and, since walls are short, cut after 600 and after 250 characters. All are articles, so
every alarm is false. With none among N the true share is below 3/N with 95 % certainty.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from common import keep, rows
from pages import pages, reading

WALLS = ("paywall", "consent_wall", "login_wall", "error_page", "bot_check", "needs_scripts")
INVENTED = Path(__file__).parent / "gold/walls"
CUTS = {"whole": None, "600 characters": 600, "250 characters": 250}


class Answer(NamedTuple):
    """What an invented page is (an article has no ``codes``), and the walls it is taken for."""

    name: str
    codes: frozenset[str]
    taken: frozenset[str]

    @property
    def aside(self) -> bool:
        """Whether the page is in the half set aside: nothing was chosen on it."""
        return hashlib.sha256(self.name.encode()).digest()[0] % 2 == 1


def taken_for(data: bytes, source: str) -> list[str]:
    """The walls that a page is taken for."""
    return [problem.code for problem in reading(data, source).problems if problem.code in WALLS]


def invented() -> Iterator[Answer]:
    """The answers for the invented pages."""
    for file in ("walls.toml", "articles.toml"):
        for row in tomllib.loads((INVENTED / file).read_text(encoding="utf-8"))["page"]:
            taken = taken_for(row["html"].encode(), f"https://coast.example/{row['id']}")
            yield Answer(row["id"], frozenset(row.get("codes", ())), frozenset(taken))


def found(answers: list[Answer]) -> dict[str, Any]:
    """How many of the walls are found, by the right code too, and how much of what is found is a wall."""
    walls = [answer for answer in answers if answer.codes]
    hits = [answer for answer in walls if answer.taken]
    alarms = sum(bool(answer.taken) for answer in answers if not answer.codes)
    return {
        "walls": len(walls),
        "found": len(hits),
        "right": sum(answer.taken <= answer.codes for answer in hits),
        "articles": len(answers) - len(walls),
        "alarms": alarms,
        "recall": len(hits) / len(walls),
        "precision": len(hits) / max(len(hits) + alarms, 1),
    }


def print_found(answers: list[Answer]) -> dict[str, dict[str, Any]]:
    """Print the figures of both halves, and what is wrong in the half for development."""
    halves = {"development": False, "set aside": True}
    figures = {name: found([one for one in answers if one.aside is aside]) for name, aside in halves.items()}
    print(
        f"{'invented pages':26}{'walls':>7}{'found':>7}{'right':>7}{'articles':>10}{'alarms':>8}{'recall':>8}{'precision':>11}"
    )
    for name, row in figures.items():
        print(
            f"{name:26}{row['walls']:7}{row['found']:7}{row['right']:7}{row['articles']:10}{row['alarms']:8}"
            f"{row['recall']:8.3f}{row['precision']:11.3f}"
        )
    for answer in answers:
        wrong = not answer.taken or not answer.taken <= answer.codes if answer.codes else bool(answer.taken)
        if wrong and not answer.aside:
            print(f"  {answer.name}: taken for {', '.join(sorted(answer.taken)) or 'an article'}")
    print()
    return figures


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
        found.update(taken_for(data, source))
    return count, found


def main(argv: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--texts", type=int, default=1_000)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(argv)
    figures: dict[str, Any] = print_found(list(invented()))
    measured: dict[str, tuple[int, Counter[str]]] = {}
    if (asked.data / "html/ground-truth.json").is_file():
        measured["real pages"] = alarms((page.data, page.url) for page in pages(asked.data / "html"))
    told = list(texts(asked.data))[: asked.texts] if (asked.data / "gold").is_dir() else []
    for name, cut in CUTS.items():
        if told:
            measured[f"reports, {name}"] = alarms((page_of(text, cut), "x") for text in told)
    if not measured:
        print(f"alarms on real articles: skipped, nothing at {asked.data}")
        keep(asked.json, "walls", figures)
        return 0
    print(f"{'articles taken for walls':26}{'articles':>10}{'alarms':>8}   95 % below")
    for name, (count, found) in measured.items():
        false = found.total()
        below = f"{3 / count:.4f}" if not false else "-"
        print(f"{name:26}{count:10,}{false:8}   {below}  {dict(found) or ''}")
        figures[name] = {"articles": count, "alarms": false}
    keep(asked.json, "walls", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
