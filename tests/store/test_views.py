"""Views are conclusions: dropped and derived again they say the same, and they are quick to read."""

from __future__ import annotations

import random
import time
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from bearwitness.errors import LedgerError
from bearwitness.record import Incident, Place
from bearwitness.store import Ledger


def test_derived_again_they_are_the_same_to_the_byte(small: Path, material: ModuleType) -> None:
    """Rebuilding, in whatever order incidents come, gives the same rows; the journal is not touched."""
    with Ledger.open(small) as ledger:
        before, head = list(ledger.dump_views()), ledger.head()
        incidents, assessments = material.derive(ledger)
        random.Random(1).shuffle(incidents)
        ledger.replace_views([], [])
        assert not [line for line in ledger.dump_views() if '"claim"' not in line[:8]]
        ledger.replace_views(iter(incidents), reversed(assessments))
        assert list(ledger.dump_views()) == before
        assert ledger.head() == head
    assert len(before) == 4 * 6


def test_incidents_and_assessments_come_back_as_they_were_derived(small: Path, material: ModuleType) -> None:
    """By id, by mention, as a stream in order of ids, and by method."""
    with Ledger.open(small, read_only=True) as ledger:
        incidents, assessments = material.derive(ledger)
        assert list(ledger.incidents()) == sorted(incidents, key=lambda incident: incident.id)
        for incident, assessment in zip(incidents, assessments, strict=True):
            mention = incident.mentions[0]
            assert ledger.incident(incident.id) == incident
            assert ledger.incident_of(mention) == incident.id
            assert ledger.assessment(incident.id, "origins") == assessment
            assert ledger.assessment(incident.id, "another") is None
            assert [claim.mention for claim in ledger.claims_in(incident.id)] == [mention]
        assert ledger.incident("i" + "0" * 32) is None
        assert ledger.incident_of("m" + "0" * 32) is None
        assert ledger.views_current()


def test_an_id_that_was_ever_given_finds_its_incident(small: Path, material: ModuleType) -> None:
    """When incidents are joined, the ids of those that were taken in still lead to the joint one."""
    with Ledger.open(small) as ledger:
        (first, second, *_), _ = material.derive(ledger)
        joined = msgspec.structs.replace(first, mentions=(*first.mentions, *second.mentions))
        ledger.replace_views([joined], [])
        assert ledger.incident(second.id) == joined
        assert ledger.find(second.id[:9]) == [joined.id]
        assert ledger.find(joined.id[:9]) == [joined.id]
        assert [claim.mention for claim in ledger.claims_in(joined.id)] == list(joined.mentions)


def test_views_say_which_state_they_follow_from(small: Path, material: ModuleType) -> None:
    """Appending makes the views out of date until they are derived again."""
    with Ledger.open(small) as ledger:
        assert ledger.views_current()
        material.keep(ledger, material.tell(77))
        assert not ledger.views_current()
        assert "older than the journal" in " ".join(ledger.verify().notes)
        ledger.replace_views(*material.derive(ledger))
        assert ledger.views_current()
        assert not ledger.views_current(by="rules/2")
        found = ledger.verify(derive=lambda: ([], []), by="rules/2")
        assert found.sound
        assert "Other versions of the rules derived the views" in " ".join(found.notes)
        ledger.replace_views(*material.derive(ledger), by="rules/2")
        assert ledger.views_current(by="rules/2")


def test_a_failure_leaves_the_old_views(small: Path, material: ModuleType) -> None:
    """If deriving breaks half way, the views are what they were."""

    def breaking() -> object:
        yield incidents[0]
        raise RuntimeError("a bug in linking")

    with Ledger.open(small) as ledger:
        before = list(ledger.dump_views())
        incidents, _ = material.derive(ledger)
        with pytest.raises(RuntimeError, match="a bug in linking"):
            ledger.replace_views(breaking(), [])
        assert list(ledger.dump_views()) == before


def test_the_list_of_ten_thousand_incidents_reads_fast(tmp_path: Path) -> None:
    """The whole list takes well under a second and its first page a few milliseconds; unknown years come last."""
    place = Place(words="Ostrava Gate", start=0, end=12, lat=1.0, lon=2.0, country="CZ", precision="town")
    dates = random.Random(2)
    incidents = [
        Incident(
            mentions=(f"m{number:032x}",),
            kind="attack",
            status="occurred",
            title=f"Attack {number}",
            date=f"20{dates.randrange(10, 30)}-10-{dates.randrange(10, 30)}" if number % 10 else "XXXX-10-17",
            place=place,
            country="CZ",
        )
        for number in range(10_000)
    ]
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.replace_views(incidents, [])
        ledger.incident_rows("origins", limit=1)
        start = time.perf_counter()
        rows = ledger.incident_rows("origins")
        middle = time.perf_counter()
        page = ledger.incident_rows("origins", limit=50)
        end = time.perf_counter()
    assert page == rows[:50]
    assert [row.date for row in rows[-1000:]] == ["XXXX-10-17"] * 1000
    known = [row.date or "" for row in rows[:-1000]]
    assert known == sorted(known, reverse=True)
    assert rows[0].place == "Ostrava Gate"
    assert rows[0].grade is None
    assert middle - start < 2.0
    assert end - middle < 0.2


def test_reading_does_not_write(small: Path) -> None:
    """A ledger opened for reading refuses to append, and a closed one to do anything."""
    with Ledger.open(small, read_only=True) as ledger, pytest.raises(LedgerError, match="opened for reading"):
        ledger.replace_views([], [])
    with pytest.raises(LedgerError, match="is closed"):
        ledger.counts()
