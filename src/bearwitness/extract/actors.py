"""Phrases that name a perpetrator, and the finding a deed becomes."""

from __future__ import annotations

from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.extract.namesakes import WITHIN
from bearwitness.extract.phrases import TIME, Phrase
from bearwitness.extract.tokens import ONE_OF, Token, capitalised
from bearwitness.extract.triggers import ACTOR_HEADS, ACTOR_NAME, ATTACK_NOUN, STRICT_HEADS, WEAPONS
from bearwitness.record import About, Stance


class Deed(NamedTuple):
    """One claim about an event other than a count: characters of the sentence, and the value's own words."""

    about: About
    stance: Stance
    start: int
    end: int
    value: tuple[int, int] | None
    value_class: str | None
    hedged: bool
    speaker: tuple[int, int] | None = (
        None  # where the deed itself names who says it (a denial, an accusation)
    )
    looks_back: bool = False  # a denial of what was said before ("rejected the claim")


def clean_speaker(tokens: list[Token], phrase: Phrase) -> tuple[int, int]:
    """A speaker's words without a leading "the"."""
    first = phrase.first
    while first < phrase.core - 1 and tokens[first].low in ("the", "this", "that"):
        first += 1
    return tokens[first].start, tokens[phrase.core - 1].end


def is_actor(tokens: list[Token], first: int, last: int) -> bool:
    """Whether the phrase can be a perpetrator: an armed body, a group's name, a state, "gunmen"."""
    words = " ".join(token.low for token in tokens[first:last])
    if ACTOR_NAME.search(words):
        return True
    head = tokens[last - 1].low
    if head in STRICT_HEADS:
        return any(
            t.low
            in (
                "armed",
                "masked",
                "unidentified",
                "unknown",
                "hooded",
                "suspected",
                "gunmen",
                "security",
                "military",
                "air",
                "rebel",
                "coalition",
                "enemy",
                "army",
                "special",
            )
            or t.low in ONE_OF
            for t in tokens[first:last]
        ) or head in ("suspect", "suspects", "coalition", "warplanes")
    return head in ACTOR_HEADS or _armed_of(tokens[first:last])


def _armed_of(words: list[Token]) -> bool:
    """Whether armed persons of a named side are meant ("militiamen of the Ash Circle")."""
    of = next((k for k, t in enumerate(words) if t.tag == "o"), 0)
    after = [t for t in words[of + 1 :] if t.tag not in "toa'" and t.low not in WITHIN]
    before = words[of - 1].low if of else ""
    return before in ACTOR_HEADS - STRICT_HEADS and bool(after) and all(named(t) for t in after)


def is_body(tokens: list[Token], first: int, last: int) -> bool:
    """Whether the phrase is "the Ash Circle": an article and capitalised words that are no weapon or attack."""
    words = tokens[first:last]
    if (
        len(words) < 2
        or words[-1].tag == "'"
        or words[0].low not in ("the", "members", "fighters", "suspected")
    ):
        return False
    names = [t for t in words[1:] if t.tag not in "toa'" and t.low not in WITHIN]
    if (
        not names
        or not all(named(t) or t.low in ("members", "fighters") for t in names)
        or not named(names[-1])
    ):
        return False
    return not any(
        t.low in WEAPONS or ATTACK_NOUN.fullmatch(t.low) or t.low in vocabulary.load("dates")["weekdays"]
        for t in names
    )


def may_do(tokens: list[Token], first: int, last: int) -> bool:
    """Whether the phrase names one who may do harm, by what it is or by a body's name."""
    return is_actor(tokens, first, last) or is_body(tokens, first, last)


def named(token: Token) -> bool:
    """Whether a word is written like one of a name ("Wadi", "al-Wadi")."""
    return token.text[:1].isupper() or (token.tag == "W" and token.low.startswith(("al-", "el-")))


def trimmed(tokens: list[Token], first: int, last: int) -> tuple[int, int]:
    """The phrase without article, number and hedge: [first, last) in tokens."""
    while first < last - 1 and (
        (tokens[first].tag in "taQR" and tokens[first].low not in ("its", "their", "our"))
        or tokens[first].low in ("suspected", "alleged", "of", "group", "groups")
        or tokens[first].low.startswith("a group")
    ):
        first += 1
    return first, last


LOOSE = "otai&;,b"  # tags that no name ends with


def completed(tokens: list[Token], first: int, last: int) -> tuple[int, int]:
    """A phrase without loose ends: "insurgents of the" and "Syrian and" go on to their noun, "the army and" ends before
    the "and", and "rebels" begins with the name before it, "Northern Column rebels"."""
    while first < last - 1 and not tokens[first].text[0].isalnum():
        first += 1
    while (
        first
        and tokens[first - 1].tag == "W"
        and tokens[first].tag in "pPwW"
        and not tokens[first].text.isupper()
    ):
        if tokens[first - 1].low in TIME or tokens[first - 1].end + 1 != tokens[first].start:
            break
        first -= 1
    if tokens[last - 1].tag not in LOOSE:
        return first, last
    joined = tokens[last - 1].tag == "&"
    goes_on = not joined or (last - 2 >= first and tokens[last - 2].tag == "q")
    end = phrase_end(tokens, last) if goes_on and tokens[last - 1].tag in "ota&" else last
    while end == last > first + 1 and tokens[last - 1].tag in LOOSE:
        last = end = last - 1
    return first, end


def phrase_end(tokens: list[Token], i: int, most: int = 9) -> int:
    """Where the noun phrase beginning at ``i`` ends."""
    k = i
    while k < len(tokens) and k - i < most:
        token = tokens[k]
        if (
            token.tag in "wWpPqYXtaQO'T"
            or (token.tag == "R" and k == i)
            or (capitalised(token) and token.tag not in ",;")
            or (token.tag == "R" and k + 1 < len(tokens) and tokens[k + 1].tag == "w")
        ):
            if token.tag == "t" and k > i and tokens[k - 1].tag not in "o":
                break
            k += 1
        elif token.tag == "o" and k > i and k + 1 < len(tokens) and tokens[k + 1].tag in "wWpPtq":
            k += 1
        else:
            break
    while k > i and tokens[k - 1].tag in "otaR'":
        k -= 1
    return k


def near(hedges: list[int], start: int, end: int) -> bool:
    return any(start - 25 <= hedge <= end + 18 for hedge in hedges)


def deed(
    about: About,
    tokens: list[Token],
    first: int,
    last: int,
    around: tuple[int, int],
    hedged: bool,
    stance: Stance = "asserts",
    speaker: tuple[int, int] | None = None,
) -> Deed:
    first, last = trimmed(tokens, first, last)
    value = (tokens[first].start, tokens[last - 1].end)
    return Deed(
        about, stance, min(around[0], value[0]), max(around[1], value[1]), value, None, hedged, speaker
    )


def token_at(tokens: list[Token], char: int) -> int:
    """The token that holds or follows a character."""
    for k, token in enumerate(tokens):
        if token.end > char:
            return k
    return len(tokens)


def is_passive(tokens: list[Token], i: int) -> bool:
    k = i - 1
    while k >= 0 and tokens[k].tag in "R!":
        k -= 1
    return k >= 0 and tokens[k].tag == "B"
