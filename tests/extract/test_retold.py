"""A number told again: in the report's own words after somebody's, or of an event of the same day that is hardly another."""

from __future__ import annotations

import pytest

from bearwitness.extract.dates import News
from bearwitness.extract.drafts import Draft
from bearwitness.extract.model.events import Told
from bearwitness.extract.model.repeats import once
from bearwitness.extract.places import Named
from bearwitness.record import Speaker

TEXT = "x" * 200
POLICE = Speaker(words="police", role="state_authority")


def event(number: int, day: str | None = None, place: str | None = None) -> Told:
    """An event with nothing but a day and a place."""
    told = Told(number, [], [], "attack", "occurred")
    told.date = (News(0, 1, day, "explicit", "day"), 0) if day else None
    told.place = (Named(0, 1, place, "in", None, "town", 0, 1), 0) if place else None
    return told


def killed(start: int, number: int, speaker: Speaker | None = None) -> Draft:
    """So many dead, told at a place of the text."""
    return Draft(
        about="killed", stance="asserts", start=start, end=start + 5, headline=False, speaker=speaker, via=(), hedged=False,
        low=number, high=number,
    )  # fmt: skip


def starts(*said: tuple[Told, Draft]) -> list[int]:
    """Where what is kept stands."""
    return [draft.start for _, draft in once(list(said), TEXT)]


def test_what_the_report_repeats_of_somebodys_count_is_not_told_again() -> None:
    """But what it says first, and somebody then says, are two claims; and so are the counts of two speakers."""
    one = event(1)
    assert starts((one, killed(0, 5, POLICE)), (one, killed(50, 5))) == [0]
    assert starts((one, killed(0, 5)), (one, killed(50, 5, POLICE))) == [0, 50]
    other = Speaker(words="medics", role="medical")
    assert starts((one, killed(0, 5, POLICE)), (one, killed(50, 5, other))) == [0, 50]
    assert starts((one, killed(0, 5, POLICE)), (one, killed(50, 6))) == [0, 50]


def test_one_person_is_not_said_again_because_somebody_counted_one() -> None:
    """The dead of the report need not be the one of the police."""
    one = event(1)
    assert starts((one, killed(0, 1, POLICE)), (one, killed(50, 1))) == [0, 50]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (event(1, "2025-03-04", "Orla"), event(2, "2025-03-04", "Orla"), [0]),
        (event(1, "2025-03-04", "Orla"), event(2, "2025-03-04"), [0]),
        (event(1, "2025-03-04", "Orla"), event(2, "2025-03-04", "Halden"), [0, 50]),
        (event(1, "2025-03-04", "Orla"), event(2, "2025-03-05", "Orla"), [0, 50]),
        (event(1, "2025-03-04", "Orla"), event(2, None, "Orla"), [0, 50]),
    ],
)
def test_a_number_of_one_day_and_no_other_place_is_of_one_event(
    first: Told, second: Told, kept: list[int]
) -> None:
    """Though the network took it for two."""
    assert starts((first, killed(0, 7)), (second, killed(50, 7))) == kept


def test_small_numbers_of_two_events_of_a_day_are_two() -> None:
    """Two dead here and two dead there is not rare."""
    first, second = event(1, "2025-03-04"), event(2, "2025-03-04")
    assert starts((first, killed(0, 2)), (second, killed(50, 2))) == [0, 50]
    assert starts((first, killed(0, 3)), (second, killed(50, 3))) == [0]
