"""What the rules hold for the day and the place of what each sentence tells: a hint that the network weighs."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bearwitness.extract.compose import told
from bearwitness.extract.model.words import COLUMNS, INDEX, Words
from bearwitness.extract.survey import Survey

DATE_KINDS = dict(COLUMNS)["date"] - 1
SILENT, OTHER, THIS = 0, 1, 2  # the rules say nothing of the sentence, or something else, or this


class Hints(NamedTuple):
    """By sentence, the day's words (first word) and the place's name in lower case; ``None`` is "none"."""

    dates: dict[int, int | None]
    places: dict[int, str | None]


def hints(survey: Survey, words: Words) -> Hints:
    """What the rules make of each sentence that tells of an event."""
    found = Hints({}, {})
    for event in told(survey):
        day = None
        if event.date is not None:
            news, base = event.date
            span = words.covering(base + news.start, base + news.end)
            day = span[0] if span is not None else None
        name = event.place[0].words.lower() if event.place is not None else None
        for number in event.lines:
            found.dates.setdefault(number, day)
            found.places.setdefault(number, name)
    return found


def dates(given: Hints, sentences: list[int], candidates: list[tuple[int, int]]) -> NDArray[np.int64]:
    """A code for each sentence and candidate [sentences, 1 + candidates]; the first column is "none of them"."""
    return _codes(given.dates, sentences, [first for first, _ in candidates])


def places(given: Hints, sentences: list[int], names: list[str]) -> NDArray[np.int64]:
    """The same for the names of places."""
    return _codes(given.places, sentences, [name.lower() for name in names])


def date_kinds(words: Words, candidates: list[tuple[int, int]]) -> NDArray[np.int64]:
    """How each day is worded: 1 to 6."""
    return _marks(words, "date", candidates) + 1


def place_kinds(words: Words, candidates: list[tuple[int, int]], names: list[str]) -> NDArray[np.int64]:
    """What each name is to the gazetteer, and whether the report names it once, two or three times, or more often: 7 to 27."""
    lower = [name.lower() for name in names]
    counts = Counter(lower)
    often = np.array([(counts[name] > 1) + (counts[name] > 3) for name in lower], np.int64)
    return _marks(words, "place", candidates) * 3 + often + 2 + DATE_KINDS


def _marks(words: Words, column: str, candidates: list[tuple[int, int]]) -> NDArray[np.int64]:
    first = np.array([first for first, _ in candidates], np.int64)
    marks: NDArray[np.int64] = words.marks[first, INDEX[column]].astype(np.int64)
    return marks


def _codes(
    given: dict[int, int | None] | dict[int, str | None], sentences: list[int], keys: list[int] | list[str]
) -> NDArray[np.int64]:
    codes = np.zeros((len(sentences), 1 + len(keys)), np.int64)
    for row, sentence in enumerate(sentences):
        if sentence in given:
            wanted = given[sentence]
            codes[row] = [THIS if key == wanted else OTHER for key in (None, *keys)]
    return codes
