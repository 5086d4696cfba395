"""Stretches of a report's text: what is left out of the article, the texts of a page that holds several, and the words
of others. They are parts of ``record.Report``; ``record`` is where the rest of the program takes them from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal, TypeVar

from msgspec import UnsetType

from bearwitness.identity import Value


class LeftOut(Value, frozen=True, kw_only=True):
    """A stretch of ``Report.text`` that is not part of the article, and why."""

    start: int
    end: int
    why: Literal["headlines", "byline", "saved_date", "navigation", "boilerplate", "caption", "running_head", "quoted", "signature", "wall"]  # fmt: skip


class Part(Value, frozen=True, kw_only=True):
    """One text of a page that holds several: an entry of a live blog, an article among others. ``text[start:end]`` is
    all of it, its own title first if it has one. ``published`` (EDTF, mostly with its time) is its own; null is unknown."""

    start: int
    end: int
    published: str | None = None
    title: str | None = None


class Passage(Value, frozen=True, kw_only=True):
    """A stretch of ``Report.text`` in another's words that the page sets apart: a block quotation, an embedded post.
    ``by`` is whose they are, and ``said`` (EDTF) the day they were said, as the page tells beside it; null where it
    does not."""

    start: int
    end: int
    kind: Literal["quotation", "post"]
    by: str | None = None
    said: str | None = None


Stretch = TypeVar("Stretch", LeftOut, Part, Passage)


def at(stretches: Sequence[Stretch] | UnsetType, offset: int) -> Stretch | None:
    """The one of ``stretches``, which are in order, that the character at ``offset`` stands in."""
    found = stretches or ()
    last = bisect_right(found, offset, key=lambda one: one.start) - 1
    return found[last] if last >= 0 and offset < found[last].end else None


def unsound(stretches: Sequence[Stretch] | UnsetType, length: int) -> str | None:
    """The first of ``stretches`` that is empty, out of order or beyond ``length`` characters, as "start-end"."""
    previous = 0
    for one in stretches or ():
        if not previous <= one.start < one.end <= length:
            return f"{one.start}-{one.end}"
        previous = one.end
    return None
