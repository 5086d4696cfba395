"""The chain of custody of a capture as a document: as plain text, and as a page that opens from the file system."""

from __future__ import annotations

import textwrap
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WIDTH = 100


class Line(NamedTuple):
    """One statement: what it is of, in a few words (or nothing), and the words. ``raw`` words stand as they came."""

    name: str
    words: str
    raw: bool = False


class Section(NamedTuple):
    """Statements under a heading."""

    title: str
    lines: tuple[Line, ...]


class Document(NamedTuple):
    """The title, and the sections in order."""

    title: str
    sections: tuple[Section, ...]


def as_text(document: Document) -> Iterator[str]:
    """The lines of the document as plain text."""
    yield document.title
    yield "=" * min(len(document.title), _WIDTH)
    for section in document.sections:
        yield ""
        yield section.title
        yield "-" * min(len(section.title), _WIDTH)
        for line in section.lines:
            yield from _lines(line)


def _lines(line: Line) -> Iterable[str]:
    if line.raw:
        above = [f"{line.name}:"] if line.name else []
        return [*above, *(f"    | {words}" for words in line.words.splitlines())]
    name = f"{line.name}: " if line.name else ""
    return textwrap.wrap(
        name + line.words, _WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    ) or [name]


def as_html(document: Document) -> str:
    """The document as one page that loads nothing."""
    title = escape(document.title)
    body = "".join(_section(section) for section in document.sections)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n{body}</body></html>\n"
    )


_STYLE = (
    "body{font:1rem/1.45 serif;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:1px solid}p{margin:.25rem 0;overflow-wrap:anywhere}"
    "pre{font-size:.8rem;white-space:pre-wrap;overflow-wrap:anywhere;margin:.25rem 0 .75rem 1rem}"
)


def _section(section: Section) -> str:
    return f"<h2>{escape(section.title)}</h2>\n" + "".join(map(_statement, section.lines))


def _statement(line: Line) -> str:
    name = f"<b>{escape(line.name)}:</b> " if line.name else ""
    if line.raw:
        return f"<p>{name}</p><pre>{escape(line.words)}</pre>\n"
    return f"<p>{name}{escape(line.words)}</p>\n"
