"""What the page of one incident shows, worked out from its dossier: values for a template, no HTML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from bearwitness.pages import shown as in_place
from bearwitness.publish import dates, words
from bearwitness.publish.names import Names, Profile
from bearwitness.record import COUNTS, canonical, digest

if TYPE_CHECKING:
    from bearwitness.pages import Fate
    from bearwitness.record import Assertion, Claim, Dossier, Report, Toll


class Said(msgspec.Struct, frozen=True):
    """One claim as a row: what, who, in which words, carried by whom, and what became of it."""

    id: str
    what: str
    detail: str
    stance: str
    hedged: bool
    speaker: str
    role: str
    via: tuple[str, ...]
    quote: str
    report: str
    outlet: str
    published: str
    page: int | None = None
    low: float | None = None
    high: float | None = None
    counted: bool | None = None
    code: str = ""
    why: str = ""
    fate: str = ""


class Row(msgspec.Struct, frozen=True):
    """One statement in the ledger with all who carry it: copies are not confirmation, so they share a row."""

    said: Said
    carriers: tuple[Said, ...]


class TollView(msgspec.Struct, frozen=True):
    """One category's range, its bar (low, best, high) and its ledger."""

    about: str
    label: str
    known: bool
    figure: str
    before: str
    digits: str
    after: str
    low: str
    best: str
    high: str
    sentence: str
    codes: tuple[str, ...]
    bar: tuple[int | None, int | None, int | None]
    top: int
    rows: tuple[Row, ...]
    claims: int


class MatrixCell(msgspec.Struct, frozen=True):
    """What one party says on one assertion; ``stance`` is empty where it is silent."""

    party: str
    stance: str
    mark: str
    own: bool
    quotes: tuple[Said, ...]
    denied: str = ""


class MatrixRow(msgspec.Struct, frozen=True):
    """One assertion with a cell for every party."""

    label: str
    value: str
    status: str
    status_words: str
    cells: tuple[MatrixCell, ...]
    silent: bool = False


class Notes:
    """Turns the claims of one dossier into rows, with names withheld."""

    def __init__(
        self,
        claims: Iterable[Claim],
        reports: Iterable[Report],
        profile: Profile,
        also: Iterable[str] = (),
        fates: Iterable[Fate] = (),
    ) -> None:
        self.claims = {claim.id: claim for claim in claims}
        self.fates = {fate.claim: fate for fate in fates}
        self.reports = {report.id: report for report in reports}
        self.names = Names(self.claims.values(), profile, also)
        self.sources = {r.source: words.source(r.source)[0] for r in self.reports.values()}

    def hide(self, text: str) -> str:
        """``text`` without withheld names and without the folders that reports came from."""
        for address, shown in self.sources.items():
            text = text.replace(address, shown) if address else text
        return self.names.hide(text)

    def said(self, claim: Claim, counted: bool | None = None, code: str = "", why: str = "") -> Said:
        """One claim as a row."""
        report = self.reports.get(claim.report)
        speaker = claim.speaker
        when = report.published_at(claim.start) if report else None
        return Said(
            id=claim.id,
            what=self.what(claim),
            detail=self._detail(claim),
            stance=claim.stance,
            hedged=claim.hedged,
            speaker=self.names.speaker(speaker) if speaker else "",
            role=words.ROLE[speaker.role] if speaker else "",
            via=tuple(self.names.hide(name) for name in claim.via),
            quote=self.names.hide(claim.words),
            report=claim.report,
            outlet=self.names.hide(words.outlet(report)) if report else "report not kept here",
            published=dates.read(when).words if when else "",
            page=report.page(claim.start) if report else None,
            low=claim.low,
            high=claim.high,
            counted=counted,
            code=code,
            why=self.hide(why),
            fate=self._fate(claim),
        )

    def _fate(self, claim: Claim) -> str:
        """That the claim's page makes it no more, and what it says in its place."""
        fate = self.fates.get(claim.id)
        if fate is None:
            return ""
        if instead := in_place(fate.instead):
            return (
                f"Its page said so on {words.instant(fate.stood)}, and on {words.instant(fate.gone)} showed "
                f"{instead} in the article's place."
            )
        now = self.claims.get(fate.now or "")
        then = f" It then said: {self.what(now)}." if now else ""
        return f"Its page said so on {words.instant(fate.stood)}, and no more on {words.instant(fate.gone)}.{then}"

    def what(self, claim: Claim) -> str:
        """The claim's figure or value in words."""
        if claim.about in COUNTS:
            return words.claimed(claim)
        return self.names.hide(claim.value or "")

    def _detail(self, claim: Claim) -> str:
        parts = [self.names.whom(claim)] if claim.whom else []
        if claim.number_kind == "vague":
            parts.append("a vague word")
        if claim.part_of:
            parts.append("part of a larger figure")
        if claim.value_class and claim.value_class != claim.value:
            parts.append(f"a kind of {claim.value_class}" if claim.about == "weapon" else claim.value_class)
        return ", ".join(part for part in parts if part)


def version(dossier: Dossier) -> str:
    """What names this state of the incident: it changes when the incident or its assessment does."""
    return digest(canonical([dossier.incident, dossier.assessment]))[:12]


def toll(found: Toll, notes: Notes, claims: Iterable[Claim], top: int) -> TollView:
    """One toll with its ledger, in the order: counted, left out, not weighed. ``top`` ends the bar's scale."""
    known = not (found.low is None and found.best is None and found.high is None)
    rows = _ledger(found, notes, claims)
    figure = words.toll(found)
    return TollView(
        about=found.about,
        label=words.ABOUT[found.about],
        known=known,
        figure=figure,
        before="at least"
        if figure.startswith("at least ")
        else "up to"
        if figure.startswith("up to ")
        else "",
        digits=figure.removeprefix("at least ").removeprefix("up to ").removesuffix(" or more"),
        after="or more" if figure.endswith(" or more") else "",
        low=_number(found.low),
        best=_number(found.best),
        high=_number(found.high) + (" or more" if found.high is not None and found.open_high else ""),
        sentence=notes.hide(found.sentence),
        codes=found.reasons,
        bar=(found.low, found.best, found.high),
        top=top,
        rows=rows,
        claims=sum(len(row.carriers) for row in rows),
    )


def _number(value: int | None) -> str:
    return "open" if value is None else f"{value:,}"


def _ledger(found: Toll, notes: Notes, claims: Iterable[Claim]) -> tuple[Row, ...]:
    rows: list[Said] = []
    seen: set[str] = set()
    for reasons, counted in ((found.counted, True), (found.left_out, False)):
        for reason in reasons:
            claim = notes.claims.get(reason.claim)
            if claim is not None and claim.id not in seen:
                seen.add(claim.id)
                rows.append(notes.said(claim, counted, reason.code, reason.sentence))
    rest = (claim for claim in claims if claim.about == found.about and claim.id not in seen)
    rows += [notes.said(claim, None, "", "The method gives no reason for this claim.") for claim in rest]
    same: dict[tuple[object, ...], list[Said]] = {}
    for row in rows:
        key = (
            row.what,
            row.detail,
            row.stance,
            row.hedged,
            row.speaker,
            row.via,
            row.quote,
            row.counted,
            row.code,
            row.why,
        )
        same.setdefault(key, []).append(row)
    return tuple(Row(said=group[0], carriers=tuple(group)) for group in same.values())


def scale_end(tolls: Iterable[Toll], claims: Iterable[Claim]) -> int:
    """The largest figure anyone gives, which ends the scale of all bars of a page."""
    figures = [n for found in tolls for n in (found.low, found.best, found.high) if n is not None]
    figures += [
        n for claim in claims if claim.about in COUNTS for n in (claim.low, claim.high) if n is not None
    ]
    return round_up(max(figures, default=1))


def round_up(figure: int) -> int:
    """A round number above ``figure`` for the end of a scale, so that no bar touches it."""
    size = 10 ** max(len(str(figure)) - 1, 0)
    steps = (n * size // 2 for n in range(2, 23) if n * size % 2 == 0)
    return max(next((step for step in steps if step >= figure * 1.1), figure + 1), 5)


def disputed(row: Assertion) -> bool:
    """Whether an assertion belongs into the matrix: who did it, whether it happened, or anything denied."""
    return row.about not in ("weapon", "target") or any(cell.stance != "asserts" for cell in row.cells)


def matrix(rows: Iterable[Assertion], notes: Notes) -> tuple[tuple[str, ...], tuple[MatrixRow, ...]]:
    """The parties, in the order they are first heard, and one row for each assertion."""
    rows = tuple(rows)
    parties = list(dict.fromkeys(cell.speaker for row in rows for cell in row.cells))
    names = {party: _party(party, rows, notes) for party in parties}
    built = []
    for row in rows:
        cells = []
        for party in parties:
            found = [cell for cell in row.cells if cell.speaker == party]
            quotes = [notes.said(notes.claims[c]) for cell in found for c in cell.claims if c in notes.claims]
            stances = list(dict.fromkeys(cell.word for cell in found))
            denied = sorted({what for cell in found for what in cell.denied})
            cells.append(
                MatrixCell(
                    party=names[party],
                    stance=" and ".join(words.STANCE[stance][0] for stance in stances),
                    mark="".join(words.STANCE[stance][1] for stance in stances),
                    own=any(cell.own for cell in found),
                    quotes=tuple(quotes),
                    denied=", ".join(words.DENIED[what] for what in denied if what != "responsibility"),
                )
            )
        built.append(
            MatrixRow(
                label=words.ASSERTED.get(row.about, words.ABOUT[row.about]),
                value=notes.names.hide(row.value or ""),
                status=row.status,
                status_words=words.ASSERTION_STATUS[row.status],
                cells=tuple(cells),
                silent=row.silent,
            )
        )
    return tuple(names.values()), tuple(built)


def _party(party: str | None, rows: tuple[Assertion, ...], notes: Notes) -> str:
    if party is None:
        return "The outlet itself, naming no one"
    for row in rows:
        for cell in row.cells:
            for claim in (notes.claims.get(name) for name in cell.claims if cell.speaker == party):
                if (
                    claim is not None
                    and claim.speaker is not None
                    and party in (claim.speaker.words, claim.speaker.full)
                ):
                    return notes.names.speaker(claim.speaker)
    return notes.names.hide(party)


def other_claims(dossier: Dossier, notes: Notes) -> tuple[Said, ...]:
    """Claims that stand in no toll and no matrix, so that none is dropped."""
    tolls = {
        found.about
        for found in (dossier.assessment.killed, dossier.assessment.injured, *dossier.assessment.other)
    }
    shown = {name for row in dossier.assessment.responsibility for cell in row.cells for name in cell.claims}
    return tuple(
        notes.said(claim) for claim in dossier.claims if claim.about not in tolls and claim.id not in shown
    )
