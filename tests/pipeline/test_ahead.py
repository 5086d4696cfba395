"""Reading while fetching or adding goes on: the same reports as reading afterwards, and none is missed."""

from __future__ import annotations

from multiprocessing import active_children
from pathlib import Path

import pytest
from web_server import Server, page, story

from bearwitness import pipeline
from bearwitness.pipeline import ahead as module
from bearwitness.record import Report
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock

MANY = 30
HOW = pipeline.Fetching(allow_hosts=frozenset({"127.0.0.1"}), delay=0, per_host=8)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A helper is started for the first page."""
    monkeypatch.setattr(module, "ENOUGH", 0)


def kept(ledger: Ledger) -> tuple[set[str], list[str]]:
    """The ids of the reports, and all that is derived."""
    return {one.id for one in ledger.records(Report)}, list(ledger.dump_views())


def run(folder: Path, addresses: list[str], *, ahead: bool) -> tuple[pipeline.Updated, set[str], list[str]]:
    """Fetch and update, with reading ahead or without; nothing of it is left running."""
    with Ledger.create(folder, clock=FixedClock()) as ledger:
        with pipeline.Ahead(ledger, 2) as helped:
            pipeline.fetch(ledger, addresses, {}, HOW, clock=FixedClock(), ahead=helped if ahead else None)
            assert (helped.helpers is not None) == ahead
            updated = pipeline.update(ledger, ahead=helped if ahead else None)
            assert helped.reports == (MANY if ahead else 0)
        assert not active_children()
        return updated, *kept(ledger)


def test_what_is_read_ahead_is_what_is_read_afterwards(tmp_path: Path) -> None:
    """Reports, what is derived of them, and what is told of them."""
    with Server({f"/{n}": page(story(n)) for n in range(MANY)}) as server:
        addresses = [server.at(f"/{n}") for n in range(MANY)]
        found = [run(tmp_path / str(ahead), addresses, ahead=ahead) for ahead in (True, False)]
    assert found[0] == found[1]
    assert found[0][0].reports == MANY == len(found[0][1])


@pytest.mark.parametrize("supply", [1, 8])
def test_what_a_helper_does_not_come_to_is_read_by_update(
    supply: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Since it has enough, or since it died."""
    monkeypatch.setattr(module, "SUPPLY", supply)
    with Server({f"/{n}": page(story(n)) for n in range(MANY)}) as server:
        addresses = [server.at(f"/{n}") for n in range(MANY)]
        with (
            Ledger.create(tmp_path / "ledger", clock=FixedClock()) as ledger,
            pipeline.Ahead(ledger, 2) as ahead,
        ):
            pipeline.fetch(ledger, addresses, {}, HOW, clock=FixedClock(), ahead=ahead)
            if supply > 1:
                for helper in active_children():
                    helper.kill()
            updated = pipeline.update(ledger, processes=2, ahead=ahead)
            assert ahead.reports < MANY or supply > 1
            assert updated.reports == MANY == len(kept(ledger)[0])


def test_one_process_reads_nothing_ahead(tmp_path: Path) -> None:
    """It has its hands full with fetching."""
    with (
        Server({"/1": page(story(1))}) as server,
        Ledger.create(tmp_path / "ledger", clock=FixedClock()) as ledger,
        pipeline.Ahead(ledger, 1) as ahead,
    ):
        pipeline.fetch(ledger, [server.at("/1")], {}, HOW, clock=FixedClock(), ahead=ahead)
        assert ahead.helpers is None
        assert pipeline.update(ledger, processes=1, ahead=ahead).reports == 1


@pytest.mark.long
def test_files_are_read_ahead_as_they_are_read_afterwards(tmp_path: Path) -> None:
    """Pages of a folder, one of them twice and one that gives no text: the same reports and the same of all else."""
    files = tmp_path / "files"
    files.mkdir()
    for number in range(MANY):
        (files / f"{number:02}.html").write_bytes(story(number % (MANY - 1)).encode())
    (files / "empty.txt").write_bytes(b"\n")
    found = []
    for wanted in (True, False):
        with (
            Ledger.create(tmp_path / str(wanted), clock=FixedClock()) as ledger,
            pipeline.Ahead(ledger, 2) as ahead,
        ):
            added = pipeline.add(ledger, [files], {}, clock=FixedClock(), ahead=ahead if wanted else None)
            assert (ahead.helpers is not None) == wanted
            updated = pipeline.update(ledger, ahead=ahead if wanted else None)
            assert ahead.reports > 0 or not wanted
            found.append((added, updated, *kept(ledger)))
    assert found[0] == found[1]
