"""The static site: pages, feed, map and data files, written whole beside the old ones and then put in place.

Dossiers and shelves come as iterators and are not held: dossiers pass through a temporary file, since a page
names incidents that come later, and only a line about each stays in memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from bearwitness.publish import folder as folders
from bearwitness.publish import maps, pages, report_view, tables, timeline, totals
from bearwitness.publish.lines import Line, line
from bearwitness.publish.names import Names, Profile
from bearwitness.record import Dossier, Shelf
from bearwitness.totals import Totals

ROWS = 200  # incidents or reports listed on one page
FEED = 30  # entries in the feed
NAME = "A record of reported harm"

Progress = Callable[[str], None]
Row = TypeVar("Row")


class SiteSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What was published and where."""

    folder: Path
    index: Path
    incidents: int
    reports: int
    claims: int
    pages: int
    size: int


def site(
    dossiers: Iterable[Dossier],
    shelves: Iterable[Shelf],
    folder: Path,
    *,
    made: str,
    name: str = NAME,
    profile: Profile | None = None,
    reasons: Mapping[str, str] | None = None,
    methods: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> SiteSummary:
    """Publish a site of ``dossiers`` (incident pages) and ``shelves`` (report pages) into ``folder``.

    ``made`` is the instant of publication (RFC 3339), shown on the pages; nothing else in them depends on the
    clock, so the same input gives the same bytes. ``reasons`` says in a sentence what each reason code of the
    assessments means, ``methods`` what each method of counting does. ``progress`` is called with the name of each file written.
    Everything is written to a folder beside ``folder`` that then takes its place. Raises ``InputError`` if
    ``folder`` holds anything that is not an earlier site of ours, and ``MissingExtra`` without map shapes.
    """
    chosen = profile or Profile()
    with folders.replaced(folder) as new, _spool(dossiers) as spooled:
        press = pages.Press(
            new, made=made, name=name, profile=chosen, reasons=reasons, methods=methods, progress=progress
        )
        met = totals.Met()
        sums = Totals()
        lines = _incident_lines(spooled(), chosen, made, met, sums)
        titles = {found.id: found for found in lines}
        for dossier in spooled():
            press.incident(dossier, titles)
        report_lines = [_report(shelf, press, titles, met) for shelf in shelves]
        _lists(press, lines, report_lines)
        _front(press, lines, report_lines, met)
        press.totals(sums)
        press.method(met, lines)
        _data(press, spooled, chosen)
        press.assets()
    return SiteSummary(
        folder=folder,
        index=folder / "index.html",
        incidents=len(lines),
        reports=len(report_lines),
        claims=met.claims,
        pages=press.pages,
        size=press.size,
    )


@contextmanager
def _spool(dossiers: Iterable[Dossier]) -> Iterator[Callable[[], Iterator[Dossier]]]:
    """The dossiers in a temporary file that can be read as often as needed."""
    encode = msgspec.json.Encoder().encode
    decoder = msgspec.json.Decoder(Dossier)
    with tempfile.TemporaryFile() as file:
        for dossier in dossiers:
            file.write(encode(dossier) + b"\n")
        yield lambda: _read_back(file, decoder)


def _read_back(file: IO[bytes], decoder: msgspec.json.Decoder[Dossier]) -> Iterator[Dossier]:
    at = 0
    while True:
        # Another reader of the same file may have moved on between two of our lines.
        file.seek(at)
        row = file.readline()
        if not row:
            return
        at = file.tell()
        yield decoder.decode(row)


def _incident_lines(
    dossiers: Iterable[Dossier], profile: Profile, made: str, met: totals.Met, sums: Totals
) -> list[Line]:
    lines = []
    for dossier in dossiers:
        names = Names(dossier.claims, profile)
        met.dossier(dossier, names)
        totals.counted(sums, dossier, names)
        lines.append(line(dossier, profile, made))
    lines.sort(key=lambda found: found.id)
    lines.sort(key=lambda found: found.when.order, reverse=True)
    return lines


def _report(
    shelf: Shelf, press: pages.Press, titles: dict[str, Line], met: totals.Met
) -> report_view.ReportLine:
    met.shelf(shelf)
    return press.report(shelf, titles, met.names.get(shelf.report.id, ()))


def _lists(press: pages.Press, lines: Sequence[Line], reports: list[report_view.ReportLine]) -> None:
    reports.sort(key=lambda found: found.id)
    reports.sort(key=lambda found: found.when.order, reverse=True)
    for number, rows in enumerate(_parts(lines), 1):
        press.incident_list(rows, number, _count(lines), len(lines))
    for number, shown in enumerate(_parts(reports), 1):
        press.report_list(shown, number, _count(reports), len(reports))


def _count(rows: Sequence[object]) -> int:
    return max(1, -(-len(rows) // ROWS))


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, max(len(rows), 1), ROWS):
        yield rows[start : start + ROWS]


def _front(
    press: pages.Press, lines: Sequence[Line], reports: Sequence[report_view.ReportLine], met: totals.Met
) -> None:
    press.front(
        lines=lines,
        shown=lines[:ROWS],
        world=maps.front(lines),
        timeline=timeline.build(lines),
        figures=totals.headline(lines),
        reports=len(reports),
        met=met,
    )
    recent = sorted(lines, key=lambda found: found.id)
    recent.sort(key=lambda found: found.updated, reverse=True)
    press.feed(recent[:FEED])


def _data(press: pages.Press, spooled: Callable[[], Iterator[Dossier]], profile: Profile) -> None:
    for name, write in tables.FILES.items():
        with press.open(f"data/{name}") as file:
            write(spooled(), file, profile=profile)
