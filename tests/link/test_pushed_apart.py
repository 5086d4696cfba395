"""A mention that comes between two others in a list may push their pair out: what is settled anew for that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pytest
from invented import World

from bearwitness.link import Edge, Entry, Fact, Held, enter, facts_of, key
from bearwitness.link.clustering import RULE, join
from bearwitness.review import Rulings


class Full:
    """Three mentions of one event of which two joins hold it together, in a list where another mention comes between and the pair
    ``gone`` loses its last support."""

    def __init__(self, gone: tuple[int, int], tangled: bool) -> None:
        world = World()
        for number in range(4):
            world.mention(
                world.report(f"Sheet {number}. A mortar hit the mill.", f"Outlet {number}"), "mortar hit"
            )
        facts = sorted(
            facts_of(world.mentions.values(), {}, world.reports, Rulings()), key=lambda fact: fact.id
        )
        self.names = [fact.id for fact in facts[:3]]
        self.new = facts[3]
        self.made = {key(fact.id): fact for fact in facts}
        self.gone = (key(self.names[gone[0]]), key(self.names[gone[1]]))
        self.knot = set(self.names) if tangled else set()

    def around(self, places: Collection[Entry], key: int, reach: int) -> list[tuple[list[Any], list[Any]]]:
        """Nobody is near enough to be compared."""
        return [([], []) for _ in places]

    def enter(self, fact: Fact, places: Collection[Entry]) -> None:
        """The new one is kept."""
        assert fact == self.new

    def support(self, pairs: Mapping[Any, int]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
        """The pair that was there and is let go."""
        return {self.gone}, {self.gone}

    def facts(self, keys: Iterable[int]) -> Mapping[int, Fact]:
        """The facts of those mentions."""
        return {one: self.made[one] for one in keys}

    def keep(self, edges: Iterable[tuple[Edge, int]]) -> None:
        """No pair comes."""
        assert not list(edges)

    def events(self, names: Collection[str]) -> Mapping[str, Held]:
        """The event, held together by its first mention and each of the others."""
        first, *others = self.names
        held = Held(tuple(self.names), tuple(join(first, other, RULE, ("same_kind",)) for other in others))
        return dict.fromkeys(names, held)

    def tangled(self, names: Collection[str]) -> set[str]:
        """What can only be settled together with those."""
        return self.knot if self.knot & set(names) else set()


@pytest.mark.parametrize(
    ("gone", "tangled", "stirred"),
    [((0, 1), False, {0, 1}), ((1, 2), False, set()), ((1, 2), True, {1, 2})],
    ids=["a join", "no join", "tangled"],
)
def test_an_event_is_gone_over_again_only_for_a_pair_that_held_it_together(
    gone: tuple[int, int], tangled: bool, stirred: set[int]
) -> None:
    """Two who were together by their pair's turn stay together without it; where people's judgements went first, nobody can tell."""
    full = Full(gone, tangled)
    assert enter(full, full.new) == {full.new.id, *(full.names[at] for at in stirred)}  # type: ignore[arg-type]
