"""Words and patterns that show violence, who does it and with what; all built from the vocabulary."""

from __future__ import annotations

import re

from bearwitness import vocabulary
from bearwitness.record import EventKind

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

CLAIMED = _any_of(_DEEDS["responsibility"]["claim"])

CLAIMED_BY = _any_of(_DEEDS["responsibility"]["claimed_by"])

FIGURATIVE = _any_of(_DEEDS["figurative"]["words"])

DENIED_OWN = re.compile(
    r"\b(?:denied|denies|deny|denying) (?:\w+ ){0,3}?that (?:it|they|he|she|(?:its|their|his|her) [\w-]+) (?:had |has |have |was |were )?(?!had|has|have|was|were)\w+"
)

DEVELOPING = _any_of(_DEEDS["developing"]["words"])

HEDGE = _any_of(vocabulary.load("speakers")["hedges"]["words"])

NOBODY = _any_of(vocabulary.load("speakers")["hedges"]["nobody"])

TOTALS = _any_of(vocabulary.load("dates")["totals"]["words"])

GATE = re.compile("|".join(map(re.escape, _DEEDS["gate"]["stems"])))

SURE = frozenset(_DEEDS["gate"]["sure"])

SIGNS = frozenset(_DEEDS["gate"]["signs"])

# Sentences that speak to a machine that reads, not to people: nothing in them is a claim.
ORDER = re.compile(
    r"^\W*(?:(?:system|assistant|user|ai)\b\s*[:,]|(?:please )?(?:ignore|disregard|forget|override)\b.{0,60}\b(?:above|previous|earlier|prior|instructions?|report|text|rules)\b"
    r"|(?:please )?(?:say|write|output|print|repeat|respond|answer|report)\b.{0,20}(?:\bthat\b|:|=)|forward this\b)"
    r"|\b(?:ignore|disregard) (?:all |the |any |everything )?(?:above|previous|earlier|prior)\b|\bnew instructions?\b|\boutput:? ?\w+ ?="
)

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


def kind_of(low: str) -> EventKind | None:
    """The kind of event a sentence's first trigger gives."""
    first: tuple[int, EventKind] | None = None
    for kind, pattern in KINDS:
        match = pattern.search(low)
        if match and (first is None or match.start() < first[0]):
            first = (match.start(), kind)
    return first[1] if first else None
