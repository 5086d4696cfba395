"""Collecting mail: the messages of a box, and what they carry."""

from __future__ import annotations

import io
import mailbox
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.collect import Item, collect, media_type

if TYPE_CHECKING:
    from pathlib import Path

MAIL = "message/rfc822"
BODY = "A bomb killed 12 people in Kenema, Sierra Leone, on Monday, police said.\n"


def message(subject: str = "Blast", body: str = BODY) -> EmailMessage:
    """A message as a mail program sends it."""
    made = EmailMessage()
    made["From"] = "Ann Lee <ann@coastwire.example>"
    made["Subject"] = subject
    made["Message-ID"] = "<1@coastwire.example>"
    made.set_content(body)
    return made


def box(path: Path, *messages: EmailMessage) -> Path:
    """A box of messages, written by the standard library."""
    opened = mailbox.mbox(path)
    for one in messages:
        opened.add(mailbox.mboxMessage(one))
    opened.close()
    return path


def given_of(*paths: Path, **options: int) -> list[Item]:
    """The items of some files."""
    return list(collect(paths, **options))  # type: ignore[arg-type]


def test_a_message_is_known_by_its_header() -> None:
    """Whatever the file is called; a text that begins with words and colons is none."""
    raw = message().as_bytes()
    assert media_type(raw, "note.txt") == MAIL
    assert media_type(raw.replace(b"\n", b"\r\n")) == MAIL
    assert media_type(b"From: ann@coastwire.example\nSubject: Blast\n\nWords.", "a.eml") == MAIL
    assert media_type(b"From: our correspondent\nSubject: Blast\n\nWords.", "a.txt") == "text/plain"
    assert media_type(b"Message-ID: 1\nReceived: by us\nThe blast killed two.", "a.eml") == "text/plain"


def test_every_message_of_a_box_is_an_item_byte_for_byte(tmp_path: Path) -> None:
    """It is named by its number; a line in it that begins with "From" does not part it."""
    parts = [
        message("One"),
        message("Two", "From the north came soldiers.\n\nFrom them fled 40.\n"),
        message("Three"),
    ]
    items = given_of(box(tmp_path / "inbox", *parts))
    assert [(item.source.rsplit("/", 1)[-1], item.media_type) for item in items] == [
        (f"inbox#{number}", MAIL) for number in (1, 2, 3)
    ]
    # The box marks such lines, and is kept as it is.
    assert [item.data for item in items] == [one.as_bytes().replace(b"\nFrom ", b"\n>From ") for one in parts]


def test_a_box_comes_by_standard_input_too(tmp_path: Path) -> None:
    """It is streamed from there."""
    path = box(tmp_path / "inbox", message(), message())
    items = collect(["-"], stdin=io.BytesIO(path.read_bytes()))
    assert [item.source for item in items] == ["-#1", "-#2"]


def test_what_a_message_carries_is_collected_after_it(tmp_path: Path) -> None:
    """Texts, pages, PDFs and messages become items of their own; pictures stay in the message."""
    inner = message("Inner")
    inner.add_attachment(b"Words of a note.", maintype="text", subtype="plain", filename="note.txt")
    outer = message()
    outer.add_attachment(
        "<html><body>x".encode("utf-16"), maintype="application", subtype="octet-stream", filename="../page"
    )
    outer.add_attachment(b"%PDF-1.7 ...", maintype="application", subtype="x-unknown", filename="a.pdf")
    outer.add_attachment(b"%PDF-1.7 ...", maintype="application", subtype="pdf", filename="a.pdf")
    outer.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="gate.png")
    outer.add_attachment(inner)
    path = tmp_path / "letter.eml"
    path.write_bytes(outer.as_bytes())
    found = [(item.source.removeprefix(str(path)), item.media_type.split(";")[0]) for item in given_of(path)]
    assert found == [
        ("", MAIL),
        ("#.._page", "text/html"),
        ("#a.pdf", "application/pdf"),
        ("#a.pdf (2)", "application/pdf"),
        ("#part 6", MAIL),
        ("#part 6#note.txt", "text/plain"),
    ]


def test_messages_within_messages_end(tmp_path: Path) -> None:
    """Only so many are opened within each other."""
    inner: EmailMessage | MIMEMultipart = message()
    for _ in range(9):
        outer = MIMEMultipart()
        outer["From"] = outer["Message-ID"] = "ann@coastwire.example"
        outer.attach(MIMEMessage(inner))
        inner = outer
    path = tmp_path / "letter.eml"
    path.write_bytes(inner.as_bytes())
    assert len(given_of(path)) == 6


def test_a_message_over_the_limit_is_not_cut(tmp_path: Path) -> None:
    """Nothing of it is kept, and it says so; those around it are."""
    items = given_of(
        box(tmp_path / "inbox", message(), message(body="x" * 70 + "\n" + BODY * 100), message()), limit=2000
    )
    assert [[problem.code for problem in item.problems] for item in items] == [[], ["too_large"], []]
    assert [bool(item.data) for item in items] == [True, False, True]


@pytest.mark.parametrize("line", [b"\n", b"\r\n"])
@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                b"From a@b Mon Mar  3 10:12:13 2025",
                b"From: x",
                b"",
                b"\x00\xff",
                b"Content-Type: multipart/mixed; boundary=a",
                b"--a",
            ]
        ),
        max_size=12,
    )
)
def test_any_box_ends(line: bytes, lines: list[bytes]) -> None:
    """Whatever stands in a box, it is collected to its end."""
    raw = b"From a@b Mon Mar  3 10:12:13 2025\nFrom: x\n" + line.join(lines)
    assert list(collect(["-"], stdin=io.BytesIO(raw)))
