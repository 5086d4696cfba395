"""Where in a container we are, and what may be taken from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from bearwitness.collect.item import Item, without_data
from bearwitness.collect.packed import Marks
from bearwitness.collect.stream import Budget, Fault, Window
from bearwitness.record import Problem

_ODD = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_NAME = 1000
_NAMED = 20


class Setting(NamedTuple):
    """``source`` says where the bytes come from and ``name`` what they are called; ``depth`` counts the containers
    they lie in. ``limit`` is the size of the largest item in bytes, ``budget`` is shared by all of one source.
    ``problems`` are those that every item within has. ``columns`` is what the operator says of the columns of tables,
    by field; ``named`` says that this was named by the operator rather than found in a folder or an archive. In ``marks``
    is noted where the members of the compressed file begin that is read, if somebody wants to go on there later. With
    ``exchanges`` the records of web archives are given beside their pages (see ``Item``)."""

    source: str
    name: str
    limit: int
    budget: Budget
    depth: int = 0
    problems: tuple[Problem, ...] = ()
    columns: Mapping[str, str] | None = None
    named: bool = False
    marks: Marks | None = None
    exchanges: bool = False

    def member(self, name: str) -> Setting:
        """The setting of the member of an archive that it calls ``name``. A name is only a label: steps up and
        roots are taken out of it, and a problem says so."""
        label, odd = _label(name)
        inner = self._replace(source=f"{self.source}/{label}", name=label.rsplit("/", 1)[-1], named=False)
        if not odd:
            return inner
        sentence = f"{self.source} names a member “{name[:200]}”, which would lead out of a folder; it is read as {inner.source}."
        return inner.having(Problem(code="bad_name", where=inner.source, sentence=sentence))

    def having(self, *problems: Problem) -> Setting:
        """The same, with ``problems`` that every item within has too."""
        return self._replace(problems=(*self.problems, *problems))

    def problem(self, code: str, what: str) -> Problem:
        """A problem of what is here: a sentence that begins with its source."""
        return Problem(code=code, where=self.source, sentence=f"{self.source} {what}")

    def fault(self, fault: Fault) -> Item:
        """An item that holds only why the bytes here ended early."""
        return without_data(self.source, fault.code, f"{self.source} {fault.what}")


Expand = Callable[[Window, Setting], Iterator[Item]]
"""Reads what is in a window, whatever it is: given to those who read archives, for their members."""


class PassedOver:
    """What was not taken from an archive: how many of each sort, and the first names."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._last = ""
        self._names: list[str] = []

    def take(self, sort: str, name: str = "") -> None:
        """Count one of ``sort``, called ``name``."""
        self._last = sort if len(self._counts) < _NAMED or sort in self._counts else "other"
        self._counts[self._last] += 1
        if name and len(self._names) < _NAMED:
            self._names.append(name[:200])

    def untake(self) -> None:
        """What was counted last was taken after all."""
        self._counts[self._last] -= 1
        self._counts += Counter()

    def items(self, source: str) -> Iterator[Item]:
        """One item that says what was passed over in ``source``; none if nothing was."""
        if not self._counts:
            return
        counts = ", ".join(f"{sort} {count:,}" for sort, count in self._counts.most_common())
        more = " and others" if self._counts.total() > len(self._names) else ""
        names = f": {', '.join(self._names)}{more}" if self._names else ""
        yield without_data(source, "skipped", f"In {source} were passed over: {counts}{names}.")


def hidden(name: str) -> bool:
    """Whether a name in an archive is hidden, or of those a Macintosh leaves beside the files."""
    parts = name.replace("\\", "/").split("/")
    return any(part.startswith(".") and part not in (".", "..") or part == "__MACOSX" for part in parts)


def _label(name: str) -> tuple[str, bool]:
    """``name`` as a plain path that leads downwards, and whether it was none."""
    parts = name.replace("\\", "/").split("/")
    kept = [part for part in parts if part not in ("", ".", "..")]
    odd = name[:1] in "/\\" or ".." in parts or bool(re.match(r"[A-Za-z]:", name)) or bool(_ODD.search(name))
    label = "/".join(kept)[:_LONGEST_NAME].encode("utf-8", "replace").decode() or "member without a name"
    return label, odd
