"""Page furniture on invented pages of several shapes: what is left out, what must stay."""

from __future__ import annotations

import pytest

from bearwitness.read import read
from bearwitness.record import Capture, Report, digest

ARTICLE = """\
Two dock workers hurt as crane falls at Nordhavn

Two dock workers were hurt on Tuesday when a crane fell on the quay at Nordhavn, the harbour master said.
"We heard a crack, then nothing," said a driver who was waiting at the gate.
The port stays shut until Thursday. An earlier fall, on 3 March, hurt nobody.
"""


def report(text: str) -> Report:
    """The report of a plain text."""
    data = text.encode()
    return read(data, Capture(sha256=digest(data), size=len(data), source="x.txt", media_type="text/plain"))


def kept(found: Report) -> str:
    """The text without what was left out."""
    parts, last = [], 0
    for part in found.left_out:
        parts.append(found.text[last : part.start])
        last = part.end
    return "".join([*parts, found.text[last:]])


def reasons(found: Report) -> list[str]:
    """Why, span by span."""
    return [part.why for part in found.left_out]


def test_an_article_alone_is_left_alone() -> None:
    """Nothing is left out where there is nothing but the article."""
    found = report(ARTICLE)
    assert found.left_out == ()
    assert found.title == "Two dock workers hurt as crane falls at Nordhavn"
    assert found.text[: found.title_end] == found.title


TAILS = {
    "glued heading, dates between": (
        (
            "Latest newsFerry Line to Osterby Opens Again After Winter\n11.Jan.2026\n“Salt Road”: A Town’s New Way\n"
            "10.Jan.2026\nCouncil Weighs a Second Bridge\n09.Jan.2026\n\n14 Jan 2026\n\n"
        ),
        ["headlines", "saved_date"],
    ),
    "heading on its own line": (
        "\nYOU MAY ALSO LIKE\n\nFerry line to Osterby opens again\n\nWhy is the salt road closed?\n\nCouncil weighs bridge\n",
        ["headlines"],
    ),
    "no heading, hours ago": (
        "\nFerry line to Osterby opens again\n2 hours ago\nCouncil weighs a second bridge\n5 hours ago\nSchools to open late\nYesterday\n",
        ["headlines"],
    ),
    "dates above their headlines": (
        "\nJan 11, 2026\nFerry line to Osterby opens again\nJan 10, 2026\nCouncil weighs a second bridge\nJan 9, 2026\nSchools to open late\n",
        ["headlines"],
    ),
    "teasers with dates": (
        (
            "\nMost read\nFerry line opens\nThe ferry to Osterby runs again from Monday, three times a day.\n10.01.2026\n"
            "Bridge weighed\nThe council met on Monday to talk about a second bridge.\n09/01/2026\n"
        ),
        ["headlines"],
    ),
    "labels with their headline": (
        "\nRead also: Ferry line to Osterby opens again\nRelated: Council weighs a second bridge\n",
        ["headlines"],
    ),
    "notices, then a menu": (
        (
            "\nShare this article\nFollow us on Telegram\nWe use cookies to make this site work. Read our cookie policy.\n"
            "© 2026 The Nordhavn Courier. All rights reserved.\nAbout us\nContact\nPrivacy policy\n"
        ),
        ["boilerplate", "navigation"],
    ),
    "credits of the agency": (
        "\n(Reporting by Ada Lindqvist; Editing by Per Holm)\nTags: harbour, accident\n",
        ["byline", "boilerplate"],
    ),
    "saved": ("\n14 Jan 2026\n", ["saved_date"]),
}


@pytest.mark.parametrize("tail", TAILS)
def test_what_follows_the_article_is_left_out(tail: str) -> None:
    """The article stays whole, all that follows is left out with its reason, and no date there dates the report."""
    words, why = TAILS[tail]
    found = report(ARTICLE + words)
    assert kept(found).strip() == ARTICLE.strip()
    assert reasons(found) == why
    assert found.published is None
    assert found.text == ARTICLE + words


INSIDE = {
    "label": "Read also: Ferry line to Osterby opens again\n",
    "label and list": "\nRelated articles\n\nFerry line to Osterby opens again\nCouncil weighs a second bridge\n\n",
    "advertisement": "Advertisement\n",
    "caption": "Photo: The quay at Nordhavn / Example Agency\n",
    "button": "Story continues below\n",
}


@pytest.mark.parametrize("inside", INSIDE)
def test_what_stands_inside_the_article_is_left_out_alone(inside: str) -> None:
    """The article goes on after an insertion, and all of it is kept."""
    more = "Police said that nobody was to blame. The crane was forty years old.\n"
    found = report(ARTICLE + INSIDE[inside] + more)
    assert "".join(kept(found).split()) == "".join((ARTICLE + more).split())
    assert found.left_out


def test_the_heading_of_the_next_part_stays() -> None:
    """A headline right above the article's next part is its subheading, not the end of the list."""
    found = report(
        ARTICLE
        + "\nRead also\nFerry line to Osterby opens again\n\nWhat happened next\nPolice came at noon.\n"
    )
    assert "What happened next\nPolice came at noon." in kept(found)
    assert "Ferry line" not in kept(found)


STAY = [
    "Latest news from the quay suggests that the crane was old.",
    "Trending towards collapse, the jetty was shut in March.",
    "Related parties have denied it.",
    "By Tuesday evening the quay was empty.",
    "Photo evidence was given to the police.",
    "More from the harbour master is expected today, his office said.",
    "He said:",
    "On 3 March 2020 another crane fell.",
    "Share prices of the port fell by a tenth.",
    "- 2 dock workers hurt",
    "Video of the fall was shared widely.",
    "Popular anger grew in the evening.",
    "Home to two thousand people, the quarter was emptied.",
    "REPORTER: The port blames the yard. The yard denies it.",
    "Correspondent: Nobody has been held, the harbour master told us.",
    "Compiled by the port over years, the list names forty cranes. Ten have fallen.",
    "Subscribe or not, said the mayor, you will hear of it.",
]


@pytest.mark.parametrize("line", STAY)
def test_sentences_that_begin_like_furniture_stay(line: str) -> None:
    """Words of the article are never left out for how a line begins."""
    found = report(ARTICLE + line + "\nThe inquiry goes on, the harbour master said.\n")
    assert found.left_out == ()


def test_lines_broken_at_a_fixed_width_are_prose() -> None:
    """A line that ends in the middle of a sentence is no headline, even after the name of a list."""
    wrapped = (
        "Related\n\nThe harbour master of Nordhavn, who has\nbeen in office since the spring, told the\n"
        "Courier that cranes of this age were no\nlonger built, and that the yard at Osterby\nhad closed.\n"
    )
    assert "The harbour master of Nordhavn, who has" in kept(report(ARTICLE + "\n" + wrapped))


@pytest.mark.parametrize(
    "page",
    [
        "Latest news\nFerry line to Osterby opens again\n11.Jan.2026\nCouncil weighs bridge\n10.Jan.2026\n",
        "Two hurt at Nordhavn\n\nOne dead in Osterby fire\n2 hours ago\nThree held in Vesthavn\n3 hours ago\n",
        "Latest newsTwo hurt at Nordhavn\n11.Jan.2026\n",
    ],
)
def test_a_page_of_headlines_is_not_swallowed(page: str) -> None:
    """A digest has no article around which its lines could be furniture."""
    found = report(page)
    assert "headlines" not in reasons(found)
    assert "Nordhavn" in kept(found) or "Osterby" in kept(found)


def test_a_menu_and_a_clock_above_the_title() -> None:
    """A site's menu and its clock stand before the title; the clock is not the day of publication."""
    top = "Skip to content\nHome\nNews\nSport\nWednesday, 14 January 2026\n\n"
    found = report(top + ARTICLE)
    assert found.title == "Two dock workers hurt as crane falls at Nordhavn"
    assert kept(found).strip() == ARTICLE.strip()
    assert (found.published, found.published_basis) == (None, None)


def test_a_list_above_the_article_leaves_its_title() -> None:
    """Breaking headlines over the article end before the article's own."""
    found = report("Breaking news\n\n" + ARTICLE)
    assert "Two dock workers hurt as crane falls" in kept(found)
    assert found.title == "Two dock workers hurt as crane falls at Nordhavn"


def test_the_credit_at_the_end_of_a_line_is_left_out_alone() -> None:
    """A photographer's name is a caption; the sentence before it stays."""
    found = report(ARTICLE + "The crane lay across the quay. (Photo: Example Agency)\n")
    assert kept(found).rstrip().endswith("The crane lay across the quay.")
    assert reasons(found) == ["caption"]


def test_the_same_rules_hold_with_other_line_ends() -> None:
    """Windows and old Macintosh line ends change nothing but the offsets."""
    words, why = TAILS["glued heading, dates between"]
    for end in ("\r\n", "\r"):
        found = report((ARTICLE + words).replace("\n", end))
        assert reasons(found) == why


def test_upper_case_wire_text_is_kept() -> None:
    """Text all in capitals is prose where it has sentences."""
    text = (
        "PORT CITY (NORDLAND), 17 NOV 89 (EXAMPLE SERVICE) -- [TEXT] TWO DOCK WORKERS WERE HURT TODAY.\n\n"
        "   [PASSAGE OMITTED] THE HARBOUR MASTER SAID THAT THE CRANE WAS OLD.\n"
    )
    found = report(text)
    assert found.left_out == ()
    assert (found.published, found.published_basis, found.title) == ("1989-11-17", "text", None)


def test_a_label_before_running_text_takes_nothing_away() -> None:
    """ "Previous story:" before whole sentences introduces text of the article."""
    told = (
        "PREVIOUS STORY: Two dock workers were hurt in March. They have left the hospital, the port said.\n"
    )
    assert report(ARTICLE + "\n" + told).left_out == ()


@pytest.mark.parametrize(
    "first",
    [
        "Source: two held over fall of crane",
        "UPDATED: crane falls at Nordhavn",
        "WATCH: Crane falls at Nordhavn",
    ],
)
def test_a_headline_with_a_label_is_no_header(first: str) -> None:
    """One line with a colon does not make a header, and the first line of a page is its title."""
    body = ARTICLE.partition("\n\n")[2]
    found = report(f"{first}\n\n{body}")
    assert (found.title, found.left_out) == (first, ())
