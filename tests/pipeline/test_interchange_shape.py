"""The form in which a reading leaves the program is exact."""

from __future__ import annotations

import msgspec

from bearwitness.interchange import reading_json
from bearwitness.record import Claim, Mention, Place, Problem, Reading, Report, Speaker, digest

EVENT = ["id", "kind", "status", "date", "date_words", "place", "site", "country"]
EVENT += ["lat", "lon", "geonameid", "place_precision"]
COUNT = ["event", "about", "low", "high", "whom", "group", "part_of"]
NAME = ["event", "about", "value"]
SAID = ["speaker", "speaker_role", "speaker_full", "stance", "hedged", "quote", "start", "end"]
TEXT = "A raid hit Ganja. A bomb in Ganja killed 12 people, the ministry said."


def reading() -> tuple[Report, Reading]:
    """Two mentions in the wrong order, a count and a name."""
    report = Report(
        capture="c1", reader="read/1", source="a/b.txt", text=TEXT, text_sha256=digest(TEXT.encode())
    )
    place = Place(
        words="Ganja", start=28, end=33, name="Gəncə", country="AZ", lat=40.68, lon=46.36, geonameid=586523
    )

    def mention(anchor: str, **more: object) -> Mention:
        start = TEXT.index(anchor)
        fields = {"report": report.id, "kind": "attack", "status": "occurred", "anchor": anchor}
        fields |= {"start": start, "end": start + len(anchor), **more}
        return Mention(**fields)  # type: ignore[arg-type]

    late, early = mention("bomb in Ganja", place=place, country="AZ"), mention("raid")
    killed = TEXT.index("killed 12 people")
    count = Claim(
        report=report.id, mention=late.id, about="killed", stance="asserts", words="killed 12 people",
        start=killed, end=killed + 16, low=12, high=12, whom="people", group="civilian",
        speaker=Speaker(words="the ministry", role="state_authority"),
    )  # fmt: skip
    name = Claim(
        report=report.id, mention=late.id, about="weapon", stance="asserts", words="bomb", start=20, end=24,
        value="bomb", value_class="explosive", hedged=True, via=("the agency",),
    )  # fmt: skip
    problem = Problem(code="no_place_match", where="0-4", sentence="Nowhere.")
    return report, Reading(mentions=(late, early), claims=(count, name), problems=(problem, problem))


def test_fields_and_their_order() -> None:
    """The document, its events and its claims have the agreed fields, in the agreed order, and may have more."""
    document = reading_json(*reading())
    wanted = ["doc", "title", "published", "text_sha256", "events", "claims", "problems"]
    assert [name for name in document if name in wanted] == wanted
    assert [name for name in document["events"][0] if name in EVENT] == EVENT
    weapon, killed = document["claims"]
    assert [name for name in killed if name in COUNT + SAID] == COUNT + SAID
    assert [name for name in weapon if name in NAME + SAID] == NAME + SAID
    assert not set(weapon) & {"low", "high", "whom", "group", "part_of"}
    assert "value" not in killed


def test_values() -> None:
    """Names are as written, null where nothing is said, and every value is plain JSON."""
    report, found = reading()
    document = reading_json(report, found)
    assert document["doc"] == "a/b.txt"
    assert document["published"] is None
    assert document["text_sha256"] == digest(TEXT.encode())
    weapon, killed = document["claims"]
    assert (killed["speaker"], killed["speaker_role"], killed["speaker_full"]) == (
        "the ministry",
        "state_authority",
        None,
    )
    assert (killed["low"], killed["high"], killed["quote"]) == (12, 12, "killed 12 people")
    assert (weapon["speaker"], weapon["speaker_role"], weapon["value"], weapon["hedged"]) == (
        None,
        None,
        "bomb",
        True,
    )
    assert document["events"][1]["place"] == "Ganja"
    assert document["events"][1]["geonameid"] == 586523
    assert msgspec.json.decode(msgspec.json.encode(document)) == document


def test_event_ids_follow_the_first_mention() -> None:
    """Events are e1, e2, ... in the order of the text, and claims refer to them."""
    document = reading_json(*reading())
    assert [event["id"] for event in document["events"]] == ["e1", "e2"]
    assert document["events"][0]["anchor"] == "raid"
    assert {claim["event"] for claim in document["claims"]} == {"e2"}


def test_spans_point_into_the_text() -> None:
    """start and end are characters of the text whose digest is given."""
    report, found = reading()
    for claim in reading_json(report, found)["claims"]:
        assert report.text[claim["start"] : claim["end"]] == claim["quote"]


def test_problems_are_objects_each_once() -> None:
    """A problem is an object of code, where and sentence, and is not repeated."""
    assert reading_json(*reading())["problems"] == [
        {"code": "no_place_match", "where": "0-4", "sentence": "Nowhere."}
    ]
