"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bearwitness.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bearwitness.store import Ledger

VARIABLE = "BEARWITNESS_LEDGER"
DEFAULT = "ledger"
PROCESSES = "BEARWITNESS_PROCESSES"
MOST_PROCESSES = 8
F = TypeVar("F", bound="Callable[..., Any]")


def _chosen(context: click.Context, _parameter: click.Parameter, value: str | None) -> Path:
    return Path(value or context.obj or os.environ.get(VARIABLE) or DEFAULT)


def ledger_option(command: F) -> F:
    """``--ledger DIR``, else what stands before the command, else the environment, else ``./ledger``."""
    return click.option(
        "--ledger",
        metavar="DIR",
        callback=_chosen,
        help=f"The ledger's folder.  [default: ${VARIABLE}, else ./{DEFAULT}]",
    )(command)


def json_option(command: F) -> F:
    """``--json``: for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


def columns_option(command: F) -> F:
    """``--columns``."""
    return click.option(
        "--columns",
        metavar="FIELD=COLUMN,...",
        help="Which columns of a table hold what: text=body,title=headline,published=day,outlet=paper,url=link.",
    )(command)


def given_options(command: F) -> F:
    """What the operator says of the reports: ``--published``, ``--outlet``, ``--title``."""
    for option in (
        click.option("--title", metavar="TEXT", help="The title of the report."),
        click.option("--outlet", metavar="NAME", help="Who published the reports."),
        click.option(
            "--published", metavar="DATE", help="When they were published: 2020-10-17, 2020-10 or 2020."
        ),
    ):
        command = option(command)
    return command


def open_ledger(folder: Path, *, read_only: bool = False, mend: bool = False) -> Ledger:
    """Open the ledger, or say how to make one. ``mend`` opens one whose derived part is damaged."""
    from bearwitness.store import Ledger

    if not folder.exists():
        raise LedgerError(f"there is no ledger at {folder}: make one with bearwitness init --ledger {folder}")
    return Ledger.open(folder, read_only=read_only, mend=mend)


def processes() -> int:
    """How many processes read: as many as there are processors, or what the environment says."""
    try:
        return max(1, int(os.environ[PROCESSES]))
    except (KeyError, ValueError):
        return min(len(os.sched_getaffinity(0)), MOST_PROCESSES)
