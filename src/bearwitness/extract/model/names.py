"""Names, hidden from the network behind stand-ins, so that what is read does not hang on who is named.

A name, however many words it has, becomes one word piece that says no more than "the first name of this report", "the
second", and so on; names of countries and their peoples have stand-ins of their own. Words that say what kind of body
or office is named ("Ministry", "Colonel") are left as they are, and so are weapons and towns and areas of the gazetteer;
"Army" or "Front" behind a name is part of it. In a sentence all in capitals a name is what no plain word is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from bearwitness.extract import triggers
from bearwitness.extract.dates import MONTHS
from bearwitness.extract.namesakes import ARMED, CALENDAR, GROUPS, LAND, WITHIN, is_plain, of_sort, titled
from bearwitness.extract.places import LOCATIVE, SITES
from bearwitness.extract.tokens import ONE_OF, ORGANISATION, SOME_OF, TITLES, Token, is_given

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
WEAPONS = frozenset(word for name in triggers.WEAPONS for word in name.split())  # "UAVs", "Scud"
THINGS = LAND | frozenset("crescent cross kingdom republic".split())  # within the names of sides
OFFICES = frozenset(
    "ministry department office bureau security defence defense police army government city council".split()
)
PLAIN = CALENDAR | ORGANISATION | TITLES | WEAPONS
JUNIOR = frozenset(("jr", "sr"))  # behind a name


class Hidden(NamedTuple):
    """Characters [start, end) of the report, a name, and the piece that stands for it."""

    start: int
    end: int
    piece: int


def hidden(survey: Survey) -> list[Hidden]:
    """Every name in a surveyed report, in order. Names with the same last word have the same stand-in, and a first word
    alone behind an article has that of its name ("the Caravan" after "the Caravan of Orla")."""
    lines = [line for line in survey.read if line is not None]
    certain = {low for line in lines if not line.sentence.headline for low in _certain(line)}
    families = {
        low
        for line in lines
        if not line.sentence.headline
        for low in _families(line, certain, survey.gazetteer)
    }
    names: dict[str, int] = {}
    countries: dict[str, int] = {}
    sides: dict[str, str] = {}  # first word of a name -> last: "the Caravan" is "the Caravan of Orla"
    found: list[Hidden] = []
    for line in lines:
        base = line.sentence.start
        for first, last, country in _runs(line, certain, survey.gazetteer, families):
            tokens = line.tokens[first:last]
            if country is None:
                own = [t.low for t in tokens if t.low not in GROUPS | JUNIOR and t.tag != ","] or [
                    tokens[-1].low
                ]
                lows = [t.low for t in tokens]
                if "of" in lows[1:]:  # "the Caravan of Orla" is not the town
                    own = [lows[0]] if lows[0] not in GROUPS else [" ".join(lows)]
                before = line.tokens[first - 1].low if first else ""
                short = last == first + 1 and before in ("the", "a", "an")
                key = sides.get(own[-1], own[-1]) if short else own[-1]
                if len(own) > 1:
                    sides.setdefault(own[0], own[-1])
                kind, number = NAMES, names.setdefault(key, len(names))
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


def _families(line: Line, certain: set[str], gazetteer: Gazetteer) -> Iterator[str]:
    """The last words of persons' names in a sentence that else are plain ones or a month's ("Ada Hunter", "Ben Jan")."""
    for first, last, country in _runs(line, certain, gazetteer, set()):
        end = line.tokens[last - 1]
        behind = [t.low for t in line.tokens[first - 1 : first]]
        if (
            country is None
            and last > first + 1
            and behind != ["the"]
            and (end.tag == "p" or end.low in MONTHS)
        ):
            yield end.low


def _runs(
    line: Line, certain: set[str], gazetteer: Gazetteer, families: set[str]
) -> Iterator[tuple[int, int, str | None]]:
    """The names of a sentence: tokens [first, last) and the country meant, if it is a country's or a people's."""
    tokens = line.tokens
    places = {k: place for place in line.places for k in range(place.first, place.last)}
    title = line.sentence.headline and titled(tokens)
    k = 0
    while k < len(tokens):
        place = places.get(k)
        if place is not None and place.country is not None:
            yield k, place.last, place.country
            k = max(place.last, k + 1)
        elif _people(tokens[k]):
            yield k, k + 1, gazetteer.country(tokens[k].text) or tokens[k].low
            k += 1
        elif _in_short(tokens, k, families):
            yield k, k + 1, None
            k += 1
        elif _is_name(tokens, k, place, certain, title) or _begins_group(tokens, k, place, title):
            last = k + 1
            while (after := _joined(tokens, k, last)) < len(tokens) and (
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


def _joined(tokens: list[Token], first: int, last: int) -> int:
    """Where a name [first, last) would go on, behind words that stand within names."""
    after = last
    if tokens[last : last + 1] and tokens[last].tag == "'" and of_sort(tokens, last + 1):
        return last + 1
    of = [t.low for t in tokens[last : last + 1]] == ["of"]
    if of and (tokens[last - 1].low in GROUPS or _called(tokens, first, last)):
        after += 1 + ([t.low for t in tokens[last + 1 : last + 2]] == ["the"])
        if _of_office(tokens, after):
            return len(tokens)
    while after < len(tokens) and tokens[after].low in WITHIN:
        after += 1
    return after


def _of_office(tokens: list[Token], k: int) -> bool:
    """Whether an office is named from word ``k`` on, whose own words stay ("a regiment of the Interior Ministry")."""
    while k < len(tokens) and tokens[k].tag == "W" and tokens[k].low not in ORGANISATION:
        k += 1
    return k < len(tokens) and tokens[k].low in ORGANISATION - GROUPS and _capital(tokens[k])


def _called(tokens: list[Token], first: int, last: int) -> bool:
    """Whether "of" and a place behind a word are a part of a side's name: "the Caravan of Orla" does something, while
    things lie in "the Gulf of Orla". Without "the", only a word that is no plain one can be such a name."""
    before = [t.low for t in tokens[max(0, first - 2) : first]]
    low = tokens[first].low
    if last != first + 1 or low in LAND or before[-1:] in ([w] for w in LOCATIVE):
        return False
    if before[-1:] == ["the"]:
        return len(before) < 2 or before[0] not in LOCATIVE
    return (
        not is_plain(low) and tokens[first].tag == "W" and not _people(tokens[min(last + 1, len(tokens) - 1)])
    )


def _in_short(tokens: list[Token], k: int, families: set[str]) -> bool:
    """Whether a word stands for a person who is called so elsewhere: with a capital that nothing else asks for, or in
    front of what he does or has."""
    token = tokens[k]
    if token.low not in families or not _capital(token) or token.text.isupper():
        return False
    after = tokens[k + 1] if k + 1 < len(tokens) else None
    if token.low in MONTHS and (
        after is None or after.text[0].isdigit() or tokens[k - 1 if k else 0].tag in "iQ"
    ):
        return False
    opens = not k or tokens[k - 1].tag == ";"
    return not opens or (after is not None and after.tag in "'VBH,")


def _is_name(tokens: list[Token], k: int, place: Named | None, certain: set[str], title: bool) -> bool:
    """Whether a word is part of a name: not of a place that is known, and no plain word at the head of a sentence."""
    token = tokens[k]
    if not token.text[0].isalpha() or (place is not None and place.known):
        return False
    if token.low in PLAIN and not is_given(tokens, k):
        return not title and _armed(tokens, k)
    if token.tag == "w":
        return token.text.isupper() and len(token.low) > 1 and not is_plain(token.low)
    if token.tag != "W":
        return False
    opens = not k or tokens[k - 1].tag == ";"
    beside = [t for t in tokens[max(0, k - 1) : k] if t.tag == "W"]
    beside += [t for t in tokens[k + 1 : k + 2] if t.tag == "W" or _of_trade(tokens, k + 1)]
    return (
        token.low in certain
        or (not title and (not opens or any(t.low not in CALENDAR for t in beside)))
        or not is_plain(token.low)
    )


def _of_trade(tokens: list[Token], k: int) -> bool:
    """Whether a word for a trade ends a person's name ("Chase Hunter, 19, died", not "Prime Minister Sample")."""
    token, after = tokens[k], tokens[k + 1 : k + 2]
    return token.tag == "p" and _capital(token) and token.low not in PLAIN and [t.tag for t in after] == [","]


def _armed(tokens: list[Token], k: int) -> bool:
    """Whether a plain word for a weapon is a side's name: only "the" before it and its capital say so ("the Swords")."""
    token = tokens[k]
    return (
        token.low in WEAPONS
        and token.tag == "W"
        and not token.text.isupper()
        and tokens[max(0, k - 1)].low == "the"
        and is_plain(token.low)
    )


def _goes_on(tokens: list[Token], k: int, place: Named | None, title: bool) -> bool:
    """Whether a word behind a name is a part of it though it is a plain one ("Front", "Youth")."""
    token = tokens[k]
    if (
        token.low in GROUPS
        or (_within_sort(token) and of_sort(tokens, k + 1, ARMED))
        or (token.low in THINGS and of_sort(tokens, k + 1))
    ):
        return _capital(token)
    if token.tag == "W" and not title and not token.text.isupper() and _means_more(tokens, k):
        return True
    plain = token.low in PLAIN or token.tag in "Ww'" or _people(token) or (place is not None and place.known)
    return not plain and not title and _capital(token) and not token.text.isupper()


def _within_sort(token: Token) -> bool:
    """Whether a word can stand within a side's name before "Battalion" ("the Red Crescent Battalion")."""
    return token.low in ORGANISATION and token.low not in OFFICES


def _means_more(tokens: list[Token], k: int) -> bool:
    """Whether a word behind a name is a part of it though it can be one of a weapon's ("the Blue Hand": hand grenades)
    or a month's ("Example Jan was", not "Example Jan. 5")."""
    low = tokens[k].low
    if low in MONTHS:
        after = tokens[k + 1 : k + 3]
        return not any(t.low[0].isdigit() for t in after[: 1 + ([t.low for t in after[:1]] == ["."])])
    return low in WEAPONS and low not in triggers.WEAPONS and low not in SITES and is_plain(low)


def _begins_group(tokens: list[Token], k: int, place: Named | None, title: bool) -> bool:
    """Whether a plain word begins the name of a side ("People's Guard", "May Brigade"): only its capital says so."""
    token = tokens[k]
    known = place is not None and place.known
    if not k or tokens[k - 1].tag == ";" or title or known or _people(token):
        return False
    behind = k + 1 + (k + 1 < len(tokens) and tokens[k + 1].tag == "'")
    sort = token.tag in "Pp" or token.low in CALENDAR or token.low in THINGS or token.low == "liberation"
    whose = (token.tag in "Pp" and token.low not in PLAIN) or token.low in THINGS | {"liberation"}
    many = whose and tokens[k - 1].low == "the" and behind < len(tokens)
    many = many and (
        token.low not in LAND or tokens[behind].low.endswith("s") or is_plain(tokens[behind].low)
    )  # not "the River Orla"
    named = of_sort(tokens, behind) or (
        many and tokens[behind].tag == "W" and tokens[behind].low not in PLAIN
    )
    if _capital(token) and not token.text.isupper() and _of_whom(tokens, k):
        return True
    return sort and named and _capital(token) and not token.text.isupper()


def _of_whom(tokens: list[Token], k: int) -> bool:
    """Whether "the Sons of the Valley" or "the Federation of Orla" begins: persons or a sort of side, "of" and a name."""
    token = tokens[k]
    whose = token.low in GROUPS - OFFICES if token.low in PLAIN else token.tag == "P"
    if not whose or tokens[k - 1].low != "the" or [t.low for t in tokens[k + 1 : k + 2]] != ["of"]:
        return False
    after = k + 2 + ([t.low for t in tokens[k + 2 : k + 3]] == ["the"])
    if after >= len(tokens) or tokens[after].tag != "W" or _of_office(tokens, after):
        return False
    return _capital(tokens[after]) and tokens[after].low not in PLAIN


def _capital(token: Token) -> bool:
    return token.text[0].isupper()


def _people(token: Token) -> bool:
    """Whether a word names the people of a country."""
    return token.low in ONE_OF or token.low in SOME_OF
