"""The agency that a text credits: in its dateline, its byline, or at its end (standards S1).

A credit is whole where the text is the agency's ("KENEMA, May 3 (Coast Wire) -", "By Agence France-Presse", "--Reuters"),
and in part where the outlet worked with it ("with agencies", "The Associated Press contributed to this report"). Agencies
are those of ``vocabulary/agencies.toml``; in the place for it, a dateline or a last line, any name is taken at its word.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from . import vocabulary
from .likeness import kept
from .provenance import Credit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .record import Report

HEAD, TAIL = 400, 320  # characters at the beginning and the end of an article where credits stand
_NAME = r"[A-Z][\w.&'-]*(?: (?:[A-Z0-9][\w.&'-]*|of|and)){0,4}"
_PLACE = r"[A-Z][A-Z'’.-]{2,}[^\n()]{0,60}?"  # begins in capitals: "KENEMA, Sierra Leone, May 3"
_DASH = r"\s*(?:-{1,3}|[–—|:])"
_WORD = re.compile(r"\w+")
_NOT_NAMES = frozenset({"read more", "photo", "video", "update", "updated"})


@cache
def _agencies() -> dict[str, str]:
    """The name each agency is told by, by every name it goes by."""
    names = vocabulary.load("agencies")["names"]
    return {also: name for name, others in names.items() for also in (name, *others)}


class _Form(NamedTuple):
    """Where a credit of this form stands, what it says, whether it names a known agency, and how it is written; the
    group ``name`` is the agency."""

    at_end: bool
    whole: bool
    known: bool
    pattern: re.Pattern[str]


@cache
def _forms() -> tuple[_Form, ...]:
    """The forms in the order in which they are tried."""
    names = "|".join(re.escape(name) for name in sorted(_agencies(), key=len, reverse=True))
    words = "|".join(vocabulary.load("agencies")["together"]["words"])
    known = rf"(?:[Tt]he )?(?P<name>{names})(?![\w-])"
    together = rf"(?P<name>(?i:{words}))\b"
    begins = r"(?:^|(?<=[.!?:”\"] ))"  # a line, or a sentence after a headline
    written: dict[
        tuple[bool, bool | None], tuple[str, ...]
    ] = {  # at the end? whole? (of no known agency: None)
        (False, True): (
            rf"\({known}\)(?={_DASH})",  # Cleveland (AFP) –
            rf"{begins}{_PLACE}\({known}\)",  # LEXINGTON, Neb. (AP) Three
            rf"\A\W*{known}\s+{_PLACE}[–—-]",  # AP KENEMA –
            rf"^(?:by|BY|By|From|FROM) {known} *$",  # By Agence France-Presse
            rf"^(?:By|BY) [^\n]{{3,60}}?(?:, |\||/| - |\n){known} *$",  # By A. Writer, Reuters
            rf"^{known} *$",
        ),
        (True, True): (
            rf"(?:[-–—]|^)\s*\(?{known}(?:\s*[-–—]+)?[\s.)]*\Z",  # --Reuters
            rf"\({known}\)[\s.]*\Z",
            rf"\b(?:Source|SOURCE|Sources)\s*: *{known}(?! *(?:,|and\b|/|;) ?[A-Z])",
            rf"(?i:copyright|©|\(c\))[^\n]{{0,24}}?{known}(?=[.,;]? ?(?:All\b|\d|\(|\n|\Z))",
        ),
        (False, None): (
            rf"{begins}{_PLACE}\((?P<name>{_NAME})\)(?={_DASH})",
        ),  # KENEMA, May 3 (Coast Wire) -
        (True, None): (rf"^\W*(?:Source|SOURCE)\s*: *(?P<name>{_NAME})\W*\Z",),
        (False, False): (
            rf"\((?P<name>[\w.& -]+/[\w./& -]+)\)(?={_DASH})",  # (The Lamp/AP) —
            rf"^(?:By|BY|From)\b[^\n]{{0,60}}?\b{known}",
            rf"^(?:By|BY|From)\b[^\n]{{0,60}}?\b{together}",
            rf"(?i:copyright|©|\(c\))[^\n]{{0,60}}?{known}",
        ),
        (True, False): (
            rf"{known}[^\n.]{{0,80}}? contributed\b",
            rf"\b[Cc]ontribut(?:ing|ors?|ed by)\b[^\n]{{0,60}}?{known}",
            rf"(?:^|\()\s*(?:[Ww]ith|WITH) (?:\w+ ){{0,3}}{known}",  # (With AP) and the like, a line of its own
            rf"\b[Ww]ith (?:reporting|inputs?|files|material|information|contributions|reports?) (?:from|by) {known}",
            rf"\b(?:[Aa]dditional )?[Rr]eporting (?:by|from)[^\n]{{0,60}}?{known}",
            rf"(?:^|[(–—/-] ?|\. )(?:[Ww]ith|WITH|[Ff]rom|[Bb]y|BY)(?: \w+){{0,3}}? {together}\W*(?:\)|$)",
            rf"(?:^|[-–—(/])\s*{together}\W*\Z",
            rf"\b(?:Source|SOURCE|Sources)\s*:[^\n]{{0,40}}?{known}",
            rf"(?i:copyright|©|\(c\))[^\n]{{0,60}}?{known}",
        ),
    }
    return tuple(
        _Form(at_end, whole is not False, names in form, re.compile(form, re.MULTILINE))
        for (at_end, whole), forms in written.items()
        for form in forms
    )


def credits(report: Report) -> tuple[Credit, ...]:
    """What ``report`` credits: the agency whose text it is, and one that had a part in it, as far as there are any."""
    found: dict[bool, Credit] = {}
    windows = {
        at_end: [(start, end, _may_name(report.text[start:end])) for start, end in parts]
        for at_end, parts in ((False, _heads(report)), (True, _tails(report)))
    }
    for form in _forms():
        for start, end, named in () if form.whole in found else windows[form.at_end]:
            if form.known and not named:
                continue
            match = form.pattern.search(report.text[start:end])
            name = _agency(match.group("name"), form.whole) if match is not None else None
            if match is not None and name is not None:
                words = match.span("name")
                found[form.whole] = Credit(
                    agency=name, whole=form.whole, start=start + words[0], end=start + words[1]
                )
                break
    whole, part = found.get(True), found.get(False)
    return tuple(
        one for one in (whole, part) if one and (one is whole or not whole or one.agency != whole.agency)
    )


def _may_name(text: str) -> bool:
    """Whether a text holds the first word of a known agency's name; most do not, and need no closer look."""
    return not _first_words().isdisjoint(_WORD.findall(text))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(_WORD.findall(name)[0] for name in _agencies())


def other_names(agency: str) -> tuple[str, ...]:
    """The other names a known agency goes by."""
    return tuple(vocabulary.load("agencies")["names"].get(agency, ()))


def _agency(said: str, whole: bool) -> str | None:
    """The name an agency is told by; ``None`` for what is no name of one."""
    known = _agencies()
    if "/" in said and not whole:
        return next((known[part.strip()] for part in said.split("/") if part.strip() in known), None)
    if said in known:
        return known[said]
    if said.casefold() in vocabulary.load("agencies")["together"]["words"]:
        return "agencies"
    return None if said.casefold() in _NOT_NAMES else said


def _heads(report: Report) -> Iterator[tuple[int, int]]:
    """Where a credit at the beginning may stand: the beginning of the article, and bylines."""
    begins = next((start for start, end in kept(report) if report.text[start:end].strip()), 0)
    yield begins, max(begins, report.title_end) + HEAD
    yield from ((part.start, part.end) for part in report.left_out if part.why == "byline")


def _tails(report: Report) -> Iterator[tuple[int, int]]:
    """Where a credit at the end may stand: the end of the article, and what follows it."""
    ends = next((end for start, end in reversed([*kept(report)]) if report.text[start:end].strip()), 0)
    yield max(0, ends - TAIL), ends
    yield ends, ends + TAIL
