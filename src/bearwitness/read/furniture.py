"""Page furniture: what was copied along with an article and is not part of it.

Lists of other headlines, notices, bylines, captions, menus and the day of saving are marked with their span
and stay in the text. In doubt a line stays in the article: a list begins only where a line names it or where
headlines alternate with dates, and it ends at the first sentence that no date claims for the list. A page of
nothing but headlines is left whole.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from bearwitness.read.lines import WINDOW, Kind, Line
from bearwitness.record import LeftOut

Why = Literal["headlines", "byline", "saved_date", "navigation", "boilerplate", "caption"]

_LIST_KINDS: frozenset[Kind] = frozenset(
    {"blank", "date", "headline", "list", "item", "notice", "caption", "menu", "byline"}
)
_PAIRS = 2  # headline and date side by side, this many times, are a list even without a name
_TEASER = 300  # characters; a longer sentence in a list is prose
# "... after the blaze. (Photo: Example Agency)" at the end of a line
_CREDIT = re.compile(
    r"[(\[](?:file\s+)?(?:photo|photos|image|picture|credit|video|ap photo|afp photo)\b\s*[:/|–-]?[^()\[\]\n]{0,80}[)\]]\s*$",
    re.I,
)

_WHY: dict[Kind, Why] = {"notice": "boilerplate", "caption": "caption", "item": "headlines"}
_END_WHY: dict[Kind, Why] = {
    "notice": "boilerplate",
    "caption": "caption",
    "item": "headlines",
    "list": "headlines",
    "date": "saved_date",
    "menu": "navigation",
    "byline": "byline",
}


def left_out(
    text: str, found: list[Line], title_end: int, known: tuple[LeftOut, ...] = ()
) -> tuple[LeftOut, ...]:
    """The furniture of ``text``, whose lines are ``found``, in order and without overlap. ``known`` spans (from
    the head of the text) are kept as they are."""
    marks: list[Why | None] = [_WHY.get(line.kind) if line.start >= title_end else None for line in found]
    body = [index for index, line in enumerate(found) if line.start >= title_end]
    if not body or len(text) > WINDOW:
        return known  # a text longer than any page is a collection, whose lists are its content
    first = body[0]
    prose = [index for index in body if found[index].kind == "prose"]
    begin = prose[0] if prose else len(found)
    lists: list[Why | None] = list(marks)
    _menus(found, lists, first)
    _named_lists(found, lists, first, begin)
    _dated_lists(found, lists, first, begin)
    _ends(found, lists, first)
    if prose and any(lists[index] is None for index in prose):
        marks = lists
    return _spans(text, found, marks, known)


def _menus(found: list[Line], marks: list[Why | None], first: int) -> None:
    """Two or more entries of a menu in a row, with nothing but blank lines and short labels between."""
    index = first
    while index < len(found):
        stop, entries = index, 0
        while stop < len(found) and (
            found[stop].kind in ("menu", "blank")
            or (found[stop].kind in ("notice", "headline") and len(found[stop].text.split()) <= 2)
        ):
            entries += found[stop].kind == "menu"
            stop += 1
        if entries >= 2:
            for inside in range(index, stop):
                marks[inside] = marks[inside] or ("navigation" if found[inside].kind != "blank" else None)
        index = stop + 1


def _named_lists(found: list[Line], marks: list[Why | None], first: int, begin: int) -> None:
    """Lists that a line names ("Latest news"), up to the first line that is not theirs."""
    index = first
    while index < len(found):
        if found[index].kind != "list":
            index += 1
            continue
        stop = _list_end(found, index + 1)
        if index < begin:
            stop = _before_article(found, index, stop, begin)
        elif _subheading(found, index, stop):
            stop -= 1
        _mark(found, marks, index, stop, "headlines")
        index = stop


def _list_end(found: list[Line], index: int) -> int:
    """The index after the last line of a list that goes on at ``index``."""
    stop = index
    while index < len(found):
        line = found[index]
        if line.kind == "prose" and not _teaser(found, index):
            break
        index += 1
        if line.kind != "blank":
            stop = index
    return stop


def _teaser(found: list[Line], index: int) -> bool:
    """Whether a sentence in a list belongs to one of its headlines: a date follows it, or it is a question or
    breaks off and another headline follows."""
    line = found[index]
    if not 0 < len(line.text) <= _TEASER:
        return False
    after = _beside(found, index, 1)
    if after == "date":
        return True
    asks = len(line.text) <= 150 and line.text.endswith(("...", "…", "?", "!"))
    return asks and after in (None, "headline", "list")


def _beside(found: list[Line], index: int, step: int) -> Kind | None:
    """The kind of the nearest line after (``step`` 1) or before (-1) that is not blank."""
    index += step
    while 0 <= index < len(found):
        if found[index].kind != "blank":
            return found[index].kind
        index += step
    return None


def _before_article(found: list[Line], index: int, stop: int, begin: int) -> int:
    """Above the article a list holds only headlines that dates follow; the last headline is the article's."""
    last = index + 1
    for inside in range(index + 1, min(stop, begin)):
        if found[inside].kind == "date" and found[inside - 1].kind == "headline":
            last = inside + 1
    return last


def _subheading(found: list[Line], index: int, stop: int) -> bool:
    """Whether the last headline of a list inside the article is the heading of the part that follows."""
    if stop >= len(found) or stop - index < 3 or found[stop - 1].kind != "headline":
        return False
    return found[stop].kind == "prose" and found[stop - 2].kind == "blank"


def _dated_lists(found: list[Line], marks: list[Why | None], first: int, begin: int) -> None:
    """Runs of headlines that alternate with dates, though no line names them."""
    index = first
    while index < len(found):
        stop = index
        while stop < len(found) and found[stop].kind in _LIST_KINDS:
            stop += 1
        inside = [place for place in range(index, stop) if found[place].kind != "blank"]
        pairs = sum(
            1
            for before, after in pairwise(inside)
            if {found[before].kind, found[after].kind} == {"headline", "date"}
        )
        dated = [place for place in inside if found[place].kind == "date"]
        if len(dated) >= _PAIRS and pairs >= _PAIRS:
            start = dated[0]
            if start > index and found[start - 1].kind == "headline":
                start -= 1
            end = dated[-1] + 1
            if stop == len(found) or found[dated[0] - 1].kind != "headline":
                end = stop
            if start < begin:
                end = min(end, dated[-1] + 1)
            _mark(found, marks, start, end, "headlines")
        index = stop + 1


def _ends(found: list[Line], marks: list[Why | None], first: int) -> None:
    """What closes the page, from the bottom up to the article."""
    for index in range(len(found) - 1, first - 1, -1):
        kind = found[index].kind
        if kind == "blank":
            continue
        if marks[index] == "headlines" and kind == "date" and _alone(found, index):
            marks[index] = "saved_date"
        if marks[index] is None:
            why = _END_WHY.get(kind)
            if why is None:
                break
            marks[index] = why


def _alone(found: list[Line], index: int) -> bool:
    """Whether a date closes the page by itself, as the day of saving does: no headline is right above it."""
    above = _beside(found, index, -1)
    return found[index - 1].kind == "blank" and above != "headline" and _beside(found, index, 1) is None


def _mark(found: list[Line], marks: list[Why | None], start: int, stop: int, why: Why) -> None:
    for index in range(start, stop):
        if found[index].kind != "blank" and marks[index] in (None, "navigation"):
            marks[index] = why


def _spans(
    text: str, found: list[Line], marks: list[Why | None], known: tuple[LeftOut, ...]
) -> tuple[LeftOut, ...]:
    """Marks as spans; neighbours of one kind become one span, blank lines between them included."""
    spans: list[LeftOut] = list(known)
    taken = [(part.start, part.end) for part in known]
    run: tuple[int, int, Why] | None = None
    for line, why in zip(found, marks, strict=True):
        if line.kind == "blank" and why is None:
            continue
        known_here = any(a < line.end and line.start < b for a, b in taken)
        if known_here:
            why = None
        if run and (why != run[2] or any(run[1] <= a < line.start for a, _ in taken)):
            spans.append(LeftOut(start=run[0], end=run[1], why=run[2]))
            run = None
        if why is not None:
            run = (run[0] if run else line.start, line.end, why)
        elif line.text and line.text[-1] in ")]" and not known_here:
            credit = _CREDIT.search(text, line.start, line.end)
            if credit and credit.start() > line.start:
                spans.append(LeftOut(start=credit.start(), end=credit.end(), why="caption"))
    if run:
        spans.append(LeftOut(start=run[0], end=run[1], why=run[2]))
    return tuple(sorted(spans, key=lambda part: part.start))
