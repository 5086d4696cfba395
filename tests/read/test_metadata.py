"""Title, outlet, date of publication and language, of plain texts and of pages."""

from __future__ import annotations

import pytest
import trafilatura
from lxml import html

from bearwitness.read import dates, names, read
from bearwitness.read.language import language
from bearwitness.record import Capture, Report, digest

BODY = (
    "Two dock workers were hurt on Tuesday when a crane fell on the quay at Nordhavn, the harbour master said. "
    "The port stays shut until Thursday, and ships wait outside. Nobody could say why the crane fell."
)


def report(text: str, media_type: str = "text/plain", source: str = "x", **given: str) -> Report:
    """The report of a text or page."""
    data = text.encode()
    capture = Capture(sha256=digest(data), size=len(data), source=source, media_type=media_type, given=given)
    return read(data, capture)


def page(head: str = "", body: str = "", title: str = "Crane falls at Nordhavn") -> str:
    """An invented page; the second paragraph keeps extraction from giving up on a short text."""
    return (
        f"<html lang='en'><head><title>{title}</title>{head}</head><body><article><h1>Crane falls at Nordhavn</h1>"
        f"{body}<p>{BODY}</p><p>An inquiry was opened the same day, a spokeswoman for the port said.</p>"
        "</article><footer>Copyright 2019 Example Media</footer></body></html>"
    )


def dated(found: Report) -> tuple[str | None, str | None]:
    """Date of publication and its basis."""
    return found.published, found.published_basis


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Crane falls\n\n{BODY}\n", "Crane falls"),
        (f"Crane falls, two hurt\n{BODY}\n", "Crane falls, two hurt"),
        (f"CRANE FALLS AT NORDHAVN\nBy Ada Lindqvist\n{BODY}\n", "CRANE FALLS AT NORDHAVN"),
        (f"Is the quay safe?\n\n{BODY}\n", None),
        (f"{BODY}\n", None),
        ("Two hurt at Nordhavn", "Two hurt at Nordhavn"),
        (f"\n\n  Crane falls  \n\n{BODY}", "Crane falls"),
    ],
)
def test_the_title_of_a_plain_text(text: str, title: str | None) -> None:
    """A first line without a full stop, set apart from the sentences below it."""
    found = report(text)
    assert found.title == title
    assert found.text[: found.title_end].strip() == (title or "")


def test_header_lines_are_metadata() -> None:
    """Labelled lines at the very top are read and left out; the words of the title stay."""
    text = f"Outlet: The Nordhavn Courier\nPublished: 17 October 2020\nTitle: Crane falls\nSaved: 14 Jan 2026\n\n{BODY}\n"
    found = report(text)
    assert (found.title, found.outlet) == ("Crane falls", "The Nordhavn Courier")
    assert dated(found) == ("2020-10-17", "header")
    assert [found.text[p.start : p.end] for p in found.left_out] == [
        "Outlet: The Nordhavn Courier",
        "Published: 17 October 2020",
        "Title: ",
        "Saved: 14 Jan 2026",
    ]
    assert found.text[: found.title_end].endswith("Crane falls")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published: 17 October 2020", "2020-10-17"),
        ("Posted on October 17, 2020 by admin", "2020-10-17"),
        ("17 October 2020", "2020-10-17"),
        ("By Ada Lindqvist | Oct 17, 2020", "2020-10-17"),
        ("Published 2020-10-17 14:05", "2020-10-17"),
        ("Published: 10/11/2020", "2020"),
        ("Published: 17/10/2020", "2020-10-17"),
        ("17.10.2020, 14:05", "2020-10-17"),
        ("Last updated: 18 October 2020", None),
        ("17 October", None),
        ("2 hours ago", None),
        ("By Ada Lindqvist", None),
    ],
)
def test_a_line_under_the_title_may_give_the_date(line: str, expected: str | None) -> None:
    """Only with its year, and never the day of a change; the line is left out of the article."""
    found = report(f"Crane falls at Nordhavn\n{line}\n\n{BODY}\n")
    assert dated(found) == (expected, "header" if expected else None)
    assert [found.text[p.start : p.end] for p in found.left_out] == [line]


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        ("NORDHAVN, Oct 17, 2020 (Example Agency) - ", "2020-10-17"),
        ("NORDHAVN, 17 October 2020 /Example/ -- ", "2020-10-17"),
        ("NORDHAVN (Nordland), 17 Nov 89 (Example) -- ", "1989-11-17"),
        ("NORDHAVN, Oct 17 (Example Agency) - ", None),
        ("NORDHAVN (Example Agency) - ", None),
        ("On October 17, 2020, a ship sank. ", None),
    ],
)
def test_a_dateline_dates_the_report_only_with_its_year(dateline: str, expected: str | None) -> None:
    """A year is never guessed."""
    found = report(f"Crane falls\n\n{dateline}{BODY}\n")
    assert dated(found) == (expected, "text" if expected else None)
    assert found.left_out == ()


def test_a_date_that_does_not_exist_is_a_problem() -> None:
    """It is named and not used."""
    found = report(f"Title: Crane falls\nPublished: 31 February 2020\n\n{BODY}\n")
    assert dated(found) == (None, None)
    assert [problem.code for problem in found.problems] == ["bad_date"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("XXXX-10-17", "XXXX-10-17"),
        ("202X", "202X"),
        ("2020-10-XX", "2020-10-XX"),
        ("XXXX-02-29", "XXXX-02-29"),
        ("XXXX-02-30", None),
        ("2020-10-17T08:30:00Z", "2020-10-17"),
    ],
)
def test_a_given_date_may_leave_digits_open(given: str, expected: str | None) -> None:
    """EDTF with X for what is not known is kept as it is, if there is such a day."""
    found = report(BODY, published=given)
    assert dated(found) == (expected, "given" if expected else None)
    assert [problem.code for problem in found.problems] == ([] if expected else ["bad_date"])


def test_what_the_operator_gives_wins() -> None:
    """Over everything the text says; a date that is none is a problem and the text's own is used."""
    text = f"Title: Crane falls\nOutlet: Courier\nPublished: 17 October 2020\n\n{BODY}\n"
    found = report(text, published="2020-10-18", outlet="Herald", title="Fall of a crane", language="en")
    assert (found.title, found.outlet, *dated(found)) == ("Fall of a crane", "Herald", "2020-10-18", "given")
    found = report(text, published="next Tuesday")
    assert dated(found) == ("2020-10-17", "header")
    assert [problem.code for problem in found.problems] == ["bad_date"]


def test_a_page_is_its_title_and_its_main_text() -> None:
    """The text begins with the title, so that what the headline says has offsets; paragraphs are lines."""
    found = report(page(), "text/html")
    assert found.text.startswith("Crane falls at Nordhavn")
    assert found.text[: found.title_end] == found.title == "Crane falls at Nordhavn"
    assert BODY + "\nAn inquiry was opened" in found.text
    assert found.language == "en"
    assert found.problems == ()


def test_a_page_whose_text_lacks_its_title_gets_it() -> None:
    """Title, a blank line, main text."""
    found = report(page().replace("<h1>Crane falls at Nordhavn</h1>", ""), "text/html")
    assert found.text.startswith("Crane falls at Nordhavn\n\nTwo dock workers")


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta property="og:site_name" content="the courier"><meta property="og:title" content="Crane &amp; quay">',
        '<meta name="twitter:site" content="@courier"><link rel="canonical" href="https://www.courier.example/a/b">',
        '<link rel="canonical" href="https://courier.example/2020/crane"><base href="//courier.example/">',
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A crane falls", "publisher": '
            '{"@type": "Organization", "name": "Nordhavn Courier"}, "author": {"name": "Ada Lindqvist"}}</script>'
        ),
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": [}</script>',
        '<meta name="citation_journal_title" content="courier"><meta itemprop="headline" content="Crane">',
        f'<meta name="application-name" content="{"long " * 3000}">',
    ],
)
@pytest.mark.parametrize("title", ["Crane falls | The Courier", "Crane falls - courier.example", ""])
def test_names_are_those_of_the_whole_reading(head: str, title: str) -> None:
    """Title and site are what trafilatura gives when it reads authors, tags, licence and date as well."""
    text = page(head, title=title)
    whole = trafilatura.extract_metadata(text)
    tree = html.document_fromstring(text)
    found, site = names._said(tree)
    assert (found, site) == (whole.title, whole.sitename)


def test_the_outlet_is_not_part_of_the_title() -> None:
    """A site's name behind the headline is the outlet's."""
    head = '<meta property="og:site_name" content="The Nordhavn Courier">'
    for title in (
        "Crane falls at Nordhavn - The Nordhavn Courier",
        "Crane falls at Nordhavn | The Nordhavn Courier",
    ):
        found = report(page(head, title=title).replace("<h1>", "<h1>").replace("h1>", "b>"), "text/html")
        assert (found.title, found.outlet) == ("Crane falls at Nordhavn", "The Nordhavn Courier")


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<meta property="article:published_time" content="2020-10-17T21:30:00+00:00">', "", ("2020-10-17", "structured")),
        ('<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2021-01-01","datePublished":"2020-10-17"}</script>', "", ("2020-10-17", "structured")),
        ("", '<time itemprop="datePublished" datetime="2020-10-17">Saturday</time>', ("2020-10-17", "structured")),
        ('<link rel="canonical" href="https://courier.example/2020/10/17/crane-falls">', "", ("2020-10-17", "url")),
        ('<link rel="canonical" href="https://courier.example/2020/10/crane-falls">', "", ("2020-10", "url")),
        ("", '<div class="date">17 October 2020</div>', ("2020-10-17", "text")),
        ('<meta property="article:modified_time" content="2021-01-01">', "", (None, None)),
        ('<meta property="article:published_time" content="2020-13-45">', "", (None, None)),
        ("", "", (None, None)),
    ],
)  # fmt: skip
def test_the_date_of_a_page_and_its_basis(
    head: str, body: str, expected: tuple[str | None, str | None]
) -> None:
    """The page's own data, then its address, then a date in plain sight; never a change, a copyright or today."""
    assert dated(report(page(head, body), "text/html")) == expected


def test_a_page_without_an_article_keeps_its_words() -> None:
    """Where no main text is found all words stay, and the problem says so."""
    found = report(
        "<html><head><title>Links</title></head><body><a href=x>Ferry</a></body></html>", "text/html"
    )
    assert "Ferry" in found.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-10-17", "2020-10-17"), ("2020-10", "2020-10"), ("2020", "2020"), ("2020-10-XX", "2020-10-XX"),
        ("2020-10-17T23:30:00Z", "2020-10-17"), ("17 October 2020", "2020-10-17"), ("Oct. 17th, 2020", "2020-10-17"),
        ("11.Jan.2026", "2026-01-11"), ("29 February 2020", "2020-02-29"), ("29 February 2021", None),
        ("2020-13-01", None), ("2020-00", None), ("17 October", None), ("", None), ("3/3/2020", "2020-03-03"),
        ("1" * 500, None), ("0000-01-01", None),
    ],
)  # fmt: skip
def test_dates_become_edtf(text: str, expected: str | None) -> None:
    """A date with its year, or None."""
    assert dates.edtf(text) == expected


@pytest.mark.parametrize(
    "line",
    ["11.Jan.2026", "Jan 11, 2026", "2 hours ago", "10.01.2026", "14 Jan 2026", "Yesterday", "12:45", "Sat, 17 Oct 2020 14:05 GMT",
     "an hour ago", "2026-01-14", "Oct 17", "14:05 | 17.10.2020"],
)  # fmt: skip
def test_lines_that_are_dates(line: str) -> None:
    """The ways pages write when."""
    assert dates.is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "On 17 October",
        "17 hurt",
        "May",
        "March 2020 was quiet",
        "12 days",
        "2020",
        "1 000",
        "Monday was quiet",
    ],
)
def test_lines_that_are_not_dates(line: str) -> None:
    """Numbers and months inside a sentence."""
    assert not dates.is_date_line(line)


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (BODY, None, "en"),
        (BODY, "fr", "en"),
        ("Two hurt", None, None),
        ("Two hurt", "en-GB", "en"),
        (
            "Zwei Hafenarbeiter wurden am Dienstag verletzt, als ein Kran auf den Kai stürzte, sagte der Hafenmeister.",
            None,
            "de",
        ),
        (
            "Dos trabajadores resultaron heridos el martes cuando una grúa cayó en el muelle, dijo el jefe del puerto.",
            None,
            "es",
        ),
        ("9" * 5000, None, None),
        ("x x x x " * 200, None, None),
    ],
)
def test_the_language_of_a_text(text: str, declared: str | None, expected: str | None) -> None:
    """Told from the text; from what the page declares where the text is too short; else unknown."""
    assert language(text, declared) == expected
