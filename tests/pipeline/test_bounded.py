"""One more report asks nothing of the database that goes over a table which grows with the ledger."""

from __future__ import annotations

import re
from typing import Any

from reports import TEXTS
from sqlalchemy import event

from bearwitness import copies, pipeline
from bearwitness.record import Report
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock, ledger_of

SMALL = {"derived_from", "tally", "stirred", "ledger"}
"""Tables of a few rows: the last are reports whose copies changed since the views were derived."""
_SCAN = re.compile(r"SCAN (\w+)")
NEW = (
    "Gate bomb in Kenema: toll rises\n\nA bomb killed 15 people at the grain gate in Kenema, Sierra Leone, on 3 March 2025, the "
    "Kenema Government Hospital said. The Forest Column denied responsibility.\n"
)


def watched(ledger: Ledger) -> dict[str, list[str]]:
    """SQLite's own plan for every statement that is run from now on."""
    plans: dict[str, list[str]] = {}

    @event.listens_for(ledger._folder.database.engine, "before_cursor_execute")
    def plan(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")) and statement not in plans:
            rows = connection.connection.cursor().execute(
                f"EXPLAIN QUERY PLAN {statement}", parameters[0] if many else parameters
            )
            plans[statement] = [row[3] for row in rows]

    return plans


def going_over(plans: dict[str, list[str]]) -> dict[str, list[str]]:
    """The statements that go over a table which grows."""
    return {
        statement: plan
        for statement, plan in plans.items()
        for line in plan
        if (found := _SCAN.search(line)) and not _may_scan(found[1], statement)
    }


def test_every_question_is_answered_by_an_index() -> None:
    """Over a whole update with one new report, and one with nothing new: SQLite's own plan for every statement searches, or
    takes the first of an order. (A table without statistics is planned alike whatever its size.)"""
    with ledger_of(TEXTS) as ledger:
        clock = FixedClock()
        path = ledger.folder / "new.txt"
        path.write_text(NEW, encoding="utf-8")
        pipeline.add(ledger, [path], {}, clock=clock)
        path.unlink()
        plans = watched(ledger)
        updated = pipeline.update(ledger)
        assert (updated.reports, updated.readings, updated.incidents) == (1, 1, 2)
        assert not pipeline.update(ledger).derived
    assert len(plans) > 40
    assert not going_over(plans)


def _may_scan(table: str, statement: str) -> bool:
    """Whether that is no more than a few rows: a small table, the result of a question inside, or the first of an order or of any."""
    first = " LIMIT " in statement and ("ORDER BY entry.seq DESC" in statement or "ORDER BY" not in statement)
    return table in SMALL or table.startswith("near_") or first


def test_reports_are_found_by_their_keys_through_the_index() -> None:
    """However many are asked for: one after the other, since SQLite goes over the whole journal for a long list of beginnings."""
    with ledger_of(TEXTS) as ledger:
        reports = list(ledger.records(Report))
        plans = watched(ledger)
        found = ledger.reports_by_keys([*(copies.key(report.id) for report in reports), 1])
    assert found == sorted(reports, key=lambda report: report.id)
    assert plans
    assert not going_over(plans)
