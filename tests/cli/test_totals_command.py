"""``bearwitness totals`` from the outside: text, JSON and CSV, breakdowns, and mistakes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def ledger(run: Run, files: Path, tmp_path: Path) -> Path:
    """A ledger of the attacks on the grain gate and on the mill."""
    folder = tmp_path / "cases"
    for arguments in (("init",), ("add", files), ("update",)):
        assert run(*arguments, "--ledger", folder).code == 0
    return folder


def test_totals_say_what_they_are(run: Run, ledger: Path) -> None:
    """The text names the method, keeps grades apart, lists what leaves most open, and says that these are bounds."""
    out = run("totals", "--by", "month", "--by", "actor", "--sensitivity", "--ledger", ledger).out
    for words in (
        "By the method origins", "graded confirmed or fair", "graded weak, contested or discounted", "2025-03",
        "Forest Column (contested)", "do not add up", "Most uncertain", "without the source", "outer bounds",
    ):  # fmt: skip
        assert words in out, words


def test_json_and_csv_hold_the_same_sums(run: Run, ledger: Path, tmp_path: Path) -> None:
    """Both forms hold every line; place is three breakdowns; -o writes a file."""
    found = run("totals", "--by", "place", "--ledger", ledger, "--json").json
    assert set(found["by"]) == {"country", "admin1", "town"}
    killed = found["others"]["killed"]
    assert (killed["low"], killed["known"], killed["open"]) == (15, 2, 1)
    path = tmp_path / "totals.csv"
    assert run("totals", "--by", "place", "--ledger", ledger, "--csv", "-o", path).code == 0
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    for name in ("country", "admin1", "town"):
        assert sum(int(row["killed_low"]) for row in rows if row["by"] == name) == 15


def test_scope_and_mistakes(run: Run, ledger: Path) -> None:
    """Countries and days bound what is added; what cannot be meant is one line and exit code 2."""
    found = run("totals", "--country", "MW", "--from", "2025-05", "--ledger", ledger, "--json").json
    assert (found["others"]["incidents"], found["others"]["killed"]["low"]) == (1, 3)
    for options in (("--json", "--csv"), ("-o", "x"), ("--method", "guess"), ("--to", "soon")):
        ran = run("totals", "--ledger", ledger, *options)
        assert (ran.code, len(ran.err.splitlines())) == (2, 1), options


def test_every_method_adds_up_the_same_incidents(run: Run, ledger: Path) -> None:
    """Another method than the one kept is weighed when it is asked for, and no incident is missing."""
    kept = run("totals", "--ledger", ledger, "--json").json
    for method in ("lowest", "range", "graded", "ibc", "majority"):
        found = run("totals", "--method", method, "--ledger", ledger, "--json").json
        assert found["method"] == method
        for group in ("better", "others"):
            assert found[group]["incidents"] == kept[group]["incidents"], method
    lowest = run("totals", "--method", "lowest", "--ledger", ledger, "--json").json["others"]["killed"]
    assert lowest["low"] == lowest["best"] == lowest["high"]
