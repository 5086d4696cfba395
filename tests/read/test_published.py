"""The day of publication of a page: the one that it prints for its readers goes before an instant in UTC."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.read import dates, read
from bearwitness.record import Capture, Report, digest

BODY = (
    "Two dock workers were hurt on Tuesday when a crane fell on the quay at Kenema, the harbour master said. "
    "The port stays shut until Thursday, and ships wait outside. Nobody could say why the crane fell."
)


def page(stamp: str, line: str, before: str = "", behind: str = "") -> Report:
    """The report of a page of Coast Wire with a structured instant and a line under its title."""
    data = (
        f'<html><head><title>Crane falls</title><meta property="article:published_time" content="{stamp}"></head>'
        f"<body>{before}<article><h1>Crane falls at Kenema</h1><div>{line}</div><p>{BODY}</p><p>{BODY}</p>{behind}"
        "</article></body></html>"
    ).encode()
    return read(data, Capture(sha256=digest(data), size=len(data), source="x", media_type="text/html"))


def dated(found: Report) -> tuple[str | None, str | None]:
    """Day and basis."""
    return found.published, found.published_basis


@pytest.mark.parametrize(
    ("stamp", "line", "expected"),
    [
        ("2021-03-10T03:26:47Z", "10:26 pm EST, Tuesday, March 9, 2021", ("2021-03-09", "text")),
        ("2021-03-10T03:26:47+00:00", "By Ada Lind - Mar 9, 2021, 10:26pm", ("2021-03-09", "text")),
        ("2021-03-10T03:26:47Z", "March 9, 2021", ("2021-03-09", "text")),
        ("2021-03-10T20:30:00Z", "11 March 2021 05:30", ("2021-03-11", "text")),
        ("2021-03-10T20:30:00Z", "11 March 2021", ("2021-03-11", "text")),
        ("2021-03-10T03:26:47Z", "March 10, 2021", ("2021-03-10", "structured")),
        ("2021-03-10T20:26:47Z", "March 9, 2021", ("2021-03-10", "structured")),
        ("2021-03-10T03:26:47Z", "10:41 pm EST, March 9, 2021", ("2021-03-10", "structured")),
        ("2021-03-10T03:26:47Z", "Updated: March 9, 2021", ("2021-03-10", "structured")),
        ("2021-03-10T03:26:47Z", "March 2, 2021", ("2021-03-10", "structured")),
        ("2021-03-10T03:26:47-05:00", "March 9, 2021", ("2021-03-10", "structured")),
        ("2021-03-10", "March 9, 2021", ("2021-03-10", "structured")),
    ],
)
def test_the_printed_day_of_the_same_moment_counts(
    stamp: str, line: str, expected: tuple[str | None, str | None]
) -> None:
    """An evening is told in UTC as the next day. Only the same moment in a possible zone is taken; never a change."""
    assert dated(page(stamp, line)) == expected


def test_a_date_above_the_title_is_the_sites_clock() -> None:
    """So is one in a caption or a long line."""
    clock = "<div>March 9, 2021</div>"
    caption = "<div>People wait outside the hospital of Kenema on the evening of March 9, 2021. Photo: Coast Wire</div>"
    assert dated(page("2021-03-10T03:26:47Z", "", clock, caption)) == ("2021-03-10", "structured")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Publié le 9 mars 2021", "2021-03-09"),
        ("Am 30. Juli 2018 veröffentlicht", "2018-07-30"),
        ("22 de janeiro de 2018 às 0:13", "2018-01-22"),
        ("11 октября 2018", "2018-10-11"),
        ("31 lutego 2018", None),
        ("Juli 2018", None),
    ],
)
def test_months_of_other_languages_date_a_page(line: str, expected: str | None) -> None:
    """A report that waits for a reader of its language has its day all the same."""
    assert page("", line).published == expected


@pytest.mark.parametrize(
    "line",
    [
        "<p>The town marks the end of the war of 12 August 1964 this week.</p>",
        "<p>It was the worst attack since 4 June 1998, when gunmen killed 20 people in Bo.</p>",
        "<p>A bomb killed 7 people in Kenema, Sierra Leone, on 2 March 2015, police said.</p>",
        "<p>It was <time datetime='1964-08-12'>12 August 1964</time> when the war ended here.</p>",
        "<h2>The war of 12 August 1964</h2>",
        "<p>It was 12 August 1964.</p>",
        "<p>Une bombe a tué trois personnes à Kenema le 2 mars 2025, a dit la police.</p>",
        "<p>Es war am 30. Juli 2018.</p>",
    ],
)
def test_a_day_of_the_story_is_none_of_publication(line: str) -> None:
    """Where the page states no day, one that a sentence or a heading tells of is not taken for it."""
    assert dated(page("", line, behind=line)) == (None, None)


@pytest.mark.parametrize(
    "line",
    ["9 March 2021", "By Ada Lind in Kenema, 9 March 2021", "Ada Lind - 9 March 2021", "Published on 9 March 2021."],
)  # fmt: skip
def test_a_line_that_is_little_but_a_day_dates_the_page(line: str) -> None:
    """Also beside a name or a label, and with a day of the story below it."""
    below = (
        "<p>The war ended on <time datetime='1964-08-12'>12 August 1964</time>, and the town marks it.</p>"
    )
    assert dated(page("", line, behind=below)) == ("2021-03-09", "text")


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=20, deadline=None)
def test_any_stamp_and_line_is_read(stamp: str, line: str) -> None:
    """Never an error; a date found is one."""
    found = page(stamp.replace('"', ""), line)
    assert found.published is None or dates.edtf(found.published) == found.published
