"""One function over many items, in several processes, with the results in the order of the items.

Never more than a few items are under way, so memory stays flat. Helpers end with the process that started them, also
when it is killed; if one of them dies, what it was at is done here.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

A = TypeVar("A")
B = TypeVar("B")
AHEAD = 4
"""Items under way for each process."""


def abreast(work: Callable[[A], B], items: Iterable[A], processes: int, *, alone: int = 64) -> Iterator[B]:
    """``work`` of each of ``items``, in their order. With one process all is done here, and so are the first ``alone``,
    since for few, starting other processes takes longer than it saves.

    ``work`` must be a function of a module, and items and results must be such as can be sent to another process.
    """
    rest = iter(items)
    yield from map(work, islice(rest, alone) if processes > 1 else rest)
    for first in islice(rest, 1):
        yield from _helped(work, chain([first], rest), processes)


def _helped(work: Callable[[A], B], items: Iterator[A], processes: int) -> Iterator[B]:
    waiting: deque[tuple[A, Future[B] | None]] = deque()
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin)
    try:
        for item in items:
            waiting.append((item, _submitted(pool, work, item)))
            if len(waiting) >= processes * AHEAD:
                yield _result(work, *waiting.popleft())
        while waiting:
            yield _result(work, *waiting.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, work: Callable[[A], B], item: A) -> Future[B] | None:
    try:
        return pool.submit(work, item)
    except BrokenProcessPool:
        return None


def _result(work: Callable[[A], B], item: A, future: Future[B] | None) -> B:
    try:
        return work(item) if future is None else future.result()
    except BrokenProcessPool:
        return work(item)


def _begin() -> None:
    """In a helper: leave interrupts to the process that started it, and end when that one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
