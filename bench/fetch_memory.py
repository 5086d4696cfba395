"""Whether memory stays flat over many fetched pages: RSS of one process that fetches, captures and reads to text.

    python bench/fetch_memory.py [--pages 100000] [--json FILE]

Invented pages over loopback, each of its own; the server runs in a process of its own. Fetching is one run over all
addresses, reading one pass over all captures. The addresses themselves are held: they are the list that was given.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import islice
from pathlib import Path

from common import keep
from fetch_speed import serving
from memory import rss

from bearwitness import pipeline, read
from bearwitness.pipeline.abreast import abreast
from bearwitness.pipeline.reading import report_of
from bearwitness.store import Ledger

TENTHS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)


class Marks:
    """Prints what memory is used whenever another tenth of the pages is done."""

    def __init__(self, what: str, pages: int) -> None:
        self.what, self.pages = what, pages
        self.found: dict[str, float] = {}
        self._ahead = [pages * tenth // TENTHS[-1] for tenth in TENTHS]
        self._began = time.perf_counter()

    def __call__(self, _step: str, done: int, _total: int | None = None) -> None:
        """``done`` pages are done."""
        while self._ahead and done >= self._ahead[0]:
            self.found[str(self._ahead.pop(0))] = used = rss()
            rate = done / (time.perf_counter() - self._began)
            print(f"{self.what:<8} {done:>8,} pages  {used:7.1f} MB  {rate:6.1f} pages a second", flush=True)


def main() -> None:
    """Fetch and read; print figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    how = pipeline.Fetching(allow_hosts=frozenset({"127.0.0.1"}), delay=0, per_host=32)
    figures = {}
    with tempfile.TemporaryDirectory() as folder, Ledger.create(Path(folder) / "ledger") as ledger:
        marks = Marks("fetched", asked.pages)
        with serving() as port:
            addresses = [f"http://127.0.0.1:{port}/mill/{number}" for number in range(asked.pages)]
            fetched = pipeline.fetch(ledger, addresses, {}, how, marks)
        assert fetched.outcomes == {"new": asked.pages}, fetched
        figures["fetched"] = marks.found
        marks, done = Marks("read", asked.pages), 0
        received = ((ledger.data(capture), capture) for capture in ledger.unreported(read.READER))
        reports = abreast(report_of, received, 1)
        while batch := list(islice(reports, 16)):
            done += ledger.append(batch)
            marks("reading", done)
        figures["read"] = marks.found
    keep(asked.json, "fetch_memory", figures)


if __name__ == "__main__":
    main()
