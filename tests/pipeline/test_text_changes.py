"""How two texts differ, sentence by sentence, for texts of any kind and size in little time."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.changes import differences, sentences
from bearwitness.record import Report, digest

WORDS = st.lists(st.sampled_from(["Two died.", "Three died.", "Police said so.", "A", "\n", " ", "“No.”"]))


def report(text: str) -> Report:
    """An invented report of that text."""
    return Report(capture="c", reader="", source="", text=text, text_sha256=digest(text.encode()))


@settings(deadline=None)
@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_what_went_and_what_came_make_the_one_into_the_other(before: str, after: str) -> None:
    """Every sentence of either text stands in both, or in one of the differences."""
    found = differences(report(before), report(after))
    had, has = Counter(sentences(before)), Counter(sentences(after))
    had.subtract(words for one in found for words in one.removed)
    had.update(words for one in found for words in one.added)
    assert +had == has
    assert all(one.removed or one.added for one in found)
    assert not differences(report(before), report(before))


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text(before: str, after: str) -> None:
    """There is no text that it fails on."""
    differences(report(before), report(after))


def test_sentences_and_their_order() -> None:
    """Differences come in the order of the text, each with what stood in its place."""
    one = "Bomb kills 12\nTwelve died, police said. The mayor spoke. Nobody claimed it."
    other = "Bomb kills 15\nFifteen died, police said. The mayor spoke. The Northern Column claimed it. It rained."
    found = [(one.removed, one.added) for one in differences(report(one), report(other))]
    assert found == [
        (("Bomb kills 12", "Twelve died, police said."), ("Bomb kills 15", "Fifteen died, police said.")),
        (("Nobody claimed it.",), ("The Northern Column claimed it.", "It rained.")),
    ]


def large(kind: str, seed: int) -> str:
    """Two megabytes of sentences: all different, few that repeat without end, or with some that hold them together."""
    chance = random.Random(seed)
    if kind == "different":
        return "\n".join(f"{chance.random():.16f} died." for _ in range(80_000))
    if kind == "shuffled":
        numbers = list(range(100_000))
        chance.shuffle(numbers)
        return "\n".join(f"{number:018d}." for number in numbers)
    held = 90 if kind == "held" else 10**9
    return "\n".join("ab"[chance.random() < 0.5] if at % held else f"mark {at}" for at in range(1_000_000))


@pytest.mark.parametrize("kind", ["different", "shuffled", "repeated", "held"])
def test_two_megabytes_are_compared_in_seconds(kind: str) -> None:
    """Also where the text was made to take long."""
    before, after = report(large(kind, 1)), report(large(kind, 2))
    began = time.process_time()
    assert differences(before, after)
    assert time.process_time() - began < 10
