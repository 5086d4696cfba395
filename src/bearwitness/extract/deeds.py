"""What was done, by whom, with what, to what: perpetrators, weapons, targets, denials.

Rules over the tokens of one sentence; every finding carries the words it rests on.
"""

from __future__ import annotations

import re

from bearwitness import vocabulary
from bearwitness.extract.actors import (
    Deed,
    deed,
    is_actor,
    is_body,
    is_passive,
    near,
    phrase_end,
    token_at,
    trimmed,
)
from bearwitness.extract.responsibility import accusations, responsibility
from bearwitness.extract.tokens import NONPERSONS, ONE_OF, SINGULAR, SOME_OF, TITLES, Token, capitalised
from bearwitness.extract.triggers import (
    ACTOR_HEADS,
    ACTOR_NAME,
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
    _agents(found, tokens, low, hedges)
    _targets(found, tokens, text, low, hedges)
    _weapons(found, tokens, text, low, hedges)
    return found


def _agents(found: list[Deed], tokens: list[Token], low: str, hedges: list[int]) -> None:
    """Who did it: "killed by gunmen", "gunmen attacked", "attack by gunmen", "Armenia's attack"."""
    taken: set[int] = set()
    hits = {token_at(tokens, m.start()): m for m in HIT.finditer(low)} | {
        token_at(tokens, m.start()): m for m in FIRED.finditer(low)
    }

    def put(first: int, last: int, around: tuple[int, int]) -> None:
        a, b = trimmed(tokens, first, last)
        if a in taken or b <= a or tokens[b - 1].low in NONPERSONS:
            return
        taken.add(a)
        found.append(
            deed(
                "perpetrator", tokens, a, b, around, near(hedges, tokens[first].start - 3, tokens[b - 1].end)
            )
        )

    for i, token in enumerate(tokens):
        harmful = token.tag in "EGS" and token.about in ("killed", "injured", "abducted") or i in hits
        if harmful and i:
            phrase = _subject_actor(tokens, i)
            if phrase is not None and (token.tag != "E" or i + 1 < len(tokens)) and not is_passive(tokens, i):
                put(phrase[0], phrase[1], (tokens[phrase[0]].start, token.end))
        if (
            token.tag == "b"
            and i
            and any(
                t.tag in "EV"
                or _token_in(hits, k)
                or ATTACK_NOUN.fullmatch(t.low)
                or t.low in ("perpetrated", "led", "carried")
                for k, t in enumerate(tokens[max(0, i - 12) : i], max(0, i - 12))
            )
        ):
            last = phrase_end(tokens, i + 1)
            if last > i + 1 and (is_actor(tokens, i + 1, last) or is_body(tokens, i + 1, last)):
                put(i + 1, last, (tokens[max(0, i - 3)].start, tokens[last - 1].end))
        if ATTACK_NOUN.fullmatch(token.low):
            _of_attack(tokens, i, put)


def _token_in(hits: dict[int, re.Match[str]], k: int) -> bool:
    return k in hits


def _subject_actor(tokens: list[Token], i: int) -> tuple[int, int] | None:
    """The actor right before the verb at ``i``."""
    k = i - 1
    while k >= 0 and (
        tokens[k].tag in "RH"
        or tokens[k].low in ("who", "that", "which", "this", "morning", "today", "yesterday")
    ):
        k -= 1
    if k < 0 or tokens[k].tag in ",;":
        return None
    first = k
    while (
        first >= 0 and (tokens[first].tag in "wWpPqtaQRX'YO" or capitalised(tokens[first])) and k - first < 7
    ):
        if tokens[first].tag in "ta":
            break
        first -= 1
    first = max(first, 0)
    if tokens[first].tag not in "wWpPqtaQRX'YO" and not capitalised(tokens[first]):
        first += 1
    if first > k or not (is_actor(tokens, first, k + 1) or is_body(tokens, first, k + 1)):
        return None
    return first, k + 1


def _of_attack(tokens: list[Token], i: int, put: object) -> None:
    assert callable(put)
    if i + 2 < len(tokens) and tokens[i + 1].low in ("of", "by"):
        last = phrase_end(tokens, i + 2)
        if last > i + 2 and is_actor(tokens, i + 2, last):
            put(i + 2, last, (tokens[i].start, tokens[last - 1].end))
    k = i - 1
    while k >= 0 and i - k < 5 and tokens[k].tag in "wQWE" and tokens[k].low != "'s":
        k -= 1
    if k >= 1 and tokens[k].low == "'s" and tokens[k - 1].tag in "WqpP":
        first = k - 1
        while first > 0 and tokens[first - 1].tag in "Wq":
            first -= 1
        if (
            tokens[first].text[:1].isupper()
            and tokens[first].low
            not in TITLES
            | {
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
                "today",
                "yesterday",
            }
            and tokens[k - 1].low not in SINGULAR
            and tokens[first].low not in vocabulary.load("dates")["months"]
        ):
            put(first, k, (tokens[first].start, tokens[i].end))
        return
    k = i - 1
    while k >= 0 and i - k < 4 and tokens[k].tag == "w":
        k -= 1
    if (
        k >= 0
        and (tokens[k].low in ONE_OF or ACTOR_NAME.fullmatch(tokens[k].low))
        and tokens[k].low not in SOME_OF
        and tokens[i].low
        in (
            "strike",
            "strikes",
            "airstrike",
            "airstrikes",
            "shelling",
            "bombardment",
            "bombing",
            "raid",
            "raids",
            "attack",
            "attacks",
        )
    ):
        last = k + 1
        while (
            last < i
            and tokens[last].low in ACTOR_HEADS | {"air", "armed"}
            and tokens[last].low not in ("air",)
        ):
            last += 1
        put(k, last, (tokens[k].start, tokens[i].end))


TARGET_STOP = frozenset("it them him her us me there here himself herself itself themselves".split())


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
    while first < last and tokens[first].tag in "taR":
        first += 1
    if first >= last or first >= len(tokens) or tokens[first].low in TARGET_STOP:
        return
    words = tokens[first:last]
    if len(words) == 1 and words[0].low.endswith("ed"):
        return  # "attack prevented": a verb
    if (
        all(t.text[:1].isupper() or t.tag in "Q" for t in words)
        and len(words) <= 2
        and words[-1].text[:1].isupper()
        and not text.isupper()
    ) and words[-1].low not in ("hospital", "school", "mosque", "church", "hotel", "university", "airport"):
        return  # a town: that is the place
    if words[-1].tag == "Q" or words[-1].low in (
        "day",
        "days",
        "week",
        "time",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "city",
        "town",
        "village",
        "province",
        "country",
        "region",
        "area",
        "night",
        "morning",
        "capital",
    ):
        return
    if any(d.about == "target" and d.value and d.value[0] <= words[0].start < d.value[1] for d in found):
        return
    value = (words[0].start, words[-1].end)
    found.append(
        Deed(
            "target",
            "asserts",
            min(around[0], value[0]),
            max(around[1], value[1]),
            value,
            None,
            near(hedges, around[0], value[1]),
        )
    )


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
