"""The form in which a reading leaves the program: one JSON object a document.

Event ids (``e1``, ``e2``, ...) are local to the document, in order of first mention, and claims refer to them.
Counts carry ``low``, ``high``, ``whom``, ``group`` and ``part_of``; perpetrator, weapon, target and occurred
carry ``value`` in their place. ``start`` and ``end`` are code points of the text as read, whose digest is
``text_sha256``; for a plain text file that is the file's own text. A consumer may rely on every field named
here and must pass over fields it does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bearwitness.credit import credits
from bearwitness.record import COUNTS, Claim, Mention, Problem, Reading, Report

if TYPE_CHECKING:
    from collections.abc import Iterable


def reading_json(report: Report, reading: Reading) -> dict[str, Any]:
    """One report and what was read from it, as a JSON object of plain values, fields in a fixed order."""
    mentions = sorted(reading.mentions, key=lambda mention: (mention.start, mention.end, mention.id))
    local = {mention.id: f"e{number}" for number, mention in enumerate(mentions, start=1)}
    claims = sorted(reading.claims, key=lambda claim: (claim.start, claim.end, claim.about, claim.id))

    def told(claim: Claim) -> dict[str, Any]:
        return claim_json(local[claim.mention], claim) | {"page": report.page(claim.start)}

    return {
        "doc": report.source,
        "title": report.title,
        "outlet": report.outlet,
        "published": report.published,
        "language": report.language,
        "text_sha256": report.text_sha256,
        "events": [event_json(local[mention.id], mention) for mention in mentions],
        "claims": [told(claim) for claim in claims if not claim.proposed],
        "proposed": [told(claim) for claim in claims if claim.proposed],
        "left_out": [{"start": part.start, "end": part.end, "why": part.why} for part in report.left_out],
        "pages": list(report.pages or ()),
        "parts": [
            {"start": part.start, "end": part.end, "published": part.published, "title": part.title}
            for part in report.parts or ()
        ],
        "passages": [
            {"start": one.start, "end": one.end, "kind": one.kind, "by": one.by, "said": one.said}
            for one in report.passages or ()
        ],
        "credits": [
            {"agency": one.agency, "whole": one.whole, "start": one.start, "end": one.end}
            for one in credits(report)
        ],
        "problems": problems_json((*report.problems, *reading.problems)),
    }


def event_json(event_id: str, mention: Mention) -> dict[str, Any]:
    """One mention under its local id; ``place`` is as written, ``place_name`` as the gazetteer names it."""
    place = mention.place
    return {
        "id": event_id,
        "kind": mention.kind,
        "status": mention.status,
        "date": mention.date,
        "date_words": mention.date_words,
        "place": place.words if place else None,
        "site": mention.site,
        "country": mention.country,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geonameid": place.geonameid if place else None,
        "place_precision": place.precision if place else None,
        "place_name": place.name if place else None,
        "background": mention.background,
        "developing": mention.developing,
        "date_confidence": mention.date_confidence,
        "place_confidence": mention.place_confidence,
        "anchor": mention.anchor,
        "start": mention.start,
        "end": mention.end,
    }


def claim_json(event_id: str, claim: Claim) -> dict[str, Any]:
    """One claim about the event ``event_id``; ``speaker`` null is the outlet's own voice."""
    said: dict[str, Any] = {"event": event_id, "about": claim.about}
    if claim.about in COUNTS:
        said |= {
            "low": claim.low,
            "high": claim.high,
            "whom": claim.whom,
            "group": claim.group,
            "part_of": claim.part_of,
        }
    else:
        said |= {"value": claim.value, "value_class": claim.value_class}
    speaker = claim.speaker
    return said | {
        "speaker": speaker.words if speaker else None,
        "speaker_role": speaker.role if speaker else None,
        "speaker_full": speaker.full if speaker else None,
        "via": list(claim.via),
        "stance": claim.stance,
        "hedged": claim.hedged,
        "confidence": claim.confidence,
        "speaker_confidence": claim.speaker_confidence,
        "quote": claim.words,
        "start": claim.start,
        "end": claim.end,
    }


def problems_json(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Each problem once, in the order met, as an object of code, where and sentence."""
    return [
        {"code": problem.code, "where": problem.where, "sentence": problem.sentence}
        for problem in dict.fromkeys(problems)
    ]
