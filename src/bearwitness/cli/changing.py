"""``changes``: what changed on pages of the web, and which are gone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bearwitness.cli.options import json_option, ledger_option, open_ledger
from bearwitness.cli.say import line, out_json, plain, plural, shorten

if TYPE_CHECKING:
    from msgspec import UnsetType

    from bearwitness.pipeline import PageChanges, Step

SHORT_ID = 9
QUOTE = 160
TEXT = 400
SENTENCES = 50


@click.command(short_help="Show what changed on pages of the web.")
@click.argument("what", required=False, metavar="[ADDRESS|ID]")
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=1), default=10, show_default=True,
    help="Show the last N changes of a page.",
)  # fmt: skip
@ledger_option
@json_option
def changes(what: str | None, limit: int, ledger: Path, as_json: bool) -> None:
    """Show how the page at ADDRESS (or of the report, claim, capture or visit ID) changed from edition to edition.

    Without one, list the pages that changed, and those that were gone when they were visited.
    """
    from bearwitness import pipeline
    from bearwitness.cli.words import page_words

    with open_ledger(ledger, read_only=True) as opened:
        if what is not None:
            found = pipeline.changes(opened, what, most=limit)
            out_json(found) if as_json else show_changes(found)
            return
        pages = pipeline.changed_pages(opened)
        if as_json:
            out_json(list(pages))
            return
        page = None
        for page in pages:
            line((plain(page.address), "bold"))
            line(plain(page_words(page)), indent=2)
        if page is None:
            line("No page changed, and none was gone.")


def show_changes(found: PageChanges) -> None:
    """One page: its editions, when it was there, and what changed from edition to edition."""
    from bearwitness.cli.words import page_words

    page = found.page
    line((plain(page.address), "bold"))
    line(plain(page_words(page)), indent=2)
    for edition in page.editions:
        captures = plural(edition.captures, "capture")
        line(f"{edition.report[:SHORT_ID]}  {edition.first} to {edition.last}, {captures}", indent=2)
        if instead := _shown(edition.instead):
            line(f"it shows {instead} ({edition.instead})", indent=2 + SHORT_ID + 2)
    for spell in page.spells:
        by = ", as a web archive says" if spell.told is True else ""
        line(f"{spell.state:<9}  {spell.first} to {spell.last}{by}", indent=2)
    if found.earlier:
        line(f"{plural(found.earlier, 'earlier change')} not shown: give a higher --limit")
    for step in found.steps:
        _step(step)


def _step(step: Step) -> None:
    from bearwitness.cli.reading import value_of
    from bearwitness.cli.words import speaker

    line("")
    line((f"{step.stood} → {step.gone}  ({step.before[:SHORT_ID]} → {step.after[:SHORT_ID]})", "bold"))
    for difference in step.differences:
        for mark, style, sentences in (("−", "red", difference.removed), ("+", "green", difference.added)):
            for words in sentences[:SENTENCES]:
                line((mark, style), f" {shorten(words, TEXT)}", indent=2)
            if len(sentences) > SENTENCES:
                line((mark, style), f" and {plural(len(sentences) - SENTENCES, 'more sentence')}", indent=2)
    if not step.differences:
        line("The article says the same; what stands beside it differs.", indent=2)
    for before, after in step.changed:
        says = f"{before.about}: {value_of(before)} → {value_of(after)}, {speaker(after)}"
        line(("changed   ", "yellow"), f"{before.id[:SHORT_ID]}  {plain(says)}", indent=2)
    if instead := _shown(step.instead):
        says = f"The page then showed {instead} ({step.instead}): what it does not tell was not taken back."
        line((says, "yellow"), indent=2)
    for word, style, claims in (
        ("vanished  ", "red", step.vanished),
        ("not told  ", "yellow", step.not_told),
        ("new       ", "green", step.new),
    ):
        for claim in claims:
            stance = "" if claim.stance == "asserts" else f" {claim.stance}"
            says = (
                f"{claim.about}{stance}: {value_of(claim)}, {speaker(claim)}: “{shorten(claim.words, QUOTE)}”"
            )
            line((word, style), f"{claim.id[:SHORT_ID]}  {plain(says)}", indent=2)


def _shown(instead: str | UnsetType) -> str:
    from bearwitness.pages import shown  # brings msgspec, which starting the command line does without

    return shown(instead)
