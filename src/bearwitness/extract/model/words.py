"""A report as the network reads it: words with marks of what the rules found, in windows of word pieces.

The marks (``COLUMNS``) are what the rules of the first reader see: the network learns where they are right. They
carry names of kinds only, never a name of a person, a place or a side.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from bearwitness.extract import text
from bearwitness.extract.model import names
from bearwitness.extract.model.pieces import Pieces
from bearwitness.extract.people import Persons

if TYPE_CHECKING:
    from bearwitness.extract.dates import News
    from bearwitness.extract.lines import Line
    from bearwitness.extract.places import Named
    from bearwitness.extract.survey import Survey

WORD = re.compile(r"[^\W_]+(?:['’.&](?=[^\W_])[^\W_]+)*|[^\w\s]|_+")
LONGEST_WORD = 6  # word pieces; more of one word tell nothing
MOST = 60  # windows of one report, some sixteen thousand words
OWN, BEFORE, TITLE = 400, 50, 30  # word pieces of a window: its own, the context before it, the headline

TAGS = "QatYPpWwjq#EGSDXKTUOLCZBHmR!Vs&oib',;"
KINDS = "NMFJdg0"
TOLLS = ("killed", "injured", "missing", "abducted", "detained")
DATES = {
    "iso": 1,
    "slashed": 1,
    "mdy": 1,
    "dmy": 1,
    "weekday": 2,
    "today": 3,
    "yesterday": 3,
    "overnight": 3,
    "hours": 3,
    "moments": 3,
    "ago": 4,
    "after": 4,
}
DEEDS = {"perpetrator": 1, "weapon": 2, "target": 3, "occurred": 4}

# Name and number of values of each mark, in the order of the columns.
COLUMNS: tuple[tuple[str, int], ...] = (
    ("shape", 6),
    ("tag", len(TAGS) + 1),
    ("persons", len(KINDS) + 1),
    ("toll", 2 * len(TOLLS) + 1),
    ("deed", 5),
    ("place", 7),
    ("date", 6),
    ("voice", 4),
    ("part", 4),
    ("quoted", 2),
)
# The marks of a name whose words are hidden.
NAMED = (("shape", 1), ("tag", TAGS.index("W") + 1), ("persons", 0), ("place", 0))
INDEX = {name: number for number, (name, _) in enumerate(COLUMNS)}


class Stretch(Protocol):
    """Words [first, last)."""

    first: int
    last: int


class Window(NamedTuple):
    """Word pieces of one run of the network and, for each of its own words, where its first piece stands."""

    pieces: list[int]
    owner: list[int]  # for each piece the word it belongs to, -1 for marks like [CLS]
    first: int  # words [first, last) are the window's own
    last: int
    at: list[int]  # first piece of each own word


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a report. ``start``/``end`` are characters of the report; ``marks`` has a row a word.

    ``leader`` is for each word the word whose pieces stand for it: itself, or the first word of its name.
    A text longer than any report is read as far as ``MOST`` windows go (``whole`` is false then).
    """

    start: list[int]
    end: list[int]
    sentence: NDArray[np.int32]
    marks: NDArray[np.int16]
    leader: NDArray[np.int32]
    windows: tuple[Window, ...]
    whole: bool = True

    def __len__(self) -> int:
        return len(self.start)

    @property
    def own(self) -> NDArray[np.bool_]:
        """Whether each word has pieces of its own."""
        return np.asarray(self.leader == np.arange(len(self)))

    @property
    def step(self) -> NDArray[np.int64]:
        """How many words with pieces of their own stand before each word: a name is one step, however long."""
        return np.cumsum(self.own)[self.leader] - 1

    def chars(self, span: Stretch) -> tuple[int, int]:
        """The characters of the report from a span's first word to its last."""
        return self.start[span.first], self.end[span.last - 1]

    def covering(self, start: int, end: int) -> tuple[int, int] | None:
        """The words [first, last) that a stretch of characters touches."""
        first = bisect_right(self.end, start)
        last = bisect_left(self.start, end)
        return (first, last) if first < last else None


def words(survey: Survey, pieces: Pieces) -> Words:
    """The words of a surveyed report (``every`` sentence read), their marks and windows."""
    starts: list[int] = []
    ends: list[int] = []
    sentence: list[int] = []
    shapes: list[int] = []
    for number, one in enumerate(survey.sentences):
        for match in WORD.finditer(one.text):
            starts.append(one.start + match.start())
            ends.append(one.start + match.end())
            sentence.append(number)
            shapes.append(shape(match.group()))
    found = Words(
        starts, ends, np.array(sentence, np.int32),
        np.zeros((len(starts), len(COLUMNS)), np.int16), np.arange(len(starts), dtype=np.int32), (),
    )  # fmt: skip
    found.marks[:, INDEX["shape"]] = shapes
    hidden = names.hidden(survey)
    _mark(found, survey, hidden)
    cut = _cut(found, survey, pieces, hidden)
    windows = _windows(found, cut, survey, pieces)
    return replace(found, windows=windows[:MOST], whole=survey.whole and len(windows) <= MOST)


def _cut(found: Words, survey: Survey, pieces: Pieces, hidden: list[names.Hidden]) -> list[list[int]]:
    """The word pieces of each word. A name has its stand-in at its first word and none at the others."""
    cut = [pieces.of(survey.plain[a:b])[:LONGEST_WORD] for a, b in zip(found.start, found.end, strict=True)]
    for name in hidden:
        span = found.covering(name.start, name.end)
        if span is not None:
            first, last = span
            after = survey.plain[name.end : found.end[last - 1]]  # "'s"
            cut[first] = [name.piece, *(pieces.of(after)[:LONGEST_WORD] if after else [])]
            cut[first + 1 : last] = [[]] * (last - first - 1)
            found.leader[first:last] = first
            # Neither do the marks say what words a name is made of.
            for mark, value in NAMED:
                found.marks[first, INDEX[mark]] = value
    return cut


@lru_cache(maxsize=8192)
def shape(word: str) -> int:
    """How a word is written: lower case, Title, UPPER, number, miXed, or a sign."""
    if not word[0].isalnum():
        return 5
    if any(c.isdigit() for c in word):
        return 3
    if word.islower():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[0].isupper() else 4


def _mark(found: Words, survey: Survey, hidden: list[names.Hidden]) -> None:
    body = next((s.paragraph for s in survey.sentences if not s.headline), -1)
    of_names = {k for name in hidden for k in range(name.start, name.end)}
    for number, one in enumerate(survey.sentences):
        inside = slice(*np.searchsorted(found.sentence, (number, number + 1)))
        if one.headline:
            found.marks[inside, INDEX["part"]] = 1
        elif one.paragraph == body:
            found.marks[inside, INDEX["part"]] = 2
        line = survey.read[number]
        if line is not None:
            _mark_line(found, line, of_names)
        for voice in survey.attributions.get(number, []):
            _put(found, "voice", voice.start, voice.end, 1)
            _put(found, "voice", voice.cue, voice.cue + len(voice.cue_word), 2)
    for first, last, _ in text.paragraphs(survey.report, survey.plain):
        for quotation in text.quotations(survey.plain, first, last):
            _put(found, "quoted", quotation.start, quotation.end, 1)


def _mark_line(found: Words, line: Line, of_names: set[int]) -> None:
    base = line.sentence.start
    for item in line.chunked.items:
        if isinstance(item, Persons):
            tokens = line.tokens[item.first : item.last]
            if base + tokens[-1].start in of_names:
                continue  # "the Bagani Commando": of what its words mean nothing may hang
            _put(found, "persons", base + tokens[0].start, base + tokens[-1].end, KINDS.find(item.kind) + 1)
    for token in line.tokens:
        if token.tag in TAGS:
            _put(found, "tag", base + token.start, base + token.end, TAGS.index(token.tag) + 1)
    for toll in line.tolls:
        if toll.about in TOLLS:
            start, end = line.chunked.span(toll.at)
            value = TOLLS.index(toll.about) + 1 + (len(TOLLS) if toll.part else 0)
            _put(found, "toll", base + start, base + end, value)
    for deed in line.deeds:
        weapon = (
            deed.about == "weapon" and deed.value and base + deed.value[0] in of_names
        )  # "the Sword Brigade"
        if deed.value is not None and not weapon:
            _put(found, "deed", base + deed.value[0], base + deed.value[1], DEEDS[deed.about])
    for place in line.places:
        _put(found, "place", base + place.start, base + place.end, _place_mark(place))
    for news in line.dates:
        _put(found, "date", base + news.start, base + news.end, DATES.get(news.kind, 5))


def _place_mark(place: Named) -> int:
    """1 a known town, 2 a known area, 3 a country, 4 an unknown name after a preposition, 5 without, 6 a dateline."""
    if place.lead == "dateline":
        return 6
    if place.country is not None:
        return 3
    if place.known:
        return 1 if place.level in ("town", "near") else 2
    return 4 if place.lead else 5


def _put(found: Words, column: str, start: int, end: int, value: int) -> None:
    span = found.covering(start, end)
    if span is not None:
        found.marks[span[0] : span[1], INDEX[column]] = value


def _windows(found: Words, cut: list[list[int]], survey: Survey, pieces: Pieces) -> tuple[Window, ...]:
    """Windows of whole sentences where they fit, each with the headline and some context before its own words."""
    count = len(found)
    lengths = [len(p) for p in cut]
    sentence = found.sentence.tolist()
    headline = [k for k in range(count) if survey.sentences[sentence[k]].headline]
    windows: list[Window] = []
    first = 0
    while first < count:
        last, size = first, 0
        while last < count and size + lengths[last] <= OWN:
            size += lengths[last]
            last += 1
        if last < count:  # back to the end of a sentence, if that leaves enough
            back = last
            while back > first and sentence[back] == sentence[back - 1]:
                back -= 1
            if back > first and sum(lengths[first:back]) > OWN // 3:
                last = back
            while last < count and not lengths[last]:
                last += 1  # a name stays whole
        ids, owner = [pieces.begin], [-1]
        if first > 0 and headline:
            size = 0
            for k in headline:
                if k >= first or size + lengths[k] > TITLE:
                    break
                size += lengths[k]
                ids += cut[k]
                owner += [k] * len(cut[k])
            ids.append(pieces.end)
            owner.append(-1)
        before, size = first, 0
        while before > 0 and size + lengths[before - 1] <= BEFORE:
            before -= 1
            size += lengths[before]
        at: list[int] = []
        for k in range(before, last):
            if k >= first:
                leader = int(found.leader[k])
                at.append(len(ids) if leader == k else at[leader - first])
            ids += cut[k]
            owner += [k] * len(cut[k])
        ids.append(pieces.end)
        owner.append(-1)
        windows.append(Window(ids, owner, first, last, at))
        first = last
    return tuple(windows)


def date_candidates(survey: Survey, found: Words) -> list[tuple[int, int]]:
    """The dates that the rules read, as words [first, last), in the order of ``survey_dates``."""
    return [_touched(found, base + news.start, base + news.end) for base, news in survey_dates(survey)]


def survey_dates(survey: Survey) -> list[tuple[int, News]]:
    """Every date of the report with the start of its sentence, in order."""
    return [(line.sentence.start, news) for line in survey.lines for news in line.dates]


def place_candidates(survey: Survey, found: Words) -> list[tuple[int, int]]:
    """The place names that the rules see, as words [first, last), in the order of ``survey_places``."""
    return [_touched(found, base + p.start, base + p.end) for base, p in survey_places(survey)]


def survey_places(survey: Survey) -> list[tuple[int, Named]]:
    """Every place name of the report with the start of its sentence, in order."""
    return [(line.sentence.start, place) for line in survey.lines for place in line.places]


def voice_candidates(survey: Survey, found: Words) -> list[tuple[int, int]]:
    """The speakers that the rules see, as words [first, last), each once."""
    cued = [voice for voices in survey.attributions.values() for voice in voices]
    heard = [voice for _, voice in survey.quoted]  # of turns too, which have no cue
    spans = (found.covering(voice.start, voice.end) for voice in [*cued, *heard])
    return list(dict.fromkeys(span for span in spans if span is not None))


def _touched(found: Words, start: int, end: int) -> tuple[int, int]:
    span = found.covering(start, end)
    if span is None:  # a date or a name always holds a letter or a digit
        raise AssertionError(f"no word at {start}-{end}")
    return span
