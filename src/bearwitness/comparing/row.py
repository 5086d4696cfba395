"""What one row of somebody else's file says of one event, in our terms, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..edtf import Days


class Figures(NamedTuple):
    """Persons; ``None`` where the file does not say. Where a file has one figure only, it is all three."""

    low: int | None = None
    best: int | None = None
    high: int | None = None

    @property
    def known(self) -> bool:
        """Whether there is any figure."""
        return not (self.low is None and self.best is None and self.high is None)

    @property
    def span(self) -> tuple[int, int] | None:
        """The lowest and the highest figure there is."""
        said = [figure for figure in self if figure is not None]
        return (min(said), max(said)) if said else None


class Point(NamedTuple):
    """WGS 84 degrees, and how many kilometres around them the event may have been."""

    lat: float
    lon: float
    reach: float


class Row(NamedTuple):
    """One row. ``days`` are the days the event may have been on; ``level`` is our word for the precision of ``point``;
    ``country`` an ISO 3166 code; ``kinds`` are ours, the likeliest first; ``means`` those of ``linking.toml``; ``actors``
    as written, ``sources`` too. ``civilians`` are civilians killed. ``words`` are the telling words of its text."""

    number: int
    id: str
    days: Days
    date: str
    place: str
    point: Point | None
    level: str | None
    country: str | None
    country_words: str
    kinds: tuple[str, ...]
    kind_words: str
    means: frozenset[str]
    actors: tuple[str, ...]
    killed: Figures
    injured: Figures
    civilians: Figures
    silent_zero: bool
    sources: tuple[str, ...]
    words: frozenset[str]


class Wrong(NamedTuple):
    """Something wrong with a row: which column, and a sentence. ``fatal`` where nothing can be compared."""

    column: str
    sentence: str
    fatal: bool = False


class Read(NamedTuple):
    """A row as read: what it says, unless that cannot be told, and what is wrong with it."""

    number: int
    row: Row | None
    wrong: tuple[Wrong, ...] = ()
