"""What finding copies costs as reports grow to a million: time and memory for one more report in a ledger's tables.

usage: python bench/copies_speed.py [REPORTS...] [--folder FOLDER]

Reports are synthetic signatures: the hashed runs of a text of 240 words, drawn by number, so that any can be made again when
it is compared. For each number of reports the tables are filled, on the disk, and a thousand more are then entered by the
code that an update runs. One report in ten is a copy of an earlier one (cut, with words changed, or under another headline), one in
twenty quotes eighty words of one, all carry one of fifty standing lines of 30 words, and one story in ten thousand is
copied a hundred times. Left out is what takes the same time however many reports there are: fetching a text, and making
it ready to compare, which is printed first.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from common import keep
from memory import reports as invented
from memory import rss
from sqlalchemy import Connection

from bearwitness import copies, likeness
from bearwitness.pipeline.copying import REMEMBERED
from bearwitness.record import Report, digest
from bearwitness.store import database, schema
from bearwitness.store.copies import Lists
from bearwitness.store.copies import of as copies_of

WORDS, STANDING, LINE, QUOTED = 240, 50, 30, 80
Runs = np.ndarray[Any, Any]
BATCH, SAMPLE = 64, 1_000
PART = 100_000  # rows inserted at a time
SPANS = tuple((at, at + 1) for at in range(2 * WORDS))
COPY, QUOTE = 0.1, 0.15  # up to which chance a report is a copy, or quotes


def drawn(kind: int, numbers: Runs | int, count: int) -> Runs:
    """Hashed runs by SplitMix64, the same for the same numbers; of several numbers a row each."""
    at = np.arange(count, dtype=np.uint64) + (
        np.asarray(numbers, dtype=np.uint64)[..., None] << np.uint64(20)
    )
    mixed = (at + np.uint64(kind << 56)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed >> np.uint64(32)


def told(number: int) -> tuple[Runs, int | None, bool]:
    """The runs of report ``number``, which earlier one it is made of, if any, and whether as a copy."""
    own, kind = drawn(1, number, WORDS), chance(number)
    if kind >= QUOTE:
        return np.concatenate([own, drawn(3, number % STANDING, LINE)]), None, False
    draw = np.random.default_rng(number)
    of = number // 10_000 * 10_000 if kind < COPY / 10 else int(draw.integers(number))
    if kind < COPY:
        own, edit = drawn(1, of, WORDS), draw.integers(3)
        if edit == 0:
            own = own[: draw.integers(WORDS // 2, WORDS)]
        elif edit == 1:
            changed = draw.integers(0, WORDS - likeness.RUN, WORDS // 20)[:, None] + np.arange(likeness.RUN)
            own[changed] = drawn(2, number, changed.size).reshape(changed.shape)
        else:
            own = np.concatenate([drawn(2, number, 10), own])
    else:
        at = draw.integers(WORDS - QUOTED)
        own = np.concatenate([own[:100], drawn(1, of, WORDS)[at : at + QUOTED], own[100:]])
    return np.concatenate([own, drawn(3, number % STANDING, LINE)]), of, kind < COPY


def chance(numbers: Runs | int) -> Any:
    """A number from 0 to 1 for each report, which says whether it is made of another; never for the first ones."""
    drawn_once = drawn(4, numbers, 1)[..., 0] / 2**32
    return np.where(np.asarray(numbers) > 10, drawn_once, 1.0)


def chosen(runs: Runs) -> tuple[Runs, Runs]:
    """Of texts of one length, a row each: the marks, and where each begins, 0 where the one before is chosen again."""
    size = max(likeness.LEAST, min(likeness.WINDOW, runs.shape[1] // likeness.SHARE))
    windows = np.lib.stride_tricks.sliding_window_view(runs, size, axis=1)
    at = windows.argmin(axis=2) + np.arange(windows.shape[1])
    new = np.ones(at.shape, dtype=bool)
    new[:, 1:] = at[:, 1:] != at[:, :-1]
    before = np.take_along_axis(runs, np.maximum(at, 1) - 1, axis=1)
    marks = ((np.take_along_axis(runs, at, axis=1) << np.uint64(31)) ^ before) & np.uint64(2**63 - 1)
    return np.where(new, marks, 0), at


def text(number: int) -> likeness.Text:
    """The report of that number, made ready to compare."""
    runs = told(number)[0]
    marks, at = (row[0].tolist() for row in chosen(runs[None]))
    places = {mark: place for mark, place in zip(marks, at, strict=True) if mark}
    return likeness.Text(identity(number), SPANS, tuple(runs.tolist()), places, f"outlet {number % STANDING}")


def marks_of(numbers: range) -> list[Runs]:
    """The marks of each of those reports, in order."""
    every = np.arange(numbers.start, numbers.stop, dtype=np.uint64)
    lines = drawn(3, every % np.uint64(STANDING), LINE)
    marks = chosen(np.concatenate([drawn(1, every, WORDS), lines], axis=1))[0]
    made = chance(every) < QUOTE
    return [
        np.array(
            sorted(text(number).marks) if made[at] else np.unique(marks[at][marks[at] > 0]), dtype=np.int64
        )
        for at, number in enumerate(numbers)
    ]


def identity(number: int) -> str:
    """An id that scatters as digests do and tells the number."""
    return f"r{digest(str(number).encode())[:9]}{number:06x}" + "0" * 17


class Made:
    """Texts by key, made when asked for; as in an update, the last few stay in memory."""

    def __init__(self) -> None:
        self.recent: dict[int, likeness.Text] = {}

    def take(self, made: likeness.Text) -> likeness.Text:
        """Remember a text."""
        self.recent[copies.key(made.report)] = made
        if len(self.recent) > REMEMBERED:
            del self.recent[next(iter(self.recent))]
        return made

    def __call__(self, keys: object) -> list[likeness.Text]:
        """The texts of those keys."""
        return [self.recent.get(key) or self.take(text(key % 16**6)) for key in sorted(keys)]  # type: ignore[call-overload]


def hashing() -> float:
    """Milliseconds of one core for making one text of 200 words ready."""
    ready = [
        Report(capture="c", reader="r", source=name, text=data.decode(), text_sha256=digest(data))
        for name, data in invented(500)
    ]
    began = time.process_time()
    for one in ready:
        likeness.text(one)
    return (time.process_time() - began) / len(ready) * 1e3


def filled(connection: Connection, numbers: range) -> None:
    """Put the reports of those numbers into empty tables, as entering them one by one would, but for the copies found."""
    found: list[Runs] = []
    for start in range(numbers.start, numbers.stop, PART // 50):
        part = range(start, min(start + PART // 50, numbers.stop))
        some = marks_of(part)
        connection.execute(
            schema.sketch.insert(),
            [
                {
                    "report": copies.key(identity(number)),
                    "marks": marks.astype("<i8").tobytes(),
                    "outlet": f"outlet {number % STANDING}",
                }
                for number, marks in zip(part, some, strict=True)
            ],
        )
        found += some
    marks = np.concatenate(found)
    own = np.array([copies.key(identity(number)) for number in numbers], dtype=np.int64)
    keys = np.repeat(own, [len(some) for some in found])
    order = np.lexsort((keys, marks))
    raw = connection.connection.driver_connection
    assert raw is not None
    for start in range(0, len(order), PART):
        part = order[start : start + PART]
        raw.executemany(
            "INSERT INTO mark VALUES (?, ?)", zip(marks[part].tolist(), keys[part].tolist(), strict=True)
        )


def measured(count: int, folder: Path | None) -> dict[str, float]:
    """The cost of each of the next reports where there are ``count``, and how well they are found."""
    texts = Made()
    with tempfile.TemporaryDirectory(dir=folder) as made:
        opened = database.writer(Path(made))
        with opened.writing() as connection:
            schema.metadata.create_all(connection, tables=schema.COPIES)
            filled(connection, range(count))
        before, new = rss(), range(count, count + SAMPLE)
        batch, waits = [texts.take(text(number)) for number in new], []
        began = time.process_time()
        for at in range(0, SAMPLE, BATCH):
            with opened.writing() as connection:
                for one in batch[at : at + BATCH]:
                    clock = time.perf_counter()
                    copies.enter(Lists(connection), one, texts)
                    waits.append((time.perf_counter() - clock) * 1e3)
        cpu = (time.process_time() - began) / SAMPLE * 1e3
        with opened.reading() as connection:
            found = found_of(connection, new)
        size = sum(file.stat().st_size for file in Path(made).iterdir()) / 1e6
        opened.close()
    waits.sort()
    return {
        "cpu_ms": cpu,
        "median_ms": waits[SAMPLE // 2],
        "slowest_in_100_ms": waits[SAMPLE * 99 // 100],
        "grown_mb": rss() - before,
        "tables_mb": size,
        "found": found,
    }


def main() -> None:
    """Print a line for each number of reports, each in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--folder", type=Path, help="where the tables are made")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    print(f"making a text of some 200 words ready: {hashing():.2f} ms of one core", flush=True)
    figures = {}
    for count in asked.reports:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            got = figures[str(count)] = pool.apply(measured, (count, asked.folder))
        print(
            f"{count:>9,} reports: {got['cpu_ms']:5.2f} ms of one core for one more (median {got['median_ms']:.2f} ms, one in a "
            f"hundred above {got['slowest_in_100_ms']:.1f})  memory grows by {got['grown_mb']:.1f} MB over {SAMPLE}  tables "
            f"{got['tables_mb']:,.0f} MB  made copies found {got['found']:.3f}",
            flush=True,
        )
    keep(asked.json, "copies_speed", figures)


def found_of(connection: Connection, numbers: range) -> float:
    """The share of the copies and quotations made among the last reports that were found to be such."""
    right = []
    for number in numbers:
        _, of, whole = told(number)
        if of is not None and told(of)[1] is None:  # what it is made of is what its story says
            met = copies_of(connection, [identity(number)])
            right.append(any(copy.whole or not whole for copy in met))
    return sum(right) / len(right) if right else 1.0


if __name__ == "__main__":
    main()
