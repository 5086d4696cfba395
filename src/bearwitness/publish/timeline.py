"""The timeline: a bar from the first to the last day each incident may have happened on, packed in lanes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from bearwitness.publish.lines import Line

WIDTH = 1000.0
LANE = 15.0
MOST = 160  # bars; beyond them the timeline counts incidents by stretch of time
TALLEST = 12  # lanes; likewise

Dated = tuple[date, date, "Line"]


class Bar(msgspec.Struct, frozen=True):
    """One incident (or, in a long record, one stretch of time) on the timeline."""

    x: float
    y: float
    width: float
    height: float
    label: str
    href: str
    wide: bool = False
    style: str = ""


class Tick(msgspec.Struct, frozen=True):
    """A named day under the timeline."""

    x: float
    label: str


class Timeline(msgspec.Struct, frozen=True):
    """A timeline ready for the template. ``undated`` incidents have no year and stand in no bar."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    undated: int
    counted: bool
    earlier: tuple[Line, ...] = ()


def build(lines: Iterable[Line]) -> Timeline | None:
    """The timeline of all incidents with a year; ``None`` where none has one."""
    every = list(lines)
    dated = [(line.when.first, line.when.last, line) for line in every if line.when.first and line.when.last]
    undated = len(every) - len(dated)
    if not dated:
        return None
    dated.sort(key=lambda item: (item[0], item[1], item[2].id))
    earlier, dated = _split(dated)
    first, last = min(item[0] for item in dated), max(item[1] for item in dated)
    ticks, start, end = _ticks(first, last)
    bars: tuple[Bar, ...] = ()
    height = 0.0
    # Packing looks through all lanes for each bar, so it is tried only where the bars could be shown.
    counted = len(dated) > MOST
    if not counted:
        bars, height = _packed(dated, start, WIDTH / max((end - start).days + 1, 1))
        counted = height > TALLEST * LANE
    if counted:
        bars, height = _counts([item[0] for item in dated], start, end)
    return Timeline(WIDTH, height, bars, ticks, undated, counted, tuple(item[2] for item in earlier))


def _split(dated: list[Dated]) -> tuple[list[Dated], list[Dated]]:
    """A few incidents long before all others, and the others: one old case must not press all else together."""
    span = (dated[-1][0] - dated[0][0]).days
    gaps = [((b[0] - a[0]).days, number) for number, (a, b) in enumerate(pairwise(dated), 1)]
    wide, at = max(gaps, default=(0, 0))
    if span > 365 and wide > span / 2 and at <= max(2, len(dated) // 10):
        return dated[:at], dated[at:]
    return [], dated


def _packed(
    dated: Sequence[tuple[date, date, Line]], start: date, scale: float
) -> tuple[tuple[Bar, ...], float]:
    ends: list[float] = []
    bars = []
    for first, last, line in dated:
        width = max(((last - first).days + 1) * scale, 11.0)
        x = min((first - start).days * scale, WIDTH - width)
        lane = next((number for number, end in enumerate(ends) if end + 2 <= x), len(ends))
        ends[lane : lane + 1] = [x + width]
        label = f"{line.when.words}: {line.title}"
        bars.append(
            Bar(
                round(x, 1),
                lane,
                round(width, 1),
                LANE - 4,
                label,
                f"incidents/{line.id}.html",
                last > first,
                line.status,
            )
        )
    height = max(len(ends), 2) * LANE
    return tuple(msgspec.structs.replace(bar, y=height - (bar.y + 1) * LANE + 2) for bar in bars), height


def _counts(days: Sequence[date], start: date, end: date) -> tuple[tuple[Bar, ...], float]:
    """One bar for each fiftieth of the time, as high as the number of incidents that began in it."""
    pieces, tall = 50, 110.0
    span = (end - start).days + 1
    counts = [0] * pieces
    for day in days:
        counts[min((day - start).days * pieces // span, pieces - 1)] += 1
    top, wide = max(counts), WIDTH / pieces
    bars = []
    for number, count in enumerate(counts):
        if count:
            height = round(max(tall * count / top, 2.0), 1)
            since = date.fromordinal(start.toordinal() + number * span // pieces)
            label = f"{count} from {since.day} {since:%B %Y}"
            bars.append(
                Bar(round(number * wide + 1, 1), round(tall - height, 1), wide - 2, height, label, "#list")
            )
    return tuple(bars), tall


def _ticks(first: date, last: date) -> tuple[tuple[Tick, ...], date, date]:
    """Round days to name, at most seven, and the first and last day shown."""
    days = (last - first).days
    if days > 900:
        every = max(1, (last.year - first.year + 1) // 6 + 1)
        marks = [date(year, 1, 1) for year in range(first.year, last.year + 2, every)]
        start, end, form = date(first.year, 1, 1), date(last.year, 12, 31), "%Y"
    else:
        start = date(first.year, first.month, 1)
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        every = months // 6 + 1
        marks = [_month(start, step) for step in range(0, months, every)]
        end = date.fromordinal(_month(start, months).toordinal() - 1)
        form = "%B %Y"
    scale = WIDTH / ((end - start).days + 1)
    ticks = tuple(
        Tick(round((mark - start).days * scale, 1), mark.strftime(form))
        for mark in marks
        if start <= mark <= end
    )
    return ticks, start, end


def _month(start: date, steps: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + steps, 12)
    return date(year, month + 1, 1)
