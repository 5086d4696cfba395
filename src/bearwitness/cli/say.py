"""Printing: what goes to the terminal, made safe, and what goes to a program, as JSON.

Reports are untrusted text. A control character in one must not reach the terminal, where it could move the
cursor, change colours or hide words; it is shown as its escape (``\\x1b``) instead. Text is handed to rich as
``Text``, never as markup, so that brackets in a report stay brackets.
"""

from __future__ import annotations

import io
import re
import sys
from functools import cache
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, RenderableType
    from rich.text import Text

# C0 and C1 controls, the marks that reorder text on screen, and halves of surrogate pairs.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_SPACE = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
# What JSON leaves as it is but a terminal acts on.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
PIPED_WIDTH = 140
WIDE = 104
"""From this width on there is room for everything."""
NOT_REPORTED = "not reported"


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def plain(text: str) -> str:
    """``text`` on one line, runs of white space as one space, control characters as their escapes."""
    return _UNSAFE.sub(_escape, _SPACE.sub(" ", text).strip())


def shorten(text: str, length: int) -> str:
    """``plain(text)``, cut to at most ``length`` characters with an ellipsis where it was cut."""
    line = plain(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def number(value: int | None) -> str:
    """A count for people: silence is never shown as 0."""
    return NOT_REPORTED if value is None else f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def as_json(value: Any) -> str:
    """``value`` as one line of JSON that is safe on a terminal and keeps the order of its fields."""
    import msgspec

    text = msgspec.json.encode(value, enc_hook=str).decode()
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class Guarded(io.TextIOBase):
    """A text file that passes on what it is given, with what a terminal would act on as escapes."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, words: str) -> int:
        """Write ``words``; line ends stay."""
        self._file.write(
            _UNSAFE.sub(lambda match: match[0] if match[0] in "\r\n\t" else _escape(match), words)
        )
        return len(words)


def out_json(value: Any) -> None:
    """Print one JSON value on one line of standard output, in UTF-8 whatever the locale says."""
    stream = getattr(sys.stdout, "buffer", None)
    line = as_json(value) + "\n"
    if stream is None:
        sys.stdout.write(line)
    else:
        sys.stdout.flush()
        stream.write(line.encode())
        stream.flush()


def out_lines(lines: Iterable[str]) -> None:
    """Print lines as they are, whatever the width, made safe."""
    for words in lines:
        sys.stdout.write(_UNSAFE.sub(_escape, words) + "\n")
    sys.stdout.flush()


@cache
def _console(width: int | None) -> Console:
    from rich.console import Console

    return Console(width=width, highlight=False, soft_wrap=False, emoji=False, markup=False)


def console() -> Console:
    """Standard output for people; wide enough for tables when it is not a terminal."""
    import os

    piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return _console(PIPED_WIDTH if piped else None)


def text(words: str, style: str = "") -> Text:
    """``words`` made safe, as rich text."""
    from rich.text import Text

    return Text(plain(words), style=style)


def _print(shown: RenderableType) -> None:
    """Print something; without the blanks at the ends of lines where it is not for a terminal."""
    to = console()
    if to.is_terminal:
        to.print(shown)
        return
    with to.capture() as taken:
        to.print(shown)
    sys.stdout.write("\n".join(one.rstrip(" ") for one in taken.get().split("\n")))


def line(*parts: str | tuple[str, str], indent: int = 0) -> None:
    """Print one line made of words, or of pairs of words and style; what does not fit goes on below it."""
    from rich.padding import Padding
    from rich.text import Text

    whole = Text()
    for part in parts:
        words, style = part if isinstance(part, tuple) else (part, "")
        whole.append(_UNSAFE.sub(_escape, words), style=style)
    _print(Padding(whole, (0, 0, 0, indent), expand=False) if indent else whole)


class Column(NamedTuple):
    """A column of a table. ``least`` is the width it gets at least; ``whole`` cells are never folded."""

    name: str
    right: bool = False
    least: int = 0
    whole: bool = False


def table(title: str, columns: Iterable[str | Column], rows: Iterable[Iterable[str]]) -> None:
    """Print a table; every cell is made safe, and folded rather than cut."""
    from rich import box
    from rich.table import Table

    gap = 2 if console().width >= WIDE else 1
    shown = Table(
        box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", show_edge=False, padding=(0, gap, 0, 0)
    )
    if title:
        shown.title = text(title)
    for one in columns:
        column = one if isinstance(one, Column) else Column(one)
        justify: Literal["right", "left"] = "right" if column.right else "left"
        shown.add_column(
            column.name,
            justify=justify,
            min_width=column.least or None,
            no_wrap=column.whole,
            overflow="fold",
        )
    for row in rows:
        shown.add_row(*(text(cell) for cell in row))
    _print(shown)


def note(words: str) -> None:
    """Print one line for the operator on standard error."""
    sys.stderr.write(plain(words) + "\n")
    sys.stderr.flush()


def complain(words: str) -> None:
    """Print an error: one line on standard error, with the program's name before it."""
    note(f"bearwitness: {words}")
