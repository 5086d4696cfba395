"""A killed update leaves a sound ledger, and the next update ends where an unbroken one would have."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bearwitness import pipeline
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock

TOWNS = ("Kenema, Sierra Leone", "Mzuzu, Malawi", "Sokode, Togo", "Kindia, Guinea", "Mbeya, Tanzania")
PLACES = ("grain gate", "ferry landing", "bus yard", "cloth market", "radio mast", "mill")


def reports(many: int) -> Iterator[tuple[str, str]]:
    """So many invented reports of many events, several of each, with tolls that differ."""
    rng = random.Random(20250303)
    for number in range(many):
        event = number // 3
        town, place = TOWNS[event % len(TOWNS)], PLACES[event // len(TOWNS) % len(PLACES)]
        day, killed, hurt = event % 28 + 1, rng.randint(1, 9), rng.randint(1, 40)
        yield (
            f"report-{number:03}.txt",
            f"Bomb at {place} kills {killed}\n\nA bomb killed {killed} people and wounded {hurt} at the {place} in "
            f"{town}, on {day} March 2025, the district hospital said.\nPolice accused the Forest Column of the "
            f"attack. The Forest Column denied responsibility.\n\n"
            + "The road was closed for the day and traders waited at the bridge. "
            * rng.randint(0, 5),
        )


def updating(folder: Path) -> subprocess.Popen[bytes]:
    """``bearwitness update``, started as an operator would."""
    command = [sys.executable, "-m", "bearwitness", "--ledger", str(folder), "update"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=dict(os.environ))


def views(folder: Path) -> list[str]:
    """All derived rows."""
    with Ledger.open(folder, read_only=True) as ledger:
        return list(ledger.dump_views())


@pytest.mark.parametrize(
    ("kills", "many"), [(1, 12), *(pytest.param(*one, marks=pytest.mark.long) for one in ((3, 24), (24, 48)))]
)
def test_killed_at_any_moment(tmp_path: Path, kills: int, many: int) -> None:
    """SIGKILL at random moments: each time the ledger verifies, and the end is that of an unbroken run.

    For more than 40 reports helpers are started, which takes longer than reading a few.
    """
    fresh, whole, broken = tmp_path / "fresh", tmp_path / "whole", tmp_path / "broken"
    with Ledger.create(fresh, clock=FixedClock()) as ledger:
        items = [pipeline.item(name, text.encode()) for name, text in reports(many)]
        pipeline.add_items(ledger, items, {}, clock=FixedClock())
    shutil.copytree(fresh, whole)
    began = time.monotonic()
    with updating(whole) as process:
        assert process.wait(timeout=60) == 0
    duration = time.monotonic() - began

    rng = random.Random(7)
    killed, states = 0, set()
    # On a busy machine the first kills may all fall before anything is read: then there are some more.
    while killed < kills or (len(states) < 2 and killed < 10 * kills):
        shutil.rmtree(broken, ignore_errors=True)
        shutil.copytree(fresh, broken)
        # One ledger is killed several times over; each run gets as far as chance lets it.
        for _ in range(4):
            with updating(broken) as process:
                time.sleep(duration * rng.uniform(0.1, 1.0))
                if process.poll() is None:
                    process.kill()
                    killed += 1
                process.wait(timeout=60)
            found = pipeline.verify(broken)
            assert found.first_wrong is None
            states.add(found.entries)
        with updating(broken) as process:
            assert process.wait(timeout=60) == 0
        assert views(broken) == views(whole)
        assert pipeline.verify(broken).first_wrong is None
    assert len(states) > 1, "the kills all fell in one place: nothing was tried"
