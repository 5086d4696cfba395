"""Which language a text is in. English is told by its commonest words; anything else asks py3langid, whose
model takes the better part of a second to load and is therefore loaded only then."""

from __future__ import annotations

import re

_SAMPLE = 4000  # characters
_FEWEST_LETTERS = 60  # a shorter text may be a name and a number
_FEWEST_WORDS = 5  # different ones
_MARGIN = 10.0  # of log-likelihood between the best language and the next: below, the model is guessing
_ENGLISH_TEXT = """
the of and to in a was were is are that on for by with at from said have has had be been it its he his she
her they their who which this as after before not but or an people killed injured police
"""
_ENGLISH = frozenset(_ENGLISH_TEXT.split())
_ENGLISH_ALONE = frozenset(
    ["the", "and", "of", "that", "with", "were", "was", "said", "from", "by", "which", "their"]
)
_WORD = re.compile(r"[^\W\d_]+")


def language(text: str, declared: str | None = None) -> str | None:
    """ISO 639-1 code of the language of ``text``, or None where the text is too short to tell. ``declared`` is
    what the page says of itself; it decides where the text does not."""
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    letters = sum(map(len, words))
    said = _code(declared)
    if letters < _FEWEST_LETTERS and not (said is None and _foreign_script(sample, letters)):
        return said
    common = [word for word in words if word in _ENGLISH]
    if len(common) >= 0.2 * len(words) and any(word in _ENGLISH_ALONE for word in common):
        return "en"
    if len(set(words)) < _FEWEST_WORDS:
        return said
    from py3langid import rank  # slow to load, seldom needed

    best, second = rank(sample)[:2]
    sure = best[1] - second[1] >= _MARGIN and len(best[0]) == 2
    return str(best[0]) if sure else said


def _foreign_script(sample: str, letters: int) -> bool:
    """Whether a short text is mostly in letters that English has not."""
    return (
        letters >= 20
        and sum(1 for letter in sample if letter > "\u024f" and letter.isalpha()) > 0.6 * letters
    )


def _code(declared: str | None) -> str | None:
    """The first part of a language tag ("en-GB" is "en"); None if it is no such tag."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)", declared or "")
    return match[1].lower() if match else None
