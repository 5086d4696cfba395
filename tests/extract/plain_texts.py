"""Plain texts as reports and surveys."""

from __future__ import annotations

from bearwitness.extract import text
from bearwitness.extract.drafts import Drafter
from bearwitness.extract.lines import Line, read_line
from bearwitness.extract.survey import Survey
from bearwitness.extract.text import Sentence
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


def marked(text: str) -> tuple[str, int, int]:
    """A text without the braces around its marked words, and where these begin and end."""
    start, end = text.index("{"), text.index("}") - 1
    return text.replace("{", "").replace("}", ""), start, end


def line_of(sentence: str) -> Line:
    """One sentence as it is read."""
    return read_line(Sentence(0, len(sentence), sentence, 0, False), Gazetteer.open(), None, [])


def surveyed(body: str) -> Survey:
    """The survey of a plain text, every sentence read."""
    report = report_of(body)
    return Survey(report, text.plain(report.text), Gazetteer.open(), every=True)


def seen(body: str, title_end: int = 0) -> Survey:
    """The survey of a text as it stands, of which the first ``title_end`` characters are its title."""
    report = Report(
        capture="c", reader="t", source="t", text=body, text_sha256=digest(body.encode()), language="en", title_end=title_end
    )  # fmt: skip
    return Survey(report, text.plain(body), Gazetteer.open(), every=True)


def speaker(survey: Survey, at: str, start: int = 0) -> str | None:
    """Who says what stands at some words, looked for from ``start`` on."""
    where = survey.report.text.index(at, start)
    line = next(one for one in survey.lines if one.sentence.start <= where < one.sentence.end)
    found = Drafter(survey).voice(line, where)[0]
    return found.words if found is not None else None
