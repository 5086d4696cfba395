"""The whole pipeline on the invented stories: the incidents that must come out, and their tolls."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from incident_check import Found, origins_of, wrong

import bearwitness
from bearwitness import extract, pipeline
from bearwitness.store import Ledger

HERE = Path(__file__).parent
STORIES = Path(bearwitness.__file__).parent / "stories"
EXPECTED = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
AS_READ = extract.extract
INCIDENTS: dict[str, dict[str, Any]] = {incident["key"]: incident for incident in EXPECTED["incident"]}


def story_files() -> list[str]:
    """Every story, in sorted order."""
    return sorted(str(path) for path in STORIES.iterdir() if path.suffix in {".html", ".txt"})


def tell(folder: Path, batches: Sequence[Sequence[str]]) -> Found:
    """A new ledger to which the batches are added one after the other, each followed by an update."""
    with Ledger.create(folder) as ledger:
        for batch in batches:
            pipeline.add(ledger, batch, pipeline.given())
            pipeline.update(ledger)
        return Found(pipeline.dossiers(ledger))


@pytest.fixture(scope="module", autouse=True)
def read_by_rules() -> Iterator[None]:
    """The stories as the rules read them, word for word as expected: what is tested here is linking and weighing."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(extract, "extract", extract.by_rules)
        yield


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, read_by_rules: None) -> Found:
    """All stories added at once."""
    return tell(tmp_path_factory.mktemp("stories") / "ledger", [story_files()])


def test_most_incidents_come_out_right_as_the_reader_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the readings of the reader in the seat, all but three incidents are as expected; the floor only rises."""
    monkeypatch.setattr(extract, "extract", AS_READ)
    found = tell(tmp_path / "ledger", [story_files()])
    right = [key for key, incident in INCIDENTS.items() if list(wrong(found, incident)) == []]
    assert len(right) >= len(INCIDENTS) - 3, sorted(set(INCIDENTS) - set(right))


@pytest.mark.parametrize("key", INCIDENTS)
def test_incident_comes_out_right(key: str, found: Found) -> None:
    """The incident holds its reports and no others, with the facts, tolls and parties that follow from them."""
    assert list(wrong(found, INCIDENTS[key])) == []


@pytest.mark.parametrize("pair", EXPECTED["apart"]["pairs"], ids=" and ".join)
def test_tempting_incidents_stay_apart(pair: list[str], found: Found) -> None:
    """Two attacks that share a town's name, a report or a month are two incidents."""
    first, second = (found.best(INCIDENTS[key]) for key in pair)
    assert first is not None
    assert second is not None
    assert first.incident.id != second.incident.id


def test_quiet_pages_make_no_incident(found: Found) -> None:
    """No incident rests on a page that tells of no attack, or on one that is kept unread."""
    quiet = {*EXPECTED["quiet"]["reports"], *EXPECTED["quiet"]["unread"]}
    told = {stem for dossier in found.dossiers for stem in found.stems(dossier)}
    assert not told & quiet


def test_copies_are_one_origin(found: Found) -> None:
    """Three outlets that print one agency text have one origin between them."""
    assert len(origins_of(found, EXPECTED["copies"]["reports"], "injured")) == 1


def test_no_incident_beside_the_expected(found: Found) -> None:
    """The stories tell these incidents and no more."""
    best = [found.best(incident) for incident in INCIDENTS.values()]
    expected = {dossier.incident.id for dossier in best if dossier is not None}
    assert [d.incident.title for d in found.dossiers if d.incident.id not in expected] == []


def test_order_changes_nothing(found: Found, tmp_path: Path) -> None:
    """The stories added in small batches in another order give the same incidents and assessments."""
    files = story_files()
    random.Random(7).shuffle(files)
    other = tell(tmp_path / "ledger", [files[:5], files[5:30], files[30:]])
    ours = {d.incident.id: (d.incident, d.assessment) for d in found.dossiers}
    assert {d.incident.id: (d.incident, d.assessment) for d in other.dossiers} == ours
