"""What linking keeps between one run and the next, as it lies in a ledger."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bearwitness import link
from bearwitness.link import Edge, Fact, Held
from bearwitness.store import Pairing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from bearwitness.link import Entry
    from bearwitness.store import Links

    Near = tuple[int, bool]
    Pair = tuple[int, int]


def pairing(edge: Edge, support: int) -> Pairing:
    """A pair as it is kept."""
    return Pairing(link.key(edge.first), link.key(edge.second), support, edge.score, " ".join(edge.codes))


@lru_cache(maxsize=4096)
def _codes(words: str) -> tuple[str, ...]:
    return tuple(words.split())


class Kept:
    """``link.Memory`` over the tables of a ledger."""

    def __init__(self, links: Links[Fact]) -> None:
        self._links = links

    def around(self, places: Sequence[Entry], key: int, reach: int) -> list[tuple[list[Near], list[Near]]]:
        """Those before and after a mention at each of its places."""
        return self._links.around(places, key, reach)

    def enter(self, fact: Fact, places: Collection[Entry]) -> None:
        """Keep a fact and its places."""
        self._links.enter(link.key(fact.id), link.reported(fact), fact, places)

    def leave(self, fact: Fact, places: Collection[Entry]) -> None:
        """Forget a fact, its places and its pairs."""
        self._links.leave(link.key(fact.id), places)

    def facts(self, keys: Iterable[int]) -> Mapping[int, Fact]:
        """The facts of those mentions that are there."""
        return self._links.facts(keys)

    def edges(self, keys: Collection[int]) -> list[Edge]:
        """All pairs that any of those mentions is one of."""
        return self._edges(self._links.edges(keys))

    def between(self, pairs: Collection[Pair]) -> list[Edge]:
        """Those pairs."""
        return self._edges(self._links.between(pairs))

    def _edges(self, rows: list[Pairing]) -> list[Edge]:
        facts = self._links.facts({key for row in rows for key in (row.first, row.second)})
        return [
            Edge(score, facts[first].id, facts[second].id, _codes(codes))
            for first, second, _, score, codes in rows
        ]

    def support(self, pairs: Mapping[Pair, int]) -> tuple[set[Pair], set[Pair]]:
        """Add to the number of lists that support pairs; which were there, and which were let go."""
        return self._links.support(pairs)

    def keep(self, edges: Iterable[tuple[Edge, int]]) -> None:
        """Keep pairs with the number of lists that support each."""
        self._links.keep(pairing(edge, support) for edge, support in edges)

    def events(self, names: Collection[str]) -> Mapping[str, Held]:
        """By mention, the event that each is in."""
        of = self._links.incidents_of(names)
        incidents = self._links.incidents(of.values())
        held = {key: Held(tuple(sorted(one.mentions)), one.joins) for key, one in incidents.items()}
        return {name: held[incident] for name, incident in of.items()}

    def tangled(self, names: Collection[str]) -> set[str]:
        """All mentions that can only be settled together with any of these."""
        return self._links.tangled(names)

    def tangle(self, names: Collection[str], together: bool) -> None:
        """Note whether those mentions can only be settled together."""
        self._links.tangle(names, together)
