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

WORDS, STANDING, QUOTED = 240, 50, 80
BATCH, SAMPLE = 64, 1_000
PART = 100_000  # rows inserted at a time
SPANS = tuple((at, at + 1) for at in range(2 * WORDS))
COPY, QUOTE = 0.1, 0.15  # up to which chance a report is a copy, or quotes


def drawn(kind: int, number: int, count: int) -> np.ndarray:
    """Hashed runs, the same for the same numbers."""
    return np.random.default_rng([kind, number]).integers(0, 2**32, count, dtype=np.uint64)


def told(number: int) -> tuple[np.ndarray, int | None, bool]:
    """The runs of report ``number``, which earlier one it is made of, if any, and whether as a copy."""
    chance = np.random.default_rng([0, number])
    own, kind = drawn(1, number, WORDS), chance.random() if number > 10 else 1.0
    of = int(chance.integers(number)) if kind < QUOTE else None
    if kind < COPY:
        of = number // 10_000 * 10_000 if kind < COPY / 10 else of
        own, edit = drawn(1, of or 0, WORDS), chance.integers(3)
        if edit == 0:
            own = own[: chance.integers(WORDS // 2, WORDS)]
        elif edit == 1:
            changed = chance.integers(0, WORDS - likeness.RUN, WORDS // 20)[:, None] + np.arange(likeness.RUN)
            own[changed] = drawn(2, number, changed.size).reshape(changed.shape)
        else:
            own = np.concatenate([drawn(2, number, 10), own])
    elif of is not None:
        at = chance.integers(WORDS - QUOTED)
        own = np.concatenate([own[:100], drawn(1, of, WORDS)[at : at + QUOTED], own[100:]])
    line = drawn(3, number % STANDING, 30)
    return np.concatenate([own, line]), of, kind < COPY


def text(number: int) -> likeness.Text:
    """The report of that number, made ready to compare."""
    runs = tuple(told(number)[0].tolist())
    size = max(likeness.LEAST, min(likeness.WINDOW, len(runs) // likeness.SHARE))
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(runs, dtype=np.uint64), size)
    chosen = np.unique(windows.argmin(axis=1) + np.arange(len(windows))).tolist()
    marks = {(runs[at] << 31 ^ runs[max(0, at - 1)]) & (2**63 - 1): at for at in chosen}
    return likeness.Text(identity(number), SPANS, runs, marks, f"outlet {number % STANDING}")


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
    listed: list[tuple[np.ndarray, int]] = []
    for number in numbers:
        made = text(number)
        own, marks = copies.key(made.report), np.array(sorted(made.marks), dtype=np.int64)
        listed.append((marks, own))
        row = {"report": own, "marks": marks.astype("<i8").tobytes(), "outlet": made.outlet}
        connection.execute(schema.sketch.insert(), [row])
    marks = np.concatenate([some for some, _ in listed])
    keys = np.repeat(np.array([own for _, own in listed], dtype=np.int64), [len(some) for some, _ in listed])
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
