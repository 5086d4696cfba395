"""Printing one incident, or one record, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from bearwitness.cli.reading import value_of
from bearwitness.cli.say import as_json, line, number, plain, shorten, table
from bearwitness.cli.words import OUTLET_ITSELF, page_words, speaker
from bearwitness.pages import shown
from bearwitness.pipeline.gather import outlet
from bearwitness.record import Capture, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bearwitness.pages import Fate
    from bearwitness.pipeline import Seen
    from bearwitness.provenance import Provenance
    from bearwitness.record import Assertion, Assessment, Cell, Claim, Dossier, Incident, Reason, Toll

SHORT_ID = 9
ANCHOR = 60
QUOTE = 160
TEXT = 400
DENIED = {
    "occurrence": "that it happened",
    "toll": "the toll",
    "civilian_status": "that civilians were hit or aimed at",
    "location": "having been there",
    "weapon": "the weapon",
    "target": "the target",
    "responsibility": "its part",
}


class _Index:
    """Claims, mentions and reports of a dossier by id, as words."""

    def __init__(self, dossier: Dossier) -> None:
        self.claims = {claim.id: claim for claim in dossier.claims}
        self.reports = {report.id: report for report in dossier.reports}
        self.mentions = {mention.id: mention for mention in dossier.mentions}
        self.fates = {fate.claim: fate for fate in dossier.fates}

    def told(self, claim: Claim) -> str:
        """A claim's exact words, and the report that carries them."""
        report = self.reports.get(claim.report)
        if report is None:
            return f"“{shorten(claim.words, QUOTE)}” (report not found)"
        page = report.page(claim.start)
        return f"“{shorten(claim.words, QUOTE)}” ({carrier(report)}{f', page {page}' if page else ''})"

    def mention(self, identifier: str) -> str:
        """A mention's id and words, and the outlet that tells it."""
        mention = self.mentions.get(identifier)
        report = self.reports.get(mention.report) if mention else None
        if mention is None or report is None:
            return identifier[:SHORT_ID]
        return f"{identifier[:SHORT_ID]} “{shorten(mention.anchor, ANCHOR)}” ({outlet(report)})"


def carrier(report: Report) -> str:
    """Where and when something was published."""
    return f"{outlet(report)}, {report.published or 'day not stated'}"


def head(dossier: Dossier) -> None:
    """What an incident is, its grade and its sources."""
    one, weighed = dossier.incident, dossier.assessment
    line((plain(one.title), "bold"))
    kind = one.kind.replace("_", " ")
    line(f"{one.id}  {kind}, {one.status}, {_where(one)}, {one.date or 'date not stated'}", indent=2)
    # A grade by rule says itself that responsibility is contested; a person's may not.
    says = weighed.grade_rule == "confirmed_accepted" or weighed.grade_rule.startswith("contested")
    contested = " Responsibility is contested." if weighed.contested and not says else ""
    line(f"grade: {weighed.grade}. {plain(weighed.grade_sentence)}{contested}", indent=2)
    _grades(weighed)
    independence = weighed.independence_sentence or weighed.independence.replace("_", " ")
    line(f"sources: {plain(independence)}", indent=2)
    if one.developing:
        line("developing: the reports say that the toll may change", indent=2)
    if dossier.as_of is not None:
        told = f"{len(dossier.reports):,} reports" if len(dossier.reports) != 1 else "one report"
        line(
            f"as of {dossier.as_of}: from {told} published by then; linking and judgements are today's",
            indent=2,
        )


def incident(dossier: Dossier) -> None:
    """An incident with its toll ledger, responsibility, joins, related incidents, reports and history."""
    one, weighed, index = dossier.incident, dossier.assessment, _Index(dossier)
    head(dossier)
    for toll in (weighed.killed, weighed.injured, *weighed.other):
        _toll(toll, index)
    _responsibility(weighed.responsibility, index)
    _joins(one, index)
    _related(one)
    _heading("Reports")
    for report in dossier.reports:
        line(
            f"{report.id[:SHORT_ID]}  {plain(carrier(report))}: {plain(report.title or 'no title')}", indent=2
        )
        line(plain(report.source), indent=13)
    _fates(dossier, index)
    _pages(dossier)
    _history(dossier)


def _grades(weighed: Assessment) -> None:
    """What the rules suggest beside a person's grade, and the grades before it."""
    for one in weighed.graded:
        after = f", before {one.before}" if one.before else ""
        given = one.grade or "as the rules suggest"
        line(f"{one.at}  {plain(one.by)} graded it {given}{after}: {plain(one.why)}", indent=4)
    if weighed.graded and weighed.suggested is not None:
        suggested = weighed.suggested
        line(f"the rules suggest {suggested.grade}: {plain(suggested.sentence)} [{suggested.rule}]", indent=4)


def _heading(words: str) -> None:
    line("")
    line((words, "bold"))


def _where(one: Incident) -> str:
    place = (one.place.name or one.place.words) if one.place else None
    return plain(", ".join(part for part in (one.site, place, one.country) if part)) or "place not stated"


def _toll(toll: Toll, index: _Index) -> None:
    known = (toll.low, toll.best, toll.high)
    said = f"low {number(toll.low)}, best {number(toll.best)}, high {number(toll.high)}"
    _heading(f"{toll.about.capitalize()}: {said if any(one is not None for one in known) else number(None)}")
    if toll.sentence:
        line(plain(toll.sentence), indent=2)
    if toll.shares:
        parts = ", ".join(f"{share.of} {number(share.best)}" for share in toll.shares)
        line(f"of them: {parts}", indent=2)
    _reasons(toll.counted, "counted", index)
    _reasons(toll.left_out, "left out", index)


def _reasons(reasons: Iterable[Reason], became: str, index: _Index) -> None:
    for reason in reasons:
        claim = index.claims.get(reason.claim)
        if claim is None:
            continue
        hedge = ", hedged" if claim.hedged else ""
        stance = "" if claim.stance == "asserts" else f", {claim.stance}"
        says = f"{value_of(claim)}{stance}{hedge}"
        line(
            (f"{became:<8}", "green" if became == "counted" else "yellow"),
            f"  {claim.id[:SHORT_ID]}  ",
            plain(says),
            indent=2,
        )
        line(f"{plain(speaker(claim))}: {plain(index.told(claim))}", indent=12)
        line((f"{plain(reason.sentence)} [{reason.code}]", "dim"), indent=12)
        if reason.claim in index.fates:
            line((plain(fate_words(index.fates[reason.claim], index.claims)), "yellow"), indent=12)


def _responsibility(rows: Iterable[Assertion], index: _Index) -> None:
    _heading("Who asserts and who denies")
    empty = True
    for row in rows:
        empty = False
        value = row.value or ("that it happened" if row.about == "occurred" else "the toll")
        line(f"{row.about}: {plain(value)} ({row.status})", indent=2)
        for cell in row.cells:
            own = " (of itself)" if cell.own else ""
            line(f"{does(cell)}: {plain(cell.speaker or OUTLET_ITSELF)}{own}", indent=6)
            for claim in cell.claims:
                if claim in index.claims:
                    held = index.claims[claim]
                    relayed = f", relayed by {', '.join(held.via)}" if held.via else ""
                    line(f"{claim[:SHORT_ID]}  {plain(index.told(held) + relayed)}", indent=10)
        if row.silent:
            line("silent: no word of its own was read", indent=6)
    if empty:
        line("Nothing is said of who did it, with what, or against what.", indent=2)


def does(cell: Cell) -> str:
    """What a party does with an assertion, and what it denies where that is not the assertion itself."""
    said = cell.word.replace("_", " ")
    other = [DENIED[what] for what in cell.denied if what != "responsibility"]
    return f"{said} ({', '.join(other)})" if other else said


def _joins(one: Incident, index: _Index) -> None:
    for title, joins in (("Held to be one event", one.joins), ("Kept apart", one.apart)):
        if not joins:
            continue
        _heading(title)
        for join in joins:
            line(plain(f"{index.mention(join.first)} and {index.mention(join.second)}"), indent=2)
            line(
                (f"{plain(join.sentence)} [{', '.join(join.reasons)}; by {plain(join.by)}]", "dim"), indent=6
            )


def _related(one: Incident) -> None:
    episode = [related for related in one.related if related.relation in ("episode", "part")]
    beside = [related for related in one.related if related not in episode]
    for title, found in (("Episode", episode), ("Related", beside)):
        if found:
            _heading(title)
        for related in found:
            relation = related.relation.replace("_", " ")
            line(f"{related.incident[:SHORT_ID]}  {relation}: {plain(related.sentence)}", indent=2)
        if found is episode and found:
            line(
                "A toll of the whole stands with the episode alone and is never counted in its parts.",
                indent=2,
            )


def fate_words(fate: Fate, claims: Mapping[str, Claim]) -> str:
    """What became of a claim that its page makes no more."""
    said = f"Stood in the edition of {fate.stood}, not in that of {fate.gone}."
    if instead := shown(fate.instead):
        return f"{said[:-1]}, which shows {instead} in the article's place."
    if fate.now is None:
        return said
    now = claims.get(fate.now)
    return f"{said} It now says {value_of(now) if now else 'something else'}."


def _fates(dossier: Dossier, index: _Index) -> None:
    if dossier.fates:
        _heading("No longer said by their pages")
        for fate in dossier.fates:
            claim = index.claims[fate.claim]
            says = f"{claim.about}: {value_of(claim)}, {speaker(claim)}: {index.told(claim)}"
            line(f"{claim.id[:SHORT_ID]}  {plain(says)}", indent=2)
            line((plain(fate_words(fate, index.claims)), "yellow"), indent=13)


def _pages(dossier: Dossier) -> None:
    told = [
        one for one in dossier.pages if len(one.editions) > 1 or any(s.state != "online" for s in one.spells)
    ]
    if told:
        _heading("Pages")
        for page in told:
            line(plain(page.address), indent=2)
            line(plain(page_words(page)), indent=6)


def _history(dossier: Dossier) -> None:
    if dossier.history:
        _heading("History")
        for event in dossier.history:
            line(f"{event.at}  {plain(event.sentence)}", indent=2)


def record(seen: Seen) -> None:
    """A single record: what kind it is, when it was kept, its fields, and what leads on from it."""
    one = seen.record
    line((f"{seen.kind} {one.id}", "bold"), f"  kept {seen.recorded_at}")
    fields = [
        (name, _value(name, getattr(one, name)))
        for name in one.__struct_fields__
        if name not in ("id", "problems")
    ]
    table("", ("field", "value"), fields)
    own = one.problems if isinstance(one, Capture | Report) else ()
    for problem in dict.fromkeys((*own, *seen.problems)):
        line(("problem ", "yellow"), f"{problem.code}: {plain(problem.sentence)}")
    if seen.provenance is not None and isinstance(one, Report):
        _provenance(one, seen.provenance)
    for words, identifiers in seen.leads.items():
        line(f"{words}: {', '.join(identifiers) if identifiers else 'none'}")


def _provenance(report: Report, found: Provenance) -> None:
    for credit in found.credits:
        whose = "the text is" if credit.whole else "in part"
        line(f"credits: {whose} {plain(credit.agency)}’s (“{plain(report.text[credit.start : credit.end])}”)")
    if found.first is not None:
        line(f"copies: one of {found.group:,} reports with this text; the first is {found.first[:SHORT_ID]}")
    for other in found.alike:
        where = f"{plain(other.outlet or 'outlet not known')}, {other.published or 'day not stated'}"
        if other.whole:
            line(
                f"copy  {other.report[:SHORT_ID]}  {where}: {other.alike:.0%} of the words of both", indent=2
            )
        else:
            words = shorten(report.text[other.start : other.end], ANCHOR)
            line(f"part  {other.report[:SHORT_ID]}  {where}: {other.words:,} words, “{words}”", indent=2)


def _value(name: str, value: object) -> str:
    if name == "text" and isinstance(value, str):
        return f"{len(value):,} characters: {shorten(value, TEXT)}"
    if value is UNSET:
        return "none"
    if value is None:
        return number(None) if name in ("low", "high") else "none"
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    return as_json(value)
