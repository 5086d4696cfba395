"""Responsibility: claimed, denied, laid on others; and denials that anything happened."""

from __future__ import annotations

import re

from bearwitness.extract.actors import Deed, clean_speaker, deed, is_actor, phrase_end, token_at, trimmed
from bearwitness.extract.phrases import Phrase, left_phrase
from bearwitness.extract.tokens import Token
from bearwitness.extract.triggers import (
    CALLED_FALSE,
    CLAIMED,
    CLAIMED_BY,
    COURTS,
    DENIED,
    DENIED_BY,
    DENIED_EVENT,
    DENIED_OWN,
    DISPUTED,
    DOUBTED,
    NEVER,
    UNINVOLVED,
)


def responsibility(found: list[Deed], tokens: list[Token], text: str, low: str) -> None:
    """Claims of responsibility, denials of it, and denials that anything happened."""
    _denied(found, tokens, text, low)
    for match in CLAIMED.finditer(low):
        i = token_at(tokens, match.start())
        phrase = _subject(tokens, i)
        if phrase is not None and not _negated(tokens, i):
            first, last = trimmed(tokens, phrase.first, phrase.core)
            span = (tokens[first].start, tokens[last - 1].end)
            found.append(Deed("perpetrator", "asserts", span[0], match.end(), span, None, False, span))
    for match in CLAIMED_BY.finditer(low):
        i = token_at(tokens, match.end())
        last = phrase_end(tokens, i)
        if last > i:
            first, last = trimmed(tokens, i, last)
            span = (tokens[first].start, tokens[last - 1].end)
            found.append(Deed("perpetrator", "asserts", match.start(), span[1], span, None, False, span))
    if not any(deed.stance == "denies" for deed in found):
        _denied_deed(found, tokens)
    if not any(deed.stance == "denies" for deed in found):
        _denied_event(found, tokens, text, low)


def _denied(found: list[Deed], tokens: list[Token], text: str, low: str) -> None:
    """Denials of responsibility: "denied any role", "had nothing to do with the attack", "a charge denied by X"."""
    read: list[tuple[int, int]] = []
    for match in (*DENIED.finditer(low), *DENIED_OWN.finditer(low), *UNINVOLVED.finditer(low)):
        if any(a < match.end() and match.start() < b for a, b in read):
            continue
        read.append(match.span())
        i = token_at(tokens, match.start())
        phrase = _subject(tokens, i)
        if phrase is None or (i and tokens[i - 1].tag == "B" and match.group().startswith("denied")):
            continue  # "she was denied a role"
        if tokens[phrase.core - 1].low in COURTS:
            continue
        uninvolved = match.re is UNINVOLVED
        if (
            uninvolved
            and not is_actor(tokens, phrase.first, phrase.core)
            and tokens[phrase.first].low not in OWN
        ):
            continue  # "alcohol played no role in the attack"
        speaker = clean_speaker(tokens, phrase)
        value = _denied_for(tokens, phrase, match, speaker, text, low)
        others = uninvolved and not {t.low for t in tokens[phrase.last : i]} & SAYING
        told = None if others else speaker
        found.append(Deed("perpetrator", "denies", speaker[0], match.end(), value, None, False, told))
    for match in DENIED_BY.finditer(low):
        i = token_at(tokens, match.end())
        last = phrase_end(tokens, i)
        if last > i and tokens[last - 1].low not in COURTS:
            first, last = trimmed(tokens, i, last)
            span = (tokens[first].start, tokens[last - 1].end)
            found.append(Deed("perpetrator", "denies", match.start(), span[1], span, None, False, span))


def _denied_deed(found: list[Deed], tokens: list[Token]) -> None:
    """ "denied that its fighters had shelled the camp", "rejected reports the army used gas", "pleaded not guilty"."""
    for i, token in enumerate(tokens):
        if token.low in PLEAD and [t.low for t in tokens[i + 1 : i + 3]] == ["not", "guilty"]:
            phrase = _subject(tokens, i)
            if phrase is not None:
                span = clean_speaker(tokens, phrase)
                found.append(
                    Deed("perpetrator", "denies", span[0], tokens[i + 2].end, span, None, False, span)
                )
            return
        if token.low not in DENY:
            continue
        speaker = _subject(tokens, i)
        done = next((k for k in range(i + 1, min(i + 16, len(tokens))) if tokens[k].low in DONE), None)
        if done is not None and {t.low for t in tokens[i:done]} & THEN:
            continue  # "dismissed the attack as desperate after 12 people were killed"
        if speaker is None or done is None:
            continue
        k = done
        while k > i + 1 and tokens[k - 1].tag in "RBHm!":
            k -= 1
        own = tokens[k - 1].low in OWN
        actor = left_phrase(tokens, k)
        said = clean_speaker(tokens, speaker)
        if own or (actor is not None and actor.first > i):
            value = said if own or actor is None else clean_speaker(tokens, actor)
            found.append(Deed("perpetrator", "denies", said[0], tokens[done].end, value, None, False, said))
            return


def _denied_event(found: list[Deed], tokens: list[Token], text: str, low: str) -> None:
    """ "denied that any raid took place", "rejected reports of an air strike", "the raid never happened"."""
    match = DISPUTED.search(low) or DENIED_EVENT.search(low)
    if match is not None:
        phrase = left_phrase(tokens, token_at(tokens, match.start()))
        if phrase is not None:
            end = tokens[min(len(tokens) - 1, token_at(tokens, match.end()) + 5)].end
            found.append(
                Deed(
                    "occurred",
                    "denies",
                    match.start(),
                    end,
                    None,
                    None,
                    False,
                    clean_speaker(tokens, phrase),
                )
            )
        return
    match = NEVER.search(low) or CALLED_FALSE.search(low)
    if match is not None and not DOUBTED.search(low[: match.start()]):
        found.append(Deed("occurred", "denies", match.start(), match.end(), None, None, False))


def _subject(tokens: list[Token], i: int) -> Phrase | None:
    """Whose verb ends at ``i``; of "the rebels, who have denied" the rebels."""
    k = _verb_group(tokens, i)
    if k > 1 and tokens[k - 1].low == "who":
        k -= 2 if tokens[k - 2].tag == "," else 1
    phrase = left_phrase(tokens, k)
    if phrase is not None and phrase.first and tokens[phrase.first - 1].low in ("told", "tells"):
        return left_phrase(tokens, phrase.first - 1)  # "the rebels told reporters they had no part in it"
    return phrase


def _verb_group(tokens: list[Token], i: int) -> int:
    """The first token of the verb group that ends at ``i`` ("is viciously trying to deny")."""
    k = i
    while k > 0 and (
        tokens[k - 1].tag in "RBHm!"
        or tokens[k - 1].low
        in (
            "trying",
            "declared",
            "that",
            "announced",
            "insisted",
            "continues",
            "sought",
            "seeking",
            "tried",
            "said",
            "says",
            "it",
            "they",
        )
    ):
        k -= 1
    return k


def _negated(tokens: list[Token], i: int) -> bool:
    return any(token.tag == "!" or token.low in ("no", "nobody") for token in tokens[max(0, i - 5) : i + 1])


def _denied_for(
    tokens: list[Token], phrase: Phrase, match: re.Match[str], span: tuple[int, int], text: str, low: str
) -> tuple[int, int]:
    """Who is denied to have done it: the body the speaker speaks for, or the state its office is of."""
    after = low[match.end() : match.end() + 30]
    if re.match(
        r"\s*(?:of|by|for) (?:its|their|the) (?:state|country|government|forces|army|troops|side)", after
    ):
        named = re.search(r"\bof ([A-Z][\w-]+(?: [A-Z][\w-]+)*)$", text[span[0] : span[1]])
        if named:
            return span[0] + named.start(1), span[0] + named.end(1)
    spoken = re.match(
        r"(?:an? |the )?(?:[\w-]+ )?(?:spokes\w+|statement|leader|commander|official|member|members|representative|press centre|press center|press office|press service|information bureau|media office|media wing)s? (?:of|for|from|by) (?:the )?",
        text[span[0] : span[1]],
        re.I,
    )
    if spoken and span[0] + spoken.end() < span[1]:
        return span[0] + spoken.end(), span[1]
    return span


SAYING = frozenset("said says told tells declared announced insisted".split())
THEN = frozenset("after as while when amid following before".split())
PLEAD = frozenset("pleaded pleads plead pled".split())
DENY = frozenset("denied denies deny denying rejected rejects reject dismissed dismisses".split())
OWN = frozenset("it they he she we them".split())
DONE = frozenset(
    """carried conducted committed used fired shelled attacked bombed bombarded struck hit targeted killed launched planted
    raided abducted kidnapped staged ordered perpetrated detonated shot""".split()
)
ACCUSE = frozenset("accused accuses accusing blamed blames blame blaming implicated".split())
HOLD = frozenset("hold holds held holding".split())


def accusations(found: list[Deed], tokens: list[Token]) -> None:
    """ "X accused Y of", "X blamed Y for", "held Y responsible", "attributed the strike to Y"."""
    for i, token in enumerate(tokens):
        if token.low in ACCUSE:
            _accused(found, tokens, i)
        elif token.low in ("responsible", "accountable"):
            start = next((k for k in range(i - 1, max(-1, i - 10), -1) if tokens[k].low in HOLD), None)
            if start is not None and i > start + 1:
                _lay_on(found, tokens, start, (start + 1, i), i)
        elif token.low in ("attributed", "pointed"):
            to = next((k for k in range(i + 1, min(i + 8, len(tokens))) if tokens[k].low == "to"), None)
            last = phrase_end(tokens, to + 1) if to is not None else 0
            if to is not None and last > to + 1 and is_actor(tokens, to + 1, last):
                _lay_on(found, tokens, i, (to + 1, last), last - 1)


def _accused(found: list[Deed], tokens: list[Token], i: int) -> None:
    passive = i > 0 and tokens[i - 1].tag in "BR" and any(t.tag == "B" for t in tokens[max(0, i - 3) : i])
    start = i + 1
    if passive:  # "the attack was blamed on Y": nobody says so
        if tokens[i].low == "blamed" and start < len(tokens) and tokens[start].low == "on":
            last = phrase_end(tokens, start + 1)
            if last > start + 1:
                found.append(
                    deed(
                        "perpetrator", tokens, start + 1, last, (tokens[i].start, tokens[last - 1].end), True
                    )
                )
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


def _lay_on(found: list[Deed], tokens: list[Token], cue: int, accused: tuple[int, int], end: int) -> None:
    """The subject of the cue lays it on ``accused`` (tokens [first, last))."""
    phrase = left_phrase(tokens, cue)
    speaker = clean_speaker(tokens, phrase) if phrase is not None else None
    around = (tokens[cue].start, tokens[end].end)
    found.append(deed("perpetrator", tokens, *accused, around, False, speaker=speaker))


THEMSELVES = frozenset("him her it them each itself themselves us".split())
