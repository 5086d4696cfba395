"""One function over many items, in several processes, with the results in the order of the items.

Items are handed out a handful at a time, since handing out costs as much as a short piece of work; while the helpers
have enough, this process works too. Never more than a few handfuls are under way, so memory stays flat. Helpers end with
the process that started them, also when it is killed; if one of them dies, what it was at is done here.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

A = TypeVar("A")
B = TypeVar("B")
AHEAD = 4
"""Handfuls under way for each process."""
SUPPLY = 2
"""Handfuls that each helper has at most; what is more is done here."""
WEIGHT = 1_000_000
"""Of a handful, where the weight of items is known."""


def abreast(
    work: Callable[[A], B],
    items: Iterable[A],
    processes: int,
    *,
    alone: int = 64,
    handful: int = 1,
    weigh: Callable[[A], int] = lambda _: 0,
) -> Iterator[B]:
    """``work`` of each of ``items``, in their order. With one process all is done here, and so are the first ``alone``,
    since for few, starting other processes takes longer than it saves. ``handful`` items at most are handed out at
    once, fewer where ``weigh`` (in bytes, or what it likes) says that they are large.

    ``work`` must be a function of a module, and items and results must be such as can be sent to another process.
    """
    rest = iter(items)
    yield from map(work, islice(rest, alone) if processes > 1 else rest)
    for first in islice(rest, 1):
        yield from _helped(work, _handfuls(chain([first], rest), handful, weigh), processes)


def _handfuls(items: Iterator[A], most: int, weigh: Callable[[A], int]) -> Iterator[list[A]]:
    found: list[A] = []
    weight = 0
    for item in items:
        found.append(item)
        weight += weigh(item)
        if len(found) >= most or weight > WEIGHT:
            yield found
            found, weight = [], 0
    if found:
        yield found


class _Handful(Generic[A, B]):
    """Some items: a helper of ``pool`` is asked to do them, or without one they are done here at once."""

    def __init__(self, pool: ProcessPoolExecutor | None, work: Callable[[A], B], items: Sequence[A]) -> None:
        self._work, self._items = work, items
        self._asked: Future[list[B]] | None = None
        self._done: list[B] | None = None
        if pool is None:
            self._done = _each(work, items)
            return
        with suppress(BrokenProcessPool):
            self._asked = pool.submit(_each, work, items)

    @property
    def waits(self) -> bool:
        """Whether a helper has still to do it."""
        return self._asked is not None and not self._asked.done()

    def results(self) -> list[B]:
        """The results, waited for; done here where the helpers have died."""
        if self._asked is not None:
            with suppress(BrokenProcessPool):
                return self._asked.result()
        return _each(self._work, self._items) if self._done is None else self._done


def _each(work: Callable[[A], B], items: Sequence[A]) -> list[B]:
    return [work(item) for item in items]


def _helped(work: Callable[[A], B], handfuls: Iterator[list[A]], processes: int) -> Iterator[B]:
    waiting: deque[_Handful[A, B]] = deque()
    helpers = processes - 1
    pool = ProcessPoolExecutor(helpers, get_context("spawn"), _begin)
    ready: Future[list[B]] | None = None
    try:
        for items in handfuls:
            # A helper takes a second or two to load what it needs. Until one has tried its hand, all is done here.
            ready = ready or pool.submit(_each, work, items[:1])
            supplied = sum(one.waits for one in waiting) >= SUPPLY * helpers
            waiting.append(_Handful(pool if ready.done() and not supplied else None, work, items))
            while waiting and (len(waiting) >= processes * AHEAD or not waiting[0].waits):
                yield from waiting.popleft().results()
        while waiting:
            yield from waiting.popleft().results()
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """In a helper: leave interrupts to the process that started it, and end when that one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
