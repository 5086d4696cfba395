"""What was done, by whom, with what, to what: perpetrators, weapons, targets, denials.

Rules over the tokens of one sentence; every finding carries the words it rests on.
"""

from __future__ import annotations

import re

from bearwitness import vocabulary
from bearwitness.extract.actors import (
    Deed,
    is_passive,
    near,
    phrase_end,
    token_at,
)
from bearwitness.extract.culprits import culprits
from bearwitness.extract.namesakes import WITHIN
from bearwitness.extract.responsibility import accusations, responsibility
from bearwitness.extract.tokens import Token, capitalised
from bearwitness.extract.triggers import (
    ATTACK_NOUN,
    EXPLODE,
    FIRED,
    HEDGE,
    HIT,
    ONLY_IN_HARM,
    WEAPON,
    WEAPONS,
)


def deeds(tokens: list[Token], text: str, low: str) -> list[Deed]:
    """The perpetrators, weapons, targets and denials that one sentence states."""
    found: list[Deed] = []
    hedges = [match.start() for match in HEDGE.finditer(low)]
    responsibility(found, tokens, text, low)
    accusations(found, tokens)
    culprits(found, tokens, low, hedges)
    _targets(found, tokens, text, low, hedges)
    _weapons(found, tokens, text, low, hedges)
    denied = next((d.start for d in found if d.about == "occurred" and d.stance == "denies"), None)
    if denied is not None:  # what stands in the reports that are denied is not asserted here
        return [d for d in found if d.start < denied or d.about == "occurred"]
    return found


TARGET_STOP = frozenset("it them him her us me there here himself herself itself themselves".split())
NO_TARGET = frozenset(
    "day days week time city town village province country region area night morning capital".split()
) | frozenset(vocabulary.load("dates")["weekdays"])
SITES = frozenset(vocabulary.load("deeds")["sites"]["words"])
SITE = re.compile(
    r"\b(?:(?:at|in|inside|outside|near|on)|of(?= an? )) (?P<site>(?:a|an|the|two|three|its) (?:[\w'-]+ ){0,4}?(?:"
    + "|".join(sorted(SITES, key=len, reverse=True))
    + r"))(?![\w-])"
)


def site(low: str) -> tuple[int, int] | None:
    """The site a sentence names ("at a grain office", "in the cloth market"), as characters, article left out."""
    match = SITE.search(low)
    if match is None:
        return None
    article = re.match(r"(?:a|an|the|its) ", match["site"])
    return match.start("site") + (article.end() if article else 0), match.end("site")


NOUN_TARGET = re.compile(
    r"\b(?:attacks?|assault|strikes?|raids?|bombings?|ambush|offensive|shelling|fire|explosives|attempt|missiles|rockets"
    r"|grenades?|shells|bombs?) (?:(?:on|against|at|into)|that has been perpetrated [\w ]{0,40}?against)\s"
)
ALSO_NOUNS = frozenset(
    ("strike", "strikes", "attack", "attacks", "raid", "raids")
)  # verbs only after a subject or "to"


def _targets(found: list[Deed], tokens: list[Token], text: str, low: str, hedges: list[int]) -> None:
    """What was hit: "bombed a school", "a school was hit", "attack on a school", "fired at houses"."""

    def put(first: int, last: int, around: tuple[int, int]) -> None:
        _put_target(found, tokens, first, last, around, hedges, text)

    for match in HIT.finditer(low):
        i, j = token_at(tokens, match.start()), token_at(tokens, match.end())
        if is_passive(tokens, i):
            k = i - 1
            while k > 0 and tokens[k].tag in "RBH":
                k -= 1
            first = k
            while first > 0 and tokens[first].tag in "wWpqYQXO'":
                first -= 1
            put(first, k + 1, (tokens[first].start, match.end()))
        elif match.group() not in ALSO_NOUNS or (i and tokens[i - 1].tag in "mPJ"):
            while j < len(tokens) and tokens[j].low in ("on", "at", "into", "against"):
                j += 1
            put(j, phrase_end(tokens, j), (match.start(), match.end()))
    for match in NOUN_TARGET.finditer(low):
        j = token_at(tokens, match.end())
        put(j, phrase_end(tokens, j), (match.start(), match.end()))
    for match in FIRED.finditer(low):
        i = token_at(tokens, match.start())
        window = range(i + 1, min(i + 7, len(tokens)))
        at = next((k for k in window if tokens[k].tag in ";,s&" or tokens[k].low in ("at", "into", "on")), i)
        if at > i and tokens[at].low in ("at", "into", "on") and match.group() != "planted":
            put(at + 1, phrase_end(tokens, at + 1), (match.start(), tokens[at].end))


def _put_target(
    found: list[Deed],
    tokens: list[Token],
    first: int,
    last: int,
    around: tuple[int, int],
    hedges: list[int],
    text: str,
) -> None:
    while first < last and (
        tokens[first].tag in "ta" or (tokens[first].tag == "R" and tokens[first + 1 : first + 2] == [])
    ):
        first += 1
    words = tokens[first:last]
    if not words or not _can_be_target(words, text):
        return
    capital = words[0].text[0].isupper() and not text.isupper()
    abouts = ("target", "perpetrator") if capital else ("target",)  # "blamed the strike on the Lake Guard"
    if any(d.about in abouts and d.value and d.value[0] <= words[0].start < d.value[1] for d in found):
        return
    value = (words[0].start, words[-1].end)
    start, end = min(around[0], value[0]), max(around[1], value[1])
    found.append(Deed("target", "asserts", start, end, value, None, near(hedges, around[0], value[1])))


def _can_be_target(words: list[Token], text: str) -> bool:
    head = words[-1]
    if (
        words[0].low in TARGET_STOP
        or head.tag == "Q"
        or head.low in NO_TARGET
        or all(t.tag in "R;,'" for t in words)
    ):
        return False
    if len(words) == 1 and head.low.endswith("ed"):
        return False  # "attack prevented": a verb
    if words[0].low in ("city", "town", "village", "capital") and len(words) > 1 and words[1].tag == "o":
        return False  # "the city of Kenema": that is the place
    if WEAPON.search(" ".join(t.low for t in words)) and not any(t.low in SITES for t in words):
        return False  # "missiles were fired at": the weapon
    names = all(t.text[:1].isupper() or t.tag == "Q" or t.low in WITHIN for t in words)
    length = sum(
        t.low not in WITHIN for t in words
    )  # "Frente del Llano" is no longer a name than "Norland Front"
    return not (names and length <= 2 and capitalised(head) and not text.isupper() and head.low not in SITES)


def _weapons(found: list[Deed], tokens: list[Token], text: str, low: str, hedges: list[int]) -> None:
    for match in WEAPON.finditer(low):
        word = match.group()
        tail = low[match.end() : match.end() + 16]
        if word in ONLY_IN_HARM and not (
            any(t.tag in "EGSDXTLUK" for t in tokens)
            or HIT.search(low)
            or EXPLODE.search(low)
            or FIRED.search(low)
            or ATTACK_NOUN.search(low)
        ):
            continue
        if re.match(
            r" (?:attempt|disposal|squad|threat|warning|launcher|program|programme|test|factory|maker|control|law|barrage siren|defen[cs]e|convoy|workers?|company|shaft|site|owner|manager|disaster)",
            tail,
        ):
            continue
        start, end = match.span()
        following = re.match(r"\s*\((?P<also>[\w-]+)\)", low[end:])
        name = WEAPONS[word]
        if following and following["also"] in WEAPONS:
            name = WEAPONS[following["also"]]
        if any(
            d.about == "weapon" and d.value and text[d.value[0] : d.value[1]].lower() == word for d in found
        ):
            continue
        if any(
            d.about == "weapon"
            and d.value
            and d.value[0] <= start < d.value[1] + 12
            and d.value_class == name
            for d in found
        ):
            continue
        found.append(Deed("weapon", "asserts", start, end, (start, end), name, near(hedges, start - 30, end)))
