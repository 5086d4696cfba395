"""A fetch that is killed again and again: what the tests and the bench share."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from web_server import Asked, Server, page, story

from bearwitness import pipeline
from bearwitness.record import Capture, Report, digest
from bearwitness.store import Ledger
from bearwitness.visit import Visit


class Killed(NamedTuple):
    """How it went: kills that fell while it ran, addresses, requests for pages that were made in all, and reports made
    before a kill came."""

    kills: int
    addresses: int
    requests: int
    reports: int


def say(asked: Asked) -> bytes:
    """The page of a number."""
    return page(story(int(asked.path.rpartition("/")[2])))


def fetching(folder: Path, listed: Path, *, read: bool) -> subprocess.Popen[bytes]:
    """``bearwitness fetch`` as an operator would start it, by two processes where it is to ``read``, too."""
    options = [
        "--allow-host",
        "127.0.0.1",
        "--delay",
        "0",
        "--per-host",
        "8",
        "--at-once",
        "8",
    ]
    options += [] if read else ["--no-update"]
    command = [sys.executable, "-m", "bearwitness", "--ledger", str(folder), "fetch", "--list", str(listed)]
    return subprocess.Popen(
        [*command, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "BEARWITNESS_PROCESSES": "2"},
    )


def fetch_and_kill(folder: Path, addresses: int, kills: int, seed: int, *, read: bool = False) -> Killed:
    """Fetch so many pages, killed so many times at random moments; fails unless nothing is lost and nothing twice. What is to be
    ``read`` is read while it is fetched, as far as the kills let it."""
    rng = random.Random(seed)
    ledger, listed = folder / "ledger", folder / "list.txt"
    Ledger.create(ledger).close()
    done = 0
    with Server(otherwise=say) as server:
        wanted = [server.at(f"/mill/{number}") for number in range(addresses)]
        listed.write_text("\n".join(wanted) + "\n")
        while done < kills:
            with fetching(ledger, listed, read=read) as process:
                # By requests rather than by time, so that a busy machine does not spare the moments that matter.
                until = len(server.asked) + rng.randint(0, max(2, 2 * addresses // kills))
                while process.poll() is None and len(server.asked) < until:
                    time.sleep(0.002)
                time.sleep(rng.uniform(0.0, 0.05))
                if process.poll() is not None:
                    break
                process.kill()
                done += 1
                process.wait(timeout=60)
            found = pipeline.verify(ledger)
            assert found.first_wrong is None, found
        with fetching(ledger, listed, read=False) as process:
            assert process.wait(timeout=600) == 0, process.stderr and process.stderr.read()
        requests = sum(count for path, count in server.counts.items() if path.startswith("/mill/"))
    assert pipeline.verify(ledger).first_wrong is None
    with Ledger.open(ledger, read_only=True) as opened:
        visits = list(opened.records(Visit))
        assert sorted(visit.address for visit in visits) == sorted(wanted)
        assert len({visit.run for visit in visits}) == 1
        captures = {capture.source: capture.sha256 for capture in opened.records(Capture)}
        reports = [report.capture for report in opened.records(Report)]
        assert len(set(reports)) == len(reports)
        assert read or not reports
        assert set(reports) <= {capture.id for capture in opened.records(Capture)}
    expected = {at: digest(story(number).encode()) for number, at in enumerate(wanted)}
    assert captures == expected
    return Killed(done, addresses, requests, len(reports))
