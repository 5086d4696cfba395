"""What the page of one report shows: its text with the claims marked, and notes beside each paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from bearwitness.errors import PROBLEMS
from bearwitness.publish import dates, highlight, words
from bearwitness.publish.incident_view import Notes, Said
from bearwitness.publish.lines import Line
from bearwitness.record import COUNTS

if TYPE_CHECKING:
    from bearwitness.provenance import Alike
    from bearwitness.publish.names import Profile
    from bearwitness.record import Shelf


class Note(msgspec.Struct, frozen=True):
    """One claim beside the text: its number on the page, the claim and its incident."""

    number: int
    about: str
    stance: str
    group: str
    claim: Said
    incident: Line | None


class ReportLine(msgspec.Struct, frozen=True):
    """One report in the list of reports."""

    id: str
    title: str
    outlet: str
    when: dates.When
    language: str
    claims: int
    incidents: tuple[str, ...]
    problems: int


class Twin(msgspec.Struct, frozen=True):
    """Another report with words of this one, and what both have, in words."""

    id: str
    outlet: str
    when: dates.When
    shares: str


class ReportView(msgspec.Struct, frozen=True):
    """Everything the report page needs."""

    line: ReportLine
    blocks: tuple[highlight.Block, ...]
    notes: dict[str, Note]
    incidents: tuple[Line, ...]
    problems: tuple[tuple[str, str, str], ...]
    names_withheld: bool
    credits: tuple[str, ...]
    copies: str
    twins: tuple[Twin, ...]


def report_line(shelf: Shelf, notes: Notes) -> ReportLine:
    """What the list of reports says of one report."""
    report = shelf.report
    return ReportLine(
        id=report.id,
        title=notes.names.hide(report.title or _first_words(report.text)),
        outlet=notes.names.hide(words.outlet(report)),
        when=dates.read(report.published),
        language=words.LANGUAGE.get(report.language or "", report.language or "not known"),
        claims=len(shelf.claims),
        incidents=tuple(dict.fromkeys(shelf.incidents.values())),
        problems=len(report.problems),
    )


def view(shelf: Shelf, titles: dict[str, Line], profile: Profile, also: Iterable[str] = ()) -> ReportView:
    """The page of one report. ``titles`` holds the site's incidents by id, ``also`` more names to withhold."""
    report = shelf.report
    claims = sorted(shelf.claims, key=lambda claim: (claim.start, claim.end, claim.id))
    found = Notes(claims, [report], profile, also)
    numbered = {
        claim.id: Note(
            number=number,
            about=words.ABOUT[claim.about] if claim.about in COUNTS else words.ASSERTED[claim.about],
            stance=words.STANCE[claim.stance][0],
            group=words.GROUP[claim.group] if claim.group else "",
            claim=found.said(claim),
            incident=titles.get(shelf.incidents.get(claim.mention, "")),
        )
        for number, claim in enumerate(claims, 1)
    }
    incidents = dict.fromkeys(shelf.incidents.values())
    return ReportView(
        line=report_line(shelf, found),
        blocks=tuple(highlight.blocks(report, claims, found.names, full_text=profile.full_text)),
        notes=numbered,
        incidents=tuple(titles[name] for name in incidents if name in titles),
        problems=tuple(
            (p.code, found.names.hide(p.sentence), PROBLEMS.get(p.code, "")) for p in report.problems
        ),
        names_withheld=any(found.names.spans(report.text)),
        credits=tuple(
            found.names.hide(one.agency if one.whole else f"{one.agency} (in part)")
            for one in shelf.provenance.credits
        ),
        copies=_copies(shelf),
        twins=tuple(_twin(one, found) for one in shelf.provenance.alike),
    )


def _copies(shelf: Shelf) -> str:
    """Whether the text is one of several copies, and whether it is the first of them."""
    told = shelf.provenance
    if told.first is None:
        return ""
    which = "the first of them" if told.first == shelf.report.id else "not the first of them"
    return f"This is one of {told.group:,} reports with nearly the same text, {which}. Copies count as one origin."


def _twin(one: Alike, found: Notes) -> Twin:
    shares = (
        f"nearly the same text ({one.alike:.0%} of the words of both)"
        if one.whole
        else f"a passage of {one.words:,} words that both have"
    )
    outlet = found.names.hide(one.outlet or "outlet not known")
    return Twin(id=one.report, outlet=outlet, when=dates.read(one.published), shares=shares)


def _first_words(text: str) -> str:
    start = " ".join(text[:400].split())
    return (start[:90] + " …") if len(start) > 90 else start or "A report with no text"
