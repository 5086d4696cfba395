"""One event or two: rules M1 to M5, what bars a join, and judgements that bind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from invented import HOSPITAL, POLICE, TOWNS, World, place

from bearwitness.link import CODES
from bearwitness.record import Mention, Place


def two(
    first: dict[str, Any] | None = None, second: dict[str, Any] | None = None
) -> tuple[World, list[Mention]]:
    """Two outlets on a rocket attack on a market, alike unless told otherwise."""
    world = World()
    mentions = []
    for number, given in enumerate((first or {}, second or {})):
        fields = {"site": "the grain market"} | given
        published = fields.pop("published", "2031-10-18")
        text = f"Page {number} of {number + 7}. A rocket attack shook the place, outlet {number} learned."
        report = world.report(text, f"Outlet {number}", published)
        mentions.append(world.mention(report, "rocket attack", fields.pop("town", "Torvale"), **fields))
    return world, mentions


def joined(world: World) -> bool:
    """Whether everything became one incident."""
    return len(world.link()) == 1


def test_same_day_place_and_site_is_one_incident() -> None:
    """M1, M2: one place, one day, one kind and a shared site make one incident, and the join says why."""
    world, mentions = two()
    (incident,) = world.link()
    assert set(incident.mentions) == {mention.id for mention in mentions}
    (join,) = incident.joins
    assert {"same_day", "same_place", "same_target"} <= set(join.reasons)
    assert join.by == "link/5"
    assert "Both give the same day." in join.sentence
    assert incident.title == "Attack in Torvale, 17 October 2031"


def test_nothing_distinguishing_keeps_apart_and_shows_it() -> None:
    """M2: place, day and kind alone do not make one incident; the near-join is shown on both."""
    world, _ = two({"site": None}, {"site": None, "kind": "clash"})
    incidents = world.link()
    assert len(incidents) == 2
    for incident in incidents:
        (near,) = incident.apart
        assert "nothing_distinguishing" in near.reasons


def test_an_equal_number_alone_never_joins() -> None:
    """M2: the same figure on the same day in the same town is not enough."""
    world = World()
    for number, words in enumerate(("An ambush came", "A march ended")):
        report = world.report(f"{words}, and 12 people died in the end.", f"Outlet {number}")
        mention = world.mention(report, words, kind="other")
        world.claim(mention, "killed", "12 people died", 12)
    assert not joined(world)


def test_a_different_number_alone_never_separates() -> None:
    """M2: figures far apart do not keep apart what a site and a day hold together."""
    world = World()
    world.said(3, POLICE)
    world.said(300, HOSPITAL)
    assert joined(world)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ({}, {"date": "2031-10-18"}, "different_days"),
        ({}, {"date": "XXXX-10-19"}, "different_days"),
        ({}, {"status": "foiled"}, "foiled_or_not"),
        ({}, {"kind": "total"}, "total_or_single"),
        ({"series": 2}, {"series": 3}, "different_series"),
        ({}, {"country": "XB"}, "different_country"),
    ],
)
def test_what_bars_a_join(first: dict[str, Any], second: dict[str, Any], code: str) -> None:
    """Contradictions bar a join however much else agrees, and the reason is shown."""
    world, _ = two(first, second)
    incidents = world.link()
    assert len(incidents) == 2
    assert all(code in near.reasons for incident in incidents for near in incident.apart)
    assert all(incident.apart for incident in incidents)


def test_two_towns_of_one_name_stay_apart() -> None:
    """The same words for two places far apart are two places."""
    number, lat, lon, country = TOWNS["Torvale"]
    far = Place(
        words="Torvale",
        start=0,
        end=7,
        name="Torvale",
        country=country,
        lat=lat + 3,
        lon=lon,
        geonameid=number + 50,
        precision="town",
    )
    world, _ = two({}, {"place": far})
    assert not joined(world)


def test_a_place_not_found_joins_by_its_words() -> None:
    """A name the gazetteer lacks is compatible with the same name, and with nothing else."""
    world, _ = two({"place": place("Ashford Hollow")}, {"place": place("Ashford Hollow")})
    assert joined(world)
    world, _ = two({"place": place("Ashford Hollow")}, {"place": place("Elm Hollow")})
    assert not joined(world)


def test_near_places_need_more() -> None:
    """Two places within the coarser one's reach are compatible; a neighbour town needs more than a site."""
    world, _ = two({}, {"town": "Torvale Heights"})
    assert joined(world)
    world, _ = two({"site": None}, {"town": "Torvale Heights", "site": None})
    assert not joined(world)


def test_a_country_is_too_coarse() -> None:
    """M8: a mention placed only in a country is not joined to a town, nor to another by day and site alone."""
    country = Place(
        words="Sorland",
        start=0,
        end=7,
        name="Sorland",
        country="XA",
        lat=11.0,
        lon=21.0,
        geonameid=90,
        precision="country",
    )
    world, _ = two({}, {"place": country})
    assert not joined(world)
    world, _ = two({"place": country}, {"place": country})
    assert not joined(world)


def test_a_town_and_its_province_are_two_rungs_apart() -> None:
    """M8: a mention placed only in a province is never joined by rule to one in a town of it."""
    province = Place(
        words="Plain Province", start=0, end=14, name="Plain Province", country="XA", lat=10.2, lon=20.1, geonameid=91,
        precision="adm1",
    )  # fmt: skip
    world, _ = two({}, {"place": province})
    assert not joined(world)
    world, _ = two({"place": province}, {"place": province})
    assert joined(world)


def test_an_unknown_year_needs_publications_close_in_time() -> None:
    """XXXX-10-17 goes with 2031-10-17 if the reports were published within days, not a year apart."""
    world, _ = two({}, {"date": "XXXX-10-17", "published": "2031-10-20"})
    assert joined(world)
    world, _ = two({}, {"date": "XXXX-10-17", "published": "2032-10-18"})
    assert not joined(world)


def test_an_undated_mention_is_looked_for_just_before_publication() -> None:
    """An event of a report's own with no date may be one of the days before; background events may not."""
    world, _ = two({}, {"date": None, "published": "2031-10-19"})
    assert joined(world)
    world, _ = two({}, {"date": None, "published": "2031-10-19", "background": True})
    assert not joined(world)
    world, _ = two({}, {"date": None, "published": "2031-10-29"})
    assert not joined(world)


def test_two_mentions_of_one_report_are_two_events() -> None:
    """A report that tells two events of one town gives two incidents, related to each other."""
    world = World()
    report = world.report("A rocket attack hit the market. It was the second rocket strike on Torvale.")
    world.mention(report, "rocket attack", site="market")
    world.mention(report, "rocket strike", site="market", series=2)
    one, other = world.link()
    assert [related.relation for related in one.related] == ["series"]
    assert one.related[0].incident == other.id


def test_background_is_linked_as_context() -> None:
    """M4: a look back joins the earlier incident, and the report gives claims to both."""
    world = World()
    early = world.report("A bomb killed ten at the grain market.", "The Lamp", "2031-10-12")
    first = world.mention(early, "bomb", date="2031-10-11", site="grain market")
    late = world.report(
        "A rocket hit a bridge today. On 11 October a bomb had struck the grain market.", "Dawn"
    )
    world.mention(late, "rocket hit", date="2031-10-18", site="bridge")
    back = world.mention(late, "bomb had struck", date="2031-10-11", site="grain market", background=True)
    groups = sorted(incident.mentions for incident in world.link())
    assert (first.id, back.id) in groups
    assert len(groups) == 2


def test_totals_stay_on_the_series() -> None:
    """M5: a total over many events is an incident of its own beside its single events."""
    world = World()
    report = world.report("A rocket attack killed 3. Attacks on Torvale have killed 70 this year.")
    single = world.mention(report, "rocket attack")
    total = world.mention(report, "Attacks on Torvale", kind="total", date="2031")
    world.claim(single, "killed", "killed 3", 3)
    world.claim(total, "killed", "killed 70", 70)
    by_kind = {incident.kind: world.assess(incident).killed.best for incident in world.link()}
    assert by_kind == {"attack": 3, "total": 70}


def test_different_actors_count_against() -> None:
    """M3: different parties in one place and day are held apart unless more than usual speaks for one event."""
    world = World()
    for number, (actor, words) in enumerate(
        (("Grey Lantern", "mortar fire"), ("Red Sickle", "mortar shells"))
    ):
        report = world.report(f"Page {number}: {words} by the {actor} fell on the town.", f"Outlet {number}")
        mention = world.mention(report, words)
        world.claim(mention, "perpetrator", actor, value=actor)
    assert not joined(world)


def test_the_same_person_named_joins_with_a_date_and_a_place() -> None:
    """A named victim distinguishes an event."""
    world = World()
    for number, words in enumerate(("was shot", "died in an ambush")):
        report = world.report(f"Mira Tolland {words} on Friday.", f"Outlet {number}")
        mention = world.mention(report, words)
        world.claim(mention, "killed", "Mira Tolland", 1, whom="Mira Tolland")
    (incident,) = world.link()
    assert "same_person" in incident.joins[0].reasons


def test_a_copied_text_joins_what_it_leaves_unsaid() -> None:
    """Two pages of one text tell one event even if one of them lost its date."""
    body = (
        "A rocket attack on the grain market killed eleven people and wounded thirty others, the mayor said in "
        "the evening, and the search for those who may be missing under the ruins went on through the night."
    )
    world = World()
    for number, date in enumerate(("2031-10-17", None)):
        report = world.report(f"{body} Desk {number}.", f"Outlet {number}", None)
        world.mention(report, "rocket attack", date=date)
    (incident,) = world.link()
    assert "copied_text" in incident.joins[0].reasons


def test_copies_under_headlines_of_their_own_are_one_event() -> None:
    """The words that anchor the event may be the outlet's own headline; a figure of the copied text holds it."""
    body = (
        "Masked riders stopped a bus on the ridge road before dawn and six passengers were killed, the drivers' "
        "union said, and the road stayed closed until the evening while the wreck was cleared away by hand."
    )
    world = World()
    for number, headline in enumerate(("Bus ambush shocks region", "Six dead as riders strike")):
        report = world.report(f"{headline}\n\n{body}", f"Outlet {number}", None)
        mention = world.mention(report, headline, date=None)
        world.claim(mention, "killed", "six passengers were killed", 6)
    assert joined(world)


def test_must_not_links_hold_across_clusters() -> None:
    """A mention that would fit two incidents of different days joins one of them and never chains both."""
    world = World()
    for date in ("2031-10-16", "2031-10-16/2031-10-17", "2031-10-17"):
        report = world.report(f"Of {date}: a rocket attack on the grain market.", f"Outlet {date}")
        world.mention(report, "rocket attack", date=date, site="the grain market")
    assert sorted(len(incident.mentions) for incident in world.link()) == [1, 2]


def test_a_persons_word_joins_and_parts_whatever_the_rules_say() -> None:
    """M6: same joins what the rules bar, different parts what they join, and both are shown with their reason."""
    world, (one, other) = two({}, {"date": "2031-10-18"})
    same = world.judge("same", one.id, other.id, why="the clock had passed midnight")
    (incident,) = world.link()
    assert incident.joins[0].by == "reviewer one"
    assert "midnight" in incident.joins[0].sentence
    world.judge("unsure", one.id, other.id, after=same)
    assert len(world.link()) == 2
    world, (one, other) = two()
    world.judge("different", one.id, other.id)
    incidents = world.link()
    assert len(incidents) == 2
    assert all(incident.apart[0].reasons == ("judged_different",) for incident in incidents)


def test_undoing_a_judgement_restores_byte_for_byte() -> None:
    """A judgement superseded by "unsure" leaves incidents as they were, but for the note that someone looked."""
    world, (one, other) = two({}, {"date": "2031-10-18"})
    before = [(held.id, held.mentions, held.joins) for held in world.link()]
    same = world.judge("same", one.id, other.id)
    assert len(world.link()) == 1
    world.judge("unsure", one.id, other.id, after=same)
    assert [(held.id, held.mentions, held.joins) for held in world.link()] == before


def test_the_id_is_that_of_the_earliest_report() -> None:
    """An incident is named after the mention of the report published first; reports without a day come last."""
    world, (one, other) = two({"published": None}, {"published": "2031-10-19"})
    world.judge("same", one.id, other.id)
    (incident,) = world.link()
    assert incident.mentions == (other.id, one.id)
    assert incident.id == "i" + other.id[1:]


def test_status_and_kind_follow_from_the_mentions() -> None:
    """A disputed mention makes the incident disputed; a developing one makes it developing."""
    world, _ = two({}, {"status": "disputed", "developing": True})
    (incident,) = world.link()
    assert (incident.status, incident.developing) == ("disputed", True)
    assert incident.title == "Disputed attack in Torvale, 17 October 2031"


def test_every_reason_has_a_sentence() -> None:
    """Codes in joins are listed with their sentence."""
    world, _ = two()
    (incident,) = world.link()
    assert set(incident.joins[0].reasons) <= CODES.keys()
    assert all(text.endswith(".") for text in CODES.values())


def test_every_reason_is_explained_in_the_docs() -> None:
    """docs/methods.md lists each code of linking with its very sentence."""
    page = (Path(__file__).parents[2] / "docs" / "methods.md").read_text(encoding="utf-8")
    missing = [code for code, text in CODES.items() if f"| `{code}` | {text} |" not in page]
    assert missing == []


def test_common_words_never_make_one_event() -> None:
    """Two shootings of one man each, in one town on one day, told by the police in like words, stay two."""
    world = World()
    for number in range(2):
        report = world.report(
            f"Case {number}: a man was shot dead at a house, police said.", f"Outlet {number}"
        )
        mention = world.mention(report, "a man was shot dead", site="house")
        world.claim(mention, "killed", "a man was shot dead", 1, speaker=POLICE, whom="man")
    assert not joined(world)
