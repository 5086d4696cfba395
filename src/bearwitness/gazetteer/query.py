"""A place as a text writes it, taken apart: the name, what qualifies it, and what kind of place it says it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from bearwitness.gazetteer.normalise import key, possessor

_KINDS = {
    "city": "town", "town": "town", "village": "town", "municipality": "town", "settlement": "town",
    "camp": "neighbourhood", "neighborhood": "neighbourhood", "neighbourhood": "neighbourhood", "suburb": "neighbourhood",
    "refugee camp": "neighbourhood", "quarter": "neighbourhood", "area": "",
    "province": "adm1", "governorate": "adm1", "oblast": "adm1", "region": "adm1", "state": "adm1", "department": "adm1",
    "prefecture": "adm1", "territory": "adm1", "krai": "adm1", "county": "adm2", "district": "adm2", "rayon": "adm2",
    "subdistrict": "adm2", "division": "adm2",
}  # fmt: skip
_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_AFTER = re.compile(rf"^(?P<name>.+) (?P<kind>{_KIND})$")
_BEFORE = re.compile(rf"^(?:the )?(?P<kind>{_KIND}) (?:of )?(?P<name>.+)$")
_WHERE = re.compile(
    r"^(?:(?:the|(?:north|south)?(?:east|west)?(?:north|south)?(?:ern)?|central|downtown|greater|rural|inner|outer|"
    r"upper|lower|occupied|near|outside|around|in|at) )+(?P<name>.+)$"
)
_DOTTED = re.compile(r"^(?:[A-Z][A-Za-z]*\.\s?)+[A-Z]?$")


class Asked(NamedTuple):
    """``first`` is what stands before a comma, ``full`` its key, ``name`` that without the word for its kind.

    ``kind`` is the feature the words name ("province": adm1) or ""; ``dotted`` is an abbreviation ("Calif.").
    """

    first: str
    full: str
    name: str
    kind: str
    qualifiers: tuple[str, ...]
    dotted: bool


def simpler(name: str) -> tuple[str, str]:
    """A key without the word for what it is ("kunduz province": "kunduz", "adm1"); unchanged where none."""
    for pattern in (_AFTER, _BEFORE):
        found = pattern.match(name)
        if found:
            return found["name"], _KINDS[found["kind"]]
    return name, ""


def placeless(name: str) -> str:
    """A key without words of direction ("eastern ukraine": "ukraine"); unchanged where none."""
    found = _WHERE.match(name)
    return found["name"] if found else name


@lru_cache(maxsize=4096)  # one name is asked for in several ways, one after the other
def ask(words: str) -> Asked:
    """Take apart what a text says: "Fresno, Calif." is "fresno" qualified by "Calif."."""
    first, *rest = [part.strip() for part in words.split(",")]
    full = key(first)
    name, kind = simpler(full)
    qualifiers = tuple(part for part in rest if key(part))
    return Asked(first, full, name, kind, qualifiers, bool(_DOTTED.match(first)))


@lru_cache(maxsize=4096)
def forms(words: str) -> tuple[str, ...]:
    """The keys to try for words as written: as they stand, without "the", without a possessive ending."""
    found = [key(words), key(possessor(words.strip()))]
    found += [name[4:] for name in found if name.startswith("the ")]
    return tuple(name for name in dict.fromkeys(found) if name)
