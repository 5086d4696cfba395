"""How many of a toll were civilians, fighters, police, children, women, men: parts that are never counted twice.

Parts come from what was told as a part ("12 people, including three children") and from the figure behind best itself
("two soldiers and three farmers"). Within one report of one origin different people are added, a word for all children
swallows those for boys and girls, and one part told twice counts once; figures of different origins are a range, never
a sum. What the parts leave of the whole is unknown; if they exceed it, that is said (T10, T11).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from .. import parties
from ..record import Share

if TYPE_CHECKING:
    from ..record import About, Claim
    from .figures import Figure
    from .ground import Ground
    from .terms import Terms

Standing = Literal["civilian", "combatant", "police"]
People = Literal["children", "women", "men"]
STANDINGS: tuple[Standing, ...] = ("civilian", "combatant", "police")
PEOPLE: tuple[People, ...] = ("children", "women", "men")
_HARMED = frozenset(
    {"wounded", "injured", "hurt", "missing", "hospitalised", "hospitalized", "killed", "more"}
)
Bounds = tuple[int | None, int | None, int | None]


class _Told(NamedTuple):
    """How many of one kind an origin tells of in one report, and the claims."""

    origin: str
    number: int
    claims: tuple[str, ...]


def shares(
    ground: Ground, about: About, current: list[Figure], rests: tuple[str, ...], bounds: Bounds, terms: Terms
) -> tuple[tuple[Share, ...], set[str]]:
    """The parts of a toll whose best figure ``rests`` on these claims, and reasons where they do not fit the whole."""
    told = [
        claim
        for claim in ground.case.about(about)
        if claim.stance == "asserts" and claim.low is not None and claim.high is not None
    ]
    behind = [figure for figure in current if any(claim.id in rests for claim in figure.claims)]
    origins = {figure.origin for figure in behind}
    parts = [claim for claim in told if claim.part_of]
    standing = [claim for claim in parts if _people(claim) is None]
    found: list[Share] = []
    for kind in STANDINGS:
        of_kind = [claim for claim in standing if claim.group == kind and _is_said(ground, claim)]
        found += _share(kind, _by_report(ground, of_kind), origins)
    # Civilians among people who are all taken for civilians tell nothing new of the others.
    if {share.of for share in found} <= {"civilian"}:
        own = _own(behind)
        found = own if own or not found else found
    apart = [claim for claim in told if claim.group == "attacker" and about != "detained"]
    attackers = _share("attacker", _by_report(ground, apart), origins)
    within = found + (attackers if terms.attackers else [])
    people: list[Share] = []
    for one in PEOPLE:
        wholes = [claim for figure in behind for claim in figure.claims]
        of_people = [claim for claim in (*parts, *wholes) if _people(claim) == one and claim.low is not None]
        people += _share(one, _by_report(ground, list(dict.fromkeys(of_people))), origins)
    rest, exceeding = _rest(within, bounds)
    top = bounds[2]
    if top is not None and any(share.best > top for share in people):
        exceeding.add("parts_exceed_total")
    return (*found, *attackers, *rest, *people), exceeding


def _is_said(ground: Ground, part: Claim) -> bool:
    """Whether the words for a part say what those counted were, or a person does: "civilian" is what the reader takes people
    for of whom nothing is said ("two of the wounded died"), and that is no word for what the others were not."""
    if part.group != "civilian" or "group" in _corrected(ground, part):
        return True
    words = parties.tokens(part.whom or "")
    if {"civilian", "civilians"} & set(words):
        return True
    return bool(words) and words[-1] not in parties.listed("wholes") | parties.listed("anybody") | _HARMED


def _corrected(ground: Ground, claim: Claim) -> dict[str, str | int | bool | None]:
    judgement = ground.case.rulings.corrections.get(claim.id)
    return judgement.correction if judgement is not None and claim.id in ground.case.rulings.corrected else {}


def _rest(within: list[Share], bounds: Bounds) -> tuple[list[Share], set[str]]:
    """What the parts by standing leave of the whole, and whether they exceed it."""
    low, best, high = bounds
    whole = best if best is not None else high
    told = sum(share.best for share in within)
    if whole is None or not within:
        return [], set()
    if told > whole:
        return [], {"parts_exceed_total"}
    if best is None or told == best:
        return [], set()
    least = max(0, (low or 0) - sum(share.high for share in within))
    most = max(best - told, (high or 0) - sum(share.low for share in within))
    left = best - told
    return [Share(of="unknown", low=min(least, left), best=left, high=most)], set()


def _own(behind: list[Figure]) -> list[Share]:
    """What the figure behind best says itself: all of one group, or groups named one by one and added."""
    numbers: dict[Standing, list[int]] = {}
    claims: dict[Standing, list[str]] = {}
    for figure in behind:
        for kind in STANDINGS:
            mine = [claim for claim in figure.claims if claim.group == kind]
            if not mine:
                continue
            single = figure.how in (None, "attackers_taken_out")
            count = figure.value if single else sum(claim.low or 0 for claim in mine)
            numbers.setdefault(kind, []).append(count)
            claims.setdefault(kind, []).extend(claim.id for claim in mine)
    found = []
    for kind, values in numbers.items():
        # Where equal figures are told of different groups, none of them is the group of all.
        best = min(values) if len(values) == len(behind) else 0
        if best:
            found.append(
                Share(
                    of=kind, low=min(best, *values), best=best, high=max(values), claims=tuple(claims[kind])
                )
            )
    return found


def _by_report(ground: Ground, claims: list[Claim]) -> list[_Told]:
    """What each origin tells in each report: different people added, the same people once."""
    grouped: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        origin = ground.sources.of[claim.id]
        grouped.setdefault((origin, claim.report, claim.mention), []).append(claim)
    found = []
    for (origin, _, _), said in sorted(grouped.items()):
        every: dict[tuple[str, ...], Claim] = {}
        for claim in said:
            key = parties.tokens(claim.whom or "")
            if key not in every or (claim.low or 0) > (every[key].low or 0):
                every[key] = claim
        general = [
            claim.low or 0 for key, claim in every.items() if key and key[-1] in parties.listed("children")
        ]
        some = sum(
            claim.low or 0
            for key, claim in every.items()
            if key and key[-1] in parties.listed("some_children")
        )
        rest = sum(
            claim.low or 0
            for key, claim in every.items()
            if not key or key[-1] not in parties.listed("children") | parties.listed("some_children")
        )
        number = rest + (max(*general, some) if general else some)
        found.append(_Told(origin, number, tuple(claim.id for claim in said)))
    return found


def _share(
    of: Literal["civilian", "combatant", "police", "attacker", "children", "women", "men"],
    told: list[_Told],
    origins: set[str],
) -> list[Share]:
    """From the least to the most that is told; best is what the origins behind the whole say, else the most common."""
    if not told:
        return []
    ours = [one.number for one in told if one.origin in origins]
    votes = Counter(ours or [one.number for one in told])
    most = max(votes.values())
    best = min(number for number, count in votes.items() if count == most)
    claims = tuple(dict.fromkeys(name for one in told for name in one.claims))
    numbers = [one.number for one in told]
    return [Share(of=of, low=min(numbers), best=best, high=max(numbers), claims=claims)]


def _people(claim: Claim) -> People | None:
    """Children, women or men, by the last word for those counted."""
    words = parties.tokens(claim.whom or "")
    if not words:
        return None
    if words[-1] in parties.listed("children") | parties.listed("some_children"):
        return "children"
    if words[-1] in parties.listed("women"):
        return "women"
    return "men" if words[-1] in parties.listed("men") else None
