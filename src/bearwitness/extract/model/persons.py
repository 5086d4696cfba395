"""One person counted twice by one speaker: by an office and a name, by a name and what he was, or again by a shorter name."""

from __future__ import annotations

import re
from typing import NamedTuple

from bearwitness.extract.drafts import Draft, is_one, said_by
from bearwitness.extract.namesakes import is_plain
from bearwitness.extract.tokens import TITLES

# "Captain Example", "Sample (Abu Example)", "Sample, also known as Don Example"
ALIAS = re.compile(
    r"[\s.]*[\s(\"“]*(?:,?\s*(?:(?:also|better|widely) )?(?:known as|alias|nicknamed)\s+(?:don\s+)?[\"“]?)?",
    re.I,
)
AGE = r"(?:aged? )?\d{1,3}(?: years old)?"
LINK = (
    r"(?:(?!(?:in|to|with|and|or|as|by|on|at|who|for|plus|near|but|died|was|were|is|had|has|when|after|before|hours|days|deaths?|killings?|murders?)\b)"
    r"[\w'’.-]+\s+){0,5}"
)
OF = re.compile(rf"[\s\"”)]*,?\s*(?:{AGE},?\s*)?{LINK}(?:of|from)\s+(?:the\s+|\d+\s+|nearby\s+)?", re.I)
APPOSED = re.compile(rf"[\s\"”)]*,\s*(?:{AGE},\s*)?(?:of [\w .'’-]{{2,40}},\s*)?{LINK}", re.I)
# Behind the second name: of several there would be "were". Of two indefinite nouns the second must stand between commas.
_SINGULAR = r"\s+(?:who\s+)?(?:was|is|has|had|died|suffered|received)\b"
ONE = re.compile(rf"(?:(?!\b(?:and|or|while|were|are|have)\b)[^.;:,]){{0,60}},?{_SINGULAR}", re.I)
ONE_OF_TWO = re.compile(rf"(?:(?!\b(?:and|or|while|who|were|are|have)\b)[^.;:,]){{0,60}},{_SINGULAR}", re.I)
INDEFINITE = re.compile(r"\b(?:an?|one)\s+(?:[\w-]+\s+){0,3}$", re.I)
KNOWN = re.compile(
    r"(?:the|his|her|their|our|its|a (?:second|third|fourth|fifth)|another|one of the)\s[^,]*", re.I
)
ARTICLE = re.compile(r",\s*(?:the|an?)\s")
LISTED = re.compile(r",?\s+(?:and|or)\b")
SUFFIX = frozenset(("jr", "sr", "jr.", "sr.", "ii", "iii"))
ALIKE = 60  # characters apart: nearer by, two like names are of two persons ("Bill Example and his son Bill")
NEAR = 120  # characters from a person to what says who he is

AGED = re.compile(r"\b(\d{1,3})[- ]year[- ]old", re.I)
ANOTHER = re.compile(r"\b(?:another|other|second|third|fourth|fifth|sixth|too|also)\b", re.I)
SHOT = re.compile(r"\b(?:shot|shooting|shoots)\b", re.I)
HURT = re.compile(r"wound|injur|hurt|graz|struck|\bhit\b", re.I)
THE = re.compile(r"\b(?:the|his|her|their)\s+(?:[\w-]+\s+){0,2}$", re.I)
LIVES = re.compile(
    r"[^.;]{0,60}?\b(?:surviv|hospital|coma|critical|stable|recover|expected to live|treated|in the (?:leg|arm|hand|foot|thigh|shoulder))",
    re.I,
)


class _Person(NamedTuple):
    """A claim of one person: the words for him and where they stand, whether they are a name, and who counts him."""

    draft: Draft
    start: int
    end: int
    words: list[str]
    name: bool
    voice: str | None


def counted_again(told: list[Draft], text: str, capitals: bool) -> list[Draft]:
    """Of the claims of one event that count the same harm, those of one person whom the same speaker has counted by other words;
    of the two, the one without his name is given. ``text`` is the report's, ``capitals`` whether it is all in capitals."""
    found = (_person(draft, text, capitals) for draft in told)
    persons = sorted((p for p in found if p is not None), key=lambda p: (p.draft.start, p.draft.end))
    again: list[Draft] = []
    left: list[_Person] = []
    called: dict[str, list[_Person]] = {}
    for later in persons:
        earlier = _beside(left, later, text, capitals) or _called(called, later)
        if earlier is None:
            left.append(later)
            called.setdefault(later.words[-1], []).append(later)
        elif later.name and not earlier.name:
            left[left.index(earlier)] = later
            called.setdefault(later.words[-1], []).append(later)
            again.append(earlier.draft)
        else:
            again.append(later.draft)
    return again


def shot_and_killed(hurt: list[Draft], killed: list[Draft], text: str, capitals: bool) -> list[Draft]:
    """Of one event's ``hurt``, those said to have been shot who are the one that was killed: by his name, or "the boy" after "a boy"."""
    dead: dict[str, list[_Person]] = {}
    for draft in killed:
        person = _person(draft, text, capitals)
        if person is not None:
            dead.setdefault(person.words[-1], []).append(person)
    found = []
    for draft in hurt:
        shot = _person(draft, text, capitals)
        if shot is None or not _shot(text, shot):
            continue
        if any(_same(shot, other, text) for other in dead.get(shot.words[-1], [])):
            found.append(draft)
    return found


def _shot(text: str, person: _Person) -> bool:
    """Whether a claim says no more than that somebody was shot, not that it was another, nor that he lives."""
    words = text[person.draft.start : person.draft.end]
    if not SHOT.search(words) or HURT.search(words) or ANOTHER.search(words):
        return False
    return LIVES.match(text, person.draft.end) is None


def _same(shot: _Person, dead: _Person, text: str) -> bool:
    """Whether who was shot is called as who died is, as somebody known or of the same age."""
    if shot.name:
        return dead.name and (_ends(shot.words, dead.words) or _ends(dead.words, shot.words))
    ages, own = set(AGED.findall(dead.draft.whom or "")), set(AGED.findall(shot.draft.whom or ""))
    if ages and own:
        return ages == own
    return THE.search(text, max(0, shot.start - 30), shot.start) is not None


def _beside(left: list[_Person], later: _Person, text: str, capitals: bool) -> _Person | None:
    """The person told of shortly before, if the later words say who he is."""
    for earlier in reversed(left):
        if later.start - earlier.end >= NEAR:
            return None
        if (
            later.start >= earlier.end
            and earlier.voice == later.voice
            and _apposed(text, earlier, later, capitals)
        ):
            return earlier
    return None


def _called(called: dict[str, list[_Person]], later: _Person) -> _Person | None:
    """The person whose name, or the last words of it, stand again further on: "Sample" after "Ann Sample"."""
    if not later.name:
        return None
    for earlier in called.get(later.words[-1], []):
        far = later.start - earlier.end > ALIKE
        if far and earlier.name and earlier.voice == later.voice and _ends(later.words, earlier.words):
            return earlier
    return None


def _apposed(text: str, first: _Person, second: _Person, capitals: bool) -> bool:
    """Whether the second words say of the first person who he is or where he is from."""
    called, between = text[first.start : first.end], text[first.end : second.start]
    if "\n\n" in between or called.rstrip().lower().endswith((",", " and")):
        return False
    if ALIAS.fullmatch(between):
        return "." not in between or called.lower().endswith(tuple(TITLES))
    if OF.fullmatch(between):
        return True
    if not APPOSED.fullmatch(between):
        return False
    both = INDEFINITE.search(text, max(0, first.start - 40), first.start) and ARTICLE.search(between)
    if (ONE_OF_TWO if both and not first.name else ONE).match(text, second.end):
        return True
    if capitals or first.name == second.name:
        return False
    if second.name:  # "his wife, Ann Sample"
        begin = max(0, text.rfind(".", 0, first.start), first.start - 30)
        return KNOWN.search(text, begin, first.end) is not None
    return ARTICLE.search(between) is not None and LISTED.match(text, second.end) is None


def _person(draft: Draft, text: str, capitals: bool) -> _Person | None:
    """One person whom a claim counts, if the claim's own words name him."""
    if not draft.whom or not is_one(draft):
        return None
    start = text.rfind(draft.whom, draft.start, draft.end)
    words = _words(draft.whom)
    if start < 0 or not words:
        return None
    name = _is_name(draft.whom, capitals)
    return _Person(draft, start, start + len(draft.whom), words, name, said_by(draft))


def _ends(short: list[str], long: list[str]) -> bool:
    return long[-len(short) :] == short


def _words(name: str) -> list[str]:
    found = [re.sub(r"['’]s$", "", word.lower()) for word in re.findall(r"[\w.'’-]+", name)]
    return [word for word in found if word not in SUFFIX]


def _is_name(words: str, capitals: bool) -> bool:
    """Whether the words are a person's name and no office; in a text in capitals no word of plain English ends one."""
    last = words.rsplit(maxsplit=1)[-1]
    if not last[:1].isupper() or last.lower() in TITLES:
        return False
    return not capitals or not is_plain(last.lower())
