"""``compare``: somebody else's event file beside the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import click

from bearwitness.cli.giving import OUT, output
from bearwitness.cli.looking import SHORT_ID, three
from bearwitness.cli.meter import Meter
from bearwitness.cli.options import json_option, ledger_option, open_ledger
from bearwitness.cli.say import as_json as as_json_line
from bearwitness.cli.say import line, note, plain, plural, table
from bearwitness.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bearwitness.pipeline import Lone, Outcome, Summary

SHOWN = 20
AGREEMENT = ("agree", "near", "differ", "only_ours", "only_theirs", "neither")
HEADINGS = {
    "matched": "Matched",
    "possible": "Possible: for a person to tell",
    "also": "Likely an incident that has a row already",
    "only_theirs": "Only in the file",
    "only_ours": "Only in the ledger",
    "problems": "Wrong with the file",
}


@click.command(short_help="Compare an ACLED, UCDP or Airwars file with the incidents.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "form", type=click.Choice(("acled", "ucdp", "airwars")), help="Whose file it is, if its columns do not tell.")  # fmt: skip
@click.option("--method", metavar="NAME", help="Compare the figures of this method.  [default: that of the lists]")  # fmt: skip
@click.option("--from", "first", metavar="DATE", help="Leave out what was before that day, month or year.")
@click.option("--to", "last", metavar="DATE", help="Leave out what was after it.")
@click.option("--country", "countries", metavar="CODE", multiple=True, help="Only this country (two letters); may be given again.")  # fmt: skip
@click.option("--limit", metavar="N", type=click.IntRange(min=0), default=SHOWN, help=f"Show at most N of each kind.  [default: {SHOWN}]")  # fmt: skip
@click.option("--jsonl", "jsonl", is_flag=True, help="Print one JSON object for each row and incident, and the summary last.")  # fmt: skip
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV for a spreadsheet, one line for each row and incident.")  # fmt: skip
@click.option("-o", "--out", metavar="FILE", type=OUT, help="Write to FILE, replacing it.  [default: standard output]")  # fmt: skip
@ledger_option
@json_option
def compare(
    file: Path,
    form: str | None,
    method: str | None,
    first: str | None,
    last: str | None,
    countries: tuple[str, ...],
    limit: int,
    jsonl: bool,
    as_csv: bool,
    out: Path | None,
    ledger: Path,
    as_json: bool,
) -> None:
    """Compare FILE, of ACLED's, UCDP's or Airwars' events (CSV, JSON or Parquet), with the ledger's incidents: which row is
    which incident and why, what the two say alike and otherwise, and what one has and the other lacks.

    The file is only read. None of its rows becomes part of the ledger or of what it publishes. What this prints holds parts
    of the file: ACLED's licence forbids passing its rows on, UCDP's (CC BY 4.0) asks to be named.
    """
    if as_json + jsonl + as_csv > 1:
        raise InputError("--json, --jsonl and --csv are three forms of one thing: choose one")
    if out is not None and not (as_json or jsonl or as_csv):
        raise InputError("--out is for what programs read: add --csv, --jsonl or --json")
    from bearwitness import pipeline

    with open_ledger(ledger, read_only=True) as opened, Meter() as meter:
        found = pipeline.compare(
            opened,
            file,
            form=cast("Any", form),
            within=pipeline.scope(first, last, countries),
            progress=meter,
            **({"method": method} if method else {}),
        )
        if not (as_json or jsonl or as_csv):
            _show(found, limit)
            return
        with output(out) as stream:
            if as_csv:
                pipeline.comparison_csv(found, stream)
            elif jsonl:
                for one in found:
                    stream.write(as_json_line(one) + "\n")
            else:
                _write_json(found, stream)
    if out is not None:
        note(f"The comparison is in {out}")


def _write_json(found: Iterable[Outcome | Lone | Summary], stream: IO[str]) -> None:
    """One JSON object, written as it comes: rows, incidents, summary."""
    stream.write('{"rows":[')
    section, between = "row", ""
    for one in found:
        if one.what != section:
            stream.write("\n]")
            if section == "row":
                stream.write(',"incidents":[' + ("\n]" if one.what == "summary" else ""))
            section, between = one.what, ""
        if one.what == "summary":
            stream.write(f',"summary":{as_json_line(one)}}}\n')
        else:
            stream.write(f"{between}\n{as_json_line(one)}")
            between = ","


class _Shown:
    """The first few of each kind, and how many there are."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.kept: dict[str, list[Any]] = {}
        self.counts: dict[str, int] = {}

    def take(self, kind: str, one: Any) -> None:
        """Count one, and keep it if it is among the first."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self.counts[kind] <= self._limit:
            self.kept.setdefault(kind, []).append(one)

    def more(self, kind: str) -> None:
        """Say how many are not shown."""
        if (rest := self.counts[kind] - len(self.kept.get(kind, ()))) > 0:
            line((f"{rest:,} more: --limit N, or --jsonl for all", "dim"), indent=2)


def _show(found: Iterable[Outcome | Lone | Summary], limit: int) -> None:
    shown = _Shown(limit)
    summary: Any = None
    for one in found:
        if one.what == "summary":
            summary = one
            continue
        if one.what == "row" or one.status == "only_ours":
            shown.take(one.status, one)
        for problem in one.problems if one.what == "row" else ():
            shown.take("problems", problem)
    for kind, heading in HEADINGS.items():
        if kind in shown.counts:
            line((f"{heading} ({shown.counts[kind]:,})", "bold"))
            for one in shown.kept.get(kind, ()):
                _PRINT[kind](one)
            shown.more(kind)
            line("")
    _summary(summary)


def _problem(words: str) -> None:
    line(("problem ", "yellow"), plain(words), indent=2)


def _row(one: Outcome) -> None:
    where = ", ".join(part for part in (one.place, one.country) if part) or "place not stated"
    with_incident = f" = {one.incident[:SHORT_ID]}, confidence {one.confidence:.2f}" if one.incident else ""
    line((f"row {one.row} {plain(one.id)}{with_incident}", "bold" if one.incident else ""), indent=2)
    line(
        plain(f"{one.date}, {where}; {one.event_type or 'kind not stated'}; killed {three(*one.killed)}"),
        indent=6,
    )
    if one.also_row is not None:
        line(f"row {one.also_row} fits that incident better", indent=6)
    for status in ("agree", "near", "differ"):
        told = [field for field in one.fields if field.status == status]
        if told and status == "agree":
            line(("agree   ", "green"), ", ".join(field.field for field in told), indent=6)
        for field in told if status != "agree" else ():
            by = {"date": " days", "coordinates": " km"}.get(field.field, "")
            apart = f" ({field.by:+g}{by})" if field.by else ""
            line(
                (f"{status:<8}", "yellow" if status == "differ" else ""),
                plain(f"{field.field}: ours {field.ours}, theirs {field.theirs}{apart}"),
                indent=6,
            )
    if one.evidence:
        line((f"why     {plain(' '.join(part.sentence for part in one.evidence))}", "dim"), indent=6)


def _incident(one: Lone) -> None:
    line(plain(f"{one.incident[:SHORT_ID]}  {one.title}; killed {three(*one.killed)}"), indent=2)


def _summary(one: Summary) -> None:
    from bearwitness import pipeline

    line((f"{plain(one.file)}, read as {one.form}, beside the ledger by the method {one.method}", "bold"))
    for counts, words, what in (
        (one.rows, pipeline.ROW_WORDS, "row"),
        (one.incidents, pipeline.INCIDENT_WORDS, "incident"),
    ):
        for status, count in counts.items():
            if count:
                line(f"{plural(count, what):>20}  {status.replace('_', ' ')}: {words[status]}", indent=2)
    if one.share_of_rows_matched is not None:
        line(
            f"{one.share_of_rows_matched:.1%} of the rows of these times and countries are matched.", indent=2
        )
    if one.share_of_incidents_matched is not None:
        line(
            f"{one.share_of_incidents_matched:.1%} of the incidents that can be compared are matched.",
            indent=2,
        )
    if one.fields:
        rows = (
            (name, *(str(said.get(status, 0)) for status in AGREEMENT)) for name, said in one.fields.items()
        )
        table(
            "Matched pairs, field by field",
            ("field", *(status.replace("_", " ") for status in AGREEMENT)),
            rows,
        )
    tolls = (
        (
            name.replace("_", " "),
            f"{toll.events:,}",
            f"{toll.known:,}",
            *(f"{n:,}" for n in (toll.low, toll.best, toll.high)),
        )
        for name, toll in one.tolls.items()
    )
    table("Killed, added up", ("of", "events", "with a figure", "low", "best", "high"), tolls)
    line(
        "Lows are added to lows and highs to highs: outer bounds. Who adds up events adds up their errors too."
    )


_PRINT: dict[str, Callable[[Any], None]] = {
    "matched": _row,
    "possible": _row,
    "also": _row,
    "only_theirs": _row,
    "only_ours": _incident,
    "problems": _problem,
}
