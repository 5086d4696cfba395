"""What is read in a page of several texts, and in the words of others."""

from __future__ import annotations

from bearwitness import extract
from bearwitness.gazetteer import Gazetteer
from bearwitness.read import read
from bearwitness.record import Capture, Reading, Report, digest

ENTRY = '<article><h2>{title}</h2><time datetime="{when}">x</time><p>{text}</p></article>'


def reading(page: str) -> tuple[Report, Reading]:
    """The report of a page and what is read in it."""
    data = page.encode()
    found = read(data, Capture(sha256=digest(data), size=len(data), source="x", media_type="text/html"))
    return found, extract.extract(found, Gazetteer.open())


def test_today_is_the_day_of_its_own_entry() -> None:
    """Each entry of a live blog is dated by its own time, and its claims are published with it."""
    page = (
        "<html><head><title>Live: attacks in Sierra Leone</title></head><body><main class='live-blog'>"
        + "".join(
            ENTRY.format(title=title, when=when, text=text)
            for title, when, text in (
                (
                    "Bo",
                    "2021-03-12T10:00:00Z",
                    "A bomb killed three people in the town of Bo today, police said.",
                ),
                (
                    "Kenema",
                    "2021-03-10T09:00:00Z",
                    "Gunmen shot dead seven traders in the town of Kenema today, police said.",
                ),
            )
        )
    )
    found, told = reading(page + "</main></body></html>")
    days = {found.text[one.start : one.end]: one.date for one in told.mentions}
    killed = {claim.low: found.published_at(claim.start) for claim in told.claims if claim.about == "killed"}
    assert sorted(day for day in days.values() if day) == ["2021-03-10", "2021-03-12"]
    assert killed == {3: "2021-03-12T10:00:00+00:00", 7: "2021-03-10T09:00:00+00:00"}


def test_an_embedded_post_speaks_for_whoever_signed_it() -> None:
    """What nobody else is said to say in it is theirs, not the outlet's, and its Monday counts from its own day."""
    found, told = reading(
        "<html><head><title>Attack on Kenema</title></head><body><article><h1>Attack on Kenema</h1><p>The town was quiet again "
        "this week after an attack of which little is known, and the market was open for the first time in days.</p>"
        '<blockquote class="twitter-tweet"><p>Gunmen killed seven traders in the town of Kenema on Monday.</p>&mdash; Ada Lind '
        '(@adalind) <a href="x">March 9, 2021</a></blockquote><p>No more was known in the evening, and roads were shut.</p>'
        "</article></body></html>"
    )
    killed = next(claim for claim in told.claims if claim.about == "killed")
    assert killed.speaker is not None
    assert killed.speaker.words == "Ada Lind (@adalind)"
    assert found.text[killed.start : killed.end] == killed.words
    assert next(one.date for one in told.mentions if one.id == killed.mention) == "2021-03-08"
