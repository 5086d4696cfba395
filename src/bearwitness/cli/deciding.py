"""``judge``: a person's decisions, kept with who and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bearwitness.cli.meter import Meter
from bearwitness.cli.options import json_option, ledger_option, open_ledger
from bearwitness.cli.say import line, out_json, plain
from bearwitness.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bearwitness.record import Verdict

F = TypeVar("F", bound="Callable[..., Any]")
Correction = dict[str, str | int | bool | None]
WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
NUMBERS = ("low", "high")
GRADES = ("confirmed", "fair", "weak", "contested", "discounted")


@click.group(short_help="Decide: one event or two, right or misread.")
def judge() -> None:
    """Decide: are two mentions one event; does a claim hold as read; how an incident is graded.

    Nothing is overwritten: a judgement is added, the latest one counts, and unsure (for a pair), accept (for a claim)
    or "grade INCIDENT rules" takes an earlier one back. The incidents are derived anew at once.
    """


def _decision(command: F) -> F:
    for option in (
        json_option,
        ledger_option,
        click.option("--why", metavar="TEXT", required=True, help="Why you decide so."),
        click.option("--by", metavar="NAME", required=True, help="Who decides."),
    ):
        command = option(command)
    return command


def _decide(
    ledger: Path,
    verdict: Verdict,
    subject: tuple[str, ...],
    by: str,
    why: str,
    as_json: bool,
    correction: Correction | None = None,
) -> None:
    from bearwitness import pipeline

    with open_ledger(ledger) as opened, Meter() as meter:
        judged = pipeline.judge(
            opened, verdict, subject, by=by, why=why, correction=correction or {}, progress=meter
        )
    if as_json:
        out_json(judged)
        return
    line(
        f"Kept as {judged.judgement.id}: {verdict}, by {plain(by)}. What was shown: {plain(judged.judgement.shown)}"
    )
    for problem in judged.problems:
        line(("  problem ", "yellow"), plain(problem.sentence))
    if judged.before == judged.after:
        line(f"No mention changed its incident; tolls were computed anew ({', '.join(judged.after)}).")
    else:
        line(f"Before: {', '.join(judged.before)}. Now: {', '.join(judged.after)}.")


@judge.command()
@click.argument("one")
@click.argument("other")
@_decision
def same(one: str, other: str, by: str, why: str, ledger: Path, as_json: bool) -> None:
    """ONE and OTHER (mentions or incidents) are one event."""
    _decide(ledger, "same", (one, other), by, why, as_json)


@judge.command()
@click.argument("one")
@click.argument("other")
@_decision
def different(one: str, other: str, by: str, why: str, ledger: Path, as_json: bool) -> None:
    """ONE and OTHER (mentions or incidents) are two events."""
    _decide(ledger, "different", (one, other), by, why, as_json)


@judge.command()
@click.argument("one")
@click.argument("other")
@_decision
def unsure(one: str, other: str, by: str, why: str, ledger: Path, as_json: bool) -> None:
    """Nobody can tell whether ONE and OTHER are one event: leave it to the rules, and take an earlier word back."""
    _decide(ledger, "unsure", (one, other), by, why, as_json)


@judge.command()
@click.argument("claim")
@_decision
def accept(claim: str, by: str, why: str, ledger: Path, as_json: bool) -> None:
    """CLAIM is read rightly; takes an earlier rejection or correction back."""
    _decide(ledger, "accept", (claim,), by, why, as_json)


@judge.command()
@click.argument("claim")
@_decision
def reject(claim: str, by: str, why: str, ledger: Path, as_json: bool) -> None:
    """CLAIM is not what the report says: it counts nowhere, and stays visible."""
    _decide(ledger, "reject", (claim,), by, why, as_json)


@judge.command()
@click.argument("claim")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
@_decision
def correct(claim: str, changes: tuple[str, ...], by: str, why: str, ledger: Path, as_json: bool) -> None:
    """CLAIM was misread: set its fields, for example: low=12 high=12 (null for an open end)."""
    _decide(ledger, "correct", (claim,), by, why, as_json, corrections(changes))


@judge.command()
@click.argument("incident")
@click.argument("grade", metavar="GRADE", type=click.Choice((*GRADES, "rules")))
@_decision
def grade(incident: str, grade: str, by: str, why: str, ledger: Path, as_json: bool) -> None:
    """INCIDENT is confirmed, fair, weak, contested or discounted, whatever the rules suggest; rules: as they suggest."""
    _decide(ledger, "grade", (incident,), by, why, as_json, {"grade": None if grade == "rules" else grade})


def corrections(changes: tuple[str, ...]) -> Correction:
    """``FIELD=VALUE`` pairs as claim fields; numbers for counts, and the words true, false and null."""
    found: Correction = {}
    for change in changes:
        field, equals, value = change.partition("=")
        if not equals or not field:
            raise InputError(f"correction {change!r}: write it as FIELD=VALUE, for example low=12")
        if value in WORDS:
            found[field] = WORDS[value]
        elif field in NUMBERS:
            found[field] = _whole(field, value)
        else:
            found[field] = value
    return found


def _whole(field: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise InputError(f"correction {field}={value}: {field} is a whole number of persons, or null")
    return int(value)
