"""Who speaks in a headline: "12 killed in blast: police", "Police: 12 killed in blast", "Army kills 18 in Halden Monitor"."""

from __future__ import annotations

import re

from bearwitness.extract.phrases import HEADS, TIME, Phrase, is_speaker
from bearwitness.extract.text import Sentence
from bearwitness.extract.tokens import ORGANISATION, Token
from bearwitness.extract.voices import Attribution, made

CLOSING = re.compile(
    r"\b(Monitor(?:ing group)?|NGO|State TV)(?= (?:AFP|Reuters|AP)\b|$)"
)  # a headline's last words


def of_headline(sentence: Sentence, tokens: list[Token]) -> list[Attribution]:
    """The speakers beside a headline's colon, or at its end without one."""
    found: list[Attribution] = []
    for i, token in enumerate(tokens):
        if token.low == ":" and 0 < i < len(tokens) - 1:
            tail = Phrase(i + 1, len(tokens), len(tokens))
            if (
                len(tokens) - i <= 4
                and all(t.tag in "wWpPq" for t in tokens[i + 1 :])
                and is_speaker(tokens, i + 1, len(tokens))
            ):
                found.append(made(sentence, tokens, tail, i, (0, token.start)))
            else:
                _before_colon(found, sentence, tokens, i)
    closing = CLOSING.search(sentence.text)
    if not found and closing is not None:
        inside = [k for k, t in enumerate(tokens) if closing.start(1) <= t.start < closing.end(1)]
        if inside and inside[0] and tokens[inside[0] - 1].tag not in "iomQ&SEVG":
            phrase = Phrase(inside[0], inside[-1] + 1, inside[-1] + 1)
            found.append(made(sentence, tokens, phrase, inside[0], (0, closing.start(1))))
    return found


def _before_colon(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """ "Police: 3 killed", with a date before it or none."""
    first = next((k for k in range(i) if not tokens[k].text.isdigit() and tokens[k].low not in TIME), i)
    names = tokens[first:i]
    initials = not sentence.text.isupper() and len(names) == 1 and names[0].text.isupper()  # "RPD: 4 shot"
    head = bool(names) and (names[-1].low in HEADS or names[-1].low in ORGANISATION)
    speaks = initials or (head and not any(t.tag in "iom" or t.low == "vs" for t in names))
    if 0 < len(names) <= 6 and speaks and not any(t.tag in "EGSDXQ" for t in names):
        found.append(made(sentence, tokens, Phrase(first, i, i), i, (tokens[i].end, len(sentence.text))))
