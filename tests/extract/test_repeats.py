"""What a report says again is one claim, and what cannot be a part is the whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bearwitness.extract.drafts import Draft
from bearwitness.extract.model.events import Told
from bearwitness.extract.model.persons import counted_again, shot_and_killed
from bearwitness.extract.model.repeats import lived, once
from bearwitness.record import About, Speaker

TEXT = (
    "A miller was killed. The victim died at once. Two others died. Another man was killed. Imre Example died. "
    "Bela Sample died. A soldier and a civilian were killed."
)
POLICE = Speaker(words="police", role="state_authority")


def counts(
    *phrases: tuple[str, int, str | None], part: bool = False, event: int = 1
) -> list[tuple[Told, Draft]]:
    """Drafts of people killed in one event: the words, the number and whom it counts."""
    told = Told(event, [], [], "attack", "occurred")
    found = []
    for words, number, whom in phrases:
        start = TEXT.index(words)
        found.append(
            (
                told,
                Draft(
                    about="killed", stance="asserts", start=start, end=start + len(words), headline=False, speaker=None,
                    via=(), hedged=False, low=number, high=number, whom=whom, part_of=part, confidence=0.9,
                ),
            )
        )  # fmt: skip
    return found


def said(drafts: list[tuple[Told, Draft]]) -> list[str]:
    """The words of what is left."""
    return [TEXT[draft.start : draft.end] for _, draft in once(drafts, TEXT)]


@pytest.mark.parametrize(
    ("phrases", "left"),
    [
        ([("A miller", 1, "miller"), ("The victim", 1, "victim")], ["A miller"]),
        ([("A miller", 1, "miller"), ("Imre Example", 1, "Imre Example")], ["A miller"]),
        ([("Imre Example", 1, "Imre Example"), ("Bela Sample", 1, "Bela Sample")], ["Imre Example", "Bela Sample"]),
        ([("A miller", 1, "miller"), ("Another man", 1, "man")], ["A miller", "Another man"]),
        ([("A miller", 1, "miller"), ("Two others", 2, "others")], ["A miller", "Two others"]),
        (
            [("A soldier", 1, "soldier"), ("A soldier and a civilian", 1, "civilian")],
            ["A soldier", "A soldier and a civilian"],
        ),
        ([("Two others", 2, "others"), ("A soldier and a civilian", 2, None)], ["Two others"]),
    ],
)  # fmt: skip
def test_one_person_and_one_number_are_counted_once(
    phrases: list[tuple[str, int, str | None]], left: list[str]
) -> None:
    """The first statement of one speaker stays; two names, "another" or one breath tell people apart."""
    assert said(counts(*phrases)) == left


APPOSED = """Captain Imre Example was killed. His wife, Ada Example, was killed too. A miller, Bela Sample, was shot dead. Cora Sample, 34, of
Halden, died. Police said Sample was at home. Dora Sample and her son Dora died. Ends with Example and the rest of it."""


def one(*phrases: tuple[str, str], about: About = "killed") -> list[Draft]:
    """Drafts of one person each: the claim's words and the person's."""
    return [
        Draft(
            about=about, stance="asserts", start=APPOSED.index(words), end=APPOSED.index(words) + len(words), headline=False,
            speaker=None, via=(), hedged=False, low=1, high=1, whom=whom, confidence=0.9,
        )
        for words, whom in phrases
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "again"),
    [
        (("Captain Imre Example was killed", "Captain"), ("Imre Example was killed", "Imre Example"), "Captain"),
        (("His wife, Ada Example, was killed", "wife"), ("Ada Example, was killed", "Ada Example"), "wife"),
        (("A miller, Bela Sample, was shot", "miller"), ("Bela Sample, was shot", "Bela Sample"), "miller"),
        (("Cora Sample, 34, of\nHalden, died", "Cora Sample"), ("Halden, died", "Halden"), "Halden"),
        (("Captain Imre Example was killed", "Imre Example"), ("Example and the rest", "Example"), "Example"),
        (("Captain Imre Example was killed", "Imre Example"), ("Ada Example, was killed", "Ada Example"), None),
        (("Dora Sample and", "Dora Sample"), ("Dora died", "Dora"), None),
    ],
)  # fmt: skip
def test_a_person_told_of_by_two_words_is_one(
    first: tuple[str, str], second: tuple[str, str], again: str | None
) -> None:
    """An office and a name, a name and where he is from, and the last name later on are one person; two of one family are not."""
    found = counted_again(one(first, second), APPOSED, capitals=False)
    assert [draft.whom for draft in found] == ([again] if again else [])


def test_who_was_shot_and_died_is_not_hurt_as_well() -> None:
    """ "The miller was shot" counts nobody hurt where the miller is dead, and a wound or another miller does."""
    text = "A miller died. The miller was shot. Another miller was shot. The miller was wounded when he was shot."

    def hurt(words: str) -> Draft:
        (draft,) = one(("Captain", "miller"), about="injured")
        return replace(draft, start=text.index(words), end=text.index(words) + len(words))

    dead = replace(hurt("A miller died"), about="killed")
    shot, another, wounded = (
        hurt("The miller was shot"),
        hurt("Another miller was shot"),
        hurt("The miller was wounded when he was shot"),
    )
    assert shot_and_killed([shot, another, wounded], [dead], text, capitals=False) == [shot]
    assert shot_and_killed([shot], [], text, capitals=False) == []


def test_another_speaker_and_another_event_repeat_nothing() -> None:
    """The same number by somebody else, or of another event, is a claim of its own."""
    mine = counts(("A miller", 1, "miller"))
    theirs = [(told, replace(draft, speaker=POLICE)) for told, draft in counts(("The victim", 1, "victim"))]
    elsewhere = counts(("Imre Example", 1, None), event=2)
    assert len(once([*mine, *theirs, *elsewhere], TEXT)) == 3


def test_a_part_without_a_whole_is_the_whole() -> None:
    """ "Part" is kept where more are told of, or where how many more is open."""
    alone = counts(("A miller", 1, "miller"), part=True)
    assert [draft.part_of for _, draft in once(alone, TEXT)] == [False]
    beside = [*alone, *counts(("Two others", 2, "others"))]
    assert [draft.part_of for _, draft in once(beside, TEXT)] == [True, False]


def test_what_is_denied_or_only_proposed_is_left_alone() -> None:
    """Nothing but asserted counts repeats anything."""
    first, second = counts(("A miller", 1, "miller"), ("The victim", 1, "victim"))
    for change in ({"proposed": True}, {"stance": "denies"}):
        assert len(once([first, (second[0], replace(second[1], **change))], TEXT)) == 2  # type: ignore[arg-type]


def test_shot_is_injured_where_others_lived_and_nobody_died() -> None:
    """ "Two were shot" is up to two injured, and two where the report tells of the hurt alone; with a dead, or with nothing
    else told, it stays open."""
    (_, shot), (_, hurt), (_, died) = counts(
        ("Two others", 2, None), ("A miller", 1, None), ("The victim", 1, None)
    )
    shot, hurt = replace(shot, about="injured", low=0), replace(hurt, about="injured")
    assert [d.low for d in lived([shot, hurt])] == [2, 1]
    assert [d.low for d in lived([shot, hurt, died])] == [0, 1, 1]
    assert [d.low for d in lived([shot])] == [0]
    assert [d.low for d in lived([shot, replace(hurt, proposed=True)])] == [0, 1]
