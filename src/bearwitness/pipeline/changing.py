"""What changed on pages of the web from one edition to the next, and which pages are gone, for those who ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET, UnsetType

from bearwitness.changes import Difference, between, differences
from bearwitness.errors import InputError
from bearwitness.pages import Page, instead_of
from bearwitness.record import Capture, Claim, Mention, Report
from bearwitness.visit import Hearsay, Visit, address_of

from .finding import find
from .pages import History

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bearwitness.store import Ledger

    from .pages import Turn


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """From one edition of a page (its report) to the next: when, the sentences that differ, and the claims.

    ``changed`` pairs the claims of the earlier edition with those that took their place. Where the later one shows
    something else in the article's place, ``instead`` (a code of ``pages.NO_ARTICLE``), claims that are not there are
    ``not_told``, and none has ``vanished``.
    """

    before: str
    after: str
    stood: str
    gone: str
    differences: tuple[Difference, ...]
    vanished: tuple[Claim, ...]
    changed: tuple[tuple[Claim, Claim], ...]
    new: tuple[Claim, ...]
    not_told: tuple[Claim, ...] = ()
    instead: str | UnsetType = UNSET


class PageChanges(msgspec.Struct, frozen=True, kw_only=True):
    """One page with its latest steps from edition to edition, and how many came before those."""

    page: Page
    steps: tuple[Step, ...]
    earlier: int


def changes(ledger: Ledger, what: str, *, most: int) -> PageChanges:
    """The page at an address, or of the capture, report, mention, claim or visit of an id, with its last ``most`` steps.

    Raises ``InputError`` for what is no page of the web in this ledger.
    """
    address = _address(ledger, what)
    history = History(ledger, address)
    if not history.known:
        raise InputError(f"{address} was never fetched and is in no archive that was added")
    turns = history.turns()
    return PageChanges(
        page=history.page,
        steps=tuple(_step(ledger, turn) for turn in turns[-most:]),
        earlier=max(0, len(turns) - most),
    )


def changed_pages(ledger: Ledger) -> Iterator[Page]:
    """Every page that was met in more than one edition, or that was gone when it was visited here or, as a web archive
    says, elsewhere, by address."""
    addresses = {visit.address for visit in ledger.records(Visit) if visit.outcome == "gone"}
    addresses |= {told.address for told in ledger.records(Hearsay) if told.gone}
    for page in ledger.pages_met_again():
        addresses.update(address_of(capture.source) or "" for capture in ledger.captures_of(page)[:1])
    for address in sorted(addresses):
        page_found = History(ledger, address).page
        if len(page_found.editions) > 1 or any(spell.state != "online" for spell in page_found.spells):
            yield page_found


def _address(ledger: Ledger, what: str) -> str:
    if (given := address_of(what)) is not None:
        return given
    record = ledger.get(find(ledger, what))
    if isinstance(record, Mention | Claim):
        record = ledger.get(record.report)
    source = record.source if isinstance(record, Capture | Report) else None
    address = record.address if isinstance(record, Visit) else address_of(source or "")
    if address is None:
        raise InputError(
            f"{what} does not come from a page of the web: give an address, or the id of one that does"
        )
    return address


def _step(ledger: Ledger, turn: Turn) -> Step:
    before, after = ledger.get(turn.before), ledger.get(turn.after)
    assert isinstance(before, Report)
    assert isinstance(after, Report)
    earlier = {claim.id: claim for claim in ledger.claims_of(before.id)}
    later = {claim.id: claim for claim in ledger.claims_of(after.id)}
    became = between(before, list(earlier.values()), after, list(later.values()))
    instead = instead_of(problem.code for problem in after.problems)
    left = tuple(earlier[id] for id in became.vanished)
    return Step(
        before=before.id,
        after=after.id,
        stood=turn.stood,
        gone=turn.gone,
        differences=tuple(differences(before, after)),
        vanished=() if instead else left,
        changed=tuple((earlier[id], later[now]) for id, now in became.changed.items()),
        new=tuple(later[id] for id in became.new),
        not_told=left if instead else (),
        instead=instead,
    )
