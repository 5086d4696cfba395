"""Pages that are no article though they came as one: errors, checks for robots, pages that scripts draw, consent, login
and pay walls.

In doubt a page is an article. What a page says is believed only where little else stands on it: a story about cookies,
robots or a lost page is longer than a wall, is told in other words than those of ``vocabulary/walls.toml``, and says who
said what.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from bearwitness import vocabulary
from bearwitness.record import Problem

# Characters of the page's text: what is longer is not taken for the thing.
_ERROR, _ERROR_SAID, _ROBOTS, _SCRIPTS, _CONSENT, _LOGIN = 3_000, 1_500, 1_500, 400, 8_000, 900
_BEGINNING = 2_000  # of the article, above a pay wall's gate
SHORT = 700
"""Characters of a text beside which the rest of the page is looked at."""
_TOP = 400  # characters in which an error says what it is
_BELOW = 400  # of sentences below a gate: more is the article going on
_OPENING = (
    40  # characters in which a sentence comes to the point, unless it speaks of the reader or the outlet
)
_LINE = 60  # of a line that is no menu's
_SIGNS = 3  # different consent phrases
_ALLOW = 2_000  # of a page that asks to be allowed cookies or adverts, and of its sentences on other things
_OF_COOKIES, _OF_ADVERTS = 40, 80
_SHORTEST = 80  # characters; a shorter beginning is none
_NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?(false|true)', re.IGNORECASE)
_SPLIT = re.compile(r"\s*[|–—»·•]\s*|\s+-\s+|\.\.\.|…")
_LABEL = re.compile(r"\W{0,2}:\s*[^\W\d]")  # behind words that head another story's headline
_FULL_STOP = re.compile(r"(?<=[.!?])\s+")
_TO_READERS = re.compile(r"\b(?:you|your|we|us|our|this)\b")
_END = re.compile(r"[.!?…][\"'”’»)]*$")
_EDGES = " .!?*#'\"“”"

_WHAT = {
    "error_page": "an error served as a page",
    "bot_check": "a check whether a person asks for it",
    "needs_scripts": "one that scripts draw, and holds no article by itself",
    "consent_wall": "a request for consent to cookies or adverts",
    "login_wall": "a login",
}


class Facts(NamedTuple):
    """What must be looked at before the main text is found: ``buttons`` are counted, ``free`` is null where the page
    does not say."""

    headings: tuple[str, ...]
    buttons: int
    password: bool
    free: bool | None
    unscripted: str
    drawn: bool


class Wall(NamedTuple):
    """What stands in the article's place: all of the text from ``start`` on."""

    problem: Problem
    start: int


def facts(tree: Any, page: str) -> Facts:
    """What ``page``, whose tree is ``tree``, shows of itself."""
    title = tree.find(".//title")
    first = next(tree.iter("h1"), None)
    heads = [title, first if first is not None else next(tree.iter("h2"), None)]
    headings = [_plain(head.text_content()) for head in heads if head is not None]
    buttons = sum(1 for _ in tree.iter("button")) + sum(
        element.get("role") == "button" or (element.get("type") or "").lower() in ("submit", "button")
        for element in tree.iter("a", "input")
    )
    password = any((box.get("type") or "").lower() == "password" for box in tree.iter("input"))
    said = {match[1].lower() for match in _NOT_FREE.finditer(page)}
    free = None if not said else "false" not in said
    unscripted = _plain(" ".join(element.text_content()[:2000] for element in tree.iter("noscript")))
    roots = _words("scripts", "roots")
    drawn = next(tree.iter("script"), None) is not None and any(
        (element.get("id") or "").lower() in roots and not element.text_content().strip()
        for element in tree.iter("div", "main", "app-root")
    )
    return Facts(tuple(headings), buttons, password, free, unscripted, drawn)


def wall(text: str, title: str | None, whole: str, known: Facts, source: str) -> Wall | None:
    """The wall that stands in the place of the article, whose text is ``text`` and ``whole`` with all the page's other
    words, if that is ``SHORT``; None if it is an article."""
    plain, headings = _plain(text), (*known.headings, _plain(title or ""))
    told = _is_told(text)
    code = (
        _error(plain, headings, told)
        or _robots(plain, headings, told)
        or _scripted(text, whole, known)
        or _consent(text, plain)
        or _asking(whole, known)
        or _login(plain, headings, known)
    )
    if code:
        sentence = f"The page is {_WHAT[code]}. It is kept, and not read as an article."
        return Wall(Problem(code=code, where=source, sentence=sentence), 0)
    start = _gate(text, whole, plain, known)
    if start is None:
        return None
    sentence = (
        "The page gives no more than the beginning of its article; the rest is for those who pay or register."
    )
    if start < _SHORTEST:
        start, sentence = 0, "The page is a pay wall. It is kept, and not read as an article."
    return Wall(Problem(code="paywall", where=source, sentence=sentence), start)


def _error(plain: str, headings: tuple[str, ...], told: bool) -> str | None:
    """By its title, whatever other stories it offers below; by its words only if nothing on it is ``told``."""
    titled = len(plain) <= _ERROR and _is_titled(headings, "error", whole=len(plain) > _ERROR // 3)
    top = " ".join((*headings, plain[:_TOP]))
    said = not told and len(plain) <= _ERROR_SAID and any(word in top for word in _words("error", "words"))
    return "error_page" if titled or said else None


def _robots(plain: str, headings: tuple[str, ...], told: bool) -> str | None:
    if len(plain) > _ROBOTS:
        return None
    shown = " ".join((*headings, plain))
    said = not told and any(word in shown for word in _words("robots", "words"))
    return "bot_check" if said or (_is_titled(headings, "robots") and len(plain) <= _ROBOTS // 2) else None


def _scripted(text: str, whole: str, known: Facts) -> str | None:
    """Only where there is next to nothing else: many a good page has a word for those without scripts."""
    if len(whole) > 3 * _SCRIPTS:
        return None
    words = _words("scripts", "words")
    if _sentences(text, words) >= _SHORTEST:
        return None
    said = any(word in whole.casefold() or word in known.unscripted for word in words)
    return "needs_scripts" if said or known.drawn else None


def _consent(text: str, plain: str) -> str | None:
    """Whether most of the text is lines that ask for consent, in three different phrases or more."""
    if len(text) > _CONSENT:
        return None
    words = _among(_words("consent", "words"), plain)
    if len(words) < _SIGNS:
        return None
    signs, asking = set[str](), 0
    for line in text.splitlines():
        plain = _plain(line)
        found = [word for word in words if word in plain]
        signs.update(found)
        asking += len(line) if found else 0
    return "consent_wall" if len(signs) >= _SIGNS and 2 * asking >= len(text.strip()) else None


def _asking(whole: str, known: Facts) -> str | None:
    """Whether the page says next to nothing but that it asks for cookies, with a button to answer, or for adverts. The
    words for these are few and much alike in many languages."""
    if len(whole) > _ALLOW:
        return None
    plain = _plain(whole)
    cookies, adverts = _words("consent", "subjects"), _words("consent", "adverts")
    asked = known.buttons > 0 and "cookie" in plain and _sentences(whole, cookies) < _OF_COOKIES
    if asked:  # and it is no list of headlines above a line on cookies
        on_them = sum(
            len(line) for line in whole.splitlines() if any(word in _plain(line) for word in cookies)
        )
        asked = 2 * on_them >= len(whole)
    if not asked:
        asked = any(word in plain for word in adverts) and _sentences(whole, adverts) < _OF_ADVERTS
    return "consent_wall" if asked else None


def _login(plain: str, headings: tuple[str, ...], known: Facts) -> str | None:
    if len(plain) > _LOGIN:
        return None
    said = sum(word in plain for word in _words("login", "words"))
    asked = known.password and (said > 0 or len(plain) <= _LOGIN // 3)
    titled = _is_titled(headings, "login")
    return "login_wall" if (titled and (known.password or said)) or (asked and said > 1) else None


def _gate(text: str, whole: str, plain: str, known: Facts) -> int | None:
    """Where the gate of a pay wall begins in ``text``, which is ``plain`` without its marks; its end where the gate
    stands elsewhere on the page."""
    if known.free is True:
        return None
    sure = _words("paywall", "sure")
    words = _among(sure | _words("paywall", "perhaps") if known.free is False else sure, plain)
    begin = 0
    for line in text.splitlines(keepends=True) if words else ():
        if _is_gate(_plain(line), words):
            below = _sentences(text[begin:], _words("paywall", "sure") | _words("paywall", "perhaps"))
            return begin if begin <= _BEGINNING and below <= _BELOW else None
        begin += len(line)
    if len(text) > SHORT:
        return None
    if known.free is False:
        return len(text)
    words = _among(sure, _plain(whole))
    around = whole.splitlines() if words else []
    return len(text) if any(_is_gate(_plain(line), words) for line in around) else None


def _among(words: frozenset[str], plain: str) -> list[str]:
    """Those of ``words`` that stand in ``plain``: most pages hold none, and need not be gone through line by line."""
    return [word for word in words if word in plain]


def _is_gate(plain: str, words: list[str]) -> bool:
    """Whether a line tells the reader to pay: not a story that tells of gates, nor a label before a headline."""
    if len(plain) > 400:
        return False
    for sentence in _FULL_STOP.split(plain):
        for word in words:
            at = sentence.find(word)
            if at < 0 or _LABEL.match(sentence, at + len(word)) or _says(plain):
                continue
            if at < _OPENING or _TO_READERS.search(sentence):
                return True
    return False


def _is_told(text: str) -> bool:
    """Whether a sentence of ``text`` says who said something, as reports do."""
    told = (line for line in text.splitlines() if len(line) >= _LINE and _END.search(line.strip()[-4:]))
    return any(_says(_plain(line)) for line in told)


def _says(plain: str) -> bool:
    return any(word in plain for word in _words("telling", "words"))


def _sentences(text: str, but: frozenset[str]) -> int:
    """Characters of the lines that are long or end a sentence, and hold none of the words ``but``."""
    told = (line for line in text.splitlines() if len(line) >= _LINE or _END.search(line.strip()[-4:]))
    return sum(len(line) for line in told if not any(word in _plain(line) for word in but))


def _is_titled(headings: tuple[str, ...], kind: str, *, whole: bool = False) -> bool:
    """Whether a heading is a title of this kind, or, unless it must be the ``whole``, what stands in it before or
    behind a dash or bar."""
    titles = _words(kind, "titles")
    for heading in headings:
        parts = [heading] if whole else [heading, *_SPLIT.split(heading)[:3]]
        if any(part.strip(_EDGES) in titles for part in parts):
            return True
    return False


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold().replace("’", "'")


@cache
def _words(kind: str, name: str) -> frozenset[str]:
    found: list[str] = vocabulary.load("walls")[kind][name]
    return frozenset(word.strip(_EDGES) if name == "titles" else word for word in found)
