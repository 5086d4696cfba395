"""What stands beside an incident: others told by the same report, and near ones that were not joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import edtf
from ..record import Incident, Related
from .clustering import RULE, join
from .compare import compare, days_differ

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..record import Join, Mention, Place, Relation
    from ..review import Rulings
    from .facts import Fact

NEAR_DAYS = 7
NEIGHBOURS = 6  # incidents of one place looked at on either side
MOST_RELATED = 12
MOST_PARTS = 60
_WIDE = frozenset({"adm1", "adm2", "area", "near"})
_SENTENCES: dict[Relation, str] = {
    "episode": "One report gives a toll for several events together, and tells this as one of them.",
    "part": "One report tells it as one of the events that this toll counts together.",
    "series": "One report counts both in a series of attacks on this place.",
    "background": "Told beside it in one report.",
    "same_place": "One report tells both of the same place.",
}


def apart(
    incidents: list[Incident], facts: Mapping[str, Fact], of: Mapping[str, str], rulings: Rulings
) -> dict[str, list[Join]]:
    """By incident id: the near-joins worth showing, each with why it was not made."""
    found: dict[str, dict[tuple[str, str], Join]] = {}

    def keep(one: Incident, other: Incident, shown: Join) -> None:
        for held in (one, other):
            found.setdefault(held.id, {}).setdefault((shown.first, shown.second), shown)

    by_id = {incident.id: incident for incident in incidents}
    for verdict, pairs in (("judged_different", rulings.different), ("judged_unsure", rulings.unsure)):
        for (one, other), judgement in sorted(pairs.items()):
            if one in of and other in of and of[one] != of[other]:
                text = f"{judgement.by} judged: {verdict.removeprefix('judged_')}. {judgement.why}"
                shown = join(one, other, judgement.by, (verdict,), text)
                keep(by_id[of[one]], by_id[of[other]], shown)
    for left, right in _neighbours(incidents, facts):
        near = _near(left, right, facts)
        judged = found.get(left.id, {}).values()
        if near is not None and not any(right.id in (of[held.first], of[held.second]) for held in judged):
            keep(left, right, near)
    return {key: [joins[pair] for pair in sorted(joins)] for key, joins in found.items()}


def _neighbours(incidents: list[Incident], facts: Mapping[str, Fact]) -> list[tuple[Incident, Incident]]:
    """Incidents of one place (by gazetteer entry, else by words) next to each other in time."""
    places: dict[tuple[object, ...], list[tuple[int, str, Incident]]] = {}
    for incident in incidents:
        place = incident.place
        if place is None or place.precision == "country":
            continue
        words = tuple(place.words.casefold().split())
        key: tuple[object, ...] = (place.geonameid,) if place.geonameid is not None else words
        days = edtf.days(incident.date)
        windows = [span.first for name in incident.mentions if (span := facts[name].days) is not None]
        first = days.first if days is not None else min(windows, default=0)
        places.setdefault(key, []).append((first, incident.id, incident))
    pairs = []
    for held in places.values():
        held.sort(key=lambda entry: entry[:2])
        for at, (_, _, one) in enumerate(held):
            pairs += [(one, other) for _, _, other in held[at + 1 : at + 1 + NEIGHBOURS]]
    return pairs


def _near(one: Incident, other: Incident, facts: Mapping[str, Fact]) -> Join | None:
    """Why two incidents of one place and near days are not one; ``None`` if they are not near."""
    best: tuple[int, str, str, tuple[str, ...]] | None = None
    for first in one.mentions[:NEIGHBOURS]:
        for second in other.mentions[:NEIGHBOURS]:
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


def related(
    incidents: list[Incident], mentions: Mapping[str, Mention], of: Mapping[str, str]
) -> dict[str, tuple[Related, ...]]:
    """By incident id: the incidents told by the same reports: the episode it is part of and its parts first, then series."""
    by_report: dict[str, list[Mention]] = {}
    for incident in incidents:
        for name in incident.mentions:
            by_report.setdefault(mentions[name].report, []).append(mentions[name])
    ranks: tuple[Relation, ...] = ("episode", "part", "series", "same_place", "background")
    found: dict[str, dict[str, Relation]] = {}
    for told in by_report.values():
        counted = {_spot(mention) for mention in told if mention.series is not None}
        for one in told:
            for other in told:
                if of[one.id] == of[other.id]:
                    continue
                relation = _relation(one, other, counted)
                known = found.setdefault(of[one.id], {}).get(of[other.id], relation)
                found[of[one.id]][of[other.id]] = min(relation, known, key=ranks.index)
    result = {}
    for key, others in found.items():
        first = sorted(others.items(), key=lambda entry: (ranks.index(entry[1]), entry[0]))
        parts = [entry for entry in first if entry[1] == "part"]
        first = [*parts[:MOST_PARTS], *[entry for entry in first if entry[1] != "part"][:MOST_RELATED]]
        result[key] = tuple(
            Related(incident=other, relation=relation, sentence=_SENTENCES[relation])
            for other, relation in first
        )
    return result


def _spot(mention: Mention) -> tuple[object, ...]:
    place = mention.place
    return mention.kind, (place.geonameid or place.words.casefold()) if place is not None else None


def _relation(one: Mention, other: Mention, counted: set[tuple[object, ...]]) -> Relation:
    """How ``other`` stands to ``one``, as their report tells them; ``counted`` are the kinds and places of which it tells a
    series ("the second attack on the town"): all it tells of these is of the series."""
    if _counts(other, one):
        return "episode"
    if _counts(one, other):
        return "part"
    same_place = _same_place(one, other)
    spots = {_spot(one), _spot(other)}
    if same_place and (one.series is not None or other.series is not None or spots <= counted):
        return "series"
    return "same_place" if same_place else "background"


def _same_place(one: Mention, other: Mention) -> bool:
    if one.place is None or other.place is None:
        return False
    if one.place.geonameid is not None:
        return one.place.geonameid == other.place.geonameid
    return one.place.words.casefold() == other.place.words.casefold()


def _counts(total: Mention, single: Mention) -> bool:
    """Whether a toll of several events may count an event that its report tells besides: it happened, in that country, at or
    in that place, and within those days, as far as these are known."""
    if total.kind != "total" or single.kind == "total" or single.status != "occurred":
        return False
    if total.country and single.country and total.country != single.country:
        return False
    days, day = edtf.days(total.date), edtf.days(single.date)
    if days is not None and day is not None and not edtf.meet(days, day):
        return False
    return (
        total.place is None
        or single.place is None
        or _within(total.place, single.place)
        or _same_place(total, single)
    )


def _within(wide: Place, place: Place) -> bool:
    """Whether a place lies in a wider one: a country, or a province of its name."""
    if wide.precision == "country":
        return wide.country == place.country
    known = [name for name in (place.admin1, place.admin2) if name]
    return wide.precision in _WIDE and (not known or bool({wide.name, wide.admin1} & set(known)))
