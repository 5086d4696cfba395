"""Noun phrases that can speak: found leftwards from "said" and rightwards from "according to"."""

from __future__ import annotations

from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.extract.namesakes import is_plain
from bearwitness.extract.tokens import ORGANISATION, PLURAL, SINGULAR, TITLES, Token, capitalised

_DATA = vocabulary.load("speakers")
HEADS = frozenset(_DATA["heads"]["words"]) | frozenset(
    word for entry in _DATA["roles"] for words in entry["words"] for word in words.split()
)

SPEAKING = HEADS | ORGANISATION | PLURAL.keys() | SINGULAR.keys()  # words for those who speak

WEEKDAYS = frozenset(vocabulary.load("dates")["weekdays"])

MONTHS = frozenset(vocabulary.load("dates")["months"]) | frozenset(vocabulary.load("dates")["abbreviations"])

TIME = (
    WEEKDAYS
    | MONTHS
    | frozenset(
        "today yesterday tonight morning afternoon evening night early late earlier later overnight".split()
    )
)

# What a body is said to be behind its name: no person.
BODIES = frozenset(
    "group monitor watchdog agency organisation organization network charity collective ngo association outlet station service".split()
)
NOUNS_IN_LY = frozenset(
    "family assembly italy july ally monopoly anomaly".split()
)  # no adverbs, in a text all in capitals
PERIODS = frozenset("week month year".split())
RELATIVE = frozenset("who which".split())
WATCHES = frozenset(
    "monitors tracks documents records supports reports watches covers".split()
)  # verbs, behind "which"
LINKING = frozenset("for in at with from".split())


INDEFINITE = frozenset("some many others most those few both all each another".split())


class Phrase(NamedTuple):
    """A noun phrase by its tokens [first, last)."""

    first: int
    last: int
    core: int  # where the part before an apposition ends


def is_speaker(tokens: list[Token], first: int, last: int) -> bool:
    """Whether the phrase can speak: a name, an office, a role, a pronoun."""
    words = tokens[first:last]
    if len(words) == 1 and words[0].tag == "j":
        return True
    if all(token.low in TIME or token.tag in "tQia,;" for token in words):
        return False
    if words[0].tag in "ta" and words[-1].tag == "w" and words[-1].low not in TIME:
        return True  # "the garrison said": what has a voice is let speak
    for token in words:
        low = token.low.rstrip("'")
        if low in SPEAKING:
            return True
        if token.text[:1].isupper() and low not in TIME and token.tag in "WPpqXEO":
            return True
        if token.text.startswith("@"):
            return True
        if token.text.isupper() and token.tag == "w" and len(low) > 2 and not is_plain(low):
            return True  # a name in a text all in capitals
    return False


def left_phrase(tokens: list[Token], i: int) -> Phrase | None:
    """The noun phrase that is subject of the cue at token ``i``."""
    j = i - 1
    while j >= 0 and (
        tokens[j].tag in "RH"
        or tokens[j].low in TIME
        or (
            tokens[j].text.isupper()
            and tokens[j].low.endswith("ly")
            and is_plain(tokens[j].low)
            and tokens[j].low not in NOUNS_IN_LY
        )
        or tokens[j].low == "further"
        or (tokens[j].low == "once" and tokens[j + 1 : j + 2] and tokens[j + 1].low == "again")
        or (tokens[j].tag == "&" and 0 < j < i - 1 and tokens[j - 1].tag == tokens[j + 1].tag == "R")
        or (tokens[j].low == "on" and j + 1 < len(tokens) and tokens[j + 1].low in TIME)
        or (tokens[j].low in PERIODS and j and tokens[j - 1].low in ("this", "last"))
        or (tokens[j].low in ("this", "last") and tokens[j + 1].low in PERIODS)
    ):
        j -= 1
    if j < 0:
        return None
    if tokens[j].tag == ",":
        return _apposed(tokens, j)
    end = j
    if tokens[j].low in (")", "]"):  # "an official of the United Party (UP) said"
        j = next((k - 1 for k in range(j, max(-1, j - 6), -1) if tokens[k].low in "(["), j)
    if tokens[j].tag == "Q" and tokens[j].text.isdigit() and j and capitalised(tokens[j - 1]):
        first = collect(tokens, j - 1)  # "paramedics from Station 36 reported", not "in Halden 36 said"
        free = first is not None and (first == 0 or tokens[first - 1].tag not in "io")
        if first is not None and free and is_speaker(tokens, first, j):
            return Phrase(first, j + 1, j + 1)
    first = j if tokens[j].tag == "j" else collect(tokens, j)  # "in the town of Halden it said": it
    held = _holder(tokens, first) if first is not None else None
    if held is not None:
        return held
    if first is None or not is_speaker(tokens, first, j + 1):
        return None
    named = _unmarked(tokens, first, j)
    return named._replace(last=end + 1) if named is not None else Phrase(first, j + 1, j + 1)


def _holder(tokens: list[Token], first: int) -> Phrase | None:
    """Who is told of in the words before: "the clinic WHICH RECORDS the wounded said"."""
    verb = next((k for k in (first, first - 1) if k > 1 and tokens[k].low in WATCHES), None)
    if verb is None or tokens[verb - 1].low not in RELATIVE:
        return None
    last = verb - 2 if tokens[verb - 2].tag == "," else verb - 1
    held = collect(tokens, last - 1)
    return Phrase(held, last, last) if held is not None and is_speaker(tokens, held, last) else None


def _unmarked(tokens: list[Token], first: int, last: int) -> Phrase | None:
    """The name that a phrase beginning at ``first`` with an article is said of, no comma between them ("the Halden
    Observatory a monitoring group said")."""
    j = first - 1
    if j < 1 or tokens[first].tag != "a" or not any(t.low in BODIES for t in tokens[first : last + 1]):
        return None
    if tokens[j].low in (")", "]"):
        j = next((k - 1 for k in range(j, max(-1, j - 6), -1) if tokens[k].low in "(["), j)
    named = collect(tokens, j)
    if named is None or not capitalised(tokens[j]) or tokens[j].low in TIME:
        return None
    if named and (
        tokens[named - 1].tag in "iob" or (tokens[named - 1].tag not in ",;s" and tokens[named].tag != "t")
    ):
        return None  # "in the north of Orla a monitoring group said"
    body = any(token.low in HEADS or token.low in ORGANISATION for token in tokens[named : j + 1])
    return Phrase(named, first, j + 1) if body and j > named else None


def noun_before(tokens: list[Token], i: int) -> Phrase | None:
    """Any noun phrase that ends before token ``i``, whether it looks like a speaker or not."""
    j = i - 1
    while j >= 0 and (tokens[j].tag == "R" or tokens[j].low in TIME):
        j -= 1
    if j < 0:
        return None
    if tokens[j].tag == ",":
        return _set_off(tokens, j)
    return _ending(tokens, j)


def _ending(tokens: list[Token], j: int) -> Phrase | None:
    """The noun phrase whose last token is ``j``."""
    first = collect(tokens, j)
    if first is None or not (tokens[j].tag in "wWPpqQXO" or tokens[j].low in INDEFINITE):
        return None
    named = tokens[first].tag in "taQPWp" or tokens[j].low in HEADS or tokens[j].low in INDEFINITE
    if named or tokens[j].text[:1].isupper() or tokens[j].low.endswith("s"):
        return Phrase(first, j + 1, j + 1)
    return None


def _set_off(tokens: list[Token], comma: int) -> Phrase | None:
    """The noun phrase of which something is said between commas that may hold verbs ("the clinic, which treated
    dozens that night, said")."""
    for k in range(comma - 2, max(0, comma - 40), -1):
        after = tokens[k + 1]
        if tokens[k].tag == "," and (
            after.tag in "aCYQ" or after.low in ("the", "who", "which", "whose", "including")
        ):
            found = _ending(tokens, k - 1)
            if found is not None:
                return Phrase(found.first, comma, found.core)
    return None


def noun_after(tokens: list[Token], i: int) -> Phrase | None:
    """Any noun phrase that begins at token ``i``, whether it looks like a speaker or not."""
    k = i
    while k < len(tokens) and k - i < 12 and tokens[k].low not in TIME:
        how = tokens[k].tag == "R" and k > i and tokens[k - 1].tag in "ta"  # "a previously unknown group"
        if not how and tokens[k].tag not in "wWpPqXto'aQOT":
            break
        k += 1
    while k > i and tokens[k - 1].tag in "otaQ&'":
        k -= 1
    return Phrase(i, k, k) if k > i else None


def _apposed(tokens: list[Token], comma: int) -> Phrase | None:
    """ "Ada Example, head of the clinic, said": the name and what is said of it between commas, once or twice."""
    k = comma - 1
    for most in (14, 24):
        while k >= 0 and tokens[k].tag != ",":
            brackets = tokens[k].low in ("(", ")", "[", "]", ".")
            state = tokens[k].low in ("state", "states")  # "Secretary of State"
            if (tokens[k].tag in "VEGSDB;" and not brackets and not state) or comma - k > most:
                return None
            k -= 1
        if k <= 0 or k == comma - 1:
            return None
        first = collect(tokens, k - 1)
        named = first is not None and (first == 0 or tokens[first - 1].tag not in "iob,")
        if first is not None and is_speaker(tokens, first, k) and (most == 14 or named):
            return Phrase(first, comma, k)
        k -= 1
    return None


def collect(tokens: list[Token], j: int) -> int | None:
    """The first token of the noun phrase that ends at ``j``: a walk to the left."""
    first = None
    for k in range(j, -1, -1):
        token = tokens[k]
        if token.low in TIME and token.low != "may":
            break
        if token.tag in "taZ":
            first = k
            if not _goes_on(tokens, k):
                break
        elif token.tag == "Q" and _begins(tokens, k, first):
            first = k
            if k == 0 or tokens[k - 1].tag != "o":
                break
        elif _inside(tokens, k, first):
            first = k
        else:
            break
    if first is None:
        return None
    while first < j and tokens[first].tag in "o'&;":
        first += 1
    return first


def _goes_on(tokens: list[Token], k: int) -> bool:
    """Whether a phrase goes on to the left of its article ("governor OF THE province", "network The Nation")."""
    if k < 1:
        return False
    if tokens[k].text == "The" and tokens[k - 1].tag in "wW" and tokens[k - 1].low not in TIME:
        return True
    if k < 2:
        return False
    before = tokens[k - 1]
    return before.tag == "o" or ((before.low == "to" or before.low in LINKING) and tokens[k - 2].low in HEADS)


def _begins(tokens: list[Token], k: int, first: int | None) -> bool:
    """Whether a number belongs to the speaker's phrase ("two sources", "all of the residents")."""
    return k == 0 or tokens[k - 1].tag in ",;" or (first is not None and not tokens[k].text[:1].isdigit())


def _inside(tokens: list[Token], k: int, first: int | None) -> bool:
    token, before = tokens[k], tokens[k - 1] if k else None
    capital = capitalised(token)
    if first is None and before is not None and before.low == "united" and token.low == "states":
        return True
    if token.tag in "wWpPqYXjo'OT0" or (
        capital and (token.tag in "EGSDRLi" or token.low == "fire") and k > 0
    ):
        return True
    if before is None:
        return False
    if first is None and token.low in ("report", "reports"):
        return True  # "a government report said"
    if token.tag == "&":
        if first is None:
            return False
        if before.tag in "qW" and k + 1 < len(tokens) and tokens[k + 1].tag in "qW":
            return True  # "Palestinian and Israeli security sources"
        return before.tag in "wWpPq" and (before.low in HEADS or before.low in PLURAL)
    if first is None:
        return False
    if token.tag == ";":  # "Gen. Ada Example", "U.S. officials"
        return token.low in (".", "[", "]", "(", ")") and before.text[:1].isupper()
    return (token.low == "to" or (token.tag == "i" and token.low in LINKING)) and before.low in HEADS


def right_phrase(tokens: list[Token], i: int) -> Phrase | None:
    """The noun phrase that begins at token ``i`` ("according to THE CLINIC'S HEAD, ...")."""
    k = i
    while k < len(tokens) and tokens[k].tag == "R":
        k += 1
    first = k
    while k < len(tokens) and k - first < 16:
        token = tokens[k]
        if token.low in TIME and token.low != "may":
            break
        if (
            token.tag in "wWpPqYXot'aQOTZ"
            or capitalised(token)
            or token.text.startswith("@")
            or token.tag == "&"
            and k + 1 < len(tokens)
            and tokens[k + 1].tag in "wWpPqt"
            and k > first
            or token.tag == "i"
            and token.low in LINKING
            and k > first
            and tokens[k - 1].low in HEADS
            or (
                token.tag == ";"
                and token.low == "."
                and len(tokens[k - 1].text) <= 4
                and tokens[k - 1].low in TITLES
                and k + 1 < len(tokens)
            )
        ):
            k += 1
        else:
            break
    while k > first and tokens[k - 1].tag in "ota&'" and tokens[k - 1].low != "'s":
        k -= 1
    if k == first or not is_speaker(tokens, first, k):
        return None
    return Phrase(first, k, k)
