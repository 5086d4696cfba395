"""Progress on standard error: only on a terminal, and only for work that has gone on for a second."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID

PATIENCE = 1.0
INTERVAL = 0.1


class Meter:
    """A progress bar a step at a time; call it as ``meter(step, done, total)``, ``total`` null if unknown."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._drawn = 0.0
        self._wanted = sys.stderr.isatty()
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._last: dict[str, int] = {}

    def __enter__(self) -> Meter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def __call__(self, step: str, done: int, total: int | None = None) -> None:
        """Say that ``done`` of ``total`` of ``step`` is behind us."""
        if not self._wanted:
            return
        self._last[step] = done
        now = time.monotonic()
        if now - self._began < PATIENCE or (now - self._drawn < INTERVAL and done != total):
            return
        self._drawn = now
        bars = self._bars or self._start()
        if step not in self._tasks:
            self._finish()
            self._tasks[step] = bars.add_task(step, total=total)
        bars.update(self._tasks[step], completed=done, total=total)

    def _finish(self) -> None:
        """A step has begun, so those before it are done, also where nobody knew how much there was to do."""
        if self._bars is not None:
            for step, task in self._tasks.items():
                self._bars.update(task, completed=self._last[step], total=self._last[step])

    def _start(self) -> Progress:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            ProgressColumn,
            Task,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )
        from rich.text import Text

        class Rate(ProgressColumn):
            """How many are done in a second, lately."""

            def render(self, task: Task) -> Text:
                rate = task.finished_speed or task.speed
                return Text(f"{rate:,.{0 if rate >= 10 else 1}f}/s" if rate else "")

        self._bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            Rate(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._bars.start()
        return self._bars
