"""Mail: the messages of a box one by one, and what a message carries that is a report of its own.

A message is an item, byte for byte, named after its box and its place in it ("inbox.mbox#3"). An attached text, page,
PDF or message is an item too, its transfer encoding undone, named after its message and its file
("inbox.mbox#3#statement.pdf"). What else a message carries stays in the message.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bearwitness import mime
from bearwitness.collect.item import Item
from bearwitness.collect.media import MAIL, media_type
from bearwitness.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

DEEPEST = 5  # messages attached to messages
_LINE = 1024 * 1024
_KINDS = ("text/plain", "text/html", "application/pdf", MAIL)
# "From ann@coastwire.example Mon Mar  3 10:12:13 2025"
_BEGINS = re.compile(rb"From \S[^\r\n]{0,200}\d\d:\d\d[^\r\n]{0,60}\r?\n")
_BREAKS = b"\r\n"


def is_box(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a box of messages: the line that parts them, then a header."""
    match = _BEGINS.match(head)
    return match is not None and re.match(rb">?[!-9;-~]{1,80}[ \t]*:", head[match.end() :]) is not None


def messages(stream: BufferedReader, source: str, limit: int) -> Iterator[Item]:
    """The messages of the box ``stream``, each with what it carries; none is kept in part."""
    number = 0
    blocks: list[bytes] = []
    size = 0
    fresh, blank = True, True  # at the beginning of a line; behind an empty one
    while line := stream.readline(_LINE):
        if fresh and blank and _BEGINS.match(line):
            if number:
                yield from _message(blocks, size, f"{source}#{number}", limit)
            number, blocks, size = number + 1, [], 0
        else:
            size += len(line)
            if size <= limit:
                blocks.append(line)
        blank = fresh and not line.strip(_BREAKS)
        fresh = line.endswith(b"\n")
    if number:
        yield from _message(blocks, size, f"{source}#{number}", limit)


def _message(blocks: list[bytes], size: int, source: str, limit: int) -> Iterator[Item]:
    if size > limit:
        sentence = f"{source} is larger than the limit of {limit:,} bytes ({size:,} bytes); none of it was kept or read."
        problem = Problem(code="too_large", where=source, sentence=sentence)
        yield Item(source=source, data=b"", media_type=MAIL, problems=(problem,))
        return
    data = b"".join(blocks)
    # The empty line before the next message is the box's, not the message's.
    data = data.removesuffix(b"\n").removesuffix(b"\r") if data.endswith((b"\n\n", b"\n\r\n")) else data
    yield from with_attachments(Item(source=source, data=data, media_type=MAIL))


def with_attachments(item: Item, depth: int = 0) -> Iterator[Item]:
    """The message ``item``, and then what it carries that is a report of its own."""
    yield item
    message = mime.parse(item.data) if depth < DEEPEST else None
    if message is None:
        return
    taken: dict[str, int] = {}
    for number, part in enumerate(mime.parts(message), start=1):
        if not part.attached or not part.data.strip():
            continue
        kind = MAIL if part.kind == MAIL else media_type(part.data, part.name)
        if kind not in _KINDS or mime.is_table(part):
            continue
        name = part.name[:200].replace("/", "_").replace("\\", "_") or f"part {number}"
        taken[name] = taken.get(name, 0) + 1
        again = f" ({taken[name]})" if taken[name] > 1 else ""
        inner = Item(
            source=f"{item.source}#{name}{again}", data=part.data, media_type=_named(kind, part.charset)
        )
        if kind == MAIL:
            yield from with_attachments(inner, depth + 1)
        else:
            yield inner


def _named(kind: str, charset: str) -> str:
    """The media type with the charset that the message states."""
    stated = kind.startswith("text/") and re.fullmatch(r"[\w.:-]{2,40}", charset)
    return f"{kind}; charset={charset}" if stated else kind
