"""What a reader of the published pages may see: the profile, and the names that it keeps back.

Names of private victims, witnesses and relatives are withheld unless the profile includes them. The rule
lives here alone and is used for every page, feed and file: a name the reader recognised as a victim's
(a claim's ``whom`` about one person, in capitals) or as a witness's or relative's (a speaker of that role)
is replaced wherever it stands, in quotations and in the report's own text too. A name that the reader did
not recognise is not known to be one and may still stand in a report's text; the pages say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from bearwitness import vocabulary

if TYPE_CHECKING:
    from bearwitness.record import Claim, Speaker

WITHHELD = "[name withheld]"
PRIVATE_ROLES = frozenset({"witness", "victim_family"})
ROLE_INSTEAD = {"witness": "a witness", "victim_family": "a relative of a victim"}

# Words in capitals side by side, with the small words that stand inside names.
_PARTICLE = r"(?:al|bin|ibn|bint|de|da|del|della|di|van|von|der|den|el|ould|abu|umm|la|le)"
_WORD = r"(?:(?:al|el|as|an|ar|ad|ash|at|az)[-‐])?[^\W\d_a-zß-öø-ÿ][\w'’‐-]*"
_RUN = re.compile(rf"(?<!\w){_WORD}(?:[ \t\n]+(?:{_PARTICLE}[ \t\n]+)*{_WORD})*")
_NEXT = re.compile(r"\s+(\w+)")


@cache
def _not_names() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words of organisations, words before a name (titles, peoples, countries), and nouns for persons."""
    persons, countries = vocabulary.load("persons"), vocabulary.load("countries")
    before = {"a", "an", "the", "one", "another", *persons["titles"]["words"]}
    for found in countries.values():
        if "name" in found:
            peoples = found.get("people", [])
            before.update(word.lower() for word in (found["name"], *found.get("also", ()), *peoples))
            before.update(f"{word.lower()}s" for word in peoples)
    nouns: set[str] = set()
    for group in ("civilian", "combatant", "police", "attacker"):
        words = persons[group]
        nouns.update(words["nouns"], words["irregular"].values(), words["collective"])
        nouns.update(word + ending for word in words["nouns"] for ending in ("s", "es"))
    return frozenset(persons["organisation"]["words"]), frozenset(before), frozenset(nouns)


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What may be shown.

    ``include_names``: show private persons' names. ``full_text``: show the whole of each report; otherwise only
    the paragraphs that hold a claim. The default shows the whole text, since the default site is for the
    machine it is made on; set ``full_text=False`` before putting a site where others can read it, unless the
    reports' owners allow more. ``decimals``: decimal places left in coordinates (2 is about a kilometre).
    """

    include_names: bool = False
    full_text: bool = True
    decimals: int = 2


class Names:
    """The names to keep back in one set of claims, and how to keep them back."""

    def __init__(self, claims: Iterable[Claim], profile: Profile, also: Iterable[str] = ()) -> None:
        found = set(also)
        if not profile.include_names:
            for claim in claims:
                found.update(_private(claim))
        self.names: tuple[str, ...] = tuple(sorted(found, key=lambda name: (-len(name), name)))
        pattern = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in self.names)
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if pattern else None

    def __bool__(self) -> bool:
        return bool(self.names)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where withheld names stand in ``text``."""
        return [match.span() for match in self._pattern.finditer(text)] if self._pattern else []

    def hide(self, text: str) -> str:
        """``text`` with each withheld name replaced by ``[name withheld]``."""
        return self._pattern.sub(WITHHELD, text) if self._pattern else text

    def whom(self, claim: Claim) -> str:
        """Whom a count is about, in words that may be shown."""
        whom = claim.whom or ""
        hidden = self.hide(whom)
        return "a named person" if hidden == WITHHELD else hidden

    def speaker(self, speaker: Speaker) -> str:
        """The fullest form of a speaker's name that may be shown."""
        hidden = self.hide(speaker.name)
        return (
            ROLE_INSTEAD.get(speaker.role, "a person") + " (name withheld)" if WITHHELD in hidden else hidden
        )


def _private(claim: Claim) -> set[str]:
    found: set[str] = set()
    if claim.whom and claim.high in (None, 1) and claim.low in (None, 1):
        found.update(persons(claim.whom))
    speaker = claim.speaker
    if speaker is not None and speaker.role in PRIVATE_ROLES:
        found.update(persons(speaker.words))
        found.update(persons(speaker.full or ""))
    return {form for name in found for form in _forms(name)}


def _forms(name: str) -> Iterator[str]:
    """A name and its endings: a family name alone stands for the same person in later sentences."""
    parts = name.split()
    for start in range(len(parts)):
        form = " ".join(parts[start:])
        if start == 0 or (len(form) > 3 and not form.islower()):
            yield form


def persons(words: str) -> set[str]:
    """The names of persons in a few words about one person, without titles, peoples and institutions."""
    organisation, before, nouns = _not_names()
    found = set()
    for match in _RUN.finditer(words):
        parts = match.group().split()
        while parts and (parts[0].lower().rstrip(".") in before or parts[0].lower() in nouns):
            del parts[0]
        after = _NEXT.match(words, match.end())
        lowered = [part.lower() for part in parts]
        plain = not parts or " ".join(lowered) in before | nouns or lowered[-1] in nouns
        if plain or organisation & set(lowered):
            continue
        # "Gaza City resident", "Crescent volunteer": the capitals only say of where or what.
        if after is not None and after[1] in nouns:
            continue
        # One capital at the start may only begin a sentence: "A man", "Three people".
        if len(parts) == 1 and (len(words.split()) > 1 and match.start() == 0 and after is not None):
            continue
        found.add(" ".join(parts))
    return found
