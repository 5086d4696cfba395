"""Tolls by the rules T1 to T14, one test or more for each."""

from __future__ import annotations

import pytest
from invented import (
    HOSPITAL,
    MONITOR,
    NORLAND,
    NORLAND_ARMY,
    POLICE,
    PROSECUTOR,
    REBELS,
    RESIDENTS,
    World,
    bounds,
    codes,
)

from bearwitness.record import Toll


def test_t1_words_as_read_give_low_and_high() -> None:
    """T1: a range keeps both ends; its lower end is the best, the lowest of what remains."""
    world = World()
    world.said((10, 15), POLICE, number_kind="range")
    assert bounds(world.only().killed) == (10, 10, 15)


def test_t2_silence_is_null_with_a_reason() -> None:
    """T2: no figure is null and says so; "no one was killed" is zero."""
    world = World()
    world.said(0, POLICE)
    assessment = world.only()
    assert bounds(assessment.killed) == (0, 0, 0)
    assert bounds(assessment.injured) == (None, None, None)
    assert assessment.injured.reasons == ("not_reported",)
    assert "not zero" in assessment.injured.sentence
    assert "zero_stated" in assessment.killed.reasons


def test_t3_vague_words_set_no_best_beside_an_exact_figure() -> None:
    """T3: "dozens" sets neither low nor best where an exact figure stands, and leaves the top open."""
    world = World()
    dozens = world.said((24, None), RESIDENTS, number_kind="vague")
    world.said(31, POLICE)
    toll = world.only().killed
    assert bounds(toll) == (31, 31, 31)
    assert {"vague_words", "open_high"} <= set(toll.reasons)
    assert codes(toll)[dozens.id] == "within"
    world = World()
    world.said((24, None), RESIDENTS, number_kind="vague")
    toll = world.only().killed
    assert bounds(toll) == (24, 24, 24)
    assert {"vague_only", "open_high"} <= set(toll.reasons)
    assert toll.sentence.startswith("At least 24 killed")


def test_t4_killed_or_wounded_raises_nothing() -> None:
    """T4: "20 killed or wounded" is none to twenty; it never sets low or best of the killed."""
    world = World()
    world.said((0, 20), POLICE)
    toll = world.only().killed
    assert bounds(toll) == (0, None, 20)
    assert toll.reasons[0] == "casualties_only"
    world.said(3, HOSPITAL)
    toll = world.only().killed
    assert bounds(toll) == (3, 3, 20)
    assert "casualties_words" in toll.reasons


def test_t5_what_is_not_admissible_is_left_out_with_its_reason() -> None:
    """T5: denied, doubted, rejected and partial figures and attackers stay visible and set nothing."""
    world = World()
    world.said(12, HOSPITAL)
    fates = {
        world.said(30, NORLAND, stance="denies").id: "denies_figure",
        world.said(31, MONITOR, stance="doubts").id: "doubts_figure",
        world.said(3, RESIDENTS, part_of=True).id: "part_of_whole",
        world.said(2, POLICE, group="attacker").id: "attacker_apart",
    }
    wrong = world.said(99, PROSECUTOR)
    world.judge("reject", wrong.id, why="it belongs to another town")
    toll = world.only().killed
    assert bounds(toll) == (12, 12, 12)
    assert fates.items() <= codes(toll).items()
    assert codes(toll)[wrong.id] == "rejected"
    sentence = next(reason.sentence for reason in toll.left_out if reason.claim == wrong.id)
    assert "another town" in sentence
    assert "toll_denied" in toll.reasons


def test_t6_low_is_the_smallest_admissible() -> None:
    """T6: the smallest figure sets low; of "at least" its bound does."""
    world = World()
    world.said((9, None), RESIDENTS, number_kind="at_least")
    world.said(14, POLICE)
    toll = world.only().killed
    assert (toll.low, toll.high) == (9, 14)
    assert len(toll.low_claims) == 1


def test_t6_named_dead_accepted_by_review_are_a_floor() -> None:
    """T6: low is not below the number of distinct named dead that a person accepted."""
    world = World()
    world.said(1, POLICE)
    for name in ("Mira Tolland", "Jory Pell"):
        named = world.said(1, MONITOR, whom=name, part_of=True)
        world.judge("accept", named.id)
    toll = world.only().killed
    assert bounds(toll) == (2, 2, 2)
    assert "named_floor" in toll.reasons


def test_t6_what_the_accused_concedes_is_a_floor() -> None:
    """T6, D4: a lower figure by others does not push low below what the accused side concedes; high is not capped."""
    world = World()
    world.accuse("Norland army", RESIDENTS)
    world.said(4, POLICE)
    world.said(7, NORLAND_ARMY)
    world.said(11, RESIDENTS)
    toll = world.only().killed
    assert (toll.low, toll.high) == (7, 11)
    assert "conceded_floor" in toll.reasons


def test_t6_a_boast_alone_gives_low_and_best_zero() -> None:
    """T6: deaths that only the side said to have done it reports, as its success, count as nought to its figure."""
    world = World()
    world.accuse("Grey Lantern", POLICE)
    world.said(20, REBELS, group="combatant", whom="soldiers")
    toll = world.only().killed
    assert bounds(toll) == (0, 0, 20)
    assert toll.reasons[0] == "interested_party_only"
    world.said(2, POLICE, group="combatant", whom="soldiers")
    assert bounds(world.only().killed) == (2, 2, 20)


def test_t6_victims_own_officials_stand_but_are_marked() -> None:
    """The count of those who bury the dead stands; that only one interested side gives it is said."""
    world = World()
    world.accuse("Norland army", PROSECUTOR)
    world.said(12, PROSECUTOR)
    toll = world.only().killed
    assert bounds(toll) == (12, 12, 12)
    assert toll.reasons == ("only_figure", "one_side_only")
    assert "the only figure, by Prosecutor's office of Sorland" in toll.sentence
    assert "side of the victims" in toll.sentence


def test_t7_high_is_the_largest_admissible() -> None:
    """T7: the largest figure sets high even if nobody confirms it; only a person takes it out."""
    world = World()
    world.said(12, POLICE)
    huge = world.said(400, RESIDENTS)
    assert world.only().killed.high == 400
    world.judge("reject", huge.id)
    assert world.only().killed.high == 12


def test_t8b_who_counts_bodies_sets_best() -> None:
    """T8b: the hospital's latest figure is best, before a majority."""
    world = World()
    world.said(10, POLICE)
    world.said(10, RESIDENTS)
    world.said(12, HOSPITAL)
    toll = world.only().killed
    assert bounds(toll) == (10, 12, 12)
    assert toll.reasons[0] == "counts_bodies"


def test_t8c_most_independent_origins_set_best() -> None:
    """T8c: without bodies counted, the figure of most independent origins is best; ties go down."""
    world = World()
    world.said(14, MONITOR)
    world.said(14, RESIDENTS)
    world.said(12, POLICE)
    toll = world.only().killed
    assert (toll.best, toll.reasons[0]) == (14, "most_origins")


def test_t8c_pages_of_one_origin_are_one() -> None:
    """T8c, S1: three pages that quote the police do not outvote one monitor; the lowest remains."""
    world = World()
    for _ in range(3):
        world.said(14, POLICE)
    world.said(12, MONITOR)
    toll = world.only().killed
    assert (toll.best, toll.reasons[0]) == (12, "lowest")


def test_t8d_a_rising_toll_takes_the_latest() -> None:
    """T8d: if figures only rise as time goes on, the latest exact one is best."""
    world = World()
    world.said(5, RESIDENTS, published="2031-10-17")
    world.said(9, POLICE, published="2031-10-18")
    world.said(13, MONITOR, published="2031-10-19")
    toll = world.only().killed
    assert bounds(toll) == (5, 13, 13)
    assert toll.reasons[0] == "rising"


def test_t8e_otherwise_the_lowest() -> None:
    """T8e: with nothing to single one out, the lowest figure is best, and a hedged one gives way."""
    world = World()
    world.said(13, RESIDENTS)
    world.said(9, POLICE)
    world.said(4, MONITOR, hedged=True)
    toll = world.only().killed
    assert bounds(toll) == (4, 9, 13)
    assert toll.reasons[0] == "lowest"


def test_t8a_a_person_overrides_by_correcting() -> None:
    """T8a: a correction with its reason is what is weighed; the claim as read keeps its id."""
    world = World()
    claim = world.said(120, POLICE)
    world.judge("correct", claim.id, correction={"low": 12, "high": 12}, why="the page has a typing error")
    toll = world.only().killed
    assert bounds(toll) == (12, 12, 12)
    assert toll.best_claims == (claim.id,)
    assert "reviewed" in toll.reasons


def test_t9_a_later_figure_of_one_origin_replaces_its_earlier() -> None:
    """T9: up or down, the origin's later figure holds; the earlier stays visible as superseded."""
    world = World()
    early = world.said(17, HOSPITAL, published="2031-10-17")
    world.said(14, HOSPITAL, published="2031-10-19")
    toll = world.only().killed
    assert bounds(toll) == (14, 14, 14)
    assert codes(toll)[early.id] == "superseded"


def test_t9_killed_and_wounded_together_replace_no_count_of_the_killed() -> None:
    """T9: a later "killed or wounded 20" is of another scope, so the same origin's count of the killed stands."""
    world = World()
    world.said(12, HOSPITAL, published="2031-10-17")
    world.said((0, 20), HOSPITAL, published="2031-10-19")
    assert bounds(world.only().killed) == (12, 12, 20)


def test_t9_different_origins_never_replace_each_other() -> None:
    """T9: a later figure of another origin leaves the earlier one in force."""
    world = World()
    world.said(17, POLICE, published="2031-10-17")
    world.said(14, RESIDENTS, published="2031-10-19")
    assert (world.only().killed.low, world.only().killed.high) == (14, 17)


def test_t10_figures_of_different_reports_are_never_added() -> None:
    """T10: three and four in two reports are three to four, never seven."""
    world = World()
    world.said(3, POLICE)
    world.said(4, RESIDENTS)
    assert bounds(world.only().killed) == (3, 3, 4)


def told(text: str, *parts: tuple[str, int, str, bool]) -> Toll:
    """One report in one voice that counts several groups."""
    world = World()
    report = world.report(text)
    mention = world.mention(report, "attack")
    for words, count, whom, part in parts:
        group = "combatant" if whom == "soldiers" else "civilian"
        world.claim(mention, "killed", words, count, whom=whom, group=group, part_of=part, speaker=POLICE)
    return world.only().killed


def test_t10_groups_told_apart_in_one_statement_are_added() -> None:
    """T10: "two soldiers and three farmers" in one sentence of one speaker is five."""
    text = "The attack killed two soldiers and three farmers, police said."
    toll = told(text, ("two soldiers", 2, "soldiers", False), ("three farmers", 3, "farmers", False))
    assert bounds(toll) == (5, 5, 5)
    assert "added_in_one_statement" in toll.reasons


def test_t10_a_group_beside_the_whole_is_not_added() -> None:
    """A figure for soldiers beside one for people, in another sentence, counts some of them."""
    text = "The attack killed 12 people, police said. Among them were 5 soldiers."
    toll = told(text, ("12 people", 12, "people", False), ("5 soldiers", 5, "soldiers", False))
    assert bounds(toll) == (12, 12, 12)
    assert [reason.code for reason in toll.left_out] == ["narrower_scope"]


def test_t9_a_later_figure_for_soldiers_alone_replaces_no_figure_for_all() -> None:
    """T9: scope counts: the same speaker's later figure for soldiers is narrower, not newer."""
    world = World()
    world.said(12, POLICE, published="2031-10-17")
    soldiers = world.said(5, POLICE, published="2031-10-19", group="combatant", whom="soldiers")
    toll = world.only().killed
    assert bounds(toll) == (12, 12, 12)
    assert codes(toll)[soldiers.id] == "narrower_scope"


def test_t10_parts_above_the_whole_are_flagged() -> None:
    """T10: parts that exceed their whole are flagged, parts below it leave an unknown rest."""
    text = "The attack killed 5 people, 4 farmers and 3 traders among them, police said."
    toll = told(
        text,
        ("5 people", 5, "people", False),
        ("4 farmers", 4, "farmers", True),
        ("3 traders", 3, "traders", True),
    )
    assert bounds(toll) == (5, 5, 5)
    assert "parts_exceed_total" in toll.reasons
    toll = told(text, ("5 people", 5, "people", False), ("3 traders", 3, "traders", True))
    assert "parts_below_total" in toll.reasons


def test_t11_the_record_refuses_a_range_out_of_order() -> None:
    """T11: low <= best <= high is a hard check of the record itself."""
    with pytest.raises(ValueError, match="low <= best <= high"):
        Toll(about="killed", low=3, best=2, high=5, low_claims=("c",), best_claims=("c",), high_claims=("c",))


def test_t12_attackers_are_apart_except_when_detained() -> None:
    """T12: the attacker's death is no victim's; detained attackers are counted as detained."""
    world = World()
    world.said(1, POLICE, group="attacker", whom="bomber")
    world.said(2, POLICE, about="detained", group="attacker", whom="attackers")
    assessment = world.only()
    assert bounds(assessment.killed) == (None, None, None)
    assert assessment.killed.reasons == ("nothing_admissible",)
    assert bounds(assessment.other[0]) == (2, 2, 2)


def test_t14_every_figure_names_its_claims_and_says_why() -> None:
    """T14: low, best and high rest on claims, every claim has a fate and a sentence, the toll has one."""
    world = World()
    claims = [world.said(count, who) for count, who in ((10, POLICE), (12, HOSPITAL), (15, RESIDENTS))]
    toll = world.only().killed
    assert (toll.low_claims, toll.best_claims, toll.high_claims) == tuple((claim.id,) for claim in claims)
    assert {reason.claim for reason in toll.counted} == {claim.id for claim in claims}
    assert all(reason.sentence.endswith(".") for reason in toll.counted)
    assert toll.sentence == (
        "10 to 15 killed, best figure 12: best is by Torvale Central Hospital, "
        "who count bodies or verify and belong to neither side."
    )


def test_an_upper_bound_alone_leaves_low_open() -> None:
    """ "Up to 30" says nothing of low or best."""
    world = World()
    world.said((None, 30), POLICE, number_kind="at_most")
    toll = world.only().killed
    assert bounds(toll) == (None, None, 30)
    assert toll.reasons[0] == "open_low"


def test_a_look_back_in_the_outlets_own_voice_is_late_and_dependent() -> None:
    """M4: an unattributed background figure gives way to reports of the event, and stands where there are none."""
    world = World()
    back = world.said(11, None, background=True, published="2031-11-20")
    assert bounds(world.only().killed) == (11, 11, 11)
    assert "background_only" in world.only().killed.reasons
    world.said(12, POLICE)
    toll = world.only().killed
    assert bounds(toll) == (12, 12, 12)
    assert codes(toll)[back.id] == "background_unattributed"
