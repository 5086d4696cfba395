"""Responsibility: claimed, denied, laid on others; and denials that anything happened."""

from __future__ import annotations

from bearwitness.extract.actors import Deed, clean_speaker, deed, is_actor, may_do, phrase_end
from bearwitness.extract.claimed import claims
from bearwitness.extract.denials import denials
from bearwitness.extract.phrases import left_phrase
from bearwitness.extract.tokens import Token


def responsibility(found: list[Deed], tokens: list[Token], text: str, low: str) -> None:
    """Claims of responsibility, denials of it, and denials that anything happened."""
    found += denials(tokens)
    found += claims(tokens, low)


ACCUSE = frozenset("accused accuses accusing blamed blames blame blaming implicated".split())
HOLD = frozenset("hold holds held holding".split())


def accusations(found: list[Deed], tokens: list[Token]) -> None:
    """ "X accused Y of", "X blamed Y for", "X suspect Y of", "held Y responsible", "attributed the strike to Y"."""
    for i, token in enumerate(tokens):
        if (
            token.low in ACCUSE
            or (token.low == "suspected" and _passive(tokens, i))
            or (token.low in ("suspect", "suspects") and _suspects(tokens, i))
        ):
            _accused(found, tokens, i)
        elif token.low in ("responsible", "accountable"):
            start = next((k for k in range(i - 1, max(-1, i - 10), -1) if tokens[k].low in HOLD), None)
            if start is not None and i > start + 1:
                _lay_on(found, tokens, start, (start + 1, i), i)
        elif token.low in ("attributed", "pointed"):
            to = next((k for k in range(i + 1, min(i + 8, len(tokens))) if tokens[k].low == "to"), None)
            last = phrase_end(tokens, to + 1) if to is not None else 0
            if to is not None and last > to + 1 and is_actor(tokens, to + 1, last):
                if to == i + 1 and token.low == "attributed":  # "an attack attributed to Y"
                    found.append(_by_nobody(tokens, i, to + 1, last))
                else:
                    _lay_on(found, tokens, i, (to + 1, last), last - 1)


def _suspects(tokens: list[Token], i: int) -> bool:
    """Whether "suspect" is a verb: "police suspect the Lake Guard of", not "a suspect of the police"."""
    if not 0 < i < len(tokens) - 1 or tokens[i - 1].tag in "taqQ,;'o":
        return False
    after = tokens[i + 1]
    named = after.tag == "t" or (after.text[:1].isupper() and not tokens[i].text.isupper())
    return named and any(token.tag == "o" for token in tokens[i + 2 : i + 10])


def _passive(tokens: list[Token], i: int) -> bool:
    return i > 0 and tokens[i - 1].tag in "BR" and any(t.tag == "B" for t in tokens[max(0, i - 3) : i])


def _accused(found: list[Deed], tokens: list[Token], i: int) -> None:
    start = i + 1
    if _passive(tokens, i):
        after = tokens[start].low if start < len(tokens) else ""
        phrase = left_phrase(tokens, i - 1) if after in ("of", "for") else None
        if phrase is not None and (
            may_do(tokens, phrase.first, phrase.core)
        ):  # "Y was blamed for the attack"
            found.append(_by_nobody(tokens, i, phrase.first, phrase.core))
        last = phrase_end(tokens, start + 1)
        if tokens[i].low == "blamed" and after == "on" and last > start + 1:  # "the attack was blamed on Y"
            found.append(_by_nobody(tokens, i, start + 1, last))
        return
    last = _before_of(tokens, start, phrase_end(tokens, start))
    if last < len(tokens) and tokens[last].low == "on" and tokens[i].low.startswith("blam"):
        start, last = last + 1, phrase_end(tokens, last + 1)
    if last > start and tokens[start].low not in THEMSELVES:
        _lay_on(found, tokens, i, (start, last), last - 1)


def _before_of(tokens: list[Token], start: int, last: int) -> int:
    """ "accused the Column of firing": the accused ends before "of" and a deed."""
    for k in range(start + 1, last):
        deed_follows = tokens[k + 1].low.endswith("ing") if k + 1 < len(tokens) else False
        if tokens[k].tag == "o" and (
            deed_follows or (tokens[k - 1].text[:1].isupper() and tokens[k + 1].tag in "tw")
        ):
            return k
    return last


def _by_nobody(tokens: list[Token], cue: int, first: int, last: int) -> Deed:
    """What is laid on the accused, tokens [first, last), without anybody who says so."""
    around = tokens[min(cue, first)].start, tokens[max(cue, last - 1)].end
    return deed("perpetrator", tokens, first, last, around, True)


def _lay_on(found: list[Deed], tokens: list[Token], cue: int, accused: tuple[int, int], end: int) -> None:
    """The subject of the cue lays it on ``accused`` (tokens [first, last))."""
    phrase = left_phrase(tokens, cue)
    speaker = clean_speaker(tokens, phrase) if phrase is not None else None
    around = (tokens[cue].start, tokens[end].end)
    found.append(deed("perpetrator", tokens, *accused, around, speaker is None, speaker=speaker))


THEMSELVES = frozenset("him her it them each itself themselves us".split())
