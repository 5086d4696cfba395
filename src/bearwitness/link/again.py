"""Linking again after something changed: only what the change can reach, with the result of linking everything.

Lists and pairs are kept (``Memory``), by the caller. A mention that comes or goes changes the pairs next to its places in the
lists (``enter``, ``leave``). Then some events are settled anew (``resettle``): at first those whose mentions or pairs
changed. Around them stand others that pairs tie to them, as they were settled before (``around.py``). If every pair that crosses over
is refused when its turn comes, as a bar between the two events or a person's word demands, then the events inside and those outside
have no bearing on each other and both are what settling everything would give. Else the event outside is taken in, and so on.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from .around import Around
from .blocking import REACH, entries
from .clustering import Edge, Held, edge, settle
from .memory import key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from ..review import Rulings
    from .facts import Fact
    from .memory import Memory, Near, Pair


class Resettled(NamedTuple):
    """The events that were, and those that took their places; every other is as it was."""

    before: list[Held]
    after: list[Held]


def enter(memory: Memory, fact: Fact) -> set[str]:
    """Put a mention that is not there into its lists; the mentions whose events must be settled anew."""
    places = entries(fact)
    own = key(fact.id)
    met: Counter[int] = Counter()
    parted: Counter[Pair] = Counter()
    for place, (before, after) in zip(places, memory.around(places, own, REACH), strict=True):
        met.update(other for other, eager in (*before, *after) if eager or place.eager)
        parted.update(_spanning(before, after))
    memory.enter(fact, places)
    _, gone = memory.support({pair: -times for pair, times in parted.items()})
    facts = memory.facts({*met, *(one for pair in gone for one in pair)})
    found = []
    for other in sorted(met):
        first, second = (fact, facts[other]) if own < other else (facts[other], fact)
        if first.report != second.report and (pair := edge(first, second)) is not None:
            found.append((pair, met[other]))
    memory.keep(found)
    return {fact.id} | _bearing(memory, [(facts[one].id, facts[other].id) for one, other in gone])


def _bearing(memory: Memory, gone: list[tuple[str, str]]) -> set[str]:
    """The mentions of pairs that held an event together. Any other pair had no effect when its turn came: between two events it was
    refused, and within one the two were together by then (or refused, and brought together by a person)."""
    names = {name for pair in gone for name in pair}
    events = memory.events(names)
    tangled = memory.tangled(names) if names else set()
    joined = {
        (join.first, join.second)
        for held in {held.names: held for held in events.values()}.values()
        for join in held.joins
    }
    return {
        name
        for pair in gone
        for name in pair
        if tuple(sorted(pair)) in joined or not tangled.isdisjoint(pair)
    }


def leave(memory: Memory, fact: Fact) -> set[str]:
    """Take a mention out of its lists; the mentions whose events must be settled anew."""
    places = entries(fact)
    own = key(fact.id)
    held = memory.events([fact.id]).get(fact.id)
    memory.leave(fact, places)
    met: Counter[Pair] = Counter()
    for before, after in memory.around(places, own, REACH):
        met.update(_spanning(before, after))
    there, _ = memory.support(met)
    facts = memory.facts({one for pair in met for one in pair})
    found = []
    for first, second in sorted(met.keys() - there):
        one, other = facts[first], facts[second]
        if one.report != other.report and (pair := edge(one, other)) is not None:
            found.append((pair, met[first, second]))
    memory.keep(found)
    stirred = {pair.first for pair, _ in found}
    return {fact.id} | stirred | set(held.names if held is not None else ())


def _spanning(before: list[Near], after: list[Near]) -> Iterable[Pair]:
    """The pairs that stand ``REACH`` from each other without what stands between them here, one of each eager."""
    for at, (one, eager) in enumerate(before):
        if REACH - 1 - at < len(after):
            other, also = after[REACH - 1 - at]
            if eager or also:
                yield min(one, other), max(one, other)


def resettle(
    memory: Memory, stirred: Collection[str], rulings_of: Callable[[Collection[str]], Rulings]
) -> Resettled:
    """Settle the events of ``stirred`` anew, and all that this reaches. ``rulings_of`` gives the rulings on all pairs of which
    one is among some mentions, as they hold among all judgements."""
    inside: set[str] = set()
    before: dict[str, Held] = {}
    pairs: dict[tuple[str, str], Edge] = {}
    asked: set[str] = set()
    more = set(stirred)
    while True:
        _take_in(memory, more - inside, inside, before)
        rulings = rulings_of(inside)
        more = {name for pair in rulings.same if not inside.isdisjoint(pair) for name in pair} - inside
        if more := set(_present(memory, more)):
            continue
        facts = _present(memory, inside)
        for pair in memory.edges([key(name) for name in facts if name not in asked]):
            pairs[pair.first, pair.second] = pair
        asked.update(facts)
        own = [pair for pair in pairs.values() if pair.first in facts and pair.second in facts]
        crossing = [pair for pair in pairs.values() if not (pair.first in facts and pair.second in facts)]
        # An event is tangled with all of its mentions or with none, so the ends of the pairs tell.
        ends = {name for pair in crossing for name in (pair.first, pair.second)}
        if more := memory.tangled(ends - inside) - inside:
            continue
        settled = settle(facts, own, rulings, Around(memory, crossing))
        more = set(settled.drawn)
        if not more:
            memory.tangle(inside, False)
            if settled.rounds > 1:
                memory.tangle(facts, True)
            return Resettled(list({held.names: held for held in before.values()}.values()), settled.events)


def _take_in(memory: Memory, names: set[str], inside: set[str], before: dict[str, Held]) -> None:
    """Add mentions with all of their events, and what is tangled with those."""
    while names:
        inside |= names
        events = memory.events(names)
        before |= events
        held = {name for event in events.values() for name in event.names}
        names = ({*held, *memory.tangled(list({*names, *held}))}) - inside


def _present(memory: Memory, names: Collection[str]) -> dict[str, Fact]:
    """The facts of those of ``names`` that are there, in order."""
    return {fact.id: fact for _, fact in sorted(memory.facts(map(key, names)).items())}
