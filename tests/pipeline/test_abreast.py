"""Reading in several processes: the same results in the same order, and nobody left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from web_server import story

from bearwitness import pipeline
from bearwitness.pipeline.abreast import abreast
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock

ALONE = 64
SLEEPERS = """
import sys, time
sys.path.insert(0, sys.argv[1])
from test_abreast import ALONE, nap
from bearwitness.pipeline.abreast import abreast
if __name__ == "__main__":
    for number in abreast(nap, range(ALONE + 1000), 2):
        print(number, flush=True)
"""


def who(number: int) -> tuple[int, int]:
    """The number, and in which process that was said; one number brings a helper to its end."""
    if number == ALONE + 20 and os.environ.get("FRAGILE") != str(os.getpid()):
        os._exit(9)
    return number, os.getpid()


def nap(number: int) -> str:
    """Takes a while in helpers."""
    if number >= ALONE:
        time.sleep(0.05)
    return f"{number} {os.getpid()}"


def test_results_come_in_order_and_a_helper_that_dies_loses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first few are done here, the others in helpers, and what a dead helper was at is done here too."""
    monkeypatch.setenv("FRAGILE", str(os.getpid()))
    numbers, places = zip(*abreast(who, range(ALONE + 40), 2), strict=True)
    assert numbers == tuple(range(ALONE + 40))
    assert set(places[:ALONE]) == {os.getpid()} == set(places[ALONE + 30 :])
    assert places[ALONE] != os.getpid()
    assert {place for _, place in abreast(who, range(ALONE + 40), 1)} == {os.getpid()}


def test_helpers_end_with_the_one_who_started_them(tmp_path: Path) -> None:
    """Also when it is killed."""
    program = tmp_path / "sleepers.py"
    program.write_text(SLEEPERS)
    arguments = [sys.executable, str(program), str(Path(__file__).parent)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        lines = [running.stdout.readline().split() for _ in range(ALONE + 8)]
        helpers = {int(pid) for number, pid in lines[ALONE:]}
        assert running.pid not in helpers
        running.send_signal(signal.SIGKILL)
    until = time.monotonic() + 60
    while any(Path(f"/proc/{pid}").exists() for pid in helpers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in helpers)


def test_a_ledger_read_by_several_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entry by entry, hashes and all."""
    for few in ("QUICK", "SLOW"):
        monkeypatch.setattr(f"bearwitness.pipeline.work.{few}", 2)
    heads = []
    for processes in (1, 2):
        with Ledger.create(tmp_path / str(processes), clock=FixedClock()) as ledger:
            texts = [pipeline.item(f"{n}.html", story(n).encode()) for n in range(8)]
            pipeline.add_items(ledger, texts, {}, clock=FixedClock())
            pipeline.update(ledger, processes=processes)
            heads.append((ledger.head(), list(ledger.dump_views())))
    assert heads[0] == heads[1]
