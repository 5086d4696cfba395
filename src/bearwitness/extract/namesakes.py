"""Places whose names stand here for a person or a side: "Chen" in "Chen Orlanka", "Lake" in "the Lake Guard".

What a gazetteer of the world holds is full of family names and plain words ("Hill", "Tide"). Where such a word is only
a part of a longer name, and no preposition says that something is there, it is no place; nor is it where the report
calls a person so in short.
"""

from __future__ import annotations

from collections.abc import Iterator

from bearwitness import vocabulary
from bearwitness.extract.dates import MONTHS, WEEKDAYS
from bearwitness.extract.people import Persons
from bearwitness.extract.places import ADMIN, COMPASS, LOCATIVE, PARTS, SITES, Named
from bearwitness.extract.places import WORDS as SORTS
from bearwitness.extract.tokens import ONE_OF, ORGANISATION, SOME_OF, TITLES, Token
from bearwitness.extract.tokens import is_given as is_month_given

CALENDAR = frozenset(("i", *MONTHS, *WEEKDAYS, *"mon tue tues wed thu thur thurs fri sat sun".split()))
# What sides call themselves: behind a name, a part of it.
GROUPS = frozenset(
    """alliance army assembly battalion brigade brigades brotherhood coalition command committee committees congress corps council
    division federation force forces front group guard guards league liberation militia movement organisation organization
    party regiment society team union""".split()
)
ARMED = frozenset(
    """army battalion brigade brigades command corps division force forces front guard guards militia regiment""".split()
)
WITHIN = frozenset("de del della la las los al el bin ibn ben van von der da dos du ul ur".split())  # a name
# "The Gulf of Orla" is a stretch of land or water, "the Sons of Orla" a side.
LAND = frozenset(
    """basin bay beach bank banks cape coast delta desert falls forest gulf heights hill hills horn island islands isle isles
    lake lakes mountain mountains north south east west peninsula plain plains plateau port river rock sea shore shores
    strait straits strip triangle valley valleys""".split()
)
# Behind a town's name these make it the name of something in it, or an office of it.
BESIDE = (ORGANISATION | TITLES | SITES | SORTS | ADMIN.keys() | CALENDAR) - GROUPS


def is_plain(low: str) -> bool:
    """Whether a word, or a part of it, is a word of plain English or a form of one."""
    known = vocabulary.plain_words()
    return any(
        part in known
        or any(part.removesuffix(end) in known for end in ("s", "es", "d", "ed", "ing", "ly", "er", "ers"))
        for part in low.replace("/", "-").split("-")
    )


def titled(tokens: list[Token]) -> bool:
    """Whether most words of a headline are written with a capital."""
    words = [t for t in tokens if t.text[0].isalpha()]
    return sum(t.text[0].isupper() for t in words) > 0.6 * len(words)


def places_only(tokens: list[Token], named: list[Named], capitals: bool) -> list[Named]:
    """The places of a sentence without those that are a part of a person's or a side's name."""
    return [place for place in named if not _part(tokens, place, capitals)]


def families(tokens: list[Token], items: list[Token | Persons]) -> Iterator[str]:
    """The last words of the names of persons in a sentence, which may stand for them in short."""
    for item in items:
        if isinstance(item, Persons) and item.kind == "F" and item.whom is not None:
            words = [t for t in tokens[item.first : item.last] if t.start >= item.whom[0]]
            if len(words) > 1:
                yield words[-1].low


def led(tokens: list[Token], place: Named) -> bool:
    """Whether the sentence says that something is at the place."""
    return place.lead == "dateline" or _led(tokens, place.first)


def in_short(tokens: list[Token], place: Named, names: set[str]) -> bool:
    """Whether a place's word stands for a person of that name."""
    if place.country is not None or place.last - place.first > 1:
        return False
    return tokens[place.first].low in names and not led(tokens, place)


def is_given(tokens: list[Token], k: int) -> bool:
    """Whether a country's name is here a person's ("Jordan Sample"): a word that is no plain one and no office stands
    behind it, and no preposition before it."""
    if tokens[k + 1 : k + 2] == [] or tokens[k].low in ONE_OF or tokens[k].low in SOME_OF:
        return False
    after = tokens[k + 1]
    if (
        after.tag != "W"
        or not after.text[0].isupper()
        or after.text.isupper()
        or after.low in BESIDE | GROUPS
    ):
        return False
    apart = after.start != tokens[k].end + 1 or after.low in ONE_OF or after.low in SOME_OF
    before = tokens[k - 1].low if k else ""
    tied = before in LOCATIVE or before in ("of", "from", "to", "for", "with", "by", "against", "the")
    return not apart and not tied and not is_plain(after.low)


def _part(tokens: list[Token], place: Named, capitals: bool) -> bool:
    if place.lead == "dateline":
        return False
    if place.country is not None:
        return not capitals and place.last == place.first + 1 and is_given(tokens, place.first)
    last = place.last
    while (after := _over(tokens, last)) < len(tokens) and _of_name(tokens, after, capitals):
        last = after + 1
        if [t.tag for t in tokens[last : last + 1]] == ["'"] and of_sort(tokens, last + 1):
            last += 2  # "the Red Peasants' Committee"
    first = place.first
    while (before := _back(tokens, first)) >= 0 and _of_name(tokens, before, capitals):
        first = before
    inside = range(place.first, place.last)
    others = [tokens[k] for k in range(first, last) if k not in inside and tokens[k].low not in WITHIN]
    if of_sort(tokens, last - 1) and last > place.last:
        return True  # "the Lake Guard"
    if _of_group(tokens, first):
        return True  # "the People's Guard of Norland"
    if _of_things(tokens, first, last):
        return True  # "the Swords", a town elsewhere
    following = tokens[last : last + 1]
    if not others or (following and following[0].low in BESIDE and following[0].text[0].isupper()):
        return False
    if place.last == last and _behind_article(tokens, first, last):
        return True  # "blamed on the Northern Orla"
    if _led(tokens, first):
        return False
    return any(not is_plain(t.low) for t in others) or all(is_plain(tokens[k].low) for k in inside)


def _over(tokens: list[Token], last: int) -> int:
    """Where a name goes on behind words that stand within names."""
    after = last
    while after < len(tokens) and tokens[after].low in WITHIN:
        after += 1
    return after


def _back(tokens: list[Token], first: int) -> int:
    before = first - 1
    while before >= 0 and tokens[before].low in WITHIN and not tokens[before].text[0].isupper():
        before -= 1
    return before


def _of_name(tokens: list[Token], k: int, capitals: bool) -> bool:
    """Whether a word can be a part of a name beside the place's own."""
    token = tokens[k]
    if is_month_given(tokens, k):
        return True
    if not token.text[0].isupper() or token.low in BESIDE or token.low in ONE_OF or token.low in SOME_OF:
        return False
    if token.low in GROUPS:
        return True
    if capitals:
        return token.tag in "wW" and not is_plain(token.low)
    return token.tag in "WPp" and (k > 0 or not is_plain(token.low))


def of_sort(tokens: list[Token], k: int, sorts: frozenset[str] = GROUPS) -> bool:
    """Whether a word is one that sides call themselves, with a capital."""
    return k < len(tokens) and tokens[k].low in sorts and tokens[k].text[0].isupper()


def _of_group(tokens: list[Token], first: int) -> bool:
    """Whether "of" and the name of a side's sort stand before."""
    k = first - 1
    k -= k > 0 and tokens[k].low == "the"
    return k > 0 and tokens[k].low == "of" and of_sort(tokens, k - 1)


def _behind_article(tokens: list[Token], first: int, last: int) -> bool:
    """Whether "the" stands before a name, no preposition of place before that, and nothing of land or an office behind."""
    if not first or tokens[first - 1].low != "the" or tokens[first].low in COMPASS:
        return False
    there = first > 1 and tokens[first - 2].low in LOCATIVE - {"on"}
    return not there and [t.low in BESIDE | LAND for t in tokens[last : last + 1]] != [True]


def _of_things(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a name is one plain word behind "the", and nothing behind it says that it is a place."""
    if last != first + 1 or not first or tokens[first - 1].low != "the":
        return False
    many = tokens[first].low.endswith("s") and [t.low for t in tokens[last : last + 1]] == ["of"]
    if not many and not is_plain(tokens[first].low):
        return False
    return tokens[first].low not in LAND and [t.low in BESIDE for t in tokens[last : last + 1]] != [True]


def _led(tokens: list[Token], first: int) -> bool:
    """Whether a preposition right before the name says that something is there ("in West Orla", "the town of Orla")."""
    k = first - 1
    while k >= 0:
        token = tokens[k]
        if token.low in LOCATIVE:
            return True
        if token.low == "of" and k and tokens[k - 1].low in PARTS | COMPASS:
            return True
        if token.tag not in "tawWq'" or token.low in TITLES:
            return False
        k -= 1
    return False
