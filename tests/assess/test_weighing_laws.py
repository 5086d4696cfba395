"""Laws of linking and weighing, held against worlds made at random."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from invented import HOSPITAL, MONITOR, NORLAND, NORLAND_ARMY, POLICE, PROSECUTOR, REBELS, RESIDENTS, World

from bearwitness import assess, link
from bearwitness.record import COUNTS, Assessment, Claim, Incident, Judgement

SPEAKERS = (None, HOSPITAL, MONITOR, NORLAND, NORLAND_ARMY, POLICE, PROSECUTOR, REBELS, RESIDENTS)
COUNT = st.one_of(
    st.integers(0, 40).map(lambda n: (n, n)),
    st.integers(0, 40).map(lambda n: (n, None)),
    st.integers(0, 40).map(lambda n: (None, n)),
    st.tuples(st.integers(0, 20), st.integers(20, 40)),
)
TELLING = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["2031-10-16", "2031-10-17", "2031-10-16/2031-10-17", "XXXX-10-17", None]),
        "town": st.sampled_from(["Torvale", "Torvale Heights", "Minburg", "Ashford Hollow"]),
        "published": st.sampled_from(["2031-10-17", "2031-10-18", "2031-11-30", None]),
        "site": st.sampled_from(["the grain market", "a bridge", None]),
        "status": st.sampled_from(["occurred", "occurred", "foiled", "disputed"]),
        "kind": st.sampled_from(["attack", "clash", "total"]),
        "outlet": st.sampled_from(["Dawn", "Dusk", None]),
        "background": st.booleans(),
        "counts": st.lists(
            st.fixed_dictionaries(
                {
                    "about": st.sampled_from(COUNTS),
                    "count": COUNT,
                    "stance": st.sampled_from(["asserts", "asserts", "asserts", "denies", "doubts"]),
                    "speaker": st.sampled_from(SPEAKERS),
                    "group": st.sampled_from(["civilian", "combatant", "attacker", "unknown", None]),
                    "whom": st.sampled_from(["people", "soldiers", "children", None]),
                    "number_kind": st.sampled_from(["vague", None]),
                    "part_of": st.booleans(),
                    "hedged": st.booleans(),
                }
            ),
            max_size=3,
        ),
        "words": st.lists(
            st.fixed_dictionaries(
                {
                    "about": st.sampled_from(["perpetrator", "weapon", "target", "occurred"]),
                    "value": st.sampled_from(["Norland army", "Grey Lantern", "gunmen", "rockets"]),
                    "stance": st.sampled_from(["asserts", "asserts", "denies", "doubts"]),
                    "speaker": st.sampled_from(SPEAKERS),
                }
            ),
            max_size=2,
        ),
    }
)
TELLINGS = st.lists(TELLING, min_size=1, max_size=7)


def world_of(tellings: list[dict[str, Any]]) -> World:
    """The world that these tellings make; what is said in it is new each time, the tellings stay as they are."""
    world = World()
    for number, told in enumerate(tellings):
        text = f"Page {number % 5}. A rocket attack shook the town; more is told of it here by those who saw."
        report = world.report(text, told["outlet"], told["published"])
        fields = {key: told[key] for key in ("date", "site", "status", "kind", "background")}
        mention = world.mention(report, "rocket attack", told["town"], **fields)
        for said in told["counts"]:
            given_fields = {key: value for key, value in said.items() if key not in ("about", "count")}
            world.claim(mention, said["about"], "more is told", said["count"], **given_fields)
        for said in told["words"]:
            value = None if said["about"] == "occurred" else said["value"]
            world.claim(
                mention,
                said["about"],
                "those who saw",
                value=value,
                stance=said["stance"],
                speaker=said["speaker"],
            )
    return world


Result = list[tuple[Incident, Assessment]]


def by_all(world: World) -> Result:
    """Every incident with its assessments by all methods."""
    found = []
    for incident in world.link():
        case = assess.Case(incident, world.mentions, world.claims, world.reports, world.judgements)
        found += [(incident, one) for one in assess.side_by_side(assess.Ground(case))]
    return found


def result(world: World) -> Result:
    """Everything derived."""
    return [(incident, world.assess(incident)) for incident in world.link()]


@given(TELLINGS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_law(tellings: list[dict[str, Any]], shuffle: random.Random) -> None:
    """Mentions, claims, reports and judgements in any order give the same incidents and assessments by every method."""
    world = world_of(tellings)
    names = sorted(world.mentions)
    if len(names) > 2:
        world.judge("same", names[0], names[1])
        world.judge("different", names[1], names[2])
    before = by_all(world)

    def mixed(values: list[Any]) -> list[Any]:
        shuffle.shuffle(values)
        return values

    mentions = dict(mixed(list(world.mentions.items())))
    claims = {key: mixed(list(world.claims[key])) for key in mixed(list(world.claims))}
    reports = dict(mixed(list(world.reports.items())))
    judgements = mixed(list(world.judgements))
    incidents = link.link(mentions.values(), claims, reports, judgements)
    after = [
        (held, assess.assess(held, mentions, claims, reports, judgements, method=method))
        for held in incidents
        for method in assess.METHODS
    ]
    assert after == before


@given(TELLINGS)
@settings(max_examples=60, deadline=None)
def test_every_mention_is_in_one_incident(tellings: list[dict[str, Any]]) -> None:
    """No mention is lost and none is in two incidents; no incident holds two tellings of one report."""
    world = world_of(tellings)
    incidents = world.link()
    held = [name for incident in incidents for name in incident.mentions]
    assert sorted(held) == sorted(world.mentions)
    for incident in incidents:
        reports = [world.mentions[name].report for name in incident.mentions]
        assert len(set(reports)) == len(reports)
        assert len(incident.joins) == len(incident.mentions) - 1


def fates(assessment: Assessment) -> dict[str, int]:
    """How often each claim is counted or left out of a toll, or stands in the matrix; a toll that is denied has a row there
    besides, which is a second view of its claims and no second fate."""
    found: defaultdict[str, int] = defaultdict(int)
    for toll in (assessment.killed, assessment.injured, *assessment.other):
        for reason in (*toll.counted, *toll.left_out):
            found[reason.claim] += 1
    for row in assessment.responsibility:
        for cell in row.cells:
            for claim in cell.claims:
                found[claim] += row.about not in COUNTS or claim not in found
    return dict(found)


@given(TELLINGS)
@settings(max_examples=40, deadline=None)
def test_no_claim_is_lost(tellings: list[dict[str, Any]]) -> None:
    """By every method every claim has exactly one fate, and belongs to exactly one origin."""
    world = world_of(tellings)
    for incident, assessment in by_all(world):
        claims = {claim.id for name in incident.mentions for claim in world.claims[name]}
        assert fates(assessment) == dict.fromkeys(claims, 1)
        assert sorted(claim for origin in assessment.origins for claim in origin.claims) == sorted(claims)


@given(TELLINGS)
@settings(max_examples=40, deadline=None)
def test_figures_rest_on_claims_and_keep_their_order(tellings: list[dict[str, Any]]) -> None:
    """low <= best <= high, each with claims; null only with a reason; zero only if a claim allows it."""
    world = world_of(tellings)
    claims: dict[str, Claim] = {claim.id: claim for held in world.claims.values() for claim in held}
    for _, assessment in by_all(world):
        for toll in (assessment.killed, assessment.injured, *assessment.other):
            known = [n for n in (toll.low, toll.best, toll.high) if n is not None]
            assert known == sorted(known)
            assert toll.sentence.endswith(".")
            assert toll.reasons
            for number, rests in (
                (toll.low, toll.low_claims),
                (toll.best, toll.best_claims),
                (toll.high, toll.high_claims),
            ):
                assert (number is None) == (not rests)
                if number == 0 and toll.reasons[0] != "interested_party_only":
                    assert any(claims[name].low == 0 or claims[name].high == 0 for name in rests)
            assert set(toll.reasons) <= assess.CODES.keys()


@given(TELLINGS)
@settings(max_examples=40, deadline=None)
def test_parts_never_exceed_the_whole_unnoticed(tellings: list[dict[str, Any]]) -> None:
    """Civilians, fighters, police and the unknown rest make up best, or the toll says that they do not fit; no part
    has a figure without a claim but the rest."""
    world = world_of(tellings)
    for _, assessment in by_all(world):
        for toll in (assessment.killed, assessment.injured, *assessment.other):
            kinds = [share.of for share in toll.shares]
            assert len(set(kinds)) == len(kinds)
            assert all(0 <= share.low <= share.best <= share.high for share in toll.shares)
            assert all(share.claims for share in toll.shares if share.of != "unknown")
            told = sum(share.best for share in toll.shares if share.of in ("civilian", "combatant", "police"))
            left = sum(share.best for share in toll.shares if share.of == "unknown")
            if toll.best is not None and told > toll.best:
                assert "parts_exceed_total" in toll.reasons
            elif toll.best is not None:
                assert told + left <= toll.best


@given(TELLINGS, TELLING)
@settings(max_examples=30, deadline=None)
def test_adding_a_claim_never_loses_one(tellings: list[dict[str, Any]], more: dict[str, Any]) -> None:
    """What was counted or left out still is one or the other when another report comes."""
    before, after = world_of(tellings), world_of([*tellings, more])
    known = {claim for _, one in by_all(before) for claim in fates(one)}
    assert known <= {claim for _, one in by_all(after) for claim in fates(one)}


@given(TELLINGS, st.dates(date(2031, 10, 1), date(2031, 12, 31)))
@settings(max_examples=30, deadline=None)
def test_as_of_the_end_of_time_is_now(tellings: list[dict[str, Any]], day: date) -> None:
    """On the last day all stands as it does now, by every method; on an earlier one the toll rests on nothing published
    later, and is what the reports of that time alone would give."""
    world = world_of(tellings)
    for incident in world.link():
        case = assess.Case(incident, world.mentions, world.claims, world.reports, world.judgements)
        for method in assess.METHODS.values():
            now = assess.weigh(assess.Ground(case), method)
            assert assess.as_of(case, date.max.toordinal(), method) == now
        then = assess.as_of(case, day.toordinal(), assess.METHODS[assess.DEFAULT])
        known = {
            claim.id
            for claim in case.claims
            if (world.reports[claim.report].published or "9999") <= day.isoformat()
        }
        assert (then is None) <= (not known)
        if then is not None:
            assert fates(then) == dict.fromkeys(known, 1)


@given(TELLINGS)
@settings(max_examples=30, deadline=None)
def test_the_last_moment_is_now(tellings: list[dict[str, Any]]) -> None:
    """The toll over time ends with the toll as it is, and every claim of it is new on one day."""
    world = world_of(tellings)
    for incident in world.link():
        case = assess.Case(incident, world.mentions, world.claims, world.reports, world.judgements)
        now = assess.weigh(assess.Ground(case), assess.METHODS[assess.DEFAULT])
        found = assess.moments(case, assess.METHODS[assess.DEFAULT])
        told = sorted(claim.id for claim in case.claims if claim.about in ("killed", "injured"))
        assert sorted(claim for one in found for claim in one.claims) == told
        if found:
            assert [(one.low, one.best, one.high) for one in found[-1].tolls] == [
                (toll.low, toll.best, toll.high) for toll in (now.killed, now.injured)
            ]


def asserted(world: World) -> set[str]:
    """The claims that the matrices show as asserted."""
    return {
        claim
        for _, assessment in result(world)
        for row in assessment.responsibility
        for cell in row.cells
        if cell.stance == "asserts"
        for claim in cell.claims
    }


@given(TELLINGS)
@settings(max_examples=50, deadline=None)
def test_a_denial_removes_no_accusation(tellings: list[dict[str, Any]]) -> None:
    """Adding denials leaves every assertion in the matrix."""
    world = world_of(tellings)
    before = asserted(world)
    for mention in list(world.mentions.values()):
        world.claim(
            mention, "perpetrator", "those who saw", value="Norland army", stance="denies", speaker=NORLAND
        )
        world.claim(mention, "occurred", "those who saw", stance="denies", speaker=NORLAND_ARMY)
    after = asserted(world)
    assert before == after


@given(TELLINGS)
@settings(max_examples=50, deadline=None)
def test_a_judgement_undone_restores_the_former_result(tellings: list[dict[str, Any]]) -> None:
    """Superseding "same" by "unsure" and "reject" by "accept" gives back what was, but for who looked."""
    world = world_of(tellings)
    before = result(world)
    names, claims = (
        sorted(world.mentions),
        sorted(claim.id for held in world.claims.values() for claim in held),
    )
    made: list[Judgement] = [world.judge("same", names[0], other) for other in names[1:]]
    rejected = [world.judge("reject", claim) for claim in claims]
    if made:
        assert len(world.link()) == 1
    for judgement in made:
        world.judge("unsure", *judgement.subject, after=judgement)
    for judgement in rejected:
        world.judge("accept", *judgement.subject, after=judgement)
    after = result(world)
    assert [assessment for _, assessment in after] == [assessment for _, assessment in before]
    assert [(held.id, held.mentions, held.joins, held.related) for held, _ in after] == [
        (held.id, held.mentions, held.joins, held.related) for held, _ in before
    ]
