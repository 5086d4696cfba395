"""The agency that a text credits: the forms agencies and outlets use, with names invented and known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_copies import report, story

from bearwitness.credit import credits, other_names
from bearwitness.record import LeftOut, Report

BODY = (
    "A bomb killed 12 people at the grain gate on Saturday, the hospital said.\n\nPolice accused the Northern Column, which "
    "denied it.\n\n" + story(4, 120)
)


def credited(text: str) -> list[tuple[str, bool]]:
    """Agencies and whether the whole text is theirs; the words are looked up in the text."""
    made = report(text, "The Lamp")
    for one in credits(made):
        words = made.text[one.start : one.end].rpartition("/")[2]
        assert words in (one.agency, *other_names(one.agency))
    return [(one.agency, one.whole) for one in credits(made)]


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"KENEMA, May 3 (Coast Wire) - {BODY}", "Coast Wire"),
        (f"Bomb at Kenema gate\n\nKENEMA, Sierra Leone, May 3 (Coast Wire) -- {BODY}", "Coast Wire"),
        (f"Bomb at Kenema gate. KENEMA, May 3 (AFP) — {BODY}", "AFP"),
        (f"Kenema (AFP) – {BODY}", "AFP"),
        (f"KENEMA (Reuters): {BODY}", "Reuters"),
        (f"AP KENEMA, Sierra Leone – {BODY}", "AP"),
        (f"By Agence France-Presse\n\n{BODY}", "AFP"),
        (f"By The Associated Press\n{BODY}", "AP"),
        (f"By M. Kamara, Reuters\n\n{BODY}", "Reuters"),
        (f"Associated Press\n\n{BODY}", "AP"),
        (f"{BODY}\n--Reuters", "Reuters"),
        (f"{BODY} - AFP", "AFP"),
        (f"{BODY}\n(Xinhua)", "Xinhua"),
        (f"{BODY} (AFP).", "AFP"),
        (f"{BODY}\nAFP\n", "AFP"),
        (f"{BODY}\n\nSource: AP", "AP"),
        (f"{BODY}\n\nSource: Coast Wire", "Coast Wire"),
        (f"{BODY}\n(Copyright 2031 The Associated Press. All rights reserved.)", "AP"),
    ],
)
def test_a_text_that_is_an_agencys(text: str, agency: str) -> None:
    """Dateline, byline, sign-off, source and copyright each credit the whole text."""
    assert credited(text) == [(agency, True)]


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"{BODY}\n\n(with agencies)", "agencies"),
        (f"{BODY} (With inputs from PTI)", "PTI"),
        (f"{BODY}\n\nThe Associated Press contributed to this report.", "AP"),
        (f"{BODY}\n\nContributing: Associated Press", "AP"),
        (f"{BODY}\n\nAdditional reporting by Reuters", "Reuters"),
        (f"By our correspondent and agencies\n\n{BODY}", "agencies"),
        (f"KENEMA (Lamp/AP) - {BODY}", "AP"),
        (f"{BODY}\n\nSources: AFP, Reuters", "AFP"),
        (f"{BODY}\n\nCopyright Associated Press / The Lamp", "AP"),
    ],
)
def test_a_text_in_which_an_agency_had_a_part(text: str, agency: str) -> None:
    """What an outlet says of its helpers is a credit in part."""
    assert credited(text) == [(agency, False)]


def test_a_text_may_have_both() -> None:
    """The agency of the dateline has the text, and one that helped had a part in it."""
    text = f"KENEMA (Coast Wire) - {BODY}\n\nThe Associated Press contributed to this report."
    assert credited(text) == [("Coast Wire", True), ("AP", False)]


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"The Lake Guard (LG) - a militia of fishermen - denied it. {BODY}",
        f"{BODY}\n\nHe learned of it from Reuters and AFP, he said, and wept.",
        f"{BODY}\n\nOfficers came from other agencies.",
        f"{BODY}\n\nThe state news agency Xinhua reported that the road was closed.",
        f"(AP Photo/M. Kamara) {BODY}",
        f"{BODY}\n\nThe gate as it stood in May (Photo: Reuters)",
        f"{BODY}\n\nRead more (Read more) - Source: ",
    ],
)
def test_what_is_no_credit(text: str) -> None:
    """Brackets, photographs, agencies that are quoted and agencies of other kinds credit nobody."""
    assert credited(text) == []


def test_a_byline_that_was_left_out_of_the_article_still_credits() -> None:
    """The reader leaves bylines and standing lines out of the article; they are looked at all the same."""
    byline, line = "By Agence France-Presse", "Copyright AFP. All rights reserved."
    text = f"Bomb at the gate\n{byline}\n{BODY}\n{line}"
    fields = {name: getattr(report(text), name) for name in Report.__struct_fields__ if name != "id"}
    for words, why in ((byline, "byline"), (line, "boilerplate")):
        start = text.index(words)
        made = Report(**{**fields, "left_out": (LeftOut(start=start, end=start + len(words), why=why),)})
        assert [one.agency for one in credits(made)] == ["AFP"]


@settings(deadline=None)
@given(
    st.text(max_size=200),
    st.sampled_from(("", "(AFP) -", "Source: ", "By ", "with agencies", "© AP", "A/B (")),
)
def test_any_text_gives_an_answer(text: str, added: str) -> None:
    """Whatever a text holds, its credits stand in it."""
    for whole in (f"{text}{added}{text}", f"{added}{text}", f"{text}{added}"):
        made = report(whole)
        assert all(0 <= one.start < one.end <= len(whole) for one in credits(made))


def test_hostile_texts_cost_little() -> None:
    """Only the ends of a text are looked at, and no form of words makes looking slow."""
    for text in (
        "(" * 100_000,
        "A" * 100_000,
        "By " * 50_000,
        "KENEMA " * 20_000,
        "Source: " * 20_000,
        "-" * 100_000,
    ):
        credits(report(text))
