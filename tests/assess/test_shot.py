"""Counts of persons shot: who of them died is among the dead, and the rest are wounded."""

from __future__ import annotations

from typing import Any

import pytest
from invented import HOSPITAL, POLICE, World, bounds, codes

Bounds = tuple[int | None, int | None, int | None]
NOTHING: Bounds = (None, None, None)


def told(world: World, shot: int, dead: int, **killed: Any) -> str:
    """One report: so many were shot, and so many of them died; the id of the first count."""
    text = f"{shot} shot in Torvale. In the rocket attack on Torvale {dead} died, police said."
    mention = world.mention(world.report(text, f"Outlet {len(world.reports)}"), "rocket attack on Torvale")
    claim = world.claim(mention, "injured", f"{shot} shot", (0, shot))
    if dead:
        world.claim(mention, "killed", f"{dead} died", dead, speaker=POLICE, **killed)
    return claim.id


@pytest.mark.parametrize(
    ("shot", "dead", "left"), [(2, 1, (1, 1, 1)), (7, 3, (4, 4, 4)), (2, 2, NOTHING), (2, 3, NOTHING)]
)
def test_of_the_shot_those_are_wounded_who_did_not_die(shot: int, dead: int, left: Bounds) -> None:
    world = World()
    claim = told(world, shot, dead)
    toll = world.only().injured
    assert bounds(toll) == left
    if left == NOTHING:
        assert codes(toll) == {claim: "all_died"}
    else:
        assert "dead_taken_out" in toll.reasons


def test_where_nobody_tells_of_a_death_the_shot_are_wounded() -> None:
    world = World()
    told(world, 4, 0)
    toll = world.only().injured
    assert bounds(toll) == (4, 4, 4)
    assert "none_died" in toll.reasons


def test_where_another_report_tells_of_a_death_the_shot_may_be_dead() -> None:
    """T4: the report that counts the shot tells of no death, and which of them died it cannot be asked."""
    world = World()
    told(world, 4, 0)
    world.said(1, HOSPITAL)
    assert bounds(world.only().injured) == (0, None, 4)


def test_killed_and_wounded_together_are_not_all_wounded() -> None:
    """T4: "4 casualties" counts dead and wounded, though nobody says how many died."""
    world = World()
    text = "4 casualties in the rocket attack on Torvale."
    mention = world.mention(world.report(text, "Dawn"), "rocket attack on Torvale")
    for about in ("killed", "injured"):
        world.claim(mention, about, "4 casualties", (0, 4))
    assert bounds(world.only().injured) == (0, None, 4)


def test_what_is_taken_for_wounded_raises_nothing_of_the_killed() -> None:
    world = World()
    told(world, 7, 3)
    assert bounds(world.only().killed) == (3, 3, 3)
