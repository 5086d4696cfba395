"""Lines of a text and what each looks like by itself: prose, a headline, a date, a notice, ...

Nothing is decided here about what belongs to the article; ``furniture`` and ``heading`` do that from the
order in which the kinds stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from bearwitness import vocabulary
from bearwitness.read import dates

Kind = Literal["blank", "date", "list", "item", "notice", "caption", "byline", "menu", "headline", "prose"]

LONG = 400  # characters; a longer line is prose, whatever it holds, and is not searched further
WINDOW = 1_000_000  # characters; a longer text is no page: the rest of it is taken as one line of prose


class Line(NamedTuple):
    """One line: ``text`` is ``report.text[start:end]`` without the white space around it, or "" where it is
    longer than ``LONG``. ``item`` is a line that names a list and one headline of it ("Read also: ...")."""

    start: int
    end: int
    text: str
    kind: Kind


_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_SENTENCE_INSIDE = re.compile(r"[a-z0-9)\]][.!?][\"”’]?\s+[\"“]?[A-Z]")
_BYLINE = re.compile(
    r"(?:By|BY|by)\s+(?:[A-Z][\w.'’-]*\s*){2,5}(?:(?:,|and|&|AND)\s+(?:[A-Z][\w.'’-]*\s*){1,5})*"
    r"(?:[,|/•·–-]\s*.{0,80})?"
)
_LONGEST_ITEM = 180  # characters; what follows a label at greater length is text
_TRAIL = " \t:.!…»>|"
_COUNT = re.compile(r"\(?\d{1,4}\)?$")  # "Comments (12)"
_BREAK = re.compile(r"\r\n|\r|\n")


def split(text: str, title_end: int = 0) -> list[Line]:
    """The lines of ``text`` (of its first ``WINDOW`` characters and the rest as one). Lines that begin before
    ``title_end`` are headlines whatever they look like."""
    if len(text) <= WINDOW:
        return _mend([_line(text, start, end, title_end) for start, end in _spans(text, 0, len(text))])
    stop = text.rfind("\n", 0, WINDOW) + 1 or WINDOW
    head = [_line(text, start, end, title_end) for start, end in _spans(text, 0, stop)]
    return _mend([*head, Line(stop, len(text), "", "prose")])


def _spans(text: str, start: int, stop: int) -> Iterable[tuple[int, int]]:
    for match in _BREAK.finditer(text, start, stop):
        yield start, match.start()
        start = match.end()
    if start < stop:
        yield start, stop


def _line(text: str, start: int, end: int, title_end: int) -> Line:
    if end - start > 4 * LONG:
        return Line(start, end, "", "prose")
    words = text[start:end].strip()
    if len(words) > LONG:
        return Line(start, end, "", "prose")
    if not words:
        return Line(start, end, "", "blank")
    return Line(start, end, words, "headline" if start < title_end else kind(words))


@lru_cache(maxsize=1024)  # a text made to stop a reader says the same line again and again
def kind(words: str) -> Kind:
    """What a line that is neither blank nor very long looks like."""
    lower = words.lower().replace("’", "'")
    if words[0].isdigit() or len(words) <= 60:
        if dates.is_date_line(words):
            return "date"
        bare = _COUNT.sub("", lower.rstrip(_TRAIL)).rstrip(_TRAIL)
        if bare in _words("menu"):
            return "menu"
        if bare in _words("notices"):
            return "notice"
    found = _listing(words, lower)
    if found:
        return found
    if len(words) <= 300:
        if lower.startswith(_starts("notice_starts")) or words.endswith("///"):
            return "notice"
        if lower.lstrip("([").startswith(_starts("caption_starts")):
            return "caption"
        if (lower.startswith(_starts("byline_starts")) and _credits(words)) or _is_byline(words):
            return "byline"
    return "prose" if is_prose(words) else "headline"


def is_prose(words: str) -> bool:
    """Whether a line reads as running text: it ends a sentence or a clause, begins in the middle of one, or
    holds more than one."""
    if words[-1] in ",;:" or words[0].islower() or len(words) > 220:
        return True
    return _SENTENCE_END.search(words[-6:]) is not None or (
        len(words) > 100 and _SENTENCE_INSIDE.search(words) is not None
    )


def _is_byline(words: str) -> bool:
    if len(words) > 160 or words[:2].lower() != "by" or words[-1] in ".!?":
        return False
    return _BYLINE.fullmatch(words) is not None


def _credits(words: str) -> bool:
    """Whether a line that begins like a credit names persons only: in brackets, or without a sentence in it."""
    return words.startswith("(") or (len(words) <= 160 and _SENTENCE_INSIDE.search(words) is None)


def _listing(words: str, lower: str) -> Kind | None:
    """Whether the line opens a list of other headlines, or holds one with its label."""
    match = _list_pattern().match(lower)
    if match is None:
        return None
    after = words[match.end() :]
    if not after.strip(" :.!…»>|-–—↓→"):
        return "list"
    if after[0] in ":|»" or after.startswith((" :", " »", " |", " >", "...", "…")):
        if lower.startswith(("breaking", "latest")):
            return None  # these label the page's own news
        return "item" if len(after) <= _LONGEST_ITEM and not _SENTENCE_INSIDE.search(after) else None
    last, rest = words[match.end() - 1], after[:2]
    if (last.islower() and (rest[0].isupper() or rest[0] in '“‘«"')) or (
        last.isupper() and rest[0].isupper() and rest[1:].islower()
    ):
        return "list"  # glued to its first headline
    if match["of"] and len(after.split()) <= 5 and not is_prose(words):
        return "list"
    return None


@cache
def _list_pattern() -> re.Pattern[str]:
    words = vocabulary.load("furniture")
    lists = "|".join(re.escape(w) for w in sorted(words["lists"], key=len, reverse=True))
    lists_of = "|".join(re.escape(w) for w in words["lists_of"])
    return re.compile(rf"[\W_]{{0,4}}(?:(?P<of>{lists_of})\b|(?:{lists}))")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(vocabulary.load("furniture")[name])


@cache
def _starts(name: str) -> tuple[str, ...]:
    return tuple(vocabulary.load("furniture")[name])


def _mend(found: list[Line]) -> list[Line]:
    """Lines broken at a fixed width are prose: a block of which a fifth or more begins in lower case."""
    begin = 0
    while begin < len(found):
        stop = begin
        while stop < len(found) and found[stop].kind != "blank":
            stop += 1
        block = found[begin:stop]
        low = sum(1 for line in block[1:] if line.text[:1].islower())
        if low and low * 5 >= len(block):
            found[begin:stop] = [
                line._replace(kind="prose") if line.kind == "headline" else line for line in block
            ]
        begin = stop + 1
    return found
