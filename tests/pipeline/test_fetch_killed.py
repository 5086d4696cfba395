"""A killed fetch leaves a sound ledger, and the same command goes on from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from fetch_kills import fetch_and_kill


@pytest.mark.long
def test_killed_at_any_moment(tmp_path: Path) -> None:
    """SIGKILL at random moments of 100 visits: the ledger verifies each time, nothing is lost, nothing twice."""
    killed = fetch_and_kill(tmp_path, addresses=100, kills=3, seed=11)
    assert killed.kills >= 2, "the kills all fell outside: nothing was tried"
    # What was under way is asked for again, and no more: a batch that was not kept and the visits behind it.
    assert killed.requests <= killed.addresses + killed.kills * (32 + 16 + 8)
