"""Doubts: what the reader was not sure of bars nothing, and only a name overcomes it."""

from __future__ import annotations

from typing import Any

import pytest
from invented import TOWNS, World, place

from bearwitness.record import Mention, Place

FAR = Place(
    words="Ridgefell", start=0, end=9, name="Ridgefell", country="XA", lat=TOWNS["Torvale"][1] + 3, lon=20.0,
    geonameid=9901, precision="town", score=0.9,
)  # fmt: skip
NAMESAKE = Place(
    words="Torvale", start=0, end=7, name="Torvale", country="XB", lat=-30.5, lon=41.0, geonameid=9902,
    precision="town", score=0.3,
)  # fmt: skip
SURE: dict[str, Any] = {"date_confidence": 0.95, "place_confidence": 0.95}
NEXT_DAY: dict[str, Any] = {"date": "2031-10-18", "date_confidence": 0.6}
OTHER_DAY: dict[str, Any] = {"date": "2031-10-24", "date_confidence": 0.6, "published": "2031-10-25"}
FAR_DAY: dict[str, Any] = {"date": "2032-03-02", "date_confidence": 0.6, "published": "2032-03-03"}
OTHER_PLACE: dict[str, Any] = {"place": FAR, "place_confidence": 0.4}
ABROAD: dict[str, Any] = {"place": place("Kestria"), "place_confidence": 0.4}
# Two accounts in words of their own, so that neither is a copy of the other.
LEADS = (
    (
        "{who} was killed by gunfire as the shops closed, neighbours told us at the gate. {words} Nothing more was known when we "
        "left, and the lamps along the water were being lit one after the other."
    ),
    (
        "It was a quiet evening until {who} was killed by gunfire. Nobody has been held. {words} People brought flowers to the "
        "corner in the morning and asked when the inquiry would begin, but no answer came from the town hall."
    ),
)
BESIDE = "It happened at 1204 Brackwater Street, near Quillon Bridge, and Ansel Dorrim saw it."


def told(second: dict[str, Any], *, name: str = "", words: str = "") -> tuple[World, list[Mention]]:
    """Two reports of a killing, the other with these fields; ``name`` was killed if given, ``words`` stand beside."""
    world = World()
    mentions = []
    for number, given in enumerate((SURE, second)):
        fields = dict(given)
        published = fields.pop("published", "2031-10-18")
        who = name or ("a baker", "a farmer")[number]
        report = world.report(LEADS[number].format(who=who, words=words), f"Outlet {number}", published)
        mention = world.mention(report, "killed by gunfire", **fields)
        world.claim(mention, "killed", f"{who} was killed", 1, whom=who)
        mentions.append(mention)
    return world, mentions


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (NEXT_DAY, "next_day"),
        (OTHER_DAY, "other_day"),
        (OTHER_PLACE, "other_place"),
        (ABROAD, "other_country"),
        ({"place": None, "country": "XA"}, "place_unknown"),
    ],
)
def test_one_doubt_gives_way_to_a_person(second: dict[str, Any], code: str) -> None:
    """The same person killed joins two accounts of which one was read doubtfully; without a name they stay two."""
    world, _ = told(second, name="Mira Tolland", words=BESIDE)
    (incident,) = world.link()
    assert {code, "same_person"} <= set(incident.joins[0].reasons)
    world, _ = told(second)
    assert len(world.link()) == 2


@pytest.mark.parametrize("second", [NEXT_DAY, OTHER_DAY, OTHER_PLACE, ABROAD])
def test_a_sure_difference_bars_whoever_was_killed(second: dict[str, Any]) -> None:
    """What both readings are sure of bars a join, and so does what nobody said how sure it is."""
    for sure in (SURE, {"date_confidence": None, "place_confidence": None}):
        world, _ = told({**second, **sure}, name="Mira Tolland", words=BESIDE)
        assert len(world.link()) == 2


def test_another_day_needs_a_name() -> None:
    """Many telling words beside both overcome a doubtful place, but not a doubtful day: attacks in a row share them."""
    words = (
        "Brackwater, Quillon, Osterly, Vennhold, Pellam, Drosk and Istermere were named; 1204 and 3177 too."
    )
    world, _ = told(OTHER_PLACE, words=words)
    assert len(world.link()) == 1
    world, _ = told(OTHER_DAY, words=words)
    incidents = world.link()
    assert len(incidents) == 2
    assert all("too_doubtful" in near.reasons for incident in incidents for near in incident.apart)


def test_two_doubts_need_a_person_and_more() -> None:
    """Where day and place are both in doubt, a person killed joins only beside another name or many telling words."""
    both = {**NEXT_DAY, **OTHER_PLACE}
    world, _ = told(both, name="Mira Tolland")
    alone = len(world.link())
    world, _ = told(both, words="Ansel Dorrim and Jarl Venning saw it.")
    assert len(world.link()) == 2
    world, _ = told(both, name="Mira Tolland", words=BESIDE)
    assert (alone, len(world.link())) == (1, 1)


def test_a_day_months_away_needs_a_person() -> None:
    """A name that is not of a person harmed (a street, a commander) never joins days more than a month apart."""
    world, _ = told(FAR_DAY, words=BESIDE)
    assert len(world.link()) == 2
    world, _ = told(FAR_DAY, name="Mira Tolland", words=BESIDE)
    assert len(world.link()) == 1


def test_one_name_for_two_towns_is_no_bar_where_in_doubt() -> None:
    """A town found abroad by a doubtful guess is the town of the same name that the other report is sure of."""
    world, _ = told({"place": NAMESAKE}, words=BESIDE)
    (incident,) = world.link()
    assert "same_words" in incident.joins[0].reasons


def test_a_doubtful_reading_never_bridges_two_sure_ones() -> None:
    """Two accounts sure of two days stay two incidents, though a third with a doubtful day would fit both."""
    world = World()
    for number, fields in enumerate(
        ({"date": "2031-10-16"}, {"date": "2031-10-17", "date_confidence": 0.5}, {"date": "2031-10-18"})
    ):
        text = (*LEADS, "{words} There {who} was killed by gunfire.")[number].format(
            who="Mira Tolland", words=BESIDE
        )
        report = world.report(text, f"Outlet {number}", "2031-10-19")
        mention = world.mention(report, "killed by gunfire", **fields)
        world.claim(mention, "killed", "Mira Tolland was killed", 1, whom="Mira Tolland")
    assert sorted(len(incident.mentions) for incident in world.link()) == [1, 2]
