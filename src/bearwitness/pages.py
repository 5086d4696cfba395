"""A page of the web and what became of it: its versions in time, and when it was there and when not.

A page is what one address of the web gave. Each wording of it that was met is an edition; one edition is one report,
however often the page was met with it. ``docs/methods.md`` says how editions of one page count.

Instants are RFC 3339 in UTC, so that they sort as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from msgspec import UNSET, UnsetType

from bearwitness.identity import Value

NO_ARTICLE = {
    "error_page": "an error",
    "bot_check": "a check for robots",
    "needs_scripts": "what only scripts draw",
    "consent_wall": "a request for consent",
    "login_wall": "a login",
    "paywall": "a pay wall",
}
"""By the problem of its report, what an edition shows in the place of the article, or of the rest of it."""


class Version(NamedTuple):
    """Which page a report is an edition of, and its rank among them: the one met last has the highest."""

    page: str
    rank: int
    last: bool
    """Whether no other edition was met later."""


class Edition(Value, frozen=True, kw_only=True):
    """One wording of a page: the report that holds it, when it was met first and last, and how many captures have it.

    ``instead`` is there where it shows something else in the article's place: a code of ``NO_ARTICLE``.
    """

    report: str
    first: str
    last: str
    captures: int
    instead: str | UnsetType = UNSET


class Spell(Value, frozen=True, kw_only=True):
    """A time in which every visit found the page in one state, from the first such visit to the last.

    ``elsewhere``: its address led to another one. ``told`` where it is the word of web archives alone, and nobody here
    visited it then.
    """

    state: Literal["online", "gone", "elsewhere"]
    first: str
    last: str
    told: bool | UnsetType = UNSET


class Page(Value, frozen=True, kw_only=True):
    """One page of the web. ``editions`` are in the order in which they were first met, ``spells`` in order of time;
    one of a page that only came out of archives is their word (see ``Spell``)."""

    address: str
    editions: tuple[Edition, ...]
    spells: tuple[Spell, ...] = ()

    @property
    def last_seen(self) -> str:
        """When it was last met with content, or empty."""
        met = [edition.last for edition in self.editions]
        return max([*met, *(spell.last for spell in self.spells if spell.state == "online")], default="")

    @property
    def state(self) -> str:
        """How the last visits that learned anything found it: ``online``, ``gone`` or ``elsewhere``."""
        return self.spells[-1].state if self.spells else "online"


class Fate(Value, frozen=True, kw_only=True):
    """A claim that its page no longer makes: it stood there at ``stood`` and no more at ``gone``.

    ``changed``: the page then says something else in its place, the claim ``now``. ``not_told``: the page then showed
    something else in the article's place, ``instead``, a code of ``NO_ARTICLE``.
    """

    claim: str
    became: Literal["vanished", "changed", "not_told"]
    stood: str
    gone: str
    now: str | None = None
    instead: str | UnsetType = UNSET


def instead_of(codes: Iterable[str]) -> str | UnsetType:
    """What a report whose problems have these codes shows in the article's place, one of ``NO_ARTICLE``; unset if it
    shows the article."""
    return next((code for code in codes if code in NO_ARTICLE), UNSET)


def shown(instead: str | UnsetType) -> str:
    """In words what is shown in the article's place ("an error"); empty if the article is."""
    return NO_ARTICLE.get(instead, "") if isinstance(instead, str) else ""


def replaced(reports: Iterable[str], versions: Mapping[str, Version]) -> frozenset[str]:
    """Of ``reports``, which tell of one event, those in whose place a later edition of the same page tells of it too."""
    found = {report: versions[report] for report in set(reports) if report in versions}
    latest: dict[str, int] = {}
    for version in found.values():
        latest[version.page] = max(latest.get(version.page, version.rank), version.rank)
    return frozenset(report for report, version in found.items() if version.rank < latest[version.page])


def moved_on(reports: Iterable[str], versions: Mapping[str, Version]) -> frozenset[str]:
    """Of ``reports`` that stand for their page, those whose page tells of the event no more."""
    return frozenset(report for report in set(reports) if report in versions and not versions[report].last)
