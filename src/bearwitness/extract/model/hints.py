"""What the rules hold for the day, the place and the speaker of what is told: a hint that the network weighs."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from bearwitness.extract import places as named
from bearwitness.extract.compose import told
from bearwitness.extract.deeds import SITES as BUILDINGS
from bearwitness.extract.drafts import Drafter
from bearwitness.extract.model.words import COLUMNS, INDEX, Words
from bearwitness.extract.speakers import role_of
from bearwitness.extract.survey import Survey
from bearwitness.record import SpeakerRole

DATE_KINDS = dict(COLUMNS)["date"] - 1
PLACE_KINDS = dict(COLUMNS)["place"] * 3
ROLES: tuple[SpeakerRole, ...] = get_args(SpeakerRole)
VOICES = 1 + DATE_KINDS + 1 + PLACE_KINDS  # the first kind of a speaker
KINDS = VOICES + 2 * len(ROLES)  # of candidates; 0 is none of them
QUARTERS = frozenset(
    "neighborhood neighbourhood slum slums colliery mine".split()
)  # named, whatever stands before
STREETS = frozenset("avenue boulevard center centre complex drive lane nightclub parkway zone".split())
SITES = (BUILDINGS | named.SITES | QUARTERS | STREETS) - {"camp", "day", "port", "post", "village square"}
NEXT = re.compile(r"\s([^\W\d_]+)")
INDEFINITE = re.compile(r"\ban? (?:[\w-]+ )?$", re.I)
DEFINITE = re.compile(r"\bthe (?:[\w-]+ )?$", re.I)
SILENT, OTHER, THIS = 0, 1, 2  # the rules say nothing of the sentence, or something else, or this
NOBODY = -1
TOWNS = (1, 2, 3, 6)  # marks of a name that the gazetteer has, or that is a dateline's


class Hints(NamedTuple):
    """By sentence, the day's words (first word) and the place's name in lower case; ``None`` is "none".

    ``voices`` has for each word the words [first, last) that name who says what stands there, [words, 2];
    ``NOBODY`` where nobody does.
    """

    dates: dict[int, int | None]
    places: dict[int, str | None]
    voices: NDArray[np.int32]


def hints(survey: Survey, words: Words) -> Hints:
    """What the rules make of each sentence that tells of an event."""
    found = Hints({}, {}, _voices(survey, words))
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


def _voices(survey: Survey, words: Words) -> NDArray[np.int32]:
    """Who the rules say speaks at each word."""
    found = np.full((len(words), 2), NOBODY, np.int32)
    drafter = Drafter(survey)
    bounds = np.searchsorted(words.sentence, np.arange(len(survey.sentences) + 1)).tolist()
    for number, sentence in enumerate(survey.sentences):
        line = survey.read[number]
        quoted = any(q.start < sentence.end and sentence.start < q.end for q, _ in survey.quoted)
        if line is None or not (quoted or survey.attributions.get(number)):
            continue
        for k in range(bounds[number], bounds[number + 1]):
            inside = drafter.attributed(line, words.start[k])
            span = words.covering(inside[0].start, inside[0].end) if inside else None
            if span is not None:
                found[k] = span
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


def of_sites(words: Words, candidates: list[tuple[int, int]], text: str) -> NDArray[np.bool_]:
    """Which names are those of a building, a street or a quarter ("Kenema Hotel", "the Bando mine"), not of a town that
    only says where one is ("a Kenema hotel")."""
    found = np.zeros(len(candidates), bool)
    for k, (first, last) in enumerate(candidates):
        start, end = words.start[first], words.end[last - 1]
        name = text[start:end].split()
        follows = NEXT.match(text, end)
        after = follows[1] if follows else ""
        before = text[max(0, start - 30) : start]
        town = words.marks[first, INDEX["place"]] in TOWNS
        if len(name) > 1 and name[-1].lower() in SITES:
            found[k] = not town  # "Perry Hall" is one
        elif after.lower() in SITES:
            titled = after[0].isupper() or after.lower() in QUARTERS or DEFINITE.search(before) is not None
            unheard = not town and not INDEFINITE.search(before)
            found[k] = titled or unheard
    return found


def voices(given: Hints, firsts: list[int], candidates: list[tuple[int, int]]) -> NDArray[np.int64]:
    """A code for each span, given by its first word, and each speaker [spans, 1 + candidates]."""
    codes = np.full((len(firsts), 1 + len(candidates)), OTHER, np.int64)
    for row, (first, last) in enumerate(given.voices[firsts].tolist()):
        codes[row, 0] = THIS if first == NOBODY else OTHER
        for column, (a, b) in enumerate(candidates, 1):
            if first != NOBODY and a < last and first < b:
                codes[row, column] = THIS
    return codes


def voice_kinds(called: list[str], ruled: int) -> NDArray[np.int64]:
    """What each speaker is, and whether it is one of the ``ruled`` first candidates, which the rules see as speakers."""
    kinds = [VOICES + 2 * ROLES.index(role_of(name)) + (k < ruled) for k, name in enumerate(called)]
    return np.array(kinds, np.int64)


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
