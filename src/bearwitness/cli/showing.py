"""Printing one incident, or one record, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bearwitness.cli.reading import value_of
from bearwitness.cli.say import line, number, plain, shorten, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bearwitness.pipeline import Seen
    from bearwitness.record import Assertion, Claim, Dossier, Incident, Reason, Toll

SHORT_ID = 9
QUOTE = 100
OUTLET_ITSELF = "(the outlet itself)"


class _Index:
    """Claims, mentions and reports of a dossier by id, as words."""

    def __init__(self, dossier: Dossier) -> None:
        self.claims = {claim.id: claim for claim in dossier.claims}
        self.reports = {report.id: report for report in dossier.reports}
        self.mentions = {mention.id: mention for mention in dossier.mentions}

    def outlet(self, claim: Claim) -> str:
        report = self.reports.get(claim.report)
        return (report.outlet or report.source) if report else "not stated"

    def published(self, claim: Claim) -> str:
        report = self.reports.get(claim.report)
        return (report.published if report else None) or "not stated"

    def mention(self, identifier: str) -> str:
        mention = self.mentions.get(identifier)
        report = self.reports.get(mention.report) if mention else None
        if mention is None or report is None:
            return identifier[:SHORT_ID]
        return f"{identifier[:SHORT_ID]} “{shorten(mention.anchor, 40)}” ({report.outlet or report.source})"


def speaker(claim: Claim) -> str:
    """Who says it, or that the outlet does; with those who relay it."""
    name = (claim.speaker.full or claim.speaker.words) if claim.speaker else OUTLET_ITSELF
    return f"{name} (relayed by {', '.join(claim.via)})" if claim.via else name


def incident(dossier: Dossier) -> None:
    """An incident with its toll ledger, responsibility, joins, related incidents, reports and history."""
    one, weighed, index = dossier.incident, dossier.assessment, _Index(dossier)
    line((plain(one.title), "bold"))
    line(
        f"  {one.id}  {_where(one)}  {one.date or 'date not stated'}  {one.kind.replace('_', ' ')}, {one.status}"
    )
    contested = "; responsibility is contested" if weighed.contested else ""
    line(f"  grade {weighed.grade} by {weighed.method}: {plain(weighed.grade_sentence)}{contested}")
    line(f"  sources: {plain(weighed.independence_sentence) or weighed.independence.replace('_', ' ')}")
    if one.developing:
        line("  developing: the reports say that the toll may change")
    line("")
    for toll in (weighed.killed, weighed.injured, *weighed.other):
        _toll(toll, index)
    _responsibility(weighed.responsibility, index)
    _joins(one, index)
    if one.related:
        line(("Related", "bold"))
        for related in one.related:
            line(
                f"  {related.incident[:SHORT_ID]}  {related.relation.replace('_', ' ')}: {plain(related.sentence)}"
            )
        line("")
    _reports(dossier)
    _history(dossier)


def _where(one: Incident) -> str:
    place = (one.place.name or one.place.words) if one.place else None
    return plain(", ".join(part for part in (one.site, place, one.country) if part)) or "place not stated"


def _toll(toll: Toll, index: _Index) -> None:
    known = (toll.low, toll.best, toll.high)
    if all(value is None for value in known):
        line((f"{toll.about.capitalize()}: not reported", "bold"))
    else:
        line(
            (
                f"{toll.about.capitalize()}: low {number(toll.low)}, best {number(toll.best)}, high {number(toll.high)}",
                "bold",
            )
        )
    if toll.sentence:
        line(f"  {plain(toll.sentence)}")
    rows = [*_reasons(toll.counted, "counted", index), *_reasons(toll.left_out, "left out", index)]
    if rows:
        table("", ("", "claim", "says", "speaker", "words", "outlet", "published", "why"), rows)
    line("")


def _reasons(reasons: Iterable[Reason], became: str, index: _Index) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for reason in reasons:
        claim = index.claims.get(reason.claim)
        told = _told(claim, index) if claim else ("", "", "", "", "")
        rows.append((became, reason.claim[:SHORT_ID], *told, f"{reason.sentence} [{reason.code}]"))
    return rows


def _told(claim: Claim, index: _Index) -> tuple[str, str, str, str, str]:
    hedge = ", hedged" if claim.hedged else ""
    stance = "" if claim.stance == "asserts" else f", {claim.stance}"
    return (
        f"{value_of(claim)}{stance}{hedge}",
        speaker(claim),
        f"“{shorten(claim.words, QUOTE)}”",
        index.outlet(claim),
        index.published(claim),
    )


def _responsibility(rows: Iterable[Assertion], index: _Index) -> None:
    cells = [
        (
            row.about,
            row.value or "that it happened",
            row.status,
            (cell.speaker or OUTLET_ITSELF) + (" (of itself)" if cell.own else ""),
            cell.stance,
            " / ".join(
                f"“{shorten(index.claims[claim].words, QUOTE)}” ({index.outlet(index.claims[claim])})"
                for claim in cell.claims
                if claim in index.claims
            ),
        )
        for row in rows
        for cell in row.cells
    ]
    line(("Who asserts and who denies", "bold"))
    if cells:
        table("", ("about", "what", "status", "speaker", "stance", "words"), cells)
    else:
        line("  Nothing is said of who did it, with what, or against what.")
    line("")


def _joins(one: Incident, index: _Index) -> None:
    for title, joins in (("Held to be one event", one.joins), ("Kept apart", one.apart)):
        if not joins:
            continue
        line((title, "bold"))
        for join in joins:
            line(f"  {index.mention(join.first)} and {index.mention(join.second)}")
            line(f"    {plain(join.sentence)} [{', '.join(join.reasons)}; {plain(join.by)}]")
        line("")


def _reports(dossier: Dossier) -> None:
    table(
        "Reports",
        ("report", "outlet", "published", "title", "source"),
        (
            (
                report.id[:SHORT_ID],
                report.outlet or "not stated",
                report.published or "not stated",
                report.title or "no title",
                report.source,
            )
            for report in dossier.reports
        ),
    )


def _history(dossier: Dossier) -> None:
    if dossier.history:
        line(("History", "bold"))
        for event in dossier.history:
            line(f"  {event.at}  {plain(event.sentence)}")


def record(seen: Seen) -> None:
    """A single record: what kind it is, when it was kept, its fields, and what leads on from it."""
    one = seen.record
    line((f"{seen.kind} {one.id}", "bold"), f"  kept {seen.recorded_at}")
    table(
        "", ("field", "value"), ((name, _value(name, getattr(one, name))) for name in one.__struct_fields__)
    )
    for words, identifiers in seen.leads.items():
        line(f"{words}: {', '.join(identifiers) if identifiers else 'none'}")


def _value(name: str, value: object) -> str:
    if name == "text" and isinstance(value, str):
        return f"{len(value):,} characters: {shorten(value, 400)}"
    if value is None:
        return "not reported" if name in ("low", "high") else "none"
    if isinstance(value, str | int | float):
        return str(value)
    from bearwitness.cli.say import as_json

    return as_json(value)
