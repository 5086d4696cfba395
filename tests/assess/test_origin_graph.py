"""The graph of origins: which reports go back to whom, why, and on how many origins each field rests (S1 to S5)."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from invented import HOSPITAL, MONITOR, NORLAND, POLICE, PROSECUTOR, RESIDENTS, World

from bearwitness.record import Assessment, Backing, Origin, Speaker

PAPER = Speaker(words="The Lamp", role="journalist_on_scene")
ATTACK = "In the rocket attack on Torvale the count was 12."
LONG = (
    "In the rocket attack on Torvale the count was 12. Windows broke along the quay, the ferry to the islands was held "
    "at its berth until dusk, and the grain market stayed shut for the first time since the flood of the year before. "
    "Traders carried what was left of their stalls across the bridge, where the school had been opened for the night."
)


def origin(assessment: Assessment, name: str) -> Origin:
    """The origin of that name."""
    return next(one for one in assessment.origins if one.name == name)


def backing(assessment: Assessment, about: str) -> Backing:
    """What stands behind one field."""
    return next(one for one in assessment.backing if one.about == about)


def codes(found: Origin) -> list[str]:
    """The reasons on the edges of an origin."""
    return [tie.code for tie in found.ties]


def named(assessment: Assessment) -> int:
    """How many origins confirm something."""
    return sum(one.named for one in assessment.origins)


def test_s1_copies_hang_together_by_the_words_they_share() -> None:
    """S1: a copy is tied to the report that has the text first, and the edge rests on the beginning of what they share."""
    world = World()
    world.said(12, None, text=LONG, outlet="Dawn", published="2031-10-18")
    world.said(12, None, text="Late news. " + LONG, outlet="Dusk", published="2031-10-19")
    (found,) = world.only().origins
    assert codes(found) == ["own_voice", "copied_text"]
    tie = found.ties[1]
    assert world.reports[tie.second].outlet == "Dawn"
    assert tie.words.startswith("In the rocket attack")
    assert len(tie.words.split()) == 25


def test_s1_a_credited_agency_is_the_origin_and_the_edge_rests_on_the_credit() -> None:
    """S1: texts that credit one agency are one origin of its name."""
    world = World()
    for number, outlet in enumerate(("Dawn", "Dusk")):
        text = f"TORVALE, October {18 + number} (Coast Wire) - {'Late: ' * number}{ATTACK}"
        world.said(12, None, text=text, outlet=outlet)
    found = origin(world.only(), "Coast Wire")
    assert [tie.words for tie in found.ties if tie.code == "credits_agency"] == ["Coast Wire", "Coast Wire"]
    assert len(found.reports) == 2


def test_s1_a_cited_outlet_whose_report_is_here_adds_nothing() -> None:
    """S1: "The Lamp reported" is the Lamp's own report, and what that says in its own voice confirms nothing."""
    world = World()
    world.said(12, POLICE)
    world.said(12, None, outlet="The Lamp")
    before = world.only()
    world.said(12, PAPER, outlet="Dusk")
    after = world.only()
    assert (before.independence, after.independence) == ("dependent", "dependent")
    assert named(before) == named(after) == 1
    assert "cites" in codes(origin(after, "The Lamp"))
    assert "is among these" in next(
        tie.sentence for tie in origin(after, "The Lamp").ties if tie.code == "cites"
    )


def test_s1_a_cited_outlet_whose_report_is_not_here_is_an_origin() -> None:
    """S1: an outlet that is only cited is named as the source, and the edge says that its report is not in the ledger."""
    world = World()
    world.said(12, PAPER, outlet="Dusk")
    found = origin(world.only(), "The Lamp")
    assert found.named
    assert found.ties[0].code == "cites"
    assert "is not in the ledger" in found.ties[0].sentence


def test_s2_an_own_voice_that_repeats_a_named_source_rests_on_it() -> None:
    """S2: a headline in the outlet's voice with the figure that police give below is tied to the police."""
    world = World()
    report = world.report(f"Twelve dead in Torvale. {ATTACK}", "Dawn")
    mention = world.mention(report, "rocket attack on Torvale")
    world.claim(mention, "killed", "Twelve dead", 12)
    world.claim(mention, "killed", "the count was 12", 12, speaker=POLICE)
    assessment = world.only()
    found = origin(assessment, "Dawn")
    assert found.rests_on == origin(assessment, "police").key
    assert codes(found)[-1] == "echoes"
    assert assessment.origins_sentence == (
        "1 report, 1 named origin: police. In 1 text the outlet's own words repeat what a named origin says there."
    )


def test_s3_two_spokespersons_are_one_origin_for_numbers_and_two_who_saw() -> None:
    """S3: two doctors of one hospital are one origin of the toll and two of what they saw."""
    world = World()
    house = "Torvale Central Hospital"
    one = Speaker(words="Dr Ana Petri", role="hospital_morgue", organisation=house)
    two = Speaker(words="Dr Ion Sava", role="hospital_morgue", organisation=house)
    for speaker in (one, two):
        claim = world.said(12, speaker)
        mention = world.mentions[claim.mention]
        world.claim(mention, "weapon", "rocket attack", value="rocket", speaker=speaker)
    assessment = world.only()
    assert named(assessment) == 1
    assert backing(assessment, "killed").independence == "dependent"
    assert backing(assessment, "weapon").independence == "established"
    assert backing(assessment, "weapon").sentence == "Independent of each other: Dr Ana Petri, Dr Ion Sava."
    assert "same_institution" in codes(assessment.origins[0])


def test_s3_a_named_police_spokesman_is_the_police() -> None:
    """S3: "police spokesman X" and "police spokeswoman Y" speak for one institution."""
    world = World()
    world.said(12, Speaker(words="Police spokesman Amadu Torlin", role="state_authority"))
    world.said(12, Speaker(words="police spokeswoman Mabinty Corro", role="state_authority"))
    world.said(12, POLICE)
    assessment = world.only()
    assert [one.name for one in assessment.origins] == ["police"]
    assert assessment.origins[0].speakers == (
        "Police spokesman Amadu Torlin",
        "police",
        "police spokeswoman Mabinty Corro",
    )


def test_s4_interested_origins_are_marked() -> None:
    """S4: the side of the accused, of the victims, and neither."""
    world = World()
    world.said(12, PROSECUTOR)
    world.said(3, NORLAND)
    world.said(11, HOSPITAL)
    world.said(10, None)
    world.accuse("Norland army", MONITOR)
    sides = {one.name: one.side for one in world.only().origins}
    assert sides["Prosecutor's office of Sorland"] == "victims"
    assert sides["Foreign Ministry of Norland"] == "accused"
    assert sides["Torvale Central Hospital"] == sides["Plain Count Observatory"] == "third"
    assert "none" in sides.values()


def test_s5_each_field_has_its_own_independence() -> None:
    """S5: the killed may rest on two origins while one alone says who did it."""
    world = World()
    world.said(12, HOSPITAL)
    world.said(12, MONITOR)
    world.accuse("Norland army", PROSECUTOR)
    world.accuse("Grey Lantern", RESIDENTS)
    assessment = world.only()
    assert {(one.about, one.value): one.independence for one in assessment.backing} == {
        ("killed", None): "established",
        ("perpetrator", "Norland army"): "not_established",
        ("perpetrator", "Grey Lantern"): "not_established",
    }


def test_an_outlets_name_says_nothing_of_whom_others_mean() -> None:
    """A paper called after a hospital does not part "the hospital" from the hospital."""
    world = World()
    world.said(12, HOSPITAL)
    world.said(12, Speaker(words="the hospital", role="hospital_morgue"))
    assert named(world.only()) == 1
    world.said(12, None, outlet="The Hospital Gazette")
    assert named(world.only()) == 1


SAID = st.lists(
    st.tuples(
        st.sampled_from([None, HOSPITAL, MONITOR, NORLAND, PAPER, POLICE, PROSECUTOR, RESIDENTS]),
        st.integers(1, 20),
        st.sampled_from(["Dawn", "Dusk", "The Lamp"]),
    ),
    min_size=1,
    max_size=4,
)


def told(said: list[tuple[Any, int, str]], copies: int = 0) -> Assessment:
    """The assessment of reports in which each speaker gives a figure; the first report is printed again as often."""
    world = World()
    for number, (speaker, count, outlet) in enumerate(said):
        text = f"Note {number}, by hand {number * 7}. {LONG}" if number == 0 else f"Page {number}. {ATTACK}"
        world.said(count, speaker, text=text, outlet=outlet)
    for copy in range(copies):
        speaker, count, _ = said[0]
        world.said(
            count,
            speaker,
            text=f"Note 0, by hand 0. {LONG}",
            outlet=f"Reprint {copy}",
            published="2031-10-20",
        )
    return world.only()


@settings(deadline=None, max_examples=40)
@given(SAID, st.integers(1, 3))
def test_a_copy_never_raises_the_count_of_origins(said: list[tuple[Any, int, str]], copies: int) -> None:
    """However often a report is reprinted, as many origins confirm, and no field gains independence by it."""
    before, after = told(said), told(said, copies)
    assert named(after) == named(before)
    assert len(after.origins) <= len(before.origins)
    states = {(one.about, one.value): one.independence for one in before.backing}
    for one in after.backing:
        assert (one.independence == "established") == (states[one.about, one.value] == "established")


@settings(deadline=None, max_examples=40)
@given(SAID)
def test_every_report_is_tied_to_its_origin_and_every_edge_to_its_words(
    said: list[tuple[Any, int, str]],
) -> None:
    """From each report that an origin has an edge leads on, and its words stand where it says."""
    world = World()
    for number, (speaker, count, outlet) in enumerate(said):
        world.said(count, speaker, text=f"Page {number}. {ATTACK}", outlet=outlet)
    for one in world.only().origins:
        assert set(one.reports) <= {tie.first for tie in one.ties}
        for tie in one.ties:
            assert world.reports[tie.report].text[tie.start : tie.end] == tie.words
