"""Pages of several texts: a live blog's entries and a blog's articles, each with its own time; one article is one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.read import read
from bearwitness.read.entries import stamp
from bearwitness.record import Capture, Report, digest

FIRST = "A mine blew up a bus near Kenema this morning and three people were killed, the Lake Guard said."
SECOND = "The hospital of Kenema now counts five dead after the blast of yesterday, a nurse told Coast Wire."
THIRD = "The Northern Column denies that it laid the mine and asks for an inquiry into the blast near Kenema."
NOTE = "This is where Coast Wire follows the news of the blast on the road to Kenema as it comes in today."


def report(page: str, source: str = "https://coast.example/live") -> Report:
    """The report of a page."""
    data = page.encode()
    return read(data, Capture(sha256=digest(data), size=len(data), source=source, media_type="text/html"))


def parts(found: Report) -> list[tuple[str, str | None]]:
    """Each part's words and when it was published."""
    return [(found.text[part.start : part.end], part.published) for part in found.parts or ()]


def live(entries: str, data: object = None, title: str = "Live: blast near Kenema") -> str:
    """A live blog of Coast Wire."""
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    return (
        f"<html><head><title>{title}</title>{script}</head><body><nav><a>Home</a></nav><main><h1>{title}</h1><p>{NOTE}</p>"
        f"<div>{entries}</div></main><aside><div class='card'><time datetime='2020-01-01T00:00:00Z'>1 Jan</time>"
        "<p>An old story about a bridge that is long enough to be a sentence of its own here.</p></div></aside></body></html>"
    )


def posting(*updates: dict[str, str]) -> dict[str, object]:
    """Structured data of a live blog."""
    return {"@context": "https://schema.org", "@graph": [{"@type": "LiveBlogPosting", "headline": "Blast", "liveBlogUpdate": list(updates)}]}  # fmt: skip


WANTED = [
    (f"Column denies\n{THIRD}", "2021-03-11T08:00:00+00:00"),
    (f"Five dead\n{SECOND}", "2021-03-11T06:30:00+00:00"),
    (f"Bus hits a mine\n{FIRST}", "2021-03-10T09:15:00+00:00"),
]
BLOCK = (
    '<article id="block-{n}" class="block"><header><p class="block-time"><time datetime="{when}">{clock}</time></p><h2>{title}</h2>'
    '</header><div><p>{text}</p></div><footer><button>Share</button><p class="updated-time">Updated at <time datetime="2021-03-12T01:00:00Z">01.00</time></p></footer></article>'
)
TOLD = [("Column denies", "2021-03-11T08:00:00Z", THIRD), ("Five dead", "2021-03-11T06:30:00Z", SECOND), ("Bus hits a mine", "2021-03-10T09:15:00Z", FIRST)]  # fmt: skip


def blocks(form: str) -> str:
    """The entries in one form of markup."""
    return "".join(form.format(n=n, title=title, when=when, clock=when[11:16], text=text) for n, (title, when, text) in enumerate(TOLD))  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        live(blocks(BLOCK)),
        live(blocks('<div class="entry" id="e{n}x"><span class="time" data-timestamp="{when}">{clock}</span><h3>{title}</h3><p>{text}</p></div>')),
        live("<ol>" + blocks('<li><article><h3>{title}</h3><time datetime="{when}">{clock}</time><p>{text}</p></article></li>') + "</ol>"),
        live(
            blocks('<article id="post-{n}"><h3>{title}</h3><span class="stamp-time">{clock}</span><p>{text}</p></article>'),
            posting(*({"headline": title, "datePublished": when, "url": f"https://coast.example/live#post-{n}"} for n, (title, when, _) in enumerate(TOLD))),
        ),
        live("<div id='stream'></div>", posting(*({"headline": title, "datePublished": when, "articleBody": text} for title, when, text in TOLD))),
    ],
)  # fmt: skip
def test_each_entry_of_a_live_blog_is_a_part_with_its_own_time(page: str) -> None:
    """Whatever the markup: the entry's words are the part, its heading first, and a later change is no publication."""
    found = report(page)
    assert parts(found) == WANTED
    assert [part.title for part in found.parts or ()] == ["Column denies", "Five dead", "Bus hits a mine"]
    assert "An old story" not in found.text


@pytest.mark.parametrize(
    "page",
    [
        live(blocks(BLOCK)),
        live(
            "<div id='stream'></div>",
            posting(
                *(
                    {"headline": title, "datePublished": when, "articleBody": text}
                    for title, when, text in TOLD
                )
            ),
        ),
    ],
)
def test_words_above_the_entries_lead_in(page: str) -> None:
    """They belong to no part and are published with the report, also where only the data list the entries."""
    found = report(page)
    at = found.text.index(NOTE)
    assert found.part(at) is None
    assert found.published_at(at) == found.published
    assert found.published_at(found.text.index(SECOND)) == "2021-03-11T06:30:00+00:00"


BRIEF = [("Toll now 15", "2021-03-11T09:00:00Z", "At least 15 are dead."), *TOLD, ("Blast", "2021-03-10T08:00:00Z", "A blast is heard in Kenema")]  # fmt: skip


@pytest.mark.parametrize("data", [None, posting({"headline": "Toll now 15", "datePublished": "2021-03-11T09:00:00Z", "articleBody": "At least 15 are dead."}, {"headline": "Alarm", "datePublished": "2021-03-10T07:00:00Z", "articleBody": "Sirens in Kenema."})])  # fmt: skip
def test_nothing_of_a_live_blog_is_lost(data: dict[str, object] | None) -> None:
    """Brief entries are entries, also those without a time or that only the data list; what stands above and between
    them is kept, and the page's own heading is the title."""
    form = '<div class="entry"><time datetime="{when}">x</time><h2>{title}</h2><p>{text}</p></div>'
    told = [form.format(title=title, when=when, text=text) for title, when, text in BRIEF]
    told.insert(
        2, '<div class="entry"><p>No time, but 3 are hurt.</p></div><p>All this is as told so far.</p>'
    )
    points = "<ul><li>Five people are dead, the hospital says</li></ul><div>Follow it here.</div>"
    found = report(live(points + "".join(told), data))
    texts = [words for words, _ in parts(found)]
    wanted = [f"{title}\n{text}" for title, _, text in BRIEF]
    wanted.insert(2, "No time, but 3 are hurt.")
    assert texts == wanted + ["Alarm\nSirens in Kenema."] * (data is not None)
    lead = found.text[: found.parts[0].start] if found.parts else ""
    for line in (
        NOTE,
        "Five people are dead, the hospital says",
        "Follow it here.",
        "All this is as told so far.",
    ):
        assert line in lead
    assert found.title == "Live: blast near Kenema"
    assert found.text.startswith("Live: blast near Kenema\n")
    assert "An old story" not in found.text


def test_words_above_a_heading_in_an_entry_are_kept() -> None:
    """The heading then heads a piece of the entry, and is not its title."""
    form = '<div class="entry"><time datetime="{when}">x</time><p>{text}</p><h3>{title}</h3><p>So it went.</p></div>'
    assert [words for words, _ in parts(report(live(blocks(form))))] == [
        f"{text}\n{title}\nSo it went." for title, _, text in TOLD
    ]


@pytest.mark.parametrize("day", [None, "2021-03-12"])
def test_articles_without_a_time_are_told_apart(day: str | None) -> None:
    """Each keeps its heading and paragraphs, and has the day of the page and none of another article's."""
    form = "<article><h2>{title}</h2><p>{text}</p><p>{text}</p></article>"
    meta = f'<meta property="article:published_time" content="{day}">' if day else ""
    found = report(
        f"<html><head><title>News in brief</title>{meta}</head><body><main>{blocks(form)}</main></body></html>"
    )
    assert parts(found) == [(f"{title}\n{text}\n{text}", day) for title, _, text in TOLD]


POST = '<article class="post"><h2><a href="/{n}">{title}</a></h2><time datetime="{when}">{clock}</time><p>{text}</p><p>{text}</p></article>'


def test_a_page_of_articles_is_split() -> None:
    """Articles side by side, each with its heading and time, and little else on the page."""
    page = (
        f"<html><head><title>Coast Wire</title></head><body><div id='main'>{blocks(POST)}</div></body></html>"
    )
    assert [when for _, when in parts(report(page))] == [when for _, when in WANTED]


ARTICLE = f"<article><h1>Blast near Kenema</h1><time datetime='2021-03-11T06:30:00Z'>6.30</time><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"


@pytest.mark.parametrize(
    "beside",
    [
        "<div>" + blocks('<div class="card"><h3>{title}</h3><time datetime="{when}">{clock}</time></div>') + "</div>",
        "<section class='comments'>" + blocks('<div class="c"><h4>Reader</h4><time datetime="{when}">{clock}</time><p>{text}</p></div>') + "</section>",
        "<ul>" + blocks('<li class="c"><b>Reader</b><time datetime="{when}">{clock}</time><p>{text}</p><p>{text}</p></li>') + "</ul>",
        "<div class='related-stories'>" + blocks(POST) + "</div>",
    ],
)  # fmt: skip
def test_an_article_among_teasers_and_comments_is_one(beside: str) -> None:
    """Nothing is split off, and the report has its own day."""
    found = report(
        f"<html><head><title>Blast near Kenema</title></head><body>{ARTICLE}{beside}</body></html>"
    )
    assert not found.parts
    assert FIRST in found.text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2021-03-11T06:30:00.123Z", "2021-03-11T06:30:00+00:00"),
        ("2021-03-11T06:30+0200", "2021-03-11T06:30:00+02:00"),
        ("2021-03-11 06:30:10", "2021-03-11T06:30:10"),
        ("2021-03-11", "2021-03-11"),
        ("1615444200", "2021-03-11T06:30:00+00:00"),
        ("1615444200000", "2021-03-11T06:30:00+00:00"),
        ("2021-02-31T06:30:00Z", None),
        ("2021-03-11T26:30:00Z", "2021-03-11"),
        ("6.30", None),
        ("", None),
        (None, None),
    ],
)
def test_times_for_machines_become_edtf(words: str | None, expected: str | None) -> None:
    """An instant with its offset, a day, or the second since 1970."""
    assert stamp(words) == expected


PIECES = ["<div class=e>", "</div>", "<time datetime='2021-03-11T06:30:00Z'>", "<time>6.30</time>", "</time>", f"<p>{FIRST}</p>", "<h2>Five dead</h2>", "<article>", "</article>", "<ul><li>", "live-blog", "<body class=live-blog>", "<span data-time=1615444200>x</span>"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=40, deadline=None)
def test_any_markup_gives_parts_in_order(pieces: list[str]) -> None:
    """The record itself holds that parts are in order and inside the text; nothing raises."""
    found = report("<html><head><title>Live: x</title></head>" + "".join(pieces))
    assert all(part.published is None or part.published[:4] == "2021" for part in found.parts or ())
