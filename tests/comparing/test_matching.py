"""Matching rows with incidents: what speaks for and against, the best pairing, and laws that hold for any rows."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bearwitness import edtf
from bearwitness.comparing.evidence import SENTENCES, Evidence, weigh, weights
from bearwitness.comparing.index import Index
from bearwitness.comparing.matching import MOST_ROWS, Candidates, Pair, match, threshold
from bearwitness.comparing.ours import Ours
from bearwitness.comparing.row import Figures, Point, Row

DAY = edtf.days("2031-10-17")
assert DAY is not None


def incident(**fields: Any) -> Ours:
    """An attack in an invented town on 17 October 2031."""
    defaults: dict[str, Any] = {
        "id": "i1", "kind": "attack", "days": DAY, "window": False, "date": "2031-10-17",
        "point": Point(40.0, 45.0, 8.0), "level": "town", "place": frozenset({"torvale"}), "country": "AZ",
        "means": frozenset(), "words": frozenset(), "actors": (), "killed": Figures(5, 6, 7), "injured": Figures(),
    }  # fmt: skip
    return Ours(**(defaults | fields))


def row(**fields: Any) -> Row:
    """A row on the same attack."""
    defaults: dict[str, Any] = {
        "number": 1, "id": "X1", "days": DAY, "date": "2031-10-17", "place": "Torvale", "point": Point(40.01, 45.01, 8.0),
        "level": "town", "country": "AZ", "country_words": "Azerbaijan", "kinds": ("attack", "clash"),
        "kind_words": "Attack", "means": frozenset(), "actors": (), "killed": Figures(6, 6, 6), "injured": Figures(),
        "civilians": Figures(), "silent_zero": False, "sources": (), "words": frozenset(),
    }  # fmt: skip
    return Row(**(defaults | fields))


def chance(one: Ours, other: Row) -> float:
    """The chance that the two are one event, 0 where that is barred."""
    found = weigh(one, other)
    return found.chance if found else 0.0


def test_every_weight_has_a_sentence() -> None:
    """The codes of the vocabulary and the sentences for people are the same."""
    assert set(weights()) == set(SENTENCES)


def test_same_day_place_and_kind_is_likely_one_event() -> None:
    """Day, town, kind and figure together are beyond the threshold of a match."""
    assert chance(incident(), row()) > threshold("matched")


def test_a_toll_alone_never_makes_a_match_and_never_forbids_one() -> None:
    """The same toll in a town far away or a month later is no candidate; a far toll in one place and day still is one."""
    assert chance(incident(), row(point=Point(41.5, 47.0, 8.0))) == 0
    assert chance(incident(), row(days=edtf.days("2031-11-20"))) == 0
    far = weigh(incident(), row(killed=Figures(90, 90, 90)))
    assert far is not None
    assert "toll_apart" in far.codes
    assert far.chance > threshold("looked_at")


@pytest.mark.parametrize(
    ("days", "code"),
    [("2031-10-17", "same_day"), ("2031-10-16/2031-10-18", "days_meet"), ("2031-10", "wide_days"),
     ("2031-10-18", "next_day"), ("2031-10-20", "few_days"), ("2031-10-24", "a_week")],
)  # fmt: skip
def test_days_speak_the_less_the_further_they_are_apart(days: str, code: str) -> None:
    """Each way that days agree has its code; further apart than a week is no candidate."""
    found = weigh(incident(), row(days=edtf.days(days)))
    assert found is not None
    assert code in found.codes
    assert weigh(incident(), row(days=edtf.days("2031-10-26"))) is None


def test_incident_of_an_unknown_year_is_matched_by_day_and_month() -> None:
    """Reports that do not tell the year leave it open; the evidence says so."""
    found = weigh(incident(days=edtf.days("XXXX-10-17"), date="XXXX-10-17"), row())
    assert found is not None
    assert "year_unknown" in found.codes
    index = Index([incident(days=edtf.days("XXXX-10-17"), date="XXXX-10-17")])
    assert index.near(row()) == [0]


def test_coarse_places_count_less_than_towns() -> None:
    """A province's point or the country alone speaks less than a town; another country not at all without a point."""
    town, province = (
        chance(incident(), row()),
        chance(incident(), row(point=Point(40.3, 45.3, 120.0), level="adm1")),
    )
    country = chance(incident(), row(point=None, level="country", place=""))
    assert town > province > country > 0
    assert chance(incident(), row(point=None, level="country", place="", country="GE")) == 0


def test_shared_rare_words_tell_one_event_of_a_day_from_another() -> None:
    """Of two incidents of one day and town, the row goes with the one whose reports use its rare words."""
    candidates = Candidates()
    first, second = incident(id="i1"), incident(id="i2")
    said = frozenset({"quarry", "lanterns", "velda"})
    for number, words in ((1, said), (2, frozenset({"harbour", "tannery", "oskel"}))):
        one = row(number=number, words=words)
        candidates.met(words)
        for place, ours in enumerate((first, second)):
            found = weigh(ours, one)
            assert found is not None
            candidates.add(Pair(number, place, found, words))
    for _ in range(30):  # other rows of the file, which make these words rare
        candidates.met(frozenset({"market"}))
    told = {0: frozenset({"harbour", "tannery", "oskel"}), 1: said | {"market"}}
    decided = match(candidates.pairs(lambda place: told[place]))
    assert [(one.pair.row, one.pair.ours, one.status) for one in decided] == [
        (1, 1, "matched"),
        (2, 0, "matched"),
    ]
    assert all("many_words" in one.pair.evidence.codes for one in decided)


def test_rows_that_fit_one_incident_alike_are_left_to_a_person() -> None:
    """Two rows that nothing tells apart do not match: neither is likelier than a half."""
    candidates = Candidates()
    found = weigh(incident(), row())
    assert found is not None
    for number in (1, 2):
        candidates.add(Pair(number, 0, found))
    decided = match(candidates.pairs(lambda _: frozenset()))
    assert {one.status for one in decided} <= {"possible"}
    assert all(one.confidence <= 0.5 for one in decided)


def test_memory_is_bounded_by_our_incidents() -> None:
    """However many rows fit an incident, only the best few are kept."""
    candidates = Candidates()
    for number in range(1000):
        candidates.add(Pair(number, 0, Evidence((), number / 1000.0)))
    kept = list(candidates.pairs(lambda _: frozenset()))
    assert sorted(pair.row for pair in kept) == list(range(1000 - MOST_ROWS, 1000))


scores = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(-8, 40).map(lambda n: n / 8), max_size=16
)


@given(scores)
def test_pairing_is_one_to_one_and_the_best_there_is(table: dict[tuple[int, int], float]) -> None:
    """No row and no incident is in two pairs; of those that hang together, no other pairing adds up to more above the
    least likely pair of them."""
    pairs = [Pair(r, o, Evidence((), score)) for (r, o), score in table.items()]
    chosen = [one.pair for one in match(pairs) if one.taken_by_row is None and one.taken_by_incident is None]
    assert len({pair.row for pair in chosen}) == len(chosen) == len({pair.ours for pair in chosen})
    likely = [pair for pair in pairs if pair.evidence.chance >= threshold("possible")]
    for group in together(likely):
        least = min(pair.evidence.score for pair in group) - 1.0
        gain = {pair[:2]: pair.evidence.score - least for pair in group}
        got = sum(gain.get(pair[:2], 0.0) for pair in chosen)
        for order in permutations(range(5)):
            assert sum(gain.get((r, o), 0.0) for r, o in enumerate(order)) <= got + 1e-9


def together(pairs: list[Pair]) -> list[list[Pair]]:
    """The pairs that hang together by rows and incidents."""
    groups: list[list[Pair]] = []
    for pair in pairs:
        mine = [g for g in groups if any(pair.row == other.row or pair.ours == other.ours for other in g)]
        groups = [g for g in groups if g not in mine] + [[pair, *(other for g in mine for other in g)]]
    return groups


@given(scores, st.randoms())
def test_order_of_rows_does_not_matter(table: dict[tuple[int, int], float], random: Any) -> None:
    """Shuffled pairs give the same decisions."""
    pairs = [Pair(r, o, Evidence((), score)) for (r, o), score in table.items()]
    shuffled = list(pairs)
    random.shuffle(shuffled)
    assert match(pairs) == match(shuffled)


@given(scores)
def test_confidence_is_a_chance(table: dict[tuple[int, int], float]) -> None:
    """Confidences lie between 0 and 1, and rivals only lower them."""
    for one in match([Pair(r, o, Evidence((), score)) for (r, o), score in table.items()]):
        assert 0 <= one.confidence <= one.pair.evidence.chance <= 1


@given(st.floats(-85, 85), st.floats(-180, 180), st.floats(-30, 30), st.floats(0, 1))
def test_index_finds_whatever_may_match(lat: float, lon: float, bearing: float, share: float) -> None:
    """An incident that is not barred by day and distance is found, across the date line and near the poles too."""
    from bearwitness.comparing.evidence import kilometres

    there = Point(
        max(-89.0, min(89.0, lat + share * 0.5)), (lon + bearing * share / 10 + 540) % 360 - 180, 8.0
    )
    one = row(point=Point(lat, lon, 8.0))
    index = Index([incident(point=there)])
    if kilometres(lat, lon, there.lat, there.lon) <= 60 and weigh(incident(point=there), one) is not None:
        assert index.near(one) == [0]


def test_long_stretches_and_far_years_are_found_too() -> None:
    """An incident of some day in a quarter is a candidate for a row of one day in it, and the other way round."""
    long = edtf.days("2031-09/2031-12")
    assert Index([incident(days=long, date="2031-09/2031-12")]).near(row()) == [0]
    assert Index([incident()]).near(row(days=long)) == [0]


def test_totals_and_incidents_without_day_are_set_aside() -> None:
    """Totals of many events, and incidents without any day, are never candidates and are named as such."""
    index = Index(
        [incident(kind="total"), incident(days=None, date=None), incident(point=None, country=None)]
    )
    assert index.near(row()) == []
    assert index.without == [0, 1, 2]
