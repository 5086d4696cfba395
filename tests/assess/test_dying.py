"""Who is told to be wounded and to be dead is counted once, among the dead."""

from __future__ import annotations

import pytest
from invented import HOSPITAL, POLICE, RESIDENTS, World, bounds, codes

Bounds = tuple[int | None, int | None, int | None]
NONE: Bounds = (None, None, None)


@pytest.mark.parametrize(
    ("wounded", "dead", "left"),
    [
        ("Mira Tolland", "Mrs Tolland", NONE),
        ("Mira Tolland", "Jory Pell", (1, 1, 1)),
        ("7-year-old boy", "boy", NONE),
        ("toddler", "child", NONE),
        ("another boy", "boy", (1, 1, 1)),
        ("woman", "man", (1, 1, 1)),
        ("person", "teacher", NONE),
    ],
)
def test_one_person_is_wounded_or_dead(wounded: str, dead: str, left: Bounds) -> None:
    """Two reports: one tells of a person wounded, a later one of a person dead. By name or words they are one or two."""
    world = World()
    first = world.said(1, POLICE, "injured", whom=wounded)
    world.said(1, HOSPITAL, whom=dead, published="2031-10-19")
    toll = world.only().injured
    assert bounds(toll) == left
    if left == NONE:
        assert codes(toll) == {first.id: "later_died"}


@pytest.mark.parametrize(
    ("wounded", "dead", "group"),
    [
        ("16-year-old", "10-month-old", "civilian"),
        ("15-month-old", "2-year-old boy", "civilian"),
        ("Mira Tolland", "man", "police"),
        ("mother", "7-year-old boy", "civilian"),
        ("girl", "Jory Pell, a boy", "civilian"),
        ("friend", "11-year-old", "civilian"),
    ],
)
def test_who_cannot_be_the_one_who_died_stays_wounded(wounded: str, dead: str, group: str) -> None:
    """Another age, another sex, a uniform, or a kinship to a child that died."""
    world = World()
    world.said(1, POLICE, "injured", whom=wounded, group=group)
    world.said(1, HOSPITAL, whom=dead, published="2031-10-19")
    assert bounds(world.only().injured) == (1, 1, 1)


@pytest.mark.parametrize(("wounded", "dead"), [("2-year-old", "22-month-old"), ("8-year-old", "9-year-old")])
def test_an_age_told_a_little_wrong_is_of_one_person(wounded: str, dead: str) -> None:
    world = World()
    world.said(1, POLICE, "injured", whom=wounded)
    world.said(1, HOSPITAL, whom=dead, published="2031-10-19")
    assert bounds(world.only().injured) == NONE


def test_one_sentence_that_tells_of_both_tells_of_two() -> None:
    """ "A man died and a man was hurt" are two men."""
    world = World()
    mention = world.mention(
        world.report("In the rocket attack on Torvale a man died and a man was hurt.", "Dawn"),
        "rocket attack on Torvale",
    )
    world.claim(mention, "killed", "a man died", 1, speaker=POLICE, whom="man")
    world.claim(mention, "injured", "a man was hurt", 1, speaker=POLICE, whom="man")
    assert bounds(world.only().injured) == (1, 1, 1)


def test_where_more_have_died_a_name_is_not_taken_for_any_of_them() -> None:
    """A name and a description are one person only where nobody counts more than one dead."""
    world = World()
    world.said(1, POLICE, "injured", whom="Mira Tolland")
    world.said(1, HOSPITAL, whom="woman")
    assert bounds(world.only().injured) == NONE
    world.said(3, RESIDENTS)
    assert bounds(world.only().injured) == (1, 1, 1)
