"""The invented stories and their goldens hold together, whoever reads them."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from incident_check import Found, wrong
from scoring import COUNTS, all_scores

import bearwitness

HERE = Path(__file__).parent
STORIES = Path(bearwitness.__file__).parent / "stories"
EXPECTED = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
GOLDEN = sorted((HERE / "golden").glob("*.json"))
PAGES = sorted(path for path in STORIES.iterdir() if path.suffix in {".html", ".txt"})

KINDS = {"attack", "clash", "arrest_raid", "abduction", "unrest", "accident", "total", "other"}
GROUPS = {"civilian", "combatant", "police", "attacker", "mixed", "unknown"}
EVENT = {"id", "kind", "status", "anchor", "date", "date_words", "place", "site", "country"}
CLAIM = {"event", "about", "speaker", "speaker_full", "stance", "hedged", "quote"}
DAY = re.compile(r"([0-9]{4}|XXXX)-[0-9]{2}-[0-9]{2}")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def text_of(stem: str) -> str:
    """The article text expected of one report: its title, a blank line, its paragraphs."""
    return (HERE / "texts" / f"{stem}.txt").read_text(encoding="utf-8")


def golden_of(stem: str) -> dict[str, Any]:
    """The golden reading of one report."""
    golden: dict[str, Any] = json.loads((HERE / "golden" / f"{stem}.json").read_text(encoding="utf-8"))
    return golden


def test_there_are_enough_stories() -> None:
    """At least ten events, thirty reports, and three reports without a year, each with a golden and a text."""
    stems = [path.stem for path in PAGES]
    assert len(stems) >= 30
    assert len(EXPECTED["incident"]) >= 10
    assert len(EXPECTED["undated"]["reports"]) >= 3
    assert stems == [path.stem for path in GOLDEN]
    assert stems == sorted(path.stem for path in (HERE / "texts").glob("*.txt"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_is_well_formed(path: Path) -> None:
    """Every event and claim has the fields of its kind and no others, and every exact word is in the text."""
    text, golden = text_of(path.stem), golden_of(path.stem)
    assert golden["doc"] == path.stem
    for event in golden["events"]:
        assert set(event) == EVENT
        assert event["kind"] in KINDS
        assert event["status"] in {"occurred", "foiled", "disputed"}
        assert event["date"] is None or DAY.fullmatch(event["date"])
        assert (event["date"] is None) == (event["date_words"] is None)
        for key in ("anchor", "date_words", "place", "site"):
            assert event[key] is None or event[key] in text, (key, event[key])
    ids = [event["id"] for event in golden["events"]]
    assert ids == [f"e{number}" for number in range(1, len(ids) + 1)]
    for claim in golden["claims"]:
        check_claim(claim, ids, text)


def check_claim(claim: dict[str, Any], ids: list[str], text: str) -> None:
    """One claim's fields, number, and words."""
    count = claim["about"] in COUNTS
    assert set(claim) == CLAIM | ({"low", "high", "whom", "group", "part_of"} if count else {"value"})
    assert claim["event"] in ids
    assert claim["stance"] in {"asserts", "denies", "doubts"}
    if count:
        low, high = claim["low"], claim["high"]
        assert claim["group"] in GROUPS
        assert low is not None or high is not None
        assert low is None or high is None or 0 <= low <= high
    else:
        assert claim["about"] in {"perpetrator", "weapon", "target", "occurred"}
        assert (claim["value"] is None) == (claim["about"] == "occurred")
    assert 2 <= len(claim["quote"].split()) <= 25
    for key in ("speaker", "speaker_full", "whom", "value", "quote"):
        assert claim.get(key) is None or claim[key] in text, (key, claim[key])


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_weekdays_are_right(path: Path) -> None:
    """A date that a golden rests on a weekday falls on that weekday."""
    for event in golden_of(path.stem)["events"]:
        for number, name in enumerate(WEEKDAYS):
            if event["date_words"] and name in event["date_words"]:
                assert datetime.date.fromisoformat(event["date"]).weekday() == number


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages_say_that_they_are_invented(path: Path) -> None:
    """An HTML page is marked as invented in its head and at its foot; a plain text file by the folder's README."""
    page = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        assert '<meta name="generator" content="bearwitness invented report">' in page
        assert "Invented report." in page.partition("<footer>")[2]
    else:
        assert page == text_of(path.stem)
        assert "invented" in (STORIES / "README.md").read_text(encoding="utf-8")


def test_expectations_name_reports_that_tell_events() -> None:
    """Each expected incident names reports whose goldens tell an event on its day; quiet reports tell none."""
    for incident in EXPECTED["incident"]:
        for stem in incident["reports"]:
            days = [event["date"] for event in golden_of(stem)["events"]]
            fits = [day for day in days if day is None or day[4:] == incident["date"][4:]]
            assert fits, (incident["key"], stem, days)
    told = {stem for incident in EXPECTED["incident"] for stem in incident["reports"]}
    silent = set(EXPECTED["quiet"]["reports"]) | set(EXPECTED["quiet"]["unread"])
    assert not told & silent
    assert told | silent == {path.stem for path in PAGES}
    assert not [stem for stem in silent if golden_of(stem)["events"]]


def test_expected_tolls_are_ranges() -> None:
    """Expected tolls keep low <= best <= high, whichever admissible figure is taken."""
    for incident in EXPECTED["incident"]:
        for about in COUNTS:
            toll = incident.get(about, {})
            for below, above in (("low", "best"), ("best", "high"), ("low", "high")):
                if below in toll and above in toll:
                    assert max(toll[below]) <= max(toll[above])
                    assert min(toll[below]) <= min(toll[above])


def test_scoring_knows_right_from_wrong() -> None:
    """A golden scored against itself is 1; a wrong number, a wrong speaker and a missing claim each cost."""
    golden = [golden_of(path.stem)["claims"] for path in GOLDEN]
    perfect = all_scores([(claims, claims) for claims in golden])
    assert {name: score.f1 for name, score in perfect.items()} == {"toll": 1, "toll_speaker": 1, "denial": 1}
    nobody = all_scores([([{**claim, "speaker": None} for claim in claims], claims) for claims in golden])
    assert nobody["toll"].f1 == 1
    assert nobody["toll_speaker"].f1 < 0.5
    assert all_scores([([], claims) for claims in golden])["toll"].f1 == 0


def test_the_check_finds_a_missing_incident() -> None:
    """An empty ledger holds none of the expected incidents, and the check says so of each."""
    for incident in EXPECTED["incident"]:
        assert list(wrong(Found([]), incident)) == ["no incident holds any of its reports"]
