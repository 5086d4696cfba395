"""Who is meant by a phrase: parties and their countries, told from the words."""

from __future__ import annotations

import pytest

from bearwitness import parties


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Norwegian troops", "NO"),
        ("the army of Peru", "PE"),
        ("Chechen fighters", "RU"),
        ("800 militants", None),
        ("100 gunmen", None),
        ("300 turkeys", None),
    ],
)
def test_a_country_is_told_from_names_alone(words: str, country: str | None) -> None:
    """Names, other names, peoples and parts stand for a country; numbers never do."""
    assert parties.party(words).country == country


@pytest.mark.parametrize("words", ["the IDF", "Israel Defense Forces", "the Israeli army", "Israel"])
def test_a_states_forces_are_the_state_under_their_short_name_too(words: str) -> None:
    """Or a denial by the accused would not be taken for its own."""
    assert parties.same(parties.party(words), parties.party("the Israeli military"))
    assert not parties.same(parties.party(words), parties.party("Hamas"))


def test_numbers_make_no_two_parties_one() -> None:
    """The same count of unnamed men is not the same party as a country's army."""
    assert not parties.same(parties.party("100 gunmen"), parties.party("the Brazilian army"))


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("Mara Tolen", True),
        ("Sergeant Mara Tolen", True),
        ("Ömer Çelan", True),
        ("Şenay Əlin", True),
        ("Yusuf bin al-Rashad", True),
        ("Émilie de la Crone", True),
        ("Turkish soldier near Torvale", False),
        ("Deputy Director", False),
        ("A man", False),
        ("Mara", False),
        ("", False),
    ],
)
def test_a_person_is_told_by_name_in_any_alphabet(words: str, person: bool) -> None:
    """Accents and small words inside a name are no hindrance; capitals of places and posts make no person."""
    assert parties.is_person(words) is person


def test_a_car_is_no_country() -> None:
    """ "A car bomber" says nothing of the Central African Republic."""
    assert parties.party("a car bomber").country is None
    assert parties.party("Central African troops").country == "CF"
