"""The telling words around an event: names and numbers that few other events have, and names of several words.

No list of how often a word occurs is asked, since that would change with every report and with it what was decided before;
a word tells if it is none of the plain words of reports, and none of the names that many events share (countries, months,
actors, agencies, whoever speaks, the place itself).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .. import parties, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

AROUND = 300  # characters before and after what is told of the event
MOST = 40  # words kept of one event: those that stand nearest to its anchor
MOST_NAMES = 16
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_AGE = re.compile(r"\d{1,2}-year-old")
_BETWEEN = frozenset({" ", "\n", ". "})  # what may stand between the words of one name ("John A. Smith")


class _Word(NamedTuple):
    """A word of the text: folded, where it begins and ends, whether it tells, and whether it may be part of a name."""

    word: str
    start: int
    end: int
    tells: bool
    capital: bool


def telling(
    text: str, spans: Iterable[tuple[int, int]], anchor: int, shared: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The telling words within ``AROUND`` characters of ``spans``, and the pairs of words of names, each in order.

    ``shared`` are folded words that other events have too. Those nearest to ``anchor`` (an offset) are kept.
    """
    words: dict[str, int] = {}
    names: dict[str, int] = {}
    for start, end in _stretches(spans, len(text)):
        for run in _runs(text, start, end, shared):
            if any(one.word in _listed("institutions") for one in run):
                continue
            for one in run:
                if one.tells:
                    words[one.word] = min(words.get(one.word, len(text)), abs(one.start - anchor))
            for one, other in pairwise(run):
                if (one.tells or other.tells) and one.word not in shared and other.word not in shared:
                    name = f"{one.word} {other.word}"
                    names[name] = min(names.get(name, len(text)), abs(one.start - anchor))
    return _nearest(words, MOST), _nearest(names, MOST_NAMES)


def _runs(text: str, start: int, end: int, shared: frozenset[str]) -> Iterator[list[_Word]]:
    """The words of a stretch: those of one name together, each other one by itself."""
    run: list[_Word] = []
    for found in _TOKEN.finditer(text, start, end):
        word, tells = _look(found[0])
        capital = found[0][0].isupper() and len(word) > 1 and word not in _shared()
        one = _Word(word, found.start(), found.end(), tells and word not in shared, capital)
        if run and not (capital and run[-1].capital and text[run[-1].end : one.start] in _BETWEEN):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _stretches(spans: Iterable[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """The spans widened, those that meet made one, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start - AROUND), min(size, end + AROUND)) for start, end in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _nearest(found: dict[str, int], most: int) -> tuple[str, ...]:
    return tuple(sorted(sorted(found, key=lambda word: (found[word], word))[:most]))


@lru_cache(maxsize=65536)
def _look(written: str) -> tuple[str, bool]:
    """A word folded, and whether it tells anything by itself."""
    word = parties.fold(written)
    if _AGE.fullmatch(word):
        return word.replace("‑", "-"), True
    if word.isdigit():
        # Years and round hundreds stand in every other report; a house number does not.
        return word, len(word) >= 3 and not (len(word) == 4 and word[:2] in ("19", "20"))
    plain = vocabulary.plain_words()
    known = word in plain or any(part in plain for part in re.split(r"[-'’]", word) if len(part) > 2)
    return word, len(word) > 2 and not known and word not in _shared() and not any(map(str.isdigit, word))


@cache
def _shared() -> frozenset[str]:
    """Words of countries, actors, agencies and the calendar, folded."""
    said: list[str] = []
    for entry in vocabulary.load("countries").values():
        if "name" in entry:
            said += [
                entry["name"],
                *(name for field in ("also", "people", "parts") for name in entry.get(field, ())),
            ]
    said += [name for pair in vocabulary.load("actors")["names"].items() for name in pair]
    agencies = vocabulary.load("agencies")["names"]
    said += [name for key, others in agencies.items() for name in (key, *others)]
    words = {word for name in said for word in parties.tokens(name)}
    return frozenset(words | _CALENDAR | _listed("words"))


@cache
def _listed(name: str) -> frozenset[str]:
    """A list of common words of ``vocabulary/linking.toml``."""
    return frozenset(vocabulary.load("linking")["common"][name])


_CALENDAR = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep "
    "sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "mr mrs ms miss dr sgt lt capt cpl det sir col gen the".split()
)
