"""What a party does in a claim: alleges, claims, concedes, denies, doubts, or says that it will not say; and what a denial
is of (standards D1 to D3)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from .. import vocabulary
from ..record import COUNTS

if TYPE_CHECKING:
    from ..record import Claim, Denied, Word
    from .case import Case
    from .sides import Sides

AFTER = 120  # characters of the sentence looked at behind the words of a claim
_END = re.compile(r"[.!?…]['\"”’)]*(?:\s|$)|[;\n]|,? (?:but|while|whereas|although) ")
_OWN_PART: frozenset[Denied] = frozenset({"responsibility", "location", "occurrence"})


class Speech(NamedTuple):
    """What a claim does, and of what it is a denial, if it is one."""

    word: Word
    denied: tuple[Denied, ...] = ()

    @property
    def own_part(self) -> bool:
        """Whether it denies having done it, having been there, or that it happened: any of these denies the accusation."""
        return bool(_OWN_PART & set(self.denied))


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in vocabulary.load("speech")[name]["patterns"])


def _says(name: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in _patterns(name))


def speech(claim: Claim, case: Case, sides: Sides, *, own: bool = False, accused: bool = False) -> Speech:
    """What ``claim`` does. ``own`` is whether a party speaks of itself, ``accused`` whether others say it of that party."""
    if claim.stance != "asserts":
        told = _told(claim, case)
        if claim.stance == "denies" and (_says("denial", told) or not _silence(told)):
            return Speech("denies", _of(claim, told))
        return Speech(_silence(told) or "doubts")
    if claim.about in COUNTS:
        return _counted(claim, sides)
    if claim.about != "perpetrator":
        return Speech("asserts")
    if not own:
        return Speech("alleges")
    group = claim.speaker is not None and claim.speaker.role == "claimant_group"
    return Speech("concedes" if accused and not group else "claims")


def accepts(claim: Claim, case: Case) -> bool:
    """Whether a party's word of its own deed accepts responsibility, and does not merely tell of an act of war and no harm."""
    told = _told(claim, case)
    group = claim.speaker is not None and claim.speaker.role == "claimant_group"
    return group or _says("accepts", told) or not _says("act", told)


def _counted(claim: Claim, sides: Sides) -> Speech:
    """The accused side counts nobody, or fighters, where it answers others; or it counts civilians, and so concedes them."""
    if sides.counts_nobody(claim):
        return Speech("denies", ("toll",))
    if sides.of(claim.speaker) == "accused":
        if claim.group == "combatant":
            return Speech("denies", ("civilian_status",))
        if sides.concedes(claim):
            return Speech("concedes")
    return Speech("asserts")


def _told(claim: Claim, case: Case) -> str:
    """The words of a claim and what follows them in its clause, in lower case."""
    report = case.reports.get(claim.report)
    if report is None:
        return claim.words.casefold()
    after = report.text[claim.end : claim.end + AFTER]
    end = _END.search(after)
    return (claim.words + (after[: end.start()] if end else after)).casefold()


def _silence(told: str) -> Word | None:
    if _says("no_comment", told):
        return "no_comment"
    return "under_investigation" if _says("under_investigation", told) else None


def _of(claim: Claim, told: str) -> tuple[Denied, ...]:
    """What a denial is of. To deny having aimed at civilians denies no part in the deed."""
    if claim.about in COUNTS:
        return ("civilian_status",) if _says("civilian_status", told) else ("toll",)
    if claim.about == "occurred":
        return ("occurrence",)
    if claim.about == "weapon":
        return ("weapon",)
    civilians = _says("civilian_status", told)
    if claim.about == "target":
        return ("civilian_status",) if civilians else ("target",)
    if civilians:
        return ("civilian_status",)
    return ("responsibility", "location") if _says("location", told) else ("responsibility",)
