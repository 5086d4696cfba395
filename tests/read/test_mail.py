"""Reading mail: the words, subject, day and sender of a message, and what in it is an earlier one or a signature."""

from __future__ import annotations

from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.collect.item import Item
from bearwitness.collect.mail import with_attachments
from bearwitness.errors import PROBLEMS
from bearwitness.read import read
from bearwitness.read.mail import not_its_own
from bearwitness.record import Capture, Report, digest

STORY = "A bomb killed 12 people in Kenema, Sierra Leone, on Monday, police said.\nThe Northern Column denied it.\n"


def report(data: bytes) -> Report:
    """What is read from a message; every problem must be known."""
    capture = Capture(sha256=digest(data), size=len(data), source="letter.eml", media_type="message/rfc822")
    found = read(data, capture)
    assert all(problem.code in PROBLEMS for problem in found.problems)
    return found


def message(body: str = STORY, **headers: str) -> EmailMessage:
    """A message as a mail program writes it."""
    made = EmailMessage()
    stated = {
        "From": "Ann Lee <ann@coastwire.example>",
        "Date": "Tue, 04 Mar 2025 23:10:00 +0100",
        "Subject": "Blast",
    }
    for name, value in (stated | headers).items():
        made[name] = value
    made.set_content(body)
    return made


def left_out(found: Report) -> list[tuple[str, str]]:
    """What is marked, and why."""
    return [(part.why, found.text[part.start : part.end]) for part in found.left_out]


def test_headers_say_title_day_and_sender() -> None:
    """Encoded words are resolved; the day is that of the place where the message was written."""
    found = report(message(Subject="Zwölf Tote in Kenema – Überblick").as_bytes())
    assert found.title == "Zwölf Tote in Kenema – Überblick"
    assert (found.published, found.published_basis) == ("2025-03-04", "header")
    assert found.outlet == "Ann Lee"
    assert found.text == f"{found.title}\n\n{STORY.strip()}"
    assert found.text[: found.title_end] == found.title


def test_the_sender_is_the_outlet_only_where_nothing_names_one() -> None:
    """An organisation in the header, or an outlet named above the text, goes before it."""
    assert report(message(Organization="Coast Wire").as_bytes()).outlet == "Coast Wire"
    labelled = f"Outlet: Eastern Mirror\nPublished: 3 March 2025\n\n{STORY}"
    found = report(message(labelled, Organization="Coast Wire", Subject="").as_bytes())
    assert (found.outlet, found.published) == ("Eastern Mirror", "2025-03-04")


def test_a_date_that_is_none_is_a_problem() -> None:
    """It is not used, and nothing is guessed in its place."""
    raw = message().as_bytes().replace(b"Tue, 04 Mar 2025", b"Tue, 31 Jun 2025")
    found = report(raw)
    assert (found.published, [problem.code for problem in found.problems]) == (None, ["bad_date"])


def test_plain_text_goes_before_html_unless_it_says_next_to_nothing() -> None:
    """Of the two forms of a message the plain one is read; a stub that points to the other is not."""
    both = message()
    both.add_alternative("<html><body><p>Another form of it.</p></body></html>", subtype="html")
    assert "Another form" not in report(both.as_bytes()).text
    stub = message("Please view this in a browser.")
    paragraphs = "".join(
        f"<p>{STORY} It was the {word} raid of the year.</p>" for word in ("first", "second", "third")
    )
    stub.add_alternative(f"<html><body><article>{paragraphs}</article></body></html>", subtype="html")
    found = report(stub.as_bytes())
    assert "It was the third raid of the year." in found.text
    assert "browser" not in found.text
    assert found.published == "2025-03-04"


@pytest.mark.parametrize(
    "charset", ["iso-8859-1", "utf-8", "windows-1252", "koi8-r", "no-such-charset", "no\0charset"]
)
def test_odd_charsets(charset: str) -> None:
    """The stated charset is believed; one that nobody knows is guessed, and that is said."""
    words = "Убиты двенадцать человек" if charset == "koi8-r" else "Zwölf Verletzte in Müllheim"
    real = "windows-1252" if charset.startswith("no") else charset
    head = f"From: ann@coastwire.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n"
    found = report(head.encode() + f"{words}, {STORY}".encode(real))
    assert words in found.text
    assert ("guessed_encoding" in [problem.code for problem in found.problems]) == charset.startswith("no")


QUOTED = "On Mon, 3 Mar 2025 at 10:00, Bo Ray <bo@lakeguard.example>\nwrote:\n> A raid killed 40 people.\n> Soldiers fled."
SIGNATURE = "-- \nAnn Lee\nCoast Wire, Kenema"
OUTLOOK = (
    "From: Bo Ray\nSent: Monday, 3 March 2025 10:00\nTo: Ann Lee\nSubject: Raid\n\nA raid killed 40 people."
)


def test_quotations_and_signatures_are_marked() -> None:
    """They stay in the text and are no part of it, with the line that says whose words are quoted."""
    found = report(message(f"{STORY}\n{QUOTED}\n\nIt is calm now.\n\n{SIGNATURE}\n").as_bytes())
    assert left_out(found) == [("quoted", QUOTED), ("signature", SIGNATURE)]
    assert "It is calm now." in found.text


def test_an_earlier_message_below_is_marked_to_its_end() -> None:
    """Programs that put no marks before its lines begin it with a line of their own, or with its header."""
    for begins in ("-----Original Message-----\n" + OUTLOOK, OUTLOOK, QUOTED.replace("> ", "")):
        found = report(message(f"{STORY}\n{begins}\n").as_bytes())
        assert left_out(found) == [("quoted", begins)]


def test_what_is_passed_on_is_the_content() -> None:
    """A message that says nothing itself, or that forwards one, is read whole."""
    assert not left_out(report(message(f"{QUOTED}\n").as_bytes()))
    forwarded = f"See below.\n\n---------- Forwarded message ---------\nSubject: Raid\n\n{STORY}"
    assert not left_out(report(message(forwarded).as_bytes()))


def test_a_story_with_dashes_or_a_letter_in_it_is_no_quotation() -> None:
    """ "--" in front of a long text, and a witness who wrote, begin neither a signature nor an earlier message."""
    long = f"{STORY}\n--\n{STORY * 20}"
    wrote = f"{STORY}\nOn Monday morning the mayor of the town wrote:\n\nWe have buried nine people.\n"
    for body in (long, wrote):
        assert not left_out(report(message(body).as_bytes()))


def test_a_message_nested_beyond_mail_is_read_as_it_stands() -> None:
    """It is not taken apart; all of it is kept, and that is a problem."""
    nested: MIMEText | MIMEMultipart = MIMEText(STORY)
    for _ in range(60):
        outer = MIMEMultipart()
        outer.attach(nested)
        nested = outer
    found = report(b"From: ann@coastwire.example\n" + nested.as_bytes())
    assert [problem.code for problem in found.problems] == ["too_deep"]
    assert "A bomb killed 12 people" in found.text


def test_attachments_that_are_not_read_are_named() -> None:
    """A picture stays in the message; the problem says that it is there."""
    made = message()
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="gate.png")
    (problem,) = report(made.as_bytes()).problems
    assert (problem.code, "gate.png (image/png)" in problem.sentence) == ("attachment_not_read", True)


def test_no_attachment_is_lost_between_what_is_collected_and_what_is_named() -> None:
    """Each is either a report of its own or named in the problem: also a picture that looks like text, rich text, and a
    table, whose rows are no prose."""
    made = message()
    for name, data in (
        ("a.png", b"\x89PNG\r\n\x1a\n123"),
        ("b.rtf", b"{\\rtf1\\ansi A bomb killed 12 people in Kenema.}"),
        ("c.csv", b"day,story\n2025-03-04,A bomb killed 12 people in Kenema.\n"),
        ("d.txt", b"A bomb killed 12 people in Kenema, police said.\n"),
    ):
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    item = Item(source="x", data=made.as_bytes(), media_type="message/rfc822")
    collected = [one.source for one in with_attachments(item)][1:]
    (problem,) = report(made.as_bytes()).problems
    assert collected == ["x#d.txt"]
    assert all(name in problem.sentence for name in ("a.png", "b.rtf", "c.csv"))
    assert "d.txt" not in problem.sentence


HEADERS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                b"From",
                b"Subject",
                b"Date",
                b"Content-Type",
                b"Content-Transfer-Encoding",
                b"Content-Disposition",
            ]
        ),
        st.one_of(
            st.binary(max_size=40),
            st.sampled_from(
                [
                    b"multipart/mixed; boundary=b",
                    b"=?utf-8?q?=E2=80?=",
                    b"=?x?b?/?=",
                    b"message/rfc822",
                    b"base64",
                    b"text/html; charset=utf-16",
                    b"attachment; filename*=x'y'%zz",
                ]
            ),
        ),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(
    HEADERS,
    st.one_of(
        st.binary(max_size=300),
        st.sampled_from([b"--b\n\nx\n--b\nContent-Type: text/html\n\n<p>y", b"--b--", b"> x\n> y\n-- \n"]),
    ),
)
def test_any_bytes_give_a_report(headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    """Whatever stands in a message, it gives a report whose text can be written and whose spans lie in it."""
    raw = b"".join(name + b": " + value + b"\n" for name, value in headers) + b"\n" + body
    report(raw).text.encode()


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["> x", "On Monday, 10:00, a wrote:", "-- ", "words and words", "", ">", *OUTLOOK.split("\n")]
        ),
        max_size=12,
    ),
    st.integers(0, 9),
)
def test_marks_lie_in_the_text_apart(lines: list[str], begin: int) -> None:
    """Marks are in order, do not touch what stands before, and end where the text does."""
    text = "\n".join(lines)
    place = min(begin, len(text))
    for mark in not_its_own(text, place):
        assert place <= mark.start < mark.end <= len(text)
        place = mark.end


OWN_HTML = (
    "<p>Two more men died in the clinic at Kenema since your letter, the nurse says, and the road stays closed.</p>"
    "<p>I will write again when the bridge opens and the bus comes.</p>"
)
EARLIER = "<p>A bomb killed 12 people at the grain gate on Monday, the police said.</p><p>Nobody knows who laid it.</p>"
REPLIES = {
    "gmail": (
        f'{OWN_HTML}<div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 3, 2025 at 10:02 PM Bo Kanu '
        f'&lt;bo@lake.example&gt; wrote:<br></div><blockquote class="gmail_quote">{EARLIER}</blockquote></div>'
    ),
    "answered below": (
        f'<p>On 3 March 2025 at 10:02, Bo Kanu wrote:</p><blockquote type="cite">{EARLIER}</blockquote>{OWN_HTML}'
    ),
    "outlook": (
        f'{OWN_HTML}<hr><div id="divRplyFwdMsg"><b>From:</b> Bo Kanu &lt;bo@lake.example&gt;<br><b>Sent:</b> Monday, '
        f"March 3, 2025 10:02 PM<br><b>To:</b> Ann Lee<br><b>Subject:</b> the gate</div><div>{EARLIER}</div>"
    ),
    "original message": f"{OWN_HTML}<p>-----Original Message-----</p>{EARLIER}",
}


def html_letter(body: str) -> Report:
    """The report of a message that is HTML alone."""
    letter = EmailMessage()
    letter["From"], letter["Message-ID"] = "Ann Lee <ann@coastwire.example>", "<7@coastwire.example>"
    letter["Subject"] = "Re: the gate"
    letter.set_content(f"<html><body>{body}</body></html>", subtype="html")
    data = letter.as_bytes()
    capture = Capture(sha256=digest(data), size=len(data), source="x.eml", media_type="message/rfc822")
    return read(data, capture)


@pytest.mark.parametrize("form", REPLIES)
def test_an_earlier_message_in_html_is_left_out_as_in_plain_text(form: str) -> None:
    """With the line or the head that says whose it is; what the sender writes is not."""
    found = html_letter(REPLIES[form])
    quoted = [found.text[part.start : part.end] for part in found.left_out if part.why == "quoted"]
    assert len(quoted) == 1
    assert "killed 12" in quoted[0]
    assert "Bo Kanu" in quoted[0] or form == "original message"
    own = found.text.replace(quoted[0], "")
    assert "Two more men died" in own
    assert "when the bridge opens" in own


def test_what_is_only_passed_on_in_html_is_the_content() -> None:
    """A message without words of its own is read."""
    found = html_letter(f'<div class="gmail_quote"><blockquote type="cite">{EARLIER}</blockquote></div>')
    assert "killed 12" in found.text
    assert not found.left_out


def test_a_quotation_in_an_html_letter_stays_marked() -> None:
    """It is the words of others, as on a page, and its place counts the subject before it."""
    found = html_letter(
        f"{OWN_HTML}<blockquote>{EARLIER}</blockquote><p>So their statement, which I enclose, has it.</p>"
    )
    assert found.passages
    (passage,) = found.passages
    assert found.text[passage.start : passage.end].startswith("A bomb killed 12 people")
    assert found.text[passage.start : passage.end].endswith("who laid it.")
