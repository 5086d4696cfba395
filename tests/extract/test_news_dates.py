"""News dates to EDTF: the most recent such day, and never a year that nobody gave."""

from __future__ import annotations

from datetime import date

import pytest

from bearwitness.extract.dates import dates
from bearwitness.extract.printed import printed

MONDAY = date(2025, 11, 17)
CASES = [
    ("on october 17", "2025-10-17"),
    ("on 17 october 2020", "2020-10-17"),
    ("on december 24", "2024-12-24"),  # not yet come: last year's
    ("on november 19", "2025-11-19"),  # two days ahead: a date line set before midnight elsewhere
    ("on monday", "2025-11-17"),
    ("last monday", "2025-11-10"),
    ("early wednesday", "2025-11-12"),
    ("late on sunday", "2025-11-16"),
    ("yesterday", "2025-11-16"),
    ("overnight", "2025-11-16/2025-11-17"),
    ("between late friday afternoon and monday morning", "2025-11-14/2025-11-17"),
    ("between 3:50 p.m. friday and 3 a.m. monday", "2025-11-14/2025-11-17"),
    ("from friday evening to sunday night", "2025-11-14/2025-11-16"),
    ("two weeks ago", "2025-10-31/2025-11-06"),
    ("three days ago", "2025-11-14"),
    ("last month", "2025-10"),
    ("last october", "2024-10"),
    ("in january last year", "2024-01"),
    ("in september 2002", "2002-09"),
    ("since january 2004", "2004-01/2025-11"),
    ("since early november", "2025-11"),
    ("last evening", "2025-11-16"),
    ("since the war began in march 2003", "2003-03/2025-11"),
    ("since the l.t.t.e. launched its campaign in the mid-1980s", "198X/2025"),
    ("since 1998", "1998/2025"),
    ("the conflict erupted in march 2011 with protests", "2011-03/2025-11"),
    ("the war, which began with the seizure of a port in 2019, has killed thousands", "2019/2025"),
    ("during ten years of civil war", "2015/2025"),
    ("a five-year conflict that left hundreds dead", "2020/2025"),
    ("in the 1973-1990 dictatorship", "1973/1990"),
    ("the 1987-88 uprising", "1987/1988"),
    ("the civil war that began in march 2011 with protests", "2011-03/2025-11"),
    ("in 1992 and 1993", "1992/1993"),
    ("since five policemen were shot dead in an ambush on friday", "2025-11-14"),
    ("fighting broke out in the town in january 2020", "2020-01"),
    ("the civil war began in 1975", "1975"),
    ("since the 1980s", "198X/2025"),
    ("since tuesday", "2025-11-11/2025-11-17"),
    ("since sunday, when shells fell", "2025-11-16"),
    ("on saturday and sunday", "2025-11-15/2025-11-16"),
    ("over the past three days", "2025-11-14/2025-11-17"),
    ("over the past two decades", "2005/2025"),
    ("in the past 24 hours", "2025-11-16/2025-11-17"),
    ("over the last 48 hours", "2025-11-15/2025-11-17"),
    ("in the past few hours", "2025-11-16/2025-11-17"),
    ("just a few minutes ago", "2025-11-17"),
    ("two hours ago", "2025-11-17"),
    ("30 hours ago", "2025-11-16"),
    ("in recent days", "2025-11"),
    ("in the past few weeks", "2025-10/2025-11"),
    ("a violent weekend", "2025-11-15/2025-11-16"),
    ("a series of weekend shootings", "2025-11-15/2025-11-16"),
    ("on 12 and 13 november", "2025-11-12/2025-11-13"),
    ("the 3, 4, and 5 november clashes", "2025-11-03/2025-11-05"),
    ("between 21 and 26 of september", "2025-09-21/2025-09-26"),
    ("december 11 and 12, 2016", "2016-12-11/2016-12-12"),
    ("from january 3 to 5", "2025-01-03/2025-01-05"),
    ("the period 29 january to 4 february", "2025-01-29/2025-02-04"),
    ("on 06/24/2013", "2013-06-24"),
    ("christmas eve in 2000", "2000-12-24"),
    ("fridays raid on the convoy", "2025-11-14"),
    ("the september bombing of the inn", "2025-09"),
    ("the raid comes four days after two boys were shot", "2025-11-13"),
    ("the attack came three days after gunmen stormed a mill", "2025-11-14"),
    ("on november 15 to 25", "2025-11-15/2025-11-25"),
    ("on november 3 and 4 palestinians were killed", "2025-11-03"),
    ("on november 3 and 4,000 people fled", "2025-11-03"),
    ("november 3 - 12 soldiers died", "2025-11-03"),
    ("from march 3 to 5 april", "2025-03-03/2025-04-05"),
    ("in the past week", "2025-11-10/2025-11-17"),
    ("in the last two months", "2025-09/2025-11"),
    ("in the past two years", "2023-11/2025-11"),
    ("in the past five years", "2020/2025"),
    ("in the 1990s", "199X"),
    ("in 1998", "1998"),
    ("this year", "2025"),
    ("over the weekend", "2025-11-15/2025-11-16"),
    ("between march 3 and march 6", "2025-03-03/2025-03-06"),
    ("between 1994 and 1997", "1994/1997"),
    ("since january last year", "2024-01/2025-11"),
    ("the october figures for september", "2025-09"),
    ("december's blast", "2024-12"),
    ("a 1996 bombing", "1996"),
    ("in nineteen seventy-nine", "1979"),
    ("a 19th century fort", "18XX"),
    ("on christmas eve", "2024-12-24"),
    ("since new year's day", "2025-01-01"),
    ("last thanksgiving", "2024-11-28"),
    ("on good friday", "2025-04-18"),
    ("easter sunday's bombings", "2025-04-20"),
    ("on labor day", "2025-09-01"),
    ("on memorial day", "2025-05-26"),
    ("the day before, in kenema", "2025-11-16"),
    ("mourners of the attack on friday will gather", "2025-11-14"),
]
NOT_AN_EVENTS = [
    ("the court will sit on friday", "2025-11-21"),
    ("a vote scheduled for december 7", "2025-12-07"),
    ("the talks are due to resume in january", "2026-01"),
    ("he has until friday to answer", "2025-11-21"),
    ("12 had died as of sunday", "2025-11-16"),
    ("they had held out until sunday", "2025-11-16"),
    ("a poll next year", "2026"),
    ("a poll next month", "2025-12"),
    ("a trial next week", "2025-11-24/2025-11-30"),
    ("a trial next march", "2026-03"),
    ("a trial in march next year", "2026-03"),
    ("a funeral tomorrow", "2025-11-18"),
    ("by 2030", "2030"),
    ("this december", "2025-12"),
    ("the deadliest attack since 2004", "2004/2025"),
    ("the summit will be held november 25 and 26", "2025-11-25/2025-11-26"),
    ("a vote scheduled for 12 and 13 december", "2025-12-12/2025-12-13"),
]
NO_DATES = ["1990 people fled", "some 2000 fled", "at 1930 gmt", "$1998", "resolution 1973", "the day before he died",
            "in the 2000 block", "from 10 to 15 may have died", "on fridays police raid homes", "the coming weekend raids",
            "in the past 90000000 hours", "he died, 30 days after the attack", "november weekends", "05/06/2013", "on fridays they prayed", "the last days of the war", "two days after surgery"]  # fmt: skip


@pytest.mark.parametrize(("words", "edtf"), CASES, ids=[case[0] for case in CASES])
def test_words_against_the_day_of_publication(words: str, edtf: str) -> None:
    """Each way of giving a date, in a report published on Monday 17 November 2025."""
    assert [news.edtf for news in dates(words, MONDAY)[0]] == [edtf]


def test_days_after_are_counted_from_the_day_before() -> None:
    """ "November 6, three days after" tells two days; without a day before it the report's counts."""
    found = dates("on november 6, three days after gunmen stormed a mill", MONDAY)[0]
    assert [news.edtf for news in found] == ["2025-11-06", "2025-11-03"]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [("on october 17", ["XXXX-10-17"]), ("on monday", []), ("yesterday", []), ("last month", [])],
)
def test_without_a_day_of_publication(words: str, edtf: list[str]) -> None:
    """A day and month keep their year unknown; what is relative stays unsaid."""
    assert [news.edtf for news in dates(words, None)[0]] == edtf


def test_a_day_that_does_not_exist_is_reported() -> None:
    """30 February is no date, and its words are given back."""
    assert dates("on february 30, 2025", MONDAY) == ([], ["february 30, 2025"])


@pytest.mark.parametrize(("words", "edtf"), NOT_AN_EVENTS, ids=[case[0] for case in NOT_AN_EVENTS])
def test_what_no_event_told_can_have(words: str, edtf: str) -> None:
    """What is yet to come, where a time ends and what is compared with: only for who asks for every date."""
    assert [news.edtf for news in dates(words, MONDAY, every=True)[0]] == [edtf]
    assert dates(words, MONDAY)[0] == []


@pytest.mark.parametrize("words", NO_DATES)
def test_numbers_that_are_no_years(words: str) -> None:
    """Counts, hours, sums and numbers of things are no dates."""
    assert dates(words, MONDAY, every=True)[0] == []


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("Published April 24 2017 The army shelled a town", date(2017, 4, 24)),
        ("Raids go on AFP Friday 28 Oct 2016 The army shelled a town", date(2016, 10, 28)),
        ("Last updated at Jun 142016 BEIRUT A counterattack", date(2016, 6, 14)),
        ("Date of publication 20 September 2016 Forces", date(2016, 9, 20)),
        ("December 16 2013 Death toll in raid rises", date(2013, 12, 16)),
        ("\nFri Jul 1 2016 The army shelled a town", date(2016, 7, 1)),
        ("17-05-2016 The army shelled a town", date(2016, 5, 17)),
        ("04-05-2016 The army shelled a town", None),  # the fourth of May or the fifth of April
        ("On 12 March 2014 the army shelled a town", None),  # the day of the event
        ("The army shelled a town on 12 March 2014", None),
        ("April 24, 2014: a bomb kills 12 people", None),
        ("Sept 12, 2001, changed everything", None),
        ("17-05-2016 A bomb went off\n18-05-2016 Shells fell", None),  # a list of days
        ("Halden, 31 February 2014 (AFP)", None),
    ],
)
def test_the_day_printed_above_a_text(body: str, day: date | None) -> None:
    """Only a full day that stands where a page prints its own is one."""
    assert printed(body) == day
