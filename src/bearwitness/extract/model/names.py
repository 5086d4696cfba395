"""Names, hidden from the network behind stand-ins, so that what is read does not hang on who is named.

A name, however many words it has, becomes one word piece that says no more than "the first name of this report", "the
second", and so on; names of countries and their peoples have stand-ins of their own. Words that say what kind of body
or office is named ("Ministry", "Colonel") are left as they are, and so are weapons and towns and areas of the gazetteer;
"Army" or "Front" behind a name is part of it. In a sentence all in capitals a name is what no plain word is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from bearwitness import vocabulary
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
# What sides call themselves: behind a name, a part of it.
GROUPS = frozenset(
    """alliance army battalion brigade brigades brotherhood coalition committee committees congress corps council division
    federation force forces front group guard guards league liberation militia movement organisation organization party
    regiment society team union""".split()
)
LAND = frozenset("mountain river island valley forest".split())  # within such names
PLAIN = CALENDAR | ORGANISATION | TITLES | WEAPONS
JUNIOR = frozenset(("jr", "sr"))  # behind a name
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
                own = [t.low for t in tokens if t.low not in GROUPS | JUNIOR and t.tag != ","] or [
                    tokens[-1].low
                ]
                kind, number = NAMES, names.setdefault(own[-1], len(names))
            else:
                kind = PEOPLES if _people(tokens[0]) else COUNTRIES
                number = countries.setdefault(country, len(countries))
            end = base + tokens[-1].end
            end += _junior(tokens[-1:]) and survey.plain.startswith(".", end)  # "Example Jr. was"
            found.append(Hidden(base + tokens[0].start, end, kind[number % len(kind)]))
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
        elif _is_name(tokens, k, place, certain, title) or _begins_group(tokens, k, place, title):
            last = k + 1
            while (after := _joined(tokens, last)) < len(tokens) and (
                _is_name(tokens, after, places.get(after) if after == last else None, certain, title)
                or (after in (last, last + 1) and _goes_on(tokens, after, places.get(after), title))
            ):
                last = after + 1
            if [t.low for t in tokens[last : last + 1]] == [","] and _junior(tokens[last + 1 : last + 2]):
                last += 2
            yield k, last, None
            k = last
        else:
            k += 1


def _junior(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[0].low in JUNIOR


def _joined(tokens: list[Token], last: int) -> int:
    """Where a name that ends before ``last`` would go on, behind words that stand within names."""
    after = last
    if tokens[last : last + 1] and tokens[last].tag == "'" and _is_group(tokens, last + 1):
        return last + 1
    if tokens[last - 1].low in GROUPS and [t.low for t in tokens[last : last + 1]] == ["of"]:
        after += 1 + ([t.low for t in tokens[last + 1 : last + 2]] == ["the"])
    while after < len(tokens) and tokens[after].low in WITHIN:
        after += 1
    return after


def _is_name(tokens: list[Token], k: int, place: Named | None, certain: set[str], title: bool) -> bool:
    """Whether a word is part of a name: not of a place that is known, and no plain word at the head of a sentence."""
    token = tokens[k]
    if token.low in PLAIN or not token.text[0].isalpha() or (place is not None and place.known):
        return False
    if token.tag == "w":
        return token.text.isupper() and len(token.low) > 1 and not is_plain(token.low)
    if token.tag != "W":
        return False
    opens = not k or tokens[k - 1].tag == ";"
    beside = tokens[max(0, k - 1) : k] + tokens[k + 1 : k + 2]
    return (
        token.low in certain
        or (not title and (not opens or any(t.tag == "W" and t.low not in CALENDAR for t in beside)))
        or not is_plain(token.low)
    )


def _goes_on(tokens: list[Token], k: int, place: Named | None, title: bool) -> bool:
    """Whether a word behind a name is a part of it though it is a plain one ("Front", "Youth")."""
    token = tokens[k]
    if token.low in GROUPS or (token.low in LAND and _is_group(tokens, k + 1)):
        return _capital(token)
    plain = token.low in PLAIN or token.tag in "Ww'" or _people(token) or (place is not None and place.known)
    return not plain and not title and _capital(token) and not token.text.isupper()


def _begins_group(tokens: list[Token], k: int, place: Named | None, title: bool) -> bool:
    """Whether a plain word begins the name of a side ("People's Guard", "May Brigade"): only its capital says so."""
    token = tokens[k]
    known = place is not None and place.known
    if not k or tokens[k - 1].tag == ";" or title or known or _people(token):
        return False
    behind = k + 1 + (k + 1 < len(tokens) and tokens[k + 1].tag == "'")
    sort = token.tag in "Pp" or token.low in CALENDAR or token.low in LAND
    return sort and _capital(token) and not token.text.isupper() and _is_group(tokens, behind)


def _is_group(tokens: list[Token], k: int) -> bool:
    """Whether a word is one that sides call themselves, with a capital."""
    return k < len(tokens) and tokens[k].low in GROUPS and _capital(tokens[k])


def _capital(token: Token) -> bool:
    return token.text[0].isupper()


def is_plain(low: str) -> bool:
    """Whether a word, or a part of it, is a word of plain English or a form of one."""
    known = vocabulary.plain_words()
    return any(
        part in known
        or any(part.removesuffix(end) in known for end in ("s", "es", "d", "ed", "ing", "ly", "er", "ers"))
        for part in low.replace("/", "-").split("-")
    )


def _people(token: Token) -> bool:
    """Whether a word names the people of a country."""
    return token.low in ONE_OF or token.low in SOME_OF


def _title(tokens: list[Token]) -> bool:
    """Whether most words of a headline are written with a capital."""
    words = [t for t in tokens if t.text[0].isalpha()]
    return sum(t.text[0].isupper() for t in words) > 0.6 * len(words)
