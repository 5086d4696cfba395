"""``export`` and ``publish``: what leaves a ledger, only when asked for."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

import click

from bearwitness.cli.meter import Meter
from bearwitness.cli.options import json_option, ledger_option, open_ledger
from bearwitness.cli.say import Guarded, line, note, out_json, plain, plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from bearwitness.pipeline import Profile, SiteSummary

F = TypeVar("F", bound="Callable[..., Any]")
FORMS = ("csv", "claims", "jsonl", "geojson")
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


def _profile(names: bool, excerpts: bool) -> Profile:
    from bearwitness.pipeline import Profile

    return Profile(include_names=names, full_text=not excerpts)


@click.command(short_help="Write incidents or claims for programs.")
@click.argument("form", type=click.Choice(FORMS))
@click.option(
    "-o", "--out", metavar="FILE", type=OUT, help="Write to FILE, replacing it.  [default: standard output]"
)
@click.option("--names", is_flag=True, help="Show names of private victims, witnesses and relatives.")
@ledger_option
def export(form: str, out: Path | None, names: bool, ledger: Path) -> None:
    """Write the incidents (csv, jsonl, geojson) or their claims (claims, a CSV) for other programs."""
    from bearwitness import pipeline

    profile = _profile(names, excerpts=False)
    with open_ledger(ledger, read_only=True) as opened, Meter() as meter:
        if out is not None:
            with pipeline.replacing(out) as file:
                count = pipeline.export(opened, form, file, profile=profile, progress=meter)
            note(f"{plural(count, 'incident')} written to {out}")
            return
        if sys.stdout.isatty():
            pipeline.export(
                opened, form, cast("IO[str]", Guarded(sys.stdout)), profile=profile, progress=meter
            )
            return
        file = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
        try:
            pipeline.export(opened, form, file, profile=profile, progress=meter)
        finally:
            file.detach()


@click.command(short_help="Publish a static site.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", metavar="TEXT", help="The title of the site.")
@_profile_options
@ledger_option
@json_option
def publish(folder: Path, name: str | None, names: bool, excerpts: bool, ledger: Path, as_json: bool) -> None:
    """Publish the ledger as a static site in FOLDER, which opens without a network.

    An earlier site in FOLDER is replaced whole; a folder with anything else in it is left alone.
    """
    from bearwitness import pipeline

    profile = _profile(names, excerpts)
    with open_ledger(ledger, read_only=True) as opened, Meter() as meter:
        summary = pipeline.publish(opened, folder, name=name, profile=profile, progress=meter)
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
