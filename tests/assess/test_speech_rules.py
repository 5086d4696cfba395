"""What a denial is of, and what is no denial: rules D1 to D4, word by word."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import HOSPITAL, MONITOR, NORLAND, NORLAND_ARMY, PROSECUTOR, REBELS, RESIDENTS, World

from bearwitness.record import Assertion, Assessment, Cell

ATTACK = "Of the rocket attack on Torvale they spoke. "


def row(assessment: Assessment, about: str) -> Assertion:
    """The first row about that."""
    return next(one for one in assessment.responsibility if one.about == about)


def cell(assertion: Assertion, name: str) -> Cell:
    """A speaker's cell in a row."""
    return next(one for one in assertion.cells if one.speaker == name)


def accused(words: str, stance: str = "denies") -> Assessment:
    """A monitor accuses the Norland army, and its command answers in these words."""
    world = World()
    world.accuse("Norland army", MONITOR)
    report = world.report(f"{ATTACK}{words}.", "Dusk")
    mention = world.mention(report, "rocket attack on Torvale", site="the grain market")
    world.claim(mention, "perpetrator", words, value="Norland army", speaker=NORLAND_ARMY, stance=stance)
    return world.only()


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("The command denied that its guns had fired", ("responsibility",)),
        ("The command denied targeting civilians", ("civilian_status",)),
        ("The command rejected the charge that it deliberately shelled homes", ("civilian_status",)),
        ("The command denied that it had any troops in the area", ("location", "responsibility")),
    ],
)
def test_d1_a_denial_has_its_own_target(words: str, denied: tuple[str, ...]) -> None:
    """D1: all responsibility, that civilians were aimed at, or having been there: told by the words of the denial."""
    found = cell(row(accused(words), "perpetrator"), "Norland army command")
    assert (found.word, found.denied) == ("denies", denied)


def test_d2_to_deny_having_aimed_at_civilians_denies_no_part() -> None:
    """D2: the accusation stays alleged where only the aim is denied, and is denied where the deed is."""
    assert row(accused("The command denied targeting civilians"), "perpetrator").status == "alleged"
    assert row(accused("The command denied that its guns had fired"), "perpetrator").status == "denied"


@pytest.mark.parametrize(
    ("words", "stance", "word"),
    [
        ("The command declined to comment", "doubts", "no_comment"),
        ("The command did not respond to a request", "denies", "no_comment"),
        ("The command would neither confirm nor deny it", "doubts", "no_comment"),
        ("The command said it was looking into the reports", "denies", "under_investigation"),
        ("The command said the strike was under review", "doubts", "under_investigation"),
        ("The command questioned the account", "doubts", "doubts"),
        ("The command denied it and said it was investigating", "denies", "denies"),
    ],
)
def test_d3_silence_and_inquiry_are_values_of_their_own(words: str, stance: str, word: str) -> None:
    """D3: "no comment" and "under investigation" are no denials, even where a reader took them for one."""
    found = row(accused(words, stance), "perpetrator")
    assert cell(found, "Norland army command").word == word
    assert found.status == ("denied" if word == "denies" else "alleged")
    assert not found.silent


def test_d3_a_party_of_which_no_word_was_read_is_silent() -> None:
    """D3: the row of an accused party says that nothing of its own was read; of gunmen nobody expects a word."""
    world = World()
    world.accuse("Norland army", MONITOR)
    world.accuse("unidentified gunmen", RESIDENTS)
    silent = {one.value: one.silent for one in world.only().responsibility}
    assert silent == {"Norland army": True, "unidentified gunmen": False}


def test_d1_the_four_words_are_apart() -> None:
    """D1: alleged by others, claimed by itself, conceded by the accused, denied."""
    world = World()
    world.accuse("Norland army", MONITOR)
    world.accuse("Norland army", NORLAND_ARMY)
    world.accuse("Grey Lantern", REBELS)
    world.accuse("Norland", NORLAND, stance="denies")
    words = {one.speaker: one.word for made in world.only().responsibility for one in made.cells}
    assert words == {
        "Plain Count Observatory": "alleges",
        "Norland army command": "concedes",
        "Grey Lantern": "claims",
        "Foreign Ministry of Norland": "denies",
    }


def test_d1_a_toll_has_a_row_where_somebody_denies_it() -> None:
    """D1: the toll's own denial makes the toll contested and leaves the deed alone."""
    world = World()
    world.said(12, HOSPITAL)
    assert not [one for one in world.only().responsibility if one.about == "killed"]
    world.accuse("Norland army", MONITOR)
    world.said(12, NORLAND, stance="denies")
    assessment = world.only()
    assert row(assessment, "killed").status == "contested"
    assert cell(row(assessment, "killed"), "Foreign Ministry of Norland").denied == ("toll",)
    assert (row(assessment, "perpetrator").status, assessment.contested) == ("alleged", False)


def test_d1_the_accused_who_counts_nobody_or_fighters_denies() -> None:
    """D1: "nobody was killed" by the accused denies the toll, "they were fighters" that they were civilians, where others count
    victims; where nobody does, it is a count like any other."""
    world = World()
    world.accuse("Norland army", MONITOR)
    world.said(0, NORLAND)
    assert not [one for one in world.only().responsibility if one.about == "killed"]
    world.said(3, NORLAND_ARMY, group="combatant", whom="fighters")
    world.said(12, HOSPITAL)
    found = row(world.only(), "killed")
    assert cell(found, "Foreign Ministry of Norland").denied == ("toll",)
    assert cell(found, "Norland army command").denied == ("civilian_status",)
    assert found.status == "contested"


def test_d4_a_conceded_toll_is_conceded() -> None:
    """D4: civilians whom the accused itself counts are conceded."""
    world = World()
    world.accuse("Norland army", MONITOR)
    world.said(12, HOSPITAL)
    world.said(4, NORLAND_ARMY, group="civilian", whom="civilians")
    found = row(world.only(), "killed")
    assert (found.status, cell(found, "Norland army command").word) == ("conceded", "concedes")


def test_a_denial_of_a_figure_accuses_nobody() -> None:
    """Where a reader takes "denied that 12 people were killed" for a denial of a part in it as well, only the figure is denied."""
    world = World()
    world.said(12, HOSPITAL)
    report = world.report(f"{ATTACK}The army denied that 12 people were killed.", "Dusk")
    mention = world.mention(report, "rocket attack on Torvale", site="the grain market")
    said = "The army denied that 12 people were killed"
    world.claim(mention, "perpetrator", said, value="people", speaker=NORLAND_ARMY, stance="denies")
    world.claim(mention, "killed", "12 people were killed", 12, speaker=NORLAND_ARMY, stance="denies")
    assert [one.about for one in world.only().responsibility] == ["killed"]


PARTS = st.lists(
    st.tuples(
        st.sampled_from(["Norland army", "Grey Lantern", "gunmen"]),
        st.sampled_from([None, HOSPITAL, MONITOR, NORLAND, NORLAND_ARMY, PROSECUTOR, REBELS]),
        st.sampled_from(["asserts", "asserts", "doubts"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None, max_examples=40)
@given(PARTS, st.sampled_from([NORLAND, NORLAND_ARMY, REBELS, MONITOR]))
def test_a_denial_never_removes_an_accusation(said: list[tuple[Any, Any, Any]], who: Any) -> None:
    """D2: whoever denies, every claim that was in the matrix stays there, and still alleges, claims or concedes."""

    def cells(denied: bool) -> dict[str, str]:
        world = World()
        for value, speaker, stance in said:
            world.accuse(value, speaker, stance=stance)
        if denied:
            world.accuse(said[0][0], who, stance="denies")
        found = [one for made in world.only().responsibility for one in made.cells]
        return {claim: one.word for one in found for claim in one.claims}

    before, after = cells(False), cells(True)
    assert before.items() <= after.items()
