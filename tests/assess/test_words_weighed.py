"""What a figure's words and speaker make of it: denials in other words, some of all, bystanders, looks back."""

from __future__ import annotations

from invented import HOSPITAL, MONITOR, NORLAND_ARMY, POLICE, RESIDENTS, World, bounds, codes

from bearwitness.record import Speaker


def test_the_accused_who_counts_nobody_denies_and_lowers_nothing() -> None:
    """D2: "no civilians were harmed" by who is accused is a denial in other words, for every method."""
    world = World()
    world.accuse("army", MONITOR)
    world.said(30, MONITOR, published="2031-10-19")
    nobody = world.said(0, Speaker(words="the army", role="state_authority"))
    assessment = world.only()
    assert bounds(assessment.killed) == (30, 30, 30)
    assert {reason.code for reason in assessment.killed.left_out if reason.claim == nobody.id} == {
        "denies_figure"
    }


def test_who_denies_in_effect_is_no_origin_of_the_deaths() -> None:
    """S5: the accused's nought does not confirm what the other origin counts."""
    world = World()
    world.accuse("army", MONITOR)
    world.said(17, MONITOR)
    assert world.only().independence != "established"
    world.said(0, Speaker(words="the army", role="state_authority"))
    assert world.only().independence != "established"


def test_police_alone_set_no_low_beside_all() -> None:
    """T1: two police officers by one origin are some of the eleven that another counts."""
    world = World()
    world.said(11, HOSPITAL)
    world.said(2, POLICE, group="police", whom="police officers")
    assert bounds(world.only().killed) == (11, 11, 11)


def test_fighters_by_the_accused_set_no_low_beside_people_counted_by_others() -> None:
    """T5, T16: "eight fighters" by the accused army counts another group than the eleven people of the residents."""
    world = World()
    world.accuse("Norland army", RESIDENTS)
    world.said(11, RESIDENTS)
    fighters = world.said(8, NORLAND_ARMY, group="combatant", whom="fighters")
    toll = world.only().killed
    assert bounds(toll) == (11, 11, 11)
    assert codes(toll)[fighters.id] == "some_of_all"


def test_more_fighters_by_the_accused_than_others_count_people_stay_in_the_range() -> None:
    """T7: high is the largest figure, also where who the dead were is contested."""
    world = World()
    world.accuse("Norland army", RESIDENTS)
    world.said(11, RESIDENTS)
    world.said(30, NORLAND_ARMY, group="combatant", whom="fighters")
    toll = world.only().killed
    assert (toll.low, toll.high) == (11, 30)


def test_civilians_are_some_where_police_died_too() -> None:
    """T1: "two civilians" beside a dead officer are some of the three people whom another counts."""
    world = World()
    world.said(3, HOSPITAL)
    world.said(2, POLICE, whom="civilians")
    assert bounds(world.only().killed) == (2, 3, 3)
    world.said(1, MONITOR, group="police", whom="police officer")
    assert bounds(world.only().killed) == (3, 3, 3)


def test_others_and_adults_are_some_of_all() -> None:
    """Who "killed seven others" killed somebody besides, and two adults may have died with a child."""
    world = World()
    world.said(8, HOSPITAL)
    world.said(7, POLICE, whom="others")
    world.said(2, MONITOR, whom="adults")
    assert bounds(world.only().killed) == (8, 8, 8)


def test_others_wounded_are_all_the_wounded() -> None:
    """ "Wounding three others" counts them besides the dead."""
    world = World()
    world.said(3, POLICE, "injured", whom="others")
    world.said(4, RESIDENTS, "injured")
    assert world.only().injured.low == 3


def test_bystanders_without_a_name_are_one_origin() -> None:
    """S2: residents, locals and eyewitnesses may be the same persons, whatever each report calls them."""
    world = World()
    for words in ("residents", "locals", "eyewitnesses"):
        world.said(5, Speaker(words=words, role="witness"))
    assert world.only().independence != "established"
    world.said(5, HOSPITAL)
    assert world.only().independence == "established"


def test_offices_without_a_name_are_no_bystanders() -> None:
    """S2: the hospital and the rescuers are two institutions, though neither has a name."""
    world = World()
    world.said(14, Speaker(words="the hospital", role="hospital_morgue"))
    world.said(14, Speaker(words="rescuers", role="rescue"))
    assert world.only().independence == "established"


def test_a_late_look_back_in_an_outlets_own_voice_gives_way() -> None:
    """T1: half a year later an outlet's own figure is a look back, though the event is its report's main one."""
    world = World()
    world.said(15, HOSPITAL)
    late = world.said(17, None, published="2032-04-18")
    toll = world.only().killed
    assert bounds(toll) == (15, 15, 15)
    assert [reason.code for reason in toll.left_out if reason.claim == late.id] == ["background_unattributed"]


def test_figures_added_in_one_statement_say_so() -> None:
    """T10: a claim that is one addend does not read as if it were the figure."""
    world = World()
    report = world.report("In the rocket attack on Torvale nine farmers and three soldiers died.")
    mention = world.mention(report, "rocket attack on Torvale")
    world.claim(mention, "killed", "nine farmers", 9, whom="farmers", speaker=MONITOR)
    world.claim(mention, "killed", "three soldiers", 3, whom="soldiers", group="combatant", speaker=MONITOR)
    toll = world.only().killed
    assert bounds(toll) == (12, 12, 12)
    assert all("added to what is told beside it: 12 in all" in reason.sentence for reason in toll.counted)


def test_what_only_the_perpetrator_reports_has_no_parts() -> None:
    """T6: where best is nought by rule there is no whole that parts could exceed."""
    world = World()
    world.accuse("Norland army", POLICE)
    world.said(30, NORLAND_ARMY, group="combatant", whom="militants")
    toll = world.only().killed
    assert toll.best == 0
    assert toll.shares == ()
    assert "parts_exceed_total" not in toll.reasons
