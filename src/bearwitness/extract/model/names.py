"""Names, hidden from the network behind stand-ins, so that what is read does not hang on who is named.

A name, however many words it has, becomes one word piece that says no more than "the first name of this report", "the
second", and so on; names of countries and their peoples have stand-ins of their own. Words that say what kind of body
or office is named ("Army", "Ministry", "Colonel") are left as they are, and so are weapons and towns and areas of the gazetteer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from bearwitness.extract import triggers
from bearwitness.extract.dates import MONTHS, WEEKDAYS
from bearwitness.extract.tokens import ONE_OF, ORGANISATION, SOME_OF, TITLES, Token

if TYPE_CHECKING:
    from bearwitness.extract.lines import Line
    from bearwitness.extract.places import Named
    from bearwitness.extract.survey import Survey
    from bearwitness.gazetteer import Gazetteer

NAMES, COUNTRIES, PEOPLES = (
    range(1, 49),
    range(49, 61),
    range(61, 73),
)  # pieces that the vocabulary leaves unused
CALENDAR = frozenset(("i", *MONTHS, *WEEKDAYS, *"mon tue tues wed thu thur thurs fri sat sun".split()))
WEAPONS = frozenset(word for name in triggers.WEAPONS for word in name.split())  # "UAVs", "Scud"
PLAIN = CALENDAR | ORGANISATION | TITLES | WEAPONS
WITHIN = frozenset("de del della la las los al el bin ibn ben van von der da dos du ul ur".split())  # a name


class Hidden(NamedTuple):
    """Characters [start, end) of the report, a name, and the piece that stands for it."""

    start: int
    end: int
    piece: int


def hidden(survey: Survey) -> list[Hidden]:
    """Every name in a surveyed report, in order. Names with the same last word have the same stand-in."""
    lines = [line for line in survey.read if line is not None]
    certain = {low for line in lines if not line.sentence.headline for low in _certain(line)}
    names: dict[str, int] = {}
    countries: dict[str, int] = {}
    found: list[Hidden] = []
    for line in lines:
        base = line.sentence.start
        for first, last, country in _runs(line, certain, survey.gazetteer):
            tokens = line.tokens[first:last]
            if country is None:
                kind, number = NAMES, names.setdefault(tokens[-1].low, len(names))
            else:
                kind = PEOPLES if _people(tokens[0]) else COUNTRIES
                number = countries.setdefault(country, len(countries))
            found.append(Hidden(base + tokens[0].start, base + tokens[-1].end, kind[number % len(kind)]))
    return found


def _certain(line: Line) -> Iterator[str]:
    """Words that the sentence writes with a capital where nothing else asks for one."""
    for before, token in zip(line.tokens, line.tokens[1:], strict=False):
        if token.tag == "W" and before.tag != ";":
            yield token.low


def _runs(line: Line, certain: set[str], gazetteer: Gazetteer) -> Iterator[tuple[int, int, str | None]]:
    """The names of a sentence: tokens [first, last) and the country meant, if it is a country's or a people's."""
    tokens = line.tokens
    places = {k: place for place in line.places for k in range(place.first, place.last)}
    title = line.sentence.headline and _title(tokens)
    k = 0
    while k < len(tokens):
        place = places.get(k)
        if place is not None and place.country is not None:
            yield k, place.last, place.country
            k = max(place.last, k + 1)
        elif _people(tokens[k]):
            yield k, k + 1, gazetteer.country(tokens[k].text) or tokens[k].low
            k += 1
        elif _is_name(tokens, k, place, certain, title):
            last = k + 1
            while last < len(tokens):
                after = last
                while after < len(tokens) and tokens[after].low in WITHIN:
                    after += 1
                if after == len(tokens) or not _is_name(tokens, after, places.get(after), certain, title):
                    break
                last = after + 1
            yield k, last, None
            k = last
        else:
            k += 1


def _is_name(tokens: list[Token], k: int, place: Named | None, certain: set[str], title: bool) -> bool:
    """Whether a word is part of a name: not of a place that is known, and no plain word at the head of a sentence."""
    token = tokens[k]
    if (
        token.tag != "W"
        or token.low in PLAIN
        or not token.text[0].isalpha()
        or (place is not None and place.known)
    ):
        return False
    if token.low in certain:
        return True
    opens = not k or tokens[k - 1].tag == ";"
    beside = tokens[max(0, k - 1) : k] + tokens[k + 1 : k + 2]
    return not title and (not opens or any(t.tag == "W" and t.low not in CALENDAR for t in beside))


def _people(token: Token) -> bool:
    """Whether a word names the people of a country."""
    return token.low in ONE_OF or token.low in SOME_OF


def _title(tokens: list[Token]) -> bool:
    """Whether most words of a headline are written with a capital."""
    words = [t for t in tokens if t.text[0].isalpha()]
    return sum(t.text[0].isupper() for t in words) > 0.6 * len(words)
