"""News dates to EDTF: the most recent such day, and never a year that nobody gave."""

from __future__ import annotations

from datetime import date

import pytest

from bearwitness.extract.dates import dates

MONDAY = date(2025, 11, 17)
CASES = [
    ("on october 17", "2025-10-17"),
    ("on 17 october 2020", "2020-10-17"),
    ("on december 24", "2024-12-24"),  # not yet come: last year's
    ("on november 19", "2025-11-19"),  # two days ahead: a date line set before midnight elsewhere
    ("on monday", "2025-11-17"),
    ("last monday", "2025-11-10"),
    ("early wednesday", "2025-11-12"),
    ("late on sunday", "2025-11-16"),
    ("yesterday", "2025-11-16"),
    ("overnight", "2025-11-16/2025-11-17"),
    ("two weeks ago", "2025-10-31/2025-11-06"),
    ("three days ago", "2025-11-14"),
    ("last month", "2025-10"),
    ("last october", "2024-10"),
    ("in january last year", "2024-01"),
    ("in september 2002", "2002-09"),
    ("since january 2004", "2004-01/2025-11-17"),
    ("in 1998", "1998"),
    ("this year", "2025"),
    ("over the weekend", "2025-11-15/2025-11-16"),
    ("between march 3 and march 6", "2025-03-03/2025-03-06"),
]


@pytest.mark.parametrize(("words", "edtf"), CASES, ids=[case[0] for case in CASES])
def test_words_against_the_day_of_publication(words: str, edtf: str) -> None:
    """Each way of giving a date, in a report published on Monday 17 November 2025."""
    assert [news.edtf for news in dates(words, MONDAY)[0]] == [edtf]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [("on october 17", ["XXXX-10-17"]), ("on monday", []), ("yesterday", []), ("last month", [])],
)
def test_without_a_day_of_publication(words: str, edtf: list[str]) -> None:
    """A day and month keep their year unknown; what is relative stays unsaid."""
    assert [news.edtf for news in dates(words, None)[0]] == edtf


def test_a_day_that_does_not_exist_is_reported() -> None:
    """30 February is no date, and its words are given back."""
    assert dates("on february 30, 2025", MONDAY) == ([], ["february 30, 2025"])
