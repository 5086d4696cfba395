"""Sentences, paragraphs and quotations, with offsets that stay true."""

from __future__ import annotations

from bearwitness.extract.text import plain, quotations, sentences
from bearwitness.record import LeftOut, Report, digest


def report(text: str, **fields: object) -> Report:
    return Report(
        capture="c" + "0" * 32, reader="t", source="t", text=text, text_sha256=digest(text.encode()), **fields
    )  # type: ignore[arg-type]


def cut(text: str, **fields: object) -> list[str]:
    made = report(text, **fields)
    found = sentences(made, plain(text))
    for sentence in found:
        assert (
            plain(text[sentence.start : sentence.end]).replace("\n", " ").replace("\r", " ") == sentence.text
        )
    return [sentence.text for sentence in found]


def test_a_dot_in_a_name_ends_no_sentence() -> None:
    """Titles, initials, months and clock times keep their dots."""
    text = "Gen. Dora Lynn of the U.S. base spoke at 3 p.m. on Nov. 4. Two men died."
    assert cut(text) == ["Gen. Dora Lynn of the U.S. base spoke at 3 p.m. on Nov. 4.", "Two men died."]


def test_no_ends_a_sentence_but_number_five_does_not() -> None:
    """ "Officials say no." is a sentence; "No. 5" is a number."""
    assert cut("Officials say no. Factory No. 5 burned.") == ["Officials say no.", "Factory No. 5 burned."]


def test_a_missing_space_does_not_glue_sentences() -> None:
    """ "overnight.Police say" is two sentences."""
    assert cut("A man was shot overnight.Police say he fled.") == [
        "A man was shot overnight.",
        "Police say he fled.",
    ]


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    """Old wires break lines at a width; a sentence goes on over them."""
    text = "TWO GUARDS OF A FLOUR MILL WERE KILLED NEAR THE BRIDGE WHEN A\nBOMB EXPLODED EARLY TODAY.\n\n   NO CASUALTIES ELSEWHERE."
    assert cut(text) == [
        "TWO GUARDS OF A FLOUR MILL WERE KILLED NEAR THE BRIDGE WHEN A BOMB EXPLODED EARLY TODAY.",
        "NO CASUALTIES ELSEWHERE.",
    ]
    wide = "Shells hit a market in Kenema on Tuesday, in the hour when the whole of the town is there, killing at least 12"
    assert cut(f"{wide}\npeople.\nPolice came.") == [f"{wide} people.", "Police came."]
    assert len(cut(f"{wide}\nPolice came.")) == 2


def test_what_is_left_out_is_no_sentence() -> None:
    """Furniture inside the text is passed over, offsets unchanged."""
    text = "Two men died.\nRead also: Ten killed elsewhere\nPolice are searching."
    out = text.index("Read")
    assert cut(
        text,
        left_out=(LeftOut(start=out, end=out + len("Read also: Ten killed elsewhere"), why="headlines"),),
    ) == ["Two men died.", "Police are searching."]


def test_a_quotation_closed_too_early_goes_on() -> None:
    """A closing mark without an opening one ends the quotation that was closed before."""
    text = '"They fired." It was far from the line. Nobody was there," she said.'
    assert [text[q.start : q.end] for q in quotations(text, 0, len(text))] == [
        '"They fired." It was far from the line. Nobody was there,"'
    ]


def test_an_open_quotation_runs_to_the_end_of_its_paragraph() -> None:
    """A quotation that goes on in the next paragraph has no closing mark here."""
    text = 'She said: "Two men died. They were guards.'
    assert [text[q.start : q.end] for q in quotations(text, 0, len(text))] == [
        '"Two men died. They were guards.'
    ]
