"""Grades under review in a ledger: what waits, what a person decided, and when it should be looked at again."""

from __future__ import annotations

from pathlib import Path

import pytest

from bearwitness import pipeline
from bearwitness.errors import InputError
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock, ledger_of

BOMB = "A bomb killed 12 people at the bus station in Kenema on March 4, 2031, police said."
CLASH = "Gunmen shot dead two farmers near Masvingo on March 9, 2031, police said."
WHO = {"by": "A. Reviewer", "why": "read both"}


def only(ledger: Ledger, place: str) -> str:
    """The incident of that place."""
    return next(one.row.id for one in pipeline.listed(ledger) if one.row.place == place)


def test_a_grade_is_kept_with_what_the_rules_suggested(tmp_path: Path) -> None:
    """The decision names the grade, what was suggested and by which rule; rebuilding changes nothing."""
    with ledger_of({"a.txt": BOMB}, folder=tmp_path / "ledger") as ledger:
        incident = only(ledger, "Kenema")
        judged = pipeline.judge(ledger, "grade", [incident[:10]], correction={"grade": "fair"}, **WHO)
        assert judged.judgement.correction == {
            "grade": "fair",
            "suggested": "weak",
            "rule": "weak_one_origin",
        }
        found = pipeline.dossier(ledger, incident)
        assert (found.assessment.grade, found.assessment.graded[0].before) == ("fair", "weak")
        assert any(event.sentence == "A. Reviewer graded it fair: read both" for event in found.history)
        assert pipeline.rebuild(ledger).unchanged


def test_what_waits_for_a_grade(tmp_path: Path) -> None:
    """Nobody graded: both wait, most dead first. Graded: one waits no more, until the rules suggest something else."""
    with ledger_of({"a.txt": BOMB, "b.txt": CLASH}, folder=tmp_path / "ledger") as ledger:
        first, second = only(ledger, "Kenema"), only(ledger, "Masvingo")
        waiting = pipeline.to_grade(ledger, most=10)
        assert [(one.incident, one.because) for one in waiting] == [
            (first, "deaths_on_one_origin"),
            (second, "deaths_on_one_origin"),
        ]
        clock = FixedClock()
        pipeline.judge(ledger, "grade", [first], correction={"grade": "weak"}, clock=clock, **WHO)
        assert [one.incident for one in pipeline.to_grade(ledger, most=10)] == [second]
        more = (
            "The rebels of the Grey Lantern attacked the bus station in Kenema with a bomb on March 4, 2031, and killed "
            "12 people, the Plain Count Observatory said."
        )
        pipeline.add_items(ledger, [pipeline.item("c.txt", more.encode())], {})
        pipeline.update(ledger)
        changed = pipeline.to_grade(ledger, most=10)[0]
        assert changed.incident == only(ledger, "Kenema")
        assert changed.because == "suggestion_changed"
        assert (changed.grade, changed.suggested) == ("weak", "fair")


def test_a_claim_cannot_be_graded(tmp_path: Path) -> None:
    """Only incidents, or mentions that stand for theirs, have a grade."""
    with ledger_of({"a.txt": BOMB}, folder=tmp_path / "ledger") as ledger:
        claim = pipeline.dossier(ledger, only(ledger, "Kenema")).claims[0].id
        with pytest.raises(InputError, match="needs a mention or an incident"):
            pipeline.judge(ledger, "grade", [claim], correction={"grade": "fair"}, **WHO)
