"""Place names in running text: which words are found, and where they are taken to be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.gazetteer import Gazetteer, finding


def found(gazetteer: Gazetteer, text: str) -> dict[str, str | None]:
    """The names found, each with its first-level area, else its country, else its own name; ``None``: no match."""
    places = finding.find(text, gazetteer)
    for place in places:
        assert text[place.start : place.end] == place.words
    return {
        place.words: place.entry and (place.entry.admin1 or place.entry.country or place.entry.name)
        for place in places
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fighting went on in Kenema and Freetown on Monday.", ["Kenema", "Freetown"]),
        ("Shells fell near Khan Younis, the hospital in Rafah said.", ["Khan Younis", "Rafah"]),
        ("Residents fled al-Fashir for Nyala.", ["al-Fashir", "Nyala"]),
        ("The Syrian army left Homs.", ["Syrian", "Homs"]),
        ("They heard Kharkiv's mayor on Ukraine's losses.", ["Kharkiv", "Ukraine"]),
        ("Trade between Europe and the Middle East fell.", ["Europe", "Middle East"]),
        ("Settlers in the West Bank left.", ["West Bank"]),
        ("The U.S. and Canada signed it.", ["U.S.", "Canada"]),
        ("The Washington-Moscow route opens.", ["Washington", "Moscow"]),
        ("KENEMA — The market opened again.", ["KENEMA"]),
        ("A ship left Port-au-Prince for Rio de Janeiro.", ["Port-au-Prince", "Rio de Janeiro"]),
    ],
)
def test_names_are_found_without_a_preposition_too(gazetteer: Gazetteer, text: str, words: list[str]) -> None:
    """Subjects, possessives, adjectives, articles before a hyphen, pairs, datelines, abbreviations, continents."""
    assert list(found(gazetteer, text)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mayor Lincoln thanked them.", "Lincoln"),
        ("Mr. Dublin thanked them.", "Dublin"),
        ("J. Kingston wrote it.", "Kingston"),
        ("The Police Department and City Council met.", "Police Department"),
        ("They met on Monday in March.", "March"),
        ("The Chamber of Commerce agreed.", "Commerce"),
    ],
)
def test_names_of_persons_and_bodies_are_not(gazetteer: Gazetteer, text: str, words: str) -> None:
    """A title, an initial, the words for a body and the calendar speak against a place."""
    assert words not in found(gazetteer, text)


def test_a_state_named_once_settles_a_town_everywhere(gazetteer: Gazetteer) -> None:
    """ "Paris, Texas" is said once: the bare Paris of the next sentence is the same town."""
    places = finding.find("The fair opens in Paris, Texas. Police in Paris closed a road.", gazetteer)
    areas = [place.entry and place.entry.admin1 for place in places if place.words == "Paris"]
    assert areas == ["Texas", "Texas"]


def test_an_abbreviation_is_a_place_with_its_full_stop(gazetteer: Gazetteer) -> None:
    """ "Calif." is California, and says where Fresno is."""
    text = "The bus stopped in Fresno, Calif., at noon."
    assert found(gazetteer, text) == {"Fresno": "California", "Calif.": "California"}


def test_each_name_of_a_list_of_counties_is_a_county(gazetteer: Gazetteer) -> None:
    """ "Kent and Sussex counties" in Delaware are no towns."""
    places = finding.find("Roads closed in Kent and Sussex counties in Delaware.", gazetteer)
    kinds = {place.words: place.entry and (place.entry.feature, place.entry.admin1) for place in places}
    assert kinds["Kent"] == kinds["Sussex"] == ("adm2", "Delaware")


def test_a_country_that_is_also_a_state_speaks_for_neither(gazetteer: Gazetteer) -> None:
    """Georgia beside Atlanta and Savannah is the state; beside Tbilisi it is the country."""
    state = found(gazetteer, "Rain fell on Atlanta and Savannah and all of Georgia.")
    country = found(gazetteer, "Rain fell on Tbilisi, Batumi and all of Georgia.")
    assert (state["Georgia"], country["Georgia"]) == ("Georgia", "GE")


@settings(deadline=None, max_examples=50)
@given(st.text(alphabet="Aa .,-'’St\n—Kenema", max_size=80))
def test_any_text_gives_spans_in_order(text: str) -> None:
    """Spans lie in the text in order and apart, their words are the text's, and a score is given to no ``None``."""
    at = 0
    for place in finding.find(text, _packaged()):
        assert at <= place.start < place.end <= len(text)
        assert text[place.start : place.end] == place.words
        assert 0 <= place.score <= 1
        assert place.entry is not None or place.score == 0
        at = place.end


_opened: list[Gazetteer] = []


@pytest.fixture(autouse=True)
def _share(gazetteer: Gazetteer) -> None:
    """Let the property above, which takes no fixtures, use the session's gazetteer."""
    _opened[:] = [gazetteer]


def _packaged() -> Gazetteer:
    return _opened[0]
