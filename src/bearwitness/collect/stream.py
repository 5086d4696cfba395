"""Bytes read forward, once, within bounds.

A stream never raises. Where its bytes end before they should, because a file cannot be read, compressed bytes
are damaged or they unpack to more than any real ones would, it ends there, and ``take_fault`` says why, once.
What came before the end is good.
"""

from __future__ import annotations

import os
import re
import stat
from typing import BinaryIO, NamedTuple

BLOCK = 64 * 1024
RATIO = 200
ALLOWANCE = 64 * 1024 * 1024


class Fault(NamedTuple):
    """Why a stream ended early: a code of ``errors.PROBLEMS``, and the end of a sentence that begins with its name."""

    code: str
    what: str


class Budget:
    """How much one source may unpack to, all that lies within it together, however deep: ``ALLOWANCE`` bytes and
    ``RATIO`` times what was received. Pages compress to a fifth or a twentieth, never to a two-hundredth."""

    def __init__(self) -> None:
        self.received = 0
        self.unpacked = 0

    def take(self, size: int) -> None:
        """Count ``size`` unpacked bytes."""
        self.unpacked += size

    @property
    def spent(self) -> bool:
        """Whether the bytes are too many."""
        return self.unpacked > ALLOWANCE + RATIO * self.received


class Stream:
    """The form all streams have."""

    has_end = True
    """Whether reading it to its end is sure to come to one."""

    def read(self, size: int) -> bytes:
        """At least one and at most ``size`` bytes (more than 0); none at the end."""
        raise NotImplementedError

    def skip(self, size: int) -> int:
        """Pass over ``size`` bytes; how many there were."""
        left = size
        while left and (block := self.read(min(left, BLOCK))):
            left -= len(block)
        return size - left

    def take_fault(self) -> Fault | None:
        """Why the stream ended early, if it did and nobody has asked yet."""
        return None


class Received(Stream):
    """What a file or a pipe holds, counted in ``budget``."""

    def __init__(self, file: BinaryIO, budget: Budget) -> None:
        self.file = file
        self._budget = budget
        self._fault: Fault | None = None
        self.size = _size(file)
        self.has_end = self.size is not None

    def read(self, size: int) -> bytes:
        """See ``Stream.read``."""
        try:
            data = self.file.read(size) if self._fault is None else b""
        except (OSError, ValueError) as error:
            self._fault = Fault(
                "unreadable", f"could not be read: {getattr(error, 'strerror', None) or error}."
            )
            return b""
        self._budget.received += len(data)
        return data

    def skip(self, size: int) -> int:
        """See ``Stream.skip``; a regular file is not read for it."""
        if self.size is None or size < BLOCK:
            return super().skip(size)
        try:
            at = self.file.tell()
            passed = max(0, min(size, self.size - at))
            self.file.seek(at + passed)
        except (OSError, ValueError):
            return super().skip(size)
        self._budget.received += passed
        return passed

    def take_fault(self) -> Fault | None:
        """See ``Stream.take_fault``."""
        fault, self._fault = self._fault, None
        return fault


class Held(Stream):
    """Bytes at hand."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def read(self, size: int) -> bytes:
        """See ``Stream.read``."""
        data = self._data[self._at : self._at + size]
        self._at += len(data)
        return data


class Window(Stream):
    """Another stream, read through a buffer that can be looked into. ``position`` counts the bytes read."""

    def __init__(self, inner: Stream) -> None:
        self.inner = inner
        self.has_end = inner.has_end
        self.position = 0
        self._buffer = b""
        self._at = 0

    def read(self, size: int) -> bytes:
        """See ``Stream.read``."""
        if self._at < len(self._buffer):
            data = self._buffer[self._at : self._at + size]
            self._at += len(data)
        else:
            data = self.inner.read(size)
        self.position += len(data)
        return data

    def skip(self, size: int) -> int:
        """See ``Stream.skip``."""
        held = min(size, len(self._buffer) - self._at)
        self._at += held
        passed = held + (self.inner.skip(size - held) if size > held else 0)
        self.position += passed
        return passed

    def exactly(self, size: int) -> bytes:
        """The next ``size`` bytes; fewer only at the end."""
        first = self.read(size) if size else b""
        if len(first) == size:
            return first
        blocks, left = [first], size - len(first)
        while left and (block := self.read(left)):
            blocks.append(block)
            left -= len(block)
        return b"".join(blocks)

    def peek(self, size: int) -> bytes:
        """The next ``size`` bytes, fewer only at the end, which stay to be read."""
        held = len(self._buffer) - self._at
        if held < size:
            blocks = [self._buffer[self._at :]]
            while held < size and (block := self.inner.read(BLOCK)):
                blocks.append(block)
                held += len(block)
            self._buffer, self._at = b"".join(blocks), 0
        return self._buffer[self._at : self._at + size]

    def until(self, end: re.Pattern[bytes], most: int) -> bytes | None:
        """All up to and with the first match of ``end``; None, and nothing is read, if there is none within
        ``most`` bytes."""
        while True:
            found = end.search(self._buffer, self._at, self._at + most)
            if found:
                data = self._buffer[self._at : found.end()]
                self._at = found.end()
                self.position += len(data)
                return data
            if len(self._buffer) - self._at >= most or not self._fill():
                return None

    def take_fault(self) -> Fault | None:
        """See ``Stream.take_fault``."""
        return self.inner.take_fault()

    def _fill(self) -> bool:
        block = self.inner.read(BLOCK)
        self._buffer = self._buffer[self._at :] + block
        self._at = 0
        return bool(block)


class Part(Stream):
    """The next ``size`` bytes of a window. It has the fault ``damaged`` if the window ends before it."""

    def __init__(self, window: Window, size: int) -> None:
        self._window = window
        self._fault: Fault | None = None
        self.has_end = window.has_end
        self.left = size

    def read(self, size: int) -> bytes:
        """See ``Stream.read``."""
        data = self._window.read(min(size, self.left)) if self.left else b""
        self._pass(len(data), ended=not data)
        return data

    def skip(self, size: int) -> int:
        """See ``Stream.skip``."""
        size = min(size, self.left)
        passed = self._window.skip(size)
        self._pass(passed, ended=passed < size)
        return passed

    def take_fault(self) -> Fault | None:
        """See ``Stream.take_fault``."""
        fault, self._fault = self._fault, None
        return fault

    def _pass(self, size: int, *, ended: bool) -> None:
        self.left -= size
        if ended and self.left:
            missing = Fault("damaged", f"is cut off: the last {self.left:,} bytes of it are missing.")
            self._fault = self._window.take_fault() or missing
            self.left = 0


class Copied(Stream):
    """Another stream, of which all that is read is held too, up to ``most`` bytes."""

    def __init__(self, inner: Stream, most: int) -> None:
        self.has_end = inner.has_end
        self._inner = inner
        self._left = most
        self._blocks: list[bytes] = []

    def read(self, size: int) -> bytes:
        """See ``Stream.read``."""
        data = self._inner.read(size)
        self._left -= len(data)
        if self._left < 0:
            self._blocks.clear()
        else:
            self._blocks.append(data)
        return data

    def held(self) -> bytes:
        """What was read so far; nothing if it was more."""
        return b"".join(self._blocks)

    def take_fault(self) -> Fault | None:
        """See ``Stream.take_fault``."""
        return self._inner.take_fault()


def _size(file: BinaryIO) -> int | None:
    """The size of an ordinary file, which has an end; None for a pipe or a device."""
    try:
        found = os.fstat(file.fileno())
    except (OSError, AttributeError, ValueError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None
