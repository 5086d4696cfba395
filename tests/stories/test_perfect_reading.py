"""Linking and assessing on a perfect reading: the goldens themselves give the expected incidents and tolls.

What fails here is not the reader's doing.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from incident_check import Found, origins_of, wrong
from oracle import META, story

from bearwitness import assess, link
from bearwitness.gazetteer import Gazetteer
from bearwitness.record import Claim, Dossier, Incident, Mention, Report

HERE = Path(__file__).parent
EXPECTED = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
INCIDENTS: dict[str, dict[str, Any]] = {incident["key"]: incident for incident in EXPECTED["incident"]}


class World(NamedTuple):
    """All that the goldens say."""

    reports: dict[str, Report]
    mentions: dict[str, Mention]
    claims: dict[str, list[Claim]]

    def incidents(self) -> list[Incident]:
        """What linking makes of it."""
        return link.link(self.mentions.values(), self.claims, self.reports)

    def dossier(self, incident: Incident) -> Dossier:
        """One incident with its assessment and its evidence."""
        mentions = [self.mentions[name] for name in incident.mentions]
        return Dossier(
            incident=incident,
            assessment=assess.assess(incident, self.mentions, self.claims, self.reports),
            mentions=tuple(mentions),
            claims=tuple(claim for mention in mentions for claim in self.claims[mention.id]),
            reports=tuple(self.reports[name] for name in sorted({mention.report for mention in mentions})),
        )


@pytest.fixture(scope="module")
def world() -> World:
    """The goldens of all stories as records."""
    gazetteer = Gazetteer.open()
    found = World({}, {}, defaultdict(list))
    for stem in META:
        report, reading = story(stem, gazetteer)
        found.reports[report.id] = report
        found.mentions.update({mention.id: mention for mention in reading.mentions})
        for claim in reading.claims:
            found.claims[claim.mention].append(claim)
    return found


@pytest.fixture(scope="module")
def found(world: World) -> Found:
    """The dossiers of all incidents."""
    return Found(world.dossier(incident) for incident in world.incidents())


def test_linking_makes_the_expected_incidents(world: World) -> None:
    """Each group of reports that tells one event, and no other group, becomes one incident."""
    stem = {report.id: Path(report.source).stem for report in world.reports.values()}
    groups = [
        sorted({stem[world.mentions[name].report] for name in held.mentions}) for held in world.incidents()
    ]
    assert sorted(groups) == sorted(sorted(incident["reports"]) for incident in INCIDENTS.values())


@pytest.mark.parametrize("key", INCIDENTS)
def test_perfect_reading_gives_the_incident(key: str, found: Found) -> None:
    """Facts, tolls and parties of each incident follow from the goldens."""
    assert list(wrong(found, INCIDENTS[key])) == []


def test_copies_have_one_origin(found: Found) -> None:
    """Three outlets that print one agency text have one origin between them."""
    assert len(origins_of(found, EXPECTED["copies"]["reports"], "injured")) == 1
