"""Laws of linking: order does not matter, a bar has no direction, the sum is the sum."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from invented import World, place

from bearwitness import link, review
from bearwitness.link import facts_of
from bearwitness.link.codes import CODES, FOR
from bearwitness.link.compare import barred, compare
from bearwitness.link.facts import Fact, table
from bearwitness.link.matching import FIGURES, possible, worth

NAMES = ("Mira Tolland", "Ansel Dorrim", "a baker", "two men")
BESIDE = ("at 1204 Brackwater Street", "near Quillon Bridge", "in Pellam Yard", "by the river", "")

telling = st.fixed_dictionaries(
    {
        "town": st.sampled_from(("Torvale", "Minburg", "Torvale Heights", "Kestria", "Ashford Hollow", None)),
        "date": st.sampled_from(("2031-10-16", "2031-10-17", "2031-10-16/2031-10-18", "XXXX-10-17", "2031", None)),
        "kind": st.sampled_from(("attack", "clash", "accident", "total")),
        "status": st.sampled_from(("occurred", "foiled", "disputed")),
        "background": st.booleans(),
        "series": st.sampled_from((None, None, 1, 2)),
        "date_confidence": st.sampled_from((None, 0.5, 0.95)),
        "place_confidence": st.sampled_from((None, 0.5, 0.95)),
        "site": st.sampled_from((None, "the grain market", "a house")),
        "who": st.sampled_from(NAMES),
        "beside": st.lists(st.sampled_from(BESIDE), max_size=3).map(" ".join),
        "count": st.integers(0, 12),
    }
)  # fmt: skip


def world_of(tellings: list[dict[str, Any]]) -> World:
    """A report for each of these tellings."""
    world = World()
    for number, given_fields in enumerate(tellings):
        fields = dict(given_fields)
        who, beside, count = (fields.pop(name) for name in ("who", "beside", "count"))
        town = fields.pop("town")
        text = f"Sheet {number}. {who} was killed by gunfire {beside}. The count was {count}."
        mention = world.mention(
            world.report(text, f"Outlet {number}"),
            "killed by gunfire",
            place=place(town) if town else None,
            **fields,
        )
        world.claim(mention, "killed", f"{who} was killed", 1, whom=who)
        world.claim(mention, "injured", f"The count was {count}", count)
    return world


def facts(world: World) -> list[Fact]:
    """The facts of all its mentions."""
    return facts_of(world.mentions.values(), world.claims, world.reports, review.apply([], []))


@settings(max_examples=60, deadline=None)
@given(st.lists(telling, min_size=2, max_size=4))
def test_comparing_has_no_direction(tellings: list[dict[str, Any]]) -> None:
    """A bar, a join, its score and its reasons are the same whichever of two mentions comes first; a join has no bar, has
    reasons that are listed, is worth their weights, and is never passed over as one that cannot be."""
    for one, other in combinations(facts(world_of(tellings)), 2):
        assert barred(one, other) == barred(other, one)
        comparison = compare(one, other)
        assert comparison == compare(other, one)
        assert set(comparison.codes) <= CODES.keys()
        if comparison.joins:
            assert possible(one, other)
            assert possible(other, one)
            assert comparison.bar is None
            assert comparison.score == worth(comparison.codes) >= table("threshold")["joins"]


@settings(max_examples=40, deadline=None)
@given(st.lists(telling, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_order_does_not_matter(tellings: list[dict[str, Any]], chance: Any) -> None:
    """The same mentions in any order give the same incidents, no incident holds two that are barred from each other, and
    each join stands between two of its mentions."""
    world = world_of(tellings)
    shuffled = list(world.mentions.values())
    chance.shuffle(shuffled)
    incidents = world.link()
    assert link.link(shuffled, world.claims, world.reports) == incidents
    by_name = {fact.id: fact for fact in facts(world)}
    for incident in incidents:
        assert not any(
            barred(by_name[one], by_name[other]) for one, other in combinations(incident.mentions, 2)
        )
        assert len(incident.joins) == len(incident.mentions) - 1
        assert all({join.first, join.second} <= set(incident.mentions) for join in incident.joins)


@settings(max_examples=60, deadline=None)
@given(telling, telling, st.integers(0, 12))
def test_a_number_neither_joins_nor_separates(one: dict[str, Any], other: dict[str, Any], count: int) -> None:
    """M2: with another figure nothing is barred that was not, and what a figure joins has another reason besides."""
    first = compare(*facts(world_of([one, other])))
    second = compare(*facts(world_of([one, {**other, "count": count}])))
    assert first.bar == second.bar
    apart = {code for code in (*first.codes, *second.codes) if code not in FOR}
    assert not any("figure" in code or "toll" in code for code in apart)
    for found in (first, second):
        agreed = {
            "same_day",
            "dates_meet",
            "publication_window",
            "year_unknown",
            "same_place",
            "near_place",
            "same_words",
        }
        if found.joins:
            assert set(found.codes) - FIGURES - agreed - {"same_kind"}


def test_every_weight_belongs_to_a_code() -> None:
    """What ``vocabulary/linking.toml`` weighs is a code, what speaks for a join never weighs less than nothing (but for how
    well date and place agree), and what speaks against never more."""
    weights = table("weights")
    assert set(weights) <= CODES.keys()
    telling = [
        code for code in FOR if code.startswith(("same_p", "same_n", "same_t", "same_s", "most", "few"))
    ]
    assert all(weights.get(code, 0) >= 0 for code in telling)
    assert all(weights[code] <= 0 for code in weights if code.startswith("different_"))
