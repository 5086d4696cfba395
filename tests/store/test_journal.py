"""The journal only grows, says everything once, and can be checked with nothing but a JSON and a SHA-256."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tracemalloc
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from bearwitness.record import Capture, Claim, Judgement, Mention, Place, Reading, Report, digest
from bearwitness.store import Ledger, ReadingMark, schema


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET body = '{}' WHERE seq = 1",
        "UPDATE entry SET seq = 900 WHERE seq = 3",
        "DELETE FROM entry",
        "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 2",
        (
            "INSERT OR REPLACE INTO entry SELECT seq, 'c1', kind, parent, reader, body, recorded_at, previous, hash "
            "FROM entry WHERE seq = 2"
        ),
        (
            "INSERT INTO entry SELECT 900, 'c1', kind, parent, reader, body, recorded_at, previous, hash FROM entry "
            "WHERE seq = 2"
        ),
        "INSERT INTO entry SELECT max(seq) + 1, 'c1', kind, parent, reader, body, recorded_at, previous, hash FROM entry",
        (
            "REPLACE INTO entry SELECT (SELECT max(seq) + 1 FROM entry), id, kind, parent, reader, body, recorded_at, "
            "(SELECT hash FROM entry ORDER BY seq DESC LIMIT 1), hash FROM entry WHERE seq = 2"
        ),
    ],
)
def test_the_database_refuses_to_change_the_journal(small: Path, statement: str) -> None:
    """Triggers refuse update, delete, replacing and inserting out of turn to any program, not only to ours."""
    with sqlite3.connect(small / "ledger.sqlite") as raw:
        before = raw.execute("SELECT * FROM entry").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="the journal only grows"):
            raw.execute(statement)
        raw.rollback()
        assert raw.execute("SELECT * FROM entry").fetchall() == before
    raw.close()


def test_a_stranger_can_recompute_the_chain(built: Path) -> None:
    """The chain follows from the columns with the standard library alone, as the documentation says."""
    raw = sqlite3.connect(built / "ledger.sqlite")
    previous = "0" * 64
    rows = raw.execute(
        "SELECT seq, id, kind, parent, reader, body, recorded_at, previous, hash FROM entry ORDER BY seq"
    ).fetchall()
    raw.close()
    assert len(rows) == 30
    for place, (*columns, written) in enumerate(rows, 1):
        line = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
        assert columns[0] == place
        assert columns[7] == previous
        assert hashlib.sha256(line.encode()).hexdigest() == written
        previous = written


def test_what_is_there_already_is_passed_over(tmp_path: Path, material: ModuleType) -> None:
    """Appending again, also within one call, keeps each record once, with the time of the first."""
    told = material.tell(1)
    with Ledger.create(tmp_path / "l", clock=material.clock) as ledger:
        assert ledger.keep(told.data, told.capture) is True
        assert ledger.keep(told.data, told.capture) is False
        assert ledger.append([*told.records(), *told.records()]) == 4
        assert ledger.append(told.records()) == 0
        assert ledger.recorded_at(told.report.id) == "2031-05-04T03:02:01Z"
        later = Capture(**{**_fields(told.capture), "id": "", "captured_at": "2031-05-05T00:00:00Z"})
        assert ledger.keep(told.data, later) is False
        assert ledger.get(later.id) == told.capture


def _fields(capture: Capture) -> dict[str, object]:
    return {name: getattr(capture, name) for name in capture.__struct_fields__}


def test_records_come_back_as_they_were_said(small: Path, material: ModuleType) -> None:
    """Every kind of record, unsaid fields too, reads back equal, by id, by class, by prefix and by report."""
    told = material.tell(4, 1_000)
    claim = told.reading.claims[0]
    judgement = Judgement(verdict="reject", subject=(claim.id,), by="a coder", why="misread", at="2031-05-06")
    with Ledger.open(small) as ledger:
        ledger.append([judgement])
        for record in (told.capture, *told.records(), judgement):
            assert ledger.get(record.id) == record
            assert list(ledger.find(record.id[:12])) == [record.id]
            assert record in list(ledger.records(type(record)))
        assert ledger.get("c" + "0" * 32) is None
        assert ledger.find("zzz") == []
        assert ledger.reading_of(told.report.id) == told.reading
        assert ledger.claims_of(told.report.id) == (claim,)
        assert ledger.mentions_of(told.report.id) == told.reading.mentions
        assert ledger.reading_of("r" + "0" * 32) is None
        assert ledger.counts()["judgement"] == 1
        with pytest.raises(KeyError):
            ledger.recorded_at("c" + "0" * 32)


def test_all_or_nothing(tmp_path: Path, material: ModuleType) -> None:
    """An append that fails at the last record keeps none of the records before it."""
    told = material.tell(1)
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(told.data, told.capture)

        def failing() -> object:
            yield from told.records()
            raise RuntimeError("the source dried up")

        with pytest.raises(RuntimeError, match="dried up"):
            ledger.append(failing())
        assert ledger.counts() == {"capture": 1}
        assert ledger.append(told.records()) == 4


def test_the_door_refuses_what_would_break_a_law(tmp_path: Path, material: ModuleType) -> None:
    """Wrong ids, broken spans, dangling references, captures without bytes and lossy numbers are a stage's bug."""
    told = material.tell(1)
    claim = told.reading.claims[0]
    mention = told.reading.mentions[0]

    def altered(record: object, **changes: object) -> object:
        fields = {name: getattr(record, name) for name in record.__struct_fields__}  # type: ignore[attr-defined]
        return type(record)(**{**fields, "id": "", **changes})

    whole_degrees = Place(words="Ostrava Gate", start=23, end=35, lat=40, lon=46)
    refused = {
        "its bytes were not put": [altered(told.capture, sha256="0" * 64)],
        "does not follow from what the record says": [altered(claim, id="c" + "0" * 32)],
        "not what stands at 1-9": [altered(claim, start=1, end=9)],
        "its anchor 'killed'": [altered(mention, start=0, end=6)],
        "m1, which it builds on, is not in the journal": [altered(claim, mention="m1")],
        "r1, which it builds on": [altered(mention, report="r1")],
        "c1, which it builds on": [altered(told.report, capture="c1")],
        "m2, which it builds on": [ReadingMark(report=told.report.id, reader="x", mentions=("m2",))],
        "m3, which it builds on": [Judgement(verdict="same", subject=("m3", "m4"), by="me", why="")],
        "reads back as something else": [altered(mention, place=whole_degrees)],
        "cannot be kept": [altered(claim, low=2**63, high=None)],
    }
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(told.data, told.capture)
        ledger.append(told.records())
        for what, records in refused.items():
            with pytest.raises(ValueError, match=what):
                ledger.append(records)
        with pytest.raises(TypeError, match="is not journalled"):
            ledger.append(material.derive(ledger)[0])
        with pytest.raises(ValueError, match="not that of its bytes"):
            ledger.keep(b"other bytes", told.capture)
        assert ledger.counts() == {"capture": 1, "claim": 1, "mention": 1, "reading": 1, "report": 1}
        assert ledger.verify().sound


def test_what_is_left_to_do(tmp_path: Path, material: ModuleType) -> None:
    """Each reader's version finds the captures and reports it has not read, and those that tell nothing are done."""
    first, second = material.tell(1), material.tell(2)
    with Ledger.create(tmp_path / "l") as ledger:
        for told in (first, second):
            ledger.keep(told.data, told.capture)
        assert list(ledger.unreported("test-read/1")) == [first.capture, second.capture]
        ledger.append([first.report])
        assert list(ledger.unreported("test-read/1")) == [second.capture]
        assert list(ledger.unreported("test-read/2")) == [first.capture, second.capture]
        assert list(ledger.unread("test-extract/1")) == [first.report]
        ledger.append_reading(first.report.id, "test-extract/1", Reading())
        assert list(ledger.unread("test-extract/1")) == []
        assert list(ledger.unread("test-extract/2")) == [first.report]
        assert list(ledger.readings()) == [(first.report, Reading())]


def test_a_later_reader_replaces_an_earlier_one(tmp_path: Path, material: ModuleType) -> None:
    """The last report of a capture and the last reading of a report count; the earlier ones stay journalled."""
    told = material.tell(1)
    text = told.report.text + " Correction."
    later = Report(
        capture=told.capture.id,
        reader="test-read/2",
        source=told.report.source,
        text=text,
        text_sha256=digest(text.encode()),
    )
    with Ledger.create(tmp_path / "l") as ledger:
        material.keep(ledger, told)
        ledger.append_reading(told.report.id, "test-extract/2", Reading(mentions=told.reading.mentions))
        assert ledger.claims_of(told.report.id) == ()
        assert ledger.get(told.reading.claims[0].id) == told.reading.claims[0]
        ledger.append([later])
        assert list(ledger.reports()) == [later]
        assert list(ledger.readings()) == []
        assert list(ledger.unread("test-extract/2")) == [later]
        assert list(ledger.records(Report)) == [told.report, later]


def test_appending_while_streaming(small: Path, material: ModuleType) -> None:
    """A stream shows what was there when it began, and its reader may append meanwhile."""
    with Ledger.open(small) as ledger:
        seen = []
        for number, report in enumerate(ledger.records(Report)):
            material.keep(ledger, material.tell(100 + number))
            seen.append(report.source)
        assert seen == [f"{number}.txt" for number in range(6)]
        assert ledger.counts()["report"] == 12


def test_streams_hold_a_few_reports_at_a_time(tmp_path: Path, material: ModuleType) -> None:
    """Reading back 40 MB of reports takes a tenth of that memory at most."""
    told = [material.tell(number, 100_000) for number in range(400)]
    with Ledger.create(tmp_path / "l") as ledger:
        for one in told:
            ledger.put(one.data)
        ledger.append(record for one in told for record in (one.capture, *one.records()))
        del told
        tracemalloc.start()
        total = sum(len(report.text) for report in ledger.records(Report))
        assert sum(len(reading.claims) for _, reading in ledger.readings()) == 400
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert total > 40_000_000
    assert peak < 16_000_000


def test_the_schema_can_follow_to_postgresql() -> None:
    """Tables, indexes and triggers compile for PostgreSQL with types that it has."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in schema.metadata.sorted_tables:
        text = str(CreateTable(table).compile(dialect=dialect))
        assert "BIGINT" in text or table in (schema.ledger, schema.decided, schema.tangle)
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_classes_and_kinds_match(built: Path) -> None:
    """Each kind in the journal is the class its entries decode to, and the mark of a reading names its records."""
    with Ledger.open(built, read_only=True) as ledger:
        assert ledger.counts() == {"capture": 6, "claim": 6, "mention": 6, "reading": 6, "report": 6}
        marks = list(ledger.records(ReadingMark))
        assert [mark.mentions[0] for mark in marks] == [mention.id for mention in ledger.records(Mention)]
        assert [mark.claims[0] for mark in marks] == [claim.id for claim in ledger.records(Claim)]
        entries, head = ledger.head()
        assert entries == 30
        assert len(head) == 64
