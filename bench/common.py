"""What the benches share: reading a text, tuning parts, intervals and the file of figures."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does; before numpy comes in

import numpy as np

from bearwitness import extract
from bearwitness.gazetteer import Gazetteer
from bearwitness.interchange import reading_json
from bearwitness.read import read
from bearwitness.record import Capture, Report, digest

ROOT = Path(__file__).parents[1]
DRAWS = 1000


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, gzipped or not."""
    data = path.read_bytes()
    for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines():
        yield json.loads(line)


def report_of(name: str, text: str, published: str | None = None) -> Report:
    """The report that the reading stage makes of a plain text."""
    data = text.encode()
    given = {"published": published} if published else {}
    capture = Capture(
        sha256=digest(data), size=len(data), source=f"{name}.txt", media_type="text/plain", given=given
    )
    return read(data, capture)


def reading_of(name: str, text: str, published: str | None, gazetteer: Gazetteer) -> dict[str, Any]:
    """What the current reader reads in a plain text, in the interchange form."""
    report = report_of(name, text, published)
    return reading_json(report, extract.extract(report, gazetteer))


def tuning(name: str, key: str = "bearwitness/bench/") -> bool:
    """Whether a document is in the third that may be looked at; the rest is only counted."""
    return int(hashlib.sha256((key + name).encode()).hexdigest(), 16) % 3 == 0


def held_out() -> set[str]:
    """Names of the annotated reports set aside: never tuned on."""
    early = names(ROOT / "bench/gold/held_out.txt") | names(ROOT / "training/real/held_out.txt")
    return early | held_out_late()


def held_out_late() -> set[str]:
    """Those of them that were annotated last and are harder than the others."""
    return names(ROOT / "training/real/held_out_late.txt")


def names(path: Path) -> set[str]:
    """The lines of a list that are no remarks."""
    return {line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"}


def ratio(counts: Sequence[Sequence[float]]) -> float | None:
    """The share right of (right, all) pairs, one a document; nothing where there is nothing to count."""
    right, total = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
    return right / total if total else None


def f1(counts: Sequence[Sequence[float]]) -> float | None:
    """F1 of (right, found, wanted) triples, one a document."""
    right, found, wanted = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    return 2 * right / (found + wanted) if found + wanted else None


def interval(
    counts: Sequence[Sequence[float]], figure: Callable[[Sequence[Sequence[float]]], float | None] = ratio
) -> tuple[float, float] | None:
    """The 95 % bootstrap interval of a figure, drawn by document with a fixed seed."""
    if not counts:
        return None
    columns, chance = np.asarray(counts, dtype=float), np.random.default_rng(20251117)
    drawn = (columns[chance.integers(len(counts), size=len(counts))].sum(axis=0) for _ in range(DRAWS))
    figures = sorted(value for sums in drawn if (value := figure([sums.tolist()])) is not None)
    if not figures:
        return None
    return figures[int(0.025 * len(figures))], figures[min(len(figures) - 1, int(0.975 * len(figures)))]


def shown(
    counts: Sequence[Sequence[float]], figure: Callable[[Sequence[Sequence[float]]], float | None] = ratio
) -> str:
    """A figure with its interval, as a table shows it."""
    value, between = figure(counts), interval(counts, figure)
    if value is None or between is None:
        return "-"
    return f"{value:.3f} [{between[0]:.3f}, {between[1]:.3f}]"


def keep(path: Path | None, bench: str, figures: dict[str, Any]) -> None:
    """Write the figures with the day and the reader, if a file is asked for."""
    if path is not None:
        day = datetime.now(UTC).date().isoformat()
        whole = {"bench": bench, "date": day, "reader": extract.READER, **figures}
        path.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
