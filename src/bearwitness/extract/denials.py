"""Denials of one sentence: who says that he, or somebody, did not do it, or that it did not happen.

Five constructions, by grammar rather than by phrase; the words are in ``vocabulary/denials.toml``. A verb of denying
with what stands beside it ("denied any role", "denied its fighters had shelled the camp", "rejected the charge"); the
same turned round ("a charge denied by X"); what is said called false ("said the reports were untrue"); and a deed with
"not", "no" or "never" in somebody's words ("said it did not carry out the attack"; ``undone.py``); and what is told of the deed
("was not the work of the Guard"; ``cleared.py``). A denial that is itself denied
("did not deny", "neither confirmed nor denied") is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bearwitness import vocabulary
from bearwitness.extract.actors import Deed, clean_speaker, may_do, trimmed
from bearwitness.extract.cleared import APART, cleared, in_no_way, innocent, stood_apart, unsaid, untrue
from bearwitness.extract.denied import (
    CHARGE,
    FALSE,
    REPORT,
    Denied,
    what_is_charged,
    what_is_denied,
)
from bearwitness.extract.phrases import Phrase, left_phrase, noun_after, right_phrase
from bearwitness.extract.subjects import body, verb_group, who_does
from bearwitness.extract.tokens import Token
from bearwitness.extract.undone import (
    BE,
    CULPRIT,
    EVENT,
    INNOCENCE,
    ITS,
    NO_ONE,
    POINTERS,
    ends_at,
    not_done,
    not_told,
)

_DATA = vocabulary.load("denials")
DENY = frozenset(_DATA["verbs"]["deny"])
REJECT = frozenset(_DATA["verbs"]["reject"])
CALL = frozenset(_DATA["verbs"]["call"])
PLEAD = frozenset(_DATA["verbs"]["plead"])
DENIAL = frozenset(_DATA["nouns"]["denial"])
COURTS = frozenset(_DATA["nouns"]["courts"])
INVENTED = frozenset(_DATA["nouns"]["invented"])
UNDONE = frozenset("neither nor declined declines decline refused refuses refuse unable impossible".split())
DENYING = re.compile(r"\b(?:" + "|".join(sorted(DENY | REJECT)) + r")\b")


def denials(tokens: list[Token]) -> list[Deed]:
    """The denials of one sentence, in order, each once."""
    found: list[Deed] = []
    for i, token in enumerate(tokens):
        if any(d.start <= token.start < d.end for d in found):
            continue
        one = _denial_at(tokens, i)
        if one is not None:
            found.append(one)
            beside = _beside(tokens, i, one) if token.low in DENY | REJECT else None
            found += [beside] if beside is not None else []
    return sorted(found, key=lambda d: d.start)


def _beside(tokens: list[Token], i: int, one: Deed) -> Deed | None:
    """The denial of him who denies the same beside another: "both the ARMY and a militia denied it"."""
    if one.speaker is None or one.value != one.speaker:
        return None
    joined = next((k for k in range(i) if tokens[k].start >= one.speaker[0]), 0) - 1
    while joined >= 0 and tokens[joined].tag in "ta":
        joined -= 1
    if joined < 1 or tokens[joined].low != "and":
        return None
    phrase = left_phrase(tokens, joined)
    opens = phrase is not None and (
        phrase.first == 0 or tokens[phrase.first - 1].tag in ",;s" or tokens[phrase.first - 1].low == "both"
    )
    if phrase is None or not opens:
        return None
    speaker = clean_speaker(tokens, phrase)
    return one._replace(value=speaker, speaker=speaker)


# who denies


def denies_nothing(tokens: list[Token], i: int) -> bool:
    """Whether a verb of denying at ``i`` denies nothing: "did not deny", "neither confirmed nor denied", "would deny"."""
    first = verb_group(tokens, i)
    group = tokens[first:i]
    before = {t.low for t in tokens[max(0, i - 6) : i]}
    if not_told(group) or before & UNDONE:
        return True
    return (
        i > 0
        and tokens[i - 1].low == "to"
        and (group[0].low == "to" or bool(before & {"had", "has", "asked", "failed"}))
    )


def _passive(tokens: list[Token], i: int) -> bool:
    return tokens[i].low.endswith("ed") and any(t.low in BE for t in tokens[verb_group(tokens, i) : i])


def _made(tokens: list[Token], phrase: Phrase, what: Denied, start: int) -> Deed:
    """The denial as a deed of the sentence."""
    speaker = clean_speaker(tokens, phrase)
    value = None
    if what.about == "perpetrator":
        first, last = trimmed(tokens, *what.who) if what.who is not None else body(tokens, phrase)
        spoken_for = first > phrase.first or what.who is not None
        value = (tokens[first].start, tokens[last - 1].end) if spoken_for else speaker
    begin = min(speaker[0], tokens[start].start) if what.about == "perpetrator" else tokens[start].start
    return Deed(
        "perpetrator" if what.about == "perpetrator" else "occurred", "denies", begin,
        tokens[min(what.last, len(tokens)) - 1].end, value, None, False, speaker, what.looks_back,
    )  # fmt: skip


# a verb of denying


def _denies(tokens: list[Token], i: int) -> Deed | None:
    """ "denied", "rejected" at ``i`` with who does and what it is of."""
    by = i + 1 if i + 1 < len(tokens) and tokens[i + 1].low == "by" else None
    if denies_nothing(tokens, i):
        return None
    if by is not None or _passive(tokens, i):
        return _turned(tokens, i, by)
    phrase = who_does(tokens, i)
    if phrase is None or tokens[phrase.core - 1].low in COURTS or tokens[phrase.core - 1].low in NO_ONE:
        return None
    what = what_is_denied(tokens, i + 1, tokens[i].low in DENY)
    if what is None or what.about == "count":
        return None
    if (
        tokens[i].low.startswith(("disavow", "disclaim", "disown"))
        and what.who is None
        and not what.looks_back
    ):
        what = what._replace(about="perpetrator")  # who disavows an attack does not say that there was none
    return _made(tokens, phrase, what, i)


def _turned(tokens: list[Token], i: int, by: int | None) -> Deed | None:
    """ "a charge vehemently denied by X", "the reports were rejected by X"."""
    if by is None:
        return None
    phrase = right_phrase(tokens, by + 1) or noun_after(tokens, by + 1)
    if phrase is None or tokens[phrase.core - 1].low in COURTS:
        return None
    start = max(0, i - 14)
    nouns = [k for k in range(start, i) if tokens[k].low in CHARGE or tokens[k].low in REPORT]
    group = verb_group(tokens, i)
    if not nouns and not (group and tokens[group - 1].low in POINTERS):
        return None
    at = nouns[-1] if nouns else i
    charge = at == i or tokens[at].low in CHARGE
    what = Denied("perpetrator" if charge else "occurred", None, phrase.last, True)
    return _made(tokens, phrase, what, at)


# what is said called false, and the plea


def _called(tokens: list[Token], i: int) -> Deed | None:
    """ "described the reports as untrue", "dismissed the claims its army did it as a lie"."""
    end = min(i + 26, len(tokens))
    at = next(
        (k for k in range(i + 1, min(i + 7, end)) if tokens[k].low in CHARGE or tokens[k].low in REPORT), None
    )
    if (
        at is None
        or denies_nothing(tokens, i)
        or _passive(tokens, i)
        or not any(t.low in FALSE for t in tokens[at + 1 : end])
    ):
        return None
    phrase = who_does(tokens, i)
    what = what_is_charged(tokens, at)
    if phrase is None or what is None or what.about == "count":
        return None
    return _made(tokens, phrase, what, i)


def _named_false(tokens: list[Token], i: int) -> Deed | None:
    """ "an accusation that the mayor called absurd"."""
    if i + 1 >= len(tokens) or tokens[i + 1].low not in FALSE or denies_nothing(tokens, i):
        return None
    phrase = who_does(tokens, i)
    before = range(phrase.first - 1, max(-1, phrase.first - 8), -1) if phrase is not None else ()
    at = next((k for k in before if tokens[k].low in CHARGE or tokens[k].low in REPORT), None)
    if phrase is None or at is None:
        return None
    about = "perpetrator" if tokens[at].low in CHARGE else "occurred"
    return _made(tokens, phrase, Denied(about, None, i + 2, True), at)


def _is_false(tokens: list[Token], k: int) -> Deed | None:
    """ "the reports of an air strike were false", "there was no truth in the claim": whoever says so."""
    charge, event = tokens[k].low in CHARGE, tokens[k].low in EVENT
    false = INVENTED if event else FALSE  # "the attack was fabricated", not "the attack was absurd"
    verb = next(
        (v for v in range(k + 1, min(k + 16, len(tokens))) if tokens[v].low in BE and tokens[v].tag != "'"),
        None,
    )
    after = range(verb + 1, min(verb + 5, len(tokens))) if verb is not None else ()
    so = next((n for n in after if tokens[n].low in false), None)
    not_so = so is not None and (not event or ends_at(tokens, so))  # not "was fabricated in Halden"
    before = [t.low for t in tokens[max(0, k - 6) : k]]
    hollow = "truth" in before and "no" in before
    told = not_so or hollow
    if (
        not told
        or {"if", "whether"} & set(before)
        or (not_so and any(t.tag == "!" for t in tokens[verb or 0 : (verb or 0) + 4]))
    ):
        return None
    what = what_is_charged(tokens, k)
    if what is None or what.about == "count":
        return None
    last = (verb or k) + 3 if not_so else what.last
    about = "perpetrator" if charge or what.who is not None else what.about
    value = (tokens[what.who[0]].start, tokens[what.who[1] - 1].end) if what.who else None
    start = k
    return Deed(
        "perpetrator" if about == "perpetrator" else "occurred", "denies", tokens[start].start,
        tokens[min(last, len(tokens)) - 1].end, value, None, False, None, value is None,
    )  # fmt: skip


def _that_is_false(tokens: list[Token], i: int) -> Deed | None:
    """ "this is FALSE", "that was a LIE" at ``i``: of what was said before."""
    first = verb_group(tokens, i - (tokens[i - 1].tag in "ta")) if i else 0
    plain = first and first < i and tokens[first].low in BE and tokens[first - 1].low in POINTERS
    if not plain or not ends_at(tokens, i) or unsaid(tokens, i) or any(t.tag == "!" for t in tokens[first:i]):
        return None
    return untrue(tokens, first - 1, i + 1)


def _ruled_out(tokens: list[Token], i: int) -> Deed | None:
    """ "RULED out that X did it", "ruled out X as a suspect": what others did is denied, never what he did himself."""
    if i + 2 >= len(tokens) or tokens[i + 1].low != "out" or denies_nothing(tokens, i) or _passive(tokens, i):
        return None
    phrase = who_does(tokens, i)
    if phrase is None:
        return None
    who = right_phrase(tokens, i + 2) or noun_after(tokens, i + 2)
    suspect = who is not None and [t.low for t in tokens[who.last : who.last + 1]] == ["as"]
    if (
        who is not None
        and suspect
        and any(t.low in CULPRIT | {"suspect", "suspects"} for t in tokens[who.last : who.last + 4])
    ):
        return _made(tokens, phrase, Denied("perpetrator", (who.first, who.core), who.last + 3), i)
    what = what_is_denied(tokens, i + 2, False)
    if what is None or what.who is None or not may_do(tokens, *what.who):
        return None
    return _made(tokens, phrase, what, i)


def _noun(tokens: list[Token], i: int) -> Deed | None:
    """ "a denial by the army", "denials from the rebels"."""
    if i + 2 >= len(tokens) or tokens[i + 1].low not in ("by", "from"):
        return None
    phrase = right_phrase(tokens, i + 2)
    return (
        _made(tokens, phrase, Denied("perpetrator", None, phrase.last, True), i)
        if phrase is not None
        else None
    )


def _plea(tokens: list[Token], i: int) -> Deed | None:
    """ "pleaded not guilty", "has maintained his innocence"."""
    following = [t.low for t in tokens[i + 1 : i + 5]]
    guilty = tokens[i].low in PLEAD and following[:2] == ["not", "guilty"]
    innocent = tokens[i].low in INNOCENCE and "innocence" in following and bool(ITS & set(following))
    phrase = who_does(tokens, i) if guilty or innocent else None
    if phrase is None or denies_nothing(tokens, i):
        return None
    return _made(tokens, phrase, Denied("perpetrator", None, i + 3), i)


# Which constructions a word may begin, in the order in which they are tried.
CONSTRUCTIONS: tuple[tuple[frozenset[str], tuple[Callable[[list[Token], int], Deed | None], ...]], ...] = (
    (DENY | REJECT, (_denies, _called)),
    (CALL, (_called, _named_false)),
    (DENIAL, (_noun,)),
    (PLEAD | INNOCENCE, (_plea,)),
    (frozenset(("innocent",)), (innocent,)),
    (APART, (stood_apart,)),
    (frozenset(("ruled",)), (_ruled_out,)),
    (CHARGE | REPORT | EVENT, (_is_false,)),
    (FALSE, (_that_is_false,)),
    (NO_ONE, (not_done, cleared, in_no_way)),
)


def _denial_at(tokens: list[Token], i: int) -> Deed | None:
    """The denial that the word at ``i`` begins."""
    tried = next((tried for words, tried in CONSTRUCTIONS if tokens[i].low in words), ())
    return next((deed for read in tried if (deed := read(tokens, i)) is not None), None)
