"""The gate: what plainly reports no violence is turned away, what may report it is not."""

from __future__ import annotations

import pytest

from bearwitness.extract import triggers
from bearwitness.extract.survey import violent

LONG = "Ministers met in Tesk on Monday to sign an accord on gas transit and trade. " * 6

VIOLENT = [
    "Twelve people were killed in Kenema.",
    "GUNMEN OPENED FIRE ON A BUS",
    "Five hurt as bus overturns near Sorve.",
    "Two fishermen are missing.",
    f"{LONG}Last year a pipeline was blown up and three guards lost their lives.",
    f"{LONG}The army denied that its soldiers had fired at the village; the attack is disputed.",
    f"{LONG}A bomb was defused.",
    f"{LONG}The opposition said 4,000 had been “abducted”—it named nobody.",
]
PEACEFUL = [
    LONG,
    "",
    f"{LONG}The striker scored twice; his shot in the first half was the match's best.",
    f"{LONG}Its executives die-cast the audience of soldiery in glass.",
]


@pytest.mark.parametrize("text", VIOLENT, ids=range(len(VIOLENT)))
def test_what_may_tell_of_violence_is_read(text: str) -> None:
    """One sure word, two signs, or one in a short text."""
    assert violent(text.replace("“", '"').replace("”", '"').replace("—", "-"))


@pytest.mark.parametrize("text", PEACEFUL, ids=range(len(PEACEFUL)))
def test_what_plainly_does_not_is_turned_away(text: str) -> None:
    """One sign in a long text is not enough, and parts of words are none."""
    assert not violent(text)


def test_the_words_of_the_gate_are_whole_words_in_lower_case() -> None:
    """A word that no text can hold would be dead weight; a word is sure or a sign, not both."""
    words = [*triggers.SURE, *triggers.SIGNS]
    assert all(word.isalpha() and word == word.lower() for word in words)
    assert not triggers.SURE & triggers.SIGNS
