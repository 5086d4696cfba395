"""Who claims a deed for himself, and on whom it is laid: literal sentences."""

from __future__ import annotations

import pytest
from tests.extract.sentence_check import gazetteer, read

from bearwitness import extract
from bearwitness.extract.claimed import claims
from bearwitness.extract.tokens import tokens
from bearwitness.record import Report, digest

OWN = [
    ("The Lake Guard claimed responsibility for the bombing.", "Lake Guard"),
    ('A commando, the "Lake Guard" [Guardia del Lago] tonight claimed responsibility for the blast.', "Lake Guard"),
    ("Members of the Lake Movement (LM) have claimed credit for the attack.", "Members of the Lake Movement"),
    ("The army hunts the Lake guerrillas, which have claimed responsibility for the attacks.", "Lake guerrillas"),
    ("The Lake Guard on Saturday took full responsibility for the killing.", "Lake Guard"),
    ("The Lake Guard issued a statement accepting responsibility for the blast.", "Lake Guard"),
    ("The Lake Guard, in a call to a radio station, assumed responsibility for the murder.", "Lake Guard"),
    ("The Lake Guard admitted it killed five soldiers in Halden.", "Lake Guard"),
    ("The Lake Guard claimed on Tuesday to have killed five soldiers.", "Lake Guard"),
    ("The bombing was claimed by the Lake Guard.", "Lake Guard"),
]  # fmt: skip
NOBODY = [
    "No group has claimed responsibility for the bombing.",
    "Nobody claimed credit for the blast.",
    "The mayor claimed they shot at children.",
]
LAID = [
    ("Archbishop Bando has once again blamed the Lake army for the murder.", "Lake army", "Archbishop Bando"),
    (
        "The governor publicly and repeatedly accused the Lake Guard of the killings.",
        "Lake Guard",
        "governor",
    ),
    (
        "Police suspect the Lake Guard of the bombing that killed five people in Halden.",
        "Lake Guard",
        "Police",
    ),
]


@pytest.mark.parametrize(("text", "group"), OWN)
def test_who_claims_a_deed_is_its_culprit_and_its_speaker(text: str, group: str) -> None:
    """Whatever stands between the name and the verb."""
    (found,) = claims(tokens(text), text.lower())
    assert found.value is not None
    assert (text[slice(*found.value)], found.speaker) == (group, found.value)


@pytest.mark.parametrize("text", NOBODY)
def test_what_nobody_claims_for_himself_is_no_claim(text: str) -> None:
    """A claim that is denied, or of what others did."""
    assert list(claims(tokens(text), text.lower())) == []


@pytest.mark.parametrize(("text", "culprit", "speaker"), LAID)
def test_who_lays_a_deed_on_another_is_its_speaker(text: str, culprit: str, speaker: str) -> None:
    """Adverbs before the verb hide nobody, and "suspect" may be a verb."""
    found = [c for c in read({"text": text}).claims if c.about == "perpetrator"]
    assert [(c.value, c.speaker and c.speaker.words, c.hedged) for c in found] == [(culprit, speaker, False)]


def by_network(text: str) -> list[tuple[str | None, str | None, bool]]:
    """The culprits that the reader names: value, speaker, hedged."""
    report = Report(
        capture="c", reader="r", source="s", text=text, text_sha256=digest(text.encode()), language="en"
    )
    found = extract.extract(report, gazetteer()).claims
    return [(c.value, c.speaker and c.speaker.words, c.hedged) for c in found if c.about == "perpetrator"]


def test_what_is_laid_on_somebody_by_nobody_is_doubtful() -> None:
    """ "Attributed to", "suspected of" without one who says so: hedged, by the rules and by the network."""
    text = "In an action attributed to Lake guerrillas, a bomb killed two people in Halden tonight.\n"
    (found,) = [c for c in read({"text": text}).claims if c.about == "perpetrator"]
    assert (found.value, found.speaker, found.hedged) == ("Lake guerrillas", None, True)
    text = "Lake guerrillas were blamed for the attack that killed two men in Halden.\n"
    assert [c.hedged for c in read({"text": text}).claims if c.about == "perpetrator"] == [True]
    text = "The Orlan Front is suspected of the bombing that killed five people in Kenema.\n"
    assert by_network(text) == [("Orlan Front", None, True)]


def test_a_claim_of_responsibility_beside_another_party_is_not_lost() -> None:
    """The network need not mark who claims the attacks for himself."""
    text = "The army has stepped up its offensive against Lake guerrillas, which have claimed responsibility for the attacks that killed five soldiers in Halden.\n"
    assert ("Lake guerrillas", "Lake guerrillas", False) in by_network(text)
