"""Paragraphs, sentences and quotations of a report, with offsets that stay true.

All text handled here is a copy in which some characters are replaced one for one (curly quotation marks,
no-break spaces, line breaks inside a sentence), so that an offset in the copy is an offset in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from bearwitness.extract.dates import MONTHS, WEEKDAYS
from bearwitness.record import Report

PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "″": '"',
        "‘": "'", "’": "'", "ʼ": "'", "‛": "'", "`": "'", "´": "'",
        "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " ",
        "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
    }
)  # fmt: skip

OPENING = re.compile(r"(?<![^\s(\[-])''(?=[\w\[$.])")

# A dot after these does not end a sentence.
ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen col maj capt lt sgt cpl st rev sen rep gov hon jr sr no vs etc inc ltd co corp
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun adm brig cmdr
    u.s u.n u.k e.g i.e a.m p.m fed ave blvd rd mt ft dept approx est fig pvt supt insp det calif fla tex
    pa ill mich wash ariz colo conn mass minn miss okla ore tenn va wis ala ark ga kan ky la md mo neb nev""".split()
)

# A sentence ends at . ! ? with what closes after it, before white space and something that can begin another,
# or where a missing space glues two sentences together ("overnight.Police say").
END = re.compile(
    r"[.!?]+[\"')\]]*(?=\s+[\"'(\[]*[A-Z0-9À-Þ@#]|\s*$)|(?<=[a-z]{3})[.!?]+[\"')]*(?=[\"']?[A-Z][a-z]+[ ,])|[.!?][\"]\s+(?=[a-z])"
)
LINE = re.compile(r"[^\n]+")
LAST_WORD = re.compile(r"([A-Za-z.]+)$")

INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")  # "D.C", "p.m"

LONGEST = 1500  # characters; a longer "sentence" is a table or garbage and is cut, so that work stays bounded


WORD = re.compile(r"[\w'’-]+")
LEAST_OF_TITLE, MOST_OF_TITLE, MOST_OF_DATE = 5, 24, 8  # words
ENDS = re.compile(r"[.!?;,\"“”\n]")
DATED = frozenset(
    (*MONTHS, *WEEKDAYS, *"mon tue wed thu fri sat sun am pm gmt utc date published updated".split())
)


class Sentence(NamedTuple):
    """One sentence: ``text`` is the plain copy of ``report.text[start:end]``; ``paragraph`` counts from 0."""

    start: int
    end: int
    text: str
    paragraph: int
    headline: bool


class Quotation(NamedTuple):
    """A stretch in quotation marks, marks included."""

    start: int
    end: int


def plain(text: str) -> str:
    """``text`` with its typographic variants replaced, character for character."""
    copy = text.translate(PLAIN)
    if "''" in copy:  # two single marks for a double one
        copy = OPENING.sub(' "', copy).replace("''", '" ')
    return copy


def paragraphs(report: Report, text: str) -> Iterator[tuple[int, int, bool]]:
    """Spans of the article's paragraphs (start, end, is it the headline), furniture left out.

    A line break ends a paragraph, except in text broken at a fixed width: a line of 45 to 90 characters that
    does not end a sentence goes on in the next line unless that one is indented; one of up to 130, if that one begins
    in lower case.
    """
    out = [(part.start, part.end) for part in report.left_out]
    start: int | None = None
    end = 0
    for match in LINE.finditer(text):
        a, b = match.span()
        for left, right in out:
            if left <= a < right:
                a = min(right, b)
            elif a < left < b:
                b = left
        if not text[a:b].strip():
            if start is not None:
                yield start, end, end <= report.title_end
            start = None
            continue
        line = match.group()
        indented = line[:1] in " \t" and line[:3].strip() == ""
        if start is not None and not indented and _wrapped(text[start:end], text[a:b]):
            if end <= report.title_end < b:
                yield start, end, True
                start = a
        elif start is not None:
            yield start, end, end <= report.title_end
            start = a
        else:
            start = a
        end = b
        if text[b : b + 2] == "\n\n" or text[b : b + 4] == "\r\n\r\n":
            yield start, end, end <= report.title_end
            start = None
    if start is not None:
        yield start, end, end <= report.title_end


def _wrapped(before: str, line: str) -> bool:
    last = before.rsplit("\n", 1)[-1].rstrip()
    if not 45 <= len(last) <= 130:
        return False
    first = line.lstrip()[:1]
    if len(last) > 90:
        return last[-1] not in '.!?:"' and first.islower()
    return last[-1] not in '.!?:"' or first.islower() or (before.isupper() and "\n" in before)


def title_twice(text: str) -> int:
    """Where a title ends that stands twice at the beginning of a text with no more than a date between, 0 if none does: the end
    of the second, or of what stands before it where it goes on as a sentence."""
    words = list(islice(WORD.finditer(text), 2 * MOST_OF_TITLE + MOST_OF_DATE))
    low = [match.group().lower() for match in words]
    for again in range(LEAST_OF_TITLE, len(low) - LEAST_OF_TITLE + 1):
        if ENDS.search(text, 0, words[again].start()):
            return 0
        title = again
        while title > LEAST_OF_TITLE and (low[title - 1].isdigit() or low[title - 1] in DATED):
            title -= 1
        if low[:title] == low[again : again + title]:
            end = words[again + title - 1].end()
            return words[again - 1].end() if text[end : end + 2].strip()[:1].islower() else end
    return 0


def sentences(report: Report, text: str) -> list[Sentence]:
    """The article's sentences in order, headline first where the text has one."""
    found: list[Sentence] = []
    for number, (start, end, headline) in enumerate(paragraphs(report, text)):
        body = text[start:end].replace("\n", " ").replace("\r", " ")
        begin = 0
        for match in END.finditer(body):
            stop = match.end()
            if stop <= begin or _abbreviation(body, match.start(), begin):
                continue
            _add(found, start, begin, stop, body, number, headline)
            begin = stop
        _add(found, start, begin, len(body), body, number, headline)
    return found


def _abbreviation(body: str, dot: int, begin: int) -> bool:
    if body[dot] != ".":
        return False
    word = LAST_WORD.search(body[max(begin, dot - 12) : dot])
    if not word:
        return False
    name = word.group(1).lower().strip(".")
    if name == "no" and not body[dot + 1 : dot + 3].strip().isdigit():
        return False  # "Officials say no." ends a sentence, "No. 5" does not
    return name in ABBREVIATIONS or (len(name) == 1 and name.isalpha()) or bool(INITIALS.fullmatch(name))


def _add(
    found: list[Sentence], offset: int, begin: int, stop: int, body: str, number: int, headline: bool
) -> None:
    while begin < stop and body[begin].isspace():
        begin += 1
    while stop > begin and body[stop - 1].isspace():
        stop -= 1
    for cut in range(begin, stop, LONGEST):
        last = min(cut + LONGEST, stop)
        found.append(Sentence(offset + cut, offset + last, body[cut:last], number, headline))


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Quotations inside one paragraph ``text[start:end]``.

    Marks are read by shape: one before a letter opens, one after a letter or punctuation closes. A closing
    mark with no opening one ends a quotation that went on after it was closed too early; it began where the
    last one ended. An unclosed one runs to the paragraph's end.
    """
    found: list[Quotation] = []
    opened: int | None = None
    last = start
    for match in re.finditer('"', text[start:end]):
        here = start + match.start()
        before = text[here - 1 : here] if here > start else " "
        after = text[here + 1 : here + 2] if here + 1 < end else " "
        opens = (not before.strip() or before in "([-") and bool(after.strip())
        closes = bool(before.strip()) and (not after.strip() or not after.isalnum())
        if opened is None and (opens or not closes):
            opened = here
        elif opened is not None and (closes or not opens):
            found.append(Quotation(opened, here + 1))
            opened, last = None, here + 1
        elif opened is None and closes:
            found.append(Quotation(found[-1].start if found else last, here + 1))
            if len(found) > 1:
                del found[-2]
            last = here + 1
    if opened is not None:
        found.append(Quotation(opened, end))
    return found
