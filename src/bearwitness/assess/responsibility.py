"""Who asserts and who denies what of an event besides its toll: one row a thing said, one cell a party's word.

Nothing is deleted: a denial stands beside the accusation it answers (D2). What a party says of itself is
marked as its own word. The statuses:

    alleged    others accuse it
    claimed    it claims the act
    conceded   accused by others, it accepts responsibility
    denied     somebody denies it, nothing more
    contested  its own denial or claim meets a rival: another party is accused or claims it, or the accusation
               comes from one interested side alone, so that it is one side's word against the other's
    stated     said and not denied (weapons, targets, that it happened)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from .. import parties
from ..record import Assertion, Cell
from .sides import party_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..record import About, Claim
    from .case import Case
    from .sides import Sides
    from .sources import Sources

RowStatus = Literal["alleged", "claimed", "denied", "contested", "conceded", "stated"]
_ORDER: tuple[About, ...] = ("perpetrator", "weapon", "target", "occurred")


class Responsibility(NamedTuple):
    """The matrix, and whether who did it is contested, with the code that says why (empty if not)."""

    rows: tuple[Assertion, ...]
    contested: bool
    why: str


def responsibility(case: Case, sources: Sources, sides: Sides) -> Responsibility:
    """The matrix of ``case`` in a fixed order: perpetrators, weapons, targets, occurrence."""
    accused = _group(list(case.about("perpetrator")), _same_party)
    why = _contested(case, accused, sources, sides)
    rows = [
        Assertion(
            about="perpetrator", value=_value(claims), cells=_cells(claims, sources, sides),
            status=_accusation(case, claims, accused, sources, sides),
        )
        for claims in accused
    ]  # fmt: skip
    for about in _ORDER[1:]:
        for claims in _group(list(case.about(about)), _same_thing):
            value = None if about == "occurred" else _value(claims)
            rows.append(
                Assertion(
                    about=about, value=value, status=_stated(claims), cells=_cells(claims, sources, sides)
                )
            )
    return Responsibility(tuple(rows), bool(why), why)


def _group(claims: list[Claim], same: Callable[[Claim, Claim], bool]) -> list[list[Claim]]:
    """Claims that say the same thing, whatever their stance; groups are chained and ordered by first claim."""
    groups: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda claim: claim.id):
        fits = [group for group in groups if any(same(claim, member) for member in group)]
        merged = [claim, *(member for group in fits for member in group)]
        groups = [group for group in groups if group not in fits] + [merged]
    for group in groups:
        group.sort(key=lambda claim: (claim.report, claim.start, claim.id))
    return sorted(groups, key=lambda group: (-len(group), group[0].id))


def accused_party(claim: Claim) -> parties.Party:
    """The party a perpetrator claim names."""
    return parties.party(claim.value or "")


def _same_party(one: Claim, other: Claim) -> bool:
    return parties.fold(one.value or "") == parties.fold(other.value or "") or parties.same(
        accused_party(one), accused_party(other)
    )


def _same_thing(one: Claim, other: Claim) -> bool:
    """Whether two weapons or targets are one: of one class in the vocabulary, or in the same words."""
    if one.about == "occurred":
        return True
    if one.value_class and other.value_class:
        return parties.fold(one.value_class) == parties.fold(other.value_class)
    mine, theirs = set(parties.tokens(one.value or "")), set(parties.tokens(other.value or ""))
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _value(claims: list[Claim]) -> str | None:
    """What the row is called: the value most claims give, of equal ones the longest."""
    values = [claim.value for claim in claims if claim.value]
    return max(sorted(set(values)), key=lambda value: (values.count(value), len(value))) if values else None


def _cells(claims: list[Claim], sources: Sources, sides: Sides) -> tuple[Cell, ...]:
    """One cell for each origin and stance, those who assert first."""
    found: dict[tuple[str, str, str | None], list[Claim]] = {}
    order = ("asserts", "denies", "doubts")
    for claim in claims:
        voice = None if claim.speaker is None else sources.names[sources.of[claim.id]]
        found.setdefault(
            (str(order.index(claim.stance)), sources.of[claim.id] if voice else "", voice), []
        ).append(claim)
    return tuple(
        Cell(
            speaker=voice, stance=said[0].stance, claims=tuple(claim.id for claim in said),
            own=any(_own(claim, sides) for claim in said),
        )
        for (_, _, voice), said in sorted(found.items(), key=lambda entry: (entry[0][0], entry[0][1]))
    )  # fmt: skip


def _own(claim: Claim, sides: Sides) -> bool:
    """Whether the speaker belongs to the party that the claim is about."""
    if claim.speaker is None or claim.about != "perpetrator":
        return False
    named, speaker = accused_party(claim), party_of(claim.speaker)
    if parties.same(speaker, named):
        return True
    if claim.speaker.role == "party_perpetrator_alleged" and claim.stance == "denies":
        return True
    organ = claim.speaker.role in ("state_authority", "local_official") and named.state and not named.marks
    return bool(organ) and not named.group and named.country is None and sides.of(claim.speaker) == "accused"


def _accusation(
    case: Case, claims: list[Claim], accused: list[list[Claim]], sources: Sources, sides: Sides
) -> RowStatus:
    """The status of one accused party."""
    said = [claim for claim in claims if claim.stance == "asserts"]
    claimed = [claim for claim in said if _own(claim, sides)]
    denied = [claim for claim in claims if claim.stance == "denies"]
    if claimed:
        if len(_claimants(accused, sides)) > 1 or any(_own(claim, sides) for claim in denied):
            return "contested"
        others = len(said) > len(claimed)
        group = any(claim.speaker is not None and claim.speaker.role == "claimant_group" for claim in claimed)
        return "conceded" if others and not group else "claimed"
    own_denial = any(_own(claim, sides) for claim in denied) or _denies_event(case, claims)
    if own_denial and said and (_rivals(claims, accused, sources) or _one_word(said, sides)):
        return "contested"
    if denied or (own_denial and said):
        return "denied"
    return "alleged"


def _denies_event(case: Case, claims: list[Claim]) -> bool:
    """Whether the accused party denies that it happened at all, which denies its part in it too."""
    named = [accused_party(claim) for claim in claims]
    return any(
        claim.stance == "denies" and claim.speaker is not None and any(parties.same(party_of(claim.speaker), party) for party in named)
        for claim in case.about("occurred")
    )  # fmt: skip


def _claimants(accused: list[list[Claim]], sides: Sides) -> list[list[Claim]]:
    """The parties that claim the act for themselves."""
    return [
        claims
        for claims in accused
        if any(claim.stance == "asserts" and _own(claim, sides) for claim in claims)
    ]


def _rivals(claims: list[Claim], accused: list[list[Claim]], sources: Sources) -> bool:
    """Whether somebody else names another party, and not this one beside it."""
    ours = {sources.of[claim.id] for claim in claims if claim.stance == "asserts"}
    for other in accused:
        if other is claims or accused_party(other[0]).generic:
            continue
        theirs = {sources.of[claim.id] for claim in other if claim.stance == "asserts"}
        if theirs and not theirs & ours:
            return True
    return False


def _one_word(said: list[Claim], sides: Sides) -> bool:
    """Whether every accuser with a name is on an interested side: one side's word against the other's."""
    named = [claim for claim in said if claim.speaker is not None]
    return bool(named) and all(sides.of(claim.speaker) in ("victims", "accused") for claim in named)


def _stated(claims: list[Claim]) -> RowStatus:
    stances = {claim.stance for claim in claims}
    if "asserts" not in stances:
        return "denied" if "denies" in stances else "alleged"
    return "contested" if "denies" in stances else "stated"


def _contested(case: Case, accused: list[list[Claim]], sources: Sources, sides: Sides) -> str:
    """Why responsibility is contested (a code of G1), or nothing."""
    if len(_claimants(accused, sides)) > 1:
        return "contested_claims"
    if any(
        _rivals(claims, accused, sources)
        for claims in accused
        if not accused_party(claims[0]).generic and any(claim.stance == "asserts" for claim in claims)
    ):
        return "contested_rivals"
    if any(_accusation(case, claims, accused, sources, sides) == "contested" for claims in accused):
        return "contested_denied"
    if any(claim.stance == "denies" for claim in case.about("occurred")):
        return "contested_occurrence"
    return ""
