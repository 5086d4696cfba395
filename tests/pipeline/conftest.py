"""The invented reports, and ledgers of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reports import TEXTS

from bearwitness import pipeline
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """Five reports: two of one bomb, two of one raid, one of a bridge."""
    return dict(TEXTS)


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still."""
    return FixedClock()


@pytest.fixture
def ledger(tmp_path: Path, clock: FixedClock) -> Iterator[Ledger]:
    """A ledger of the five reports, read and derived."""
    with Ledger.create(tmp_path / "ledger", clock=clock) as made:
        items = [pipeline.item(name, text.encode()) for name, text in TEXTS.items()]
        pipeline.add_items(made, items, {}, clock=clock)
        pipeline.update(made)
        yield made
