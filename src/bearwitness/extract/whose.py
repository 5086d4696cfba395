"""Whose word a cue is, where more than a name stands before it: "police in Orla, Halden County, said", "residents and a medic
said", "killing 32 people state television said", "the police are investigating after they say"."""

from __future__ import annotations

from bearwitness.extract.phrases import (
    RELATIVE,
    SPEAKING,
    TIME,
    Phrase,
    collect,
    is_speaker,
    left_phrase,
)
from bearwitness.extract.telling import PLURALS
from bearwitness.extract.tokens import ORGANISATION, Token, capitalised

CHAIN = 4  # phrases that may stand between a head and its verb ("at the hospital in Orla in Halden")
AREAS = frozenset("county department province district state municipality".split())
AFTER = frozenset("after before when since while because as that which what whom where".split())


def whose(tokens: list[Token], i: int, found: Phrase | None) -> Phrase | None:
    """The speaker of the cue at token ``i``, before which ``found`` stands (``None``: nobody who can speak)."""
    if found is None:
        first = collect(tokens, i - 1) if i else None
        return _outer(tokens, Phrase(first, i, i)) if first is not None else None
    if tokens[found.first].tag == "j" and found.core == found.first + 1:
        return _named_before(tokens, found) or found
    outer = _outer(tokens, found) or found
    return _joined(tokens, _freed(tokens, outer))


def _named_before(tokens: list[Token], found: Phrase) -> Phrase | None:
    """Who "they" are in "The Halden police are investigating after they say"."""
    if (
        not found.first
        or tokens[found.first - 1].low not in AFTER
        or tokens[found.first].low not in ("they", "it")
    ):
        return None
    first = next((k for k, t in enumerate(tokens) if t.tag != "R" and t.low not in TIME), 0)
    last = first + (tokens[first].tag in "ta")
    while last < found.first and (capitalised(tokens[last]) or tokens[last].tag == "q"):
        last += 1  # "The United States", "Halden Police"
    if last == first + (tokens[first].tag in "ta"):
        last += 1  # "the army"
    head = tokens[last - 1]
    many = head.low.endswith("s") or head.low in PLURALS or head.low in ORGANISATION
    agrees = capitalised(head) or (
        head.low in SPEAKING and (many if tokens[found.first].low == "they" else not head.low.endswith("s"))
    )
    ends = last < found.first and tokens[last].tag not in ",o"
    return Phrase(first, last, last) if ends and agrees and is_speaker(tokens, first, last) else None


def _outer(tokens: list[Token], found: Phrase) -> Phrase | None:
    """The head that a name ending in a place is said of: "A spokesman at the hospital in Orla said": the spokesman; "The
    Observatory which relies on contacts in Orla said": the Observatory."""
    first = found.first
    area = tokens[found.core - 1].low in AREAS and tokens[first].tag != "t"
    if any(token.low in SPEAKING for token in tokens[first : found.core - area]):
        return None
    for _ in range(CHAIN):
        at = _preposition(tokens, first)
        if at is None:
            return None
        which = next(
            (
                k
                for k in range(at - 1, max(0, at - 9), -1)
                if tokens[k].low in RELATIVE or tokens[k].tag == ","
            ),
            None,
        )
        last = which if which is not None and tokens[which].low in RELATIVE else at
        if last == at and tokens[at - 1].low.endswith("ing") and at > 1:
            last = at - 1  # "standing outside"
        if tokens[last - 1].tag == ",":
            last -= 1
        head = collect(tokens, last - 1) if last else None
        if head is None:
            return None
        of = any(tokens[k].low in SPEAKING and tokens[k + 1].tag in "io" for k in range(head, last))
        harmed = (
            head > 0 and tokens[head - 1].tag in "bVEGSDX"
        )  # "killed by soldiers in Orla Veld said": not the soldiers
        if not harmed and (of or tokens[last - 1].low in SPEAKING) and is_speaker(tokens, head, last):
            named = left_phrase(tokens, last)  # "Orla Rescue a service operating in"
            return named if named is not None and named.last == last else Phrase(head, last, last)
        first = head
    return None


def _preposition(tokens: list[Token], first: int) -> int | None:
    """Where the preposition stands that governs a name, or the name before it in "in Orla, Halden County"."""
    area = any(token.low in AREAS for token in tokens[first : first + 4])
    if first >= 3 and tokens[first - 1].tag == "," and capitalised(tokens[first - 2]) and area:
        first -= 2
        while first > 1 and tokens[first - 1].tag == "W":
            first -= 1
    before = tokens[first - 1] if first else None
    if (
        first < 2
        or before is None
        or before.tag != "i"
        or before.low in ("according", "for", "with", "following")
    ):
        return None
    return first - 1 if tokens[first].low not in TIME else None


def _freed(tokens: list[Token], found: Phrase) -> Phrase:
    """A speaker without those counted right before him, where no comma parts them."""
    for k in range(found.first, found.core - 1):
        counted = tokens[k].tag == "P" and k and tokens[k - 1].tag in "QCG"
        more = tokens[k].low in ("more", "others") and k and tokens[k - 1].tag == "Q"
        if (counted or more) and tokens[k + 1].tag not in "o'i&s" and is_speaker(tokens, k + 1, found.core):
            return found._replace(first=k + 1)
    return found


def _joined(tokens: list[Token], found: Phrase) -> Phrase:
    """Two speakers joined by "and"."""
    last = found.first - 1
    if last < 1 or tokens[last].tag != "&" or tokens[last].low == "nor":
        return found
    first = collect(tokens, last - 1)
    if first is None or tokens[last - 1].low not in SPEAKING or any(t.tag == "Q" for t in tokens[first:last]):
        return found
    before = tokens[first - 1] if first else None
    free = before is None or before.tag in ",;sR" or before.low in TIME
    bare = tokens[first].tag != "t" and before is not None and before.tag not in "iobVEGSBmDXLQ&"
    return found._replace(first=first) if free or bare else found
