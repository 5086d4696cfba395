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
    helpers: ProcessPoolExecutor | None = None,
) -> Iterator[B]:
    """``work`` of each of ``items``, in their order. With one process all is done here, and so are the first ``alone``,
    since for few, starting other processes takes longer than it saves. ``handful`` items at most are handed out at
    once, fewer where ``weigh`` (in bytes, or what it likes) says that they are large. ``helpers`` that there are already (see
    ``pool``), one fewer than ``processes``, are asked, and stay; otherwise they are started, and end.

    ``work`` must be a function of a module, and items and results must be such as can be sent to another process.
    """
    rest = iter(items)
    yield from map(work, islice(rest, alone) if processes > 1 else rest)
    for first in islice(rest, 1):
        others = helpers or pool(processes - 1)
        try:
            yield from _helped(work, handfuls(chain([first], rest), handful, weigh), processes, others)
        finally:
            if helpers is None:
                others.shutdown(cancel_futures=True)


def handfuls(items: Iterable[A], most: int, weigh: Callable[[A], int]) -> Iterator[list[A]]:
    """``items`` in lists of ``most`` at most, and of little more than ``WEIGHT``."""
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
            self._done = each(work, items)
            return
        with suppress(BrokenProcessPool):
            self._asked = pool.submit(each, work, items)

    @property
    def waits(self) -> bool:
        """Whether a helper has still to do it."""
        return self._asked is not None and not self._asked.done()

    def results(self) -> list[B]:
        """The results, waited for; done here where the helpers have died."""
        if self._asked is not None:
            with suppress(BrokenProcessPool):
                return self._asked.result()
        return each(self._work, self._items) if self._done is None else self._done


def each(work: Callable[[A], B], items: Sequence[A]) -> list[B]:
    """``work`` of each of ``items``, for another process."""
    return [work(item) for item in items]


def pool(helpers: int) -> ProcessPoolExecutor:
    """So many processes that work for this one, and end when it does."""
    return ProcessPoolExecutor(helpers, get_context("spawn"), _begin)


def _helped(
    work: Callable[[A], B], handfuls: Iterator[list[A]], processes: int, others: ProcessPoolExecutor
) -> Iterator[B]:
    waiting: deque[_Handful[A, B]] = deque()
    ready: Future[list[B]] | None = None
    for items in handfuls:
        # A helper takes a second or two to load what it needs. Until one has tried its hand, all is done here.
        ready = ready or _tried(others, work, items)
        supplied = sum(one.waits for one in waiting) >= SUPPLY * (processes - 1)
        waiting.append(_Handful(others if ready.done() and not supplied else None, work, items))
        while waiting and (len(waiting) >= processes * AHEAD or not waiting[0].waits):
            yield from waiting.popleft().results()
    while waiting:
        yield from waiting.popleft().results()


def _tried(others: ProcessPoolExecutor, work: Callable[[A], B], items: Sequence[A]) -> Future[list[B]]:
    try:
        return others.submit(each, work, items[:1])
    except BrokenProcessPool:  # helpers of before that have died: what they would be asked is done here
        return Future()


def _begin() -> None:
    """In a helper: leave interrupts to the process that started it, and end when that one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
