"""What a reader of the published pages may see: the profile, and the names that it keeps back.

Names of private victims, witnesses and relatives are withheld unless the profile includes them. The rule
lives here alone and is used for every page, feed and file: a name the reader recognised as a victim's
(a claim's ``whom`` about one person, in capitals) or as a witness's or relative's (a speaker of that role)
is replaced wherever it stands, in quotations and in the report's own text too. A name that the reader did
not recognise is not known to be one and may still stand in a report's text; the pages say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from bearwitness.record import Claim, Speaker

WITHHELD = "[name withheld]"
PRIVATE_ROLES = frozenset({"witness", "victim_family"})
ROLE_INSTEAD = {"witness": "a witness", "victim_family": "a relative of a victim"}

# Two or more words in capitals side by side, with the small words that stand inside names.
_NAME = re.compile(
    r"[^\W\d_a-z][\w'’.-]*(?:\s+(?:(?:al|bin|ibn|bint|de|da|del|van|von|der|el|ould|abu|umm|la)\s+)*"
    r"[^\W\d_a-z][\w'’-]*)+"
)
# Capitals that tell an institution or a people, not a person.
_NOT_A_PERSON = frozenset(
    "army armed authority brigade committee corps council defence defense department force forces front group "
    "guard guards islamic jihad liberation militia ministry movement national nations northern office party "
    "police red republic security service southern state states union united eastern western".split()
)


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
        full = speaker.full or speaker.words
        hidden = self.hide(full)
        return ROLE_INSTEAD.get(speaker.role, "a person") + " (name withheld)" if WITHHELD in hidden else full


def _private(claim: Claim) -> set[str]:
    found: set[str] = set()
    if claim.whom and claim.high in (None, 1) and claim.low in (None, 1):
        found.update(_persons(claim.whom))
    speaker = claim.speaker
    if speaker is not None and speaker.role in PRIVATE_ROLES:
        found.update(_persons(speaker.words))
        found.update(_persons(speaker.full or ""))
    # A family name alone stands for the same person in later sentences.
    return found | {name.split()[-1] for name in found if len(name.split()[-1]) > 2}


def _persons(words: str) -> set[str]:
    names = (match.group() for match in _NAME.finditer(words))
    return {name for name in names if not _NOT_A_PERSON & set(name.lower().split())}
