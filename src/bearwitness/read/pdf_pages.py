"""Run by ``pdf`` as a program of its own, so that a hostile PDF harms nothing else: the lines of each page, as JSON.

    python pdf_pages.py MOST_PAGES CHARACTERS SECONDS MEMORY < file.pdf
    python pdf_pages.py 3,4,7 CHARACTERS SECONDS MEMORY TESSERACT < file.pdf

The limits are set before the first byte is looked at: seconds of processor time and bytes of memory, for this program
and for each that it starts. Each page is one line of output, written as soon as it is read: an object with ``page``
(counted from 1), ``height`` in points, ``lines`` and ``picture``, whether it is hardly more than a picture. A line is an
array of words, whether a hyphen that breaks a word stood behind them, left, right and bottom in points, and the height
of the letters. Where Tesseract is named, the pages of those numbers are looked at, and an object has ``page`` and
``text``. The first line says how many pages there are; ``stopped`` in one says why it is the last.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from itertools import islice
from math import isfinite
from typing import Any

DOTS = 300  # an inch, what recognition is made for
LARGEST = 6_000  # dots to a side of a picture
FEW = 25  # characters; a page that has fewer may be a picture with a stamp
MOST_OBJECTS = 1_000  # on such a page; only these are looked through for a picture


def main() -> None:
    """Read the PDF on standard input as the arguments say."""
    pages, characters, seconds, memory, *program = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == 4 or "password" in str(error).lower()
        _tell(stopped="encrypted" if locked else "broken", reason=str(error)[:300])
        return
    _tell(pages=len(document))
    room = int(characters)
    wanted = map(int, pages.split(",")) if program else range(1, min(len(document), int(pages)) + 1)
    for number in wanted:
        try:
            page = document[number - 1]
            found = _recognised(page, program[0]) if program else _lines(page, room)
        except (pypdfium2.PdfiumError, ValueError, OSError, subprocess.SubprocessError) as error:
            _tell(page=number, failed=f"{type(error).__name__}: {error}"[:300])
            continue
        _tell(page=number, **found)
        room -= found["size"]
        if room <= 0:
            _tell(stopped="full")
            return


def _tell(**fields: Any) -> None:
    sys.stdout.buffer.write(json.dumps(fields).encode() + b"\n")
    sys.stdout.buffer.flush()


def _lines(page: Any, room: int) -> dict[str, Any]:
    """The lines of a page, in the order in which the page writes them."""
    from pypdfium2 import raw

    text = page.get_textpage()
    count = min(text.count_chars(), room)
    lines: list[list[Any]] = []
    letters: list[str] = []
    first = last = -1  # those that are not white space
    for place in range(count + 1):
        code = raw.FPDFText_GetUnicode(text, place) if place < count else 10
        hyphen = place < count and raw.FPDFText_IsHyphen(text, place) == 1
        if code not in (10, 13) and not hyphen:
            letter = chr(code) if code < 0x110000 else "\ufffd"
            letters.append(letter)
            if not letter.isspace():
                first, last = (place if first < 0 else first), place
            continue
        if first >= 0:
            left, bottom, _, top = text.get_charbox(first, loose=True)
            right = text.get_charbox(last, loose=True)[2]
            lines.append(["".join(letters), hyphen, *map(_points, (left, right, bottom, top - bottom))])
        letters, first = [], -1
    picture = sum(len(line[0]) for line in lines) < FEW and _has_picture(page)
    return {"height": _points(page.get_height()), "lines": lines, "size": count, "picture": picture}


def _points(size: float) -> float:
    return round(size, 2) if isfinite(size) else 0.0


def _has_picture(page: Any) -> bool:
    from pypdfium2 import raw

    objects = islice(page.get_objects(max_depth=3), MOST_OBJECTS)
    return any(one.type == raw.FPDF_PAGEOBJ_IMAGE for one in objects)


def _recognised(page: Any, program: str) -> dict[str, Any]:
    """The words that ``program`` (Tesseract) sees in a picture of the page."""
    longest = max(page.get_size()) or 1.0
    scale = min(DOTS / 72, LARGEST / longest)
    picture = page.render(scale=scale, grayscale=True)
    rows, step = memoryview(picture.buffer), picture.stride
    head = b"P5 %d %d 255\n" % (picture.width, picture.height)
    body = b"".join(bytes(rows[y * step : y * step + picture.width]) for y in range(picture.height))
    command = [program, "stdin", "stdout", "--dpi", str(round(scale * 72))]
    done = subprocess.run(
        command, input=head + body, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    )
    words = done.stdout.decode("utf-8", "replace")
    return {"text": words, "size": len(words)}


if __name__ == "__main__":
    main()
