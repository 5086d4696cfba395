"""The head of a plain text: header lines, title, byline, date of publication."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import Literal, NamedTuple

from bearwitness import vocabulary
from bearwitness.read import dates
from bearwitness.read.lines import Line
from bearwitness.record import LeftOut, Problem, PublishedBasis

_LONGEST_TITLE = 250
_HEAD_LINES = 40  # lines looked at before the article must have begun
_DATED = frozenset({"published", "changed", "saved"})  # header lines that mean nothing without a date
_ALONE = frozenset({"title", "published"})  # those that make a header by themselves
_HEADER = re.compile(r"([A-Za-z][A-Za-z ]{1,24}?)\s*:\s+(\S.*)")
_PUBLISHED = re.compile(
    r"(?:first\s+)?(?:published|posted|publication date|date published|date)\b[\s:,]*(?:on|at)?[\s:,]*(?=.{0,30}\d)",
    re.I,
)
_UPDATED = re.compile(r"(?:last\s+)?(?:updated|modified)\b[\s:,]*(?=.{0,30}\d)", re.I)
# "BAKU, Oct 17, 2020 (Agency) -": the day of the report, where the year is given.
_DATELINE = re.compile(
    r"[A-Z][\w.'’()-]*(?:[ ,/]+[A-Z(][\w.'’()-]*){0,6},?\s+"
    r"(?P<date>(?:\d\d?\s+[A-Za-z]{3,9}\.?|[A-Za-z]{3,9}\.?\s+\d\d?),?\s+(?P<year>\d{4}|\d\d)\b)"
    r"\s*(?:\([^()\n]{1,60}\)|/[^/\n]{1,40}/|[A-Z][\w ]{1,30})?\s*(?:--|[-–—:])"
)


class Head(NamedTuple):
    """What stands above the article. ``left_out`` is ordered; a title, if one was found, ends at ``title_end``."""

    title: str | None = None
    title_end: int = 0
    outlet: str | None = None
    language: str | None = None
    published: str | None = None
    basis: PublishedBasis | None = None
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_head(text: str, found: list[Line], source: str, *, title_end: int = 0) -> Head:
    """The head of ``text``, whose lines are ``found``. ``title_end`` is given where the title is known."""
    fields, out, after = _header(text, found)
    if title_end:
        title_start, stop = 0, title_end
    else:
        title_start, stop, more = _title(text, found, after, fields.get("title"))
        out += more
    published, more = _top(found, max(stop, out[-1].end if out else 0), titled=stop > 0)
    out += more
    basis: PublishedBasis | None = "header" if published else None
    problems: list[Problem] = []
    for words in filter(None, (fields.get("published"), published)):
        value = dates.edtf(words)
        if value:
            break
        problems.append(_bad_date(words, source))
    else:
        value = None
    if fields.get("published") and value:
        basis = "header"
    if value is None:
        value, basis = _dateline(text, found, stop), "text"
    return Head(
        title=_one_line(text[title_start:stop]) if stop else None,
        title_end=stop,
        outlet=fields.get("outlet"),
        language=fields.get("language"),
        published=value,
        basis=basis if value else None,
        left_out=tuple(sorted(out, key=lambda part: part.start)),
        problems=tuple(problems),
    )


def _bad_date(words: str, source: str) -> Problem:
    sentence = f"The date of publication “{words[:80]}” is no date in the calendar; it is not used."
    return Problem(code="bad_date", where=source, sentence=sentence)


def _one_line(words: str) -> str:
    return " ".join(words.split())


@cache
def _fields() -> dict[str, str]:
    found: dict[str, str] = vocabulary.load("furniture")["header"]
    return found


def _header(text: str, found: list[Line]) -> tuple[dict[str, str], list[LeftOut], int]:
    """The header lines ("Outlet: ...", "Published: ...") that begin the text: what they hold, their spans, and
    the index of the first line after them. A "Title:" keeps its words in the text and loses its label."""
    fields: dict[str, str] = {}
    out: list[LeftOut] = []
    after = 0
    for index, line in enumerate(found[:_HEAD_LINES]):
        if line.kind == "blank":
            if fields:
                break
            continue
        match = _HEADER.fullmatch(line.text)
        field = _fields().get(match[1].lower()) if match else None
        if match is None or field is None or (field in _DATED and dates.find(match[2]) is None):
            break
        after = index + 1
        begin = text.index(line.text, line.start)
        if field == "title":
            fields.setdefault(field, f"{begin + match.start(2)} {begin + match.end(2)}")
            out.append(LeftOut(start=begin, end=begin + match.start(2), why="byline"))
        else:
            fields.setdefault(field, match[2].strip())
            why: Literal["saved_date", "byline"] = "saved_date" if field == "saved" else "byline"
            out.append(LeftOut(start=begin, end=begin + len(line.text), why=why))
    if len(out) == 1 and not fields.keys() & _ALONE:
        return {}, [], 0  # "Source: two held over fire" is a headline
    return fields, out, after


def _title(text: str, found: list[Line], after: int, labelled: str | None) -> tuple[int, int, list[LeftOut]]:
    """Span of the title (0, 0 if there is none) and what is left out before it."""
    if labelled:
        start, end = map(int, labelled.split())
        return start, end, []
    out: list[LeftOut] = []
    for index in range(after, min(len(found), _HEAD_LINES)):
        line = found[index]
        if line.kind == "blank":
            continue
        if line.kind == "headline" or (not out and index == after and _labelled(found, index)):
            if not _looks_like_title(found, index):
                return 0, 0, []
            start = text.index(line.text, line.start)
            return start, start + len(line.text), out
        if line.kind == "prose":
            break
        why = {"date": "saved_date", "caption": "caption", "notice": "boilerplate", "byline": "byline"}
        out.append(LeftOut(start=line.start, end=line.end, why=why.get(line.kind, "navigation")))  # type: ignore[arg-type]
    return 0, 0, []


def _labelled(found: list[Line], index: int) -> bool:
    """Whether a first line is a headline with a label ("Watch: crane falls"), which is furniture anywhere else."""
    line = found[index]
    alone = index + 1 < len(found) and found[index + 1].kind == "blank"
    return alone and line.kind in ("caption", "item") and ":" in line.text[:12]


def _looks_like_title(found: list[Line], index: int) -> bool:
    """Whether a line without a full stop is the headline of what follows: set apart by a blank line, or
    followed by a byline, a date or a full sentence clearly longer than it."""
    line = found[index]
    if len(line.text) > _LONGEST_TITLE:
        return False
    if index + 1 == len(found) or found[index + 1].kind == "blank":
        return True
    after = found[index + 1]
    if after.kind in ("date", "byline", "caption", "notice") or _stamp(after.text):
        return True
    return after.kind == "prose" and (not after.text or len(after.text) > 1.3 * len(line.text))


def _top(found: list[Line], begin: int, *, titled: bool) -> tuple[str | None, list[LeftOut]]:
    """The date of publication given between title and article (from ``begin``), and the lines there that are not
    the article. A date above the title is the site's clock, and one after the first prose belongs to the story."""
    published: str | None = None
    out: list[LeftOut] = []
    seen = 0
    for line in found:
        if line.start < begin or line.kind == "blank":
            continue
        seen += 1
        if seen > 8 or (line.kind in ("prose", "headline") and not _stamp(line.text)):
            break
        if line.kind in ("list", "item"):
            break
        if line.kind in ("date", "byline") or _stamp(line.text):
            if titled and published is None and not _UPDATED.match(line.text):
                published = _full_date(line.text)
            out.append(LeftOut(start=line.start, end=line.end, why="byline"))
    return published, out


def _stamp(words: str) -> bool:
    """Whether a line says when the page was published or changed."""
    return (
        0 < len(words) <= 100
        and bool(_PUBLISHED.match(words) or _UPDATED.match(words))
        and dates.find(words) is not None
    )


def _full_date(words: str) -> str | None:
    found = dates.find(words)
    return words[found.start : found.end] if found else None


def _dateline(text: str, found: list[Line], title_end: int) -> str | None:
    """The date of the article's dateline, if it has its year."""
    below = (line for line in found[:_HEAD_LINES] if line.start >= title_end and line.kind != "blank")
    for line in islice(below, 4):
        match = _DATELINE.match(text[line.start : line.start + 200].lstrip())
        if match is None:
            continue
        words, year = match["date"], match["year"]
        if len(year) == 2:
            # Agencies of the last century wrote "17 NOV 89"; from 1970 on this is beyond doubt.
            words = words[: -len(year)] + ("19" if int(year) >= 70 else "20") + year
        return dates.edtf(words)
    return None
