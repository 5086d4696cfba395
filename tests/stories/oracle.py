"""The goldens as a reader that makes no mistakes: what linking and assessing do with it is their own work."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from bearwitness.gazetteer import Context, Gazetteer
from bearwitness.record import (
    COUNTS,
    Claim,
    DateBasis,
    Mention,
    NumberKind,
    Place,
    Reading,
    Report,
    Speaker,
    SpeakerRole,
    digest,
)

HERE = Path(__file__).parent
META = tomllib.loads((HERE / "reports.toml").read_text(encoding="utf-8"))
ROLES: tuple[tuple[str, SpeakerRole], ...] = (
    ("hospital", "hospital_morgue"),
    ("doctor", "hospital_morgue"),
    ("surgeon", "hospital_morgue"),
    ("clinic", "hospital_morgue"),
    ("rescue", "rescue"),
    ("residents", "witness"),
    ("watch", "ngo_monitor"),
    ("society", "ngo_monitor"),
    ("ministry", "state_authority"),
    ("police", "state_authority"),
    ("office", "state_authority"),
    ("governor", "local_official"),
    ("commander", "local_official"),
    ("prefect", "local_official"),
    ("officials", "local_official"),
)


def story(stem: str, gazetteer: Gazetteer) -> tuple[Report, Reading]:
    """One story as its golden reads it."""
    meta = META[stem]
    text = (HERE / "texts" / f"{stem}.txt").read_text(encoding="utf-8")
    golden = json.loads((HERE / "golden" / f"{stem}.json").read_text(encoding="utf-8"))
    published = meta["published"] or None
    report = Report(
        capture=f"c{digest(stem.encode())[:32]}",
        reader="oracle",
        source=f"{stem}.txt",
        text=text,
        text_sha256=digest(text.encode()),
        title=meta.get("title"),
        title_end=len(meta["title"]) if text.startswith(meta.get("title", "\0")) else 0,
        outlet=meta.get("outlet"),
        published=published,
        published_basis="given" if published else None,
        language=meta["language"],
    )
    told = {event["id"]: mention_of(event, report, gazetteer) for event in golden["events"]}
    claims = [claim_of(claim, told[claim["event"]], report) for claim in golden["claims"]]
    return report, Reading(mentions=tuple(told.values()), claims=tuple(claims))


def mention_of(event: dict[str, Any], report: Report, gazetteer: Gazetteer) -> Mention:
    """An event of a golden as a mention of ``report``."""
    start = report.text.index(event["anchor"])
    basis: DateBasis | None = (
        None if event["date"] is None else ("weekday" if "day" in event["date_words"] else "explicit")
    )
    return Mention(
        report=report.id,
        kind=event["kind"],
        status=event["status"],
        anchor=event["anchor"],
        start=start,
        end=start + len(event["anchor"]),
        date=event["date"],
        date_words=event["date_words"],
        date_basis=basis,
        place=place_of(event, report, gazetteer) if event["place"] else None,
        site=event["site"],
        country=event["country"],
        background=event["id"] != "e1",
    )


def place_of(event: dict[str, Any], report: Report, gazetteer: Gazetteer) -> Place:
    """The place of an event; a town before a province of its name, and no coordinates if nothing is found."""
    words, country = event["place"], event["country"]
    start = report.text.index(words)
    candidates, score = gazetteer.resolve(words, Context({country: 1}, [], country))
    here = [candidate for candidate in candidates if candidate.country == country]
    best = next((candidate for candidate in here if candidate.geonameid), here[0] if here else None)
    if best is None:
        return Place(words=words, start=start, end=start + len(words), country=country, precision="town")
    return Place(
        words=words,
        start=start,
        end=start + len(words),
        name=best.name,
        country=country,
        admin1=best.admin1,
        lat=best.lat,
        lon=best.lon,
        geonameid=best.geonameid or None,
        precision="town" if best.geonameid else "adm1",
        score=score,
        candidates=candidates,
    )


def claim_of(claim: dict[str, Any], mention: Mention, report: Report) -> Claim:
    """A claim of a golden about ``mention``."""
    start = report.text.index(claim["quote"])
    count = claim["about"] in COUNTS
    name = claim["speaker_full"] or claim["speaker"] or ""
    institution = re.search(r" (?:of|at) (?:the|a) (.+)", name)
    role: SpeakerRole = next((role for word, role in ROLES if word in name.casefold()), "unknown")
    low, high = claim.get("low"), claim.get("high")
    kind: NumberKind = (
        "exact" if low == high else "at_least" if high is None else "at_most" if low is None else "range"
    )
    return Claim(
        report=report.id,
        mention=mention.id,
        about=claim["about"],
        stance=claim["stance"],
        words=claim["quote"],
        start=start,
        end=start + len(claim["quote"]),
        low=low,
        high=high,
        number_kind=kind if count else None,
        whom=claim.get("whom"),
        group=claim.get("group"),
        part_of=claim.get("part_of", False),
        value=claim.get("value"),
        speaker=Speaker(
            words=claim["speaker"],
            full=claim["speaker_full"],
            role=role,
            organisation=institution[1] if institution else None,
        )
        if claim["speaker"]
        else None,
        hedged=claim["hedged"],
        reader="oracle",
    )
