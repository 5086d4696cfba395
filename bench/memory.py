"""Whether memory stays flat over many reports: RSS and speed of ``extract`` and of ``update``.

usage: python bench/memory.py [--reports 10000]

Invented reports of about 1,300 characters, three of each event. Each part runs in a process of its own, so that
one does not stand on what the other left behind.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bearwitness import pipeline
from bearwitness.gazetteer import Gazetteer
from bearwitness.store import Ledger

TOWNS = (
    "Kenema, Sierra Leone", "Mzuzu, Malawi", "Sokode, Togo", "Kindia, Guinea", "Mbeya, Tanzania", "Salto, Uruguay",
    "Chipata, Zambia", "Masvingo, Zimbabwe", "Tarija, Bolivia", "Azogues, Ecuador", "Tambacounda, Senegal",
)  # fmt: skip
PLACES = (
    "grain gate",
    "ferry landing",
    "bus yard",
    "cloth market",
    "radio mast",
    "mill",
    "well",
    "post office",
)
SUBJECTS = (
    "The road to the river", "A clerk at the depot", "The school on the hill", "The ferry", "The new bridge",
    "Traders from the next town", "The radio", "A line of lorries", "The old well", "The council", "Two fishermen",
    "The bakery by the gate", "Water from the tank", "The night train", "The library", "Farmers from the valley",
)  # fmt: skip
VERBS = (
    "was closed", "waited", "opened again", "was painted", "stood empty", "was full of people", "kept working",
    "moved to the square", "was mended", "stayed quiet", "ran late", "was swept", "had no power", "sold out",
)  # fmt: skip
ENDS = (
    "for the day", "until the evening", "on the next morning", "in the dry months", "before noon", "as it does each year",
    "while the rain lasted", "for want of fuel", "with help from neighbours", "under a grey sky", "for an hour or two",
    "since the harvest", "in spite of the heat", "without a word", "near the market", "beside the mosque",
)  # fmt: skip
MARKS = (1, 2, 5, 10)


def reports(count: int) -> Iterator[tuple[str, bytes]]:
    """``count`` invented reports, the same on every run."""
    rng = random.Random(20250303)
    for number in range(count):
        event = number // 3
        town, place = TOWNS[event % len(TOWNS)], PLACES[event // len(TOWNS) % len(PLACES)]
        year, month, day = 1990 + event // 300 % 35, event // 28 % 12 + 1, event % 28 + 1
        killed, hurt = rng.randint(1, 9), rng.randint(1, 40)
        calm = " ".join(f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(ENDS)}." for _ in range(20))
        text = (
            f"Bomb at {place} kills {killed}\n\nA bomb killed {killed} people and wounded {hurt} at the {place} in "
            f"{town}, on {day} {time.strftime('%B', (year, month, day, 0, 0, 0, 0, 1, 0))} {year}, the district "
            f"hospital said.\nPolice accused the Forest Column of the attack. The Forest Column denied "
            f"responsibility.\n{calm}\n"
        )
        yield f"report-{number:06}.txt", text.encode()


def rss() -> float:
    """Resident memory of this process now, in megabytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this bench reads /proc, which this system does not have")


def extracting(count: int) -> None:
    """Read reports without a ledger."""
    began = time.perf_counter()
    items = (pipeline.item(name, data) for name, data in reports(count))
    for done, _ in enumerate(pipeline.extract_only(items, Gazetteer.open(), {}), start=1):
        if done in [count * mark // MARKS[-1] for mark in MARKS]:
            rate = done / (time.perf_counter() - began)
            print(f"extract  {done:>7,} reports  {rss():7.1f} MB  {rate:6.1f} reports a second", flush=True)


def updating(count: int) -> None:
    """Add reports to a ledger in batches and update it after each."""
    with tempfile.TemporaryDirectory() as folder, Ledger.create(Path(folder) / "ledger") as ledger:
        every, done = reports(count), 0
        for mark in MARKS:
            began, more = time.perf_counter(), count * mark // MARKS[-1] - done
            items = (pipeline.item(*next(every)) for _ in range(more))
            pipeline.add_items(ledger, items, {})
            added = time.perf_counter()
            held = {"peak": 0.0}

            def watch(step: str, _done: int, _total: int | None, held: dict[str, float] = held) -> None:
                held["peak"] = max(held["peak"], rss())
                held[step] = time.perf_counter()

            pipeline.update(ledger, watch)
            done += more
            ended = time.perf_counter()
            print(
                f"update   {done:>7,} reports  {rss():7.1f} MB, at most {held['peak']:.1f} MB;  add {added - began:.1f} s, "
                f"read and extract {held['extracting'] - added:.1f} s, derive {ended - held['extracting']:.1f} s "
                f"({len(list(ledger.incidents())):,} incidents)",
                flush=True,
            )


def main() -> None:
    """Run both parts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=10_000)
    count = parser.parse_args().reports
    for part in (extracting, updating):
        process = multiprocessing.get_context("spawn").Process(target=part, args=(count,))
        process.start()
        process.join()
        if process.exitcode:
            raise SystemExit(process.exitcode)


if __name__ == "__main__":
    main()
