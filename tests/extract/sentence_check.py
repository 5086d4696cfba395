"""Hold readings against ``sentences.toml``: what is missing, what is too much, which event facts are wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bearwitness import extract
from bearwitness.gazetteer import Gazetteer
from bearwitness.record import COUNTS, Claim, Mention, Reading, Report, digest

SENTENCES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8")
)["sentence"]


@cache
def gazetteer() -> Gazetteer:
    """The packaged gazetteer, opened once."""
    return Gazetteer.open()


def read(sentence: dict[str, Any]) -> Reading:
    """The reading of one entry of the table."""
    text, published = sentence["text"], sentence.get("published")
    report = Report(
        capture="sentence",
        reader="sentence",
        source="sentence",
        text=text,
        text_sha256=digest(text.encode()),
        language="en",
        published=published,
        published_basis="given" if published else None,
    )
    return extract.by_rules(report, gazetteer())


def wrong(sentence: dict[str, Any], reading: Reading) -> Iterator[str]:
    """What is wrong with the reading of one entry; nothing if it is right."""
    left = list(reading.claims)
    for wanted in sentence["expect"]:
        found = next((claim for claim in left if fits(wanted, claim)), None)
        if found is None:
            yield f"missing {wanted}"
        else:
            left.remove(found)
    quiet = sentence["group"] == "negative"
    for claim in left:
        if quiet or claim.about in COUNTS:
            yield f"too much {said(claim)}"
    mentions = sorted(reading.mentions, key=lambda mention: mention.start)
    if quiet and mentions:
        yield f"event {mentions[0].anchor!r}"
    for number, facts in enumerate(sentence.get("expect_events", ())):
        if number < len(mentions):
            yield from wrong_event(facts, mentions[number])
        else:
            yield f"no event {facts}"


def fits(wanted: dict[str, Any], claim: Claim) -> bool:
    """Whether ``claim`` is the claim that an entry asks for."""
    defaults = {"low": None, "high": None, "stance": "asserts", "part_of": False, "hedged": False}
    if any(getattr(claim, key) != wanted.get(key, default) for key, default in defaults.items()):
        return False
    if (
        claim.about != wanted["about"]
        or wanted.get("value", "").casefold() not in (claim.value or "").casefold()
    ):
        return False
    speaker = claim.speaker
    if "speaker" not in wanted or speaker is None:
        return "speaker" not in wanted and speaker is None
    if "via" in wanted and wanted["via"] != list(claim.via):
        return False
    return any(
        wanted["speaker"].casefold() in name.casefold() for name in (speaker.words, speaker.full or "")
    )


def wrong_event(facts: dict[str, str], mention: Mention) -> Iterator[str]:
    """Which of the facts asked for an event has otherwise."""
    ours = {
        "date": mention.date or "",
        "place": mention.place.words if mention.place else "",
        "status": mention.status,
        "country": mention.country or "",
    }
    for key, wanted in facts.items():
        if ours[key] != wanted and not (key == "place" and wanted in ours[key]):
            yield f"{key} is {ours[key]!r}, not {wanted!r}"


def said(claim: Claim) -> str:
    """One claim in a line."""
    number = f"{claim.low}/{claim.high}" if claim.about in COUNTS else claim.value
    part = " part" if claim.part_of else ""
    return (
        f"{claim.about} {number}{part} by {claim.speaker.words if claim.speaker else None} ({claim.stance})"
    )
