"""Who was first told to be wounded and then to be dead is one person, and among the dead; who was shot and did not die is wounded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .. import parties

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..record import Claim
    from .case import Case

_END = re.compile(r"[.!?…]['\"”’)]*\s|\n")
_AGE = re.compile(r"(\d+)[- ](year|month|week|day)")
ADULT = 12 * 18  # months
MONTHS = 3  # by which an age in months may differ from one in years


def later_died(case: Case, wounded: Sequence[Claim]) -> frozenset[str]:
    """Of claims that count one person wounded, those whose person is counted among the dead: by the same name, or in the
    same words, unless something sets the two apart: a sentence that tells of both, "another man", an age, a sex, a uniform,
    a kinship ("her mother")."""
    dead = [claim for claim in case.about("killed") if _one(claim)]
    ones = [claim for claim in wounded if _one(claim)]
    if not dead or not ones:
        return frozenset()
    single = all((claim.low or 0) <= 1 for claim in case.about("killed") if claim.stance == "asserts")
    lost = _Lost(dead)
    return frozenset(
        claim.id
        for claim in ones
        if not (single and lost.other(claim)) and any(_same(case, claim, one, single=single) for one in dead)
    )


class _Lost:
    """What all claims together say of the one person who died."""

    def __init__(self, dead: Sequence[Claim]) -> None:
        self._ages = {age for claim in dead if (age := _age(claim))}
        self._groups = {claim.group for claim in dead}
        words = {word for claim in dead for word in parties.tokens(claim.whom or "")}
        self._sexes = _sexes(words)
        young = words & (parties.listed("some_children") | parties.listed("children")) or any(
            first < ADULT for first, _ in self._ages
        )
        self._child = bool(young) and not words & parties.listed("relations")

    def other(self, wounded: Claim) -> bool:
        """Whether the wounded one can be nobody who died: of another age or sex, in uniform, or told by a kinship where it was a child
        that died ("her mother")."""
        words = set(parties.tokens(wounded.whom or ""))
        age, sexes = _age(wounded), _sexes(words)
        if age and self._ages and not any(_near(age, known) for known in self._ages):
            return True
        if sexes and self._sexes and sexes.isdisjoint(self._sexes):
            return True
        if wounded.group in ("police", "combatant") and wounded.group not in self._groups:
            return True
        return self._child and bool(words & parties.listed("relations"))


def _sexes(words: set[str]) -> set[str]:
    return {name for name in ("female", "male") if words & parties.listed(name)}


def _age(claim: Claim) -> tuple[int, int] | None:
    """The age that a claim gives of its person ("15-month-old"), as the months from and to which it may be."""
    found = _AGE.search(" ".join(parties.tokens(claim.whom or "")))
    if found is None:
        return None
    number, unit = int(found[1]), found[2]
    return (12 * number, 12 * number + 11) if unit == "year" else (number if unit == "month" else 0,) * 2


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two ages may be one, told wrong by a year or some months."""
    wrong = 1 if one[0] < one[1] and other[0] < other[1] else MONTHS
    return one[0] - wrong <= other[1] and other[0] - wrong <= one[1]


def _one(claim: Claim) -> bool:
    return claim.stance == "asserts" and claim.low == claim.high == 1 and claim.group != "attacker"


def _same(case: Case, wounded: Claim, dead: Claim, *, single: bool) -> bool:
    """Whether both count one and the same person; ``single`` says that nobody counts more than one dead."""
    mine, theirs = parties.tokens(wounded.whom or ""), parties.tokens(dead.whom or "")
    named = parties.is_person(wounded.whom or ""), parties.is_person(dead.whom or "")
    if all(named):
        return mine[-1] == theirs[-1]
    if set(mine) & parties.listed("besides") or _one_sentence(case, wounded, dead):
        return False
    if any(named) or _anybody(mine) or _anybody(theirs):
        return single
    return mine[-1] == theirs[-1] or (single and _a_child(mine) and _a_child(theirs))


def _a_child(words: tuple[str, ...]) -> bool:
    return words[-1] in parties.listed("children") | parties.listed("some_children")


def _anybody(words: tuple[str, ...]) -> bool:
    """Whether the words say nothing of who it was but an age."""
    said = not words or words[-1] in parties.listed("wholes") | parties.listed("anybody")
    return said or words[-1][:1].isdigit() or words[-1] == "old"


def _one_sentence(case: Case, one: Claim, other: Claim) -> bool:
    """Whether both stand in one sentence of one report, which tells two people apart."""
    report = case.reports.get(one.report)
    if report is None or one.report != other.report:
        return False
    first, second = sorted((one, other), key=lambda claim: claim.start)
    return not _END.search(report.text[first.end : second.start])
