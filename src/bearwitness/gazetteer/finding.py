"""All place names in running text, and where they are: not only those where something happened.

A candidate is a run of capitalised words that the gazetteer knows, the longest first. Whether the text means a
place by it is weighed from what stands around it, here and wherever else the text has the name; where that place
is, from all the names of the text together. Adjectives ("Syrian") are names of their country.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from importlib.resources import files
from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.gazetteer import layout
from bearwitness.gazetteer.normalise import key
from bearwitness.gazetteer.places import Context, Entry, Gazetteer
from bearwitness.gazetteer.query import simpler
from bearwitness.gazetteer.ranking import distance, people

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:['’ʼ`](?!s\b|S\b)[^\W\d_]+)*")
_DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{1,20})?,?(?: \w+\.? \d{1,2})?(?: \([A-Z][\w /]+\))? ?(?:--|—|–|-|:) ?(?=[\w\"“])"
)
_BEGINS = re.compile(r"(?:^|[.!?:;|\"“”'‘(\[\n•*–—-])\s*$")
_DATA = tomllib.loads(files(__package__).joinpath("finding.toml").read_text(encoding="utf-8"))


def _set(name: str) -> frozenset[str]:
    return frozenset(_DATA["words"][name].split())


_LEADS, _DIRECTIONS, _KINDS, _FOLK, _SAYING = map(_set, ("leads", "directions", "kinds", "folk", "saying"))
_INSIDE, _ARTICLES, _OPENERS = map(_set, ("inside", "articles", "openers"))
_TITLES = frozenset(vocabulary.load("persons")["titles"]["words"]) - {"deputy"}
_BODIES = frozenset(vocabulary.load("persons")["organisation"]["words"]) | _set("bodies")
_NO_NAMES = _BODIES | _KINDS | _TITLES | _DIRECTIONS | _set("no_names")
REGIONS = {
    name: Entry(0, region["names"][0], "", None, None, region["lat"], region["lon"], 0, "area")
    for region in _DATA["region"]
    for name in region["names"]
}
WEIGHTS = {
    "some": -4.31,
    "lead": 1.81,  # after a preposition
    "of": 1.69,
    "qualified": 0.14,  # "X, Ohio"
    "qualifies": 0.92,  # the Ohio of that
    "kind": 0.89,  # "the town of X", "X County"
    "title": -1.03,  # "Mayor X"
    "capital_before": -0.92,  # "Rob X"
    "person_before": -1.08,  # "John X"
    "capital_after": -1.51,  # "X Jones"
    "body_after": 0.0,  # "X Police Department"
    "saying": -0.98,  # "X said"
    "begins": -0.71,  # first word of a sentence
    "words": 1.52,  # several words
    "country": 5.62,
    "people": 1.2,  # an adjective or a people
    "area": 0.79,
    "size": 5.44,  # people there, from 0 to 1
    "person_word": -1.41,  # also a person's name
    "word_word": 0.69,  # also a word
    "possessive": 0.15,
    "listed": 1.35,  # beside another name and a comma
    "hyphen": 0.63,
    "folk": 1.47,  # "an X man"
    "place_elsewhere": 0.4,  # plainly a place elsewhere in the text
    "person_elsewhere": -1.5,  # plainly a person elsewhere
    "dateline": 3.5,
    "unmatched": 2.21,  # the gazetteer gives no match
    "acronym": -1.09,
    "region": 1.0,
    "close": 1.5,  # near to another place of the text
    "within": 0.5,  # in the same first-level area as one
}
"""What each thing around a name adds to its being meant as a place. Fitted by ``bench/places_fit.py`` on labels
that a model of names gave to reports which may be trained on; those in ``BY_HAND`` there were set by hand.
"""

_PLACE_CUES = ("lead", "kind", "qualified", "qualifies", "dateline")
_PERSON_CUES = ("title", "capital_before", "person_before")
_DOTTED = ("St", "Ste", "Mt", "Ft")
_PLURAL = {"counties": "County", "provinces": "Province", "districts": "District"}
LONGEST = 6
"""The most words of a name."""
GIVEN = 0.95
"""The score of a country named by its adjective, and of a region."""
NEAR = 60.0
"""Kilometres over which nearness to another place of the text fades to a third."""
FIRM = 0.6
"""The score from which a place is firm enough to speak for its neighbours."""
LEAST = 0.4
"""The least chance of being meant as a place with which a name is given."""


class Word(NamedTuple):
    """A word of the text, its characters, and whether it is written like a name."""

    start: int
    end: int
    text: str
    name: bool


class Spoken(NamedTuple):
    """A candidate: its characters, the name to look up ("Fresno, Calif." where the text once says so) and what
    stands around it, by feature name.
    """

    start: int
    end: int
    words: str
    sought: str
    around: dict[str, float]


class Located(NamedTuple):
    """A place name in the text and what it was settled as (``None``: no match), with the score."""

    start: int
    end: int
    words: str
    entry: Entry | None
    score: float


def split(text: str, gazetteer: Gazetteer) -> list[Word]:
    """The words of a text; hyphens part words, a full stop belongs to one the gazetteer has with it ("Calif.")."""
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        said = match[0]
        name = said[0].isupper() or (said in _ARTICLES and text[end : end + 1] == "-")
        dotted = name and text[end : end + 1] == "." and len(said) < 6 and said[-1] != "."
        if dotted and (said in _DOTTED or gazetteer.table.find(key(said + "."), layout.QUALIFIERS)):
            end += 1
            said += "."
        found.append(Word(start, end, said, name))
    return found


def _touch(text: str, a: Word, b: Word, gaps: str = " \n-") -> bool:
    return b.start - a.end == 1 and text[a.end] in gaps


def _longest(text: str, words: list[Word], i: int, gazetteer: Gazetteer) -> int:
    """Where the longest name that begins at word ``i`` ends, 0 if none does."""
    last = i + 1
    ends = []
    while last - i <= LONGEST:
        if words[last - 1].name:
            ends.append(last)
        if last >= len(words) or not _touch(text, words[last - 1], words[last]):
            break
        if not words[last].name and words[last].text not in _INSIDE:
            break
        last += 1
    for last in reversed(ends):
        if last - i > 1 and words[i].text in _OPENERS:
            continue
        said = text[words[i].start : words[last - 1].end]
        if said in REGIONS or gazetteer.country(said) is not None or gazetteer.has(said):
            return last
    return 0


def candidates(text: str, gazetteer: Gazetteer) -> list[Spoken]:
    """The names in a text that the gazetteer knows, with what stands around each."""
    words = split(text, gazetteer)
    spans = []
    i = 0
    while i < len(words):
        last = _longest(text, words, i, gazetteer) if words[i].name else 0
        if last:
            spans.append((i, last))
        i = last or i + 1
    ends = {last: first for first, last in spans}
    firsts = dict(spans)
    kinds = _listed(text, words, spans)
    found = []
    wider: dict[str, set[str]] = defaultdict(set)
    for first, last in spans:
        start, end = words[first].start, words[last - 1].end
        said = text[start:end]
        if said not in REGIONS and gazetteer.country(said) is None and _no_name(words[first:last], gazetteer):
            continue
        around = _around(text, words, first, last, ends, firsts, gazetteer)
        if around.get("qualified"):
            wider[said].add(text[words[last].start : words[firsts[last] - 1].end])
        found.append(Spoken(start, end, said, f"{said} {kinds[first]}" if first in kinds else said, around))
    sure = {said: f"{said}, {next(iter(inside))}" for said, inside in wider.items() if len(inside) == 1}
    return [
        name if name.sought != name.words else name._replace(sought=sure.get(name.words, name.words))
        for name in found
    ]


def _no_name(words: list[Word], gazetteer: Gazetteer) -> bool:
    """Whether words are of grammar, the calendar, or such as make no name even together ("City Council")."""
    if len(words) == 1 and gazetteer.common(key(words[0].text)) == "never":
        return True
    return all(word.text.lower().rstrip(".") in _NO_NAMES for word in words)


def _around(
    text: str,
    words: list[Word],
    first: int,
    last: int,
    ends: dict[int, int],
    firsts: dict[int, int],
    gazetteer: Gazetteer,
) -> dict[str, float]:
    """What stands around the words ``first`` to ``last``; ``ends`` and ``firsts`` are the spans of all names."""
    start, end = words[first].start, words[last - 1].end
    said = text[start:end]
    common = gazetteer.common(key(said))
    begins = start < 2 or bool(_BEGINS.search(text, max(0, start - 4), start))
    around = {
        "some": 1.0,
        "begins": float(begins),
        "words": float(last - first > 1),
        "people": float(gazetteer.people(said)),
        "country": float(gazetteer.country(said) is not None),
        "person_word": float(common == "person"),
        "word_word": float(common == "word"),
        "acronym": float(said.isupper() and len(said) <= 4),
        "possessive": float(text[end : end + 2] in ("'s", "’s")),
        "hyphen": float("-" in (text[end : end + 1], text[start - 1 : start])),
        "kind": float(simpler(key(said))[1] != ""),
        "dateline": float((begins or said.isupper()) and _DATELINE.match(text, end, end + 60) is not None),
    }
    if first and _touch(text, words[first - 1], words[first], " \n"):
        sides = [_before(text, words, first, gazetteer, first in ends)]
    else:
        sides = [_apart(text, words, first, last, ends, gazetteer)] if first else []
    if last < len(words) and _touch(text, words[last - 1], words[last], " \n"):
        sides.append(_after(text, words, last))
    elif last in firsts and text[end : words[last].start] == ", ":
        wider = text[words[last].start : words[firsts[last] - 1].end]
        sides.append({"listed": 1.0, "qualified": float(gazetteer.lies_in(said, wider))})
    for side in sides:
        for cue, value in side.items():
            around[cue] = max(value, around.get(cue, 0.0))
    return around


def _before(text: str, words: list[Word], first: int, gazetteer: Gazetteer, named: bool) -> dict[str, float]:
    """What the words right before say; ``named``: they end a place name."""
    before = words[first - 1]
    low = before.text.lower()
    k = first - 1
    while k and words[k].text.lower() in _DIRECTIONS and _touch(text, words[k - 1], words[k], " \n"):
        k -= 1
    common = gazetteer.common(low)
    initial = before.text.isupper() and len(before.text) < 3 and before.text not in ("A", "I")
    unknown = before.name and not named and low not in _TITLES | _DIRECTIONS
    return {
        "lead": float(words[k].text.lower() in _LEADS),
        "of": float(words[k].text == "of"),
        "kind": float(
            low in _KINDS or (low == "of" and first > 1 and words[first - 2].text.lower() in _KINDS)
        ),
        "title": float(low in _TITLES),
        "person_before": float(common == "person" or (initial and gazetteer.country(before.text) is None)),
        "capital_before": float(unknown and common not in ("never", "word")),
        "saying": float(low in ("said", "says")),
    }


def _apart(
    text: str, words: list[Word], first: int, last: int, ends: dict[int, int], gazetteer: Gazetteer
) -> dict[str, float]:
    """What the word before says across a full stop ("J. X", "Mr. X") or a comma ("Y, X")."""
    before, start = words[first - 1], words[first].start
    gap = text[before.end : start]
    if gap == ". ":
        return {
            "person_before": float(len(before.text) == 1),
            "title": float(before.text.lower() in _TITLES),
        }
    if gap == ", " and first in ends:
        narrower = text[words[ends[first]].start : before.end]
        inside = gazetteer.lies_in(narrower, text[start : words[last - 1].end])
        return {"listed": 1.0, "qualifies": float(inside)}
    return {}


def _after(text: str, words: list[Word], last: int) -> dict[str, float]:
    """What the words right after say."""
    low = words[last].text.lower()
    run = last
    while run < len(words) and words[run].name and _touch(text, words[run - 1], words[run], " \n"):
        run += 1
    body = any(word.text.lower() in _BODIES for word in words[last:run])
    return {
        "body_after": float(body),
        "capital_after": float(words[last].name and not body and low not in _KINDS),
        "kind": float(low in _KINDS),
        "saying": float(low in _SAYING),
        "folk": float(low in _FOLK),
    }


def _listed(text: str, words: list[Word], spans: list[tuple[int, int]]) -> dict[int, str]:
    """By their first words: the names of a list that ends in "counties", with the word for each of them."""
    found: dict[int, str] = {}
    kind, joined = "", -1
    for first, last in reversed(spans):
        following = words[last].text if last < len(words) else ""
        if following in _PLURAL:
            kind = _PLURAL[following]
        elif not (kind and (text[words[last - 1].end : words[joined].start] in (", ", ", and ", " and "))):
            kind = ""
        joined = first
        if kind:
            found[first] = kind
    return found


def weigh(spoken: list[Spoken], gazetteer: Gazetteer, context: Context) -> list[dict[str, float]]:
    """All that speaks for and against each candidate, by the names in ``WEIGHTS``."""
    place: dict[str, float] = defaultdict(float)
    person: dict[str, float] = defaultdict(float)
    for name in spoken:
        place[name.words] += max(name.around.get(cue, 0.0) for cue in _PLACE_CUES)
        person[name.words] += max(name.around.get(cue, 0.0) for cue in _PERSON_CUES)
    ranked = {name.sought: rank(name, gazetteer, context)[:1] for name in spoken}
    firm = [
        entry
        for sought in sorted({name.sought for name in spoken if place[name.words]})
        for entry, score in ranked[sought]
        if score > FIRM and entry.feature != "country" and entry.country
    ]
    settled = {sought: _settled(found, firm) for sought, found in ranked.items()}
    return [
        {
            **name.around,
            **settled[name.sought],
            "region": float(name.words in REGIONS),
            "place_elsewhere": float(place[name.words] > 0),
            "person_elsewhere": person[name.words] / ((place[name.words] + person[name.words]) or 1.0),
        }
        for name in spoken
    ]


def _settled(ranked: list[tuple[Entry, float]], firm: list[Entry]) -> dict[str, float]:
    """What the place that a name is taken for says about it."""
    if not ranked:
        return {"unmatched": 1.0}
    entry = ranked[0][0]
    others = [other for other in firm if other.name != entry.name and other.country == entry.country]
    towns = [other for other in others if other.feature != "adm1"]
    far = min((distance(entry.lat, entry.lon, other.lat, other.lon) for other in towns), default=9999.0)
    return {
        "close": math.exp(-far / NEAR),
        "within": float(any(entry.admin1 and other.admin1 == entry.admin1 for other in others)),
        "size": people(entry.population),
        "area": float(entry.feature in ("adm1", "area")),
    }


def rank(name: Spoken, gazetteer: Gazetteer, context: Context) -> list[tuple[Entry, float]]:
    """What a name may mean, best first; an adjective means its country, and [] is "no match"."""
    if name.words in REGIONS:
        return [(REGIONS[name.words], GIVEN)]
    ranked = gazetteer.rank(name.sought, context)
    code = None if ranked else gazetteer.country(name.words)
    return ranked or ([(gazetteer.entry(gazetteer.table.countries[code]), GIVEN)] if code else [])


def chance(around: dict[str, float]) -> float:
    """The chance that a name is meant as a place, by all that stands around it."""
    return 1 / (1 + math.exp(-sum(WEIGHTS[cue] * value for cue, value in around.items())))


def settle(spoken: Iterable[Spoken], gazetteer: Gazetteer) -> Context:
    """The names of a text settled together; regions that lie in no one country say nothing."""
    return gazetteer.settle([name.sought for name in spoken if name.words not in REGIONS])


def rough(spoken: list[Spoken], gazetteer: Gazetteer) -> Context:
    """A first context, of the names that are not plainly persons'."""
    return settle((n for n in spoken if not any(n.around.get(cue) for cue in _PERSON_CUES)), gazetteer)


def find(text: str, gazetteer: Gazetteer) -> list[Located]:
    """The place names of a text in order, each settled in the light of the others."""
    spoken = candidates(text, gazetteer)
    weighed = weigh(spoken, gazetteer, rough(spoken, gazetteer))
    kept = [name for name, around in zip(spoken, weighed, strict=True) if chance(around) >= LEAST]
    context = settle(kept, gazetteer)
    ranked = {name.sought: rank(name, gazetteer, context)[:1] for name in kept}
    found = []
    for name in kept:
        entry, score = ranked[name.sought][0] if ranked[name.sought] else (None, 0.0)
        found.append(Located(name.start, name.end, name.words, entry, score))
    return found
