"""What two texts share, and when one is a copy of the other."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_copies import report, story

from bearwitness import likeness
from bearwitness.likeness import Likeness
from bearwitness.record import LeftOut, Report


def shared(one: str | Report, other: str | Report) -> Likeness | None:
    """What two texts of different outlets share."""
    first = report(one, "Coast Wire") if isinstance(one, str) else one
    second = report(other, "The Lamp") if isinstance(other, str) else other
    return likeness.likeness(likeness.text(first), likeness.text(second))


def is_copy(one: str, other: str) -> bool:
    """Whether one is a copy of the other."""
    found = shared(one, other)
    return found is not None and found.whole


WIRE = story(1)
FIRST, SECOND, *_ = WIRE.split("\n\n")


@pytest.mark.parametrize(
    "copy",
    [
        f"Blast at the gate of Kenema\n\n{WIRE}",
        f"KENEMA, May 3 (Coast Wire) - {WIRE}\n\nSource: Coast Wire",
        WIRE.upper(),
        WIRE.replace(". ", ".\xa0 ").replace(" ", "\n"),
        f"{FIRST}\n\n{SECOND}",
        WIRE.replace(SECOND, ""),
        "What is known this morning, as our desk has put it together for its readers. " + WIRE[len(FIRST) :],
        " ".join("also" if at % 20 == 19 else word for at, word in enumerate(WIRE.split())),
    ],
    ids=["headline", "agency", "capitals", "spaces", "cut", "paragraph", "lead", "subbed"],
)
def test_what_an_outlet_does_to_a_text_leaves_it_a_copy(copy: str) -> None:
    """Headline, agency line, capitals, spaces, cuts, a lead of its own, and every twentieth word."""
    assert is_copy(WIRE, copy)
    assert is_copy(copy, WIRE)


def test_two_stories_are_no_copies() -> None:
    """Texts that share their words and not their sentences are told apart."""
    assert shared(WIRE, story(2)) is None


def test_a_quoted_passage_is_found_where_it_stands() -> None:
    """Sixty words of a wire story within another report are a passage, and the report is no copy."""
    quoted = " ".join(WIRE.split()[50:110])
    host = f"{story(2)}\n\nCoast Wire writes: {quoted}\n\n{story(3)}"
    found = shared(WIRE, host)
    assert found is not None
    assert not found.whole
    (passage,) = found.passages
    assert passage.words == 60
    there = WIRE[passage.start : passage.end], host[passage.other_start : passage.other_end]
    assert [text.split() for text in there] == [quoted.split()] * 2


def test_a_changed_word_does_not_end_a_passage() -> None:
    """A passage with a word changed in the middle is one passage."""
    words = WIRE.split()[20:100]
    words[40] = "otherwise"
    found = shared(WIRE, f"{story(2)} {' '.join(words)} {story(3)}")
    assert found is not None
    assert len(found.passages) == 1


def test_a_few_words_in_common_are_no_passage() -> None:
    """Thirty words in a row may be one statement quoted by both."""
    assert shared(WIRE, f"{story(2)} {' '.join(WIRE.split()[50:80])} {story(3)}") is None


def test_standing_lines_of_one_outlet_are_no_passage() -> None:
    """What an outlet prints under each of its texts says nothing of where they come from."""
    line = story(9, words=60)
    one, other = report(f"{story(2)} {line}", "The Lamp"), report(f"{story(3)} {line}", "the lamp")
    assert shared(one, other) is None
    assert shared(report(one.text, None), report(other.text, None)) is not None


def test_parts_of_a_roundup_are_no_copies_of_it_but_for_the_first() -> None:
    """Three stories in one page are quoted there, not copied: they must not become one text by it."""
    parts = [story(number) for number in (2, 3, 4)]
    page = "\n\n".join(parts)
    found = [shared(part, page) for part in parts]
    assert [one is not None and one.whole for one in found] == [True, False, False]
    assert all(one is not None and one.passages for one in found)


def test_what_was_left_out_of_the_article_is_not_compared() -> None:
    """The page furniture of two outlets may be the same; offsets are those of the report's text all the same."""
    menu = story(7, words=80)
    text = f"{menu}\n\n{WIRE}"
    left = (LeftOut(start=0, end=len(menu), why="navigation"),)
    one = Report(**{**vars_of(report(text, "Eastwire")), "left_out": left})
    found = shared(one, f"{story(3)} {' '.join(WIRE.split()[10:90])}")
    assert found is not None
    assert one.text[found.passages[0].start : found.passages[0].end].split() == WIRE.split()[10:90]
    two = Report(**{**vars_of(report(f"{menu}\n\n{story(3)}", "The Lamp")), "left_out": left})
    assert shared(one, two) is None


def vars_of(made: Report) -> dict[str, object]:
    """The fields of a report but for its id, which follows from them."""
    return {name: getattr(made, name) for name in made.__struct_fields__ if name != "id"}


def test_accents_may_be_written_in_two_ways_or_lost() -> None:
    """One text in composed, decomposed and plain letters is one text."""
    text = (
        "Le marché de Sokodé a été fermé à l'aube après l'arrivée des véhicules, a déclaré la préfecture. "
        * 2
    )
    apart = unicodedata.normalize("NFD", text)
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    runs = [likeness.text(report(written)).runs for written in (text, apart, plain)]
    assert runs[0] == runs[1] == runs[2]


def test_short_texts_must_be_nearly_equal() -> None:
    """Two lines with one name changed are two lines."""
    line = "Two people were hurt at the ferry landing on Monday, police said"
    assert is_copy(line, line)
    assert not is_copy(line, line.replace("ferry landing", "grain gate"))
    one, other = f"Late on Friday: {line}, and no more was told", f"The desk has learned: {line}, and waits"
    assert not is_copy(one, other)


texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from("a bomb hit the gate of Kenema on Monday".split()), max_size=80).map(" ".join),
    st.builds(
        lambda numbers, at: " ".join(story(number, 60) for number in numbers)[at:],
        st.lists(st.integers(0, 4), min_size=1, max_size=4),
        st.integers(0, 200),
    ),
)


@settings(deadline=None)
@given(texts)
def test_a_text_is_a_copy_of_itself(text: str) -> None:
    """Any text with a word in it is, whatever it holds; a text without one is a copy of nothing."""
    found = shared(text, text)
    if likeness.text(report(text)).runs:
        assert found is not None
        assert found.whole
        assert found.alike == found.contained == 1.0
    else:
        assert found is None


@settings(deadline=None)
@given(texts, texts)
def test_likeness_is_the_same_from_either_side(one: str, other: str) -> None:
    """Passages are turned round, and everything else is equal."""
    there, back = shared(one, other), shared(other, one)
    if there is None or back is None:
        assert there is back
    else:
        assert there._replace(passages=likeness.turned(there.passages)) == back
        for passage in there.passages:
            assert 0 <= passage.start < passage.end <= len(one)
            assert 0 <= passage.other_start < passage.other_end <= len(other)
