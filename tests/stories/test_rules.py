"""One invented story for each rule of sources, responsibility and grade, through the whole pipeline with the reader in the seat."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bearwitness import pipeline
from bearwitness.record import Assessment, Dossier
from bearwitness.store import Ledger

RULES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "rules").glob("*.toml"))
}


def ledger_of(story: dict[str, Any], folder: Path) -> Ledger:
    """A ledger of a story's reports, each text once for every outlet that prints it."""
    ledger = Ledger.create(folder)
    for number, report in enumerate(story["report"]):
        for outlet in report["outlets"]:
            given = pipeline.given(outlet=outlet, published=report["published"])
            name = f"{number}-{outlet.replace(' ', '-').lower()}.txt"
            pipeline.add_items(ledger, [pipeline.item(name, report["text"].lstrip().encode())], given)
    pipeline.update(ledger)
    return ledger


@pytest.fixture(scope="module", params=RULES)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Each story with what came out."""
    story = RULES[request.param]
    with ledger_of(story, tmp_path_factory.mktemp(request.param) / "ledger") as ledger:
        yield Told(story, list(pipeline.dossiers(ledger)))


class Told:
    """A story and its incidents."""

    def __init__(self, story: dict[str, Any], dossiers: list[Dossier]) -> None:
        self.expected = story["expected"]
        self.dossiers = dossiers

    def main(self) -> Dossier:
        """The incident that most reports tell of on the day that is expected."""
        fits = [
            one
            for one in self.dossiers
            if one.incident.date == self.expected["date"]
            and one.incident.kind != "total"
            and self.expected.get("place") in (None, one.incident.place and one.incident.place.words)
        ]
        assert fits, [one.incident.title for one in self.dossiers]
        return max(fits, key=lambda one: len(one.claims))

    def whole(self) -> Dossier | None:
        """The episode that the main incident is part of."""
        beside = [one.incident for one in self.main().incident.related if one.relation == "episode"]
        return next((one for one in self.dossiers if one.incident.id in beside), None)


def found(assessment: Assessment, dossier: Dossier) -> dict[str, Any]:
    """What the expectations of a story speak of."""
    named = [origin for origin in assessment.origins if origin.named]
    return {
        "date": dossier.incident.date,
        "reports": len(dossier.reports),
        "named_origins": len(named),
        "independence": assessment.independence,
        "backing": {one.about: one.independence for one in assessment.backing},
        "ties": {tie.code for origin in assessment.origins for tie in origin.ties},
        "sides": {origin.name: origin.side for origin in named},
        "grade": assessment.grade,
        "rule": assessment.grade_rule,
        "contested": assessment.contested,
        "killed": killed(dossier),
        "relations": dict(Counter(one.relation for one in dossier.incident.related)),
        "rows": {f"{row.about} {row.value or ''}".strip(): row.status for row in assessment.responsibility},
    }


def killed(dossier: Dossier) -> list[int | None]:
    """Low, best and high of the killed."""
    toll = dossier.assessment.killed
    return [toll.low, toll.best, toll.high]


def test_the_story_comes_out_as_its_rule_says(told: Told) -> None:
    """Whatever a story expects of its main incident is so; of tables and lists it names the entries that matter."""
    dossier = told.main()
    seen = found(dossier.assessment, dossier)
    for key, wanted in told.expected.items():
        if isinstance(wanted, dict):
            assert {name: seen[key].get(name) for name in wanted} == wanted, (key, seen[key])
        elif key == "ties":
            assert set(wanted) <= seen[key]
        elif key in seen:
            assert seen[key] == wanted, (key, seen)


def test_a_toll_of_several_events_stays_with_the_whole(told: Told) -> None:
    """A story of a series names the toll of the whole and how many parts it has; stories of one event have none."""
    whole = told.whole()
    if "whole" not in told.expected:
        assert whole is None
        return
    assert whole is not None
    assert killed(whole) == told.expected["whole"]
    parts = [one for one in whole.incident.related if one.relation == "part"]
    assert len(parts) == told.expected["parts"]
    ids = {claim.id for claim in whole.claims}
    others = [one for one in told.dossiers if one is not whole]
    assert not ids & {claim.id for one in others for claim in one.claims}


def test_every_edge_rests_on_words_of_its_report(told: Told) -> None:
    """The span law holds for the edges of the graph of origins too."""
    for dossier in told.dossiers:
        texts = {report.id: report.text for report in dossier.reports}
        for origin in dossier.assessment.origins:
            assert origin.ties
            for tie in origin.ties:
                assert texts[tie.report][tie.start : tie.end] == tie.words
