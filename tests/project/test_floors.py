"""The measured figures are kept as dated files, and none has fallen below its floor."""

from __future__ import annotations

import json
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

import floors  # noqa: E402

SLACK = 0.06


def test_the_newest_figures_are_above_their_floors() -> None:
    """Every floor has a figure in the newest file of results, and the figure is not below it."""
    path = floors.newest()
    assert path is not None
    results = json.loads(path.read_text(encoding="utf-8"))
    for bench, wanted in floors.floors().items():
        for name in wanted:
            assert floors.figure(results, bench, name) is not None, f"{bench}: {name} was not measured"
    assert list(floors.fallen(results)) == []


def test_floors_follow_the_figures_up() -> None:
    """A floor that lies far under its figure guards nothing: it must have been raised."""
    path = floors.newest()
    assert path is not None
    results = json.loads(path.read_text(encoding="utf-8"))
    low = {
        f"{bench}: {name}": (floor, value)
        for bench, wanted in floors.floors().items()
        for name, floor in wanted.items()
        if (value := floors.figure(results, bench, name)) is not None and floor < value - SLACK and value <= 1
    }
    assert not low, low


def test_a_figure_below_its_floor_is_named() -> None:
    """What fell is said with both numbers."""
    bench, wanted = next(iter(floors.floors().items()))
    name, floor = next(iter(wanted.items()))
    results: dict[str, object] = {}
    inside = results
    for part in [bench, *name.split("/")[:-1]]:
        inside[part] = {}
        inside = inside[part]  # type: ignore[assignment]
    inside[name.split("/")[-1]] = floor - 0.01
    assert [line for line in floors.fallen(results) if name in line]
