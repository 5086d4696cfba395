"""Number words to ranges, by the rules of the annotation guidelines."""

from __future__ import annotations

import pytest

from bearwitness.extract.numbers import quantities

RANGES = [
    ("12 people", 12, 12),
    ("twenty-five people", 25, 25),
    ("one hundred and five people", 105, 105),
    ("two dozen people", 24, 24),
    ("half a dozen people", 6, 6),
    ("thirty one people", 31, 31),
    ("in halden.three people", 3, 3),
    ("one hundred twenty one people", 121, 121),
    ("over 1 000 people", 1001, None),
    ("at 1300, four people", 4, 4),
    ("the blast killed about 1200, police said", 1200, 1200),
    ("the toll stood at 1200, the ministry said", 1200, 1200),
    ("the blast killed 12 and older residents fled", 12, 12),
    ("1,700 people", 1700, 1700),
    ("1.5 million people", 1_500_000, 1_500_000),
    ("more than a quarter of a million people", 250_001, None),
    ("on nov. 24, 13 people", 13, 13),
    ("at least 40 people", 40, None),
    ("no fewer than six people", 6, None),
    ("40 or more people", 40, None),
    ("40+ people", 40, None),
    ("more than 40 people", 41, None),
    ("over 40 people", 41, None),
    ("up to 30 people", None, 30),
    ("as many as 30 people", None, 30),
    ("almost 1,000 people", None, 1000),
    ("fewer than ten people", None, 9),
    ("between 10 and 15 people", 10, 15),
    ("between 20 and 10 people", 10, 20),
    ("10 to 15 people", 10, 15),
    ("10-15 people", 10, 15),
    ("about 20 people", 20, 20),
    ("some 20 people", 20, 20),
    ("dozens of people", 24, None),
    ("scores of people", 40, None),
    ("hundreds of people", 200, None),
    ("several people", 2, None),
    ("a number of people", 2, None),
    ("a couple of people", 2, None),
    ("a couple", 2, 2),
]


@pytest.mark.parametrize(("words", "low", "high"), RANGES, ids=[case[0] for case in RANGES])
def test_words_give_a_range(words: str, low: int | None, high: int | None) -> None:
    """Each way of giving a number comes out as its least and most, null for an open end."""
    found = quantities(words)
    assert [(q.low, q.high) for q in found] == [(low, high)]


NOT_COUNTS = [
    "on october 17",
    "17 october",
    "in 1998",
    "march 4, 2025",
    "a 47-year-old man",
    "m-70",
    "12.5 percent",
    "at 3:15",
    "at 1300, today",
    "from 0600 to 1800",
    "his 12- and 15-year-old sons",
    "a 16 - year - old boy",
    "in her early 20's",
    "a child 11 or younger",
    "9" * 400,
]


@pytest.mark.parametrize("words", NOT_COUNTS, ids=[words[:20] for words in NOT_COUNTS])
def test_what_is_no_count_of_persons(words: str) -> None:
    """Days, years, ages, models, decimals, hours and numbers without end are no counts."""
    assert quantities(words) == []
