"""How long linking takes, and how much memory, as mentions grow to a million (see ``synthetic.py`` for what they are).

usage: python bench/linking_speed.py [MENTIONS...] [--ledger [--unchecked] [--on FOLDER]] [--keep FILE]

For each number, in a process of its own: facts of all mentions, pairs compared, events, and incidents with what stands beside
them. Mentions wait in a file meanwhile, as in a ledger. How pure: the share of joined pairs (one of each mention with the
first of its incident) that tell of one event; how whole: the share of mentions that are in the largest incident of their event.
Of the joins, how many tie two events, and in how many the two mentions contradict each other in site, weapon or person, or in the
toll alone.

With ``--ledger``, a ledger on the disk (in a temporary folder) is filled with them instead and derived; a hundred more reports are then
linked and assessed one by one as an update does, and twenty more by a run of their own each: the ledger opened, updated, updated
again with nothing new, closed. What came of it is compared, to the byte, with everything derived anew, unless ``--unchecked``.

With ``--on FOLDER`` the filled and derived ledger is kept there, by its number of mentions, and made only where it is not there
yet; reports are added to a copy of it. Filling and deriving a million takes an hour and 11 GB.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import synthetic
from common import keep

from bearwitness import copies, extract, link, read, review
from bearwitness.link.web import Lean
from bearwitness.pipeline.again import advance
from bearwitness.pipeline.work import _derive, update
from bearwitness.pipeline.work import _views_digest as views_digest
from bearwitness.record import Capture, Mention, Reading, Record, Report
from bearwitness.store import Ledger, ReadingMark

ONE_BY_ONE, WHOLE = 100, 20
TOLD_EVERY = 60.0  # seconds between two lines on how far a ledger is


class Shelf(Mapping[str, Mention]):
    """Mentions in a file, brought in when asked for."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the process
        self._places: dict[str, tuple[int, int]] = {}
        self._decoder = msgspec.msgpack.Decoder(Mention)

    def add(self, mention: Mention) -> None:
        """Keep one."""
        data = msgspec.msgpack.encode(mention)
        self._places[mention.id] = self._file.tell(), len(data)
        self._file.write(data)

    def __getitem__(self, name: str) -> Mention:
        """The mention of that id."""
        start, size = self._places[name]
        self._file.seek(start)
        return self._decoder.decode(self._file.read(size))

    def __iter__(self) -> Iterator[str]:
        """All ids."""
        return iter(self._places)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places)


def most() -> float:
    """The most memory this process had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def contradict(one: link.Fact, other: link.Fact) -> str:
    """In what two mentions contradict each other by what they say: "sense" (site, weapon or person), else "toll", else nothing."""
    pairs = ((one.sites, other.sites), (one.weapons, other.weapons), (one.persons, other.persons))
    if any(ours and theirs and ours.isdisjoint(theirs) for ours, theirs in pairs):
        return "sense"
    ours, theirs = (
        max((number for about, number in fact.figures if about == "killed"), default=0)
        for fact in (one, other)
    )
    return "toll" if ours and theirs and max(ours, theirs) > 2 * min(ours, theirs) else ""


def mixed(web: link.Web, truth: Mapping[str, int]) -> dict[str, int]:
    """How many joins tie two events, and in how many of those the two mentions contradict each other; and likewise of one event."""
    facts = {fact.id: fact for fact in web.facts}
    found: Counter[str] = Counter()
    for held in web.events:
        for join in held.joins:
            event = "one" if truth[join.first] == truth[join.second] else "two"
            found[event] += 1
            if what := contradict(facts[join.first], facts[join.second]):
                found[f"{event}_{what}"] += 1
    names = ("one", "one_sense", "two", "two_sense", "two_toll")
    return {f"joins_of_{name}": found[name] for name in names}


def linked(count: int) -> dict[str, Any]:
    """Link ``count`` mentions; seconds of processor time by step."""
    shelf, lean, rulings = Shelf(), Lean(), review.apply((), ())
    facts, truth, making = [], {}, 0.0
    for one in synthetic.told(count):
        claims: dict[str, list[Any]] = {}
        for claim in one.claims:
            claims.setdefault(claim.mention, []).append(claim)
        known = copies.Copies({one.report.id: one.copied} if one.copied else {}, {})
        start = time.process_time()
        made = link.facts_of(one.mentions, claims, {one.report.id: one.report}, rulings, known)
        facts += [lean(fact) for fact in made]
        making += time.process_time() - start
        for mention, event in zip(one.mentions, one.events, strict=True):
            shelf.add(mention)
            truth[mention.id] = event
    shelf._file.flush()
    held = most()
    begun, start = time.time(), time.process_time()
    facts.sort(key=lambda fact: fact.id)
    web = link.weave(facts, rulings)
    woven = time.process_time()
    incidents = pure = pairs = 0
    whole: dict[int, int] = {}
    for one in link.incidents(web, rulings, lambda event: link.incident(event, shelf, {}, {})):
        incidents += 1
        told = Counter(truth[name] for name in one.mentions)
        pairs += len(one.mentions) - 1
        pure += told[truth[one.mentions[0]]] - 1
        for event, times in told.items():
            whole[event] = max(times, whole.get(event, 0))
    ended = time.process_time()
    return {
        **mixed(web, truth),
        "mentions": len(facts), "incidents": incidents, "pairs_joined": len(web.edges),
        "facts_s": round(making, 1), "weave_s": round(woven - start, 1), "incidents_s": round(ended - woven, 1),
        "all_s": round(making + ended - start, 1), "wall_s": round(making + time.time() - begun, 1),
        "per_second": round(len(facts) / (making + ended - start)),
        "facts_mb": round(held), "most_mb": round(most()),
        "pure": round(pure / max(1, pairs), 4), "whole": round(sum(whole.values()) / len(facts), 4),
    }  # fmt: skip


def records(one: synthetic.Told, page: Capture) -> list[Record]:
    """What the journal holds of one report: a capture of its own (of the bytes of ``page``), the report, and its reading."""
    capture = msgspec.structs.replace(page, id="", source=one.report.source)
    report = msgspec.structs.replace(one.report, id="", capture=capture.id, reader=read.READER)
    mentions = {
        mention.id: msgspec.structs.replace(mention, id="", report=report.id) for mention in one.mentions
    }
    claims = [
        msgspec.structs.replace(claim, id="", report=report.id, mention=mentions[claim.mention].id)
        for claim in one.claims
    ]
    reading = Reading(mentions=tuple(mentions.values()), claims=tuple(claims))
    mark = ReadingMark.of(report.id, extract.READER, reading)
    return [capture, report, *reading.mentions, *reading.claims, mark]


def filled(folder: Path, count: int, progress: Callable[[str, int, int | None], None]) -> None:
    """Make a ledger of ``count`` mentions. Its reports are taken to have been compared for copies: what that costs is measured by
    copies_speed.py, and the synthetic texts have copies that no comparing would find."""
    with Ledger.create(folder) as ledger:
        page = page_of(ledger)
        batch: list[Record] = []
        last, done = "", 0
        for one in synthetic.told(count):
            batch += records(one, page)
            done += len(one.mentions)
            last = next(record.id for record in reversed(batch) if isinstance(record, Report))
            if len(batch) > 2000:
                ledger.append(batch)
                batch = []
                progress("filling", done, count)
        ledger.append(batch)
        with ledger.entering(last, by=copies.RULE):
            pass


def telling() -> Callable[[str, int, int | None], None]:
    """A progress that says on the error stream how far it is, seldom, and the most memory so far."""
    said = [time.time()]

    def progress(step: str, done: int, total: int | None) -> None:
        if time.time() - said[0] >= TOLD_EVERY:
            said[0] = time.time()
            at = f"{done} of {total}" if total else f"{done}"
            print(
                f"{time.strftime('%H:%M:%S')} {step} {at}, {most():.0f} MB at most",
                file=sys.stderr,
                flush=True,
            )

    return progress


def derived(folder: Path, count: int) -> dict[str, Any]:
    """Fill a ledger at ``folder`` and derive it, each unless it was done before; what that took."""
    notes = folder.with_suffix(".json")
    found: dict[str, Any] = json.loads(notes.read_text(encoding="utf-8")) if notes.exists() else {}
    timer, progress = Timer(), telling()
    if "fill_s" not in found:
        shutil.rmtree(folder, ignore_errors=True)
        with timer("filled"):
            filled(folder, count, progress)
        found["fill_s"] = round(timer.steps["filled"][0][0] / 1000, 1)
        notes.write_text(json.dumps(found), encoding="utf-8")
    if "derive_s" not in found:
        with Ledger.open(folder) as ledger, timer("derived"):
            found["incidents"] = _derive(ledger, progress)
        by_processor, by_clock = timer.steps["derived"][0]
        found |= {"derive_s": round(by_processor / 1000, 1), "derive_wall_s": round(by_clock / 1000, 1)}
        found["derive_mb"] = round(most())
        notes.write_text(json.dumps(found), encoding="utf-8")
    return found


def page_of(ledger: Ledger) -> Capture:
    """The capture of the bytes that all reports are taken to have come from."""
    return Capture(sha256=ledger.put(b"A page."), size=7, source="page", media_type="text/plain")


class Timer:
    """Milliseconds of the processor's time and by the clock, by step."""

    def __init__(self) -> None:
        self.steps: dict[str, list[tuple[float, float]]] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        start, begun = time.process_time(), time.time()
        yield
        took = 1000 * (time.process_time() - start), 1000 * (time.time() - begun)
        self.steps.setdefault(step, []).append(took)

    def found(self, step: str, name: str) -> dict[str, float]:
        """The median, the 95th of 100, and the median by the clock."""
        by_processor, by_clock = (sorted(one) for one in zip(*self.steps[step], strict=True))
        middle, late = len(by_processor) // 2, len(by_processor) * 95 // 100
        return {
            f"{name}_ms": round(by_processor[middle], 1),
            f"{name}_p95_ms": round(by_processor[late], 1),
            f"{name}_wall_ms": round(by_clock[middle], 1),
        }


def added(folder: Path, timer: Timer) -> None:
    """Add reports of new events one by one: a hundred to the opened ledger, which are linked and assessed, and then as many as ``WHOLE``,
    each by a run of its own: opened, added to, updated as a whole, closed."""
    more = synthetic.told(10_000, first=10_000_000)
    with Ledger.open(folder) as ledger:
        page = page_of(ledger)
        for one in islice(more, ONE_BY_ONE):
            ledger.append(records(one, page))
            with timer("linked"):
                if not advance(ledger):
                    raise RuntimeError("one more report was not taken in by itself")
        update(ledger)  # enters the hundred among the copies
    for one in islice(more, WHOLE):
        with timer("opened"):
            ledger = Ledger.open(folder)
        ledger.append(records(one, page))
        with timer("updated"):
            update(ledger)
        with timer("nothing new"):
            update(ledger)
        with timer("closed"):
            ledger.close()


def kept(count: int, compare: bool, where: Path | None) -> dict[str, Any]:
    """Fill and derive a ledger of ``count`` mentions, then add to it, or to a copy if it is to be kept at ``where``."""
    timer = Timer()
    with tempfile.TemporaryDirectory(dir=where) as name:
        folder = Path(name) / "ledger"
        if where is None:
            made = derived(folder, count)
        else:
            made = derived(where / str(count), count)
            shutil.copytree(where / str(count), folder)
        added(folder, timer)
        size = sum(path.stat().st_size for path in folder.glob("ledger.sqlite"))
        same: bool | None = None
        if compare:
            with Ledger.open(folder) as ledger:
                before = views_digest(ledger)
                _derive(ledger, None)
                same = before == views_digest(ledger)
    return {
        "mentions": count, "ledger_mb": round(size / 1e6), **made,
        **timer.found("linked", "one_more"), **timer.found("opened", "open"), **timer.found("updated", "update"),
        **timer.found("nothing new", "nothing_new"), **timer.found("closed", "close"),
        "most_mb": round(most()), "same_as_all_at_once": same,
    }  # fmt: skip


def main() -> None:
    """Print and keep the figures of each number."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mentions", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--ledger", action="store_true")
    parser.add_argument("--unchecked", action="store_true")
    parser.add_argument("--on", type=Path)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    if given.on is not None:
        given.on.mkdir(parents=True, exist_ok=True)
    found = {}
    for count in given.mentions:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            task, more = (kept, (not given.unchecked, given.on)) if given.ledger else (linked, ())
            found[str(count)] = pool.apply(task, (count, *more))
        print(count, " ".join(f"{name}={value}" for name, value in found[str(count)].items()), flush=True)
    keep(given.keep, "linking_speed", found)


if __name__ == "__main__":
    main()
