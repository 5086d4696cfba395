"""What the site of an incident is called."""

from __future__ import annotations

import pytest
from invented import World

TEXT = "A rocket fell on Torvale. "


def sites(*told: tuple[str, str]) -> str | None:
    """The site of the incident of reports with these sentences, of each of which the reader took those words for the site."""
    world = World()
    for number, (sentence, site) in enumerate(told):
        report = world.report(f"Sheet {number}. {TEXT}{sentence}", f"Outlet {number}")
        world.mention(report, "A rocket fell on Torvale", site=site)
    names = sorted(world.mentions)
    for other in names[1:]:
        world.judge("same", names[0], other)
    (incident,) = world.link()
    return incident.site


@pytest.mark.parametrize(
    ("sentence", "site", "whole"),
    [
        ("It hit a cattle market.", "cattle", "cattle market"),
        ("It hit the old police station.", "station", "old police station"),
        ("It hit a nine-story residential building.", "story residential building", "nine-story residential building"),
        ("It hit a nine-story residential building.", "building", "nine-story residential building"),
        ("It fell on Damballa Road.", "Road", "Damballa Road"),
        ("The ferry landing was crowded.", "ferry landing", "ferry landing"),
        ("The army hit schools.", "schools", "schools"),
        ("The shell struck building four.", "building", "building"),
        ("The men were sleeping in homes.", "homes", "homes"),
        ("Nothing more is told.", "the grain market", "the grain market"),
    ],
)  # fmt: skip
def test_a_site_has_the_words_that_the_text_has_for_it(sentence: str, site: str, whole: str) -> None:
    assert sites((sentence, site)) == whole


def test_the_fullest_words_win_that_others_leave_some_of_out() -> None:
    told = [("The market burned.", "market"), ("The market was full.", "market"), ("It hit a grain market.", "grain market")]  # fmt: skip
    assert sites(*told) == "grain market"


def test_of_two_sites_the_one_that_more_reports_tell_of_is_shown() -> None:
    told = [("It hit a mill.", "mill"), ("It hit a mosque.", "mosque"), ("It hit the mill.", "mill")]
    assert sites(*told) == "mill"
