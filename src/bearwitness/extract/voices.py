"""One attribution: who is said to say something, and where."""

from __future__ import annotations

from typing import NamedTuple

from bearwitness.extract.phrases import Phrase
from bearwitness.extract.telling import PRONOUNS
from bearwitness.extract.text import Sentence
from bearwitness.extract.tokens import Token, capitalised

ISSUED = frozenset(("statement", "communique", "communiqué", "press release"))


class Attribution(NamedTuple):
    """Offsets are characters of the report. ``pronoun`` speakers are resolved against earlier ones."""

    start: int
    end: int  # of the speaker's words
    words: str
    cue: int
    cue_word: str
    scope: tuple[int, int]
    pronoun: bool
    apposition: str | None = None
    denies: bool = False
    article: bool = False  # "the" stands before a name: a body's, no person's


def _begins(text: str, start: int, end: int) -> int:
    """Where a speaker's words begin: behind "[TEXT]", and behind the quotation before them."""
    closed = text.find('"', start, end) if text.count('"', 0, start) % 2 else -1
    bracket = text.find("]", start, end)
    cut = max(closed, -1 if text.find("[", start, bracket) >= 0 else bracket) + 1
    while 0 < cut < end and text[cut].isspace():
        cut += 1
    return cut if 0 < cut < end else start


def made(
    sentence: Sentence, tokens: list[Token], phrase: Phrase, cue: int, scope: tuple[int, int]
) -> Attribution:
    first = phrase.first
    while first < phrase.core - 1 and tokens[first].low in ("the", "this", "that", "from"):
        first += 1
    start, end = tokens[first].start, tokens[phrase.core - 1].end
    start = _begins(sentence.text, start, end)
    pronoun = phrase.core - phrase.first == 1 and tokens[phrase.first].low in PRONOUNS
    pronoun = pronoun or sentence.text[start:end].lower().removeprefix("the ") in ISSUED
    return Attribution(
        sentence.start + start,
        sentence.start + end,
        sentence.text[start:end],
        sentence.start + tokens[cue].start,
        tokens[cue].low,
        (sentence.start + scope[0], sentence.start + scope[1]),
        pronoun,
        sentence.text[tokens[phrase.core].end : tokens[phrase.last - 1].end].strip()
        if phrase.last > phrase.core
        else None,
        article=first > phrase.first and capitalised(tokens[first]),
    )
