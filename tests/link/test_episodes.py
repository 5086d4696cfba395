"""Episodes: a toll of several events, and the events it counts, as far as one report tells both (T13, M5)."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import HOSPITAL, MONITOR, POLICE, World, bounds, place

from bearwitness.record import Incident

TEXT = "A wave of strikes killed 30. The strike on the grain market in Torvale killed 12. A strike on a bridge in Minburg killed 9."


def told(**whole: Any) -> World:
    """One report of a wave and two strikes; ``whole`` is what is known of the wave."""
    world = World()
    report = world.report(TEXT)
    fields: dict[str, Any] = {"date": None, "town": None, "country": "XA"} | whole
    wave = world.mention(report, "A wave of strikes", fields.pop("town"), kind="total", **fields)
    market = world.mention(report, "The strike on the grain market", site="grain market")
    bridge = world.mention(report, "A strike on a bridge", "Minburg", site="bridge")
    world.claim(wave, "killed", "killed 30", 30, speaker=MONITOR)
    world.claim(market, "killed", "killed 12", 12, speaker=HOSPITAL)
    world.claim(bridge, "killed", "killed 9", 9, speaker=POLICE)
    return world


def relations(incidents: list[Incident]) -> dict[str, list[str]]:
    """How each incident's others stand to it, by kind and place."""
    return {
        f"{one.kind} {one.place.name if one.place else ''}".strip(): sorted(
            other.relation for other in one.related
        )
        for one in incidents
    }


def test_m5_the_whole_has_its_parts_and_each_part_its_whole() -> None:
    """M5: the wave is the episode of both strikes, and they are its parts."""
    assert relations(told().link()) == {
        "total": ["part", "part"],
        "attack Torvale": ["background", "episode"],
        "attack Minburg": ["background", "episode"],
    }


def test_t13_the_toll_of_the_whole_is_in_no_part() -> None:
    """T13: the wave's 30 stay with the wave."""
    world = told()
    tolls = {one.kind + (one.site or ""): bounds(world.assess(one).killed) for one in world.link()}
    assert tolls == {"total": (30, 30, 30), "attackgrain market": (12, 12, 12), "attackbridge": (9, 9, 9)}


def test_another_report_of_one_part_joins_the_part_and_never_the_whole() -> None:
    """M5: a second report of the market strike joins it, whatever figure it gives."""
    world = told()
    world.said(30, HOSPITAL, text="Later. In the rocket attack on Torvale the count was 30.")
    joined = [one for one in world.link() if len(one.mentions) > 1]
    assert all(one.kind == "attack" for one in joined)
    whole = next(one for one in world.link() if one.kind == "total")
    assert bounds(world.assess(whole).killed) == (30, 30, 30)


@pytest.mark.parametrize(
    "whole",
    [
        {"date": "2031-09-01/2031-09-30"},
        {"country": "XB"},
        {"place": place("Kestria"), "country": "XB"},
    ],
)
def test_what_lies_outside_is_no_part(whole: dict[str, Any]) -> None:
    """A total of other days or of another country counts none of them; they only stand beside each other."""
    assert relations(told(**whole).link())["attack Torvale"] == ["background", "background"]


def test_a_total_of_one_town_counts_what_happened_there() -> None:
    """The toll of Torvale counts the market and not the bridge in Minburg."""
    found = relations(told(town="Torvale").link())
    assert found["total Torvale"] == ["background", "part"]


def test_foiled_and_disputed_events_are_no_parts() -> None:
    """What was foiled, or may not have happened, adds nothing to a toll and is no part of it."""
    world = World()
    report = world.report(TEXT)
    wave = world.mention(report, "A wave of strikes", None, kind="total", date=None, country="XA")
    world.claim(wave, "killed", "killed 30", 30, speaker=MONITOR)
    world.mention(report, "A strike on a bridge", "Minburg", status="foiled")
    assert relations(world.link())["total"] == ["background"]


def test_m5_what_a_report_counts_as_second_makes_a_series_of_all_it_tells_there() -> None:
    """M5: "the second attack on Torvale" relates every attack on Torvale that the report tells of, and no clash there."""
    world = World()
    report = world.report(
        "An attack hit the gate. It was the second attack on the town. A raid came before. A clash followed."
    )
    gate = world.mention(report, "An attack hit the gate")
    world.mention(report, "the second attack", date="2031-10-11", series=2)
    raid = world.mention(report, "A raid came before", date="2031-10-11", site="mill")
    clash = world.mention(report, "A clash followed", kind="clash", date="2031-10-18")
    found = {one.mentions[0]: one for one in world.link()}
    of = {one.incident: one.relation for one in found[gate.id].related}
    assert of["i" + raid.id[1:]] == "series"
    assert of["i" + clash.id[1:]] == "same_place"


@settings(deadline=None, max_examples=30)
@given(st.randoms(use_true_random=False), st.sampled_from([None, "2031-10-17", "2031-10"]))
def test_order_changes_nothing(shuffle: random.Random, date: str | None) -> None:
    """The order law holds for episodes: mentions in any order give the same incidents and relations."""
    world = told(date=date)
    before = world.link()
    items = list(world.mentions.items())
    shuffle.shuffle(items)
    world.mentions = dict(items)
    assert world.link() == before
