"""Totals over many incidents: outer bounds, grades apart, running totals never added, and what moves them."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bearwitness import edtf, pipeline
from bearwitness.errors import InputError
from bearwitness.testing import ledger_of
from bearwitness.totals import BETTER, BREAKDOWNS, MOST_MOVES, MOST_UNCERTAIN, Actor, Entry, Figures, Totals

NOTHING = Figures(None, None, None, False)


def entry(number: int = 1, **fields: Any) -> Entry:
    """An attack with 3 to 5 killed."""
    defaults: dict[str, Any] = {
        "incident": f"i{number:04}", "title": f"Attack {number}", "kind": "attack", "grade": "fair",
        "days": edtf.days("2031-10-17"), "country": "AZ", "admin1": "Upper Vale", "town": "Torvale", "actors": (),
        "killed": Figures(3, 4, 5, False), "injured": NOTHING,
    }  # fmt: skip
    return Entry(**(defaults | fields))


def total(*entries: Entry) -> Totals:
    """The totals of these."""
    found = Totals()
    for one in entries:
        found.add(one)
    return found


def test_headline_is_of_confirmed_and_fair_alone() -> None:
    """T15: better grades are one sum, weak, contested and discounted ones another, and neither holds the other's."""
    grades = ("confirmed", "fair", "weak", "contested", "discounted")
    found = total(*(entry(n, grade=grade) for n, grade in enumerate(grades)))
    assert (found.better.incidents, found.better.killed.low, found.better.killed.high) == (2, 6, 10)
    assert (found.others.incidents, found.others.killed.low, found.others.killed.high) == (3, 9, 15)


def test_a_running_total_is_never_added_to_its_events() -> None:
    """A total of many events stands apart, in no breakdown, and is not among the uncertain."""
    found = total(entry(1), entry(2, kind="total", killed=Figures(100, 200, 900, True)))
    assert found.better.killed.high == 5
    assert (found.running.incidents, found.running.killed.high) == (1, 900)
    assert all(sum(line.better.incidents for line in lines.values()) == 1 for lines in found.by.values())
    assert [one.incident for one in found.uncertain] == ["i0001"]


def test_silence_adds_nothing_and_is_counted_as_silence() -> None:
    """An incident without a figure is counted, and its figure is not taken for zero; an open end stays open."""
    found = total(entry(1, killed=NOTHING), entry(2, killed=Figures(0, 0, 0, False)), entry(3, killed=Figures(7, 7, None, True)))  # fmt: skip
    held = found.better
    assert (held.incidents, held.killed.known, held.killed.open) == (3, 2, 1)
    assert (held.killed.low, held.killed.best, held.killed.high) == (7, 7, 7)


@pytest.mark.parametrize(
    ("days", "month"),
    [("2031-10-17", "2031-10"), ("2031-10", "2031-10"), ("2031-10-30/2031-11-02", "more than one month"),
     ("XXXX-10-17", "not known"), (None, "not known")],
)  # fmt: skip
def test_months_are_those_that_all_days_lie_in(days: str | None, month: str) -> None:
    """No incident is put into a month that its days do not settle."""
    assert [line.label for line in total(entry(days=edtf.days(days))).lines("month")] == [month]


def test_actors_stand_apart_by_what_is_said_of_them() -> None:
    """Alleged, claimed and conceded are lines of their own; two phrases for one party are one line, and an incident under
    two parties stands under both."""
    found = total(
        entry(1, actors=(Actor("a", "the A army", "alleged"), Actor("a", "A forces", "alleged"))),
        entry(2, actors=(Actor("a", "A forces", "conceded"), Actor("b", "B Front", "claimed"))),
        entry(3),
    )
    lines = {(line.label, line.status): line.better.incidents for line in found.lines("actor")}
    assert lines == {
        ("A forces", "alleged"): 1, ("A forces", "conceded"): 1, ("B Front", "claimed"): 1, ("not known", ""): 1,
    }  # fmt: skip


def test_towns_of_one_name_are_kept_apart() -> None:
    """A place is named with what it lies in, at each of three levels."""
    found = total(entry(1), entry(2, admin1="Coast"), entry(3, country="GE"))
    assert len(found.lines("country")) == 2
    nowhere = total(entry(country=None, admin1=None, town=None), entry(2, admin1=None, town=None))
    assert {line.label for line in nowhere.lines("town")} == {"not known", "not known, AZ"}
    assert {line.label for line in found.lines("town")} == {
        "Torvale, Upper Vale, AZ", "Torvale, Coast, AZ", "Torvale, Upper Vale, GE",
    }  # fmt: skip


def test_the_widest_carry_the_uncertainty() -> None:
    """Of many incidents only those that leave most open are held, the widest first; settled ones never."""
    found = total(*(entry(n, killed=Figures(1, 1, 1 + n, False)) for n in range(50)))
    widths = [one.width for one in found.uncertain]
    assert widths == sorted(range(50), reverse=True)[:MOST_UNCERTAIN]


def test_sources_held_are_bounded() -> None:
    """However many sources speak, only so many are held, those that move the total most among them."""
    found = Totals()
    for n in range(MOST_MOVES * 2):
        found.move("source", f"s{n}", Figures(n % 7, n % 7, n % 7, False), NOTHING)
    found.move("source", "the ministry", Figures(500, 500, 500, False), Figures(20, 30, 40, False))
    for n in range(MOST_MOVES * 2, MOST_MOVES * 3):
        found.move("source", f"s{n}", Figures(1, 1, 1, False), NOTHING)
    moves = found.moves()
    assert len(moves) <= MOST_MOVES
    assert found.let_go > 0
    assert (moves[0].name, moves[0].low, moves[0].best, moves[0].high) == ("the ministry", -480, -470, -460)


tolls = st.lists(st.integers(0, 50), min_size=3, max_size=3).map(lambda n: Figures(*sorted(n), False)) | st.just(NOTHING)  # fmt: skip
entries = st.lists(
    st.builds(
        entry,
        st.integers(0, 9999),
        grade=st.sampled_from(["confirmed", "fair", "weak", "contested", "discounted"]),
        kind=st.sampled_from(["attack", "clash", "total"]),
        days=st.sampled_from([edtf.days(day) for day in ("2031-10-17", "2031-11", "XXXX-10-17")]),
        country=st.sampled_from(["AZ", "GE", None]),
        killed=tolls,
        injured=tolls,
    ),
    max_size=12,
    unique_by=lambda one: one.incident,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(entries, st.randoms())
def test_laws_of_totals(held: list[Entry], random: Any) -> None:
    """Order makes no difference; low <= best <= high; each breakdown but that by actor adds up to the whole."""
    found = total(*held)
    shuffled = list(held)
    random.shuffle(shuffled)
    again = total(*shuffled)
    assert (again.better, again.others, again.uncertain) == (found.better, found.others, found.uncertain)
    for name in BREAKDOWNS:
        lines = found.lines(name)
        assert lines == again.lines(name)
        for part in ("better", "others"):
            groups = [getattr(line, part) for line in lines]
            whole = getattr(found, part)
            assert all(g.killed.low <= g.killed.best <= g.killed.high for g in [*groups, whole])
            assert sum(g.incidents for g in groups) == whole.incidents
            assert sum(g.killed.high for g in groups) == whole.killed.high
            assert sum(g.injured.low for g in groups) == whole.injured.low


TEXTS = {
    "gate.txt": (
        "Blast at Kenema grain gate kills 12\n\nA bomb killed 12 people at the grain gate in Kenema, Sierra Leone, on 3 "
        "March 2025, the Kenema Government Hospital said.\n"
    ),
    "gate-police.txt": (
        "Police say 15 dead in Kenema gate bombing\n\nThe bomb at the grain gate in Kenema, Sierra Leone, on 3 March 2025 "
        "killed 15 people, police said. Police accused the Forest Column of the attack.\n"
    ),
    "mill.txt": (
        "Gunmen attack mill in Mzuzu\n\nGunmen attacked a mill in Mzuzu, Malawi, on 11 May 2025 and killed at least three "
        "guards, the district governor said.\n"
    ),
}


def test_totals_of_a_ledger_and_what_moves_them() -> None:
    """The stored assessments are added up; without a source the incident is weighed as if it had not spoken, and the sum of
    the rest is what a ledger without its claim would give."""
    with ledger_of(TEXTS) as ledger:
        found = pipeline.totals(ledger, BREAKDOWNS, sensitivity=True)
        held = [assessment for _, assessment in ledger.assessed("origins")]
        better = [one for one in held if one.grade in BETTER]
        assert found.better.killed.low == sum(one.killed.low or 0 for one in better)
        everything = found.better.killed.high + found.others.killed.high
        assert everything == sum(one.killed.high or one.killed.best or 0 for one in held)
        assert {line.label for line in found.by["month"]} == {"2025-03", "2025-05"}
        moves = {one.name: one for one in found.moves if one.what == "source"}
        police = next(one for name, one in moves.items() if "olice" in name)
    without = {name: text for name, text in TEXTS.items() if name != "gate-police.txt"}
    with ledger_of(without) as ledger:
        less = pipeline.totals(ledger)
        rest = less.better.killed.high + less.others.killed.high
    assert police.high == rest - everything == -3
    assert police.emptied == 0
    governor = next(one for name, one in moves.items() if "governor" in name)
    assert (governor.incidents, governor.emptied) == (1, 1)


def test_scope_and_forms_of_totals() -> None:
    """Days, countries and grades bound what is counted; CSV holds each sum, without formulas."""
    with ledger_of(TEXTS) as ledger:
        only = pipeline.totals(ledger, ["country"], within=pipeline.scope("2025-05", None, ["MW"]))
        assert [line.label for line in only.by["country"]] == ["MW"]
        assert only.better.incidents + only.others.incidents == 1
        none = pipeline.totals(ledger, grades=["discounted"])
        assert none.better.incidents == none.others.incidents == 0
        file = io.StringIO(newline="")
        pipeline.totals_csv(pipeline.totals(ledger, ["actor", "town"]), file)
        with pytest.raises(InputError, match="no method"):
            pipeline.totals(ledger, method="guess")
    rows = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    assert [row["by"] for row in rows[:3]] == ["all", "all", "running totals, not added"]
    assert {row["by"] for row in rows[3:]} == {"actor", "town"}
    assert sum(int(row["incidents"]) for row in rows if row["by"] == "town") == 2
