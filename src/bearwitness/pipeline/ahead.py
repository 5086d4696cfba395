"""Reading to text while fetching or adding goes on: other processes make the reports of what this one has kept.

It never waits for it: where the helpers have enough, captures are left for ``update``, which asks the ledger what has no
report. So nothing depends on this, also if a helper dies or all is killed; it only takes less time.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from bearwitness.read import extras
from bearwitness.record import Capture, Report

from .abreast import each, handfuls, pool
from .reading import report_of, size_of
from .work import HANDFUL, Problems, append_reports

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from types import TracebackType

    from bearwitness.record import Record
    from bearwitness.store import Ledger

ENOUGH = 64
"""Captures after which a helper is started: it takes a second or two to load what it needs."""
SUPPLY = 8
"""Handfuls that each helper has at most."""


class Ahead:
    """Reports of captures, made by ``processes`` less this one, and kept in ``ledger`` as they come.

    ``reports`` counts them and ``problems`` are theirs, for ``update`` to tell of; the ``helpers``, once they are there, are
    its too. A context manager: they end with it. Not for two threads at once.
    """

    def __init__(self, ledger: Ledger, processes: int) -> None:
        self.reports = 0
        self.problems = Problems()
        self._ledger = ledger
        self._number = processes - 1
        self._seen = 0
        self.helpers: ProcessPoolExecutor | None = None
        self._asked: deque[Future[list[Report]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.helpers is not None:
            self.helpers.shutdown(cancel_futures=True)

    def take(self, received: Sequence[tuple[bytes, Capture]]) -> None:
        """Keep the reports that have been made, and have those of ``received`` made: captures that the ledger holds."""
        self._seen += len(received)
        if self._number < 1 or self._seen <= ENOUGH:
            return
        self.helpers = self.helpers or pool(self._number)
        self._keep(wait=False)
        alone = (one for one in received if one[1].media_type != extras.PARQUET)  # its rows are opened, too
        for few in handfuls(alone, HANDFUL, size_of):
            if len(self._asked) >= SUPPLY * self._number:
                return
            with suppress(BrokenProcessPool):
                self._asked.append(self.helpers.submit(each, report_of, few))

    def finish(self) -> None:
        """Wait for the reports that are under way, and keep them."""
        self._keep(wait=True)

    def _keep(self, *, wait: bool) -> None:
        made: list[Report] = []
        while self._asked and (wait or self._asked[0].done()):
            with suppress(BrokenProcessPool):
                made += self._asked.popleft().result()
        if made:
            batch: list[list[Record]] = [[report] for report in made]
            self.reports += append_reports(self._ledger, batch)
            self.problems.take(batch)
