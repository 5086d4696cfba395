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


def test_numbers_make_no_two_parties_one() -> None:
    """The same count of unnamed men is not the same party as a country's army."""
    assert not parties.same(parties.party("100 gunmen"), parties.party("the Brazilian army"))
