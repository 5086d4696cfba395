"""Score readings of the invented stories against their goldens: one-to-one matching, then F1.

Both sides are in the interchange form. A count matches if what it is about, its low, its high and its stance
are the same; a speaker matches if half of the content words are shared or one holds the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

COUNTS = ("killed", "injured", "missing", "abducted", "detained")
DROP = {"the", "a", "an", "of", "s", "in", "for", "and", "said", "its", "his", "their", "one", "some"}

Claim = dict[str, Any]
Test = Callable[[Claim, Claim], bool]


class Score(NamedTuple):
    """How many claims of the system and of the golden found their like."""

    matched: int
    system: int
    gold: int

    @property
    def f1(self) -> float:
        """2 matched / (system + gold); 1 where there was nothing to find and nothing was found."""
        return 2 * self.matched / (self.system + self.gold) if self.system + self.gold else 1.0


def content_words(phrase: str | None) -> set[str]:
    """The words of ``phrase`` that carry meaning, in lower case."""
    text = (phrase or "").lower().replace("’", "'").replace("'s", " ")
    return {word for word in re.findall(r"\w+", text) if word not in DROP}


def alike(ours: str | None, *theirs: str | None) -> bool:
    """Whether ``ours`` names the same as one of ``theirs``; nobody is like nobody only."""
    if ours is None or theirs[0] is None:
        return ours is None and theirs[0] is None
    a = content_words(ours)
    for phrase in theirs:
        b = content_words(phrase)
        if a and b and (len(a & b) / len(a | b) >= 0.5 or a <= b or b <= a):
            return True
    return False


def same_count(system: Claim, gold: Claim) -> bool:
    """The same number of the same category, asserted or denied alike."""
    return all(system.get(key) == gold.get(key) for key in ("about", "low", "high", "stance"))


def same_speaker(system: Claim, gold: Claim) -> bool:
    """The same speaker, in the short or the full form the golden gives."""
    return alike(system.get("speaker"), gold["speaker"], gold.get("speaker_full"))


def same_count_and_speaker(system: Claim, gold: Claim) -> bool:
    """The same number by the same speaker."""
    return same_count(system, gold) and same_speaker(system, gold)


def same_denial(system: Claim, gold: Claim) -> bool:
    """A denial of the same thing by the same speaker."""
    return system.get("about") == gold["about"] and same_speaker(system, gold)


def overlap(system: Claim, gold: Claim) -> float:
    """How much two quotes share, from 0 to 1: decides between equal numbers."""
    a, b = content_words(system.get("quote")), content_words(gold.get("quote"))
    return len(a & b) / len(a | b) if a | b else 0.0


def pair(system: list[Claim], gold: list[Claim], test: Test) -> list[tuple[int, int]]:
    """One-to-one pairs of positions that pass ``test``, those with the likest quotes first."""
    edges = sorted(
        (-overlap(s, g), i, j) for i, s in enumerate(system) for j, g in enumerate(gold) if test(s, g)
    )
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in edges:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def score(
    documents: Iterable[tuple[list[Claim], list[Claim]]], keep: Callable[[Claim], bool], test: Test
) -> Score:
    """Sum over ``documents``, each (system, gold), of the claims that ``keep`` and of their pairs."""
    matched = ours = theirs = 0
    for system, gold in documents:
        s, g = [c for c in system if keep(c)], [c for c in gold if keep(c)]
        matched, ours, theirs = matched + len(pair(s, g, test)), ours + len(s), theirs + len(g)
    return Score(matched, ours, theirs)


def is_count(claim: Claim) -> bool:
    """Whether the claim is a number of persons."""
    return claim.get("about") in COUNTS


def is_denial(claim: Claim) -> bool:
    """Whether the claim denies something."""
    return claim.get("stance") == "denies"


def all_scores(documents: list[tuple[list[Claim], list[Claim]]]) -> dict[str, Score]:
    """The scores that have a floor in ``expected.toml``."""
    return {
        "toll": score(documents, is_count, same_count),
        "toll_speaker": score(documents, is_count, same_count_and_speaker),
        "denial": score(documents, is_denial, same_denial),
    }
