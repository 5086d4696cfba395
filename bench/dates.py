"""Score the date resolver on TimeML news: the value of each TIMEX3 of type DATE, beside two rivals.

usage: python bench/dates.py TIMEX [--errors N] [--json FILE]

TIMEX is the folder with TimeBank and AQUAINT. A date is right if our span overlaps it and our EDTF equals its
value in EDTF; a week is the interval of its days, cut at the day of the report or not. TIMEX3 marks the ends of
an interval, so ours count by their ends ("since 1998", 1998/2025 to us, by 1998). Left out of gold and of
what we find over them: values that name no time (PRESENT_REF), and those outside our scope (quarters, halves,
seasons, fiscal years, parts unknown). Where we mark a TIME, DURATION or SET, nothing is counted. The rivals'
answers are cut to the exactness of the gold value, which favours them; "the report date" is given the gold spans.
"Past only"
leaves out what is yet to come and ends of times, as the reader asks for. ``--errors`` prints errors of the tuned-on third only (by digest of the file's name).
"""

from __future__ import annotations

import argparse
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from common import f1, keep, report_of, shown, tuning
from dateparser.search import search_dates  # type: ignore[import-untyped]

from bearwitness.extract import text
from bearwitness.extract.dates import dates


class Timex(NamedTuple):
    """One marked time: characters of the text, its type, and its value in EDTF (several where equal)."""

    start: int
    end: int
    type: str
    values: tuple[str, ...]


class Found(NamedTuple):
    """One date found: characters of the text and its EDTF."""

    start: int
    end: int
    edtf: str


def edtf_of(value: str, published: date) -> tuple[str, ...]:
    """The EDTF forms a TIMEX3 value equals; none where EDTF or our scope has none."""
    value = re.sub(r"T.*$", "", value)
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value):
        return (value,)
    if decade := re.fullmatch(r"(\d{3})X?", value):
        return (f"{decade[1]}X",)
    if century := re.fullmatch(r"(\d\d)(?:XX)?", value):
        return (f"{century[1]}XX",)
    week = re.fullmatch(r"(\d{4})-W(\d{1,2})(-WE)?", value)
    if week is None or not 1 <= int(week[2]) <= 53:
        return ()
    monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
    first, last = (monday + timedelta(days=5) if week[3] else monday), monday + timedelta(days=6)
    values = [f"{first}/{last}"]
    if first < published < last:
        values.append(f"{first}/{published}")
    if first == published:
        values.append(first.isoformat())
    return tuple(values)


def marked(path: Path) -> tuple[str, date, list[Timex]]:
    """The text of a TimeML file, the day it was made, and its marked times."""
    root = ElementTree.parse(path).getroot()
    made = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    assert made is not None
    assert body is not None
    published = date.fromisoformat(made.attrib["value"][:10])
    parts: list[str] = []
    times: list[Timex] = []

    def walk(element: ElementTree.Element) -> None:
        start = sum(map(len, parts))
        parts.append(element.text or "")
        for child in element:
            walk(child)
            parts.append(child.tail or "")
        if element.tag == "TIMEX3":
            kind = element.attrib.get("type", "")
            values = edtf_of(element.attrib.get("value", ""), published) if kind == "DATE" else ()
            times.append(Timex(start, sum(map(len, parts)), kind, values))

    walk(body)
    return "".join(parts), published, times


def ours(sentences: list[text.Sentence], published: date, *, every: bool = True) -> list[Found]:
    """What our resolver finds, sentence by sentence, an interval of two dates by its ends."""
    found = []
    for s in sentences:
        for news in dates(s.text.lower(), published, every=every)[0]:
            start, end = s.start + news.start, s.start + news.end
            first, _, last = news.edtf.partition("/")
            since = s.text[: news.start].lower().endswith("since ") or "since" in news.kind
            if since or (news.kind == "year" and last):
                found.append(Found(start, end, first))
            elif news.kind == "interval":
                middle = (start + end) // 2
                found += [Found(start, middle, first), Found(middle, end, last)]
            else:
                found.append(Found(start, end, news.edtf))
    return found


def dateparsers(sentences: list[text.Sentence], published: date) -> list[Found]:
    """What dateparser's search finds, told the day of the report and to prefer the past."""
    base = datetime.combine(published, time())
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    found = []
    for s in sentences:
        at = 0
        for words, when in search_dates(s.text, languages=["en"], settings=settings) or []:
            begin = s.text.find(words, at)
            if begin >= 0:
                at = begin + len(words)
                found.append(Found(s.start + begin, s.start + at, when.date().isoformat()))
    return found


FINDERS: dict[str, Callable[[list[text.Sentence], date], list[Found]]] = {
    "ours": ours,
    "ours, past only": lambda sentences, published: ours(sentences, published, every=False),
    "dateparser": dateparsers,
}
REPORT_DATE = "the report date"


def counted(found: list[Found], times: list[Timex], *, cut: bool) -> tuple[int, int, int]:
    """(right, found, wanted) of one document; a found date counts for one marked time at most."""
    wanted = [t for t in times if t.values]
    right = counts = 0
    open_ = set(range(len(wanted)))
    for one in found:
        over = [t for t in times if t.start < one.end and one.start < t.end]
        if over and not any(t.values for t in over):
            continue
        counts += 1
        for k in sorted(open_):
            t = wanted[k]
            if t.start < one.end and one.start < t.end and _equal(one.edtf, t.values, cut=cut):
                right += 1
                open_.discard(k)
                break
    return right, counts, len(wanted)


def _equal(edtf: str, values: tuple[str, ...], *, cut: bool) -> bool:
    if edtf in values:
        return True
    if not cut:
        return False
    first, _, last = values[0].partition("/")
    if last:
        return first <= edtf <= last
    return edtf.startswith(first.rstrip("X"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("timex", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--ours-only", action="store_true", help="leave dateparser out")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    paths = sorted([*asked.timex.glob("TimeBank/*.tml"), *asked.timex.glob("AQUAINT/*.tml")])
    if not paths:
        print(f"dates: skipped, there are no TimeML files in {asked.timex}")
        return
    warnings.simplefilter("ignore")
    systems = [name for name in FINDERS if name.startswith("ours") or not asked.ours_only]
    parts = ("tuned on", "set aside")
    counts: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    left: Counter[str] = Counter()
    shown_errors = 0
    for path in paths:
        body, published, times = marked(path)
        report = report_of(path.stem, body, published.isoformat())
        part = parts[0] if tuning(path.stem) else parts[1]
        left[part] += sum(t.type == "DATE" and not t.values for t in times)
        if report.text != body:
            raise SystemExit(f"dates: the reading stage changed the text of {path.name}")
        sentences = text.sentences(report, text.plain(report.text))
        for system in systems:
            found = FINDERS[system](sentences, published)
            counts.setdefault((system, part), []).append(
                counted(found, times, cut=not system.startswith("ours"))
            )
        if part == parts[0] and shown_errors < asked.errors:
            shown_errors += _print_errors(body, published, ours(sentences, published), times)
        found = [Found(t.start, t.end, published.isoformat()) for t in times if t.values]
        counts.setdefault((REPORT_DATE, part), []).append(counted(found, times, cut=True))
    figures: dict[str, object] = {}
    print(f"{'values of dates, F1':20}" + "".join(f"{p:>36}" for p in parts))
    for system in [*systems, REPORT_DATE]:
        row = ""
        for part in parts:
            triples = counts[system, part]
            right, got, wanted = (sum(column) for column in zip(*triples, strict=True))
            row += f"{shown(triples, f1):>36}"
            figures[f"{system}, {part}"] = {"f1": f1(triples), "p": right / got, "r": right / wanted,
                                            "gold": wanted, "documents": len(triples)}  # fmt: skip
        print(f"{system:20}{row}")
    for name in ("p", "r", "gold", "documents"):
        values = [figures[f"ours, {part}"][name] for part in parts]  # type: ignore[index]
        print(f"{'ours: ' + name:20}" + "".join(f"{v:36.3f}" if v <= 1 else f"{v:36}" for v in values))
    print(f"{'gold left out':20}" + "".join(f"{left[part]:36}" for part in parts))
    keep(asked.json, "dates", figures | {"left_out": dict(left)})


def _print_errors(body: str, published: date, found: list[Found], times: list[Timex]) -> int:
    """Print the errors of one document to the error stream, and say how many there are."""
    number = 0
    for t in times:
        over = [one for one in found if t.start < one.end and one.start < t.end]
        if t.values and not any(_equal(one.edtf, t.values, cut=False) for one in over):
            around = " ".join(body[max(0, t.start - 30) : t.end + 15].split())
            print("missed", published, t.values, [o.edtf for o in over], body[t.start : t.end], "<", around,
                  sep=" | ", file=sys.stderr)  # fmt: skip
            number += 1
    for one in found:
        if not any(t.start < one.end and one.start < t.end for t in times):
            around = " ".join(body[max(0, one.start - 30) : one.end + 25].split())
            print(
                "extra",
                published,
                one.edtf,
                body[one.start : one.end],
                "<",
                around,
                sep=" | ",
                file=sys.stderr,
            )
            number += 1
    return number


if __name__ == "__main__":
    main()
