"""Reading PDF files: paragraphs from printed lines, pages, running heads, pictures, and files made to do harm."""

from __future__ import annotations

import shutil
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import Print, column, pdf, written

from bearwitness import apart
from bearwitness.errors import PROBLEMS
from bearwitness.read import pdf as reading
from bearwitness.read import read
from bearwitness.read.pdf_text import Line, set_text
from bearwitness.record import Capture, Report, digest

HEADLINE = Print(72, 770, 18, "Blast at Kenema grain gate kills 12")
STORY = [
    "A bomb killed 12 people in Kenema, Sierra Leone, on Monday, the govern-",
    "ment said. The Northern Column denied that it had anything to do with it.",
    "    A long-",
    "range rocket had been found near the gate (see the map) on Sunday, said",
    "the Lake Guard.",
    "",
    "The government has sent soldiers to the town. Rescue workers said that they",
]
END = ["had taken thirty wounded people to the hospital.", "", "The gate is closed."]


def report(data: bytes) -> Report:
    """What is read from the file ``data``; every problem must be known."""
    capture = Capture(
        sha256=digest(data), size=len(data), source="statement.pdf", media_type="application/pdf"
    )
    found = read(data, capture)
    assert all(problem.code in PROBLEMS for problem in found.problems)
    return found


def codes(found: Report) -> list[str]:
    """The codes of its problems."""
    return [problem.code for problem in found.problems]


def story(*, heads: bool = True) -> bytes:
    """Three pages: a story that runs on from the first to the second, each page with a running head and its number."""
    pages = [
        [HEADLINE, *column(STORY)],
        column(END),
        column(["Other news of the day from the Lake district."]),
    ]
    if heads:
        for number, page in enumerate(pages, start=1):
            page.insert(0, Print(72, 810, 9, "Eastern Mirror, 4 March 2025"))
            page.append(Print(297, 40, 9, f"- {number} -"))
    return pdf(pages)


def test_lines_become_paragraphs() -> None:
    """A paragraph is one line of the text; a gap, an indent and a heading begin a new one."""
    found = report(story())
    assert found.title == "Blast at Kenema grain gate kills 12"
    assert found.text[: found.title_end] == found.title
    assert found.text.split("\n\n")[1:3] == [
        (
            "A bomb killed 12 people in Kenema, Sierra Leone, on Monday, the government said. "
            "The Northern Column denied that it had anything to do with it."
        ),
        "A long-range rocket had been found near the gate (see the map) on Sunday, said the Lake Guard.",
    ]


def test_a_broken_word_is_put_together_only_where_it_is_known() -> None:
    """ "government" stands elsewhere in the document, "longrange" does not: one loses its hyphen, and it is said."""
    found = report(story())
    assert codes(found) == ["words_joined"]
    assert "“government”" in found.problems[0].sentence
    assert "longrange" not in found.text


def test_a_sentence_that_runs_on_to_the_next_page_is_whole() -> None:
    """Running heads and page numbers do not stand in its way, and its words know their pages."""
    found = report(story())
    sentence = "Rescue workers said that they had taken thirty wounded people to the hospital."
    start = found.text.index(sentence)
    assert found.page(start) == 1
    assert found.page(found.text.index("had taken thirty")) == 2
    assert found.page(found.text.index("Other news")) == 3
    assert len(found.pages or ()) == 3


def test_running_heads_and_page_numbers_are_marked() -> None:
    """They stay in the text, marked as left out; nothing else is. The day in one is the day of publication."""
    found = report(story())
    marked = [found.text[part.start : part.end] for part in found.left_out if part.why == "running_head"]
    assert sorted(marked) == ["- 1 -", "- 2 -", "- 3 -", *["Eastern Mirror, 4 March 2025"] * 3]
    assert (found.published, found.published_basis) == ("2025-03-04", "text")
    assert not report(story(heads=False)).left_out


def test_what_a_browser_prints_around_a_page_is_marked() -> None:
    """Its address and the time of printing are no part of it, and that day is not the day of publication."""
    around = [Print(30, 820, 8, "26/11/2026, 06:21"), Print(30, 20, 8, "https://coastwire.example/a 1/1")]
    found = report(pdf([[around[0], HEADLINE, *column(STORY), around[1]]]))
    assert [found.text[part.start : part.end] for part in found.left_out] == [line.words for line in around]
    assert (found.published, found.title) == (None, HEADLINE.words)


def test_a_report_without_pages_is_kept_as_it_always_was() -> None:
    """A text has no pages, and its record does not name them: ids and bodies of old ledgers stay what they were."""
    import msgspec

    capture = Capture(sha256=digest(b"x"), size=1, source="a.txt", media_type="text/plain")
    found = read(b"x", capture)
    assert found.page(0) is None
    assert b"pages" not in msgspec.json.encode(found)


def test_columns_are_read_one_after_the_other() -> None:
    """A sentence goes on at the top of the next column."""
    left = column(
        ["The Lake Guard said on Monday that the", "number of people killed in the raid on the"], size=10
    )
    right = column(["village had risen to nine.", "The search goes on."], x=320, size=10)
    assert "killed in the raid on the village had risen to nine." in report(pdf([[*left, *right]])).text


def test_pages_that_are_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Tesseract the problem names them; with it they are read, and that is said. Pages with words stay."""
    data = pdf([column(STORY), []], picture=bytes(range(64)) * 64)
    if shutil.which(reading.TESSERACT):
        assert set(codes(report(data))) <= {"words_joined", "no_text_layer", "read_by_ocr"}
    monkeypatch.setattr(reading, "TESSERACT", "no-such-program")
    found = report(data)
    assert "no_text_layer" in codes(found)
    assert "Page(s) 2 hold no text" in found.problems[0].sentence
    assert "A bomb killed 12 people" in found.text


def program(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that stands where Tesseract would."""
    path = folder / "recogniser"
    path.write_text(f"#!{sys.executable}\nimport sys, time\n{body}\n")
    path.chmod(0o755)
    monkeypatch.setattr(reading, "TESSERACT", str(path))


def test_the_recogniser_gets_a_picture_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given a grey picture of the whole page, 300 dots to an inch; its lines become paragraphs."""
    check = "data = sys.stdin.buffer.read(); assert data.startswith(b'P5 2479 3508 255') or data.startswith(b'P5 2480 3509 255'), data[:30]"
    program(tmp_path, f"{check}\nprint('A bomb killed\\n12 people.\\n\\nPolice said so.')", monkeypatch)
    found = report(pdf([[]], picture=bytes(4096)))
    assert (found.text, codes(found)) == ("A bomb killed 12 people.\n\nPolice said so.", ["read_by_ocr"])


def test_a_recogniser_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has its time and no more, and nothing of it goes on running."""
    program(
        tmp_path,
        f"open({str(tmp_path / 'begun')!r}, 'w').close()\ntime.sleep(600)\nopen({str(tmp_path / 'ended')!r}, 'w')",
        monkeypatch,
    )
    monkeypatch.setattr(reading, "OCR_SECONDS", 2)
    monkeypatch.setattr(apart, "PATIENCE", 1)
    assert codes(report(pdf([[]], picture=bytes(4096)))) == ["no_text_layer"]
    assert not (tmp_path / "ended").exists()


def locked() -> bytes:
    """A PDF that says it is encrypted with a password nobody knows."""
    base = [b"<< /Type /Pages /Count 0 /Kids [] >>", b"<< /Type /Catalog /Pages 1 0 R >>"]
    key = b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -1 /O <%s> /U <%s> >> /ID [<00> <00>]"
    return written(base, key % (b"ab" * 32, b"cd" * 32))


def bomb(levels: int = 3) -> bytes:
    """A page whose words are a gigabyte of zeros, packed again and again."""
    data = bytes(100_000_000)
    for _ in range(levels):
        data = zlib.compress(data, 9)
    content = (
        b"<< /Filter [%s] /Length %d >>\nstream\n" % (b" /FlateDecode" * levels, len(data))
        + data
        + b"\nendstream"
    )
    page = b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Contents 1 0 R >>"
    return written(
        [content, page, b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>", b"<< /Type /Catalog /Pages 3 0 R >>"]
    )


def looping() -> bytes:
    """Pages that are their own parents, and a form that draws itself."""
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 1 0 R >> >> /Length 4 >>\nstream\n/F Do\nendstream"
    page = b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F 1 0 R >> >> >>"
    draw = b"<< /Length 5 >>\nstream\n/F Do\nendstream"
    return written(
        [
            form,
            page,
            b"<< /Type /Pages /Count 9 /Kids [2 0 R 3 0 R] >>",
            draw,
            b"<< /Type /Catalog /Pages 3 0 R >>",
        ]
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\nno more than its name", "broken_pdf"),
        (story()[: len(story()) // 3], "broken_pdf"),
        (locked(), "encrypted_pdf"),
        (bomb(), "no_text_layer"),
        (looping(), "no_text_layer"),
        (b"%PDF-1.7\n" + b"[" * 200_000, "broken_pdf"),
        (written([b"<< /Type /Catalog /Pages 1 0 R >>"]), "no_text_layer"),
    ],
    ids=["name only", "cut", "locked", "bomb", "loop", "nested", "no pages"],
)
def test_hostile_files_end_as_problems(data: bytes, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each ends within its time with a problem that says what is wrong, and with no text."""
    monkeypatch.setattr(reading, "TESSERACT", "no-such-program")
    found = report(data)
    assert expected in codes(found) or codes(found) == ["broken_pdf"]
    assert not found.text


def test_limits_on_pages_characters_time_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read within them is kept, and a problem says how much that is."""
    for name, value, read_pages in (("PAGES", 2, 2), ("CHARACTERS", 100, 1)):
        with monkeypatch.context() as patched:
            patched.setattr(reading, name, value)
            found = report(story(heads=False))
        assert "read_in_part" in codes(found)
        assert f"Only pages 1 to {read_pages} are read" in " ".join(
            problem.sentence for problem in found.problems
        )
        assert found.text.startswith("Blast at Kenema")
    for name, value in (("MEMORY", 1_000_000), ("SECONDS", 0)):
        with monkeypatch.context() as patched:
            patched.setattr(reading, name, value)
            assert codes(report(story())) == ["broken_pdf"]


@settings(max_examples=6, deadline=None)
@given(st.data())
def test_damaged_files_never_raise(data: st.DataObject) -> None:
    """A file with some of its bytes changed or missing gives a report, with or without words."""
    whole = bytearray(story())
    for _ in range(data.draw(st.integers(1, 30))):
        whole[data.draw(st.integers(9, len(whole) - 1))] = data.draw(st.integers(0, 255))
    report(bytes(whole[: data.draw(st.integers(9, len(whole)))])).text.encode()


FIGURES = st.floats(-1000, 1000, width=32)
LINES = st.builds(
    Line,
    st.text("ab-. 1•A", min_size=1, max_size=9),
    st.booleans(),
    FIGURES,
    FIGURES,
    FIGURES,
    st.floats(0, 50),
    st.just(842.0),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(LINES, max_size=5), max_size=4))
def test_any_lines_make_a_text(pages: list[list[Line]]) -> None:
    """Wherever lines stand, all their words are in the text, in order pages begin, and spans lie in it apart."""
    found = set_text(pages)
    assert len(found.pages) == len(pages)
    assert list(found.pages) == sorted(found.pages)
    assert found.pages[:1] in ((), (0,))
    ends = [0, *(place for span in found.heads for place in span), len(found.text)]
    assert ends == sorted(ends)
    assert all(line.words in found.text for page in pages for line in page)
