"""Reading in several processes: the same results in the same order, and nobody left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from multiprocessing import active_children
from pathlib import Path

import pytest
from web_server import story

from bearwitness import pipeline
from bearwitness.pipeline.abreast import WEIGHT, abreast, handfuls
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock

ALONE = 64
HELPED = """
import itertools, os, sys
sys.path.insert(0, sys.argv[1])
from test_abreast import who
from bearwitness.pipeline.abreast import abreast
if __name__ == "__main__":
    for number, place in abreast(who, itertools.count(), 2, alone=4):
        print(number, place, flush=True)
"""
_done_here = count()


def who(number: int) -> tuple[int, int]:
    """The number, and in which process that was said. A helper that is ``FRAGILE`` comes to its end at the ninth."""
    time.sleep(0.005)
    mine = os.environ.get("FRAGILE")
    if mine and mine != str(os.getpid()) and next(_done_here) == 8:
        os._exit(9)
    return number, os.getpid()


def until_helped(places: list[int], more: int) -> Iterator[int]:
    """Numbers, until one of ``places`` is not here, and then so many more."""
    for number in count():
        yield number
        more -= any(place != os.getpid() for place in places)
        if not more:
            return


@pytest.mark.parametrize("handful", [1, 3])
@pytest.mark.parametrize("fragile", [True, False])
def test_results_come_in_order_and_a_helper_that_dies_loses_none(
    monkeypatch: pytest.MonkeyPatch, fragile: bool, handful: int
) -> None:
    """The first few are done here, the others here and in a helper, and what a dead helper was at is done here too."""
    if fragile:
        monkeypatch.setenv("FRAGILE", str(os.getpid()))
    numbers, places = [], list[int]()
    for number, place in abreast(who, until_helped(places, 60), 2, alone=ALONE, handful=handful):
        numbers.append(number)
        places.append(place)
    assert numbers == list(range(len(numbers)))
    assert set(places[:ALONE]) == {os.getpid()}
    assert len(set(places)) == 2
    assert not fragile or set(places[-handful:]) == {os.getpid()}
    assert {place for _, place in abreast(who, range(ALONE + 40), 1)} == {os.getpid()}


def test_large_items_go_out_by_themselves() -> None:
    """What is under way stays small: a handful is closed as soon as it is heavy."""
    sizes = [10, WEIGHT, 10, 10, 10, 10, 2 * WEIGHT, 10]
    found = list(handfuls(iter(sizes), 3, lambda size: size))
    assert found == [[10, WEIGHT], [10, 10, 10], [10, 2 * WEIGHT], [10]]


def test_an_error_of_the_work_is_raised_where_it_is_asked_for() -> None:
    """Whether it was met here or in a helper, and no helper is left."""
    with pytest.raises(ZeroDivisionError):
        list(abreast(part_of_one, [1] * 200 + [0] + [1] * 200, 2, alone=4))
    assert not active_children()


def part_of_one(number: int) -> float:
    """Raises for zero."""
    time.sleep(0.002)
    return 1 / number


def test_helpers_end_with_the_one_who_started_them(tmp_path: Path) -> None:
    """Also when it is killed."""
    program = tmp_path / "helped.py"
    program.write_text(HELPED)
    arguments = [sys.executable, str(program), str(Path(__file__).parent)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        while (helper := int(running.stdout.readline().split()[1])) == running.pid:
            pass
        running.send_signal(signal.SIGKILL)
    until = time.monotonic() + 60
    while Path(f"/proc/{helper}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{helper}").exists()


@pytest.mark.long
def test_a_ledger_read_by_several_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entry by entry, hashes and all."""
    for few in ("QUICK", "SLOW"):
        monkeypatch.setattr(f"bearwitness.pipeline.work.{few}", 2)
    heads = []
    for processes in (1, 2):
        with Ledger.create(tmp_path / str(processes), clock=FixedClock()) as ledger:
            texts = [pipeline.item(f"{n}.html", story(n).encode()) for n in range(40)]
            pipeline.add_items(ledger, texts, {}, clock=FixedClock())
            pipeline.update(ledger, processes=processes)
            heads.append((ledger.head(), list(ledger.dump_views())))
    assert heads[0] == heads[1]
