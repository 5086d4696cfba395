"""Hostile and damaged bytes: a problem each, never a crash, nothing lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.errors import PROBLEMS
from bearwitness.read import READER, read
from bearwitness.record import Capture, Problem, Report, digest

PROSE = "The harbour master said that two people were hurt when a crane fell on the quay at Nordhavn. "


def report(data: bytes, media_type: str = "text/plain", **given_: str) -> Report:
    """The report of ``data``; what must hold of every report is checked here."""
    capture = Capture(
        sha256=digest(data), size=len(data), source="x.txt", media_type=media_type, given=given_
    )
    found = read(data, capture)
    assert found.reader == READER
    assert found.capture == capture.id
    assert all(problem.code in PROBLEMS for problem in found.problems)
    assert 0 <= found.title_end <= len(found.text)
    return found


def codes(found: Report) -> list[str]:
    """Its problem codes."""
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xff\xfe", b"\n" * 100_000])
def test_nothing_to_read(data: bytes) -> None:
    """No words, in whatever disguise, is the problem ``empty``."""
    assert "empty" in codes(report(data))


def test_binary_bytes_give_no_text() -> None:
    """Bytes that are no text are not shown as text, whatever they are called."""
    for data, kind in ((bytes(range(256)) * 40, "text/plain"), (b"\x89PNG\r\n words", "image/png")):
        found = report(data, kind)
        assert (found.text, codes(found)) == ("", ["binary"])


def test_a_capture_without_data_keeps_its_own_problem() -> None:
    """A file that was too large to keep is not called empty."""
    why = Problem(code="too_large", where="x.txt", sentence="It is large.")
    capture = Capture(sha256=digest(b""), size=0, source="x.txt", media_type="text/plain", problems=(why,))
    assert read(b"", capture).problems == (why,)


def test_the_text_of_a_plain_file_is_its_own() -> None:
    """Line ends, tabs and spaces stay; only a byte-order mark goes."""
    words = "Two hurt\r\n\r\n" + PROSE + "\r\t \u00a0 end.\n"
    assert report(b"\xef\xbb\xbf" + words.encode()).text == words


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_wide_text_with_and_without_its_mark(encoding: str) -> None:
    """Text saved as "Unicode" by old editors is read; without its mark the guess is noted."""
    words = "Two hurt on the quay\n\n" + PROSE
    found = report(words.encode(encoding))
    assert found.text == words
    assert codes(found) == (["guessed_encoding"] if encoding in ("utf-16-le", "utf-16-be") else [])


def test_an_old_western_encoding_is_guessed_and_noted() -> None:
    """Bytes of cp1252 give their curly quotation marks, and the guess is a problem."""
    words = "“Nobody slept,” Zoë Ångström said. " + PROSE
    found = report(words.encode("cp1252"))
    assert found.text == words
    assert codes(found) == ["guessed_encoding"]


def test_a_declared_encoding_is_taken() -> None:
    """A charset in the page or in the header is no guess."""
    page = (
        '<html><head><meta charset="windows-1251"></head><body><p>'
        + "Порт закрыт до утра, сообщил начальник порта. " * 9
        + "</p></body></html>"
    )
    found = report(page.encode("cp1251"), "text/html")
    assert "Порт закрыт" in found.text
    assert codes(found) == ["unread_language"]
    assert "Порт" in report("Порт закрыт".encode("koi8-r"), "text/plain; charset=koi8-r").text


@pytest.mark.parametrize(
    "name", ["utf-7", "undefined", "idna", "no-such-charset", "rot13", "hex", "unicode_escape", "utf-16"]
)
def test_a_declared_encoding_that_is_none_is_passed_over(name: str) -> None:
    """A page cannot choose a codec that is no encoding of text."""
    page = f'<meta charset="{name}"><p>Zo\xeb said so. {PROSE}</p>'.encode("latin-1")
    assert "hurt when a crane fell" in report(page, "text/html").text


def test_bytes_that_do_not_fit_are_shown_and_noted() -> None:
    """Damaged UTF-8 keeps all that fits; lone surrogates cannot stand in a text that must be written again."""
    data = (
        "Zoë Ångström’s house burned, and the neighbours said that they saw it. " * 5
    ).encode() + b"\xed\xa0\x80 \xff end"
    found = report(data)
    assert codes(found) == ["bad_encoding"]
    assert found.text.startswith("Zoë Ångström’s house")
    assert found.text.endswith("end")
    found.text.encode()


def test_null_bytes_stay_and_are_noted() -> None:
    """Offsets are those of the file, so that a control character is not taken out."""
    words = "Two hurt\n\n" + PROSE + "\x00\x07 end."
    found = report(words.encode())
    assert (found.text, codes(found)) == (words, ["control_characters"])


def test_null_bytes_in_a_page_do_not_stop_it() -> None:
    """The parser never sees them; the problem is kept."""
    page = f"<html><head><title>Two hurt</title></head><body><p>{PROSE * 3}\x00\x0b\x1f</p></body></html>"
    found = report(page.encode(), "text/html")
    assert "crane fell" in found.text
    assert codes(found) == ["control_characters"]


def test_right_to_left_text_is_kept() -> None:
    """Text in a script that is not read is kept in its own order, and the language is named."""
    words = "أصيب شخصان بجروح\n\n" + "قال مدير الميناء إن شخصين أصيبا عندما سقطت رافعة على الرصيف. " * 4
    found = report(words.encode())
    assert (found.text, found.language, codes(found)) == (words, "ar", ["unread_language"])


def test_a_million_digits_are_a_line_like_any_other() -> None:
    """A number without end costs no time and loses nothing."""
    words = "Fire at Nordhavn\n\nPolice said " + "9" * 1_000_000 + " people were hurt.\n"
    begin = time.process_time()
    assert report(words.encode()).text == words
    assert time.process_time() - begin < 2


@pytest.mark.long
@pytest.mark.parametrize(
    "unit", [PROSE * 3 + "\n", PROSE, "Council Opens Bridge\n11 Jan 2026\n", "7", "a,", "x\n\n"]
)
def test_fifty_megabytes_of_text(unit: str) -> None:
    """50 MB are read in seconds, whole, whatever the lines look like."""
    data = unit.encode() * (50_000_000 // len(unit))
    begin = time.process_time()
    found = report(data)
    assert time.process_time() - begin < 15
    assert len(found.text) == len(data)
    assert found.left_out == () or found.left_out[-1].end < 1_100_000


PARAGRAPH = f"<p>{PROSE * 4}</p>"
BOMBS = {
    "deep": "<div>" * 100_000 + PARAGRAPH + "</div>" * 100_000,
    "deep, never closed": "<b>x " * 100_000 + PARAGRAPH,
    "attributes of one tag": "<p " + " ".join(f'a{n}="x"' for n in range(100_000)) + ">" + PARAGRAPH,
    "attributes hiding tags": "<p " + " ".join(f'a{n}="<b>"' for n in range(100_000)) + ">" + PARAGRAPH,
    "attributes of all tags": ("<p " + " ".join(f"a{n}=x" for n in range(490)) + ">x</p>") * 1000 + PARAGRAPH,
    "elements": "<p>x" * 500_000 + PARAGRAPH,
    "opening brackets": PARAGRAPH + "<" * 1_000_000,
    "opened comments": PARAGRAPH + "<!--" * 500_000,
    "opened scripts": PARAGRAPH + "<script " * 300_000,
    "opened quotes": PARAGRAPH + '<a ="' * 300_000,
    "nested data": '<script type="application/ld+json">' + "[" * 200_000 + "</script>" + PARAGRAPH,
    "dates": '<meta name="date" content="' + "1/" * 300_000 + '">' + PARAGRAPH,
    "entities": "<p>" + "&amp;&#0;&#xD800;&#1114112;" * 50_000 + "</p>" + PARAGRAPH,
    "one word": "<p>" + "a" * 3_000_000 + "</p>" + PARAGRAPH,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_pages_made_to_stop_a_reader(bomb: str) -> None:
    """Each is read in seconds and its words are kept."""
    page = f"<html><head><title>Crane falls</title></head><body>{BOMBS[bomb]}</body></html>"
    begin = time.process_time()
    found = report(page.encode(), "text/html")
    assert time.process_time() - begin < 10
    assert "crane fell on the quay" in found.text


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["text/plain", "text/html", "", "image/png"]))
def test_any_bytes_are_read(data: bytes, kind: str) -> None:
    """No bytes raise, and reading again gives the same record."""
    assert report(data, kind).id == report(data, kind).id


LINES = st.sampled_from(
    [
        "", "Latest news", "Latest newsCouncil opens bridge", "11.Jan.2026", "2 hours ago", "Council opens new bridge",
        PROSE, "Read also: Council opens bridge", "By Ada Lindqvist", "Photo: Example Agency", "Home", "Sport",
        "© 2026 Example Times", "Share", "Title: Crane falls", "Published: 17 October 2020", "14 Jan 2026",
        "A crane fell. (Photo: Example)", "Two hurt", "went on in the night and the", "\x00",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_is_left_out_lies_in_the_text_in_order(lines: list[str], end: str) -> None:
    """Spans are ordered, do not overlap (the record refuses otherwise), hold words, and never take all prose."""
    found = report(end.join(lines).encode())
    assert all(found.text[part.start : part.end].strip() for part in found.left_out)
    out = "".join(found.text[part.start : part.end] for part in found.left_out)
    prose = (PROSE.strip(), "went on in the night and the")
    taken = any(out.count(words) for words in prose)
    assert not taken or any(found.text.count(words) > out.count(words) for words in prose)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div class=x>",
                "</div>",
                "<table>",
                "<tr>",
                "<td>",
                "<li>",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "<title>",
                "</title>",
                "<a href='",
                "'>",
                "&#0;",
                "<time datetime='2020-99-99'>",
                PROSE,
                "\n",
            ]
        ),
        max_size=40,
    )
)
def test_any_tags_are_read(parts: list[str]) -> None:
    """No arrangement of tags raises."""
    report(("<html><body>" + "".join(parts)).encode(), "text/html")
