"""Who was first told to be wounded and then to be dead is one person, and among the dead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .. import parties

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..record import Claim
    from .case import Case

_END = re.compile(r"[.!?…]['\"”’)]*\s|\n")
_AGE = re.compile(r"\d")


def later_died(case: Case, wounded: Sequence[Claim]) -> frozenset[str]:
    """Of claims that count one person wounded, those whose person is counted among the dead: by the same name, or in the
    same words, unless one sentence tells of both or the words set the person apart ("another man")."""
    dead = [claim for claim in case.about("killed") if _one(claim)]
    if not dead:
        return frozenset()
    single = all((claim.low or 0) <= 1 for claim in case.about("killed") if claim.stance == "asserts")
    return frozenset(
        claim.id
        for claim in wounded
        if _one(claim) and any(_same(case, claim, one, single=single) for one in dead)
    )


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
    return said or bool(_AGE.search(words[-1]))


def _one_sentence(case: Case, one: Claim, other: Claim) -> bool:
    """Whether both stand in one sentence of one report, which tells two people apart."""
    report = case.reports.get(one.report)
    if report is None or one.report != other.report:
        return False
    first, second = sorted((one, other), key=lambda claim: claim.start)
    return not _END.search(report.text[first.end : second.start])
