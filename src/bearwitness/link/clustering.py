"""From pairs to events: the best pairs first, never against a bar, then what people judged the same.

Pairs are taken by score and then by id, so the result does not depend on the order of arrival. Two events
are joined only if no mention of one is barred from any mention of the other; what a person joined is joined
whatever the rules say, and what a person held apart is never joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..record import Join
from .codes import sentence
from .compare import barred, compare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..review import Pair, Rulings
    from .facts import Fact

RULE = "link/2"
"""Name and version of the rules of linking; it changes when the same records would give other incidents."""


class Cluster:
    """Mentions held to be one event, with one fact of each sort that could bar another cluster."""

    __slots__ = ("facts", "joins", "kinds", "names", "reports")

    def __init__(self, fact: Fact) -> None:
        self.facts = [fact]
        self.names = {fact.id}
        self.reports = {fact.report}
        self.joins: list[Join] = []
        self.kinds = {_bars(fact): fact}

    def absorb(self, other: Cluster) -> None:
        """Take over everything of ``other``."""
        self.facts += other.facts
        self.names |= other.names
        self.reports |= other.reports
        self.joins += other.joins
        for key, fact in other.kinds.items():
            self.kinds.setdefault(key, fact)

    def bar(self, other: Cluster) -> str | None:
        """Why the two cannot be one event, or ``None``."""
        if not self.reports.isdisjoint(other.reports):
            return "same_report"
        for one in self.kinds.values():
            for again in other.kinds.values():
                bar = barred(one, again)
                if bar is not None:
                    return bar
        return None


def _bars(fact: Fact) -> tuple[object, ...]:
    """Everything of a fact, its report aside, on which a bar depends."""
    days = None if fact.windowed else fact.days
    return (
        fact.kind == "total",
        fact.status,
        fact.country,
        days,
        fact.series,
        fact.geonameid,
        fact.lat,
        fact.lon,
        fact.rung,
        fact.reach,
    )


def cluster(facts: list[Fact], pairs: Iterable[tuple[int, int]], rulings: Rulings) -> list[Cluster]:
    """The events that ``facts`` tell of, in order of their smallest mention id.

    The rules go first, and a person's *same* then brings two events together whole: what makes the two differ
    is no reason to turn their other mentions out. Where a *different* stands between two of those others, the
    mentions judged the same are joined before the rules instead, and the rules find the others their place.
    """
    differ = _differ(rulings)
    found = []
    for a, b in pairs:
        comparison = compare(facts[a], facts[b])
        if comparison.joins:
            found.append((-comparison.score, facts[a].id, facts[b].id, comparison))
    found.sort(key=lambda entry: entry[:3])
    first: set[Pair] = set()
    while True:
        of = {fact.id: Cluster(fact) for fact in facts}
        _judged(of, rulings, first, {})
        for _, one, other, comparison in found:
            left, right = of[one], of[other]
            if left is right or _held_apart(left, right, differ) or left.bar(right):
                continue
            _merge(of, left, right, join(one, other, RULE, comparison.codes))
        in_the_way = _judged(of, rulings, set(rulings.same) - first, differ)
        if not in_the_way:
            unique = {id(held): held for held in of.values()}
            return sorted(unique.values(), key=lambda held: min(held.names))
        first |= in_the_way


def join(one: str, other: str, by: str, codes: tuple[str, ...], text: str = "") -> Join:
    """A ``record.Join`` of two mentions in order of id; the sentence is that of the codes unless given."""
    first, second = sorted((one, other))
    return Join(first=first, second=second, by=by, reasons=codes, sentence=text or sentence(codes))


def _judged(
    of: dict[str, Cluster], rulings: Rulings, pairs: set[Pair], differ: dict[str, set[str]]
) -> set[Pair]:
    """Join the events of ``pairs``, which a person judged the same; those that ``differ`` keeps apart are returned."""
    held = set()
    for pair in sorted(pairs):
        one, other = pair
        if one not in of or other not in of or of[one] is of[other]:
            continue
        if _held_apart(of[one], of[other], differ):
            held.add(pair)
            continue
        judgement = rulings.same[pair]
        text = f"{judgement.by} judged them one event: {judgement.why}"
        _merge(of, of[one], of[other], join(one, other, judgement.by, ("judged_same",), text))
    return held


def _merge(of: dict[str, Cluster], left: Cluster, right: Cluster, why: Join) -> None:
    large, small = (left, right) if len(left.facts) >= len(right.facts) else (right, left)
    large.absorb(small)
    large.joins.append(why)
    for name in small.names:
        of[name] = large


def _differ(rulings: Rulings) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one, other in rulings.different:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _held_apart(left: Cluster, right: Cluster, differ: dict[str, set[str]]) -> bool:
    if not differ:
        return False
    return any(not right.names.isdisjoint(differ[name]) for name in left.names if name in differ)
