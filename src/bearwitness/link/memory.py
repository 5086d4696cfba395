"""What linking asks of the one who keeps its facts, lists and pairs between one linking and the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from .blocking import Entry
    from .clustering import Edge, Held
    from .facts import Fact

Pair = tuple[int, int]
"""Two mentions by their keys, the smaller first."""
Near = tuple[int, bool]
"""A mention in a list, by its key, and whether it is eager there."""


def key(name: str) -> int:
    """Sixty bits of a mention's id, which order mentions as their ids do."""
    return int(name[1:16], 16)


class Memory(Protocol):
    """What is kept of all mentions between one linking and the next."""

    def around(self, places: Sequence[Entry], key: int, reach: int) -> list[tuple[list[Near], list[Near]]]:
        """Those before and after a mention of that key at each of ``places``, at most ``reach`` of either, the nearest first."""
        ...

    def enter(self, fact: Fact, places: Collection[Entry]) -> None:
        """Keep a fact and its places."""
        ...

    def leave(self, fact: Fact, places: Collection[Entry]) -> None:
        """Forget a fact, its places and its pairs."""
        ...

    def facts(self, keys: Iterable[int]) -> Mapping[int, Fact]:
        """The facts of those mentions that are there."""
        ...

    def edges(self, keys: Collection[int]) -> list[Edge]:
        """All pairs that any of those mentions is one of."""
        ...

    def between(self, pairs: Collection[Pair]) -> list[Edge]:
        """Those pairs."""
        ...

    def support(self, pairs: Mapping[Pair, int]) -> tuple[set[Pair], set[Pair]]:
        """Add to (or take from) the number of lists that support pairs; a pair without support is let go. Which of the pairs
        were there, and which of them were let go."""
        ...

    def keep(self, edges: Iterable[tuple[Edge, int]]) -> None:
        """Keep pairs with the number of lists that support each."""
        ...

    def events(self, names: Collection[str]) -> Mapping[str, Held]:
        """By mention, the event that each is in that was in one."""
        ...

    def tangled(self, names: Collection[str]) -> set[str]:
        """All mentions that can only be settled together with any of these."""
        ...

    def tangle(self, names: Collection[str], together: bool) -> None:
        """Note whether those mentions can only be settled together."""
        ...
