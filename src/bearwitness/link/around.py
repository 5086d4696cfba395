"""Events that stand around some mentions which are settled alone, brought in only as far as it takes to see what keeps them off.

A pair that crosses over is refused if, when its turn comes, a bar stands between the two events as they are by then. The event
outside is then all that its own joins reach from the pair's end by that turn. One of its mentions that is barred is enough, and most
often stands near that end, so that an event of hundreds is seldom gone through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clustering import bar_of
from .compare import barred
from .memory import key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from .clustering import Cluster, Edge, Turn
    from .memory import Memory

FEW = 8  # mentions looked at first; twice as many each further time


class Around:
    """What lies around some mentions: ``crossing`` are the pairs that tie them to others."""

    def __init__(self, memory: Memory, crossing: Sequence[Edge]) -> None:
        self.crossing = crossing
        self._memory = memory
        self._joined: dict[str, list[tuple[str, str]]] = {}  # by mention, the joins that it is one of
        self._known: set[str] = set()  # mentions whose event's joins are in it
        self._turns: dict[tuple[str, str], Turn | None] = {}

    def drawn(
        self, cluster: Cluster, name: str, turn: Turn, differ: Mapping[str, Collection[str]]
    ) -> Collection[str]:
        """The mentions of the event that ``name`` is in, as it stands at that turn; none if something keeps it off ``cluster``."""
        met, queue = {name}, [name]
        known: set[tuple[object, ...]] = set()
        at, many = 0, FEW
        while at < len(queue):
            some = queue[at : at + many]
            at, many = at + len(some), many * 2
            for fact in self._memory.facts(map(key, some)).values():
                if fact.report in cluster.reports or not cluster.names.isdisjoint(differ.get(fact.id, ())):
                    return ()
                if (sort := bar_of(fact)) not in known:
                    known.add(sort)
                    if any(barred(one, fact) is not None for one in cluster.kinds.values()):
                        return ()
            queue += self._joined_by(some, turn, met)
        return met

    def _joined_by(self, names: Collection[str], turn: Turn, met: set[str]) -> list[str]:
        """The mentions not met yet that were joined to any of ``names`` before that turn, in order; they are met then."""
        self._learn(names)
        found = []
        pairs = [pair for name in names for pair in self._joined.get(name, ()) if not met.issuperset(pair)]
        if new := {pair for pair in pairs if pair not in self._turns}:
            self._turns |= dict.fromkeys(new)
            kept = self._memory.between({(key(first), key(second)) for first, second in new})
            self._turns |= {(edge.first, edge.second): edge.turn for edge in kept}
        for pair in pairs:
            when = self._turns[pair]
            if when is not None and when < turn:
                found += [name for name in pair if name not in met]
                met.update(pair)
        return found

    def _learn(self, names: Collection[str]) -> None:
        """Bring in the joins by rule of the events that ``names`` are in."""
        events = self._memory.events([name for name in names if name not in self._known])
        for held in {held.names: held for held in events.values()}.values():
            if held.names[0] in self._known:
                continue
            self._known.update(held.names)
            for join in held.joins:
                if "judged_same" not in join.reasons:
                    for end in (join.first, join.second):
                        self._joined.setdefault(end, []).append((join.first, join.second))
