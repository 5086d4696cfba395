"""Link: mentions that tell of one event become one incident, with the reasons of every join.

Dates, places and kinds must be compatible and something must distinguish the event besides (standards.md
M2); a few contradictions bar a join for good, and only a person overrules them. The result is a pure
function of what is given and does not depend on its order. The rules are set out in docs/methods.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from .. import review
from ..record import Incident
from .again import enter, leave, resettle
from .beside import NEIGHBOURS, Spot, apart, judged, near, related, reported, spot
from .blocking import Entry, entries
from .clustering import RULE, Edge, Held
from .codes import CODES
from .facts import Fact
from .facts import facts as facts_of
from .incidents import incident
from .memory import Memory, key
from .web import Lean, Web, weave

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ..copies import Copies
    from ..pages import Version
    from ..record import Claim, Judgement, Mention, Report

__all__ = [
    "CODES",
    "NEIGHBOURS",
    "RULE",
    "Edge",
    "Entry",
    "Fact",
    "Held",
    "Lean",
    "Memory",
    "Spot",
    "Web",
    "enter",
    "entries",
    "facts_of",
    "incident",
    "incidents",
    "judged",
    "key",
    "leave",
    "link",
    "near",
    "related",
    "reported",
    "resettle",
    "spot",
    "weave",
]

_DECODER = msgspec.msgpack.Decoder(Incident)


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
    web = weave(facts_of(known.values(), claims, reports, rulings, copies), rulings)
    return list(incidents(web, rulings, lambda held: incident(held, known, reports, versions or {})))


def incidents(
    web: Web, rulings: review.Rulings, draft: Callable[[Held], Incident], spots: list[Spot] | None = None
) -> Iterator[Incident]:
    """The incidents of all mentions, in order of their ids, one after the other. ``draft`` gives the incident of an event without
    what only shows beside others; what it brings in need not be held. ``spots`` takes the place of each among the others."""
    packed: dict[str, bytes] = {}
    of: dict[str, str] = {}
    places = [] if spots is None else spots
    facts = {fact.id: fact for fact in web.facts}
    for held in web.events:
        one = draft(held)
        packed[one.id] = msgspec.msgpack.encode(one)
        of.update(dict.fromkeys(one.mentions, one.id))
        if (place := spot(one, facts)) is not None:
            places.append(place)
    places.sort()
    near = apart(places, facts, of, rulings)
    beside = related(web.facts, of)
    for name in sorted(packed):
        one = _DECODER.decode(packed.pop(name))
        yield msgspec.structs.replace(one, apart=near.get(name, ()), related=beside.get(name, ()))
