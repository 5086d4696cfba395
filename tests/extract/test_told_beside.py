"""Numbers that share an "at least", deaths told around the dead, and a title that stands twice: read by the current reader."""

from __future__ import annotations

import pytest
from plain_texts import line_of, marked, report_of

from bearwitness import extract
from bearwitness.extract.model.counts import told_kind
from bearwitness.extract.text import title_twice
from bearwitness.gazetteer import Gazetteer
from bearwitness.record import COUNTS


def counted(text: str) -> set[tuple[str, int | None, int | None, str | None]]:
    """What is counted, each with its place."""
    found = extract.extract(report_of(text, "2025-03-05"), Gazetteer.open())
    places = {m.id: m.place.words if m.place is not None else None for m in found.mentions}
    return {
        (c.about, c.low, c.high, places[c.mention])
        for c in found.claims
        if c.about in COUNTS and not c.proposed
    }


def test_like_numbers_of_one_breath_count_different_people() -> None:
    """ "Two men and two women" are four; the same two told of again are two."""
    text = "Two men and two women were killed in Kenema on Monday, police said. The two men were traders, police said.\n"
    found = extract.extract(report_of(text, "2025-03-05"), Gazetteer.open())
    killed = [c for c in found.claims if c.about == "killed" and not c.proposed]
    assert sorted((c.low, c.whom) for c in killed) == [(2, "men"), (2, "women")]


def test_at_least_holds_for_the_count_beside_it() -> None:
    """ "At least 12 killed and 55 wounded" leaves both open; "another 55" is exact."""
    text = "Gunmen attacked a market in Kenema on Sunday. At least 12 traders were killed and {} wounded, the army said.\n"
    assert ("injured", 55, None, "Kenema") in counted(text.format("55"))
    assert ("injured", 55, 55, "Kenema") in counted(text.format("another 55"))


def test_a_death_told_by_another_speaker_is_his_claim() -> None:
    """ "The boy died", said by somebody who has not counted him, is a claim of its own; said again by the same it is none."""
    text = "A 12-year-old boy was shot in Kenema on Monday and died, police said. The boy died of blood loss, {} said.\n"
    for who, voices in (("the coroner", {"police", "coroner"}), ("police", {"police"})):
        found = extract.extract(report_of(text.format(who), "2025-03-05"), Gazetteer.open())
        killed = [c for c in found.claims if c.about == "killed" and not c.proposed]
        assert {c.speaker.words if c.speaker else None for c in killed} == voices


@pytest.mark.parametrize("how", ["shot three guards to death", "stabbed three guards to death"])
def test_shot_to_death_is_killed(how: str) -> None:
    """Who is shot or stabbed to death is dead, though the words for him stand between."""
    assert counted(f"Gunmen {how} in Kenema on Monday, police said.\n") == {("killed", 3, 3, "Kenema")}


def test_one_identified_as_somebody_speaks_of_nothing() -> None:
    """ "A man identified as Example killed two" is nobody's word, and he is not among the dead."""
    text = "A Kenema man identified as Imre Example, 47, killed his two sons in Kenema on Friday.\n"
    found = extract.extract(report_of(text, "2025-03-05"), Gazetteer.open())
    killed = [c for c in found.claims if c.about == "killed" and not c.proposed]
    assert [(c.low, c.speaker) for c in killed] == [(2, None)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Bomb kills nine in Kenema market March 4 2025 Bomb kills nine in Kenema market A bomb killed nine people.",
         "Bomb kills nine in Kenema market March 4 2025 Bomb kills nine in Kenema market"),
        ("A bomb killed nine people in Kenema. A bomb killed nine people in Bo.", ""),
        ("Bomb kills nine in Kenema market Bomb kills nine in Kenema market on Sunday, police said.", "Bomb kills nine in Kenema market"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_title_that_stands_twice_is_found(text: str, title: str) -> None:
    """Where a text begins with the same words twice, they are its title; five words in a row are needed."""
    assert text[: title_twice(text)] == title


def test_what_a_title_that_stands_twice_says_is_said_once() -> None:
    """The body's own sentence is the claim, with its speaker, and the two titles count no more."""
    text = (
        "Bomb kills nine in Kenema market March 4 2025 Bomb kills nine in Kenema market A bomb killed nine people in the town of "
        "Kenema on Tuesday, police said."
    )
    found = extract.extract(report_of(text, "2025-03-05"), Gazetteer.open())
    killed = [c for c in found.claims if c.about == "killed" and not c.proposed]
    assert [(c.low, c.speaker.words if c.speaker else None) for c in killed] == [(9, "police")]


@pytest.mark.parametrize(
    ("told", "about", "persons"),
    [
        ("Among the injured here are Imre Tolnay, 53; Ana Soler, 24; and Vera Orlan, 38.", "injured", 3),
        ("One of the wounded is Vera Orlan, an aid worker.", "injured", 1),
        ("The wounded woman — shot through her left cheek — is Vera Orlan.", "injured", 1),
        ("The dead are Vera Orlan and Ana Soler.", "killed", 2),
        ("Leftists were arrested, including Vera Orlan, Ana Soler and Imre Tolnay.", "detained", 1),
    ],
)
def test_a_list_counts_what_its_head_says(told: str, about: str, persons: int) -> None:
    """Who stands in a list of the wounded is wounded, whatever befell others; what the network marks of it is counted so."""
    text = f"A bomb went off at a market in Kenema on Monday. {told}\n"
    kinds = [one[0] for one in counted(text)]
    assert set(kinds) == {about}
    found = extract.extract(report_of(text, "2025-03-05"), Gazetteer.open())
    assert len([c for c in found.claims if c.about == about]) >= persons


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("Six people were killed in Kenema on Monday including four women, and 20 others wounded, police said.", ("injured", 20)),
        ("Shootings in Kenema on Sunday left one man dead and seven others – including two teens — wounded, police said.", ("injured", 2)),
        ("More than 300 people have been injured in Kenema this year, and that does not include the 62 who died.", ("killed", 62)),
        ("A shooting in Kenema on Sunday claims one man's life, may have injured others.", ("killed", 1)),
    ],
)  # fmt: skip
def test_the_words_beside_a_count_say_what_befell_those_counted(told: str, wanted: tuple[str, int]) -> None:
    """What stands right behind a count, or a life that was claimed, goes before the list or the clause it stands in."""
    about, number = wanted
    found = {(one[0], one[1]) for one in counted(f"{told}\n")}
    assert (about, number) in found
    assert not any(low == number and other != about for other, low in found)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("the arrested are accused of slaughtering {12 passengers}", "detained"),
        ("the wounded were taken to hospital, where {two of them} succumbed", "injured"),
        ("the dead were buried, and {six people} remain in hospital", "killed"),
        ("they were arrested, including three men suspected of murdering {two nuns}", "detained"),
        ("three people were killed, including a boy, and {12 people} hurt", "killed"),
        ("three people were killed, including a nurse, and {two more} are in critical condition", "killed"),
        ("six were injured, including a nurse, and rebels executed {two soldiers}", "injured"),
        ("the kidnapped are two nurses; {their driver} was shot dead", "abducted"),
        ("the dead are two men and a woman; {six others} are in hospital", "killed"),
        ("{two soldiers} – wounded in an earlier clash – were executed", "injured"),
    ],
)  # fmt: skip
def test_a_list_ends_where_something_else_is_told(text: str, about: str) -> None:
    """What stands behind a verb, a preposition or another word of harm is in no list of the dead, the hurt or the held."""
    plain, start, end = marked(text)
    assert told_kind(line_of(plain), start, end) != about


def test_an_animal_is_no_person() -> None:
    """ "Killed a horse" counts nobody, even where only the article is marked."""
    assert counted("Police shot and killed a horse in Kenema on Monday, the sheriff said.\n") == set()
