"""What stands around mentions that are settled alone is brought in only as far as it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from invented import World

from bearwitness.link import Edge, Fact, Held, facts_of, key
from bearwitness.link.around import FEW, Around
from bearwitness.link.clustering import RULE, Cluster, join
from bearwitness.review import Rulings

MANY = 200
BEST, LATE = -900, -100  # turns: the smaller comes first


class Chain:
    """One event of many mentions, each joined to the one before it, and a mention of another; it counts the facts asked for."""

    def __init__(self, dates: Mapping[int, str | None], report_of: int | None = None) -> None:
        world = World()
        for number in range(MANY):
            report = world.report(f"Sheet {number}. A mortar hit the mill.", f"Outlet {number}")
            world.mention(report, "mortar hit", date=dates.get(number))
        text = "A mortar hit the mill. Later a rocket fell."
        alone = world.report(text, "The Lamp")
        world.mention(alone, "rocket fell", date="2031-10-17")
        made = {fact.id: fact for fact in facts_of(world.mentions.values(), {}, world.reports, Rulings())}
        outlets = {
            mention.id: world.reports[mention.report].outlet or "" for mention in world.mentions.values()
        }
        self.names = sorted(
            (name for name in made if outlets[name].startswith("Outlet")), key=lambda name: int(outlets[name][7:])
        )  # fmt: skip
        (self.inner,) = made.keys() - set(self.names)
        if report_of is not None:
            other = made[self.names[report_of]]
            made[self.inner] = made[self.inner]._replace(report=other.report)
        self.made = made
        pairs = zip(self.names, self.names[1:], strict=False)
        self.scores = {tuple(sorted(pair)): -BEST - number for number, pair in enumerate(pairs)}
        self.asked: set[int] = set()

    def facts(self, keys: Iterable[int]) -> Mapping[int, Fact]:
        """The facts of those mentions."""
        wanted = set(keys)
        self.asked |= wanted
        return {key(name): fact for name, fact in self.made.items() if key(name) in wanted}

    def events(self, names: Collection[str]) -> Mapping[str, Held]:
        """The one event, for those of its mentions."""
        joins = tuple(join(*pair, RULE, ("same_kind",)) for pair in self.scores)
        return {name: Held(tuple(sorted(self.names)), joins) for name in names if name in self.names}

    def between(self, pairs: Collection[tuple[int, int]]) -> list[Edge]:
        """Those joins."""
        return [
            Edge(score, first, second, ("same_kind",))
            for (first, second), score in self.scores.items()
            if (key(first), key(second)) in pairs
        ]

    def drawn(self, turn: int, differ: Mapping[str, Collection[str]] | None = None) -> Collection[str]:
        """What is drawn in by the mention of another event, from the chain's first on."""
        around = Around(self, ())  # type: ignore[arg-type]  # it asks for no more than this
        cluster = Cluster(self.made[self.inner])
        return around.drawn(cluster, self.names[0], (turn, "", ""), differ or {})


def test_a_bar_near_by_is_found_without_going_through_the_event() -> None:
    chain = Chain(dict.fromkeys(range(MANY), "2031-11-02"))
    assert not chain.drawn(LATE)
    assert len(chain.asked) == 1


def test_a_bar_in_the_middle_is_found_when_the_event_was_joined_so_far_by_then() -> None:
    chain = Chain({MANY // 2: "2031-11-02"})
    assert not chain.drawn(LATE)
    assert len(chain.asked) < MANY


def test_what_was_joined_only_later_bars_nothing() -> None:
    """The hundredth join scores some hundred less than the first, and the pair's turn comes before it."""
    chain = Chain({MANY // 2: "2031-11-02"})
    drawn = chain.drawn(BEST + FEW)
    assert drawn == set(chain.names[: FEW + 1])


def test_another_mention_of_the_same_report_keeps_two_events_apart() -> None:
    assert not Chain({}, report_of=30).drawn(LATE)


def test_a_person_who_told_two_mentions_apart_keeps_their_events_apart() -> None:
    chain = Chain({})
    assert chain.drawn(LATE) == set(chain.names)
    assert not chain.drawn(LATE, {chain.names[50]: {chain.inner}})
