"""Invented reports for the ledger's tests, and what a test process may be told to do with them.

Run as a script it is that process: ``python material.py WHAT FOLDER ARGUMENT...`` prints one JSON line.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from bearwitness.errors import LedgerError
from bearwitness.record import (
    Assessment,
    Capture,
    Claim,
    Incident,
    Mention,
    Reading,
    Record,
    Report,
    Speaker,
    Toll,
    digest,
)
from bearwitness.store import Ledger, ReadingMark, verify

READER = "test-extract/1"


def clock() -> datetime:
    """A clock that stands still, so that two ledgers of one history have the same bytes in the journal."""
    return datetime(2031, 5, 4, 3, 2, 1, tzinfo=UTC)


class Told(NamedTuple):
    """One invented report, from its bytes to its reading."""

    data: bytes
    capture: Capture
    report: Report
    reading: Reading

    def records(self) -> list[Record]:
        """What follows the capture in the journal."""
        mark = ReadingMark.of(self.report.id, READER, self.reading)
        return [self.report, *self.reading.mentions, *self.reading.claims, mark]


def tell(number: int, length: int = 0) -> Told:
    """The report of that number; ``length`` adds so many characters of padding."""
    text = f"{number + 2} people were killed in Ostrava Gate on day {number}, the mayor said." + " x" * (
        length // 2
    )
    data = text.encode()
    capture = Capture(sha256=digest(data), size=len(data), source=f"{number}.txt", media_type="text/plain")
    report = Report(
        capture=capture.id,
        reader="test-read/1",
        source=capture.source,
        text=text,
        text_sha256=digest(data),
        outlet="The Invented Herald",
        published="2031-05-04",
        published_basis="given",
    )
    at = text.index("killed")
    mention = Mention(
        report=report.id, kind="attack", status="occurred", anchor="killed", start=at, end=at + 6
    )
    words = f"{number + 2} people"
    claim = Claim(
        report=report.id,
        mention=mention.id,
        about="killed",
        stance="asserts",
        words=words,
        start=0,
        end=len(words),
        low=number + 2,
        high=number + 2,
        number_kind="exact",
        speaker=Speaker(words="the mayor", role="local_official"),
        reader=READER,
    )
    return Told(data, capture, report, Reading(mentions=(mention,), claims=(claim,)))


def keep(ledger: Ledger, told: Told) -> int:
    """Keep one report as a run would, in three steps that can each be the last one."""
    new = int(ledger.keep(told.data, told.capture))
    new += ledger.append([told.report])
    return new + ledger.append_reading(told.report.id, READER, told.reading)


def derive(ledger: Ledger) -> tuple[list[Incident], list[Assessment]]:
    """Every mention an incident of its own, as a stand-in for linking and weighing."""
    incidents = []
    assessments = []
    for report, reading in ledger.readings():
        for mention in reading.mentions:
            incident = Incident(
                mentions=(mention.id,),
                kind=mention.kind,
                status=mention.status,
                title=f"Told by {report.source}",
                date=f"2031-05-{1 + len(incidents) % 28:02}",
            )
            claim = reading.claims[0]
            count = Toll(
                about="killed",
                low=claim.low,
                best=claim.low,
                high=claim.high,
                low_claims=(claim.id,),
                best_claims=(claim.id,),
                high_claims=(claim.id,),
            )
            assessment = Assessment(
                incident=incident.id,
                method="origins",
                killed=count,
                injured=Toll(about="injured", low=None, best=None, high=None, reasons=("no claim",)),
                grade="weak",
                grade_rule="G1",
                grade_sentence="One source.",
            )
            incidents.append(incident)
            assessments.append(assessment)
    return incidents, assessments


def build(folder: Path, reports: int, *, length: int = 0) -> None:
    """A sealed ledger of that many reports with its views, and with free pages in its file."""
    with Ledger.create(folder, clock=clock) as ledger:
        for number in range(reports):
            keep(ledger, tell(number, length))
        incidents, assessments = derive(ledger)
        wordy = [msgspec.structs.replace(incident, title="word " * 2_000) for incident in incidents]
        ledger.replace_views(wordy, assessments)  # what takes less room afterwards leaves free pages
        ledger.replace_views(incidents, assessments)


def journal(folder: Path) -> list[str]:
    """The ids of all entries, in order."""
    with Ledger.open(folder, read_only=True) as ledger:
        return [id for cls in (Capture, Report, Mention, Claim, ReadingMark) for id in _ids(ledger, cls)]


def _ids(ledger: Ledger, cls: type[Record]) -> Iterator[str]:
    return (record.id for record in ledger.records(cls))


def write_on(folder: Path, reports: int) -> None:
    """Open, keep a few, derive, close, and so on until all reports are in: a run that may be killed anywhere."""
    done = False
    number = 0
    while not done:
        opening = Ledger.open if (folder / "ledger.sqlite").exists() else Ledger.create
        with opening(folder, clock=clock) as ledger:
            for _ in range(4):
                keep(ledger, tell(number))
                number += 1
            ledger.replace_views(*derive(ledger))
            done = number >= reports


def kill_often(folder: Path, rounds: int, seed: int, reports: int) -> dict[str, object]:
    """Start a writer and kill it after a random moment, again and again; verify each time; then finish."""
    moment = random.Random(seed)
    wrong: list[str] = []
    finished = 0
    for _ in range(rounds):
        child = os.fork()
        if child == 0:
            try:
                write_on(folder, reports)
            finally:
                os._exit(sys.exc_info()[0] is not None)
        time.sleep(moment.uniform(0.0, 0.12))
        os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        finished += status == 0
        if os.WIFEXITED(status) and status:
            wrong.append("the writer failed")
        if (folder / "ledger.sqlite").exists():
            wrong += [found] if (found := verify(folder).first_wrong) else []
    write_on(folder, reports)
    return {"wrong": wrong, "finished": finished, "end": verify(folder).first_wrong}


def fill(folder: Path, limit: int) -> dict[str, object]:
    """Keep reports until files may not grow beyond ``limit`` bytes; what the error says."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    kept = 0
    try:
        with Ledger.open(folder) as ledger:
            for number in range(10_000):
                keep(ledger, tell(number, 2_000))
                kept += 1
    except LedgerError as error:
        return {"kept": kept, "error": str(error)}
    return {"kept": kept, "error": None}


def read_as_nobody(folder: Path, what: str) -> dict[str, object]:
    """Read a ledger in a folder that this process may not write to."""
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    try:
        with Ledger.open(folder, read_only=what == "read") as ledger:
            data = [ledger.data(capture).decode() for capture in ledger.records(Capture)]
            checked = ledger.verify()
        return {"data": data, "wrong": checked.first_wrong, "entries": checked.entries}
    except LedgerError as error:
        return {"error": str(error)}


if __name__ == "__main__":
    task, place, *more = sys.argv[1:]
    if task == "kill":
        result = kill_often(Path(place), int(more[0]), int(more[1]), int(more[2]))
    elif task == "fill":
        result = fill(Path(place), int(more[0]))
    else:
        result = read_as_nobody(Path(place), more[0])
    print(json.dumps(result))
