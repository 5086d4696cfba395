"""A denial stands with the event that the denier is accused of, whatever the network groups it with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bearwitness.extract.drafts import Draft
from bearwitness.extract.model.accused import where
from bearwitness.extract.model.events import Told
from bearwitness.gazetteer import Gazetteer


def culprit(value: str) -> Draft:
    """Somebody's word that they did it."""
    return Draft(
        about="perpetrator", stance="asserts", start=0, end=5, headline=False, speaker=None, via=(), hedged=False, value=value
    )  # fmt: skip


def events(*values: str) -> list[Told]:
    """An event for each culprit."""
    found = [Told(number, [], [], "attack", "occurred") for number in range(1, len(values) + 1)]
    for event, value in zip(found, values, strict=True):
        event.drafts.append(culprit(value))
    return found


@pytest.mark.parametrize(
    ("denier", "laid_on", "home", "wanted"),
    [
        ("Ministry of Defence of Peru", ("Peruvian soldiers", "drones"), 1, 0),  # a people is its country's
        ("Forest Column", ("drones", "the Lake Guard", "Forest Column"), 0, 2),  # by name
        ("Ministry of Defence of Peru", ("Peruvian soldiers", "the Peruvian army"), 1, 1),  # home comes first
        (
            "Ministry of Defence of Peru",
            ("Norwegian soldiers", "drones"),
            1,
            1,
        ),  # nobody of theirs is accused
    ],
)
def test_a_denial_is_of_what_the_denier_is_accused_of(
    denier: str, laid_on: tuple[str, ...], home: int, wanted: int
) -> None:
    """By name or by country; otherwise where the network put it."""
    told = events(*laid_on)
    denial = replace(culprit(denier), stance="denies")
    assert where(told, told[home], denial, Gazetteer.open()) is told[wanted]


def test_only_denials_of_having_done_it_move() -> None:
    """A claim of responsibility and a denial that it happened stay."""
    told = events("Peruvian soldiers", "drones")
    for one in (culprit("Peru"), replace(culprit("Peru"), about="occurred", stance="denies")):
        assert where(told, told[1], one, Gazetteer.open()) is told[1]
