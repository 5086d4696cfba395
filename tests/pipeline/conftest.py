"""Invented reports of three events, and ledgers of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bearwitness import pipeline
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock

TEXTS = {
    "gate.txt": (
        "Blast at Kenema grain gate kills 12\n\n"
        "A bomb killed 12 people and wounded 30 at the grain gate in Kenema, Sierra Leone, on 3 March 2025, the "
        "Kenema Government Hospital said.\n"
        "Police accused the Forest Column of the attack. The Forest Column denied responsibility.\n"
    ),
    "gate-later.txt": (
        "Kenema grain gate bomb killed 14\n\n"
        "The bomb at the grain gate in Kenema, Sierra Leone, on 3 March 2025 killed 14 people and wounded 28, the "
        "Kenema Government Hospital said.\n"
    ),
    "mill.txt": (
        "Gunmen attack mill in Mzuzu\n\n"
        "Gunmen attacked a mill in Mzuzu, Malawi, on 11 May 2025 and killed at least three guards, the district "
        "governor said.\n"
    ),
    "mill-radio.txt": (
        "Three guards killed in Mzuzu mill attack\n\n"
        "Three guards were killed when gunmen attacked a mill in Mzuzu, Malawi, on 11 May 2025, Radio Nkhata "
        "reported. A spokesman for the hospital said two people were injured.\n"
    ),
    "quiet.txt": "A new bridge opens in Mzuzu\n\nThe mayor opened a bridge on Monday and thanked the builders.\n",
}


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
