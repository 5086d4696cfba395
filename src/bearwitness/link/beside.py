"""What stands beside an incident: others told by the same report, and near ones that were not joined.

Both look at a few others only: those that reports tell beside it, and those next to it in the list of its place. So an incident that
changes bears on what stands beside a few.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from .. import edtf
from ..record import Incident, Join
from .clustering import RULE, join
from .compare import compare, days_differ
from .episodes import RANKS, counted, relation, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..record import Related, Relation
    from ..review import Rulings
    from .facts import Fact

NEAR_DAYS = 7
NEIGHBOURS = 6  # incidents of one place looked at on either side
COMPARED = 2  # mentions of an incident compared with those of a near one


class Spot(NamedTuple):
    """Where an incident stands among those of its place: the place's key, the first day it may have been, its id; and its
    first mentions. An incident that names no place finer than a country has no spot."""

    place: str
    first: int
    incident: str
    mentions: tuple[str, ...]


def spot(incident: Incident, facts: Mapping[str, Fact]) -> Spot | None:
    """The spot of an incident; ``facts`` hold those of its mentions."""
    place = incident.place
    if place is None or place.precision == "country":
        return None
    key = f"#{place.geonameid}" if place.geonameid is not None else " ".join(place.words.casefold().split())
    days = edtf.days(incident.date)
    windows = [span.first for name in incident.mentions if (span := facts[name].days) is not None]
    first = days.first if days is not None else min(windows, default=0)
    return Spot(key, first, incident.id, incident.mentions[:COMPARED])


def neighbours(spots: Iterable[Spot]) -> Iterator[tuple[Spot, Spot]]:
    """Those next to each other at one place; ``spots`` are in order."""
    for _, same in groupby(spots, key=lambda one: one.place):
        held = list(same)
        for at, one in enumerate(held):
            yield from ((one, other) for other in held[at + 1 : at + 1 + NEIGHBOURS])


def judged(rulings: Rulings, of: Mapping[str, str]) -> Iterator[tuple[str, str, Join]]:
    """Pairs of incidents that people held apart or were unsure of, with the words for it, in order."""
    for verdict, pairs in (("judged_different", rulings.different), ("judged_unsure", rulings.unsure)):
        for (one, other), judgement in sorted(pairs.items()):
            if one in of and other in of and of[one] != of[other]:
                text = f"{judgement.by} judged: {verdict.removeprefix('judged_')}. {judgement.why}"
                yield of[one], of[other], join(one, other, judgement.by, (verdict,), text)


def near(one: Spot, other: Spot, facts: Mapping[str, Fact]) -> Join | None:
    """Why two incidents of one place and near days are not one; ``None`` if they are not near."""
    best: tuple[int, str, str, tuple[str, ...]] | None = None
    for first in one.mentions:
        for second in other.mentions:
            a, b = facts[first], facts[second]
            if a.days is None or b.days is None or edtf.apart(a.days, b.days) > NEAR_DAYS:
                continue
            if days_differ(a, b) and a.report == b.report:
                codes: tuple[str, ...] = ("same_report", "different_days")
                entry = (0, first, second, codes)
            else:
                comparison = compare(a, b)
                codes = (*comparison.codes, "through_others") if comparison.joins else comparison.codes
                entry = (-comparison.score, first, second, codes)
            best = entry if best is None else min(best, entry)
    return join(best[1], best[2], RULE, best[3]) if best is not None else None


def apart(
    spots: Sequence[Spot], facts: Mapping[str, Fact], of: Mapping[str, str], rulings: Rulings
) -> dict[str, tuple[Join, ...]]:
    """By incident id: the near-joins worth showing, each with why it was not made. ``spots`` are in order."""
    found: dict[str, dict[tuple[str, str], Join]] = {}

    def keep(one: str, other: str, shown: Join) -> None:
        for held in (one, other):
            found.setdefault(held, {}).setdefault((shown.first, shown.second), shown)

    settled = set()
    for one, other, verdict in judged(rulings, of):
        settled.add((min(one, other), max(one, other)))
        keep(one, other, verdict)
    for left, right in neighbours(spots):
        one, other = left.incident, right.incident
        if (min(one, other), max(one, other)) not in settled:
            why = near(left, right, facts)
            if why is not None:
                keep(one, other, why)
    return {key: tuple(joins[pair] for pair in sorted(joins)) for key, joins in found.items()}


def reported(fact: Fact) -> str:
    """The id of the report of a mention, of whatever part of it."""
    return fact.report.partition(" ")[0]


def related(
    facts: Iterable[Fact], of: Mapping[str, str], wanted: set[str] | None = None
) -> dict[str, tuple[Related, ...]]:
    """By incident id: the incidents told by the same reports: the episode it is part of and its parts first, then series.
    ``facts`` hold all mentions of those reports; with ``wanted``, only those incidents are asked for."""
    by_report: dict[str, list[Fact]] = {}
    for fact in facts:
        by_report.setdefault(reported(fact), []).append(fact)
    found: dict[str, dict[str, Relation]] = {}
    for told in by_report.values():
        series = counted(told)
        for one in told if len(told) > 1 else ():
            mine = of[one.id]
            if wanted is not None and mine not in wanted:
                continue
            for other in told:
                if mine != (theirs := of[other.id]):
                    how = relation(one, other, series)
                    known = found.setdefault(mine, {}).get(theirs, how)
                    found[mine][theirs] = min(how, known, key=RANKS.index)
    return {key: shown(others) for key, others in found.items()}
