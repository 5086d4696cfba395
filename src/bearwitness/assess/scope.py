"""Who is counted: all who were harmed, or some of them, who are told by what they were (standards T1, T5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .. import parties

if TYPE_CHECKING:
    from ..record import Claim
    from .figures import Aside, Figure

_OF_THEM = re.compile(r"\bof the (?:dead|killed|victims|bodies|casualties|wounded|injured)\b", re.IGNORECASE)


def of_all(current: list[Figure], aside: Aside, *, forces: bool) -> list[Figure]:
    """The figures in force that count all, as far as such are told; those for some of them are set aside, whoever gives them: an
    accused army's count of fighters too is of another group than others' of people (T5). ``forces``: police or fighters died too, so
    that who counts civilians counts some."""
    kept = []
    for figure in current:
        if any(_wider(other, figure) for other in current):
            aside += [(claim, "narrower_scope") for claim in figure.claims]
        else:
            kept.append(figure)
    some: list[Figure] = []
    broad: list[Figure] = []
    for figure in kept:
        partly = _some(figure) or figure.narrow or (forces and _civilians(figure))
        (some if partly else broad).append(figure)
    for figure in some:
        if any(_more(other, figure) for other in broad if not (figure.narrow and other.narrow)):
            kept.remove(figure)
            aside += [(claim, "some_of_all") for claim in figure.claims]
    return kept


def _wider(whole: Figure, figure: Figure) -> bool:
    """Whether one origin's figure for soldiers or police stands beside its larger one for all."""
    return whole.origin == figure.origin and figure.narrow and not whole.narrow and figure.top <= whole.top


def _some(figure: Figure) -> bool:
    """Whether it counts persons told by name, kinship, age or sex, one person by what that one was, or some "of the dead": it
    tells of them and not of how many there were in all, whoever gives that."""
    return all(_of_some(claim) for claim in figure.claims)


def _civilians(figure: Figure) -> bool:
    """Whether it counts civilians in so many words."""
    return all(
        bool({"civilian", "civilians"} & set(parties.tokens(claim.whom or ""))) for claim in figure.claims
    )


def _of_some(claim: Claim) -> bool:
    words = parties.tokens(claim.whom or "")
    if claim.low == claim.high == 1 and parties.listed("besides") & set(words):
        return True
    if claim.about == "killed" and words[-1:] == ("others",):  # "he killed seven others", besides somebody
        return True
    if _OF_THEM.search(claim.words):  # "three of the dead were officers"
        return True
    if not words or words[-1] in parties.listed("wholes") | parties.listed("anybody"):
        return False
    kin = any(word in parties.listed("kin") for word in words) and not any(
        word in parties.listed("households") for word in words
    )
    return is_named(claim) or demographic(claim) or kin or claim.low == claim.high == 1


def _more(whole: Figure, figure: Figure) -> bool:
    """Whether a figure for people at large counts more than one for some of them."""
    return not whole.casualties and whole.top > figure.top


def is_named(claim: Claim) -> bool:
    """Whether the claim counts one person by name."""
    return claim.low == claim.high == 1 and parties.is_person(claim.whom or "")


def demographic(claim: Claim) -> bool:
    words = parties.tokens(claim.whom or "")
    return bool(words) and words[-1] in parties.listed("demographic")
