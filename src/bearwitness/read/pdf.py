"""A PDF: the words of its pages, read in a process of its own with limits on time, memory, pages and characters."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from bearwitness import apart
from bearwitness.read.pdf_text import Line, Set, set_text
from bearwitness.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGES = 2_000
CHARACTERS = 3_000_000
SECONDS = 30  # of processor time, so that a busy machine reads no less than an idle one
MEMORY = 2 * 1024**3  # bytes of addresses, the program itself included
OCR_PAGES = 100
OCR_SECONDS = 300
LARGEST_OUTPUT = 256 * 1024**2  # bytes
TESSERACT = "tesseract"


class Pdf(NamedTuple):
    """The text of a PDF as it was put together, and what is wrong with it."""

    text: Set
    problems: tuple[Problem, ...] = ()


def read_pdf(data: bytes, source: str) -> Pdf:
    """The words of the PDF ``data``. Whatever is wrong with it is a problem, and ends within the limits. The PDF reader
    must be installed (see ``extras``)."""
    told, timely = _run(data, [str(PAGES)], SECONDS)
    if not told or "pages" not in told[0]:
        return Pdf(set_text([]), (_unopened(told, source, timely),))
    count = told[0]["pages"]
    pages = {one["page"]: _page(one) for one in told if "lines" in one}
    problems = [*_unread(told, count, source, timely)]
    pictures = [one["page"] for one in told if one.get("picture")]
    if not any(pages.values()):
        pictures = list(pages)
    if pictures:
        found, more = _recognised(data, pictures, source)
        pages |= found
        problems += more
    text = set_text([pages.get(number, []) for number in range(1, max(pages, default=0) + 1)])
    if text.joined:
        examples = ", ".join(f"“{word}”" for word in text.joined[:5])
        sentence = f"{len(text.joined):,} word(s) broken at the ends of lines are put together: {examples}."
        problems.append(Problem(code="words_joined", where=source, sentence=sentence))
    return Pdf(text, tuple(problems))


def _unopened(told: list[dict[str, Any]], source: str, timely: bool) -> Problem:
    """Why not a single page could be looked at."""
    if told and told[0].get("stopped") == "encrypted":
        sentence = "The PDF is locked with a password; none of it is read. Save it without one and add that."
        return Problem(code="encrypted_pdf", where=source, sentence=sentence)
    reason = told[0].get("reason", "") if told else ""
    if not reason:
        reason = "it breaks the program that reads it" if timely else f"it takes more than {SECONDS} seconds"
    sentence = f"The PDF cannot be opened: {reason.rstrip('.')}. It is kept as it is."
    return Problem(code="broken_pdf", where=source, sentence=sentence)


def _unread(told: list[dict[str, Any]], count: int, source: str, timely: bool) -> Iterator[Problem]:
    """What of a PDF with ``count`` pages was not read, and why."""
    failed = [one["page"] for one in told if "failed" in one]
    if failed:
        sentence = f"{_numbered(failed)} cannot be read and left out."
        yield Problem(code="broken_pdf", where=source, sentence=sentence)
    last = max((one["page"] for one in told if "page" in one), default=0)
    if last == count and not any("stopped" in one for one in told):
        return
    if last == PAGES:
        reason = f"more than the {PAGES:,} that are read"
    elif any(one.get("stopped") == "full" for one in told):
        reason = f"with more than the {CHARACTERS:,} characters that are read"
    elif timely:
        reason = f"and page {last + 1:,} breaks the program that reads it"
    else:
        reason = f"which take more than {SECONDS} seconds"
    sentence = f"The PDF has {count:,} pages, {reason}. Only pages 1 to {last:,} are read."
    yield Problem(code="read_in_part", where=source, sentence=sentence)


def _recognised(
    data: bytes, numbers: list[int], source: str
) -> tuple[dict[int, list[Line]], tuple[Problem, ...]]:
    """The words in the pictures of the pages of those numbers, where Tesseract is installed."""
    program = shutil.which(TESSERACT)
    if program is None:
        sentence = (
            f"{_numbered(numbers)} hold no text but a picture of it. Run the PDF through a program that recognises "
            "the words and add what it gives, or install Tesseract before the PDF is added."
        )
        return {}, (Problem(code="no_text_layer", where=source, sentence=sentence),)
    told, _ = _run(data, [",".join(map(str, numbers[:OCR_PAGES]))], OCR_SECONDS, program)
    found = {one["page"]: _typed(one["text"]) for one in told if "text" in one}
    seen = [number for number, lines in found.items() if lines]
    missed = [number for number in numbers if number not in seen]
    problems = []
    if seen:
        sentence = (
            f"{_numbered(seen)} hold a picture of the text; the words are what Tesseract recognises in it."
        )
        problems.append(Problem(code="read_by_ocr", where=source, sentence=sentence))
    if missed:
        sentence = f"{_numbered(missed)} hold no text, and Tesseract recognises none in the picture of them."
        problems.append(Problem(code="no_text_layer", where=source, sentence=sentence))
    return found, tuple(problems)


def _numbered(numbers: list[int]) -> str:
    """Pages by their numbers, the first twenty of them."""
    shown = ", ".join(f"{number:,}" for number in numbers[:20])
    return f"Page(s) {shown}{f' and {len(numbers) - 20:,} more' if len(numbers) > 20 else ''}"


def _page(told: dict[str, Any]) -> list[Line]:
    height = told["height"]
    return [
        Line(_sound(words), broken, left, right, bottom, size, height)
        for words, broken, left, right, bottom, size in told["lines"]
    ]


def _typed(text: str) -> list[Line]:
    """Lines as on a typewriter, blank ones as gaps, so that paragraphs are found as in print."""
    lines = text.split("\n")[:20_000]
    return [
        Line(_sound(line).removesuffix("-"), line.endswith("-"), 0.0, 100.0, -12.0 * place, 10.0, 0.0)
        for place, line in enumerate(map(str.rstrip, lines))
        if line.strip()
    ]


def _sound(words: str) -> str:
    """Words that can be written as UTF-8, without control characters, white space as single spaces."""
    words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join("".join("\ufffd" if ord(letter) < 32 else letter for letter in words).split())


def _run(data: bytes, pages: list[str], seconds: int, *program: str) -> tuple[list[dict[str, Any]], bool]:
    """What the reading process tells, line by line, and whether it ended by itself.

    It gets the bytes and gives its lines through files without a name, so that neither waits for the other.
    """
    arguments = [*pages, str(CHARACTERS), str(seconds), str(MEMORY), *program]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as output:
        given.write(data)
        given.seek(0)
        script = Path(__file__).with_name("pdf_pages.py")
        _, timely = apart.run(script, arguments, given, output, seconds)
        output.seek(0)
        return list(_told(output)), timely


def _told(output: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The objects of whole lines; a process that was ended may leave half a one."""
    size = 0
    for line in output:
        size += len(line)
        if size > LARGEST_OUTPUT or not line.endswith(b"\n"):
            return
        try:
            yield msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.DecodeError:
            return  # the PDF has got the better of the process
