"""HTML as a run of tags: enough to tell whether a page can be parsed safely, and to strip it if it cannot.

The parser silently stops at a nesting of a few hundred, and its work grows with the square of the attributes of
one tag and of elements left open. So a page is measured first, in one pass, and one that is beyond what pages are
is stripped of its tags here instead, which keeps all of its words.
"""

from __future__ import annotations

import html
import re

DEEPEST = 240
MOST_ELEMENTS = 30_000
MOST_ATTRIBUTES = 500  # of one element
ALL_ATTRIBUTES = 300_000  # of the page, counted roughly
LONGEST = 6_000_000  # characters
SHORT = 10_000  # characters; one so short with few tags is fit, whatever its attributes

# Comments, elements whose content is no text, and tags. Every branch takes what it starts, so that the scan
# is one pass whatever is left open.
_TOKEN = re.compile(
    r"<!--(?:.*?-->|.*\Z)"
    r"|<(?P<raw>title|script|style|template|noscript|iframe|svg)\b(?:.*?</(?P=raw)\s*>|.*\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<inside>(?:[^>=]++|=\s*+\"[^\"]*+(?:\"|\Z)|=\s*+'[^']*+(?:'|\Z)|=)*+)>?"
    r"|<[!?][^>]*+>?",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"[^\s=\"']+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?))?")
# These need no end tag: void elements, and those that the next one of their kind closes.
_NO_END_TEXT = """
area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot
option optgroup colgroup html head body
"""
_NO_END = frozenset(_NO_END_TEXT.split())
_INLINE_TEXT = """
a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark nobr q s samp small span strike strong sub
sup time tt u var wbr
"""
_INLINE = frozenset(_INLINE_TEXT.split())
_TITLE = re.compile(r"<title[^>]{0,500}>([^<]{1,1000})", re.IGNORECASE)


def why_not(page: str) -> str | None:
    """What makes ``page`` unfit for parsing, as the end of a sentence; None if it is fit."""
    if len(page) > LONGEST:
        return f"it is {len(page):,} characters long"
    if len(page) <= SHORT and page.count("<") < DEEPEST:
        return None
    depth = elements = attributes = 0
    for match in _TOKEN.finditer(page):
        name = match["name"]
        if name is None:
            continue
        if match["close"]:
            depth = max(0, depth - (name.lower() not in _NO_END))
            continue
        elements += 1
        inside = match["inside"]
        if len(inside) > 2000 and sum(1 for _ in _ATTRIBUTE.finditer(inside)) > MOST_ATTRIBUTES:
            return f"one of its tags has more than {MOST_ATTRIBUTES} attributes"
        attributes += inside.count(" ") + inside.count("=")
        if attributes > ALL_ATTRIBUTES:
            return f"it has more than {ALL_ATTRIBUTES:,} attributes"
        if name.lower() not in _NO_END and not inside.endswith("/"):
            depth += 1
            if depth > DEEPEST:
                return f"its elements are nested more than {DEEPEST} deep"
        if elements > MOST_ELEMENTS:
            return f"it has more than {MOST_ELEMENTS:,} elements"
    return None


def strip(page: str) -> str:
    """All words of ``page`` without its tags: a line for each block, entities resolved."""
    lines = map(str.split, html.unescape(_TOKEN.sub(_between, page)).splitlines())
    return "\n".join([" ".join(words) for words in lines if words])


def title(page: str) -> str | None:
    """What the page calls itself."""
    match = _TITLE.search(page[:200_000])
    return " ".join(html.unescape(match[1]).split()) or None if match else None


def _between(match: re.Match[str]) -> str:
    name = match["name"]
    return "" if name is not None and name.lower() in _INLINE else "\n"
