"""Which language a text is in. English is told by its commonest words; anything else asks py3langid, whose
model takes the better part of a second to load and is therefore loaded only then.

What matters is whether a text is English, since that decides whether it is read; so another language is believed by
how much better it fits than English does, which even a headline shows. Which of two near languages it is (Indonesian
or Malay) matters less, and is left open where they fit alike.
"""

from __future__ import annotations

import re

_SAMPLE = 4000  # characters
_FEWEST_LETTERS = 25  # a shorter text may be a name and a number
_FEWEST_FOREIGN = 8  # in letters that English has not, each of which tells more
_FEWEST_WORDS = 5  # different ones
# Of log-likelihood. An English line of names can fit another language better by some 40, or 0.6 a letter.
_NOT_ENGLISH = 45.0
_NOT_ENGLISH_EACH = 0.8
_ENGLISH_BY = 5.0  # between English and the next: below, the model is guessing
_WHICH = 1.0  # between two other languages
UNTOLD = "und"
"""ISO 639-2 for a language that is not English and not told from its neighbours."""
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
    foreign = _foreign_script(sample, letters)
    if letters < (_FEWEST_FOREIGN if foreign else _FEWEST_LETTERS):
        return said
    common = [word for word in words if word in _ENGLISH]
    if len(common) >= 0.2 * len(words) and any(word in _ENGLISH_ALONE for word in common):
        return "en"
    if len(set(words)) < _FEWEST_WORDS and not foreign:
        return said
    return _told(sample, letters) or said


def _told(sample: str, letters: int) -> str | None:
    """What py3langid says, where it is sure enough."""
    from py3langid import rank  # slow to load, seldom needed

    ranked = [(str(code), float(fit)) for code, fit in rank(sample) if len(code) == 2]
    (best, first), (_, second) = ranked[:2]
    if best == "en":
        return best if first - second >= _ENGLISH_BY else None
    english = next(fit for code, fit in ranked if code == "en")
    if first - english < max(_NOT_ENGLISH, _NOT_ENGLISH_EACH * letters):
        return None
    return best if first - second >= _WHICH else UNTOLD


def _foreign_script(sample: str, letters: int) -> bool:
    """Whether a short text is mostly in letters that English has not."""
    strange = sum(
        1
        for letter in sample
        if letter > "\u024f" and letter.isalpha() and not "\u1e00" <= letter <= "\u1eff"
    )
    return strange > 0.6 * letters


def _code(declared: str | None) -> str | None:
    """The first part of a language tag ("en-GB" is "en"); None if it is no such tag."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)", declared or "")
    return match[1].lower() if match else None
