"""What incidents show of each other, where some of them are new, gone or others than before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bearwitness import link

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from bearwitness import review
    from bearwitness.link import Fact, Spot
    from bearwitness.record import Incident, Join, Related
    from bearwitness.store import Links

    Pair = tuple[str, str]


class Beside:
    """``made`` are new incidents without what shows beside others, ``replaced`` those that were there in their place."""

    def __init__(
        self,
        links: Links[Fact],
        rulings: Callable[[Collection[str]], review.Rulings],
        made: list[Incident],
        replaced: list[Incident],
    ) -> None:
        self._links = links
        self._rulings = rulings
        self._made = {one.id: one for one in made}
        self._replaced = replaced
        self._no_more = {one.id for one in replaced}
        # Parts of the lists of places as they are now, and whether the list begins or ends with the part.
        self._rows: list[tuple[list[Spot], bool, bool]] = []
        self._new = {name: one.id for one in made for name in one.mentions}

    def shown(
        self, changed: Collection[str], reports: Collection[str], judged: Collection[str]
    ) -> tuple[list[Incident], list[Incident]]:
        """The new incidents with all that they show, and others that show something else than before.

        ``changed`` are mentions whose facts changed, ``reports`` hold those, and what is no more; new judgements bear on ``judged``.
        """
        near = self._around(changed) | self._judged_beside(judged)
        told = self._told_beside(reports)
        there = self._links.incidents((near | told) - self._made.keys() - self._no_more)
        current = {**there, **self._made}
        near = (near & there.keys()) | self._made.keys()
        told = (told & there.keys()) | self._made.keys()
        apart = self._apart(near, current)
        related = self._related(told, current)
        shown = {
            key: msgspec.structs.replace(
                one,
                apart=apart.get(key, ()) if key in near else one.apart,
                related=related.get(key, ()) if key in told else one.related,
            )
            for key, one in current.items()
        }
        others = [shown[key] for key in sorted(there) if shown[key] != there[key]]
        return [shown[key] for key in sorted(self._made)], others

    def _of(self, names: Iterable[str]) -> dict[str, str]:
        """The incident that each mention is in now; those that are no more are left out."""
        wanted = set(names)
        there = self._links.incidents_of(wanted - self._new.keys())
        return {name: key for name, key in there.items() if key not in self._no_more} | {
            name: self._new[name] for name in wanted & self._new.keys()
        }

    def _facts(self, names: Iterable[str]) -> dict[str, Fact]:
        return {fact.id: fact for fact in self._links.facts(map(link.key, names)).values()}

    def _around(self, changed: Collection[str]) -> set[str]:
        """Move the spots of incidents, and give the incidents next to those that moved or whose mentions changed there."""
        facts = self._facts(name for one in self._made.values() for name in one.mentions)
        come = {
            tuple(place): place for one in self._made.values() if (place := link.spot(one, facts)) is not None
        }
        go = {
            tuple(place): link.Spot(*place) for place in self._links.spots(one.id for one in self._replaced)
        }
        stay = {place for place in come.keys() & go.keys() if set(come[place].mentions).isdisjoint(changed)}
        gone = [go[place] for place in sorted(go.keys() - stay)]
        new = [come[place] for place in sorted(come.keys() - stay)]
        before = [one.incident for place in gone for one in self._links.beside(place, link.NEIGHBOURS)]
        self._links.move([place.incident for place in gone], new)
        after = [one.incident for place in new for one in self._beside(place)]
        for place in gone:
            if not any(row and row[0] < place < row[-1] for row, _, _ in self._rows):
                self._row(place)
        return {*before, *after}

    def _row(self, place: Spot) -> list[Spot]:
        """The part of a list around a spot, far enough for what stands next to it to be looked at as well."""
        reach = 2 * link.NEIGHBOURS
        row = [link.Spot(*one) for one in self._links.beside(place, reach)]
        before = sum(one < place for one in row)
        self._rows.append((row, before <= reach, len(row) - before <= reach))
        return row

    def _beside(self, place: Spot) -> list[Spot]:
        """The spots next to one that is there, and itself, in order."""
        reach = link.NEIGHBOURS
        for row, begins, ends in self._rows:
            if place in row:
                at = row.index(place)
                if (begins or at >= reach) and (ends or at < len(row) - reach):
                    return row[max(0, at - reach) : at + reach + 1]
        row = self._row(place)
        at = row.index(place)
        return row[max(0, at - reach) : at + reach + 1]

    def _judged_beside(self, judged: Collection[str]) -> set[str]:
        """The incidents that people held apart from these, or were not sure of, and those that new judgements bear on."""
        names = {name for one in (*self._made.values(), *self._replaced) for name in one.mentions} | set(
            judged
        )
        rulings = self._rulings(names)
        pairs = (pair for pair in (*rulings.different, *rulings.unsure) if not names.isdisjoint(pair))
        return set(self._of({*judged, *(name for pair in pairs for name in pair)}).values())

    def _apart(self, wanted: Collection[str], current: dict[str, Incident]) -> dict[str, tuple[Join, ...]]:
        """By incident, the near-joins to show."""
        found: dict[str, dict[Pair, Join]] = {key: {} for key in wanted}
        settled: set[Pair] = set()
        rulings = self._rulings({name for key in wanted for name in current[key].mentions})
        of = self._of(name for pair in (*rulings.different, *rulings.unsure) for name in pair)
        for one, other, shown in link.judged(rulings, of):
            settled.add((min(one, other), max(one, other)))
            for key in (one, other):
                if key in found:
                    found[key].setdefault((shown.first, shown.second), shown)
        known = self._known(wanted, current)
        pairs = self._neighbours(wanted)
        fresh = [pair for pair in pairs if pair not in settled and pair not in known]
        facts = self._facts(name for pair in fresh for place in pairs[pair] for name in place.mentions)
        for pair, (left, right) in pairs.items():
            if pair in settled:
                continue
            near = known[pair] if pair in known else link.near(left, right, facts)
            for key in pair:
                if near is not None and key in found:
                    found[key].setdefault((near.first, near.second), near)
        return {key: tuple(joins[pair] for pair in sorted(joins)) for key, joins in found.items()}

    def _known(self, wanted: Collection[str], current: dict[str, Incident]) -> dict[Pair, Join]:
        """Near-joins between incidents that are what they were, as they show them."""
        shown = [
            (key, join)
            for key in wanted
            if key not in self._made
            for join in current[key].apart
            if join.by == link.RULE
        ]
        of = self._of(name for _, join in shown for name in (join.first, join.second))
        known: dict[Pair, Join] = {}
        for _, join in shown:
            ends = {of.get(join.first), of.get(join.second)}
            if None not in ends and ends.isdisjoint(self._made):
                one, other = sorted(end for end in ends if end is not None)
                known[one, other] = join
        return known

    def _neighbours(self, wanted: Collection[str]) -> dict[Pair, tuple[Spot, Spot]]:
        """The pairs of incidents next to each other of which one is wanted, as their ids and as they stand in the list."""
        found: dict[Pair, tuple[Spot, Spot]] = {}
        for place in self._links.spots(wanted):
            row = self._beside(link.Spot(*place))
            at = row.index(link.Spot(*place))
            for other in row[:at]:
                found[_ends(other, row[at])] = (other, row[at])
            for other in row[at + 1 :]:
                found[_ends(row[at], other)] = (row[at], other)
        return found

    def _told_beside(self, reports: Collection[str]) -> set[str]:
        """The incidents told by the same reports as what changed or has another incident than before."""
        former = self._links.incidents_of(self._new)
        moved = self._facts(name for name, key in self._new.items() if former.get(name) != key)
        some = self._links.told_by({*reports, *(link.reported(fact) for fact in moved.values())})
        return set(self._of(fact.id for fact in some.values()).values())

    def _related(
        self, wanted: Collection[str], current: dict[str, Incident]
    ) -> dict[str, tuple[Related, ...]]:
        """By incident, those told beside it."""
        facts = self._facts(name for key in wanted for name in current[key].mentions)
        told = self._links.told_by({link.reported(fact) for fact in facts.values()})
        of = self._of(fact.id for fact in told.values())
        return link.related(told.values(), of, set(wanted))


def _ends(one: Spot, other: Spot) -> Pair:
    return min(one.incident, other.incident), max(one.incident, other.incident)
