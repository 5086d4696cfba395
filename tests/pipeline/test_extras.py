"""Evidence that needs what is not installed: kept, said, passed by, and read once it is."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pytest
from pdf_files import column, pdf
from pyarrow import parquet

from bearwitness import pipeline, read
from bearwitness.record import Capture
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock

STORY = ["A bomb killed 12 people in Kenema, Sierra Leone, on 3 March 2025, police", "said on Tuesday."]
RAID = "A raid in Mzuzu, Malawi, on 11 May 2025 left three people dead, police said."
SHELLING = "Shells killed four people in Sokode, Togo, on 2 June 2025, a doctor said."


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The extras are not installed, until this is called."""

    def nothing(name: str) -> object:
        return None if name in ("pypdfium2", "pyarrow") else find_spec(name)

    for module in ("read.extras", "collect.parquet"):
        monkeypatch.setattr(f"bearwitness.{module}.find_spec", nothing)
    return monkeypatch.undo


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """A folder with a PDF, a table and a plain text."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "lake.pdf").write_bytes(pdf([column(STORY)]))
    (folder / "raids.parquet").write_bytes(table("text"))
    (folder / "sokode.txt").write_text(SHELLING)
    return folder


def table(name: str) -> bytes:
    """A table of two reports in a column of that name."""
    file = io.BytesIO()
    parquet.write_table(pa.table({name: [RAID, "The market in Kindia opened again."], "n": [1, 2]}), file)
    return file.getvalue()


def test_what_cannot_be_read_yet_is_kept_and_read_later(
    tmp_path: Path, evidence: Path, without: Callable[[], None]
) -> None:
    """The rest goes on; the problem says what to install; after that an update reads the very bytes that were kept."""
    with Ledger.create(tmp_path / "ledger", clock=FixedClock()) as ledger:
        added = pipeline.add(ledger, [evidence], {}, clock=FixedClock())
        first = pipeline.update(ledger)
        assert (added.new, added.problems, first.incidents) == (3, (), 1)
        assert first.problems["missing_extra"] == 2
        told = " ".join(noted.problem.sentence for noted in first.noted)
        assert "pip install 'bearwitness[pdf]'" in told
        assert "pip install 'bearwitness[tables]'" in told
        kept = {Path(capture.source).name: capture for capture in ledger.records(Capture)}
        assert ledger.data(kept["lake.pdf"]) == (evidence / "lake.pdf").read_bytes()
        assert ledger.data(kept["raids.parquet"]) == (evidence / "raids.parquet").read_bytes()
        again = pipeline.update(ledger)
        assert (again.reports, again.problems["missing_extra"], again.derived) == (0, 2, False)
        without()
        later = pipeline.update(ledger)
        assert (later.reports, later.incidents) == (4, 3)
        assert "missing_extra" not in later.problems
        assert all(report.reader == read.READER for report in ledger.reports())
        row = next(capture for capture in ledger.records(Capture) if capture.source.endswith("parquet#1"))
        assert row.captured_at == kept["raids.parquet"].captured_at
        last = pipeline.update(ledger)
        assert (last.reports, last.readings, last.derived) == (0, 0, False)
    assert pipeline.verify(tmp_path / "ledger").sound


def test_rows_read_later_are_those_read_at_once(
    tmp_path: Path, evidence: Path, without: Callable[[], None]
) -> None:
    """The same reports under the same ids, also of a table whose columns the operator named."""
    (evidence / "named.parquet").write_bytes(table("what, it says"))
    columns, given = {"text": "what, it says"}, {"outlet": "Coast Wire"}
    ledgers = [Ledger.create(tmp_path / name, clock=FixedClock()) for name in ("later", "at once")]
    ids = []
    for ledger in ledgers:
        with ledger:
            files = [evidence / "named.parquet"]
            pipeline.add(ledger, files, given, columns=columns, clock=FixedClock())
            pipeline.update(ledger)
            without()
            pipeline.update(ledger)
            ids.append({report.id for report in ledger.reports() if report.text})
    assert ids[0] == ids[1]
    assert len(ids[0]) == 2


def test_a_column_that_is_not_there_is_said_later(
    tmp_path: Path, evidence: Path, without: Callable[[], None]
) -> None:
    """Where the table was kept before anybody could look at its columns."""
    with Ledger.create(tmp_path / "ledger", clock=FixedClock()) as ledger:
        pipeline.add(ledger, [evidence / "raids.parquet"], {}, columns={"text": "body"}, clock=FixedClock())
        pipeline.update(ledger)
        without()
        assert pipeline.update(ledger).problems["no_text_column"] == 1


def test_reading_without_a_ledger_goes_on(evidence: Path, without: Callable[[], None]) -> None:
    """``extract`` gives the text, and says of the others why not."""
    found = list(pipeline.extract_files([evidence], {}))
    assert [len(one.reading.claims) > 0 for one in found] == [False, False, True]
    assert [problem.code for one in found[:2] for problem in one.report.problems] == ["missing_extra"] * 2
