"""Who is accused, who claims, who denies, who concedes: rules D1 to D7 and the grade G1."""

from __future__ import annotations

from invented import HOSPITAL, MONITOR, NORLAND, NORLAND_ARMY, POLICE, PROSECUTOR, REBELS, RESIDENTS, World

from bearwitness.record import Assertion, Assessment, Speaker


def rows(assessment: Assessment) -> dict[str | None, Assertion]:
    """The perpetrator rows by name."""
    return {row.value: row for row in assessment.responsibility if row.about == "perpetrator"}


def test_d1_four_separate_things() -> None:
    """D1: accusation, claim, denial and concession are cells of their own, marked where a party speaks of itself."""
    world = World()
    world.accuse("Norland army", PROSECUTOR)
    world.accuse("Norland", NORLAND, stance="denies")
    row = rows(world.only())["Norland army"]
    assert [(cell.speaker, cell.stance, cell.own) for cell in row.cells] == [
        ("Prosecutor's office of Sorland", "asserts", False),
        ("Foreign Ministry of Norland", "denies", True),
    ]


def test_a_row_is_called_as_its_accusers_call_it() -> None:
    """Who denies may name an organ with a longer name; the row keeps the name of who is accused."""
    world = World()
    world.accuse("Norland army", PROSECUTOR)
    world.accuse("Ministry of Foreign Affairs of Norland", NORLAND, stance="denies")
    assert list(rows(world.only())) == ["Norland army"]


def test_d2_a_denial_never_removes_an_accusation() -> None:
    """D2: the accusation stands with its claims beside the denial."""
    world = World()
    accusation = world.accuse("Norland army", MONITOR)
    denial = world.accuse("Norland", NORLAND, stance="denies")
    row = rows(world.only())["Norland army"]
    assert {claim for cell in row.cells for claim in cell.claims} == {accusation.id, denial.id}


def test_d2_alleged_and_denied_is_not_contested_by_itself() -> None:
    """D2: a denial of what a third party alleges leaves it alleged and denied."""
    world = World()
    world.accuse("Norland army", MONITOR)
    world.accuse("Norland", NORLAND, stance="denies")
    assessment = world.only()
    assert rows(assessment)["Norland army"].status == "denied"
    assert not assessment.contested


def test_d2_contested_when_another_party_is_named() -> None:
    """D2: if the accused denies and someone else is accused too, it is contested."""
    world = World()
    world.accuse("Norland army", MONITOR)
    world.accuse("Norland", NORLAND, stance="denies")
    world.accuse("Grey Lantern", Speaker(words="Westland envoy", role="state_authority", country="XC"))
    assessment = world.only()
    assert rows(assessment)["Norland army"].status == "contested"
    assert assessment.contested
    assert (assessment.grade, assessment.grade_rule) == ("contested", "contested_rivals")


def test_d2_one_sides_word_against_the_others_is_contested() -> None:
    """D2: if only the victims' side accuses and the accused denies, nobody outside the two has spoken."""
    world = World()
    world.accuse("Norland army", PROSECUTOR)
    world.accuse("Norland", NORLAND, stance="denies")
    assessment = world.only()
    assert rows(assessment)["Norland army"].status == "contested"
    assert (assessment.grade, assessment.grade_rule) == ("contested", "contested_denied")


def test_d3_doubt_and_silence_are_not_denial() -> None:
    """D3: a doubt is shown as a doubt and changes no status."""
    world = World()
    world.accuse("Norland army", MONITOR)
    world.accuse("Norland army", NORLAND, stance="doubts")
    row = rows(world.only())["Norland army"]
    assert (row.status, [cell.stance for cell in row.cells]) == ("alleged", ["asserts", "doubts"])


def test_d4_a_concession_confirms() -> None:
    """D4: an accused state that accepts responsibility raises the grade to confirmed."""
    world = World()
    world.accuse("Norland army", MONITOR)
    world.accuse("Norland army", NORLAND_ARMY)
    assessment = world.only()
    assert rows(assessment)["Norland army"].status == "conceded"
    assert (assessment.grade, assessment.grade_rule) == ("confirmed", "confirmed_accepted")


def test_a_confirmed_deed_that_another_is_accused_of_says_both() -> None:
    """D4, D6: who accepts it and that another is accused too stand in one sentence, not one against the other."""
    world = World()
    world.accuse("Grey Lantern", REBELS)
    assert world.only().grade_sentence == "Grey Lantern accepts responsibility."
    world.accuse("Red Sickle", MONITOR)
    assessment = world.only()
    assert (assessment.grade, assessment.contested) == ("confirmed", True)
    assert assessment.grade_sentence == (
        "Grey Lantern accepts responsibility, which is contested: more than one party is accused."
    )


def test_d3_nobody_in_particular_is_silent() -> None:
    """D3: a party with a name can be silent; a suicide bomber or gunmen have no word of their own to be missed."""
    for value, silent in (("suicide bomber", False), ("gunmen", False), ("Norland army", True)):
        world = World()
        world.accuse(value, MONITOR)
        assert rows(world.only())[value].silent is silent


def test_d5_later_words_stand_beside_earlier_ones() -> None:
    """D5: a party's denial and its later acceptance are both kept, as two cells."""
    world = World()
    world.accuse("Norland army", NORLAND_ARMY, stance="denies", published="2031-10-18")
    world.accuse("Norland army", NORLAND_ARMY, published="2031-10-28")
    row = rows(world.only())["Norland army"]
    assert [(cell.stance, cell.own) for cell in row.cells] == [("asserts", True), ("denies", True)]
    assert row.status == "contested"


def test_d6_a_group_that_claims_is_claimed_and_two_are_contested() -> None:
    """D6: a claim of responsibility is a claim; two groups that claim the same act contest it."""
    world = World()
    world.accuse("Grey Lantern", REBELS)
    assert rows(world.only())["Grey Lantern"].status == "claimed"
    world.accuse("Red Sickle", Speaker(words="Red Sickle", role="claimant_group"))
    assessment = world.only()
    assert {row.status for row in rows(assessment).values()} == {"contested"}
    assert (assessment.grade, assessment.grade_rule) == ("contested", "contested_claims")


def test_d7_generic_actors_name_nobody() -> None:
    """D7: "gunmen" are shown as accused and are no rival to a named party."""
    world = World()
    world.accuse("unidentified gunmen", RESIDENTS)
    world.accuse("gunmen", MONITOR)
    world.accuse("Norland army", POLICE)
    assessment = world.only()
    assert not assessment.contested
    assert len(rows(assessment)) == 2


def test_weapons_and_targets_are_rows_too() -> None:
    """Names of one class share a row; what one denies and another says is contested there."""
    world = World()
    report = world.report("The attack was made with Lance rockets. Ballistic missiles fell, others said.")
    mention = world.mention(report, "attack")
    world.claim(
        mention,
        "weapon",
        "Lance rockets",
        value="Lance rockets",
        value_class="ballistic missile",
        speaker=POLICE,
    )
    world.claim(
        mention, "weapon", "Ballistic missiles", value="Ballistic missiles", value_class="ballistic missile"
    )
    world.claim(mention, "target", "others", value="others", speaker=RESIDENTS)
    world.claim(mention, "occurred", "others said", stance="denies", speaker=NORLAND)
    matrix = world.only().responsibility
    assert [(row.about, row.status) for row in matrix] == [
        ("weapon", "stated"), ("target", "stated"), ("occurred", "denied"),
    ]  # fmt: skip
    assert [cell.speaker for cell in matrix[0].cells] == [None, "police"]


def test_g1_weak_and_fair() -> None:
    """G1: one origin is weak; two independent ones with a party named are fair; with none named weak."""
    world = World()
    world.said(12, POLICE)
    assert (world.only().grade, world.only().grade_rule) == ("weak", "weak_one_origin")
    world.said(12, HOSPITAL)
    assert (world.only().grade, world.only().grade_rule) == ("weak", "weak_no_party")
    world.accuse("Norland army", MONITOR)
    assessment = world.only()
    assert (assessment.grade, assessment.independence) == ("fair", "established")


def test_g1_discounted_only_by_a_person() -> None:
    """G1, T16: a count of combatants by the perpetrator discounts nothing; a reviewer's correction does."""
    world = World()
    world.accuse("Norland army", NORLAND_ARMY)
    claim = world.said(3, MONITOR)
    world.said(3, NORLAND_ARMY, group="combatant", whom="fighters")
    assert world.only().grade == "confirmed"
    world.judge("correct", claim.id, correction={"group": "combatant"})
    assert (world.only().grade, world.only().grade_rule) == ("discounted", "discounted_by_review")


def test_copies_are_dependent() -> None:
    """S1, S5: two pages of one text, or two pages that quote one speaker, rest on one origin."""
    world = World()
    world.said(12, POLICE)
    world.said(12, POLICE)
    assessment = world.only()
    assert assessment.independence == "dependent"
    assert len(assessment.origins) == 1
    assert len(assessment.origins[0].reports) == 2


def test_an_agency_credit_makes_one_origin() -> None:
    """S1: own-voice figures of two outlets that credit one agency have one origin; a named one stays apart."""
    world = World()
    body = "In the rocket attack on Torvale the count was 12"
    world.said(12, None, text=f"TORVALE (Meridian Wire) - {body}, it was told.", outlet="Dawn")
    world.said(
        12, None, text=f"Late news: TORVALE (Meridian Wire) — {body}; more tomorrow, say all.", outlet="Dusk"
    )
    world.said(12, None, outlet="The Lamp")
    assessment = world.only()
    assert sorted(len(origin.claims) for origin in assessment.origins) == [1, 2]
    assert assessment.independence == "not_established"
    assert "unattributed_only" in assessment.killed.reasons


def test_an_agency_goes_by_several_names() -> None:
    """S1: one text signed by the agency's letters and one under its full name have one origin; a text in which it only
    had a part is the outlet's own."""
    world = World()
    body = "In the rocket attack on Torvale the count was 12"
    world.said(12, None, text=f"{body}, it was told.\n--AFP", outlet="Dawn")
    world.said(12, None, text=f"By Agence France-Presse\n\nLate on Friday: {body}, say all.", outlet="Dusk")
    world.said(12, None, text=f"The desk has learned: {body}.\n\n(With AFP)", outlet="Lamp")
    assert sorted((origin.name, len(origin.claims)) for origin in world.only().origins) == [
        ("AFP", 2),
        ("Lamp", 1),
    ]


def test_a_quoted_passage_has_the_origin_of_the_report_it_is_of() -> None:
    """S1: what an outlet says in its own voice, but in a passage that an earlier report has, is that report's; what
    it says beside the passage is its own."""
    passage = (
        "In the rocket attack on Torvale the count was 12, and those who came to help were still carrying stones "
        "from the ruins of the hall when night fell over the river and the last of the lamps went out along the quay, "
        "so that nobody could say for certain how many had been inside when the roof came down."
    )
    own = (
        "The council of Torvale met behind closed doors on Sunday and told nobody what was said there. A clerk read out "
        "the names of the lanes in which water would be given, and the schools on the hill stay closed until Thursday. "
        "Shops opened for an hour, and in the cloth market the talk was of the rocket attack, in which 14 were hurt."
    )
    before = "Harbour news of the day: the ferry is late again, and the price of rice has risen for the third week. "
    world = World()
    world.said(12, None, text=f"{before}{passage}", outlet="Coast Wire", published="2031-10-17")
    world.said(12, None, text=f"{own} {passage}", outlet="Dusk", published="2031-10-19")
    quoting = next(
        mention for mention in world.mentions.values() if world.reports[mention.report].outlet == "Dusk"
    )
    world.claim(quoting, "injured", "14 were hurt", 14)
    origins = {origin.name: origin for origin in world.only().origins}
    assert {name: len(origin.claims) for name, origin in origins.items()} == {"Coast Wire": 2, "Dusk": 1}
    assert world.only().independence == "dependent"


def test_copied_pages_are_one_origin() -> None:
    """S1: two outlets with one text and no credit have one origin; a page of its own words has another."""
    world = World()
    body = (
        "In the rocket attack on Torvale the count was 12, and those who came to help were still carrying stones "
        "from the ruins of the hall when night fell over the river."
    )
    world.said(12, None, text=f"{body} By our desk.", outlet="Dawn")
    world.said(12, None, text=f"{body} All rights reserved.", outlet="Dusk")
    assessment = world.only()
    assert [len(origin.reports) for origin in assessment.origins] == [2]
    assert assessment.independence == "dependent"
    world.said(12, None, text="After the rocket attack on Torvale the count was given as 12.", outlet="Lamp")
    assert len(world.only().origins) == 2


def test_one_report_citing_another_shares_its_origin() -> None:
    """S1: an outlet quoted by another is the origin of both."""
    world = World()
    world.said(12, None, outlet="Harbour Gazette")
    world.said(12, Speaker(words="Harbour Gazette", role="journalist_on_scene"), outlet="Dusk")
    assert len(world.only().origins) == 1


def test_persons_of_one_institution_are_one_origin() -> None:
    """S3: a doctor and a director of one hospital are one origin for numbers."""
    world = World()
    for words in (
        "a doctor at the Torvale Central Hospital",
        "director of Torvale Central Hospital",
        "the hospital",
    ):
        world.said(12, Speaker(words=words, role="hospital_morgue"))
    assert len(world.only().origins) == 1


def test_the_army_with_no_more_said_is_a_party() -> None:
    """G1: "the army" is that of the state where it happened; "gunmen" and a suicide bomber are nobody in particular."""
    for words, rule in (
        ("the army", "fair_two_origins"),
        ("gunmen", "weak_no_party"),
        ("suicide bomber", "weak_no_party"),
    ):
        world = World()
        world.accuse(words, MONITOR)
        world.accuse(words, HOSPITAL)
        assert world.only().grade_rule == rule, words
