"""Where claims first came from (standards S1 to S5): origins are counted, not pages.

Two claims have one origin if one institution makes them, whoever speaks for it; if their outlets' own words
stand in copied texts, in a passage that one text has of the other, in editions of one page, in texts credited to one
agency, or in texts of one outlet; or if one report quotes the outlet that the other is. A claim with no speaker has its
text as its origin and confirms nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from .. import parties
from ..credit import credits, other_names
from ..record import COUNTS, Origin

if TYPE_CHECKING:
    from ..record import Claim
    from .case import Case
    from .sides import Sides

Independence = Literal["established", "not_established", "dependent"]
Node = tuple[str, ...]
LAST = "9999"
"""Sorts reports whose day is not known behind the others."""
_OFFICIAL = frozenset({"state_authority", "local_official"})


class Sources(NamedTuple):
    """``of`` gives each claim's origin key, ``names`` an origin's name, ``origins`` all of them."""

    of: dict[str, str]
    names: dict[str, str]
    origins: tuple[Origin, ...]


class _Groups:
    """Nodes joined into groups; the smallest node names the group."""

    def __init__(self) -> None:
        self.head: dict[Node, Node] = {}

    def find(self, node: Node) -> Node:
        self.head.setdefault(node, node)
        while self.head[node] != node:
            node = self.head[node]
        return node

    def join(self, one: Node, other: Node) -> None:
        a, b = sorted((self.find(one), self.find(other)))
        self.head[b] = a


def _voice(words: frozenset[str]) -> Node:
    return ("voice", *sorted(words))


def sources(case: Case) -> Sources:
    """The origins of all claims of ``case``, in order of their keys."""
    groups = _Groups()
    voices = {parties.institution(claim.speaker) for claim in case.claims if claim.speaker is not None}
    for key in case.reports:
        if key in case.copies.heads:
            groups.join(("text", key), ("text", case.copies.heads[key]))
    first: dict[str, str] = {}
    for key, version in sorted(case.versions.items()):  # however much a page was rewritten, it is one text
        groups.join(("text", first.setdefault(version.page, key)), ("text", key))
    agencies = {
        key: one.agency for key, report in case.reports.items() for one in credits(report) if one.whole
    }
    outlets = {key: by for key, report in case.reports.items() if (by := agencies.get(key) or report.outlet)}
    for key, by in outlets.items():
        voices.add(_words(by))
        groups.join(("text", key), _voice(_words(by)))
    for by in set(outlets.values()):
        for also in map(_words, other_names(by)):
            if also in voices:
                groups.join(_voice(_words(by)), _voice(also))
    _join_voices(voices, groups)
    nodes = {claim.id: groups.find(_node(claim, case)) for claim in case.claims}
    members: dict[Node, list[Claim]] = {}
    for claim in (claim for claim in case.claims if claim.report not in case.replaced):
        members.setdefault(nodes[claim.id], []).append(claim)
    names = {_key(node): _name(case, claims, agencies) for node, claims in members.items()}
    origins = tuple(
        Origin(
            key=_key(node),
            name=names[_key(node)],
            claims=tuple(claim.id for claim in members[node]),
            reports=tuple(sorted({claim.report for claim in members[node]})),
        )
        for node in sorted(members)
    )
    return Sources({claim: _key(node) for claim, node in nodes.items()}, names, origins)


def _words(name: str) -> frozenset[str]:
    return frozenset(parties.tokens(name)) - {"the"}


def _join_voices(voices: set[frozenset[str]], groups: _Groups) -> None:
    """Join a short form of a name to its longer ones, unless it could be short for two that differ.

    Longer names come first, so that forms of one name ("the regional hospital of X", "a doctor at the X
    hospital") are together by the time the bare word ("the hospital") asks whose it is.
    """
    ordered = sorted(voices, key=lambda voice: (-len(voice), sorted(voice)))
    for voice in ordered:
        longer = [other for other in ordered if voice < other]
        sure = len(voice) > 1 and not voice <= parties.listed("generic")
        if sure or len({groups.find(_voice(other)) for other in longer}) == 1:
            for other in longer:
                groups.join(_voice(voice), _voice(other))


def _node(claim: Claim, case: Case) -> Node:
    if claim.speaker is None:
        return ("text", _carrier(claim, case))
    return _voice(parties.institution(claim.speaker))


def _carrier(claim: Claim, case: Case) -> str:
    """The report that says it first: the claim's own, or the first that has the passage in which it stands."""
    others = (
        other
        for other, part in case.copies.passages.get(claim.report, ())
        if part.start <= claim.start and claim.end <= part.end and other in case.reports
    )
    return min((claim.report, *others), key=lambda key: (case.reports[key].published or LAST, key))


def _key(node: Node) -> str:
    return f"{node[0]}:{' '.join(node[1:])}"


def _name(case: Case, claims: list[Claim], agencies: dict[str, str]) -> str:
    """Who it is: the one who speaks, the institution if several speak for it, the agency or outlet if only its own
    voice does."""
    speakers = [claim.speaker for claim in claims if claim.speaker is not None]
    if speakers:
        said = {speaker.name for speaker in speakers}
        named = {speaker.organisation for speaker in speakers if speaker.organisation}
        return max(sorted(named if len(said) > 1 and named else said), key=len)
    first = {_carrier(claim, case) for claim in claims}
    return min((agencies[key] for key in first if key in agencies), default="") or min(
        map(case.outlet, first)
    )


def bloc(claim: Claim, sources: Sources, sides: Sides) -> str | None:
    """What a claim counts as when independent words are counted: its side if interested, its state if it is
    an official's, its origin otherwise; ``None`` for an outlet's own voice, which confirms nothing."""
    if claim.speaker is None:
        return None
    side = sides.of(claim.speaker)
    if side in ("accused", "victims"):
        return side
    if claim.speaker.role in _OFFICIAL:
        return f"state {claim.speaker.country or sides.home}"
    return sources.of[claim.id]


def independence(case: Case, sources: Sources, sides: Sides) -> tuple[Independence, str]:
    """Whether independent origins report the harm (S5), and a sentence that says why."""
    counts = [
        claim
        for claim in case.about(*COUNTS)
        if claim.stance == "asserts" and not claim.part_of and claim.group != "attacker"
    ]
    deaths = [claim for claim in counts if claim.about == "killed"]
    said = deaths or counts or [claim for claim in case.live if claim.stance == "asserts"]
    what = "figure" if counts else "claim"
    named = [claim for claim in said if claim.speaker is not None]
    reports = {claim.report for claim in said}
    if not said:
        return "not_established", "Nothing is asserted of it."
    if not named:
        if len(reports) > 1 and len({sources.of[claim.id] for claim in said}) == 1:
            return "dependent", f"{len(reports)} reports give one text; no {what} has a named source."
        return "not_established", f"No {what} has a named source."
    blocs: dict[str | None, str] = {}
    for claim in named:
        blocs.setdefault(bloc(claim, sources, sides), sources.names[sources.of[claim.id]])
    origins = {sources.of[claim.id] for claim in named}
    listed = ", ".join(sorted({sources.names[key] for key in origins}))
    if len(blocs) > 1:
        return "established", f"Independent of each other: {', '.join(sorted(blocs.values()))}."
    if len(origins) == 1 and len(reports) > 1:
        return "dependent", f"{len(reports)} reports, but every {what} goes back to one origin: {listed}."
    if blocs.keys() <= {"accused", "victims"}:
        side = sides.of(named[0].speaker)
        whose = "the accused's" if side == "accused" else "the victims'"
        return (
            "not_established",
            f"Every {what} with a named source comes from one party's officials, on {whose} side: {listed}.",
        )
    return (
        "not_established",
        f"Every {what} with a named source comes from one origin or one state: {listed}.",
    )
