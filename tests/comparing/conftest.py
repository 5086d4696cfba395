"""A ledger of the invented stories, for all tests here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bearwitness import pipeline
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The demonstration's ledger, open for reading only."""
    folder = tmp_path_factory.mktemp("stories") / "ledger"
    with Ledger.create(folder, clock=FixedClock()) as made:
        pipeline.add_items(made, pipeline.stories(), {}, clock=FixedClock())
        pipeline.update(made)
    with Ledger.open(folder, read_only=True) as opened:
        yield opened
