"""Who counts as an independent origin: no stranger without a name, no accused that denies, no outlet whose report is here."""

from __future__ import annotations

import pytest
from invented import HOSPITAL, MONITOR, NORLAND_ARMY, World

from bearwitness.record import Speaker

RESCUERS = Speaker(words="rescuers", role="rescue")
WARD = Speaker(words="a hospital official", role="hospital_morgue")


@pytest.mark.parametrize(
    "other",
    [
        Speaker(words="the district hospital", role="hospital_morgue"),
        RESCUERS,
        Speaker(words="the fire service", role="rescue"),
    ],
)
def test_an_institution_without_a_name_is_an_origin(other: Speaker) -> None:
    """S2: "the district hospital" and "rescuers" are institutions, and no passers-by, though they have no name."""
    world = World()
    world.said(14, Speaker(words="police", role="state_authority"))
    world.said(14, other)
    assert world.only().independence == "established"


def test_one_hospital_called_two_ways_is_one_origin() -> None:
    """S1: "a hospital official" beside the one hospital that is named is that hospital."""
    world = World()
    world.said(6, HOSPITAL)
    world.said(6, WARD)
    assert world.only().independence != "established"


def test_bystanders_without_a_name_are_said_to_be_such() -> None:
    """S2: the sentence does not read as if "residents, locals" were one named origin."""
    world = World()
    for words in ("residents", "locals"):
        world.said(5, Speaker(words=words, role="witness"))
    told = world.only()
    assert told.independence == "not_established"
    assert "people without a name, who may be the same ones: locals, residents" in told.independence_sentence


def test_an_outlet_that_no_list_knows_adds_nothing_where_its_report_is_here() -> None:
    """S1: "the Coast Wire reported" is the Coast Wire's own report, whatever role the reader gave it."""
    world = World()
    world.said(6, HOSPITAL, outlet="Coast Wire")
    world.said(6, Speaker(words="the Coast Wire"), outlet="The Lamp")
    assert world.only().independence != "established"


def test_an_accused_that_denies_confirms_nothing_by_what_it_tells_besides() -> None:
    """T16, D2: "eight fighters, and no civilians" by the accused army bears out nobody's count of the dead."""
    world = World()
    world.accuse("Norland army", MONITOR)
    world.said(11, MONITOR)
    world.said(8, NORLAND_ARMY, group="combatant", whom="fighters")
    assert world.only().independence == "established"
    world.said(0, NORLAND_ARMY, about="injured")
    told = world.only()
    assert told.independence != "established"
    assert told.grade == "weak"


def test_an_accused_that_counts_civilians_harmed_confirms_the_harm() -> None:
    """D4: what the accused concedes counts, though it denies another part of it."""
    world = World()
    world.accuse("Norland army", MONITOR)
    world.said(11, MONITOR)
    world.said(2, NORLAND_ARMY)
    world.said(0, NORLAND_ARMY, about="injured")
    assert world.only().independence == "established"
