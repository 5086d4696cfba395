"""The invented reports, and ledgers of them."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="session")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ledger of the five reports, read and derived; tests take ``ledger``, a copy of it."""
    folder = tmp_path_factory.mktemp("five") / "ledger"
    with Ledger.create(folder, clock=FixedClock()) as made:
        items = [pipeline.item(name, text.encode()) for name, text in TEXTS.items()]
        pipeline.add_items(made, items, {}, clock=FixedClock())
        pipeline.update(made)
    return folder


@pytest.fixture
def ledger(five: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Ledger]:
    """A ledger of the five reports, read and derived."""
    shutil.copytree(five, tmp_path / "ledger")
    with Ledger.open(tmp_path / "ledger", clock=clock) as made:
        yield made
