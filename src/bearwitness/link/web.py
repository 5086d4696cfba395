"""All mentions at once: which pairs the rules would join, and the events that come of them, part by part.

What is held of a million mentions is their facts, the pairs, and the events; records are brought in one event at a time.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from ..review import Rulings
from .blocking import candidates
from .clustering import Edge, Held, edge, settle
from .facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Lean:
    """Makes equal parts of facts one object: a million of them name a few thousand days, towns and weapons."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def __call__(self, fact: Fact) -> Fact:
        """The same fact, out of parts that others have too."""
        known = self._known
        return Fact._make([fact.id, *(known.setdefault((type(part), part), part) for part in fact[1:])])


class Edges:
    """Pairs that the rules would join, by the numbers of their mentions, with the lists that support each."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = facts
        self.firsts, self.seconds, self.scores, self.codes, self.supports = (array("q") for _ in range(5))
        self.reasons: list[tuple[str, ...]] = []
        self._numbers: dict[tuple[str, ...], int] = {}

    def add(self, first: int, second: int, support: int, found: Edge) -> None:
        """Keep one pair."""
        self.firsts.append(first)
        self.seconds.append(second)
        self.scores.append(found.score)
        self.supports.append(support)
        number = self._numbers.setdefault(found.codes, len(self._numbers))
        if number == len(self.reasons):
            self.reasons.append(found.codes)
        self.codes.append(number)

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.firsts)

    def __getitem__(self, at: int) -> Edge:
        """One pair."""
        one, other = self.facts[self.firsts[at]].id, self.facts[self.seconds[at]].id
        return Edge(self.scores[at], one, other, self.reasons[self.codes[at]])

    def rows(self) -> Iterator[tuple[Edge, int]]:
        """All pairs in order, each with the number of lists that support it."""
        return ((self[at], support) for at, support in enumerate(self.supports))


class Web(NamedTuple):
    """Facts in order of id, their pairs, the events in order of their smallest id, and sets of mentions whose events cannot be
    settled but together, since what people judged had to go before the rules."""

    facts: list[Fact]
    edges: Edges
    events: list[Held]
    tangles: list[tuple[str, ...]]


def weave(facts: list[Fact], rulings: Rulings) -> Web:
    """The events of all mentions; ``facts`` are in order of id."""
    edges = Edges(facts)
    for one, other, support in candidates(facts):
        if (found := edge(facts[one], facts[other])) is not None:
            edges.add(one, other, support, found)
    events: list[Held] = []
    tangles: list[tuple[str, ...]] = []
    for members, pairs in _parts(edges, facts, rulings):
        if len(members) == 1:
            events.append(Held((facts[members[0]].id,), ()))
            continue
        inside = {facts[at].id: facts[at] for at in members}
        settled = settle(inside, (edges[at] for at in pairs), _within(rulings, inside))
        events += settled.events
        if settled.rounds > 1:
            tangles.append(tuple(sorted(inside)))
    events.sort()
    return Web(facts, edges, events, tangles)


def _within(rulings: Rulings, names: Iterable[str]) -> Rulings:
    """The rulings on pairs of ``names``."""
    if not (rulings.same or rulings.different):
        return rulings
    inside = set(names)
    return msgspec.structs.replace(
        rulings,
        same={pair: one for pair, one in rulings.same.items() if inside.issuperset(pair)},
        different={pair: one for pair, one in rulings.different.items() if inside.issuperset(pair)},
    )


def _parts(edges: Edges, facts: list[Fact], rulings: Rulings) -> Iterator[tuple[list[int], list[int]]]:
    """Sets of mentions that neither a pair nor a person's *same* ties to any other, each with its pairs."""
    head = array("q", range(len(facts)))

    def find(at: int) -> int:
        while head[at] != at:
            head[at] = head[head[at]]
            at = head[at]
        return at

    for one, other in zip(edges.firsts, edges.seconds, strict=True):
        one, other = find(one), find(other)
        if one != other:
            head[max(one, other)] = min(one, other)
    if rulings.same:
        wanted = {name for pair in rulings.same for name in pair}
        place = {fact.id: at for at, fact in enumerate(facts) if fact.id in wanted}
        for first, second in rulings.same:
            if first in place and second in place:
                one, other = find(place[first]), find(place[second])
                head[max(one, other)] = min(one, other)
    members: dict[int, list[int]] = {}
    for at in range(len(facts)):
        members.setdefault(find(at), []).append(at)
    pairs: dict[int, list[int]] = {}
    for at, one in enumerate(edges.firsts):
        pairs.setdefault(find(one), []).append(at)
    for top, held in members.items():
        yield held, pairs.get(top, [])
