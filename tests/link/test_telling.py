"""Telling words: what around an event is told of few others."""

from __future__ import annotations

from bearwitness.link.telling import AROUND, MOST, telling

TEXT = (
    "Mira A. Tolland, 34, and her 7-year-old son were shot on Brackwater Street in Torvale on Monday, "
    "said Chief Ansel Dorrim. They died at St. Olaf Hospital. The house at 1204 had burned in 2029."
)


def told(text: str = TEXT, shared: str = "torvale ansel dorrim") -> tuple[set[str], set[str]]:
    """The words and the names around the first word of ``text``."""
    words, names = telling(text, [(0, 4)], 0, frozenset(shared.split()))
    return set(words), set(names)


def test_names_numbers_and_ages_tell() -> None:
    """Names of persons and streets, house numbers and ages are taken; plain words, years and days are not."""
    words, names = told()
    assert {"mira", "tolland", "brackwater", "1204", "7-year-old"} <= words
    assert not {"shot", "son", "house", "2029", "monday", "34"} & words
    assert "brackwater" in words
    assert not {"on brackwater", "street in"} & names


def test_the_place_and_whoever_speaks_do_not_tell() -> None:
    """Words that are shared with other events by what they are (the place, the speaker) are left out."""
    words, names = told()
    assert not {"torvale", "ansel", "dorrim"} & words
    assert "ansel dorrim" not in names
    assert "ansel dorrim" in told(shared="torvale")[1]


def test_an_institution_does_not_tell() -> None:
    """A hospital's name stands in every other report of its town, and no word of it is taken."""
    words, names = told()
    assert "olaf" not in words
    assert not any("olaf" in name for name in names)


def test_a_name_is_words_that_stand_together() -> None:
    """Pairs of words of one name are taken, over an initial; words of two sentences are no name."""
    _, names = told("Jarl Venning fell. Ostrava Hollin ran; Quill saw it.", "")
    assert {"jarl venning", "ostrava hollin"} <= names
    assert "hollin quill" not in names


def test_only_what_stands_near_is_taken() -> None:
    """Words far from what is told of the event are those of another, and of very many the nearest are kept."""
    far = "Mira Tolland was shot. " + "It rained and nobody came. " * (AROUND // 20) + "Jarl Venning sang."
    words, _ = told(far, "")
    assert "tolland" in words
    assert "venning" not in words
    many = " and ".join(f"Zq{chr(97 + at // 26)}{chr(97 + at % 26)}ix" for at in range(3 * MOST))
    assert len(telling(many, [(0, len(many))], 0, frozenset())[0]) == MOST
