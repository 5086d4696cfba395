"""Reading many short texts once: what the current reader made of them is kept under build/readings.

A file for each reader and data set, one JSON object a line, appended as texts are read, so that a run that was cut
short goes on where it stopped. The texts themselves are never written there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from common import ROOT

from bearwitness import extract
from bearwitness.gazetteer import Gazetteer
from bearwitness.read import read
from bearwitness.record import Capture, Reading, Report, digest

KEPT = ROOT / "build/readings"


class Text(NamedTuple):
    """One text to read: its name in the data set, who published it and when (EDTF), its title and its words."""

    name: str
    words: str
    published: str | None = None
    outlet: str | None = None
    title: str | None = None


class Held(msgspec.Struct, frozen=True):
    """One line of a file of readings: the digest of all that was read, and what was read from it."""

    key: str
    reading: Reading


def report_of(text: Text) -> Report:
    """The report that the reading stage makes of a text."""
    data = text.words.encode()
    said = {"published": text.published, "outlet": text.outlet, "title": text.title}
    capture = Capture(
        sha256=digest(data),
        size=len(data),
        source=f"{text.name}.txt",
        media_type="text/plain",
        given={key: value for key, value in said.items() if value},
    )
    return read(data, capture)


def readings(data_set: str, texts: Iterable[Text]) -> Iterator[tuple[Report, Reading]]:
    """Each text's report and reading, in order; read now only where it was not before."""
    path = KEPT / f"{data_set}-{digest(extract.READER.encode())[:12]}.jsonl"
    decoder, held = msgspec.json.Decoder(Held), {}
    if path.is_file():
        for line in path.read_bytes().splitlines():
            if line.endswith(b"}"):  # the last line of a run that was cut short may be torn
                one = decoder.decode(line)
                held[one.key] = one.reading
    KEPT.mkdir(parents=True, exist_ok=True)
    gazetteer: Gazetteer | None = None
    with path.open("ab") as file:
        for text in texts:
            report = report_of(text)
            reading = held.get(report.id)
            if reading is None:
                gazetteer = gazetteer or Gazetteer.open()
                reading = extract.extract(report, gazetteer)
                file.write(msgspec.json.encode(Held(report.id, reading)) + b"\n")
            yield report, reading
