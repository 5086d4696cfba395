"""A word that names a town elsewhere is none where it is a part of a person's or a side's name."""

from __future__ import annotations

import pytest
from plain_texts import surveyed

from bearwitness import extract
from bearwitness.extract.model import names
from bearwitness.extract.model.words import INDEX, survey_places, words


def places(body: str) -> list[str]:
    """The place names that a text has, countries too."""
    return [place.words for _, place in survey_places(surveyed(body))]


PLACES = [
    ("The dead were a driver, Chen Orlanka, and Jorge Altamira.", []),
    ("Police in Kenema said Pilar Lornette was shot. Lornette was 30.", ["Kenema"]),
    ("A bomb of the Lake Guard hit a bus in Kenema.", ["Kenema"]),
    ("The People's Guard of Khost denied it.", []),
    ("The underground Red Peasants' Committee burned a bus.", []),
    ("A blast in West Kenema killed two.", ["Kenema"]),
    ("Kenema Hospital took in nine. A Kenema mayor died.", ["Kenema"]),
    ("They fled from Khost Province to Kenema District.", ["Khost", "Kenema"]),
    ("Mayor Bo Altamira died in Altamira. Altamira was 50.", ["Altamira", "Altamira"]),
    ("Mayor Orla Altamira died in Kenema. Altamira was 50.", ["Kenema"]),
]


@pytest.mark.parametrize(("body", "wanted"), PLACES, ids=[b for b, _ in PLACES])
def test_parts_of_names_are_no_places(body: str, wanted: list[str]) -> None:
    """What a preposition, a comma or a word such as "Hospital" shows to be a place stays one."""
    assert places(body) == wanted


PAIRS = [
    ("Then {0} was shot by {1}'s brother. {1} was 20.", ("Ada Orlanka", "Orlanka"), ("Pilar Quintero", "Quintero")),
    ("Four died in a raid by the {0}, police said.", ("Lame Orlan",), ("Frente del Llano",)),
    ("A bomb of the {0} killed two. He blamed the {1}.", ("Katiba Orla", "Katiba"), ("Caravan of Khost", "Caravan")),
    ("The inquiry laid the deed to the {0}.", ("Black Orlan",), ("Workers Orlan",)),
    ("Two men died, said the {0}.", ("Eastern Tide",), ("Popular Assembly",)),
    ("Four men died, said the {0}.", ("Eastern Tide",), ("Southern Command",)),
    ("A bomb of the {0} killed two.", ("Eastern Tide",), ("Red Crescent Battalion",)),
    ("The raiders came from the {0}.", ("Orlan Tide",), ("Swords of Orla",)),
    ("The raiders came from the {0}.", ("Orlan Tide",), ("Sons of the Valley",)),
    ("A bomb of the {0} killed two.", ("Eastern Tide",), ("May Brigade",)),
    ("He blamed the {0}.", ("Orlan Tide",), ("Blue Hand",)),
    ("A merchant, {0}, died.", ("Ben Orlan",), ("Hakim Jan",)),
    ("A merchant, {0}, died.", ("Ben Orlan",), ("April Orlan",)),
    ("A merchant, {0}, died.", ("Ben Orlan",), ("Jordan Orlan",)),
]  # fmt: skip


@pytest.mark.parametrize(("body", "one", "other"), PAIRS, ids=[b for b, _, _ in PAIRS])
def test_a_name_is_one_whatever_its_words(body: str, one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """Town names, plain words, "of" and an article make no difference to what is hidden and by which stand-in."""
    assert hidden(body.format(*one)) == hidden(body.format(*other))


def hidden(body: str) -> list[tuple[str, int]]:
    """What stands before each hidden name, and the name's stand-in."""
    survey = surveyed(body)
    return [(survey.plain[h.start - 4 : h.start], h.piece) for h in names.hidden(survey)]


def test_hidden_words_tell_nothing_of_persons() -> None:
    """The words of a side's name that mean persons ("People's Guard") leave no mark, nor does the name's length."""
    persons = []
    for side in ("People's Guard of Norland", "Orlan Column"):
        found = words(surveyed(f"The raid of the {side} failed."), extract.network().pieces)
        persons.append(found.marks[: 1 + list(found.own).index(False), INDEX["persons"]].tolist())
    assert persons[0] == persons[1]


def test_offices_stay_what_they_are() -> None:
    """A council, a minister and the day of a month are no part of a name."""
    body = "He blamed the Orlan City Council. The Prime Minister spoke on April 5."
    shown = surveyed(body)
    gone = [shown.plain[h.start : h.end] for h in names.hidden(shown)]
    assert not any(word in name for name in gone for word in ("Minister", "April", "City"))
