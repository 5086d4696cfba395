"""Reports under other names of places and other days of the week, so that nothing is learnt of a town or a Monday.

The network sees the names of towns, and few reports are enough to learn by heart where each of them has its event. While
it learns, the stand-ins of names are dealt out anew each time; in one report of two each word of a place name becomes
another such word with as many word pieces, the same one wherever it comes again, and the days of the week move on together.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from data import Example

from bearwitness import vocabulary
from bearwitness.extract.dates import WEEKDAYS
from bearwitness.extract.model import names
from bearwitness.extract.model.pieces import Pieces
from bearwitness.extract.model.words import Window, Words

WORDS = 1996  # the first piece of the vocabulary that is a word: before it are stand-ins, signs and letters
SHARE = 0.5  # of the reports have other places, and of all other days
UNSEEN = 0.15  # of the sentences in which nothing is annotated

Word = tuple[int, ...]  # its pieces


class Disguise:
    """Other names and days for the reports learnt from, whose words of place names are dealt out among them."""

    def __init__(self, examples: Iterable[Example], pieces: Pieces) -> None:
        plain = {tuple(pieces.of(word)) for word in vocabulary.plain_words()}
        self._days = [pieces.of(day)[0] for day in WEEKDAYS]
        self._of: dict[int, list[Word]] = {}
        self._by_length: dict[int, list[Word]] = {}
        for one in examples:
            found = sorted(word for word in _place_words(one) if word not in plain and word[0] >= WORDS)
            self._of[id(one.words)] = found
            for word in found:
                self._by_length.setdefault(len(word), []).append(word)

    def __call__(self, one: Example) -> Words:
        """The words of a report in another disguise each time."""
        other: dict[int, int] = dict(
            zip(names.NAMES, random.sample(names.NAMES, len(names.NAMES)), strict=True)
        )
        countries = random.sample(range(len(names.COUNTRIES)), len(names.COUNTRIES))
        for kind in (names.COUNTRIES, names.PEOPLES):
            other |= {piece: kind[number] for piece, number in zip(kind, countries, strict=True)}
        if random.random() < SHARE:
            on = random.randrange(7)
            other |= {day: self._days[(k + on) % 7] for k, day in enumerate(self._days)}
        places: dict[Word, Word] = {}
        if random.random() < SHARE:
            places = {word: random.choice(self._by_length[len(word)]) for word in self._of[id(one.words)]}
        windows = (_window(w, other, places) for w in one.words.windows)
        return replace(one.words, windows=tuple(windows))


def unseen(one: Example) -> np.ndarray:
    """Which words of a report are not seen from elsewhere this time: sentences in which nothing is annotated, neither a
    claim nor the day, the place or the speaker of one."""
    sentence, labels = one.words.sentence, one.labels
    count = int(sentence[-1]) + 1 if len(sentence) else 0
    free = np.random.rand(count) < UNSEEN
    told = [s.first for s in labels.spans]
    for right, candidates in ((labels.right_dates, labels.dates), (labels.right_places, labels.places)):
        told += [candidates[k][0] for wanted in right.values() for k in wanted or ()]
    told += [labels.voices[k][0] for s in labels.spans for k in s.voices or ()]
    free[sentence[told]] = False
    return free[sentence]


def _runs(window: Window) -> list[tuple[int, Word]]:
    """The words of a window: where the pieces of each begin, and which they are."""
    found: list[tuple[int, Word]] = []
    start = 0
    for k in range(1, len(window.pieces) + 1):
        if k == len(window.pieces) or window.owner[k] != window.owner[start]:
            found.append((start, tuple(window.pieces[start:k])))
            start = k
    return found


def _place_words(one: Example) -> set[Word]:
    """The words within the names that may be an event's place."""
    within = {k for first, last in one.labels.places for k in range(first, last)}
    return {word for w in one.words.windows for at, word in _runs(w) if w.owner[at] in within}


def _window(window: Window, other: dict[int, int], places: dict[Word, Word]) -> Window:
    pieces: list[int] = []
    for _, word in _runs(window):
        pieces += places.get(word) or [other.get(piece, piece) for piece in word]
    return window._replace(pieces=pieces)
