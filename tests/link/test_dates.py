"""EDTF dates: what days they may mean, whether two can be one, how they are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness import edtf


@pytest.mark.parametrize(
    ("one", "other", "can"),
    [
        ("2031-10-17", "2031-10-17", True),
        ("2031-10-17", "2031-10-18", False),
        ("2031-10-16/2031-10-18", "2031-10-17", True),
        ("2031-10", "2031-10-31", True),
        ("2031-10-XX", "2031-11-01", False),
        ("203X", "2035-05-05", True),
        ("2031-10-17~", "2031-10-17?", True),
        ("2031-10-17T02:00", "2031-10-17", True),
        ("../2031-10-17", "1999", True),
        ("2031-10-18/..", "2031-10-17", False),
        ("XXXX-10-17", "2031-10-17", True),
        ("XXXX-10-17", "2031-10-16", False),
        ("XXXX-10-17", "2031-10", True),
        ("XXXX-12-30/XXXX-01-02", "2032-01-01", True),
        ("XXXX-02-29", "2032-02-29", True),
        ("2031-22", "2031-07-04", True),
        ("2031-21", "2031-05-31", True),
        ("2031-21", "2031-06-01", False),
        ("2031-24", "2031-01-15", True),
        ("2031-24", "2032-02-29", True),
        ("2031-24", "2032-03-01", False),
        ("XXXX-24", "2032-01-15", True),
        ("XXXX-24", "2032-07-15", False),
    ],
)
def test_two_dates_can_or_cannot_be_one(one: str, other: str, can: bool) -> None:
    """Intervals overlap or they do not; an unknown year meets every year."""
    a, b = edtf.days(one), edtf.days(other)
    assert a is not None
    assert b is not None
    assert edtf.meet(a, b) is edtf.meet(b, a) is can
    assert (edtf.apart(a, b) == 0) is can


@pytest.mark.parametrize(
    "value", [None, "", "soon", "2031-13", "2031-02-30", "XXXX", "XXXX-XX-17", "17/10/2031", "0000", "31"]
)
def test_what_is_no_date_is_none(value: str | None) -> None:
    """Nothing is guessed from what is not EDTF or is not in the calendar."""
    assert edtf.days(value) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("XXXX-10-17", "17 October (year unknown)"),
        ("2031-10-17", "17 October 2031"),
        ("2031-10-XX", "October 2031"),
        ("2031", "2031"),
        ("2031-10-16/2031-10-17", "16 October 2031 to 17 October 2031"),
        (None, None),
    ],
)
def test_dates_are_said_in_plain_words(value: str | None, said: str | None) -> None:
    """An unknown year is said to be unknown."""
    assert edtf.words(value) == said


def test_later_is_only_what_is_certainly_later() -> None:
    """A month is not later than a day in it; an unknown year is never later; instants compare by time."""
    assert edtf.later("2031-10-18", "2031-10-17")
    assert not edtf.later("2031-10", "2031-10-17")
    assert not edtf.later("XXXX-10-18", "2031-10-17")
    assert edtf.later("2031-10-17T12:00:00Z", "2031-10-17T08:00:00Z")
    assert not edtf.later("2031-10-17T09:00:00+04:00", "2031-10-17T08:00:00Z")
    assert not edtf.later("2031-10-18T00:30:00+04:00", "2031-10-17T23:00:00Z")
    assert not edtf.later("2031-10-17T12:00:00Z", "2031-10-17T08:00:00")
    assert not edtf.later(None, "2031-10-17")


@given(st.text(alphabet="0123456789X-/.~?%T:Z ", max_size=24))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    """Whatever stands in a date field, the answer is days or nothing."""
    found = edtf.days(text)
    assert found is None or found.first <= found.last
    edtf.words(text)
