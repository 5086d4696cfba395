"""The nouns of what comes in: a capture, the report that is one reading of it, and what may be wrong with either.

They are records like those of ``record``, which is where the rest of the program takes them from.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import ClassVar, Literal

from msgspec import UNSET, UnsetType

from bearwitness.identity import Record, Value, digest

PublishedBasis = Literal["given", "structured", "url", "text", "header"]


class Problem(Value, frozen=True, kw_only=True):
    """Something wrong with the evidence, kept beside it. Codes are listed in ``errors.PROBLEMS``."""

    code: str
    where: str
    sentence: str


class Capture(Record, frozen=True, kw_only=True):
    """Bytes as received. ``given`` holds what the operator said of them (outlet, published, title, language)."""

    UNSAID: ClassVar[frozenset[str]] = frozenset({"captured_at", "headers", "problems"})

    sha256: str
    size: int
    source: str
    media_type: str
    given: dict[str, str] = {}
    headers: tuple[tuple[str, str], ...] = ()
    captured_at: str = ""
    problems: tuple[Problem, ...] = ()

    def check(self) -> None:
        self.require(len(self.sha256) == 64, "sha256 must be 64 hexadecimal digits")
        self.require(self.size >= 0, "size must not be negative")


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


class Report(Record, frozen=True, kw_only=True):
    """One reading of a capture. ``text`` is what every claim points into, kept for ever with its digest.

    ``title_end`` is where the title ends if ``text`` begins with it (0 if it does not). ``pages`` is where each page
    begins in the text, the first at 0; a report that has no pages leaves it out. ``parts`` and ``passages``, each in
    order and without overlap, are left out where there are none. What follows from capture and reader is not said.
    """

    UNSAID: ClassVar[frozenset[str]] = frozenset({"problems", "pages", "parts", "passages"})

    capture: str
    reader: str
    source: str
    text: str
    text_sha256: str
    title: str | None = None
    title_end: int = 0
    outlet: str | None = None
    published: str | None = None
    published_basis: PublishedBasis | None = None
    language: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: tuple[int, ...] | UnsetType = UNSET
    parts: tuple[Part, ...] | UnsetType = UNSET
    passages: tuple[Passage, ...] | UnsetType = UNSET

    def page(self, offset: int) -> int | None:
        """The number of the page, counted from 1, that the character at ``offset`` stands on; None without pages."""
        return sum(start <= offset for start in self.pages) if self.pages else None

    def published_at(self, offset: int) -> str | None:
        """When the words at ``offset`` were published (EDTF): with the part they are in, else with the report."""
        part = self.part(offset)
        return part.published if part else self.published

    def part(self, offset: int) -> Part | None:
        """The part that the character at ``offset`` stands in; None outside of all parts."""
        parts = self.parts or ()
        last = bisect_right(parts, offset, key=lambda part: part.start) - 1
        return parts[last] if last >= 0 and offset < parts[last].end else None

    def passage(self, offset: int) -> Passage | None:
        """The passage that the character at ``offset`` stands in; None where the words are the outlet's."""
        passages = self.passages or ()
        last = bisect_right(passages, offset, key=lambda passage: passage.start) - 1
        return passages[last] if last >= 0 and offset < passages[last].end else None

    def check(self) -> None:
        self.require(self.text_sha256 == digest(self.text.encode()), "text does not match text_sha256")
        self.require((self.published is None) == (self.published_basis is None), "published needs its basis")
        for name, stretches in (
            ("left_out", self.left_out),
            ("parts", self.parts or ()),
            ("passages", self.passages or ()),
        ):
            previous = 0
            for one in stretches:
                self.require(
                    previous <= one.start < one.end <= len(self.text), f"{name} {one.start}-{one.end}"
                )
                previous = one.end
        pages = [*(self.pages or [0]), len(self.text)]
        self.require(pages[0] == 0 and pages == sorted(pages), "pages must begin in order, the first at 0")
