"""Dossiers and shelves: all that is known of one incident, or of one report, for those who show it."""

from __future__ import annotations

from datetime import date
from heapq import nsmallest
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from bearwitness import assess, review
from bearwitness.errors import InputError, LedgerError
from bearwitness.record import Claim, Dossier, Event, Judgement, Mention, Report, Shelf
from bearwitness.visit import address_of

from .pages import fates, histories, standing
from .provenance import Provenances
from .weighing import Brought, brought, case_of, last_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from bearwitness.pages import Spell
    from bearwitness.record import Assessment, Incident, Moment, Without
    from bearwitness.store import IncidentRow, Ledger

    from .pages import History

PAGE = 200
FOUND = {
    "gone": "was no longer online",
    "online": "was online again",
    "elsewhere": "was not there: its address led to another",
}
WAITING = frozenset(
    {"unread_language", "consent_wall", "login_wall", "error_page", "bot_check", "needs_scripts", "paywall"}
)
"""Problems of reports that are kept and not read, or not as the whole article."""


class Listed(msgspec.Struct, frozen=True):
    """One line of the incident list, and how many reports tell of the incident."""

    row: IncidentRow
    reports: int


def listed(ledger: Ledger, method: str = assess.DEFAULT, *, limit: int | None = None) -> Iterator[Listed]:
    """The incident list, latest date first, in pages so that memory stays flat."""
    given = 0
    while limit is None or given < limit:
        size = PAGE if limit is None else min(PAGE, limit - given)
        rows = ledger.incident_rows(method, limit=size, offset=given)
        for row in rows:
            incident = ledger.incident(row.id)
            told = ledger.get_many(incident.mentions).values() if incident else ()
            yield Listed(row, len({one.report for one in told if isinstance(one, Mention)}))
        given += len(rows)
        if len(rows) < size:
            return


class Waiting(msgspec.Struct, frozen=True):
    """A report that is kept and not read: its id, the code of the problem that says why, and what it is."""

    report: str
    code: str
    language: str | None
    title: str | None
    source: str


def waiting(ledger: Ledger) -> Iterator[Waiting]:
    """The reports that wait, in the order in which they were kept, streamed."""
    for report in ledger.reports():
        code = next((problem.code for problem in report.problems if problem.code in WAITING), None)
        if code is not None:
            yield Waiting(report.id, code, report.language, report.title, report.source)


def unsure(ledger: Ledger, *, most: int) -> list[tuple[Claim, Report]]:
    """The claims that no person has judged and that the reader is least sure of, surest last; ``most`` at most.

    How sure it is of a claim is the least of how sure it is of the claim and of its speaker; what a rule found, without
    a chance of its own, is not among them.
    """
    judged = {subject for one in ledger.records(Judgement) for subject in one.subject}
    waiting = (
        (sureness, claim.id, claim, report)
        for report, reading in ledger.readings()
        for claim in reading.claims
        if claim.id not in judged and (sureness := how_sure(claim)) is not None
    )
    return [(claim, report) for _, _, claim, report in nsmallest(most, waiting, key=lambda one: one[:2])]


def how_sure(claim: Claim) -> float | None:
    """The least of a claim's confidences; ``None`` where it has none."""
    known = [chance for chance in (claim.confidence, claim.speaker_confidence) if chance is not None]
    return min(known, default=None)


class _Judgements:
    """Judgements by what they are about."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._by_subject: dict[str, list[Judgement]] = {}
        for judgement in judgements:
            for subject in judgement.subject:
                self._by_subject.setdefault(subject, []).append(judgement)

    def on(self, subjects: Iterable[str]) -> tuple[Judgement, ...]:
        """Those about any of ``subjects``, in the order they were made."""
        found = {one.id: one for subject in subjects for one in self._by_subject.get(subject, ())}
        return tuple(sorted(found.values(), key=lambda one: (one.at, one.id)))


def dossiers(ledger: Ledger, method: str = assess.DEFAULT, *, beside: bool = False) -> Iterator[Dossier]:
    """Every incident with all that is known of it, one at a time, in the order of their ids; see ``dossier``."""
    judgements = _Judgements(ledger.records(Judgement))
    for incident in ledger.incidents():
        yield _dossier(ledger, incident, judgements, method, beside=beside)


def dossier(
    ledger: Ledger,
    identifier: str,
    method: str | None = None,
    *,
    beside: bool = False,
    as_of: str | None = None,
) -> Dossier:
    """All that is known of one incident, weighed by ``method`` (the default one, if none is named); ``LedgerError`` if
    there is no incident of that id.

    With ``beside`` also by all other methods, over time, and with each source left out. ``as_of`` (EDTF) gives what was
    published by the end of that day; ``InputError`` for a method or a day that does not exist, or if nothing was.
    """
    incident = ledger.incident(identifier)
    if incident is None:
        raise LedgerError(
            f"There is no incident {identifier}. Run bearwitness update, then bearwitness incidents."
        )
    method = method or assess.DEFAULT
    whole = _dossier(ledger, incident, _Judgements(ledger.records(Judgement)), method, beside=beside)
    return whole if as_of is None else _as_of(ledger, whole, method, as_of)


def _dossier(
    ledger: Ledger, incident: Incident, judgements: _Judgements, method: str, *, beside: bool
) -> Dossier:
    chosen = assess.chosen(method)
    records = brought(ledger, incident)
    mentions, claims, reports = records
    decided = judgements.on(records.names)
    assessment = ledger.assessment(incident.id, method)
    if assessment is None and method == assess.DEFAULT:
        raise LedgerError(f"The incident {incident.id} was not assessed. Run bearwitness rebuild.")
    others: tuple[Assessment, ...] = ()
    over_time: tuple[Moment, ...] = ()
    less: tuple[Without, ...] = ()
    if beside or assessment is None:
        case = case_of(ledger, incident, records, decided)
        ground = assess.Ground(case)
        assessment = assessment or assess.weigh(ground, chosen)
        if beside:
            others = tuple(one for one in assess.side_by_side(ground) if one.method != method)
            over_time = tuple(assess.moments(case, chosen))
            less = tuple(assess.without(ground, chosen))
    known = histories(ledger, reports)
    later = {edition.report for one in known.values() for edition in one.page.editions[1:]}
    return Dossier(
        incident=incident,
        assessment=assessment,
        mentions=mentions,
        claims=claims,
        reports=reports,
        judgements=decided,
        history=tuple(
            sorted(
                (*_history(ledger, reports, decided, claims, later), *_found(reports, known)),
                key=lambda event: (event.at, event.what, event.subject),
            )
        ),
        pages=tuple(history.page for history in known.values()),
        fates=tuple(fates(ledger, known, reports, claims)),
        others=others,
        moments=over_time,
        without=less,
    )


def _as_of(ledger: Ledger, whole: Dossier, method: str, words: str) -> Dossier:
    """What of a dossier was published by a day. Linking and people's judgements are as they are now."""
    day, chosen = last_day(words), assess.chosen(method)
    case = case_of(
        ledger, whole.incident, Brought(whole.mentions, whole.claims, whole.reports), whole.judgements
    )
    then = case.until(day)
    if then is None:
        raise InputError(f"Nothing was published of the incident {whole.incident.id} by {words}.")
    held = {claim.id for claim in then.claims}
    ground = assess.Ground(then)
    return msgspec.structs.replace(
        whole,
        assessment=assess.weigh(ground, chosen),
        mentions=tuple(one for one in whole.mentions if one.id in then.mentions),
        claims=tuple(one for one in whole.claims if one.id in held),
        reports=tuple(one for one in whole.reports if one.id in then.reports),
        fates=(),
        others=tuple(one for one in assess.side_by_side(ground) if one.method != method)
        if whole.others
        else (),
        moments=tuple(one for one in whole.moments if date.fromisoformat(one.day).toordinal() <= day),
        without=tuple(assess.without(ground, chosen)) if whole.others else (),
        as_of=words,
    )


def _history(
    ledger: Ledger,
    reports: Iterable[Report],
    decided: tuple[Judgement, ...],
    claims: Iterable[Claim],
    later: Collection[str],
) -> list[Event]:
    """When the ledger learned something of an incident, and what; also where judgements clash. ``later`` are
    reports that hold a later edition of a page."""
    told = list(reports)
    times = ledger.recorded_at_many(report.capture for report in told)
    events = [
        Event(
            at=times[report.capture],
            what="report",
            sentence=f"{'A later edition' if report.id in later else 'The report'} of {outlet(report)} was added.",
            subject=report.id,
        )
        for report in told
    ]
    events += [Event(at=one.at, what="judgement", sentence=sentence(one), subject=one.id) for one in decided]
    if decided:
        latest = max(one.at for one in decided)
        events += [
            Event(
                at=latest,
                what="judgement",
                sentence=f"Problem {problem.code}: {problem.sentence}",
                subject=problem.where,
            )
            for problem in review.apply(claims, decided).problems
        ]
    return events


def _found(reports: Iterable[Report], known: Mapping[str, History]) -> Iterator[Event]:
    """When visits found a page gone, elsewhere, or back again."""
    by_page = {address: report for report in reports if (address := address_of(report.source))}
    for address, history in known.items():
        report = by_page[address]
        for spell in _since(history.page.spells):
            words = FOUND[spell.state] + (", as a web archive says" if spell.told is True else "")
            yield Event(
                at=spell.first,
                what="page",
                sentence=f"The page of {outlet(report)} {words}.",
                subject=report.id,
            )


def _since(spells: Sequence[Spell]) -> Sequence[Spell]:
    """The spells without a first one in which the page was simply there."""
    return spells[1:] if spells and spells[0].state == "online" else spells


def outlet(report: Report) -> str:
    """Who published a report, or the host it was fetched from, or the name of its file."""
    if report.source.startswith(("http://", "https://")):
        return report.outlet or urlsplit(report.source).hostname or report.source
    return report.outlet or ("standard input" if report.source == "-" else PurePath(report.source).name)


def sentence(judgement: Judgement) -> str:
    """A judgement in words."""
    did = {
        "same": "held two mentions to be one event",
        "different": "held two mentions to be two events",
        "unsure": "could not tell whether two mentions are one event",
        "accept": "accepted a claim as read",
        "reject": "rejected a claim",
        "correct": "corrected a claim",
        "grade": f"graded it {judgement.correction.get('grade') or 'as the rules do'}",
    }[judgement.verdict]
    return f"{judgement.by} {did}: {judgement.why}"


def shelves(ledger: Ledger) -> Iterator[Shelf]:
    """Every report that was read, with what was read from it, one at a time.

    The problems of the reading stand beside those of the report. Of editions of a page that have one text, the first
    is given.
    """
    repeats = standing(ledger).repeats
    provenances = Provenances(ledger)
    for report, reading in ledger.readings():
        if report.id in repeats:
            continue
        problems = tuple(dict.fromkeys((*report.problems, *reading.problems)))
        yield Shelf(
            report=msgspec.structs.replace(report, problems=problems),
            mentions=reading.mentions,
            claims=tuple(sorted(reading.claims, key=_place)),
            incidents=ledger.incidents_of(mention.id for mention in reading.mentions),
            provenance=provenances.of(report),
        )


def _place(claim: Claim) -> tuple[int, int, str]:
    return claim.start, claim.end, claim.id
