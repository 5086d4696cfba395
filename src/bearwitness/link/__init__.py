"""Link: mentions that tell of one event become one incident, with the reasons of every join.

Dates, places and kinds must be compatible and something must distinguish the event besides (standards.md
M2); a few contradictions bar a join for good, and only a person overrules them. The result is a pure
function of what is given and does not depend on its order. The rules are set out in docs/methods.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from .. import review
from .beside import apart, related
from .blocking import candidates
from .clustering import RULE, cluster
from .codes import CODES
from .facts import facts as facts_of
from .incidents import incident

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..copies import Copies
    from ..pages import Version
    from ..record import Claim, Incident, Judgement, Mention, Report

__all__ = ["CODES", "RULE", "link"]


def link(
    mentions: Iterable[Mention],
    claims: Mapping[str, Sequence[Claim]],
    reports: Mapping[str, Report],
    judgements: Sequence[Judgement] = (),
    versions: Mapping[str, Version] | None = None,
    copies: Copies | None = None,
) -> list[Incident]:
    """The incidents that ``mentions`` tell of, every mention in exactly one, in order of their ids.

    ``claims`` are by mention id, ``reports`` by report id, and so are ``versions``, for editions of pages that had
    several: what an incident is said to be goes by the last that tells of it. Judgements bind: *same* joins whatever the rules
    say, *different* keeps apart whatever the rules say (``review.apply`` says what holds if both are said).
    ``copies`` are those among the reports; if they are not given, they are looked for.
    """
    known = {mention.id: mention for mention in mentions}
    rulings = review.apply((claim for key in sorted(claims) for claim in claims[key]), judgements)
    facts = facts_of(known.values(), claims, reports, rulings, copies)
    clusters = cluster(facts, candidates(facts), rulings)
    incidents = sorted(
        (incident(held, known, reports, versions or {}) for held in clusters), key=lambda held: held.id
    )
    of = {name: held.id for held in incidents for name in held.mentions}
    by_name = {fact.id: fact for fact in facts}
    near = apart(incidents, by_name, of, rulings)
    beside = related(facts, of)
    return [
        msgspec.structs.replace(held, apart=tuple(near.get(held.id, ())), related=beside.get(held.id, ()))
        for held in incidents
    ]
