"""The day of publication of a page, and where it stands: structured data, then the address, then a date in the text.

Structured data often give the instant in UTC, which for an evening in Bogotá is the next day. The day that counts is
the one that the page prints for its readers, since its own "today" and "Monday" count from that; so a date printed
beside the title goes before a structured instant that is the same moment told in another zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from bearwitness.read import dates
from bearwitness.record import PublishedBasis

# What htmldate and lxml are known to raise on pages that no author meant.
_PAGE_FAILURES = (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError)

_DATE_NAMES_TEXT = """
article:published_time article:published article:published_date og:published_time og:article:published_time
datepublished date_published dc.date dc.date.issued dc.date.published dcterms.date dcterms.created
dcterms.issued dc.date.created date publish-date publish_date publishdate pubdate publication_date
publicationdate parsely-pub-date sailthru.date cxenseparse:recs:publishtime citation_publication_date
article.published originalpublicationdate published_time published-date displaydate dc.terms.date
bt:pubdate analyticsattributes.articledate article_date_original rnews:datepublished
"""
_DATE_NAMES = frozenset(_DATE_NAMES_TEXT.split())
_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_URL_DATE = re.compile(r"[/_-]((?:19|20)\d\d)([/_-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=[/_.-]|$|\D)")
_FETCHED = re.compile(r"(?:^|#)(https?://.*)", re.DOTALL)  # by itself, or in a web archive
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?=/)")
_INSTANT = re.compile(
    r"\s*(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::\d\d(?:\.\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?\s*"
)
_CLOCK = re.compile(r"(?<![\d:.])(\d{1,2})[:.](\d\d)(?![\d.])\s*(a\.?m|p\.?m)?", re.IGNORECASE)
_CHANGED = re.compile(r"\W*(?:last\s+)?(?:updated|modified|changed)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SAYS_SO = re.compile(
    r"\W*(?:by|first|last|published|posted|updated|modified|changed|date|created|publi\w*|veröffentlicht|stand|опубликовано)\b",
    re.IGNORECASE,
)
_OF_STORY = re.compile(
    r"\b(?:of|since|on|in|until|till|before|after|from|to|by|than|during|and|the)\s+$", re.IGNORECASE
)
_SET_APART = re.compile(r"[,|–—·•/:-]\s*$")
_ENDED = re.compile(r"(?<!\b[ap]\.m)[.!?…][\"'”’»)]*$", re.IGNORECASE)
_FEW, _SOME = 3, 8  # words beside a date: by themselves, and behind a name or a label
_SHORT = 200  # characters of an element that says when
_ALONE = 60  # characters of a line that holds little but a date
_WIDE = 8  # elements in one that says when
_LOOKED_AT = 3_000_000  # characters: elements lie in each other, and so their words are met again
_NEAR = 12  # dated elements behind the title that are looked at
_WRITTEN = (
    "time", "span", "div", "p", "h1", "h2", "li", "em", "small", "td", "b", "i", "a", "strong", "abbr", "footer", "header",
)  # fmt: skip

_INLINE = frozenset(("time", "span", "em", "small", "b", "i", "a", "strong", "abbr"))


class _Instant(NamedTuple):
    """A structured date with its time; ``utc`` unless it states another offset."""

    day: date
    hour: int
    minute: int
    utc: bool


class _Lines:
    """The words of a page's elements that are short enough to say when, each taken out of the tree once."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self._elements = list(tree.iter(*_WRITTEN))
        self._known: dict[int, tuple[int, str]] = {}
        self._short: dict[int, list[str]] = {}

    def short(self, behind: Any = None) -> list[str]:
        """Those that hold a digit, from the element ``behind`` on, a heading."""
        begin = 0 if behind is None else self._place(behind)
        if begin not in self._short:
            self._short[begin] = list(self._from(begin))
        return self._short[begin]

    def _from(self, begin: int) -> Iterator[str]:
        looked_at = 0
        for at in range(begin, len(self._elements)):
            if len(self._elements[at]) > _WIDE:
                continue
            length, words = self._known.get(at) or self._said(at)
            looked_at += length
            if looked_at > _LOOKED_AT:
                return
            if words:
                yield words

    def _place(self, behind: Any) -> int:
        return next((at for at, one in enumerate(self._elements) if one is behind), len(self._elements))

    def _said(self, at: int) -> tuple[int, str]:
        """How long the words of that element are, and what they are if they are short and hold a digit."""
        element = self._elements[at]
        words = element.text_content() if len(element) else element.text or ""
        length, short = len(words), ""
        if length <= 4 * _SHORT and _DIGIT.search(words):
            line = " ".join(words.split())
            told = element.tag in _INLINE and _in_sentence(element)
            short = line if 6 <= len(line) <= _SHORT and not told else ""
        self._known[at] = length, short
        return length, short


def published(tree: Any, source: str) -> tuple[str | None, PublishedBasis | None]:
    """The date of publication (EDTF) of the page ``tree`` that came from ``source``, and its basis. A year of
    copyright, a date of change and today are none."""
    structured = _structured(tree)
    lines = _Lines(tree)
    for words in structured:
        value = dates.edtf(words)
        if value and value > "1500":
            printed = _printed(lines, words, structured)
            return (printed, "text") if printed else (value, "structured")
    addresses = _addresses(tree, source)
    for address in addresses:
        match = _URL_DATE.search(address)
        if match and (value := dates.day_of(int(match[1]), int(match[3]), int(match[4]))):
            return value, "url"
    value = _in_text(lines) or _elsewhere(lines)
    if value:
        return value, "text"
    for address in addresses:
        if month := _URL_MONTH.search(address):
            return f"{month[1]}-{month[2]}", "url"
    return None, None


def _structured(tree: Any) -> list[str]:
    """What the page's own data give as its date of publication, the most explicit first."""
    found: list[str] = []
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name in _DATE_NAMES:
            found.append(meta.get("content") or meta.get("datetime") or "")
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            found += [match[1] for match in _LD_DATE.finditer(script.text[:500_000])][:1]
    for element in tree.iter("time", "span", "abbr", "div"):
        marked = (element.get("itemprop") or "").lower() == "datepublished" or element.get(
            "pubdate"
        ) is not None
        if marked:
            found.append(element.get("datetime") or element.get("content") or element.get("title") or "")
            found.append((element.text or "")[:100])
    return found


def _addresses(tree: Any, source: str) -> list[str]:
    """The page's own address, as it states it and as it was fetched."""
    found = [
        link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    found += [meta.get("content") or "" for meta in tree.iter("meta") if meta.get("property") == "og:url"]
    if fetched := _FETCHED.search(source):
        found.append(fetched[1])
    return [address[:500] for address in found]


def _printed(lines: _Lines, words: str, structured: list[str]) -> str | None:
    """The day that the page prints where it is not that of the structured instant ``words`` but the one before or
    after it, as the same moment is in another zone: a time printed with it has the same minutes, or it is the first
    date behind the title. None where the printed day is the same, or none is printed there."""
    match = _INSTANT.fullmatch(words)
    day = match and dates.day_of(int(match[1]), int(match[2]), int(match[3]))
    if match is None or day is None:
        return None
    instant = _Instant(date.fromisoformat(day), int(match[4]), int(match[5]), _is_utc(match[6]))
    spelt = [line for line in structured if not _INSTANT.fullmatch(line)]
    for number, line in enumerate((*spelt, *_behind_title(lines, dates.find)), start=-len(spelt)):
        for found in dates.find_all(line[:_SHORT]):
            if found.edtf is None or len(found.edtf) != 10:
                continue
            apart = (date.fromisoformat(found.edtf) - instant.day).days
            if apart == 0:
                return None
            alone = number == 0 and instant.utc and len(line) <= _ALONE and not _CLOCK.search(line)
            if _other_zone(instant, apart) and (alone or _same_minute(line, instant)):
                return found.edtf
    return None


def _is_utc(zone: str | None) -> bool:
    return zone is None or zone in ("Z", "UTC", "GMT") or set(zone[1:]) <= set("0:")


def _other_zone(instant: _Instant, apart: int) -> bool:
    """Whether a day ``apart`` from that of the instant can be the same moment west or east of it."""
    return (apart == -1 and instant.hour < 12) or (apart == 1 and instant.hour >= 10)


def _same_minute(line: str, instant: _Instant) -> bool:
    """Whether the time printed in ``line`` is the instant's in some zone: the minutes are the same, the hour is not."""
    for clock in _CLOCK.finditer(line):
        hour = int(clock[1]) % 12 if clock[3] else int(clock[1])
        hour += 12 if clock[3] and clock[3][0] in "pP" else 0
        if int(clock[2]) == instant.minute and hour != instant.hour:
            return True
    return False


def _behind_title(lines: _Lines, dated: Callable[[str], object]) -> list[str]:
    """The first short lines behind the page's heading that are ``dated``, each once, none that tells of a change."""
    heading = next(lines.tree.iter("h1"), None)
    if heading is None:
        return []
    found: list[str] = []
    for words in lines.short(heading):
        if not _CHANGED.match(words) and words not in found and dated(words):
            found.append(words)
            if len(found) == _NEAR:
                break
    return found


def _elsewhere(lines: _Lines) -> str | None:
    """The first day behind the title whose month is named in another language."""
    found = _behind_title(lines, lambda words: _says_when(words) and dates.find_elsewhere(words))
    return dates.find_elsewhere(found[0]) if found else None


def _in_text(lines: _Lines) -> str | None:
    """htmldate's reading of the page's visible elements, if that very date is written out in one of them."""
    stamped = [
        words
        for element in lines.tree.iter("time")
        if (words := element.get("datetime")) and not _in_sentence(element)
    ]
    told = filter(_says_when, lines.short())
    written = {found.edtf for words in told for found in dates.find_all(words)} - {None}
    if not stamped and not written:
        return None
    from htmldate import find_date  # slow to import

    try:
        value = find_date(
            lines.tree, extensive_search=False, original_date=True, url="", max_date="2199-12-31"
        )
    except _PAGE_FAILURES:
        return None
    if not value:
        return None
    if value in written or any(words.startswith(str(value)) for words in stamped):
        return str(value)
    # What was found is a day of the story; that of publication may stand above it all the same.
    behind = _behind_title(lines, lambda words: _says_when(words) and dates.find(words))
    found = dates.find(behind[0]) if behind else None
    return found.edtf if found else None


def _in_sentence(element: Any) -> bool:
    """Whether a time stands in a paragraph that tells a story."""
    around = next(element.iterancestors("p"), None)
    if around is None:
        return False
    words = " ".join(around.text_content().split())
    return bool(_ENDED.search(words)) and not _says_when(words)


def _says_when(words: str) -> bool:
    """Whether a short line is little but a date, as those that say when a page was published are: a name, a label or a
    time stand beside it. What tells a story, "the war of 12 August 1964", has a date of its own."""
    if dates.is_date_line(words):
        return True
    beside_it = dates.around(words)
    if beside_it is None:
        return False
    before, behind = beside_it
    labelled = _SAYS_SO.match(words) is not None
    if not labelled and _OF_STORY.search(before):
        return False
    if not labelled and _ENDED.search(words):
        return False
    beside = len(_LETTERS.findall(before)) + len(_LETTERS.findall(behind))
    return beside <= (_SOME if labelled or _SET_APART.search(before) else _FEW)
