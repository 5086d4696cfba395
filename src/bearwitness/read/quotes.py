"""The words of others that a page sets apart: block quotations and embedded posts, and who the page says they are of.

``prepare`` changes the tree before the main text is found, so that they survive: what wraps nothing but a quotation
loses the names by which extraction throws it out, the line that says whose it is becomes text, and quotation marks
that a browser draws are written. ``locate`` finds the quotations again in the text.
"""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from bearwitness.read import dates
from bearwitness.record import Passage

MOST = 300  # quotations of one page
_LONGEST = 20_000  # characters of a quotation that is looked for
_SHORTEST = 12  # letters; less is found anywhere
_WRAPS = 5  # elements round a quotation that hold nothing else
_POST = re.compile(
    r"\b(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|telegram-post|fb-post|fb-xfbml-parse-ignore"
    r"|bluesky-embed|mastodon-embed|reddit-embed-bq|reddit-card|text-post-media)\b",
    re.IGNORECASE,
)
_PULLED = re.compile(r"pull-?_?quote|pulled", re.IGNORECASE)
# "— Ada Lind (@adalind) March 9, 2021" below a post
_SIGNED = re.compile(r"[—–]\s*(?P<by>[^—–]{1,100}?\(@\w{1,40}(?:@[\w.-]{1,60})?\))[^—–]{0,60}$")
_SAYS = re.compile(r"\s*(?:[—–-]|by\b|source:)\s*", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")
_LONGEST_NAME = 150  # characters of the line that says whose words they are
_KEEP = frozenset({"article", "main", "body", "html", "section", "td", "li", "aside"})


class Quote(NamedTuple):
    """A quotation of the page: its words, whether it is an embedded post, whose it is and of what day."""

    words: str
    post: bool
    by: str | None
    said: str | None = None


def prepare(tree: Any) -> list[Quote]:
    """The quotations of the page in order, its tree changed so that they come through extraction."""
    for element in list(tree.iter("q")):
        if element.getparent() is not None:
            element.text = f"“{element.text or ''}"
            if len(element):
                element[-1].tail = f"{element[-1].tail or ''}”"
            else:
                element.text += "”"
            element.drop_tag()
    found: list[Quote] = []
    for element in list(tree.iter("blockquote")):
        if len(found) == MOST:
            break
        if any(above.tag == "blockquote" for above in element.iterancestors()):
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _PULLED.search(names):
            continue  # the article's own words once more
        words = " ".join(element.text_content().split())
        if not words or len(words) > _LONGEST:
            continue
        post = _POST.search(names) is not None
        by, said = _signed(words) if post else (None, None)
        by = _named_inside(element) or by
        outside = _free(element)
        found.append(Quote(words, post, by or outside, said))
    return found


def locate(text: str, quotes: list[Quote]) -> tuple[Passage, ...]:
    """Where the quotations stand in ``text``, which has a line for each paragraph; those not found are passed over."""
    lines: list[tuple[int, int, str]] = []
    begin = 0
    for line in text.split("\n"):
        lines.append((begin, begin + len(line), _letters(line)))
        begin += len(line) + 1
    found: list[Passage] = []
    at = 0
    for quote in quotes:
        letters = _letters(quote.words)
        span = _span(lines, at, letters) if len(letters) >= _SHORTEST else None
        if span is None:
            continue
        first, last = span
        at = last + 1
        kind: Literal["quotation", "post"] = "post" if quote.post else "quotation"
        found.append(
            Passage(start=lines[first][0], end=lines[last][1], kind=kind, by=quote.by, said=quote.said)
        )
    return tuple(found)


def _span(lines: list[tuple[int, int, str]], at: int, letters: str) -> tuple[int, int] | None:
    """The first run of lines from ``at`` on that together are ``letters``, or all but a tenth of them."""
    for first in range(at, len(lines)):
        if not lines[first][2] or not letters.startswith(lines[first][2]):
            continue
        taken, last = len(lines[first][2]), first
        for index in range(first + 1, len(lines)):
            line = lines[index][2]
            if line and not letters.startswith(line, taken):
                break
            taken += len(line)
            last = index if line else last
            if taken >= len(letters):
                break
        if taken >= 0.9 * len(letters):
            return first, last
    return None


def _named_inside(element: Any) -> str | None:
    """Whose words they are, by a line inside the quotation, which is made a paragraph of its own."""
    for inner in element.iter("footer", "cite", "figcaption"):
        words = " ".join(inner.text_content().split())
        if 0 < len(words) <= _LONGEST_NAME:
            if inner.tag != "cite":
                inner.tag = "p"
                inner.attrib.clear()
            return _name(words)
    return None


def _free(element: Any) -> str | None:
    """Take from the quotation, and from what wraps it alone, the names by which extraction throws it out. Gives whose
    words they are where a caption of the wrapping figure says it."""
    by: str | None = None
    size = _size(element, _LONGEST)
    element.attrib.clear()
    for wrap in list(element.iterancestors())[:_WRAPS]:
        if wrap.tag in _KEEP or wrap.getparent() is None:
            break
        caption = wrap.find("figcaption") if wrap.tag == "figure" else None
        beside = " ".join((caption.text_content() if caption is not None else "").split())
        room = size + len("".join(beside.split()))
        if _size(wrap, room) > room:
            break
        if caption is not None and beside and len(beside) <= _LONGEST_NAME:
            by = by or _name(beside)
            caption.tag = "p"
        wrap.attrib.clear()
        if wrap.tag == "figure":
            wrap.tag = "div"
    return by


def _size(element: Any, most: int) -> int:
    """How many characters the element holds, white space aside; counted no further than just above ``most``."""
    size = 0
    for piece in element.itertext():
        size += len("".join(piece[: 2 * _LONGEST].split()))
        if size > most:
            break
    return size


def _signed(words: str) -> tuple[str | None, str | None]:
    """Who signed a post, and the day that stands beside it."""
    match = _SIGNED.search(words[-250:])
    if match is None:
        return None, None
    day = dates.find(match[0][match.end("by") - match.start() :])
    return _name(match["by"]), day.edtf if day else None


def _name(words: str) -> str | None:
    return _SAYS.sub("", words, count=1).strip(" ,;:") or None if _SAYS.match(words) else words


def _letters(words: str) -> str:
    return _NOT_LETTERS.sub("", words).casefold()
