"""What a web archive states of a page comes through to its capture and its report."""

from __future__ import annotations

from pathlib import Path

from containers import ADDRESS, DATE, PAGE, Warc

from bearwitness import pipeline
from bearwitness.pipeline.reading import read_report
from bearwitness.record import Capture
from bearwitness.store import Ledger


def test_address_and_time_come_through(tmp_path: Path) -> None:
    """The capture has the archive's time, not the day it was added, and the page's address, which may date the page.
    What was passed over is told and not kept; the same file again adds nothing; the ledger verifies."""
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(Warc().record("metadata", b"x").response(headers=(("Server", "nginx"),)).data)
    with Ledger.create(tmp_path / "ledger") as ledger:
        added = pipeline.add(ledger, [path], {})
        assert (added.new, added.known, [problem.code for problem in added.problems]) == (1, 0, ["skipped"])
        assert pipeline.add(ledger, [path], {}).known == 1
        (capture,) = ledger.records(Capture)
        assert capture.source == f"{path}#{ADDRESS}"
        assert capture.captured_at == DATE
        assert capture.headers == (("Content-Type", "text/html"), ("Server", "nginx"))
        assert ledger.data(capture) == PAGE
        report = read_report(PAGE, capture)
        assert (report.published, report.published_basis) == ("2025-03-04", "url")
    assert pipeline.verify(tmp_path / "ledger").sound
