"""Watching feeds and pages round after round, against a real server; only time is made up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from web_server import Asked, Server, page, story

from bearwitness import pipeline
from bearwitness.collect.web import Limits
from bearwitness.pipeline.schedule import LOOKED_AT, due, pause
from bearwitness.record import Capture, Problem
from bearwitness.store import Ledger
from bearwitness.testing import NOON, FakeTime
from bearwitness.visit import Kept, Outcome, Visit

HOW = pipeline.Fetching(
    allow_hosts=frozenset({"127.0.0.1"}), delay=0, limits=Limits(tries=1, connecting=60.0)
)
QUARTER = pipeline.Pace(every=900.0, longest=86_400.0)


def feed(*numbers: int) -> bytes:
    """A feed of invented reports."""
    items = "".join(f"<item><link>/mill/{number}</link></item>" for number in numbers)
    return page(f"<rss><channel>{items}</channel></rss>", content_type="application/rss+xml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an empty ledger."""
    with Ledger.create(tmp_path / "ledger", clock=FakeTime()):
        return tmp_path / "ledger"


class Watch:
    """Watches with a time of its own; ``after`` is called with the number of each round that is over."""

    def __init__(self, folder: Path, after: Callable[[int], None] = lambda _: None) -> None:
        self.time = FakeTime()
        self.rounds: list[pipeline.Round] = []
        self._folder = folder
        self._after = after

    def __call__(self, *addresses: str, rounds: int = 1, **how: object) -> pipeline.Watched:
        """So many rounds without reading, and without jitter."""
        watching = pipeline.Watching(
            **{"pace": QUARTER, "revisit": None, "rounds": rounds, "update": False, **how}  # type: ignore[arg-type]
        )
        return pipeline.watch(
            self._folder, [pipeline.Source(address) for address in addresses], {}, HOW, watching, self._tell,
            time=self.time, chance=lambda: 0.0,
        )  # fmt: skip

    def _tell(self, done: pipeline.Round) -> None:
        self.rounds.append(done)
        self._after(done.number)

    @property
    def outcomes(self) -> list[dict[str, int]]:
        """Of every round."""
        return [done.fetched.outcomes for done in self.rounds]


def captures(folder: Path) -> list[str]:
    """The paths of all captures, in journal order."""
    with Ledger.open(folder, read_only=True) as ledger:
        return [capture.source.split("/", 3)[3] for capture in ledger.records(Capture)]


def test_a_feed_that_gains_entries_goes_and_comes_back(folder: Path) -> None:
    """New entries are fetched once, the feed's loss and its return are told, and every visit has one outcome."""
    with Server({f"/mill/{n}": page(story(n)) for n in range(4)}) as server:
        says = {1: feed(1, 2), 2: feed(1, 2, 3), 3: page("", "404 Not Found"), 4: feed(1, 2, 3)}
        server.says["/feed"] = feed(1)
        watch = Watch(folder, lambda number: server.says.update({"/feed": says.get(number, feed(1))}))
        done = watch(server.at("/feed"), rounds=5)
        assert watch.outcomes == [
            {"new": 2}, {"changed": 1, "new": 1, "known": 1}, {"changed": 1, "new": 1, "known": 2}, {"gone": 1},
            {"unchanged": 1, "known": 3},
        ]  # fmt: skip
        assert watch.rounds[4].fetched.back == (server.at("/feed"),)
        assert watch.rounds[3].fetched.problems[0].code == "gone"
        assert all(server.counts[f"/mill/{number}"] == 1 for number in (1, 2, 3))
    began = [(NOON + timedelta(seconds=s)).strftime("%Y-%m-%dT%H:%M:%SZ") for s in (0, 900, 1800, 2700, 4500)]
    assert [one.at for one in watch.rounds] == began
    assert (done.rounds, done.sources, done.broken_off) == (5, {"unchanged": 1}, False)
    assert done.outcomes == {"new": 4, "changed": 2, "gone": 1, "unchanged": 1, "known": 6}
    assert captures(folder) == ["mill/1", "mill/2", "mill/3"]


def test_what_does_not_change_is_asked_for_ever_more_rarely(folder: Path) -> None:
    """Conditional requests are answered by 304, and the pause grows; news bring it back to the shortest."""

    def answer(asked: Asked) -> bytes:
        if "if-none-match" in asked.head.lower():
            return b"HTTP/1.1 304 Not Modified\r\n\r\n"
        return page(story(1), etag='"v1"')

    with Server({"/mill": answer}) as server:
        watch = Watch(folder, lambda n: server.says.update({"/mill": page(story(2))} if n == 5 else {}))
        watch(server.at("/mill"), rounds=7)
        assert sum("if-none-match" in asked.head.lower() for asked in server.asked) == 5
    at = [int(one.at[11:13]) * 3600 + int(one.at[14:16]) * 60 + int(one.at[17:19]) for one in watch.rounds]
    assert [b - a for a, b in pairwise(at)] == [900, 900, 1350, 2025, 3037, 900]
    assert watch.outcomes[4:] == [{"unchanged": 1}, {"changed": 1}, {"unchanged": 1}]


def test_a_host_that_starts_failing_is_left_alone_for_longer(folder: Path) -> None:
    """Its pauses double, and are no shorter than it asks for; the sources of other hosts keep their own."""
    fails = page("", "500 Oops")
    says = [page(story(1)), fails, page("", "503 Service Unavailable", retry_after="7200"), fails]
    with (
        Server({"/a": lambda _: says.pop(0)}) as one,
        Server({"/b": lambda _: page(story(len(one.asked)))}) as other,
    ):
        watch = Watch(folder)
        watch(one.at("/a"), other.at("/b"), rounds=14)
        asked = [done.at[11:16] for done in watch.rounds if done.fetched.outcomes.get("failed")]
    assert asked == ["12:15", "12:45", "14:45"]
    assert [done.at[14:16] for done in watch.rounds[:5]] == ["00", "15", "30", "45", "00"]


def test_every_source_keeps_its_own_time_and_once_visits_what_is_due(folder: Path) -> None:
    """A list may give times; a round that is begun anew (cron) visits what is due by the journal and nothing else."""
    with Server({"/a": page(story(1)), "/b": page(story(2))}) as server:
        sources = [pipeline.Source(server.at("/a")), pipeline.Source(server.at("/b"), 3600.0)]
        time, told = FakeTime(), []
        watching = pipeline.Watching(pace=QUARTER, rounds=1, update=False)
        for _ in range(5):
            done = pipeline.watch(
                folder, sources, {}, HOW, watching, told.append, time=time, chance=lambda: 1.0
            )
            assert done.rounds == 1
            time.move(minutes=17)
        assert [one.fetched.outcomes for one in told] == [
            {"new": 2}, {"unchanged": 1, "resting": 1}, {"unchanged": 1, "resting": 1},
            {"resting": 2}, {"unchanged": 2},
        ]  # fmt: skip
        assert done.sources == {"unchanged": 2}


def test_pages_of_a_feed_are_visited_again_while_it_names_them(folder: Path) -> None:
    """So that edits and losses are seen: after a day by default; never where that is not wanted."""
    with Server({"/feed": feed(1), "/mill/1": page(story(1))}) as server:
        watch = Watch(
            folder, lambda n: server.says.update({"/mill/1": page("", "410 Gone")} if n == 1 else {})
        )
        watch(server.at("/feed"), rounds=4, pace=pipeline.Pace(every=43_200.0), revisit=80_000.0)
    assert watch.outcomes == [
        {"new": 2}, {"unchanged": 1, "known": 1}, {"unchanged": 1, "gone": 1}, {"unchanged": 1, "known": 1},
    ]  # fmt: skip


def test_a_list_with_mistakes(folder: Path) -> None:
    """What is no address is refused and told, and the others are watched; with nothing left the watch ends."""
    with Server({"/a": page(story(1))}) as server:
        done = Watch(folder)("ftp://lakeguard.example/", server.at("/a"), server.at("/a"))
    assert done.sources == {"new": 1, "refused": 1}
    assert [problem.code for problem in done.problems] == ["refused_address"]
    assert Watch(folder)("ftp://lakeguard.example/", rounds=3).rounds == 0


def test_what_is_read_in_a_round_is_there_for_others_in_between(folder: Path) -> None:
    """The ledger is read and derived in the round, and not held while the watch sleeps; rounds without news leave
    the views as fresh as they are."""
    fresh = []

    def look(_: int) -> None:
        with Ledger.open(folder) as ledger:
            fresh.append((ledger.incident_count(), ledger.views_current(by=pipeline.work.RULES)))

    with Server({"/a": page(story(1))}) as server:
        Watch(folder, look)(server.at("/a"), rounds=2, update=True)
    assert fresh == [(1, True), (1, True)]
    assert pipeline.verify(folder).sound


def test_a_ledger_that_somebody_else_writes_to_is_waited_for(folder: Path) -> None:
    """The round begins when they have ended."""
    held = Ledger.open(folder)
    watch = Watch(folder)
    slept = watch.time.sleep

    def sleep(seconds: float) -> None:
        slept(seconds)
        held.close()

    watch.time.sleep = sleep  # type: ignore[method-assign]
    with Server({"/a": page(story(1))}) as server:
        assert watch(server.at("/a")).sources == {"new": 1}
    assert watch.time.slept == [5.0]


def visit(outcome: Outcome, **more: object) -> Visit:
    """An invented visit at noon."""
    kept = Kept(kind="page", capture=None, sha256="0" * 64, size=0, payload="", at="", final="")
    problem = Problem(code="gone", where="", sentence="")
    return Visit(
        address="http://coastwire.example/", run="", at="2026-01-02T12:00:00Z", agent="", outcome=outcome, final="",
        kept=kept, problems=(problem,), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_pauses() -> None:
    """They grow to the longest and never past it, unless a server asks for more, which has a bound too."""
    assert pause([visit("new")], QUARTER) == pause([visit("unchanged")], QUARTER) == 900
    assert pause([visit("failed")] * 2 + [visit("new")], QUARTER) == 3600
    for outcome in ("unchanged", "failed", "forbidden", "gone"):
        assert pause([visit(outcome)] * LOOKED_AT, QUARTER) == 86_400  # type: ignore[arg-type]
    assert pause([visit("failed", patience=200_000)], QUARTER) == 200_000
    assert pause([visit("failed", patience=10**9)], QUARTER) == 7 * 86_400
    assert due([], QUARTER, NOON, lambda: 1.0) == NOON
    assert due([visit("new")], QUARTER, NOON, lambda: 1.0) == NOON + timedelta(seconds=990)


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """The program, watching."""
    return subprocess.Popen(
        [sys.executable, "-m", "bearwitness", "watch", *arguments, "--ledger", str(folder), "--allow-host", "127.0.0.1",
         "--delay", "0", "--no-update"],
        stdout=subprocess.PIPE, text=True, env=os.environ,
    )  # fmt: skip


@pytest.mark.long
def test_killed_and_begun_anew(folder: Path) -> None:
    """Killed while it visits what a feed names: the feed is not due, and still nothing of it is lost or kept twice."""
    numbers = range(60)

    def slow(asked: Asked) -> bytes:
        time.sleep(0.02)
        return page(story(int(asked.path.rpartition("/")[2])))

    with Server({"/feed": feed(*numbers), **{f"/mill/{n}": slow for n in numbers}}) as server:
        with started(folder, server.at("/feed"), "--once") as running:
            while len(server.asked) < 30 and running.poll() is None:
                time.sleep(0.005)
            running.kill()
        assert running.returncode == -signal.SIGKILL
        server.says["/feed"] = page("", "404 Not Found")
        again = started(folder, server.at("/feed"), "--once", "--json")
        out, _ = again.communicate(timeout=120)
        assert again.returncode == 0
        counts = server.counts
    (told, summed) = [json.loads(line) for line in out.splitlines()]
    assert told["round"]["fetched"]["outcomes"]["resting"] == 1
    assert summed["watched"]["sources"] == {"new": 1}
    assert sorted(captures(folder)) == sorted(f"mill/{n}" for n in numbers)
    assert (counts["/feed"], max(counts.values())) == (1, 2)
    assert pipeline.verify(folder).sound


def test_stopped_by_a_signal(folder: Path) -> None:
    """Between rounds a watch ends with its summary and code 0, as a service manager expects."""
    with Server({"/a": page(story(1))}) as server:
        running = started(folder, server.at("/a"))
        assert running.stdout is not None
        assert "round 1: 1 new." in running.stdout.readline()
        running.send_signal(signal.SIGTERM)
        out, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert "1 source, by their last visit: 1 there for the first time." in out
