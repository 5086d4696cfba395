"""What stands beside an incident: others told by the same report, and near ones that were not joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import edtf
from ..record import Incident
from .clustering import RULE, join
from .compare import compare, days_differ
from .episodes import RANKS, counted, relation, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..record import Join, Related, Relation
    from ..review import Rulings
    from .facts import Fact

NEAR_DAYS = 7
NEIGHBOURS = 6  # incidents of one place looked at on either side


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


def related(facts: Iterable[Fact], of: Mapping[str, str]) -> dict[str, tuple[Related, ...]]:
    """By incident id: the incidents told by the same reports: the episode it is part of and its parts first, then series."""
    by_report: dict[str, list[Fact]] = {}
    for fact in facts:
        by_report.setdefault(fact.report.split(" ")[0], []).append(fact)
    found: dict[str, dict[str, Relation]] = {}
    for told in by_report.values():
        series = counted(told)
        for one in told:
            for other in told:
                if of[one.id] == of[other.id]:
                    continue
                how = relation(one, other, series)
                known = found.setdefault(of[one.id], {}).get(of[other.id], how)
                found[of[one.id]][of[other.id]] = min(how, known, key=RANKS.index)
    return {key: shown(others) for key, others in found.items()}
