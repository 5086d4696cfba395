"""What is left to do is asked of the new part of the journal only, and gives what asking all of it would."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import ModuleType

import pytest

from bearwitness.store import Ledger, left, verify


def test_what_is_known_to_be_read_is_not_looked_at_again(
    small: Path, material: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to the place that was noted, and for the reader that was noted; what came behind it is found."""
    with Ledger.open(small) as ledger:
        place, _ = ledger.head()
        reports = [report.id for report in ledger.reports()]
        ledger.all_made("reading", material.READER, place)
        assert ledger.left("report", "reading", material.READER) == 0
        monkeypatch.setattr(left, "_FEW", 0)
        ledger.all_made("reading", material.READER, place)
        new = material.tell(90)
        ledger.put(new.data)
        ledger.append([new.capture, new.report])
        assert [report.id for report in ledger.unread(material.READER)] == [new.report.id]
        assert [report.id for report in ledger.unread("another/1")] == [*reports, new.report.id]
        assert ledger.left("report", "reading", material.READER) == 1
        assert ledger.left("report", "reading", "another/1") == 1
        captures = [one.id for one in ledger.unreported("another/1")]
        ledger.all_made("report", "another/1", ledger.head()[0])
        assert len(captures) == len(reports) + 1
        assert list(ledger.unreported("another/1")) == []
        assert list(ledger.unreported("another/2"))
    assert verify(small).sound


def test_incidents_are_counted_as_they_are_written(small: Path, material: ModuleType) -> None:
    """The number that is kept is that of the rows, and one that is not is found by verify; an older ledger has none and is counted."""
    with Ledger.open(small) as ledger:
        assert ledger.incident_count() == 6
        ledger.replace_views([], [])
        assert ledger.incident_count() == 0
        ledger.replace_views(*material.derive(ledger))

    def derive() -> object:
        with Ledger.open(small, read_only=True) as ledger:
            return material.derive(ledger)

    assert verify(small, None, derive).sound
    with sqlite3.connect(small / "ledger.sqlite") as raw:
        raw.execute("UPDATE tally SET count = 9")
    raw.close()
    assert "9 incidents are counted where 6 are" in (verify(small, None, derive).first_wrong or "")
    with sqlite3.connect(small / "ledger.sqlite") as raw:
        raw.execute("DROP TABLE tally")
    raw.close()
    with Ledger.open(small, read_only=True) as ledger:
        assert ledger.incident_count() == 6
