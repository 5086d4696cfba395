"""A denial stands with what the denier is accused of, and not with what it accuses others of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bearwitness.extract.drafts import Draft
from bearwitness.extract.model.accused import where
from bearwitness.extract.model.events import Told
from bearwitness.gazetteer import Gazetteer
from bearwitness.record import Speaker


def culprit(value: str, speaker: str | None = None) -> Draft:
    """Somebody's word that they did it."""
    said = Speaker(words=speaker) if speaker else None
    return Draft(
        about="perpetrator", stance="asserts", start=0, end=5, headline=False, speaker=said, via=(), hedged=False, value=value
    )  # fmt: skip


def events(*laid_on: tuple[str, str | None]) -> list[Told]:
    """An event for each culprit and who says so."""
    found = [Told(number, [], [], "attack", "occurred") for number in range(1, len(laid_on) + 1)]
    for event, (value, speaker) in zip(found, laid_on, strict=True):
        event.drafts.append(culprit(value, speaker))
    return found


PERU, NORWAY = "Ministry of Defence of Peru", "the Norwegian army"


@pytest.mark.parametrize(
    ("denier", "laid_on", "wanted"),
    [
        (
            PERU,
            [("Peruvian soldiers", NORWAY), ("Norwegian drones", "Lima's army of Peru")],
            0,
        ),  # a people is its country's
        ("Forest Column", [("Forest Column", None), ("the Lake Guard", "Forest Column")], 0),  # by name
        (PERU, [("Peruvian soldiers", NORWAY), ("the Peruvian army", PERU)], 1),  # accused at home as well
        (PERU, [("Chilean soldiers", NORWAY), ("Norwegian drones", PERU)], 1),  # nobody of theirs is accused
        (
            PERU,
            [("Peruvian soldiers", NORWAY), ("gunmen", "residents")],
            1,
        ),  # whom others accuse may be theirs
        (PERU, [("Peruvian soldiers", NORWAY), ("gunmen", None)], 1),
    ],
)
def test_what_a_side_accuses_others_of_is_not_what_it_denies(
    denier: str, laid_on: list[tuple[str, str | None]], wanted: int
) -> None:
    """Its denial is of what it is accused of itself; otherwise it stands where the network put it, here the second event."""
    told = events(*laid_on)
    denial = replace(culprit(denier), stance="denies")
    assert where(told, told[1], denial, Gazetteer.open()) is told[wanted]


def test_only_denials_of_having_done_it_move() -> None:
    """A claim of responsibility and a denial that it happened stay."""
    told = events(("Peruvian soldiers", NORWAY), ("drones", PERU))
    for one in (culprit("Peru"), replace(culprit("Peru"), about="occurred", stance="denies")):
        assert where(told, told[1], one, Gazetteer.open()) is told[1]
