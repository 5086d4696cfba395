"""Claims of responsibility: who says that he did it himself, is the culprit and the speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bearwitness.extract.actors import Deed, phrase_end, token_at, trimmed
from bearwitness.extract.phrases import TIME, Phrase, left_phrase, noun_before
from bearwitness.extract.tokens import Token
from bearwitness.extract.triggers import CLAIMED, CLAIMED_BY

DONE = (
    r"(?:killed|murdered|assassinated|executed|beheaded|shot|wounded|injured|attacked|ambushed|raided|bombed|shelled|hit|targeted|fired"
    r"|planted|detonated|launched|staged|mounted|abducted|kidnapped|carried out|set off|blown up|blew up)\b"
)
# "admitted that it had killed", "claimed on Tuesday to have killed"; who claims that "they" did so may speak of others
OWN_DEED = re.compile(
    rf"\b(?:admit(?:s|ted)?|acknowledged|conceded)(?: on \w+day)?(?: that)? (?:it|they|its [\w-]+|their [\w-]+)(?: had| have)? {DONE}"
    rf"|\b(?:claim(?:s|ed)?|boast(?:s|ed)?)(?: on \w+day)?(?: that)? (?:it|its [\w-]+)(?: had| have)? {DONE}"
    rf"|\b(?:claim(?:s|ed)?|admit(?:s|ted)?)(?: on \w+day)? (?:to )?hav(?:e|ing) {DONE}"
)
WORD = frozenset(
    "statement communique communiqué leaflet leaflets message letter note call video videotape pamphlet pamphlets".split()
)
SENT = frozenset(
    "issued released sent posted published distributed left made circulated read faxed mailed".split()
)
PASSED = TIME | frozenset(
    "trying declared that announced insisted continues sought seeking tried said says it they \" “ ” ' ‘ ’".split()
)


def claims(tokens: list[Token], low: str) -> Iterator[Deed]:
    """The culprits that a sentence names as claiming the deed for themselves."""
    for match in (*CLAIMED.finditer(low), *OWN_DEED.finditer(low)):
        i = token_at(tokens, match.start())
        phrase = _subject(tokens, i)
        if phrase is not None and not _negated(tokens, i):
            first, last = trimmed(tokens, phrase.first, phrase.core)
            yield _claim(tokens, first, last, tokens[first].start, match.end())
    for match in CLAIMED_BY.finditer(low):
        i = token_at(tokens, match.end())
        last = phrase_end(tokens, i)
        if last > i:
            first, last = trimmed(tokens, i, last)
            yield _claim(tokens, first, last, match.start(), tokens[last - 1].end)


def _claim(tokens: list[Token], first: int, last: int, start: int, end: int) -> Deed:
    own = (tokens[first].start, tokens[last - 1].end)
    return Deed("perpetrator", "asserts", start, end, own, None, False, own)


def _subject(tokens: list[Token], i: int) -> Phrase | None:
    """Who claims with the verb at ``i``; of "the rebels, who have claimed" the rebels."""
    k = _verb_group(tokens, i)
    if k > 1 and tokens[k - 1].low in ("who", "which"):
        k -= 2 if tokens[k - 2].tag == "," else 1
    if k and tokens[k - 1].low in WORD:  # "issued a statement claiming responsibility"
        sent = next((n for n in range(k - 2, max(-1, k - 9), -1) if tokens[n].low in SENT), None)
        return left_phrase(tokens, sent) if sent is not None else None
    phrase = left_phrase(tokens, k)
    if phrase is None and k and tokens[k - 1].tag == ",":
        phrase = noun_before(tokens, k)
    if phrase is not None and phrase.first and tokens[phrase.first - 1].low in ("told", "tells"):
        return left_phrase(tokens, phrase.first - 1)  # "the rebels told reporters they had no part in it"
    return phrase


def _verb_group(tokens: list[Token], i: int) -> int:
    """The first token of the verb group that ends at ``i`` ("[the long name] tonight has claimed"), with what stands in
    brackets or marks before it."""
    k = i
    while k > 0:
        before = tokens[k - 1]
        if before.low in ("]", ")"):
            k = next((n for n in range(k - 1, max(-1, k - 9), -1) if tokens[n].low in ("[", "(")), k - 1)
        elif before.tag in "RBHm!" or before.low in PASSED or (before.low == "on" and tokens[k].low in TIME):
            k -= 1
        else:
            break
    return k


def _negated(tokens: list[Token], i: int) -> bool:
    return any(token.tag == "!" or token.low in ("no", "nobody") for token in tokens[max(0, i - 5) : i + 1])
