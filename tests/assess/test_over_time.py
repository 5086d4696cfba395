"""Tolls as they stood on a day, over time, and with something left out."""

from __future__ import annotations

from datetime import date

from invented import HOSPITAL, MONITOR, NORLAND_ARMY, POLICE, PROSECUTOR, RESIDENTS, World, bounds

from bearwitness import assess
from bearwitness.pages import Version
from bearwitness.record import Incident, Moment, Without

DEFAULT = assess.METHODS[assess.DEFAULT]


def case(world: World, **more: object) -> assess.Case:
    """The case of the one incident."""
    world.only()
    (incident,) = world.link()
    return laid(world, incident, **more)


def laid(world: World, incident: Incident, **more: object) -> assess.Case:
    """The case of an incident."""
    return assess.Case(
        incident,
        world.mentions,
        world.claims,
        world.reports,
        world.judgements,
        **more,  # type: ignore[arg-type]
    )


def shown(found: list[Moment]) -> list[tuple[str, tuple[int | None, int | None, int | None]]]:
    """Day and bounds of the killed."""
    return [(one.day, (one.tolls[0].low, one.tolls[0].best, one.tolls[0].high)) for one in found]


def test_a_developing_toll_is_told_day_by_day_corrections_down_included() -> None:
    """Police say 9, then 14, then correct it to 12: each day shows what stood at its end."""
    world = World()
    for count, day in ((9, "2031-10-18"), (14, "2031-10-19"), (12, "2031-10-21")):
        world.said(count, POLICE, published=day)
    assert shown(assess.moments(case(world), DEFAULT)) == [
        ("2031-10-18", (9, 9, 9)),
        ("2031-10-19", (14, 14, 14)),
        ("2031-10-21", (12, 12, 12)),
    ]


def test_as_of_a_day_takes_what_was_published_by_its_end() -> None:
    """On the 19th there were two figures; before the first report there is nothing to say."""
    world = World()
    world.said(9, POLICE, published="2031-10-18")
    world.said(12, HOSPITAL, published="2031-10-19")
    world.said(20, MONITOR, published="2031-11")
    held = case(world)
    then = assess.as_of(held, date(2031, 10, 19).toordinal(), DEFAULT)
    assert then is not None
    assert bounds(then.killed) == (9, 12, 12)
    assert len(then.origins) == 2
    assert assess.as_of(held, date(2031, 10, 17).toordinal(), DEFAULT) is None
    # A month counts when it is over: before that it may not have been published.
    later = assess.as_of(held, date(2031, 11, 29).toordinal(), DEFAULT)
    assert later is not None
    assert later.killed.high == 12
    last = assess.as_of(held, date(2031, 11, 30).toordinal(), DEFAULT)
    assert last is not None
    assert last.killed.high == 20


def test_a_report_without_a_day_counts_from_its_capture() -> None:
    """Where no publication is stated, the day the ledger got it stands in, and is marked so."""
    world = World()
    world.said(9, POLICE, published="2031-10-18")
    undated = world.said(12, HOSPITAL, published=None)
    held = case(world, captured={undated.report: "2031-10-25T08:00:00Z"})
    found = assess.moments(held, DEFAULT)
    assert [(one.day, one.basis) for one in found] == [
        ("2031-10-18", "published"),
        ("2031-10-25", "captured"),
    ]


def test_a_later_edition_counts_from_the_day_it_was_met() -> None:
    """A page published on the 18th and changed on the 20th said the former number until then."""
    world = World()
    first = world.said(9, POLICE, published="2031-10-18", outlet="Dawn")
    second = world.said(12, POLICE, published="2031-10-18", outlet="Dawn")
    versions = {first.report: Version("page", 0, False), second.report: Version("page", 1, True)}
    captured = {first.report: "2031-10-18T09:00:00Z", second.report: "2031-10-20T09:00:00Z"}
    held = case(world, versions=versions, captured=captured)
    assert shown(assess.moments(held, DEFAULT)) == [
        ("2031-10-18", (9, 9, 9)),
        ("2031-10-20", (12, 12, 12)),
    ]


def moves(world: World) -> dict[tuple[str, str], tuple[int | None, int | None, int | None]]:
    """What moves the killed, and how they would stand."""
    found: list[Without] = assess.without(assess.Ground(case(world)), DEFAULT)
    return {
        (one.what, one.name): (toll.low, toll.best, toll.high)
        for one in found
        for toll in one.tolls
        if toll.about == "killed"
    }


def test_leaving_out_a_source_shows_what_rests_on_it() -> None:
    """Without the hospital best falls, without the monitor high does; who moves nothing is not listed."""
    world = World()
    world.said(3, RESIDENTS, outlet="Dawn")
    world.said(3, POLICE, outlet="Dusk")
    world.said(5, HOSPITAL, outlet="Noon")
    world.said(11, MONITOR, outlet="Noon")
    found = moves(world)
    assert found["origin", "Torvale Central Hospital"] == (3, 3, 11)
    assert found["origin", "Plain Count Observatory"] == (3, 5, 5)
    assert found["outlet", "Noon"] == (3, 3, 3)
    assert ("origin", "residents") not in found
    assert ("outlet", "Dawn") not in found


def test_leaving_out_a_side_keeps_the_sides_of_the_others() -> None:
    """Without the accused's own word its concession is gone; the prosecutor stays on the victims' side."""
    world = World()
    world.accuse("Norland army", RESIDENTS)
    world.said(4, PROSECUTOR)
    world.said(7, NORLAND_ARMY)
    found = moves(world)
    assert found["side", "the side of the accused"] == (4, 4, 4)
    assert ("side", "the side of the victims") not in found  # 7 is conceded, with or without the prosecutor
