"""For tests of what is built on bearwitness: a clock that stands still and ledgers of a few given texts.

Everything real runs, from collecting to assessing; only the time is made up.

    with ledger_of({"a.txt": "A bomb killed two people in Ganja, police said."}) as ledger:
        ...
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bearwitness import pipeline
from bearwitness.gazetteer import Gazetteer
from bearwitness.store import Ledger

NOON = datetime(2026, 1, 2, 12, 0, 0, tzinfo=UTC)


class FixedClock:
    """A clock that says the same instant until it is moved on."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """The instant it stands at, in UTC."""
        return self.at

    def move(self, **by: float) -> None:
        """Move it on: ``clock.move(hours=1)``."""
        self.at += timedelta(**by)


class FakeTime(FixedClock):
    """Time for what waits (``pipeline.watch``): it stands still until somebody sleeps, which takes no time at all.

    ``slept`` is for how many seconds, one number for each sleep.
    """

    def __init__(self, at: datetime = NOON) -> None:
        super().__init__(at)
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let so many seconds have passed."""
        self.slept.append(seconds)
        self.move(seconds=seconds)


@contextmanager
def ledger_of(
    texts: Mapping[str, str | bytes],
    *,
    given: Mapping[str, str] | None = None,
    clock: Callable[[], datetime] | None = None,
    folder: Path | None = None,
) -> Iterator[Ledger]:
    """A ledger of ``texts`` (by the name they are kept under), read and derived, open for writing.

    It is in ``folder`` (new or empty), or in a temporary folder that is removed in the end. ``given`` is what
    is said of every text, as from ``pipeline.given``. The same texts give the same ids everywhere.
    """
    time = clock or FixedClock()
    with (
        tempfile.TemporaryDirectory(prefix="bearwitness-") as temporary,
        Ledger.create(folder or Path(temporary) / "ledger", clock=time) as ledger,
    ):
        received = [pipeline.item(name, _bytes(text)) for name, text in texts.items()]
        pipeline.add_items(ledger, received, given or {}, clock=time)
        pipeline.update(ledger)
        yield ledger


def read_text(text: str | bytes, *, name: str = "report.txt", **given: str) -> pipeline.Read:
    """What the real reader finds in one text; ``given`` is checked as from ``pipeline.given``."""
    received = [pipeline.item(name, _bytes(text))]
    return next(pipeline.extract_only(received, Gazetteer.open(), pipeline.given(**given)))


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
