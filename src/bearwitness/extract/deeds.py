"""What was done, by whom, with what, to what: triggers of events, perpetrators, weapons, targets, denials.

Rules over the tokens of one sentence; every finding carries the words it rests on.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.extract.speakers import Phrase, left_phrase
from bearwitness.extract.tokens import NONPERSONS, ONE_OF, SINGULAR, SOME_OF, TITLES, Token
from bearwitness.record import About, EventKind, Stance

_DEEDS = vocabulary.load("deeds")
_ACTORS = vocabulary.load("actors")
_WEAPONS = vocabulary.load("weapons")


def _any_of(words: list[str] | dict[str, object], flags: int = 0) -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")(?![\w-])",
        flags,
    )


KINDS: list[tuple[EventKind, re.Pattern[str]]] = [
    (kind, _any_of(words)) for kind, words in _DEEDS["kinds"].items()
]
TRIGGER = _any_of([word for words in _DEEDS["kinds"].values() for word in words])
HIT = _any_of(_DEEDS["verbs"]["hit"])
EXPLODE = _any_of(_DEEDS["verbs"]["explode"])
FIRED = _any_of(_DEEDS["verbs"]["fired"])
FOILED = _any_of(_DEEDS["foiled"]["words"])
DISPUTED = _any_of(_DEEDS["disputed"]["words"])
CLAIMED = _any_of(_DEEDS["responsibility"]["claim"])
CLAIMED_BY = _any_of(_DEEDS["responsibility"]["claimed_by"])
DENIED = _any_of(_DEEDS["responsibility"]["deny"])
FIGURATIVE = _any_of(_DEEDS["figurative"]["words"])
HAPPENED = r"(?:took place|taken place|happened|occurred|was carried out|were carried out|had been carried out)"
ATTACK_WORDS = "|".join(sorted(map(re.escape, _DEEDS["kinds"]["attack"] + _DEEDS["kinds"]["clash"] + ["raid", "raids", "incident"]), key=len, reverse=True))
DENIED_EVENT = re.compile(
    rf"\b(?:denied|denies|rejected|rejects|dismissed|dismisses|refuted|refutes) (?:(?:the |any )?(?:reports?|claims?|allegations?|accusations?) (?:of|that|about)"
    rf"|(?:that )?(?:any|an|a|the|there (?:was|were|had been) (?:any|an|a)) (?:[\w-]+ ){{0,2}}(?:{ATTACK_WORDS})(?:[\w ]{{0,30}} {HAPPENED})?)"
)
NEVER = re.compile(rf"\b(?:{ATTACK_WORDS})\b[\w ]{{0,40}} (?:never|did not|didn't|had not|has not) (?:happen|happened|take place|taken place|occur|occurred)\b|\bno such (?:{ATTACK_WORDS})\b|\bthere (?:was|were|had been) no (?:[\w-]+ )?(?:{ATTACK_WORDS})\b")
DEVELOPING = _any_of(_DEEDS["developing"]["words"])
HEDGE = _any_of(vocabulary.load("speakers")["hedges"]["words"])
NOBODY = _any_of(vocabulary.load("speakers")["hedges"]["nobody"])
TOTALS = _any_of(vocabulary.load("dates")["totals"]["words"])
GATE = re.compile("|".join(map(re.escape, _DEEDS["gate"]["stems"])))
ACTOR_HEADS = frozenset(_ACTORS["heads"])
STRICT_HEADS = frozenset(_ACTORS["strict"])
ACTOR_NAMES: dict[str, str] = _ACTORS["names"]
ACTOR_NAME = _any_of(list(ACTOR_NAMES))
ATTACK_NOUN = _any_of(
    [w for w in _DEEDS["kinds"]["attack"] if w not in ("fire",)]
    + ["raid", "offensive", "operation", "attempt", "aggression", "crackdown"]
)


def _weapon_forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for name, words in _WEAPONS["classes"].items():
        for word in words:
            forms[word.lower()] = name
            if not word.endswith(("s", "y", "fire")) or word.endswith("ey"):
                forms[word.lower() + "s"] = name
    return forms


WEAPONS = _weapon_forms()
WEAPON = _any_of(list(WEAPONS))
ONLY_IN_HARM = frozenset(word for base in _WEAPONS["only_in_harm"]["words"] for word in (base, base + "s"))


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


def _clean_speaker(tokens: list[Token], phrase: Phrase) -> tuple[int, int]:
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
    return head in ACTOR_HEADS


def _body(tokens: list[Token], first: int, last: int) -> bool:
    """Whether the phrase is "the Ash Circle": an article and capitalised words that are no weapon or attack."""
    words = tokens[first:last]
    if len(words) < 2 or words[0].low not in ("the", "members", "fighters", "suspected"):
        return False
    names = [t for t in words[1:] if t.tag not in "toa"]
    if not names or not all(t.text[:1].isupper() or t.low in ("members", "fighters") for t in names) or not names[-1].text[:1].isupper():
        return False
    return not any(t.low in WEAPONS or ATTACK_NOUN.fullmatch(t.low) or t.low in vocabulary.load("dates")["weekdays"] for t in names)


def trimmed(tokens: list[Token], first: int, last: int) -> tuple[int, int]:
    """The phrase without article, number and hedge: [first, last) in tokens."""
    while first < last - 1 and (
        tokens[first].tag in "taQR"
        or tokens[first].low in ("suspected", "alleged", "of", "group", "groups")
        or tokens[first].low.startswith("a group")
    ):
        first += 1
    return first, last


def _np_right(tokens: list[Token], i: int, most: int = 9) -> int:
    """Where the noun phrase beginning at ``i`` ends."""
    k = i
    while k < len(tokens) and k - i < most:
        token = tokens[k]
        if (
            token.tag in "wWpPqYXtaQO'T"
            or (token.tag == "R" and k == i)
            or (token.text[:1].isupper() and token.tag not in ",;")
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


def deeds(tokens: list[Token], text: str, low: str) -> list[Deed]:
    """The perpetrators, weapons, targets and denials that one sentence states."""
    found: list[Deed] = []
    hedges = [match.start() for match in HEDGE.finditer(low)]
    _responsibility(found, tokens, text, low)
    _accusations(found, tokens, text, low)
    _agents(found, tokens, low, hedges)
    _targets(found, tokens, text, low, hedges)
    _weapons(found, tokens, text, low, hedges)
    return found


def _near(hedges: list[int], start: int, end: int) -> bool:
    return any(start - 25 <= hedge <= end + 2 for hedge in hedges)


def _deed(
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


def _token_at(tokens: list[Token], char: int) -> int:
    """The token that holds or follows a character."""
    for k, token in enumerate(tokens):
        if token.end > char:
            return k
    return len(tokens)


def _responsibility(found: list[Deed], tokens: list[Token], text: str, low: str) -> None:
    """Claims of responsibility, denials of it, and denials that anything happened."""
    for match in DENIED.finditer(low):
        i = _token_at(tokens, match.start())
        phrase = left_phrase(tokens, _verb_group(tokens, i))
        if phrase is not None:
            speaker = _clean_speaker(tokens, phrase)
            value = _denied_for(tokens, phrase, match, speaker, text, low)
            found.append(Deed("perpetrator", "denies", speaker[0], match.end(), value, None, False, speaker))
    for match in CLAIMED.finditer(low):
        i = _token_at(tokens, match.start())
        phrase = left_phrase(tokens, _verb_group(tokens, i))
        if phrase is not None and not _negated(tokens, i):
            first, last = trimmed(tokens, phrase.first, phrase.core)
            span = (tokens[first].start, tokens[last - 1].end)
            found.append(Deed("perpetrator", "asserts", span[0], match.end(), span, None, False, span))
    for match in CLAIMED_BY.finditer(low):
        i = _token_at(tokens, match.end())
        last = _np_right(tokens, i)
        if last > i:
            first, last = trimmed(tokens, i, last)
            span = (tokens[first].start, tokens[last - 1].end)
            found.append(Deed("perpetrator", "asserts", match.start(), span[1], span, None, False, span))
    if not any(deed.stance == "denies" for deed in found):
        _denied_event(found, tokens, text, low)


def _denied_event(found: list[Deed], tokens: list[Token], text: str, low: str) -> None:
    """ "denied that any raid took place", "rejected reports of an air strike", "the raid never happened"."""
    match = DISPUTED.search(low) or DENIED_EVENT.search(low)
    if match is not None:
        phrase = left_phrase(tokens, _token_at(tokens, match.start()))
        if phrase is not None:
            end = tokens[min(len(tokens) - 1, _token_at(tokens, match.end()) + 5)].end
            found.append(Deed("occurred", "denies", match.start(), end, None, None, False, _clean_speaker(tokens, phrase)))
        return
    match = NEVER.search(low)
    if match is not None:
        found.append(Deed("occurred", "denies", match.start(), match.end(), None, None, False))


def _verb_group(tokens: list[Token], i: int) -> int:
    """The first token of the verb group that ends at ``i`` ("is viciously trying to deny")."""
    k = i
    while k > 0 and (
        tokens[k - 1].tag in "RBHm!"
        or tokens[k - 1].low
        in ("trying", "continues", "sought", "seeking", "tried", "said", "says", "it", "they")
    ):
        k -= 1
    return k


def _negated(tokens: list[Token], i: int) -> bool:
    return any(token.tag == "!" or token.low in ("no", "nobody") for token in tokens[max(0, i - 5) : i + 1])


def _denied_for(tokens: list[Token], phrase: Phrase, match: re.Match[str], span: tuple[int, int], text: str, low: str) -> tuple[int, int]:
    """Who is denied to have done it: the body the speaker speaks for, or the state its office is of."""
    after = low[match.end() : match.end() + 30]
    if re.match(r"\s*(?:of|by|for) (?:its|their|the) (?:state|country|government|forces|army|troops|side)", after):
        named = re.search(r"\bof ([A-Z][\w-]+(?: [A-Z][\w-]+)*)$", text[span[0] : span[1]])
        if named:
            return span[0] + named.start(1), span[0] + named.end(1)
    spoken = re.match(r"(?:an? |the )?(?:[\w-]+ )?(?:spokes\w+|statement|leader|commander|official|member|members)s? (?:of|for|from|by) (?:the )?", text[span[0] : span[1]], re.I)
    if spoken and span[0] + spoken.end() < span[1]:
        return span[0] + spoken.end(), span[1]
    return span


def _accusations(found: list[Deed], tokens: list[Token], text: str, low: str) -> None:
    """ "X accused Y of", "X blamed Y for", "attributed the strike to Y", "pointed to Y"."""
    for i, token in enumerate(tokens):
        if token.low in (
            "accused",
            "accuses",
            "accusing",
            "blamed",
            "blames",
            "blame",
            "blaming",
            "implicated",
        ):
            passive = (
                i > 0 and tokens[i - 1].tag in "BR" and any(t.tag == "B" for t in tokens[max(0, i - 3) : i])
            )
            if passive:
                if token.low == "blamed" and i + 1 < len(tokens) and tokens[i + 1].low == "on":
                    last = _np_right(tokens, i + 2)
                    if last > i + 2:
                        found.append(
                            _deed(
                                "perpetrator", tokens, i + 2, last, (token.start, tokens[last - 1].end), True
                            )
                        )
                continue
            start = i + 1
            last = _np_right(tokens, start)
            if last < len(tokens) and tokens[last].low == "on":
                start, last = last + 1, _np_right(tokens, last + 1)
            phrase = left_phrase(tokens, i)
            if last > start and not _self(tokens, start, last):
                speaker = None
                if phrase is not None:
                    first = phrase.first
                    while first < phrase.core - 1 and tokens[first].tag in "ta":
                        first += 1
                    speaker = (tokens[first].start, tokens[phrase.core - 1].end)
                found.append(
                    _deed(
                        "perpetrator",
                        tokens,
                        start,
                        last,
                        (token.start, tokens[last - 1].end),
                        False,
                        speaker=speaker,
                    )
                )
        elif token.low in ("responsible", "accountable") and any(t.low in ("hold", "holds", "held", "holding") for t in tokens[max(0, i - 9) : i]):
            start = next(k for k in range(i - 1, -1, -1) if tokens[k].low in ("hold", "holds", "held", "holding"))
            phrase = left_phrase(tokens, start)
            if i > start + 1:
                found.append(_deed("perpetrator", tokens, start + 1, i, (tokens[start].start, token.end), False, speaker=_clean_speaker(tokens, phrase) if phrase else None))
        elif token.low == "attributed" or token.low == "pointed":
            to = next((k for k in range(i + 1, min(i + 8, len(tokens))) if tokens[k].low == "to"), None)
            if to is not None:
                last = _np_right(tokens, to + 1)
                if last > to + 1 and is_actor(tokens, to + 1, last):
                    phrase = left_phrase(tokens, i)
                    speaker = (tokens[phrase.first].start, tokens[phrase.core - 1].end) if phrase else None
                    found.append(
                        _deed(
                            "perpetrator",
                            tokens,
                            to + 1,
                            last,
                            (token.start, tokens[last - 1].end),
                            False,
                            speaker=speaker,
                        )
                    )


def _self(tokens: list[Token], start: int, last: int) -> bool:
    return tokens[start].low in ("him", "her", "it", "them", "each", "itself", "themselves", "us")


def _agents(found: list[Deed], tokens: list[Token], low: str, hedges: list[int]) -> None:
    """Who did it: "killed by gunmen", "gunmen attacked", "attack by gunmen", "Armenia's attack"."""
    taken: set[int] = set()
    hits = {_token_at(tokens, m.start()): m for m in HIT.finditer(low)} | {
        _token_at(tokens, m.start()): m for m in FIRED.finditer(low)
    }

    def put(first: int, last: int, around: tuple[int, int]) -> None:
        a, b = trimmed(tokens, first, last)
        if a in taken or b <= a or tokens[b - 1].low in NONPERSONS:
            return
        taken.add(a)
        found.append(
            _deed(
                "perpetrator", tokens, a, b, around, _near(hedges, tokens[first].start - 3, tokens[b - 1].end)
            )
        )

    for i, token in enumerate(tokens):
        harmful = token.tag in "EGS" and token.about in ("killed", "injured", "abducted") or i in hits
        if harmful and i:
            phrase = _subject_actor(tokens, i)
            if phrase is not None and (token.tag != "E" or i + 1 < len(tokens)) and not _passive(tokens, i):
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
            last = _np_right(tokens, i + 1)
            if last > i + 1 and (is_actor(tokens, i + 1, last) or _body(tokens, i + 1, last)):
                put(i + 1, last, (tokens[max(0, i - 3)].start, tokens[last - 1].end))
        if ATTACK_NOUN.fullmatch(token.low):
            _of_attack(tokens, i, put)


def _token_in(hits: dict[int, re.Match[str]], k: int) -> bool:
    return k in hits


def _passive(tokens: list[Token], i: int) -> bool:
    k = i - 1
    while k >= 0 and tokens[k].tag in "R!":
        k -= 1
    return k >= 0 and tokens[k].tag == "B"


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
        first >= 0
        and (tokens[first].tag in "wWpPqtaQRX'YO" or tokens[first].text[:1].isupper())
        and k - first < 7
    ):
        if tokens[first].tag in "ta":
            break
        first -= 1
    first = max(first, 0)
    if tokens[first].tag not in "wWpPqtaQRX'YO" and not tokens[first].text[:1].isupper():
        first += 1
    if first > k or not (is_actor(tokens, first, k + 1) or _body(tokens, first, k + 1)):
        return None
    return first, k + 1


def _of_attack(tokens: list[Token], i: int, put: object) -> None:
    assert callable(put)
    if i + 2 < len(tokens) and tokens[i + 1].low in ("of", "by"):
        last = _np_right(tokens, i + 2)
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


def _targets(found: list[Deed], tokens: list[Token], text: str, low: str, hedges: list[int]) -> None:
    """What was hit: "bombed a school", "a school was hit", "attack on a school", "fired at houses"."""
    for match in HIT.finditer(low):
        i, j = _token_at(tokens, match.start()), _token_at(tokens, match.end())
        if _passive(tokens, i):
            k = i - 1
            while k > 0 and tokens[k].tag in "RBH":
                k -= 1
            first = k
            while first > 0 and tokens[first].tag in "wWpqYQXO'":
                first -= 1
            _put_target(found, tokens, first, k + 1, (tokens[first].start, match.end()), hedges, text)
        elif (
            match.group() not in ("strike", "strikes", "attack", "attacks", "raid", "hits", "hit")
            or (j < len(tokens) and tokens[j].tag in "ta")
            or match.group() in ("hit", "hits", "attack")
        ):
            while (
                j < len(tokens)
                and tokens[j].low in ("on", "at", "into", "in", "against")
                and match.group().split()[-1] not in ("hit",)
            ):
                j += 1
            _put_target(found, tokens, j, _np_right(tokens, j), (match.start(), match.end()), hedges, text)
    for match in re.finditer(
        r"\b(?:attacks?|assault|strikes?|raids?|bombings?|ambush|offensive|shelling|fire|explosives|attempt|missiles|rockets|grenades?|shells|bombs?) (?:(?:on|against|at|into)|that has been perpetrated [\w ]{0,40}?against)\s",
        low,
    ):
        j = _token_at(tokens, match.end())
        _put_target(found, tokens, j, _np_right(tokens, j), (match.start(), match.end()), hedges, text)
    for match in FIRED.finditer(low):
        i = _token_at(tokens, match.start())
        for k in range(i + 1, min(i + 7, len(tokens))):
            if tokens[k].low in ("at", "into", "on") and match.group() not in ("planted",):
                _put_target(
                    found,
                    tokens,
                    k + 1,
                    _np_right(tokens, k + 1),
                    (match.start(), tokens[k].end),
                    hedges,
                    text,
                )
                break
            if tokens[k].tag in ";,s&":
                break


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
    if (
        all(t.text[:1].isupper() or t.tag in "Q" for t in words)
        and len(words) <= 2
        and words[-1].text[:1].isupper()
        and not text.isupper()
    ):
        if words[-1].low not in ("hospital", "school", "mosque", "church", "hotel", "university", "airport"):
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
            _near(hedges, around[0], value[1]),
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
            r" (?:attempt|disposal|squad|threat|warning|launcher|program|programme|test|factory|maker|control|law|barrage siren|defen[cs]e)",
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
        found.append(
            Deed("weapon", "asserts", start, end, (start, end), name, _near(hedges, start - 30, end))
        )


def kind_of(low: str) -> EventKind | None:
    """The kind of event a sentence's first trigger gives."""
    first: tuple[int, EventKind] | None = None
    for kind, pattern in KINDS:
        match = pattern.search(low)
        if match and (first is None or match.start() < first[0]):
            first = (match.start(), kind)
    return first[1] if first else None
