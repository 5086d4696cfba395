"""From pairs to events: the best pairs first, never against a bar, then what people judged the same.

Pairs are taken by score and then by id, so the result does not depend on the order of arrival. Two events
are joined only if no mention of one is barred from any mention of the other; what a person joined is joined
whatever the rules say, and what a person held apart is never joined.

Mentions that no pair ties together have no bearing on each other, so a part of all mentions may be settled alone: see
``Outside``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..record import Join
from .codes import sentence
from .compare import barred, compare
from .matching import possible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ..review import Pair, Rulings
    from .facts import Fact

RULE = "link/5"
"""Name and version of the rules of linking; it changes when the same records would give other incidents."""


Turn = tuple[int, str, str]
"""When a pair is looked at: the smallest first."""


class Edge(NamedTuple):
    """Two mentions (in order of id) that the rules would join, how well they fit (more is better), and why."""

    score: int
    first: str
    second: str
    codes: tuple[str, ...]

    @property
    def turn(self) -> Turn:
        """When the pair is looked at: the best first."""
        return -self.score, self.first, self.second


class Held(NamedTuple):
    """The mentions of one event, and the joins that hold it together."""

    names: tuple[str, ...]
    joins: tuple[Join, ...]


class Outside(Protocol):
    """What lies around some mentions that are settled alone (``around.py``); ``crossing`` are the pairs that tie them to others."""

    crossing: Sequence[Edge]

    def drawn(
        self, cluster: Cluster, name: str, turn: Turn, differ: Mapping[str, Collection[str]]
    ) -> Collection[str]:
        """The mentions of the event that ``name`` is in, as it stands at that turn; none if something keeps it off ``cluster``.
        ``differ`` are by mention those that a person told it from."""
        ...


class Settled(NamedTuple):
    """The events of some mentions, in order of their smallest id. ``rounds`` is more than 1 if what people judged had to
    go before the rules. ``drawn`` are mentions outside that pairs would join with these: the events are not those of
    all mentions unless it is empty."""

    events: list[Held]
    rounds: int
    drawn: frozenset[str]


class Cluster:
    """Mentions held to be one event, with one fact of each sort that could bar another cluster."""

    __slots__ = ("joins", "kinds", "names", "reports")

    def __init__(self, fact: Fact) -> None:
        self.names = {fact.id}
        self.reports = {fact.report}
        self.joins: list[Join] = []
        self.kinds = {bar_of(fact): fact}

    def absorb(self, other: Cluster) -> None:
        """Take over everything of ``other``."""
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


def bar_of(fact: Fact) -> tuple[object, ...]:
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
        fact.day_doubtful,
        fact.place_doubtful,
    )


def edge(one: Fact, other: Fact) -> Edge | None:
    """The pair of two mentions (in order of id), if the rules would join them."""
    if not possible(one, other):
        return None
    comparison = compare(one, other)
    return Edge(comparison.score, one.id, other.id, comparison.codes) if comparison.joins else None


def settle(
    facts: Mapping[str, Fact], edges: Iterable[Edge], rulings: Rulings, outside: Outside | None = None
) -> Settled:
    """The events that ``facts`` tell of.

    The rules go first, and a person's *same* then brings two events together whole: what makes the two differ
    is no reason to turn their other mentions out. Where a *different* stands between two of those others, the
    mentions judged the same are joined before the rules instead, and the rules find the others their place.
    """
    differ = _differ(rulings)
    same = {pair for pair in rulings.same if pair[0] in facts and pair[1] in facts}
    turns = [(edge.turn, edge) for edge in edges]
    if outside is not None:
        turns += [(edge.turn, edge) for edge in outside.crossing]
    turns.sort(key=lambda turn: turn[0])
    first: set[Pair] = set()
    rounds = 1
    while True:
        of = {name: Cluster(fact) for name, fact in facts.items()}
        _judged(of, rulings, first, {})
        drawn: set[str] = set()
        for turn, pair in turns:
            left, right = of.get(pair.first), of.get(pair.second)
            if left is None or right is None:
                inner, name = (left, pair.second) if left is not None else (right, pair.first)
                if outside is not None and inner is not None and name not in drawn:
                    drawn.update(outside.drawn(inner, name, turn, differ))
            elif left is not right and not _held_apart(left, right, differ) and not left.bar(right):
                _merge(of, left, right, join(pair.first, pair.second, RULE, pair.codes))
        if drawn:
            return Settled([], rounds, frozenset(drawn))
        in_the_way = _judged(of, rulings, same - first, differ)
        if not in_the_way:
            unique = {id(of[name]): of[name] for name in facts}
            events = [Held(tuple(sorted(held.names)), tuple(held.joins)) for held in unique.values()]
            return Settled(sorted(events), rounds, frozenset())
        first |= in_the_way
        rounds += 1


@lru_cache(maxsize=4096)
def _sentence(codes: tuple[str, ...]) -> str:
    return sentence(codes)


def join(one: str, other: str, by: str, codes: tuple[str, ...], text: str = "") -> Join:
    """A ``record.Join`` of two mentions in order of id; the sentence is that of the codes unless given."""
    first, second = sorted((one, other))
    return Join(first=first, second=second, by=by, reasons=codes, sentence=text or _sentence(codes))


def _judged(
    of: dict[str, Cluster], rulings: Rulings, pairs: set[Pair], differ: dict[str, set[str]]
) -> set[Pair]:
    """Join the events of ``pairs``, which a person judged the same; those that ``differ`` keeps apart are returned."""
    held = set()
    for pair in sorted(pairs):
        one, other = pair
        if of[one] is of[other]:
            continue
        if _held_apart(of[one], of[other], differ):
            held.add(pair)
            continue
        judgement = rulings.same[pair]
        text = f"{judgement.by} judged them one event: {judgement.why}"
        _merge(of, of[one], of[other], join(one, other, judgement.by, ("judged_same",), text))
    return held


def _merge(of: dict[str, Cluster], left: Cluster, right: Cluster, why: Join) -> None:
    large, small = (left, right) if len(left.names) >= len(right.names) else (right, left)
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
