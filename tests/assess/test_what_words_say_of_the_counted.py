"""What the words of a figure say of whom it counts: attackers among the dead, some of the dead, people of no stated standing."""

from __future__ import annotations

import pytest
from invented import HOSPITAL, NORLAND_ARMY, POLICE, World, bounds, codes

from bearwitness import assess
from bearwitness.record import Toll


def bombing(words: str) -> tuple[World, str]:
    """A report in which the hospital says so of nine people, beside another of eight by the police."""
    world = World()
    world.said(8, POLICE)
    mention = world.mention(
        world.report(f"Of the rocket attack on Torvale: {words}."), "rocket attack on Torvale"
    )
    world.claim(mention, "killed", "The bomber also died", 1, whom="bomber", group="attacker")
    return world, world.claim(mention, "killed", words.split(". ", maxsplit=1)[0], 9, speaker=HOSPITAL).id


def by(world: World, name: str) -> Toll:
    """The toll of the killed by another method."""
    world.only()
    (incident,) = world.link()
    told = assess.assess(incident, world.mentions, world.claims, world.reports, world.judgements, method=name)
    return told.killed


def test_a_bomber_among_nine_leaves_eight_victims() -> None:
    """T12: a figure that by its words holds the attacker counts the others where victims are counted, and says so."""
    world, nine = bombing("Nine people, including the bomber, died. The bomber also died")
    toll = world.only().killed
    assert bounds(toll) == (8, 8, 8)
    assert "attackers_taken_out" in toll.reasons
    assert "9, taken as 8" in next(reason.sentence for reason in toll.counted if reason.claim == nine)
    assert {share.of: share.best for share in toll.shares} == {"civilian": 8, "attacker": 1}


def test_a_method_that_counts_attackers_adds_none_to_nine() -> None:
    """T12: where attackers count, nine with the bomber are nine and never ten."""
    world, _ = bombing("Nine people, including the bomber, died. The bomber also died")
    assert by(world, "range").high == 9
    world, _ = bombing("Nine people died. The bomber also died")
    assert by(world, "range").high == 10


def test_some_of_the_dead_set_no_low() -> None:
    """T1: "three of the dead" in an outlet's own voice are some of the eight that the police count."""
    world = World()
    world.said(8, POLICE)
    text = "In the rocket attack on Torvale three of the dead were officers."
    mention = world.mention(world.report(text, "Dawn"), "rocket attack on Torvale")
    three = world.claim(mention, "killed", "three of the dead", 3, whom="dead")
    toll = world.only().killed
    assert bounds(toll) == (8, 8, 8)
    assert codes(toll)[three.id] == "some_of_all"


@pytest.mark.parametrize(("whom", "civilian"), [("wounded", None), ("farmers", 2), ("civilians", 2)])
def test_a_part_counts_as_civilian_where_its_words_say_so(whom: str, civilian: int | None) -> None:
    """T10, T16: beside "no soldiers were among the dead", two of whom nothing is said are not all the civilians told of."""
    world = World()
    text = f"In the rocket attack on Torvale 15 died, two {whom} later. No soldiers died."
    mention = world.mention(world.report(text), "rocket attack on Torvale")
    world.claim(mention, "killed", "15 died", 15, speaker=HOSPITAL)
    world.claim(mention, "killed", f"two {whom}", 2, whom=whom, part_of=True, speaker=HOSPITAL)
    world.claim(
        mention, "killed", "No soldiers died", 0, whom="soldiers", group="combatant", part_of=True,
        speaker=NORLAND_ARMY,
    )  # fmt: skip
    shares = {share.of: share.best for share in world.only().killed.shares}
    assert shares.get("civilian") == civilian
    assert shares["unknown"] == 15 - (civilian or 0)
