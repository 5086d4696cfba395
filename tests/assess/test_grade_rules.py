"""Grades: what the rules suggest, and a person's word that goes before it (G1, G2)."""

from __future__ import annotations

import pytest
from invented import HOSPITAL, MONITOR, NORLAND_ARMY, POLICE, RESIDENTS, World

from bearwitness.record import Assessment, Judgement


def world_graded_weak() -> World:
    """One origin tells of it."""
    world = World()
    world.said(12, POLICE)
    return world


def grade(
    world: World, name: str | None, after: Judgement | None = None, at: str = "2031-11-01T10:00:00Z"
) -> Judgement:
    """A person's grade for the first mention."""
    correction = {"grade": name, "suggested": "weak", "rule": "weak_one_origin"}
    return world.judge("grade", min(world.mentions), correction=correction, after=after, at=at)


def test_g2_a_persons_grade_goes_before_the_rules_which_stay_to_be_seen() -> None:
    """G2: the grade is the person's, with who and why; the suggestion, its rule and its claims stand beside it."""
    world = world_graded_weak()
    grade(world, "fair")
    found = world.only()
    assert (found.grade, found.grade_rule) == ("fair", "graded_by_review")
    assert found.grade_sentence == "reviewer one graded it fair: the two texts were read side by side"
    assert found.suggested is not None
    assert (found.suggested.grade, found.suggested.rule) == ("weak", "weak_one_origin")
    assert found.suggested.claims == tuple(claim.id for claims in world.claims.values() for claim in claims)


def test_g2_every_grade_before_is_kept_with_why_it_changed() -> None:
    """G2: two decisions one after the other are both there, each with the grade that stood before it; the later binds."""
    world = world_graded_weak()
    first = grade(world, "fair")
    grade(world, "contested", after=first, at="2031-11-02T10:00:00Z")
    found = world.only()
    assert found.grade == "contested"
    assert [(one.grade, one.before) for one in found.graded] == [("fair", "weak"), ("contested", "fair")]


def test_g2_a_decision_can_be_taken_back() -> None:
    """G2: graded as the rules do, the suggestion holds again and the decisions stay."""
    world = world_graded_weak()
    first = grade(world, "fair")
    grade(world, None, after=first, at="2031-11-02T10:00:00Z")
    found = world.only()
    assert (found.grade, found.grade_rule) == ("weak", "weak_one_origin")
    assert [one.grade for one in found.graded] == ["fair", None]


def test_g2_of_two_incidents_joined_the_latest_grade_binds() -> None:
    """Both were graded before they were found to be one; the later decision holds, whatever the order of the records."""
    world = World()
    world.said(12, POLICE)
    world.said(12, HOSPITAL)
    early, late = sorted(world.mentions)
    world.judge("grade", late, correction={"grade": "fair"}, at="2031-11-01T10:00:00Z")
    world.judge("grade", early, correction={"grade": "weak"}, at="2031-11-03T10:00:00Z")
    assert world.only().grade == "weak"
    world.judgements.reverse()
    assert world.only().grade == "weak"


def test_a_grade_that_does_not_exist_is_refused() -> None:
    """The record takes the five grades and null, and nothing else."""
    world = world_graded_weak()
    for wrong in ({"grade": "certain"}, {"suggested": "weak"}, {}):
        with pytest.raises(ValueError, match="grade"):
            world.judge("grade", min(world.mentions), correction=wrong)


def accepted(words: str) -> Assessment:
    """The accused army says this of a strike that a monitor lays on it."""
    world = World()
    world.accuse("Norland army", MONITOR)
    report = world.report(f"Of the rocket attack on Torvale they spoke. {words}.", "Dusk")
    mention = world.mention(report, "rocket attack on Torvale", site="the grain market")
    world.claim(mention, "perpetrator", words, value="Norland army", speaker=NORLAND_ARMY)
    return world.only()


def test_g1_to_tell_of_an_act_of_war_accepts_no_harm() -> None:
    """G1: "our aircraft struck a command post" confirms nothing; responsibility for it, or the harm, does."""
    assert accepted("Our aircraft struck a command post").grade != "confirmed"
    assert accepted("The army accepted responsibility for the strike").grade == "confirmed"
    assert accepted("The army said that it had hit the market by mistake").grade == "confirmed"


def test_g1_fair_counts_who_reports_it_whatever_each_says() -> None:
    """G1: one origin gives the toll, another names who did it: two report the incident; the toll alone rests on one."""
    world = World()
    world.said(12, HOSPITAL)
    world.accuse("Norland army", RESIDENTS)
    found = world.only()
    assert (found.grade, found.grade_rule, found.independence) == (
        "fair",
        "fair_two_origins",
        "not_established",
    )


def test_g1_a_party_read_with_doubt_is_no_rival() -> None:
    """G1: an accusation of which the reader is not sure is shown and contests nothing, until a person accepts it."""
    world = World()
    world.accuse("Norland army", MONITOR, confidence=0.9)
    doubtful = world.accuse("Ana Petri", RESIDENTS, confidence=0.5)
    assert not world.only().contested
    world.judge("accept", doubtful.id)
    assert world.only().grade_rule == "contested_rivals"
