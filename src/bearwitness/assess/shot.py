"""Counts of persons shot or hit, of whom some may have died: how many of them are wounded by what the same report tells of the dead.

Such a count is read as one of the wounded from none to all (standards T4). Where its report counts its dead as well, the rest are
the wounded: "two shot", one of whom died, is one, and "two shot" above "two men were shot dead" counts nobody besides. Where no
report tells of a death, all of them are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import parties

if TYPE_CHECKING:
    from ..record import About, Claim
    from .case import Case


class Shot:
    """What counts of persons shot say of the wounded; of other counts and other categories it knows nothing."""

    def __init__(self, case: Case, about: About) -> None:
        self._left: dict[str, int] = {}
        if about != "injured":
            return
        told = [claim for claim in case.about("killed") if claim.stance == "asserts" and claim.high != 0]
        together = {(claim.report, claim.start, claim.high) for claim in told if claim.low == 0}
        dead = _dead(told)
        for claim in case.about("injured"):
            if claim.stance != "asserts" or claim.low != 0 or not claim.high or claim.part_of:
                continue
            if claim.mention in dead:
                self._left[claim.id] = max(0, claim.high - dead[claim.mention])
            elif not told and (claim.report, claim.start, claim.high) not in together:
                self._left[claim.id] = claim.high

    def number(self, claim: Claim) -> int | None:
        """How many of those that the claim counts are wounded, if that can be told."""
        return self._left.get(claim.id)


def _dead(told: list[Claim]) -> dict[str, int]:
    """By mention, how many its report says were killed: its largest exact count, or as many as it names."""
    most: dict[str, int] = {}
    names: dict[str, set[str]] = {}
    for claim in told:
        if claim.low == claim.high and claim.low and claim.group != "attacker" and not claim.hedged:
            most[claim.mention] = max(claim.low, most.get(claim.mention, 0))
            if claim.low == 1 and parties.is_person(claim.whom or ""):
                names.setdefault(claim.mention, set()).add(parties.tokens(claim.whom or "")[-1])
    return {mention: max(count, len(names.get(mention, ()))) for mention, count in most.items()}
