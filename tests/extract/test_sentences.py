"""The reader's rules on literal sentences: what must come out of each, and nothing else."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bearwitness import extract
from bearwitness.gazetteer import Gazetteer
from bearwitness.record import COUNTS, Claim, Reading, Report, digest

CASES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))["sentence"]


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def reading_of(text: str, published: str | None = None) -> Reading:
    report = Report(
        capture="c" + "0" * 32,
        reader="test",
        source="sentence.txt",
        text=text,
        text_sha256=digest(text.encode()),
        published=published,
        published_basis="given" if published else None,
        language="en",
    )
    reading = extract.by_rules(report, gazetteer())
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.words
    return reading


def says(claim: Claim, wanted: dict[str, Any]) -> bool:
    """Whether a claim is the one wanted."""
    if claim.about != wanted["about"] or claim.stance != wanted.get("stance", "asserts"):
        return False
    if claim.about in COUNTS:
        number = (claim.low, claim.high) == (wanted.get("low"), wanted.get("high"))
        if not number or claim.part_of != wanted.get("part_of", False):
            return False
    elif "value" in wanted and wanted["value"].lower() not in (claim.value or "").lower():
        return False
    if "hedged" in wanted and claim.hedged != wanted["hedged"]:
        return False
    name = wanted.get("speaker")
    if name is None:
        return claim.speaker is None
    if claim.speaker is None:
        return False
    return name.lower() in f"{claim.speaker.words} | {claim.speaker.full or ''}".lower()


@pytest.mark.parametrize("case", CASES, ids=[f"{c['group']}-{n}" for n, c in enumerate(CASES)])
def test_sentence(case: dict[str, Any]) -> None:
    """Every claim listed comes out, no other count does, and a negative sentence gives nothing at all."""
    reading = reading_of(case["text"], case.get("published"))
    left = list(reading.claims)
    missing = []
    for wanted in case.get("expect", []):
        found = next((claim for claim in left if says(claim, wanted)), None)
        if found is None:
            missing.append(wanted)
        else:
            left.remove(found)
    extra = [c for c in left if c.about in COUNTS or case["group"] == "negative"]
    told = [
        (c.about, c.low, c.high, c.value, c.part_of, c.speaker.words if c.speaker else None, c.hedged)
        for c in reading.claims
    ]
    assert not missing, f"missing {missing} in {told}"
    assert not extra, f"too many: {[(c.about, c.low, c.high, c.value) for c in extra]}"
    mentions = sorted(reading.mentions, key=lambda m: m.start)
    for wanted, mention in zip(case.get("expect_events", []), mentions, strict=False):
        if "date" in wanted:
            assert (mention.date or "") == wanted["date"]
        if "place" in wanted:
            assert wanted["place"] in (mention.place.words if mention.place else "")
        if "status" in wanted:
            assert mention.status == wanted["status"]
    assert len(mentions) >= len(case.get("expect_events", []))
