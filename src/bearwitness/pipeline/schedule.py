"""When a source is asked again: soon where something came, later where nothing changes, ever later where it fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bearwitness.visit import Visit

LOOKED_AT = 16
"""How many of the last visits of an address are looked at; the longest pause is reached before that."""
QUIET, FAILING = 1.5, 2.0
"""By how much the pause grows with every visit in a row that found nothing new, and with every one that failed."""
JITTER = 0.1
"""By how much of itself a pause is made longer at most, so that sources spread out."""
MOST_PATIENCE = 7 * 86_400.0
FAILED = ("failed", "forbidden", "gone")


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """Pauses between visits of one address, in seconds: ``every`` is the shortest, which a server may lengthen."""

    every: float = 900.0
    longest: float = 86_400.0


def pause(visits: Sequence[Visit], pace: Pace) -> float:
    """How long to wait after the last of ``visits`` of an address, which come latest first."""
    failing = _leading(visits, FAILED)
    quiet = _leading(visits, ("unchanged",))
    grown = pace.every * (FAILING**failing if failing else QUIET ** max(0, quiet - 1))
    patience = visits[0].patience if visits and isinstance(visits[0].patience, int) else 0
    return max(min(grown, max(pace.longest, pace.every)), min(patience, MOST_PATIENCE))


def due(visits: Sequence[Visit], pace: Pace, now: datetime, chance: Callable[[], float]) -> datetime:
    """When an address is to be visited next: now, if it never was. ``chance`` gives numbers between 0 and 1."""
    if not visits:
        return now
    wait = pause(visits, pace) * (1 + JITTER * chance())
    return datetime.fromisoformat(visits[0].at) + timedelta(seconds=wait)


def _leading(visits: Sequence[Visit], outcomes: Sequence[str]) -> int:
    return next((at for at, visit in enumerate(visits) if visit.outcome not in outcomes), len(visits))
