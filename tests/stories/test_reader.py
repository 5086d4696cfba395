"""The reader on the invented stories: what it takes from the pages, and how many of the claims it finds."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from scoring import all_scores

import bearwitness
from bearwitness import collect, pipeline
from bearwitness.gazetteer import Gazetteer
from bearwitness.interchange import reading_json
from bearwitness.record import Report

HERE = Path(__file__).parent
STORIES = Path(bearwitness.__file__).parent / "stories"
EXPECTED = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
META = tomllib.loads((HERE / "reports.toml").read_text(encoding="utf-8"))
QUIET = EXPECTED["quiet"]

Readings = dict[str, tuple[Report, dict[str, Any]]]


@pytest.fixture(scope="module")
def readings() -> Readings:
    """Every story as read: report and reading in the interchange form, by the name of its file."""
    paths = sorted(path for path in STORIES.iterdir() if path.suffix in {".html", ".txt"})
    read = pipeline.extract_only(collect.collect(paths), Gazetteer.open(), {})
    return {Path(one.report.source).stem: (one.report, reading_json(one.report, one.reading)) for one in read}


def golden_of(stem: str) -> dict[str, Any]:
    """The golden reading of one report."""
    golden: dict[str, Any] = json.loads((HERE / "golden" / f"{stem}.json").read_text(encoding="utf-8"))
    return golden


@pytest.mark.parametrize("stem", META)
def test_metadata(stem: str, readings: Readings) -> None:
    """Title, outlet, publication day and language are those of the page; an undated page gets no date."""
    report, _ = readings[stem]
    wanted = META[stem]
    assert (report.published or "")[:10] == wanted["published"]
    assert report.language == wanted["language"]
    for key in ("title", "outlet"):
        if key in wanted:
            assert getattr(report, key) == wanted[key]


@pytest.mark.parametrize("stem", META)
def test_article_text(stem: str, readings: Readings) -> None:
    """The text as read holds every paragraph of the article, and what is left out touches no golden quote."""
    report, _ = readings[stem]
    article = (HERE / "texts" / f"{stem}.txt").read_text(encoding="utf-8").partition("Latest news")[0]
    missing = [line for line in article.splitlines() if line.strip() and line.strip() not in report.text]
    assert not missing
    for claim in golden_of(stem)["claims"]:
        start = report.text.index(claim["quote"])
        end = start + len(claim["quote"])
        assert not [part for part in report.left_out if part.start < end and start < part.end], claim


def test_no_event_from_page_furniture(readings: Readings) -> None:
    """Nothing is read from other headlines and dates of saving glued to a pasted page, or from related links."""
    for stem, (report, reading) in readings.items():
        furniture = report.text.find("Latest news")
        claims = [claim["quote"] for claim in reading["claims"] if 0 <= furniture <= claim["start"]]
        events = [event["anchor"] for event in reading["events"] if 0 <= furniture <= event["start"]]
        assert not claims + events, stem
        dates = [event["date"] for event in reading["events"] if "2026" in (event["date"] or "")]
        assert not dates, stem


@pytest.mark.parametrize("stem", QUIET["reports"])
def test_quiet_pages_report_no_event(stem: str, readings: Readings) -> None:
    """A page that tells of no attack gives no event and no claim."""
    _, reading = readings[stem]
    assert reading["events"] == []
    assert reading["claims"] == []


@pytest.mark.parametrize("stem", QUIET["unread"])
def test_other_languages_are_kept_unread(stem: str, readings: Readings) -> None:
    """A report in a language the reader does not read gives nothing, and a problem that says so."""
    report, reading = readings[stem]
    assert report.text
    assert reading["claims"] == []
    assert "unread_language" in [problem["code"] for problem in reading["problems"]]


def test_reader_reaches_the_floors(readings: Readings) -> None:
    """Over all stories the F1 of tolls, tolls with speakers, and denials is at least the floor."""
    documents = [(readings[stem][1]["claims"], golden_of(stem)["claims"]) for stem in META]
    scores = all_scores(documents)
    below = {
        name: (round(scores[name].f1, 3), floor)
        for name, floor in EXPECTED["floors"].items()
        if scores[name].f1 < floor
    }
    assert not below, (below, scores)
