"""From the printed lines of pages to a text: paragraphs on one line each, words broken at line ends put together
where that is sure, running heads and page numbers out of the way of the sentences they interrupt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from statistics import median, median_low
from typing import Any, NamedTuple

from bearwitness import vocabulary

_MARGIN = 0.13  # of a page's height, above and below, where running heads stand
_LARGER = 1.2  # times the letters of the text: a heading
_APART = 1.45  # times the usual distance of lines: a new paragraph
_LEVEL = 0.3  # of a letter's height: within this, pieces stand on one line
_SHORT = 0.85  # of the width of its column: a line that ends before is the last of its paragraph
_SINGLE, _ENOUGH = 1.4, 5  # the usual distance at most, where fewer lines than these show it
_LONGEST_TITLE = 300
_NEAR_TOP = 8  # lines

_ENDS = (".", "!", "?", "…", ":", '."', '!"', '?"', ".”", "!”", "?”", ".’", ".)")
_BULLET = re.compile(r"[•▪●◦‣■□*·–—-]\s|\(?[a-z0-9]{1,3}[.)]\s")
_NUMBER = re.compile(r"\W*(?:page|p\.?)?\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_PRINTED = re.compile(
    r"(?:https?|file)://\S+(?:\s+\d+/\d+)?$|\d{1,4}([./-])\d\d?\1\d{2,4},?\s+\d\d?[:.]\d\d\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"[^\W\d_]+$")
_WORDS = ("harm", "deeds", "weapons", "numbers", "persons", "actors", "dates", "speakers")


class Line(NamedTuple):
    """One printed line. ``broken`` says that a hyphen behind its words breaks the last of them; places and sizes are
    in points, from the left and from the bottom; ``page_height`` is 0 where it is not known."""

    words: str
    broken: bool
    left: float
    right: float
    bottom: float
    height: float
    page_height: float


class Set(NamedTuple):
    """The text; where each page begins in it; the spans that are running heads and page numbers; where the title ends,
    if it begins with one (else 0); and the words that were put together."""

    text: str
    pages: tuple[int, ...] = ()
    heads: tuple[tuple[int, int], ...] = ()
    title_end: int = 0
    joined: tuple[str, ...] = ()


def set_text(pages: list[list[Line]]) -> Set:
    """The text of ``pages``. Running heads and page numbers of a page stand behind the paragraph in which it ends, so
    that a sentence that runs on to the next page is whole."""
    heads = _running_heads(pages)
    body = [
        _Placed(number, line) for number, page in enumerate(pages) for line in page if id(line) not in heads
    ]
    text = _Text(len(pages), _written([placed.line for placed in body]))
    waiting = [[line for line in page if id(line) in heads] for page in pages]
    shown = 0
    paragraphs = list(_paragraphs(body))
    title = _title(paragraphs)
    for number, paragraph in enumerate(paragraphs):
        while shown < paragraph[0].page:
            text.add_heads(waiting[shown])
            shown += 1
        text.add(paragraph)
        if number + 1 == title:
            text.title_end = text.size
    for lines in waiting[shown:]:
        text.add_heads(lines)
    return text.done()


class _Placed(NamedTuple):
    """A line, and the index of its page."""

    page: int
    line: Line


class _Text:
    """A text while it is put together."""

    def __init__(self, pages: int, written: Counter[str]) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self.starts: list[int | None] = [None] * pages
        self.heads: list[tuple[int, int]] = []
        self.joined: list[str] = []
        self.title_end = 0
        self._written = written

    def add(self, paragraph: list[_Placed]) -> None:
        """One paragraph, on a line of its own."""
        self._gap()
        for number, (page, line) in enumerate(paragraph):
            words = line.words
            if number:
                words = self._put_together(paragraph[number - 1].line, words)
            if self.starts[page] is None:
                self.starts[page] = self.size + (words[:1] == " ")
            self._put(words)
        if paragraph[-1].line.broken:
            self._put("-")

    def add_heads(self, lines: list[Line]) -> None:
        """The running heads of a page, each on a line."""
        for line in lines:
            self._gap()
            self.heads.append((self.size, self.size + len(line.words)))
            self._put(line.words)

    def done(self) -> Set:
        """The whole of it. A page without a line of its own begins where the next one does."""
        text = "".join(self.pieces)
        starts: list[int] = []
        after = len(text)
        for start in reversed(self.starts):
            after = after if start is None else start
            starts.append(after)
        starts = [0, *starts[-2::-1]] if starts else []
        joined = tuple(dict.fromkeys(self.joined))
        return Set(text, tuple(starts), tuple(self.heads), self.title_end, joined)

    def _gap(self) -> None:
        if self.pieces:
            self._put("\n\n")

    def _put(self, words: str) -> None:
        self.pieces.append(words)
        self.size += len(words)

    def _put_together(self, before: Line, words: str) -> str:
        """What to put for ``words`` behind the line before: a space first, or the rest of a word that was broken.

        The hyphen goes only where the word without it is known: the document writes it elsewhere and never with
        the hyphen, or it is a word of our vocabulary. "Long-range" may have been broken at its own hyphen.
        """
        if not before.broken:
            return f" {words}"
        start, end = _LAST.search(before.words), _WORD.match(words)
        if start is None or end is None:
            return f"-{words}"
        whole, parted = start[0] + end[0], f"{start[0]}-{end[0]}"
        known = self._written[whole.casefold()] or whole.casefold() in _vocabulary()
        if not known or self._written[parted.casefold()]:
            return f"-{words}"
        self.joined.append(whole)
        return words


def _paragraphs(body: list[_Placed]) -> Iterator[list[_Placed]]:
    """The lines of each paragraph."""
    usual, edges = _usual_distance(body), _edges(body)
    paragraph: list[_Placed] = []
    for placed in body:
        if paragraph and _begins(paragraph[-1], placed, usual, edges):
            yield paragraph
            paragraph = []
        paragraph.append(placed)
    if paragraph:
        yield paragraph


def _begins(before: _Placed, after: _Placed, usual: float, edges: dict[tuple[int, int], float]) -> bool:
    """Whether a paragraph begins with the line ``after``."""
    above, line = before.line, after.line
    size = max(above.height, line.height)
    if size > _LARGER * min(above.height, line.height) or _BULLET.match(line.words):
        return True
    ended = above.words.endswith(_ENDS) and not above.broken
    if before.page != after.page or line.bottom > above.bottom + size:  # the next page or column
        return ended and not line.words[:1].islower()
    distance = above.bottom - line.bottom
    if distance < _LEVEL * size:
        return False
    if distance > _APART * usual * size:
        return True
    indented = line.left - above.left > 0.7 * size
    edge = edges.get((before.page, _column(above)), above.right)
    short = above.right - above.left < _SHORT * (edge - above.left)
    return ended and (indented or short)


def _title(paragraphs: list[list[_Placed]]) -> int:
    """How many of the first paragraphs are the title, in letters clearly larger than those of the text: one or none."""
    heights = [placed.line.height for paragraph in paragraphs for placed in paragraph]
    if len(paragraphs) < 2 or paragraphs[0][0].line.height < _LARGER * median(heights):
        return 0
    return int(sum(len(placed.line.words) + 1 for placed in paragraphs[0]) <= _LONGEST_TITLE)


def _column(line: Line) -> int:
    """Where a line begins, coarsely: lines of one column begin at about the same place."""
    return round(line.left / 40)


def _edges(body: list[_Placed]) -> dict[tuple[int, int], float]:
    """How far to the right the columns of each page reach."""
    edges: dict[tuple[int, int], float] = {}
    for page, line in body:
        key = (page, _column(line))
        edges[key] = max(edges.get(key, line.right), line.right)
    return edges


def _usual_distance(body: list[_Placed]) -> float:
    """How far apart lines of a paragraph are, in heights of their letters."""
    found = [
        (above.line.bottom - below.line.bottom) / below.line.height
        for above, below in pairwise(body)
        if above.page == below.page and below.line.height > 0
    ]
    near = [distance for distance in found if _LEVEL < distance < 3]
    usual = median_low(near) if near else _SINGLE
    return usual if len(near) >= _ENOUGH else min(usual, _SINGLE)


def _running_heads(pages: list[list[Line]]) -> set[int]:
    """Which lines (by ``id``) are running heads or page numbers: they stand in the margins, and come again on other
    pages, give or take a number, are the number of the page, or what a browser prints there: address, day and time."""
    margins = [
        (number, line, _margin(line))
        for number, page in enumerate(pages, 1)
        for line in page
        if _margin(line)
    ]
    seen: Counter[tuple[str, str, int]] = Counter()
    for key in {(number, *_head(line, margin)) for number, line, margin in margins}:
        seen[key[1:]] += 1
    often = 2 if len(pages) <= 4 else 3
    found = _mastheads(pages[0]) if pages else set()
    for number, line, margin in margins:
        alone = _NUMBER.fullmatch(line.words)
        by_browser = _PRINTED.match(line.words)
        if seen[_head(line, margin)] >= often or (alone and int(alone[1]) == number) or by_browser:
            found.add(id(line))
    return found


def _mastheads(page: list[Line]) -> set[int]:
    """What stands in the margin of the first page above its headline, which has the largest letters near the top."""
    largest = max(page[:_NEAR_TOP], key=lambda line: line.height, default=None)
    if largest is None or largest.height < _LARGER * median(line.height for line in page):
        return set()
    return {id(line) for line in page[: page.index(largest)] if _margin(line) == "above"}


def _margin(line: Line) -> str:
    """In which margin of its page a line stands, if in one."""
    if line.page_height and line.bottom > (1 - _MARGIN) * line.page_height:
        return "above"
    return "below" if line.bottom + line.height < _MARGIN * line.page_height else ""


def _head(line: Line, margin: str) -> tuple[str, str, int]:
    """What makes two lines the same running head: place, words without their numbers, size of the letters."""
    return margin, re.sub(r"\d+", "#", line.words.casefold()), round(line.height)


def _written(lines: list[Line]) -> Counter[str]:
    """The words of a document, those at the ends of lines that may be broken left out."""
    found: Counter[str] = Counter()
    broken = False
    for line in lines:
        words = [word.casefold() for word in _WORD.findall(line.words)]
        found.update(words[broken : len(words) - line.broken])
        broken = line.broken
    return found


@cache
def _vocabulary() -> frozenset[str]:
    """The single words of our vocabulary."""
    return frozenset(word for name in _WORDS for word in _strings(vocabulary.load(name)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (word.casefold() for word in _WORD.findall(value))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
