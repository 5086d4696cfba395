"""A ledger compared with its own incidents in others' columns: everything is found again, and nothing differs."""

from __future__ import annotations

from pathlib import Path

import pytest
from published_rows import FORMS, exportable, write

from bearwitness import pipeline
from bearwitness.errors import InputError
from bearwitness.pipeline import Lone, Outcome, Summary
from bearwitness.store import Ledger


@pytest.mark.parametrize("form", sorted(FORMS))
def test_own_rows_match_themselves_without_a_difference(form: str, stories: Ledger, tmp_path: Path) -> None:
    """Each row, without notes or headlines, is matched with the incident it was made from, and with no other; no field
    differs but what the form cannot say; and each incident that the form can hold is matched."""
    columns, made = FORMS[form]
    held = list(exportable(stories))
    assert len(held) >= 6, "the stories have too few incidents that can be exported"
    rows = [made(*one) for one in reversed(held)]
    path = write(tmp_path / f"{form}.csv", columns, rows)
    found = list(pipeline.compare(stories, path))
    outcomes = [one for one in found if isinstance(one, Outcome)]
    assert [one.incident for one in outcomes] == [incident.id for incident, _, _ in reversed(held)]
    assert {one.status for one in outcomes} == {"matched"}
    assert not [problem for one in outcomes for problem in one.problems]
    differing = [(one.id, field) for one in outcomes for field in one.fields if field.status == "differ"]
    assert not differing
    lone = [one for one in found if isinstance(one, Lone)]
    assert not {one.incident for one in lone} & {incident.id for incident, _, _ in held}
    summary = found[-1]
    assert isinstance(summary, Summary)
    assert summary.form == form
    assert summary.share_of_rows_matched == 1.0
    theirs, ours = summary.tolls["matched_theirs"], summary.tolls["matched_ours"]
    assert theirs.best == ours.best or form == "airwars"  # which has no best figure
    if form != "acled":  # which has one figure alone
        assert (theirs.low, theirs.high) == (ours.low, ours.high)


def test_without_its_row_an_incident_is_ours_alone(stories: Ledger, tmp_path: Path) -> None:
    """An incident whose row is taken out of the file is not matched with another row, and is listed."""
    columns, made = FORMS["ucdp"]
    held = list(exportable(stories))
    for left_out, (incident, _, _) in enumerate(held):
        rows = [made(*one) for number, one in enumerate(held) if number != left_out]
        path = write(tmp_path / "rows.csv", columns, rows)
        found = list(pipeline.compare(stories, path))
        matched = {one.incident for one in found if isinstance(one, Outcome) and one.status == "matched"}
        assert incident.id not in matched
        assert incident.id in {one.incident for one in found if isinstance(one, Lone)}


def test_method_is_named_and_must_exist(stories: Ledger, tmp_path: Path) -> None:
    """The summary names the method whose figures were compared; another is an operator's mistake."""
    columns, made = FORMS["acled"]
    path = write(tmp_path / "rows.csv", columns, [made(*next(iter(exportable(stories))))])
    *_, summary = pipeline.compare(stories, path)
    assert isinstance(summary, Summary)
    assert summary.method == "origins"
    with pytest.raises(InputError, match="no method 'guess'"):
        pipeline.compare(stories, path, method="guess")
