"""Tolls over time: how they stood at the end of each day on which something new was published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from ..record import Brief, Moment
from .ground import Ground
from .tolls import toll

if TYPE_CHECKING:
    from ..record import Toll
    from .case import Case
    from .tolls import Method

MOST = 60
"""Days shown of one incident. Of more, the first and the last stay and those between are thinned out evenly."""
SHOWN: tuple[Literal["killed", "injured"], ...] = ("killed", "injured")


def moments(case: Case, method: Method) -> list[Moment]:
    """The tolls of ``case`` by ``method`` at the end of every day on which claims of them were published."""
    new: dict[int, list[str]] = {}
    captured = set()
    for claim in case.claims:
        if claim.about in SHOWN:
            day, basis = case.since(claim.report, claim.start)
            new.setdefault(day, []).append(claim.id)
            if basis == "captured":
                captured.add(day)
    days = sorted(new)
    if len(days) > MOST:
        days = [days[round(number * (len(days) - 1) / (MOST - 1))] for number in range(MOST)]
    found = []
    for day in days:
        then = case.until(day)
        if then is None:
            continue
        ground = Ground(then)
        found.append(
            Moment(
                day=date.fromordinal(day).isoformat(),
                basis="captured" if day in captured else "published",
                tolls=tuple(brief(toll(ground, about, method)) for about in SHOWN),
                claims=tuple(new[day]),
            )
        )
    return found


def brief(found: Toll) -> Brief:
    """A toll in short."""
    return Brief(
        about="injured" if found.about == "injured" else "killed", low=found.low, best=found.best, high=found.high, open_high=found.open_high,
        code=found.reasons[0],
    )  # fmt: skip
