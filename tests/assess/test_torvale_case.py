"""One page of one side's officials: three incidents and one disputed, contested, one-sided, and saying so."""

from __future__ import annotations

import pytest
from invented import NORLAND, PROSECUTOR, World, bounds, place

from bearwitness.record import Assessment, Incident, Speaker

TEXT = """Rocket attack on Torvale leaves at least 40 injured

On the night of October 17, a rocket attack on Torvale killed 12 people and injured more than 40 civilians, \
the Prosecutor's office of Sorland reported.
The attack of the Norland armed forces on Torvale was carried out using the Lance missile system, presidential \
aide Teyo Marran wrote. "Ballistic missiles were fired at Torvale. The Foreign Ministry of Norland is trying to \
deny the responsibility of its state," Marran wrote, commenting on its claim that Sorland's drones were \
allegedly found aimed at targets in Norland.
He also said that the air defence prevented a missile attack on Minburg.
In turn, the Defence Ministry of Sorland denied reports of attacks on Norland.
This is Norland's second missile attack on Torvale. On October 11 a four-storey house was hit by a rocket, which, \
according to the Prosecutor's office of Sorland, killed 10 people and injured 34.
"""
AIDE = Speaker(words="presidential aide Teyo Marran", role="state_authority", country="XA")
DEFENCE = Speaker(words="Defence Ministry of Sorland", role="state_authority", country="XA")


@pytest.fixture(scope="module")
def world() -> World:
    """The page as a perfect reader would read it."""
    made = World()
    report = made.report(TEXT, None, None)
    main = made.mention(report, "a rocket attack on Torvale", date="XXXX-10-17", developing=True)
    made.claim(main, "injured", "at least 40 injured", (40, None), number_kind="at_least")
    made.claim(main, "killed", "killed 12 people", 12, speaker=PROSECUTOR)
    made.claim(
        main, "injured", "injured more than 40 civilians", (41, None), speaker=PROSECUTOR, whom="civilians"
    )
    made.claim(
        main, "perpetrator", "attack of the Norland armed forces", value="Norland armed forces", speaker=AIDE
    )
    made.claim(
        main,
        "weapon",
        "Lance missile system",
        value="Lance missile system",
        value_class="ballistic missile",
        speaker=AIDE,
    )
    made.claim(
        main,
        "weapon",
        "Ballistic missiles",
        value="Ballistic missiles",
        value_class="ballistic missile",
        speaker=AIDE,
    )
    made.claim(
        main,
        "perpetrator",
        "deny the responsibility",
        value="Norland",
        speaker=NORLAND,
        stance="denies",
        via=(AIDE.words,),
    )
    drones = made.mention(
        report,
        "drones were allegedly found aimed",
        None,
        date=None,
        status="disputed",
        place=place("Norland"),
        country="XB",
    )
    made.claim(
        drones,
        "perpetrator",
        "Sorland's drones",
        value="Sorland",
        speaker=NORLAND,
        hedged=True,
        via=(AIDE.words,),
    )
    made.claim(drones, "occurred", "denied reports of attacks", speaker=DEFENCE, stance="denies")
    foiled = made.mention(report, "missile attack on Minburg", "Minburg", date=None, status="foiled")
    made.claim(foiled, "occurred", "prevented a missile attack", speaker=AIDE)
    earlier = made.mention(
        report, "house was hit by a rocket", date="XXXX-10-11", site="four-storey house", background=True, series=2
    )  # fmt: skip
    made.claim(earlier, "killed", "killed 10 people", 10, speaker=PROSECUTOR)
    made.claim(earlier, "injured", "injured 34", 34, speaker=PROSECUTOR)
    made.claim(earlier, "perpetrator", "Norland's second missile attack", value="Norland")
    return made


@pytest.fixture(scope="module")
def found(world: World) -> dict[str, tuple[Incident, Assessment]]:
    """The incidents by title, with their assessments."""
    return {incident.title: (incident, world.assess(incident)) for incident in world.link()}


MAIN = "Attack in Torvale, 17 October (year unknown)"
EARLIER = "Attack in Torvale, 11 October (year unknown)"


def test_three_incidents_and_one_disputed(found: dict[str, tuple[Incident, Assessment]]) -> None:
    """Each event is its own incident; no year is ever supplied."""
    assert {title: incident.status for title, (incident, _) in found.items()} == {
        MAIN: "occurred",
        EARLIER: "occurred",
        "Foiled attack in Minburg, date unknown": "foiled",
        "Disputed attack in Norland, date unknown": "disputed",
    }


def test_the_earlier_attack_is_related_and_never_added(found: dict[str, tuple[Incident, Assessment]]) -> None:
    """Twelve and ten stay twelve and ten; the two are a series, and why they were not joined is shown."""
    main, earlier = found[MAIN], found[EARLIER]
    assert bounds(main[1].killed) == (12, 12, 12)
    assert bounds(earlier[1].killed) == (10, 10, 10)
    assert bounds(earlier[1].injured) == (34, 34, 34)
    assert {related.relation for related in main[0].related if related.incident == earlier[0].id} == {
        "series"
    }
    assert len(main[0].related) == 3
    assert any("different_days" in near.reasons for near in main[0].apart)


def test_both_injured_figures_are_kept(found: dict[str, tuple[Incident, Assessment]]) -> None:
    """The headline's 40 and the office's 41 both count; the number may be higher."""
    toll = found[MAIN][1].injured
    assert bounds(toll) == (40, 40, 41)
    assert "open_high" in toll.reasons
    assert len(toll.counted) == 2


def test_it_is_contested_and_one_sided(found: dict[str, tuple[Incident, Assessment]]) -> None:
    """Accusation and denial stand side by side; independence is not established, and the record says why."""
    assessment = found[MAIN][1]
    (row,) = (row for row in assessment.responsibility if row.about == "perpetrator")
    assert row.status == "contested"
    assert {(cell.speaker, cell.stance, cell.own) for cell in row.cells} == {
        ("presidential aide Teyo Marran", "asserts", False),
        ("Foreign Ministry of Norland", "denies", True),
    }
    assert assessment.contested
    assert assessment.grade == "contested"
    assert assessment.independence == "not_established"
    assert "one party's officials" in assessment.independence_sentence
    assert assessment.killed.sentence == (
        "12 killed: the only figure, by Prosecutor's office of Sorland; "
        "every named source is on the side of the victims."
    )
    assert found[MAIN][0].developing


def test_counter_accusation_and_counter_denial_are_their_own(
    found: dict[str, tuple[Incident, Assessment]],
) -> None:
    """The counter-accusation is an accusation with its denial, in an incident of its own."""
    assessment = found["Disputed attack in Norland, date unknown"][1]
    assert [(row.about, row.value, row.status) for row in assessment.responsibility] == [
        ("perpetrator", "Sorland", "contested"),
        ("occurred", None, "denied"),
    ]
    assert assessment.contested


def test_two_names_of_one_weapon_share_a_row(found: dict[str, tuple[Incident, Assessment]]) -> None:
    """The missile system is a kind of ballistic missile: one row, both claims."""
    (row,) = (row for row in found[MAIN][1].responsibility if row.about == "weapon")
    assert sum(len(cell.claims) for cell in row.cells) == 2
