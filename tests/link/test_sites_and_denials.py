"""Two sites of one town are two events, however like the numbers; what the accused denies is the deed it is accused of."""

from __future__ import annotations

from typing import Any

import pytest
from invented import HOSPITAL, NORLAND_ARMY, POLICE, World

from bearwitness.record import Claim, Speaker


def bomb(world: World, site: str, speaker: Speaker = POLICE, **fields: Any) -> Claim:
    """A report of a bomb at a site that killed five."""
    number = len(world.reports)
    report = world.report(f"Note {number}. A bomb exploded, killing five people.", f"Outlet {number}")
    mention = world.mention(report, "A bomb exploded", site=site, **fields)
    world.claim(mention, "weapon", "A bomb", value="bomb", value_class="bomb")
    return world.claim(mention, "killed", "killing five people", 5, speaker=speaker)


@pytest.mark.parametrize(
    ("first", "second", "incidents"),
    [
        ("bus station", "mosque", 2),
        ("Karvel mosque", "Ostrim mosque", 2),
        ("mosque", "Ostrim mosque", 1),
        ("gas station", "parking lot of a gas station", 1),
        ("parking lot", "gas station", 1),
    ],
)
def test_sites_of_two_kinds_or_names_are_two_events(first: str, second: str, incidents: int) -> None:
    """M2: five dead by a bomb at the bus station and five at a mosque are ten; one site worded in two ways stays one."""
    world = World()
    bomb(world, first)
    bomb(world, second)
    found = world.link()
    assert len(found) == incidents
    if incidents == 2:
        assert "two_sites" in found[0].apart[0].reasons


def test_a_named_speakers_figure_joins_two_sites() -> None:
    """M2: one hospital's figure for one bomb shows that the site of one report is another word for that of the other."""
    world = World()
    bomb(world, "bus station", HOSPITAL)
    bomb(world, "mosque", HOSPITAL)
    assert len(world.link()) == 1


def strike_and_answer(date: str = "2031-10-17", speaker: Speaker = NORLAND_ARMY) -> World:
    """An air strike that a monitor blames on an army, and somebody's word that nobody was killed in it."""
    world = World()
    report = world.report("An air strike hit a village, killing 17.", "Outlet A")
    mention = world.mention(report, "An air strike", site="village")
    world.claim(mention, "perpetrator", "An air strike hit", value="Norland army")
    world.claim(mention, "killed", "killing 17", 17)
    report = world.report("Nobody was killed in the air strike, which hit a depot.", "Outlet B")
    mention = world.mention(report, "the air strike", site="depot", date=date)
    world.claim(mention, "killed", "Nobody was killed", 0, speaker=speaker)
    return world


def test_the_denial_of_a_strike_by_the_accused_is_of_that_strike() -> None:
    """M2: day, place, means and the party accused agree; that it counts nobody and names another target is its denial."""
    (incident,) = strike_and_answer().link()
    assert "denied_deed" in incident.joins[0].reasons


def test_a_denial_by_others_or_of_another_day_joins_nothing() -> None:
    """M2: who is not accused, or speaks of another day, does not answer this accusation."""
    assert len(strike_and_answer(date="2031-10-18").link()) == 2
    assert len(strike_and_answer(speaker=HOSPITAL).link()) == 2
