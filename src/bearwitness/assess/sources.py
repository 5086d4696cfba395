"""Where claims first came from (standards S1 to S5): origins are counted, not pages.

Two claims have one origin if one institution makes them, whoever speaks for it; if their outlets' own words
stand in copied texts, in a passage that one text has of the other, in editions of one page, in texts credited to one
agency, or in texts of one outlet; or if one report quotes the outlet that the other is. A claim with no speaker has its
text as its origin and confirms nothing; nor does an outlet that another cites and whose own report is at hand, since what
it rests on is seen there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .. import parties
from ..record import COUNTS, Independence, Origin
from .tracing import PRESS, Joined, Node, carrier, office, person, trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..record import Claim, Speaker
    from .case import Case
    from .sides import Sides

_OFFICIAL = frozenset({"state_authority", "local_official"})
_BYSTANDING = frozenset({"witness", "unknown"})
UNNAMED = "unnamed bystanders"
"""What bystanders without a name count as: nothing tells those of one report from those of another."""


class Sources(NamedTuple):
    """``of`` gives each claim's origin key, ``names`` an origin's name, ``origins`` all of them; ``joins`` are why texts
    are one, ``cited`` the claims of outlets that others cite and whose own reports are at hand, and ``unnamed`` the origins
    of those who saw something and have no name."""

    of: dict[str, str]
    names: dict[str, str]
    origins: tuple[Origin, ...]
    joins: tuple[Joined, ...] = ()
    cited: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()


def sources(case: Case) -> Sources:
    """The origins of all claims of ``case``, in order of their keys."""
    traced = trace(case)
    members: dict[Node, list[Claim]] = {}
    for claim in (claim for claim in case.claims if claim.report not in case.replaced):
        members.setdefault(traced.node[claim.id], []).append(claim)
    names = {_key(node): _name(case, claims, traced.agencies) for node, claims in members.items()}
    origins = tuple(
        Origin(
            key=_key(node),
            name=names[_key(node)],
            claims=tuple(claim.id for claim in members[node]),
            reports=tuple(sorted({claim.report for claim in members[node]})),
        )
        for node in sorted(members)
    )
    cited = frozenset(
        claim.id
        for claim in case.claims
        if traced.node[claim.id] in traced.here
        and claim.speaker is not None
        and (is_press(claim.speaker) or claim.speaker.role == "unknown")  # an outlet of which no list knows
    )
    of = {claim: _key(node) for claim, node in traced.node.items()}
    spoken = {key: [one.speaker for one in said if one.speaker is not None] for key, said in _by(of, case)}
    unnamed = frozenset(key for key, said in spoken.items() if said and all(map(_bystander, said)))
    return Sources(of, names, origins, traced.joins, cited, unnamed)


def _by(of: dict[str, str], case: Case) -> Iterator[tuple[str, list[Claim]]]:
    """The claims of each origin."""
    found: dict[str, list[Claim]] = {}
    for claim in case.claims:
        found.setdefault(of[claim.id], []).append(claim)
    yield from found.items()


def _bystander(speaker: Speaker) -> bool:
    """Whether a speaker is somebody who was there and has no name ("residents", "several witnesses"). A hospital, the police
    or rescuers are an institution also where no more than that is said of them."""
    words = parties.institution(speaker)
    known = parties.listed("bystanders") | parties.listed("generic") | parties.listed("several")
    return speaker.role in _BYSTANDING and bool(words) and words <= known


def is_press(speaker: Speaker | None) -> bool:
    """Whether a speaker is an outlet or an agency, and no person who saw something."""
    return speaker is not None and speaker.role == PRESS and person(speaker) is None


def _key(node: Node) -> str:
    return f"{node[0]}:{' '.join(node[1:])}"


def _name(case: Case, claims: list[Claim], agencies: dict[str, str]) -> str:
    """Who it is: the one who speaks, the institution if several speak for it, the agency or outlet if only its own
    voice does."""
    speakers = [claim.speaker for claim in claims if claim.speaker is not None]
    if speakers:
        said = {speaker.name for speaker in speakers}
        bodies = {speaker.name for speaker in speakers if person(speaker) is None}
        named = {speaker.organisation for speaker in speakers if speaker.organisation} - (said - bodies)
        offices = {office(speaker) for speaker in speakers}
        return max(sorted((named or bodies or offices) if len(said) > 1 else said), key=len)
    first = {carrier(claim, case) for claim in claims}
    return min((agencies[key] for key in first if key in agencies), default="") or min(
        map(case.outlet, first)
    )


def bloc(claim: Claim, sources: Sources, sides: Sides) -> str | None:
    """What a claim counts as when independent words are counted: its side if interested, its state if it is
    an official's, its origin otherwise; ``None`` for an outlet's own voice, which confirms nothing."""
    if claim.speaker is None or claim.id in sources.cited:
        return None
    side = sides.of(claim.speaker)
    if side in ("accused", "victims"):
        return side
    if claim.speaker.role in _OFFICIAL:
        return f"state {claim.speaker.country or sides.home}"
    return UNNAMED if sources.of[claim.id] in sources.unnamed else sources.of[claim.id]


def observers(said: Sequence[Claim], sources: Sources, sides: Sides) -> dict[str, str]:
    """By claim id the same for what can be seen: persons of one institution that is on no side are each one who saw it
    (S3), and what it says without a person adds none to them."""
    counted = {claim.id: key for claim in said if (key := bloc(claim, sources, sides)) is not None}
    seen: dict[str, set[str]] = {}
    for claim in said:
        who = person(claim.speaker) if claim.speaker is not None else None
        if who and counted.get(claim.id) == sources.of[claim.id]:
            seen.setdefault(sources.of[claim.id], set()).add(who)
    found = {}
    for claim in said:
        if (key := counted.get(claim.id)) is None:
            continue
        among = seen.get(key, set())
        who = person(claim.speaker) if claim.speaker is not None else None
        found[claim.id] = f"{key} {who or min(among)}" if among else key
    return found


def independence(case: Case, sources: Sources, sides: Sides) -> tuple[Independence, str]:
    """Whether independent origins report the harm (S5), and a sentence that says why."""
    told = told_of_it(case, sources, sides)
    counts = [
        claim for claim in told if claim.about in COUNTS and not claim.part_of and claim.group != "attacker"
    ]
    deaths = [claim for claim in counts if claim.about == "killed"]
    said = deaths or counts or told
    return stands(said, "figure" if counts else "claim", sources, sides)


def told_of_it(case: Case, sources: Sources, sides: Sides) -> list[Claim]:
    """What is asserted of the incident by those whose word can bear it out: an accused that denies it, or that anybody but
    fighters was harmed, does not do so by what it tells besides, unless it counts civilians harmed itself."""
    denying = {
        sources.of[claim.id]
        for claim in case.about("perpetrator", "occurred", *COUNTS)
        if sides.of(claim.speaker) == "accused" and (claim.stance == "denies" or sides.counts_nobody(claim))
    }
    return [
        claim
        for claim in case.live
        if claim.stance == "asserts" and (sources.of[claim.id] not in denying or sides.concedes(claim))
    ]


def stands(
    said: Sequence[Claim],
    what: str,
    sources: Sources,
    sides: Sides,
    count: Mapping[str, str] | None = None,
) -> tuple[Independence, str]:
    """Whether the claims ``said``, each a ``what``, come from independent origins; ``count`` is what each counts as, if not
    its ``bloc``."""
    named = [claim for claim in said if claim.speaker is not None and claim.id not in sources.cited]
    reports = {claim.report for claim in said}
    if not said:
        return "not_established", "Nothing is asserted of it."
    if not named:
        if len(reports) > 1 and len({sources.of[claim.id] for claim in said}) == 1:
            return "dependent", f"{len(reports)} reports give one text; no {what} has a named source."
        return "not_established", f"No {what} has a named source."
    blocs: dict[str, str] = {}
    for claim in named:
        counted = bloc(claim, sources, sides) if count is None else count.get(claim.id)
        if counted is not None:
            blocs.setdefault(counted, _counted_as(claim, counted, sources))
    origins = {sources.of[claim.id] for claim in named}
    listed = ", ".join(sorted({sources.names[key] for key in origins}))
    if len(blocs) > 1:
        return "established", f"Independent of each other: {', '.join(sorted(blocs.values()))}."
    if len(origins) == 1 and len(reports) > 1:
        return "dependent", f"{len(reports)} reports, but every {what} goes back to one origin: {listed}."
    if blocs and blocs.keys() <= {"accused", "victims"}:
        side = sides.of(named[0].speaker)
        whose = "the accused's" if side == "accused" else "the victims'"
        return (
            "not_established",
            f"Every {what} with a named source comes from one party's officials, on {whose} side: {listed}.",
        )
    if blocs.keys() == {UNNAMED} and len(origins) > 1:
        return (
            "not_established",
            f"Every {what} comes from people without a name, who may be the same ones: {listed}.",
        )
    return (
        "not_established",
        f"Every {what} with a named source comes from one origin or one state: {listed}.",
    )


def _counted_as(claim: Claim, counted: str, sources: Sources) -> str:
    """Whom to name for a bloc: the origin, or the person where persons are counted."""
    origin = sources.of[claim.id]
    seen = counted.startswith(f"{origin} ")
    return claim.speaker.name if seen and claim.speaker is not None else sources.names[origin]
