"""Who is meant: whether two phrases name one party, one institution, one speaker.

A party is a state, an armed group or a kind of actor, told from the words alone and, where the vocabulary
knows it, the country in them. Nothing here decides who is right.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from . import vocabulary

if TYPE_CHECKING:
    from .record import Speaker

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?\b")
STEM = 5  # letters two names must share from the start: Norland, Norlandish
ENDING = 4  # letters they may differ by at the end
_VAGUE = frozenset(
    {"unknown", "unidentified", "armed", "masked", "suspected", "alleged", "the", "a", "an", "of", "some"}
)
_SMALL = frozenset(
    {"the", "of", "a", "an", "for", "to", "and", "in", "at", "from", "his", "her", "its", "their"}
)
_PARTICLES = frozenset(
    {
        "al",
        "bin",
        "ibn",
        "bint",
        "abu",
        "de",
        "da",
        "del",
        "della",
        "di",
        "dos",
        "van",
        "von",
        "der",
        "den",
        "el",
        "la",
        "le",
    }
)


@cache
def listed(name: str) -> frozenset[str]:
    """The words of list ``name`` in ``vocabulary/parties.toml``."""
    return frozenset(fold(word) for word in vocabulary.load("parties")[name])


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """``text`` in lower case without accents and possessives."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _POSSESSIVE.sub("", plain)


@lru_cache(maxsize=65536)
def tokens(text: str) -> tuple[str, ...]:
    """The words of ``text``, folded, in order."""
    return tuple(word.replace(".", "") for word in _WORD.findall(fold(text)))


class Party(NamedTuple):
    """What a phrase says of a party. ``marks`` are the words that tell it from others; ``state`` is whether
    it is a state or its organ, ``None`` if the words do not say."""

    words: frozenset[str]
    marks: frozenset[str]
    country: str | None
    group: str | None
    state: bool | None

    @property
    def generic(self) -> bool:
        """Whether it names nobody in particular ("gunmen")."""
        return not (self.marks or self.country or self.group)


@cache
def _countries() -> dict[tuple[str, ...], str]:
    """Codes by the names of countries, and by the short names of their forces ("IDF")."""
    return _country_names() | {tokens(name): code for name, (_, code) in _actors().items() if code}


@cache
def _groups() -> dict[tuple[str, ...], str]:
    return {tokens(name): known for name, (known, code) in _actors().items() if not code}


@cache
def _actors() -> dict[str, tuple[str, str | None]]:
    """By each short name, the vocabulary's name, and the country if that is an organ of a state."""
    found: dict[str, tuple[str, str | None]] = {}
    for name, known in vocabulary.load("actors").get("names", {}).items():
        words = tokens(known)
        countries = _find(words, _country_names()) if listed("organs") & set(words) else {}
        found[name] = (known, next(iter(countries)) if len(countries) == 1 else None)
    return found


@cache
def _country_names() -> dict[tuple[str, ...], str]:
    names: dict[tuple[str, ...], str] = {}
    for code, entry in vocabulary.load("countries").items():
        if "name" not in entry:  # a list of words, not a country
            continue
        said = (
            entry["name"],
            *(name for field in ("also", "people", "parts") for name in entry.get(field, ())),
        )
        for key in map(tokens, said):
            # Two letters are as often an ordinary word as a country; "car" mostly is one.
            if len("".join(key)) > 2 and key != ("car",):
                names.setdefault(key, code)
    return names


def _find(words: tuple[str, ...], table: dict[tuple[str, ...], str]) -> dict[str, set[str]]:
    """What of ``table`` stands in ``words`` (longest first) and the words it took."""
    found: dict[str, set[str]] = {}
    at = 0
    while at < len(words):
        for size in range(min(5, len(words) - at), 0, -1):
            value = table.get(words[at : at + size])
            if value is not None:
                found.setdefault(value, set()).update(words[at : at + size])
                at += size
                break
        else:
            at += 1
    return found


@lru_cache(maxsize=65536)
def party(text: str, country: str | None = None, *, non_state: bool = False) -> Party:
    """The party that ``text`` names. ``country`` (ISO 3166 alpha-2) is what is known from elsewhere."""
    words = tokens(text)
    countries = _find(words, _countries())
    groups = _find(words, _groups())
    own = next(iter(countries)) if len(countries) == 1 else None
    group = min(groups) if groups else None
    taken = set().union(*countries.values(), *groups.values())
    dull = listed("generic") | listed("non_state") | listed("posts")
    marks = frozenset(word for word in words if word not in dull and word not in taken)
    state: bool | None = None
    if non_state or group or any(word in listed("non_state") for word in words):
        state = False
    elif own or any(word in listed("organs") for word in words):
        state = True
    return Party(frozenset(words), marks, own or country, group, state)


def _kin(one: str, other: str) -> bool:
    """Whether two words are forms of one name: equal, or alike but for a short ending."""
    if one == other:
        return True
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= STEM and max(len(one), len(other)) - shared <= ENDING


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of words share a form of a name."""
    return bool(one & other) or any(_kin(a, b) for a in one for b in other)


@lru_cache(maxsize=65536)
def same(one: Party, other: Party) -> bool:
    """Whether two phrases name one party. A state's organs are one party; its rebels are another."""
    if one.group or other.group:
        return one.group == other.group
    if one.state is not None and other.state is not None and one.state != other.state:
        return False
    if one.country and other.country:
        if one.country != other.country:
            return False
        if one.state and other.state:
            return True
    if one.generic or other.generic:
        return one.generic and other.generic and one.words - _VAGUE == other.words - _VAGUE
    if one.marks and other.marks:
        return alike(one.marks, other.marks)
    return bool(one.country) and one.country == other.country and one.words == other.words


def is_person(words: str) -> bool:
    """Whether ``words`` look like one person's name: two words or more, each with a capital but for the small
    words inside names, and not all of them posts ("Deputy Director") or words for anybody."""
    parts = words.split()
    if len(parts) < 2 or not (_capital(parts[0]) and _capital(parts[-1])):
        return False
    if not all(_capital(part) or part in _PARTICLES for part in parts):
        return False
    return not set(tokens(words)) <= listed("posts") | listed("generic") | listed("demographic")


def _capital(word: str) -> bool:
    """Whether a word begins with a capital of any alphabet, after a small "al-" or the like if it has one."""
    return word[0].isupper() or (word[2:3] == "-" and word[3:4].isupper())


def of_speaker(speaker: Speaker) -> Party:
    """The party a speaker belongs to by the words alone."""
    words = " ".join(part for part in (speaker.organisation, speaker.name) if part)
    found = party(words, speaker.country, non_state=speaker.role == "claimant_group")
    return found._replace(words=found.words - listed("posts"))


def institution(speaker: Speaker) -> frozenset[str]:
    """The words that name the speaker's institution, the speaker's own post left out."""
    named = tokens(speaker.organisation or speaker.name)
    kept = frozenset(named) - listed("posts") - _SMALL
    return kept or frozenset(named)


def one_voice(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two institutions (or names) are one: equal, or the shorter form of one is in the other."""
    if one == other:
        return True
    small, large = sorted((one, other), key=lambda words: (len(words), sorted(words)))
    return bool(small) and small < large and (len(small) > 1 or not small <= listed("generic"))
