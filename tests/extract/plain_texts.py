"""Plain texts as reports and surveys."""

from __future__ import annotations

from bearwitness.extract import text
from bearwitness.extract.survey import Survey
from bearwitness.gazetteer import Gazetteer
from bearwitness.read import read
from bearwitness.record import Capture, Report, digest


def report_of(body: str, published: str | None = None) -> Report:
    """The report of a plain text."""
    data = body.encode()
    given = {"published": published} if published else {}
    return read(
        data,
        Capture(sha256=digest(data), size=len(data), source="t.txt", media_type="text/plain", given=given),
    )


def surveyed(body: str) -> Survey:
    """The survey of a plain text, every sentence read."""
    report = report_of(body)
    return Survey(report, text.plain(report.text), Gazetteer.open(), every=True)
