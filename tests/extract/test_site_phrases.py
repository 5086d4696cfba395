"""What is called the site of an event: a whole phrase for a building, a road or a quarter, and nothing else."""

from __future__ import annotations

import pytest
from plain_texts import line_of, marked

from bearwitness.extract.sites import is_site, whole
from bearwitness.extract.speakers import named

# The marked words stand between braces; then the site.
SITES = [
    ("Shells hit {a market} in Orla.", "market"),
    ("A bomb went off in {the 200 block of} Orla Street.", "200 block of Orla Street"),
    ("Gunmen fired at a house on {the western} side of the town.", "western side"),
    ("Rebels raided {northern} neighborhoods of Orla.", "northern neighborhoods"),
    ("Shells hit {the Ramussa} quarter.", "Ramussa quarter"),
    ("He was shot at {his home} on Monday.", "home"),
    ("Two men were killed in {an orchard} near Orla.", "orchard"),
    ("They were shot at {the Example Hotel} Sunday.", "Example Hotel"),
    ("They were shot at {a bus} stand.", "bus stand"),
    ("TWO BOMBS WENT OFF IN {THE EL BOSQUE} NEIGHBORHOOD.", "EL BOSQUE NEIGHBORHOOD"),
]
NO_SITES = [
    "Shells hit {a} convoy of soldiers.",
    "The men were {of the}.",
    "Rebels attacked {army patrols} near Orla.",
    "Rebels shot down {a helicopter} near Orla.",
    "Fighting went on in {two} of them.",
    "Fighting went on in {towns and villages}.",
    "It was {close} to the end.",
    "Bombs killed {members of the brigade}.",
    "THE {FSA} FIRED ROCKETS.",
]


def site(text: str) -> str | None:
    plain, start, end = marked(text)
    found = whole(line_of(plain), start, end)
    return plain[found[0] : found[1]] if found is not None else None


@pytest.mark.parametrize(("text", "wanted"), SITES)
def test_a_site_is_a_whole_phrase(text: str, wanted: str) -> None:
    """What the network marks of a building, a road or a quarter is made a whole phrase without its article."""
    assert site(text) == wanted


@pytest.mark.parametrize("text", NO_SITES)
def test_what_moves_and_what_says_nothing_is_no_site(text: str) -> None:
    """A patrol, a helicopter, "towns", "two" and a lone article are no sites."""
    assert site(text) is None


def test_only_a_building_or_the_like_that_was_aimed_at_is_the_site() -> None:
    """A market that was shelled is where it happened; the workers who were shot are not."""
    plain, start, end = marked("Shells hit {a cloth market} and killed workers.")
    line = line_of(plain)
    assert is_site(line, start, end)
    assert not is_site(line, plain.index("workers"), plain.index("workers") + 7)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("TEXT] INTERIOR MINISTER VERA ORLAN", "INTERIOR MINISTER VERA ORLAN"),
        ("AP) Authorities", "Authorities"),
        ("Last month Tolnay", "Tolnay"),
        ("Vera Orlan president of the", "Vera Orlan president"),
        ("director of the security office (DAS", "director of the security office"),
        ("NORTHERN FRONT (NF) GENERAL COMMAND", "NORTHERN FRONT (NF) GENERAL COMMAND"),
        ("a spokesman of the [Defence] ministry", "a spokesman of the [Defence] ministry"),
        ("police", "police"),
        ("Minister Kim In", "Minister Kim In"),
        ("Witness A", "Witness A"),
    ],
)
def test_a_speaker_is_named_without_what_belongs_to_no_name(words: str, wanted: str) -> None:
    """Half a bracket, a time and a preposition at the end are no part of who speaks."""
    assert named(words) == wanted
