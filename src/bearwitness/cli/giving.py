"""``export`` and ``publish``: what leaves a ledger, only when asked for."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

import click

from bearwitness.cli.meter import Meter
from bearwitness.cli.options import json_option, ledger_option, open_ledger
from bearwitness.cli.say import Guarded, line, note, out_json, plain, plural
from bearwitness.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bearwitness.pipeline import Profile, SiteSummary
    from bearwitness.store import Ledger

F = TypeVar("F", bound="Callable[..., Any]")
FORMS = ("csv", "claims", "jsonl", "geojson", "wacz")
OUT = click.Path(path_type=Path, dir_okay=False)


def _profile_options(command: F) -> F:
    for option in (
        click.option(
            "--excerpts", is_flag=True, help="Show only the paragraphs of a report that hold a claim."
        ),
        click.option("--names", is_flag=True, help="Show names of private victims, witnesses and relatives."),
    ):
        command = option(command)
    return command


def _unrecorded(command: F) -> F:
    return click.option(
        "--unrecorded",
        is_flag=True,
        help="Do not note in the ledger that this left it, for a ledger that may not be written to.",
    )(command)


def _profile(names: bool, excerpts: bool) -> Profile:
    from bearwitness.pipeline import Profile

    return Profile(include_names=names, full_text=not excerpts)


@click.command(short_help="Write incidents, claims or captures for others.")
@click.argument("form", type=click.Choice(FORMS))
@click.argument("identifiers", nargs=-1, metavar="[ID]...")
@click.option(
    "-o", "--out", metavar="FILE", type=OUT, help="Write to FILE, replacing it.  [default: standard output]"
)
@click.option("--names", is_flag=True, help="Show names of private victims, witnesses and relatives.")
@_unrecorded
@ledger_option
def export(
    form: str, identifiers: tuple[str, ...], out: Path | None, names: bool, unrecorded: bool, ledger: Path
) -> None:
    """Write the incidents (csv, jsonl, geojson), their claims (claims, a CSV) or the captures themselves (wacz, a web
    archive) for others. What is exported, when and to where is noted in the ledger.

    A web archive is of all captures, or of those behind each ID: a capture, report, mention, claim, visit or incident.
    """
    if form == "wacz" and out is None:
        raise InputError("a web archive is written to a file: name it with --out")
    if form != "wacz" and identifiers:
        raise InputError(f"{form} is of all incidents and takes no ids: only wacz does")
    with open_ledger(ledger, read_only=unrecorded) as opened, Meter() as meter:
        if form == "wacz" and out is not None:
            _web_archive(opened, out, identifiers, meter, unrecorded=unrecorded)
        else:
            _tables(opened, form, out, meter, names=names, unrecorded=unrecorded)


def _web_archive(
    ledger: Ledger, out: Path, identifiers: tuple[str, ...], meter: Meter, *, unrecorded: bool
) -> None:
    from bearwitness import pipeline

    captures = pipeline.captures_of(ledger, identifiers)
    with pipeline.replacing_bytes(out) as file:
        count = pipeline.web_archive(ledger, file, captures, meter)
    if not unrecorded:
        pipeline.note_export(ledger, "wacz", out.name, *pipeline.sum_of(out), captures=captures, names=True)
    note(f"{plural(count, 'capture')} written to {out}")


def _tables(
    ledger: Ledger, form: str, out: Path | None, meter: Meter, *, names: bool, unrecorded: bool
) -> None:
    from bearwitness import pipeline

    profile = _profile(names, excerpts=False)
    whole = False
    with output(out) as file:
        summed = pipeline.Summed(file)
        try:
            count = pipeline.export(ledger, form, cast("IO[str]", summed), profile=profile, progress=meter)
            whole = True
        finally:
            if not unrecorded and summed.size and (whole or out is None):
                to = out.name if out else "-"
                pipeline.note_export(ledger, form, to, summed.sha256, summed.size, names=names, whole=whole)
    if out is not None:
        note(f"{plural(count, 'incident')} written to {out}")


@contextmanager
def output(out: Path | None) -> Iterator[IO[str]]:
    """The file to write to: ``out``, or standard output."""
    from bearwitness import pipeline

    if out is not None:
        with pipeline.replacing(out) as file:
            yield file
    elif sys.stdout.isatty():
        yield cast("IO[str]", Guarded(sys.stdout))
    else:
        piped = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
        try:
            yield piped
        finally:
            piped.detach()


@click.command(short_help="Publish a static site.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", metavar="TEXT", help="The title of the site.")
@_profile_options
@_unrecorded
@ledger_option
@json_option
def publish(
    folder: Path,
    name: str | None,
    names: bool,
    excerpts: bool,
    unrecorded: bool,
    ledger: Path,
    as_json: bool,
) -> None:
    """Publish the ledger as a static site in FOLDER, which opens without a network.

    An earlier site in FOLDER is replaced whole; a folder with anything else in it is left alone. That it was published
    is noted in the ledger.
    """
    from bearwitness import pipeline

    profile = _profile(names, excerpts)
    with open_ledger(ledger, read_only=unrecorded) as opened, Meter() as meter:
        summary = pipeline.publish(opened, folder, name=name, profile=profile, progress=meter)
        if not unrecorded:
            pipeline.note_export(opened, "site", folder.name, *pipeline.sum_of(folder), names=names)
    if as_json:
        out_json(summary)
    else:
        show_site(summary)


def show_site(summary: SiteSummary) -> None:
    """Say what was published and how to open it."""
    line(
        f"The site has {plural(summary.pages, 'page')}: {plural(summary.incidents, 'incident')}, "
        f"{plural(summary.reports, 'report')}, {plural(summary.claims, 'claim')}."
    )
    line(f"Open it in a browser: {plain(summary.index.absolute().as_uri())}")
