"""What a site is called: a building, a road or a quarter where something happened, as a whole phrase."""

from __future__ import annotations

import re

from bearwitness import vocabulary
from bearwitness.extract.deeds import SITES
from bearwitness.extract.lines import Line
from bearwitness.extract.phrases import MONTHS, WEEKDAYS
from bearwitness.extract.tokens import Token

_DATA = vocabulary.load("sites")
OPEN = frozenset("of the a an and or its his her their this that two three several many some".split())
BEFORE_NOUN = frozenset(_DATA["before_noun"])
WITHIN = re.compile(
    r"(?:of|in|on|at|near|along|between|off|outside|inside|from|to|by|around|behind|for|with|where)\b"
)
ARTICLE = re.compile(r"(?:the|an?) (?=\d)")
GENERAL = frozenset(_DATA["general"])
MOVING = frozenset(_DATA["moving"])
HEADS = SITES | frozenset(_DATA["heads"])
LONGEST = 12  # words of a site


def whole(line: Line, start: int, end: int) -> tuple[int, int] | None:
    """The phrase that characters ``start`` to ``end`` of a sentence mark as a site, without what does not belong to it;
    ``None`` where it names none."""
    tokens = line.tokens
    inside = [k for k, token in enumerate(tokens) if token.start < end and start < token.end]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    while last < len(tokens) and last - first < LONGEST and _goes_on(tokens, last):
        last += 1
    while first < last and _outside(tokens[first]):
        first += 1
    while first < last and (_outside(tokens[last - 1]) or tokens[last - 1].tag in "iob"):
        last -= 1
    words = tokens[first:last]
    if not any(len(token.low) > 2 and token.low[0].isalpha() for token in words):
        return None
    head = next((k for k, token in enumerate(words) if k and WITHIN.fullmatch(token.low)), len(words))
    last_word = words[head - 1].low
    if last_word in MOVING or all(token.low in GENERAL | OPEN for token in words):
        return None
    if not (_is_head(last_word) or _named(line, words)):
        return None
    article = ARTICLE.match(line.low, words[0].start)  # "the 200" is one token
    return article.end() if article is not None else words[0].start, words[-1].end


def is_site(line: Line, start: int, end: int) -> bool:
    """Whether what was aimed at is a building or the like, where it happened, and not who was there."""
    words = [token.low for token in line.tokens if token.start < end and start < token.end]
    return bool(words) and _is_head(words[-1]) and words[-1] not in MOVING


def _is_head(word: str) -> bool:
    return word in HEADS or word.removesuffix("s") in HEADS


def _named(line: Line, words: list[Token]) -> bool:
    """Whether it is a name: of two words in text all in capitals, else one that is more than initials."""
    names = [token for token in words if token.text[0].isupper() and len(token.low) > 2]
    if line.sentence.text.isupper():
        return len(names) > 1
    return any(not token.text.isupper() for token in names) or len(names) > 1


def _goes_on(tokens: list[Token], at: int) -> bool:
    """Whether the token at ``at`` belongs to the phrase that ends before it."""
    before, token = tokens[at - 1], tokens[at]
    if token.tag in ',;"' or token.tag in "BHEGSDLVmbs!":
        return False
    if before.low in BEFORE_NOUN or (before.low in OPEN and before.low not in ("and", "or")):
        return token.tag not in "i&"
    if token.low in WEEKDAYS or token.low in MONTHS:
        return False
    if token.low in HEADS and before.tag in "wW":
        return True
    return all(one.tag == "W" and one.text[0].isupper() and not one.text.isupper() for one in (before, token))


def _outside(token: Token) -> bool:
    return token.tag in ",;\"&ta'" or token.low in OPEN or not any(c.isalnum() for c in token.text)
