"""The cues of a sentence, words that tell that somebody says, believes, wants or judges something, and who does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.extract.phrases import TIME, Phrase, left_phrase, noun_after, noun_before, right_phrase
from bearwitness.extract.text import Sentence
from bearwitness.extract.tokens import Token

_DATA = vocabulary.load("speakers")
PRONOUNS = frozenset("he she it they we i you".split())


class Cue(NamedTuple):
    """A word of saying: its tokens [first, last) with auxiliaries, the word itself, its kind and form."""

    first: int
    last: int
    at: int
    kind: str  # speech, stance, according, noun
    form: str  # base, s, ed, ing


def _forms(speech: list[str], stance: list[str]) -> dict[str, tuple[str, str]]:
    """Every form of the verbs with its kind and which form it is."""
    found: dict[str, tuple[str, str]] = {}
    irregular = _DATA["quoting"]["irregular"]
    for kind, verbs in (("speech", speech), ("stance", stance)):
        for base in verbs:
            if " " in base:
                continue
            consonant = base.endswith("y") and base[-2] not in "aeiou"
            stem = base[:-1] if base.endswith("e") else base
            double = base[-1] if base in ("slam", "rip", "plan", "admit", "quip", "brag", "dub") else ""
            past = irregular.get(base) or (base[:-1] + "ied" if consonant else stem + double + "ed")
            s = base[:-1] + "ies" if consonant else base + ("es" if base[-2:] in ("sh", "ch", "ss") else "s")
            for form, word in (("base", base), ("s", s), ("ed", past), ("ing", stem + double + "ing")):
                found.setdefault(word, (kind, form))
    return found


FORMS = _forms(_DATA["quoting"]["speech"], _DATA["quoting"]["stance"])
WEAK = frozenset(_forms(_DATA["quoting"]["weak"], []))
NOUNS = frozenset(_DATA["quoting"]["nouns"]) | frozenset(
    noun[:-1] + "ies" if noun.endswith("y") else noun + "s" for noun in _DATA["quoting"]["nouns"]
)
AUXILIARY = frozenset("do does did is are was were be been being has have had 's 're 've 'm 'd 'll".split())
ADJECTIVES = frozenset(_DATA["quoting"]["adjectives"])
RECORDS = frozenset(_DATA["quoting"]["records"])
RELATIVE = frozenset("who which that".split())
BEGIN = frozenset("that the a an his her its their he she it they whether how why what on for out".split())
PASSIVE = frozenset("was were is are be been being get got gets".split())
PASSIVES = frozenset(_DATA["quoting"]["passives"])
PARTICLES = frozenset("for on of about as to out by with over against".split())
OPENERS = frozenset(
    "in on at during after before when while as asked if although though since by with for despite under from following".split()
)
# What may stand between a verb of saying and what is said: who is told, when, where.
STRONG = re.compile(
    r"\s*(?:that|whether|if|how|why|what|where|who|he|she|it|they|we|i|there|this|these|against)\b|\s*[\":]|,? \"",
    re.I,
)
ADDRESS = re.compile(
    r"\s*(?:(?:also|again|later|earlier|today|yesterday|recently|publicly|simply|only|ominously)\b,?\s*)*"
    r"(?:(?:late |early |last |this |on )*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|year)(?:'s)?(?: (?:morning|afternoon|evening|night))?\b\s*)?"
)


def cues(sentence: Sentence, tokens: list[Token]) -> Iterator[Cue]:
    """The cues of a sentence from left to right."""
    for i, token in enumerate(tokens):
        low = token.low
        following = tokens[i + 1].low if i + 1 < len(tokens) else ""
        if low == "according" and following == "to":
            yield Cue(i, i + 2, i, "according", "")
        elif low in FORMS and (token.text != token.text.capitalize() or i == 0 or sentence.paragraph == 0):
            cue = _verb(sentence, tokens, i)
            if cue is not None:
                yield cue
            elif low in NOUNS and following == "that":
                yield Cue(i, i + 1, i, "noun", "")
        elif low in NOUNS and (
            following == "that" or (following in ("about", "of", "for", "to", "over") and _held(tokens, i))
        ):
            yield Cue(i, i + (1 if following == "that" else 2), i, "noun", "")
        elif low in ADJECTIVES and (
            following in ("that", "about", "of", "whether", "if", "how", "why", ":")
            or following
            and tokens[i + 1].tag in "Wtj"
        ):
            first = _auxiliaries(tokens, i)
            if any(t.low in PASSIVE or t.low == "'s" for t in tokens[first:i]):
                yield Cue(first, i + 1 + (following in ("about", "of", ":")), i, "stance", "ed")


def _held(tokens: list[Token], i: int) -> bool:
    """Whether a claim, hope or question is somebody's ("Example's plan to", "has questions about")."""
    return any(
        token.tag in "'H" or token.low in ("his", "her", "their", "its", "raised", "raising", "expressed")
        for token in tokens[max(0, i - 3) : i]
    )


def _auxiliaries(tokens: list[Token], i: int) -> int:
    """Where the auxiliaries and adverbs before a verb begin."""
    first = i
    while (
        first
        and (tokens[first - 1].tag in "R!mBH" or tokens[first - 1].low in AUXILIARY)
        and tokens[first - 1].low not in TIME
    ):
        first -= 1
    return first


def _verb(sentence: Sentence, tokens: list[Token], i: int) -> Cue | None:
    """The cue that a form of a verb is, if it is one."""
    low = tokens[i].low
    kind, form = FORMS[low]
    first = _auxiliaries(tokens, i)
    passive = form == "ed" and any(t.low in PASSIVE for t in tokens[first:i])
    if passive:
        if [token.low for token in tokens[i + 1 : i + 3]] == ["as", "saying"]:
            return None
        return Cue(first, _particle(tokens, i), i, "passive", form) if low in PASSIVES else None
    if not _is_verb(tokens, i, form) or (low in WEAK and not _complete(sentence, tokens, i, first)):
        return None
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if (
        form == "ed"
        and after == "by"
        or form == "s"
        and i + 1 < len(tokens)
        and tokens[i + 1].tag in "HBm"
        and after != "to"
    ):
        return None  # "rules proposed by the ministry", "health worries have grown"
    if low.startswith("point") and after not in ("out", "to"):
        return None
    last = (
        _particle(tokens, i)
        if kind == "stance" or after in ("out", "about") or low.startswith("point")
        else i + 1
    )
    return Cue(first, last, i, kind, form)


def _particle(tokens: list[Token], i: int) -> int:
    """Where the cue ends: with the preposition or "to" that belongs to it ("called for", "wants to")."""
    with_it = i + 1 < len(tokens) and tokens[i + 1].low in PARTICLES
    return i + 2 if with_it else i + 1


def _complete(sentence: Sentence, tokens: list[Token], i: int, first: int) -> bool:
    """Whether a clause, a quotation or the end of what was said stands beside a weak cue."""
    if any(token.low in RECORDS for token in tokens[max(0, first - 6) : first]):
        return True
    after = sentence.text[tokens[i].end :]
    skip = ADDRESS.match(after)
    lead = sentence.text[: tokens[i].start].rstrip()
    return (
        STRONG.match(after[skip.end() if skip else 0 :]) is not None
        or lead.endswith('"')
        or not after.strip(" .")
    )


def _is_verb(tokens: list[Token], i: int, form: str) -> bool:
    """Whether a word is the verb it may be, by what stands beside it."""
    before = tokens[i - 1] if i else None
    low = tokens[i].low
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if form == "ing":
        return before is None or before.tag in ",;&BRwWPpijsV'b" and before.low not in ("of", "for", "the")
    if before is None:
        return form == "ed"
    if before.tag in "toaib'YZ" and before.low not in ("it", "this", "that"):
        return before.low == "to" and form == "base"
    if form == "base":
        if before.tag in "jm!" or before.low in ("do", "did", "does", "n't"):
            return True
        plural = (
            before.tag == "P" or before.tag in "wW" and before.low.endswith("s") and before.low[-2:] != "'s"
        )
        if low in NOUNS:
            return (plural or before.tag in "Rs") and following is not None and following.low in BEGIN
        return before.tag in "RP&s" or plural
    if form == "s":
        if low in NOUNS and before.tag in "wq&,;":
            return following is not None and following.low in BEGIN
        return (
            before.tag in "WpjRs&,;"
            or before.low == ")"
            or before.tag in "wq"
            and not before.low.endswith("s")
        )
    return True


def speaker(
    sentence: Sentence, tokens: list[Token], cue: Cue, subject: Phrase | None
) -> tuple[Phrase | None, bool]:
    """The phrase that names who speaks, and whether it stands after the cue."""
    if cue.kind == "according":
        return right_phrase(tokens, cue.last) or noun_after(tokens, cue.last), True
    if cue.kind == "noun":
        j = cue.at - 1
        if j >= 1 and tokens[j].tag == "'":
            return left_phrase(tokens, j) or noun_before(tokens, j), False
        return subject or first_phrase(tokens, cue.at), False
    if cue.kind == "passive":
        by = next((k for k in range(cue.at + 1, min(cue.at + 3, len(tokens))) if tokens[k].tag == "b"), None)
        return (
            (right_phrase(tokens, by + 1) or noun_after(tokens, by + 1), True)
            if by is not None
            else (None, False)
        )
    i = cue.first
    before = tokens[i - 1] if i else None
    if cue.form == "ing" and i == cue.at and (before is None or before.tag not in "wWPpqj"):
        return subject or first_phrase(tokens, i), False
    ends = sentence.text[: tokens[i].start].rstrip()[-1:]
    inverts = cue.kind == "speech" and cue.form in ("ed", "s") and i == cue.at and tokens[i].low != "told"
    if inverts and (ends in '",?!' or not ends):
        right = right_phrase(tokens, cue.last) or _pronoun(tokens, cue.last)
        if right is not None and _ends_there(tokens, right.last):
            return right, True
    if before is None:
        return None, False
    if any(token.low == "to" for token in tokens[i : cue.at]):
        return subject or first_phrase(tokens, i), False
    if before.low in RELATIVE:
        return Phrase(i - 1, i, i), False
    if before.tag == "s":
        return None, False
    who = left_phrase(tokens, i) or noun_before(tokens, i) if before.tag != "&" else None
    if who is not None:
        return who, False
    return subject or first_phrase(tokens, i), False


def _ends_there(tokens: list[Token], k: int) -> bool:
    """Whether the phrase that ends before token ``k`` is not the subject of a verb that follows it."""
    return (
        k >= len(tokens) or tokens[k].tag in ",;sio&bCG" or tokens[k].low in TIME or tokens[k].low in OPENERS
    )


def _pronoun(tokens: list[Token], k: int) -> Phrase | None:
    return Phrase(k, k + 1, k + 1) if k < len(tokens) and tokens[k].low in PRONOUNS else None


def first_phrase(tokens: list[Token], end: int) -> Phrase | None:
    """The subject of a sentence: the phrase it begins with, after what sets the scene."""
    starts = [0] if tokens[0].low not in OPENERS and tokens[0].tag not in "is" else []
    starts += [n + 1 for n in range(end) if tokens[n].tag == ","]
    best = None
    for k in starts:
        while k < end and tokens[k].tag in "&R":
            k += 1
        found = right_phrase(tokens, k) or _pronoun(tokens, k) or noun_after(tokens, k)
        if found is None or found.last > end:
            continue
        if found.last == end or tokens[found.last].tag in "VEHBmRDL" or tokens[found.last].tag == "w":
            return found
        best = best or found
    return best
