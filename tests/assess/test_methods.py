"""The methods of counting side by side on the same claims, one test or more for each method's own rule."""

from __future__ import annotations

import pytest
from invented import HOSPITAL, MONITOR, NORLAND_ARMY, POLICE, REBELS, RESIDENTS, World, bounds, codes

from bearwitness import assess
from bearwitness.errors import InputError
from bearwitness.record import Assessment, Incident

METHODS = sorted(assess.METHODS)
Bounds = tuple[int | None, int | None, int | None]


def by(world: World, method: str) -> Assessment:
    """The assessment of the one incident by ``method``."""
    incident = held(world)
    return assess.assess(
        incident, world.mentions, world.claims, world.reports, world.judgements, method=method
    )


def held(world: World) -> Incident:
    """The one incident, held together by a person's word."""
    world.only()
    (incident,) = world.link()
    return incident


def killed(world: World) -> dict[str, Bounds]:
    """Low, best and high of the killed by each method."""
    return {name: bounds(by(world, name).killed) for name in METHODS}


@pytest.mark.parametrize("method", METHODS)
def test_methods_agree_where_there_is_one_plain_claim(method: str) -> None:
    """One exact figure of one speaker, for people, is low, best and high by every method."""
    world = World()
    claim = world.said(12, POLICE)
    toll = by(world, method).killed
    assert bounds(toll) == (12, 12, 12)
    assert toll.low_claims == toll.best_claims == toll.high_claims == (claim.id,)
    assert toll.reasons[0] == "only_figure"


def test_methods_differ_where_sources_differ() -> None:
    """The same three figures by every method: each by its own rule."""
    world = World()
    world.said(3, RESIDENTS)
    world.said(5, HOSPITAL)
    world.said(11, MONITOR)
    assert killed(world) == {
        "origins": (3, 5, 11),
        "lowest": (3, 3, 3),
        "range": (3, 5, 11),
        "graded": (3, None, 11),
        "ibc": (3, None, 11),
        "majority": (3, 3, 11),
    }


def test_every_method_has_its_own_sentence() -> None:
    """No two methods describe themselves alike, and each names itself on its assessment."""
    assert len({method.rule for method in assess.METHODS.values()}) == len(METHODS) == 6
    world = World()
    world.said(12, POLICE)
    assert [by(world, name).method for name in METHODS] == METHODS


def test_an_unknown_method_is_named_with_those_there_are() -> None:
    """A wrong name is an operator's mistake, answered with the right ones."""
    world = World()
    world.said(12, POLICE)
    with pytest.raises(InputError, match="majority"):
        by(world, "loudest")


@pytest.mark.parametrize(
    ("low", "lowest", "graded", "plain"),
    [
        (2, (3, 3, 3), (2, 2, 2), (2, 2, 2)),
        (24, (12, 12, 12), (12, None, 24), (24, 24, 24)),
        (200, (100, 100, 100), (200, 200, 200), (200, 200, 200)),
    ],
)
def test_vague_words_count_by_the_profile_of_the_method(
    low: int, lowest: Bounds, graded: Bounds, plain: Bounds
) -> None:
    """T3: "several", "dozens" and "hundreds" have another number by each profile, and the words stay in the sentence."""
    world = World()
    world.said((low, None), RESIDENTS, number_kind="vague")
    found = killed(world)
    assert (found["lowest"], found["graded"], found["origins"]) == (lowest, graded, plain)
    if lowest[0] != low:
        sentence = by(world, "lowest").killed.counted[0].sentence
        assert f"at least {low}, taken as {lowest[0]}" in sentence


def test_lowest_lets_a_vague_word_set_its_number() -> None:
    """ACLED takes the lowest of what is reported, a vague word's number included."""
    world = World()
    world.said((24, None), RESIDENTS, number_kind="vague")
    world.said(31, POLICE)
    toll = by(world, "lowest").killed
    assert bounds(toll) == (12, 12, 12)
    assert toll.reasons[0] == "lowest_reported"


def test_lowest_takes_killed_and_wounded_together_as_none_killed() -> None:
    """T4: "20 killed or wounded" is 0 killed for ACLED, and gives way to any count of the killed."""
    world = World()
    world.said((0, 20), POLICE)
    assert killed(world)["lowest"] == (0, 0, 0)
    world.said(3, HOSPITAL)
    assert killed(world)["lowest"] == (3, 3, 3)


def test_attackers_dead_are_counted_by_two_methods_and_apart_in_the_others() -> None:
    """T12: the bomber is among ACLED's and UCDP's dead and in no civilian count; the claim has one fate in each."""
    world = World()
    text = "In the rocket attack on Torvale the count was 12. The bomber died too."
    report = world.report(text, "Dawn")
    mention = world.mention(report, "rocket attack on Torvale")
    world.claim(mention, "killed", "the count was 12", 12, speaker=POLICE)
    bomber = world.claim(
        mention, "killed", "The bomber died", 1, whom="bomber", group="attacker", speaker=POLICE
    )
    found = killed(world)
    assert found["lowest"] == found["range"] == (13, 13, 13)
    assert {found[name] for name in ("origins", "graded", "ibc", "majority")} == {(12, 12, 12)}
    assert codes(by(world, "range").killed)[bomber.id] == "sets_best"
    assert "attackers_added" in by(world, "range").killed.reasons
    assert codes(by(world, "ibc").killed)[bomber.id] == "attacker_apart"


def test_attackers_dead_of_another_report_are_never_added() -> None:
    """T10: figures of different reports are never added, attackers' neither."""
    world = World()
    world.said(12, POLICE)
    bomber = world.said(1, HOSPITAL, whom="bomber", group="attacker")
    toll = by(world, "lowest").killed
    assert bounds(toll) == (12, 12, 12)
    assert codes(toll)[bomber.id] == "attacker_apart"


def test_where_only_attackers_died_their_number_is_the_toll() -> None:
    """T12: a bomber who kills himself alone is one dead for ACLED and UCDP, and nobody for a civilian count."""
    world = World()
    world.said(1, POLICE, whom="bomber", group="attacker")
    found = killed(world)
    assert found["lowest"] == found["range"] == (1, 1, 1)
    assert found["graded"] == found["ibc"] == (None, None, None)


def test_civilian_counts_leave_fighters_out() -> None:
    """Fighters are left out of Airwars' and Iraq Body Count's figures, police are not."""
    world = World()
    soldiers = world.said(7, HOSPITAL, whom="soldiers", group="combatant")
    world.said(2, MONITOR, whom="police officers", group="police")
    for name in ("graded", "ibc"):
        toll = by(world, name).killed
        assert bounds(toll) == (2, 2, 2)
        assert codes(toll)[soldiers.id] == "not_civilian"


def test_civilian_counts_take_the_civilians_among_a_mixed_number() -> None:
    """Of "20 people, among them eight civilians" the eight are the civilian toll and the twenty the toll."""
    world = World()
    report = world.report("In the rocket attack on Torvale 20 died, of them 8 civilians.", "Dawn")
    mention = world.mention(report, "rocket attack on Torvale")
    world.claim(mention, "killed", "20 died", 20, speaker=POLICE, group="mixed")
    world.claim(mention, "killed", "8 civilians", 8, speaker=POLICE, whom="civilians", part_of=True)
    found = killed(world)
    assert found["origins"] == (20, 20, 20)
    assert found["ibc"] == found["graded"] == (8, 8, 8)


def test_what_the_accused_concedes_is_a_floor_for_graded_only_among_the_published_methods() -> None:
    """D4: a concession raises Airwars' minimum; ACLED, UCDP and Iraq Body Count have no such floor."""
    world = World()
    world.accuse("Norland army", RESIDENTS)
    world.said(4, POLICE)
    world.said(7, NORLAND_ARMY)
    world.said(9, MONITOR)
    found = killed(world)
    assert found["graded"] == (7, None, 9)
    assert found["ibc"] == (4, None, 9)
    assert found["range"] == (4, 4, 9)
    assert found["lowest"] == (4, 4, 4)
    assert "conceded_floor" in by(world, "graded").killed.reasons


def test_graded_says_when_the_grade_keeps_it_out_of_the_headline() -> None:
    """T15: one origin is graded weak, which keeps the incident out of Airwars' headline sum."""
    world = World()
    world.said(4, POLICE)
    assessment = by(world, "graded")
    assert assessment.grade == "weak"
    assert "outside_headline" in assessment.killed.reasons
    assert "keeps the incident out" in assessment.killed.sentence


def test_range_gives_only_a_high_to_what_the_perpetrator_alone_reports() -> None:
    """T6: deaths that only the perpetrator reports, as its own success, are best 0 and go to high."""
    world = World()
    world.accuse("Grey Lantern", REBELS)
    world.said(20, REBELS, group="combatant", whom="soldiers")
    toll = by(world, "range").killed
    assert bounds(toll) == (0, 0, 20)
    assert toll.reasons[0] == "interested_party_only"


def test_majority_gives_every_origin_one_vote() -> None:
    """The figure with most origins behind it is best, whoever counts bodies; ties go down."""
    world = World()
    world.said(5, HOSPITAL)
    world.said(8, RESIDENTS)
    world.said(8, MONITOR)
    assert killed(world)["majority"] == (5, 8, 8)
    assert by(world, "majority").killed.reasons[0] == "majority"
    assert killed(world)["origins"] == (5, 5, 8)
    world.said(5, POLICE)
    assert killed(world)["majority"] == (5, 5, 8)
    assert by(world, "majority").killed.reasons[0] == "most_votes"


def test_majority_counts_copies_once() -> None:
    """Copies of one text are one vote."""
    world = World()
    story = "In the rocket attack on Torvale the count was given by those who stood there. " + " ".join(
        f"Line {number} of the story tells of the night and of those who fled." for number in range(12)
    )
    for outlet in ("Dawn", "Dusk", "Noon"):
        world.said(9, None, text=story, outlet=outlet)
    world.said(4, None, outlet="Other")
    assert killed(world)["majority"] == (4, 4, 9)


def test_graded_takes_a_reports_own_number_above_the_lower_ones_it_quotes() -> None:
    """A report that says "at least 8" and quotes 3 had seen the 3; another report's 3 keeps its weight."""
    world = World()
    text = "In the rocket attack on Torvale at least 8 died; police spoke of 3."
    mention = world.mention(world.report(text, "Dawn"), "rocket attack on Torvale")
    world.claim(mention, "killed", "at least 8 died", (8, None), number_kind="at_least", speaker=None)
    world.claim(mention, "killed", "police spoke of 3", 3, speaker=POLICE)
    assert killed(world)["graded"] == (8, 8, 8)
    assert killed(world)["ibc"] == (3, None, 8)
    assert "floor_told" in by(world, "graded").killed.reasons
    world.said(3, MONITOR)
    assert killed(world)["graded"] == (3, None, 8)


def test_graded_lets_a_vague_word_set_the_maximum_only_above_every_number() -> None:
    """ "Dozens" say nothing beside 15, and up to 24 beside 5."""
    for number, maximum in ((15, (15, 15, 15)), (5, (5, None, 24))):
        world = World()
        world.said(number, POLICE)
        world.said((24, None), RESIDENTS, number_kind="vague")
        assert killed(world)["graded"] == maximum


def test_a_headline_has_no_vote_beside_the_words_it_is_made_of() -> None:
    """What an outlet says in its own voice and by a named source in one report is one vote."""
    world = World()
    report = world.report("Nine killed in Torvale. The rocket attack killed nine people, police said.")
    mention = world.mention(report, "rocket attack")
    world.claim(mention, "killed", "Nine killed", 9)
    world.claim(mention, "killed", "killed nine people", 9, speaker=POLICE)
    world.said(15, HOSPITAL)
    world.said(15, MONITOR)
    assert killed(world)["majority"] == (9, 15, 15)
