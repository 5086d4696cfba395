"""What a toll rests on: how it would stand without one outlet, one side, or one origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..record import Without
from .moments import SHOWN, brief
from .sides import NAMES
from .tolls import toll

if TYPE_CHECKING:
    from ..record import Brief
    from .ground import Ground
    from .tolls import Method

MOST = 40
"""Outlets, and origins, that are left out in turn: those with most claims."""
What = Literal["outlet", "side", "origin"]


def without(ground: Ground, method: Method) -> list[Without]:
    """For each outlet, side and origin in turn, the tolls by ``method`` that move without what it says, the widest reach
    first. Nothing else changes: whose words and on which side the others are stays as it is."""
    case = ground.case
    whole = {about: brief(toll(ground, about, method)) for about in SHOWN}
    told = [claim for claim in case.live if claim.about in SHOWN]
    groups: dict[tuple[What, str], set[str]] = {}
    for claim in told:
        keys: tuple[tuple[What, str], ...] = (
            ("outlet", case.outlet(claim.report)),
            ("side", NAMES[ground.sides.of(claim.speaker)]),
            ("origin", ground.sources.names[ground.sources.of[claim.id]]),
        )
        for key in keys:
            groups.setdefault(key, set()).add(claim.id)
    found = []
    left = {"outlet": MOST, "side": MOST, "origin": MOST}
    for (what, name), claims in sorted(groups.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        left[what] -= 1
        if left[what] < 0:
            continue
        rest = ground.leaving_out(frozenset(claims))
        moved = [brief(toll(rest, about, method)) for about in SHOWN]
        moved = [one for one in moved if _bounds(one) != _bounds(whole[one.about])]
        if moved:
            found.append(Without(what=what, name=name, tolls=tuple(moved), claims=len(claims)))
    order = ("origin", "side", "outlet")
    return sorted(found, key=lambda one: (order.index(one.what), -one.claims, one.name))


def _bounds(one: Brief) -> tuple[int | None, int | None, int | None, bool]:
    return one.low, one.best, one.high, one.open_high
