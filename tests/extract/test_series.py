"""Tolls of several events in one number: lifted where the report tells of one of these besides, and else left (T13, M5)."""

from __future__ import annotations

from typing import Any

import pytest

from bearwitness.extract.series import told_apart
from bearwitness.record import Claim, Mention, Place, Reading, Report, digest

WAVE = (
    "A wave of strikes across the province killed 30 people on Monday. In Torvale, a strike on a bakery killed 12 people. "
    "In Minburg, a rocket hit a school and nine people died.\n"
)


def report_of(text: str) -> Report:
    """A report of this text."""
    return Report(
        capture="c" + digest(text.encode())[:32], reader="read/test", source="a.txt", text=text,
        text_sha256=digest(text.encode()), language="en",
    )  # fmt: skip


class Told:
    """A reading made by hand."""

    def __init__(self, text: str) -> None:
        self.report = report_of(text)
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []

    def mention(self, anchor: str, **fields: Any) -> Mention:
        """An event told in these words."""
        start = self.report.text.index(anchor)
        kind = fields.pop("kind", "attack")
        made = Mention(
            report=self.report.id, kind=kind, status="occurred", anchor=anchor, start=start, end=start + len(anchor), **fields
        )  # fmt: skip
        self.mentions.append(made)
        return made

    def killed(self, mention: Mention, words: str, count: int) -> None:
        """So many killed."""
        start = self.report.text.index(words)
        self.claims.append(
            Claim(
                report=self.report.id, mention=mention.id, about="killed", stance="asserts", words=words, start=start,
                end=start + len(words), low=count, high=count,
            )
        )  # fmt: skip

    def apart(self) -> dict[tuple[str, str], list[int | None]]:
        """The figures by kind and words of the event they are of, after telling apart."""
        found = told_apart(self.report, Reading(mentions=tuple(self.mentions), claims=tuple(self.claims)))
        assert sorted(claim.words for claim in found.claims) == sorted(claim.words for claim in self.claims)
        for mention in found.mentions:
            assert self.report.text[mention.start : mention.end] == mention.anchor
        return {
            (mention.kind, mention.anchor): [
                claim.low for claim in found.claims if claim.mention == mention.id
            ]
            for mention in found.mentions
        }


def test_a_toll_of_the_wave_leaves_the_event_it_was_read_with() -> None:
    """The 30 of the wave get an event of their own in its words; the bakery keeps its 12."""
    told = Told(WAVE)
    bakery = told.mention(
        "a strike on a bakery", date="2031-10-13", date_words="Monday", date_basis="weekday"
    )
    told.killed(bakery, "killed 30 people", 30)
    told.killed(bakery, "killed 12 people", 12)
    school = told.mention("a rocket hit a school", date="2031-10-12", date_basis="inferred")
    told.killed(school, "nine people died", 9)
    assert told.apart() == {
        ("attack", "a strike on a bakery"): [12],
        ("total", "A wave of strikes"): [30],
        ("attack", "a rocket hit a school"): [9],
    }


def test_an_event_that_is_the_series_becomes_a_total_without_a_day_of_one_event() -> None:
    """ "The two bombings have killed 14" is of kind total; the day of the second bombing is not its own."""
    told = Told(
        "The second bombing in Torvale killed 5 people. The two bombings have killed 14 people, the mayor said. A bomb at the "
        "gate killed nine people the week before.\n"
    )
    told.killed(told.mention("The second bombing"), "killed 5 people", 5)
    before = {"date": "2031-10-06", "date_words": "the week before", "date_basis": "relative"}
    told.killed(told.mention("A bomb at the gate", **before), "killed nine people", 9)
    day = {"date": "2031-10-13", "date_words": "on Monday", "date_basis": "weekday"}
    told.killed(told.mention("The two bombings", **day), "killed 14 people", 14)
    assert told.apart() == {
        ("attack", "The second bombing"): [5],
        ("attack", "A bomb at the gate"): [9],
        ("total", "The two bombings"): [14],
    }
    found = told_apart(told.report, Reading(mentions=tuple(told.mentions), claims=tuple(told.claims)))
    assert [one.date for one in found.mentions if one.kind == "total"] == [None]


def test_several_strikes_in_one_town_are_one_event() -> None:
    """ "In Torvale 16 were killed in four strikes" gives the 16 to Torvale."""
    text = "In Torvale 16 people were killed in four strikes. In Minburg a mine took four lives. In Ashford a raid took three.\n"

    def town(name: str) -> Place:
        return Place(words=name, start=text.index(name), end=text.index(name) + len(name), precision="town")

    told = Told(text)
    told.killed(
        told.mention("were killed in four strikes", place=town("Torvale")), "16 people were killed", 16
    )
    told.killed(told.mention("a mine", place=town("Minburg")), "took four lives", 4)
    told.killed(told.mention("a raid", place=town("Ashford")), "took three", 3)
    assert told.apart()["attack", "were killed in four strikes"] == [16]


def test_a_wave_since_a_day_is_more_than_the_one_strike_told_besides() -> None:
    """ "A wave of strikes since May 18 has killed 14" is lifted though one strike alone is told besides."""
    text = "A strike killed seven people on Saturday. A wave of strikes since May 18 has killed 14 people in Torvale.\n"
    told = Told(text)
    mention = told.mention("strike killed")
    told.killed(mention, "killed seven people", 7)
    told.killed(mention, "killed 14 people", 14)
    assert told.apart() == {("attack", "strike killed"): [7], ("total", "A wave of strikes"): [14]}


def test_a_total_takes_no_day_from_one_of_its_events() -> None:
    """ "The two bombings have killed 14 in all" says no day, whatever day one of them had."""
    text = "A bombing killed five on Monday. The two bombings have killed 14 in all. On March 1 a bombing killed nine.\n"
    told = Told(text)
    day = {"date": "2031-10-06", "date_words": "Monday", "date_basis": "weekday"}
    told.killed(told.mention("bombing killed five", **day), "killed five", 5)
    told.killed(told.mention("The two bombings", kind="total", **day), "killed 14", 14)
    first = told.mention(
        "a bombing killed nine", date="2031-03-01", date_words="March 1", date_basis="explicit"
    )
    told.killed(first, "killed nine", 9)
    found = told_apart(told.report, Reading(mentions=tuple(told.mentions), claims=tuple(told.claims)))
    assert [m.date for m in found.mentions if m.kind == "total"] == [None]
    total = next(m for m in found.mentions if m.kind == "total")
    assert [c.low for c in found.claims if c.mention == total.id] == [14]


@pytest.mark.parametrize(
    "text",
    [
        "A wave of strikes killed 30 people in Torvale, the ministry said.\n",
        "Gunmen killed 30 people in Torvale, the ministry said.\n",
        "One of two attacks hit Torvale; it killed 30 people, the ministry said.\n",
        "The two attacks came at dawn, and in one gunmen killed 30 people.\n",
        "Three strikes on the market in Torvale killed 30 people.\n",
        "Several houses in attacks burned, which killed 30 people.\n",
    ],
)
def test_what_is_not_told_one_by_one_stays_as_it_is(text: str) -> None:
    """A report of the wave alone, of one event, of one among several, or of several strikes on one site, gives its number to
    the event as read, whatever other events it tells of; of a wave, where it tells of no others."""
    alone = "wave" in text
    told = Told(text if alone else text + "Before that a mine took four lives. A raid took three.\n")
    mention = told.mention("killed")
    told.killed(mention, "killed 30 people", 30)
    expected = {("attack", "killed"): [30]}
    others = (("a mine", "took four lives", 4), ("A raid", "took three", 3))
    for number, (anchor, words, count) in enumerate(() if alone else others):
        told.killed(told.mention(anchor, date=f"2031-10-0{number + 1}", date_basis="inferred"), words, count)
        expected["attack", anchor] = [count]
    assert told.apart() == expected


STRIKES = (
    "A drone struck a school in Torvale on Saturday, killing 6 people. On May 24, a drone strike on the bus station in Torvale "
    "killed 4 people. {sum}\n"
)


@pytest.mark.parametrize(
    ("sentence", "words", "cue"),
    [
        ("The strikes have killed 10 people in all, rescuers said.", "killed 10 people", "The strikes"),
        ("Altogether 10 people have died in the attacks.", "10 people have died", "Altogether"),
        ("A total of 10 people were killed in these strikes.", "10 people were killed", "A total of"),
    ],
)
def test_what_the_strikes_killed_in_all_is_of_them_together(sentence: str, words: str, cue: str) -> None:
    """The sum stands on the series, in the one town where all of them were, and not on the strike told last."""
    told = Told(STRIKES.format(sum=sentence))
    town = told.report.text.index("Torvale")
    where = Place(words="Torvale", start=town, end=town + len("Torvale"))
    school = told.mention("A drone struck a school", date="2031-05-31", date_basis="explicit", place=where)
    told.killed(school, "killing 6 people", 6)
    station = told.mention(
        "a drone strike on the bus station", date="2031-05-24", date_basis="explicit", place=where
    )
    told.killed(station, "killed 4 people", 4)
    told.killed(station, words, 10)
    assert told.apart() == {
        ("attack", "A drone struck a school"): [6],
        ("attack", "a drone strike on the bus station"): [4],
        ("total", cue): [10],
    }
    found = told_apart(told.report, Reading(mentions=tuple(told.mentions), claims=tuple(told.claims)))
    (total,) = (mention for mention in found.mentions if mention.kind == "total")
    assert (total.place, total.date) == (where, None)


def test_what_one_attack_did_in_all_stays_with_it() -> None:
    told = Told(
        "A strike killed 12 people in Torvale. A blast killed 2 in Minburg. The attack wounded 9 in all.\n"
    )
    strike = told.mention("A strike")
    told.killed(strike, "killed 12 people", 12)
    blast = told.mention("A blast")
    told.killed(blast, "killed 2", 2)
    told.killed(blast, "wounded 9 in all", 9)
    assert told.apart() == {("attack", "A strike"): [12], ("attack", "A blast"): [2, 9]}
