"""What stands beside an incident: others told by the same report, and near ones that were not joined.

Both look at a few others only: those that reports tell beside it, and those next to it in the list of its place. So an incident that
changes bears on what stands beside a few.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from .. import edtf
from ..record import Incident, Join, Related
from .clustering import RULE, join
from .compare import compare, days_differ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..record import Relation
    from ..review import Rulings
    from .facts import Fact

NEAR_DAYS = 7
NEIGHBOURS = 6  # incidents of one place looked at on either side
COMPARED = 2  # mentions of an incident compared with those of a near one
MOST_RELATED = 12
MOST_PARTS = 60
_WIDE = frozenset({"adm1", "adm2", "area", "near"})
_RANKS: tuple[Relation, ...] = ("episode", "part", "series", "same_place", "background")
_SENTENCES: dict[Relation, str] = {
    "episode": "One report gives a toll for several events together, and tells this as one of them.",
    "part": "One report tells it as one of the events that this toll counts together.",
    "series": "One report counts both in a series of attacks on this place.",
    "background": "Told beside it in one report.",
    "same_place": "One report tells both of the same place.",
}


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
    for one, other, shown in judged(rulings, of):
        settled.add((min(one, other), max(one, other)))
        keep(one, other, shown)
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
        counted = {_sort(fact) for fact in told if fact.series is not None}
        for one in told if len(told) > 1 else ():
            mine = of[one.id]
            if wanted is not None and mine not in wanted:
                continue
            for other in told:
                if mine != (theirs := of[other.id]):
                    relation = _relation(one, other, counted)
                    known = found.setdefault(mine, {}).get(theirs, relation)
                    found[mine][theirs] = min(relation, known, key=_RANKS.index)
    result = {}
    for key, others in found.items():
        first = sorted(others.items(), key=lambda entry: (_RANKS.index(entry[1]), entry[0]))
        parts = [entry for entry in first if entry[1] == "part"]
        first = [*parts[:MOST_PARTS], *[entry for entry in first if entry[1] != "part"][:MOST_RELATED]]
        result[key] = tuple(
            Related(incident=other, relation=relation, sentence=_SENTENCES[relation])
            for other, relation in first
        )
    return result


def _sort(fact: Fact) -> tuple[object, ...]:
    return fact.kind, fact.geonameid or fact.place_words


def _relation(one: Fact, other: Fact, counted: set[tuple[object, ...]]) -> Relation:
    """How ``other`` stands to ``one``, as their report tells them; ``counted`` are the kinds and places of which it tells a
    series ("the second attack on the town"): all it tells of these is of the series."""
    if _counts(other, one):
        return "episode"
    if _counts(one, other):
        return "part"
    same_place = _same_place(one, other)
    sorts = {_sort(one), _sort(other)}
    if same_place and (one.series is not None or other.series is not None or sorts <= counted):
        return "series"
    return "same_place" if same_place else "background"


def _same_place(one: Fact, other: Fact) -> bool:
    if one.geonameid is not None:
        return one.geonameid == other.geonameid
    return bool(one.place_words) and one.place_words == other.place_words


def _counts(total: Fact, single: Fact) -> bool:
    """Whether a toll of several events may count an event that its report tells besides: it happened, in that country, at or
    in that place, and within those days, as far as these are known."""
    if total.kind != "total" or single.kind == "total" or single.status != "occurred":
        return False
    if total.country and single.country and total.country != single.country:
        return False
    days, day = _told_days(total), _told_days(single)
    if days is not None and day is not None and not edtf.meet(days, day):
        return False
    placed = bool(total.place_words) and bool(single.place_words)
    return not placed or _within(total, single) or _same_place(total, single)


def _told_days(fact: Fact) -> edtf.Days | None:
    """The days that the text gives, none that were only taken from when it was published."""
    return None if fact.windowed else fact.days


def _within(wide: Fact, fact: Fact) -> bool:
    """Whether a place lies in a wider one: a country, or a province of its name."""
    if wide.precision == "country":
        return wide.lies_in == fact.lies_in
    name, first, _ = wide.areas
    known = [area for area in fact.areas[1:] if area]
    return wide.precision in _WIDE and (not known or bool({name, first} & set(known)))
