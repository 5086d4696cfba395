"""How long linking takes, and how much memory, as mentions grow to a million (see ``synthetic.py`` for what they are).

usage: python bench/linking_speed.py [MENTIONS...] [--ledger] [--keep FILE]

For each number, in a process of its own: facts of all mentions, pairs compared, events, and incidents with what stands beside
them. Mentions wait in a file meanwhile, as in a ledger. How pure: the share of joined pairs (one of each mention with the
first of its incident) that tell of one event; how whole: the share of mentions that are in the largest incident of their event.

With ``--ledger``, a ledger on the disk is filled with them instead and derived; a hundred more reports are then linked and assessed one
by one as an update does, and what came of it is compared, to the byte, with everything derived anew.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import synthetic
from common import keep

from bearwitness import copies, extract, link, read, review
from bearwitness.link.web import Lean
from bearwitness.pipeline.again import advance
from bearwitness.pipeline.work import _derive
from bearwitness.record import Capture, Mention, Reading, Record
from bearwitness.store import Ledger, ReadingMark

ONE_BY_ONE = 100


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


def kept(count: int) -> dict[str, Any]:
    """Fill and derive a ledger of ``count`` mentions, then add to it."""
    with tempfile.TemporaryDirectory() as folder, Ledger.create(Path(folder) / "ledger") as ledger:
        sha256 = ledger.put(b"A page.")
        page = Capture(sha256=sha256, size=7, source="page", media_type="text/plain")
        batch: list[Record] = []
        for one in synthetic.told(count):
            batch += records(one, page)
            if len(batch) > 2000:
                ledger.append(batch)
                batch = []
        ledger.append(batch)
        start, begun = time.process_time(), time.time()
        incidents = _derive(ledger, None)
        derived = time.process_time() - start, time.time() - begun
        steps = []
        for one in islice(synthetic.told(10_000, first=10_000_000), ONE_BY_ONE):
            ledger.append(records(one, page))
            start, begun = time.process_time(), time.time()
            if not advance(ledger):
                raise RuntimeError("one more report was not taken in by itself")
            steps.append((1000 * (time.process_time() - start), 1000 * (time.time() - begun)))
        found = list(ledger.dump_views())
        _derive(ledger, None)
        same = found == list(ledger.dump_views())
    by_processor, by_clock = (sorted(one) for one in zip(*steps, strict=True))
    return {
        "mentions": count, "incidents": incidents, "derive_s": round(derived[0], 1), "derive_wall_s": round(derived[1], 1),
        "one_more_ms": round(by_processor[ONE_BY_ONE // 2], 1), "one_more_p95_ms": round(by_processor[ONE_BY_ONE * 95 // 100], 1),
        "one_more_wall_ms": round(by_clock[ONE_BY_ONE // 2], 1), "most_mb": round(most()), "same_as_all_at_once": same,
    }  # fmt: skip


def main() -> None:
    """Print and keep the figures of each number."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mentions", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--ledger", action="store_true")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    found = {}
    for count in given.mentions:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found[str(count)] = pool.apply(kept if given.ledger else linked, (count,))
        print(count, " ".join(f"{name}={value}" for name, value in found[str(count)].items()), flush=True)
    keep(given.keep, "linking_speed", found)


if __name__ == "__main__":
    main()
