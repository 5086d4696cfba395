"""From claims to figures: what each origin says of the whole, one report at a time.

A figure is one origin's number in one report. Parts, attackers, denials and rejected claims are set aside
here, each with its reason; groups told apart in one statement are added; later figures of an origin replace
its earlier ones. Nothing is ever added across reports.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .. import edtf, parties, review
from .attackers import WithAttacker
from .dying import later_died
from .scope import demographic, is_named, of_all
from .shot import Shot
from .terms import PLAIN, Terms

if TYPE_CHECKING:
    from ..record import About, Claim
    from .case import Case
    from .sides import Sides
    from .sources import Sources

Aside = list[tuple["Claim", str]]
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)]*\s|\n")
_AND = re.compile(r"\b(?:and|with|plus|while|also|besides|another)\b|&")
ANSWERABLE = frozenset({"state_authority", "local_official", "party_perpetrator_alleged", "claimant_group"})
"""Roles that speak for a side, so that what they count of the other's dead concedes it: a journalist's word does not."""
NARROW_GROUPS = frozenset({"combatant", "police"})


class Figure(NamedTuple):
    """What one origin says of the whole in one report, or one part of it. ``low`` is null for "up to", ``high`` for "at least"."""

    origin: str
    report: str
    published: str | None
    claims: tuple[Claim, ...]
    low: int | None
    high: int | None
    how: str | None = None  # a code, if more than one claim was put together

    @property
    def vague(self) -> bool:
        """Whether the number stands for a vague word."""
        return all(claim.number_kind == "vague" for claim in self.claims)

    @property
    def casualties(self) -> bool:
        """Whether killed and wounded were counted together: anything from none to all."""
        return self.low == 0 and bool(self.high)

    @property
    def exact(self) -> bool:
        """Whether it is one number that somebody gave."""
        return self.low is not None and self.low == self.high and not self.vague

    @property
    def hedged(self) -> bool:
        """Whether every claim in it is hedged."""
        return all(claim.hedged for claim in self.claims)

    @property
    def spoken(self) -> bool:
        """Whether somebody is named as saying it."""
        return any(claim.speaker is not None for claim in self.claims)

    @property
    def value(self) -> int:
        """The number it stands for when one must be named: its lower bound, or its upper one."""
        return self.low if self.low is not None else self.high or 0

    @property
    def top(self) -> int:
        """The largest number it names."""
        return self.high if self.high is not None else self.low or 0

    @property
    def narrow(self) -> bool:
        """Whether it counts soldiers or police alone."""
        return all(claim.group in NARROW_GROUPS for claim in self.claims)


def figures(
    case: Case, sources: Sources, sides: Sides, about: About, terms: Terms = PLAIN
) -> tuple[list[Figure], list[Figure], Aside]:
    """The figures of one category in force, those superseded, and the claims set aside with their codes."""
    aside: Aside = [
        (claim, _fallen(case, claim))
        for claim in case.claims
        if claim.about == about and (not review.stands(claim, case.rulings) or claim.report in case.replaced)
    ]
    said: list[Claim] = []
    felled: list[Claim] = []
    live = list(case.about(about))
    dead = later_died(case, live) if about == "injured" else frozenset()
    shot = Shot(case, about)
    civilians = _civilian_parts(live, sources) if terms.civilians else {}
    for claim in live:
        code = civilians[claim.id] if claim.id in civilians else _outside(claim, about, terms)
        if code is None and _answers(claim, live, sides):
            code = "denies_figure"
        if code is None and claim.id in dead:
            code = "later_died"
        if code is None and shot.number(claim) == 0:
            code = "all_died"
        if code is None:
            said.append(claim)
        elif code == "attacker_apart" and terms.attackers and not claim.part_of:
            felled.append(claim)
        else:
            aside.append((claim, code))
    if any(not case.background(claim) for claim in said):
        recalled = [claim for claim in said if case.background(claim) and claim.speaker is None]
        aside += [(claim, "background_unattributed") for claim in recalled]
        said = [claim for claim in said if claim not in recalled]
    within = WithAttacker(case, about)
    grouped: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in said:
        when = case.published(claim) or ""
        grouped.setdefault((sources.of[claim.id], claim.report, when), []).append(claim)
    found: list[Figure] = []
    for (origin, report, _), claims in sorted(grouped.items()):
        found += _compose(case, origin, report, claims, aside, terms, within, shot)
    found = _with_attackers(case, sources, found, felled, aside, terms, within, shot) if felled else found
    current, superseded = _in_force(found)
    # Where civilians are what is counted, they are all of them.
    forces = (
        not terms.civilians
        and about == "killed"
        and any(
            claim.group in NARROW_GROUPS and claim.stance == "asserts" and claim.high != 0 for claim in live
        )
    )
    return of_all(current, aside, forces=forces), superseded, aside


def _fallen(case: Case, claim: Claim) -> str:
    """Why a claim is not live."""
    if claim.report in case.replaced:
        return "earlier_edition"
    return "rejected" if claim.id in case.rulings.rejected else "proposed"


def _outside(claim: Claim, about: About, terms: Terms) -> str | None:
    """Why a claim gives no figure for the whole, or ``None``."""
    if claim.stance != "asserts":
        return "denies_figure" if claim.stance == "denies" else "doubts_figure"
    # Attackers are not among the victims; they may well be all who are detained.
    if claim.group == "attacker" and about != "detained":
        return "attacker_apart"
    if terms.civilians and claim.group == "combatant" and about != "detained":
        return "not_civilian"
    return "part_of_whole" if claim.part_of else None


def _answers(claim: Claim, live: list[Claim], sides: Sides) -> bool:
    """Whether the accused side counts nobody where others count victims: a denial in other words."""
    return sides.counts_nobody(claim) and any(
        other.stance == "asserts" and other.high != 0 and other.group != "attacker" and not other.part_of
        for other in live
    )


def _civilian_parts(live: list[Claim], sources: Sources) -> dict[str, str | None]:
    """Where civilians are counted and an origin tells how many of a mixed number were civilians, those are its figure:
    the parts without a code, the mixed numbers with the one they are left out for."""
    fates: dict[str, str | None] = {}
    for part in live:
        if not part.part_of or part.group != "civilian" or part.stance != "asserts" or demographic(part):
            continue
        for whole in live:
            mixed = not whole.part_of and whole.stance == "asserts" and whole.group in ("mixed", "combatant")
            if mixed and _beside(whole, part, sources):
                fates |= {part.id: None, whole.id: "not_civilian"}
    return fates


def _with_attackers(
    case: Case,
    sources: Sources,
    found: list[Figure],
    felled: list[Claim],
    aside: Aside,
    terms: Terms,
    within: WithAttacker,
    shot: Shot,
) -> list[Figure]:
    """``found`` with the attackers' dead of the same report added, or their dead alone where no others are told of."""
    by_report: dict[str, list[Claim]] = {}
    for claim in felled:
        by_report.setdefault(claim.report, []).append(claim)
    if not found:
        return [
            figure
            for claim in felled
            for figure in _compose(
                case, sources.of[claim.id], claim.report, [claim], aside, terms, within, shot
            )
        ]
    whole = {figure.report for figure in found if figure.exact and not within.any(figure.claims)}
    for report, claims in by_report.items():
        if report not in whole:
            aside += [(claim, "attacker_apart") for claim in claims]
    done, told = [], set()
    for figure in found:
        claims = [] if within.any(figure.claims) else by_report.get(figure.report, [])
        if not claims or not figure.exact:
            done.append(figure)
            continue
        most = max(claim.low or claim.high or 0 for claim in claims)
        # A claim has one fate, so it stands in the first figure of its report and is counted in all of them.
        first = () if figure.report in told else tuple(claims)
        told.add(figure.report)
        total = figure.value + most
        done.append(
            figure._replace(claims=figure.claims + first, low=total, high=total, how="attackers_added")
        )
    return done


def _in_force(found: list[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The figures that none supersedes, and the others. A figure supersedes another of the same origin and scope if it was
    certainly published later (T9). A count of killed and wounded together is of another scope than one of the killed."""
    scopes = [(figure.origin, figure.narrow, figure.casualties) for figure in found]
    when: dict[tuple[str, bool, bool], set[str | None]] = {}
    for figure, scope in zip(found, scopes, strict=True):
        when.setdefault(scope, set()).add(figure.published)
    current: list[Figure] = []
    superseded: list[Figure] = []
    for figure, scope in zip(found, scopes, strict=True):
        later = any(edtf.later(published, figure.published) for published in when[scope])
        (superseded if later else current).append(figure)
    return current, superseded


def _compose(
    case: Case,
    origin: str,
    report: str,
    claims: list[Claim],
    aside: Aside,
    terms: Terms,
    within: WithAttacker,
    shot: Shot,
) -> list[Figure]:
    """The figures that one origin gives in one report, or in parts of it published at one time."""
    published = case.published(claims[0])

    def number(claim: Claim) -> tuple[int | None, int | None]:
        left = shot.number(claim)
        return terms.number(claim) if left is None else (left, left)

    def figure(used: list[Claim], how: str | None = None) -> Figure:
        if how is None:
            low, high = number(used[0])
            if (low, high) != terms.number(used[0]):
                how = "dead_taken_out" if high != used[0].high else "none_died"
            if not terms.attackers and low and within.any(used):
                low, high, how = low - 1, high - 1 if high is not None else None, "attackers_taken_out"
            return Figure(origin, report, published, tuple(used), low, high, how)
        total = sum(claim.low or 0 for claim in used)
        return Figure(origin, report, published, tuple(used), total, total, how)

    if len(claims) > 1 and _one_statement(case, claims):
        return [figure(claims, "added_in_one_statement")]
    if len(claims) > 1 and _distinct_persons(claims):
        return [figure(claims, "named_persons")]
    largest = max(claim.high if claim.high is not None else claim.low or 0 for claim in claims)
    kept = [claim for claim in claims if not _narrower(claim, claims, largest)]
    aside += [(claim, "narrower_scope") for claim in claims if claim not in kept]
    by_number: dict[tuple[int | None, int | None], list[Claim]] = {}
    for claim in kept:
        by_number.setdefault(number(claim), []).append(claim)
    found = [figure(same) for same in by_number.values()]
    if _several(claims[0]):
        return found
    whole = max((one.value for one in found if _firm(one)), default=0)
    aside += [
        (claim, "narrower_scope") for one in found if one.value < whole for claim in one.claims if _low(one)
    ]
    return [one for one in found if not (one.value < whole and _low(one))]


def _firm(figure: Figure) -> bool:
    """Whether an origin says it without a hedge, of the killed (or the wounded) alone."""
    return figure.low is not None and not figure.casualties and not figure.hedged and not figure.vague


def _low(figure: Figure) -> bool:
    """Whether a figure could set low. One origin has one number of all at one time: what it puts lower beside that counts
    some of them, or is what it had before; where it gives a range, that is one figure."""
    return figure.low is not None and not figure.casualties


def _several(claim: Claim) -> bool:
    """Whether the speaker is several nobody names ("other sources"), who may well give several numbers."""
    if claim.speaker is None:
        return False
    words, several = parties.institution(claim.speaker), parties.listed("several")
    return bool(words & several) and words <= several | parties.listed("generic")


def _one_statement(case: Case, claims: list[Claim]) -> bool:
    """Whether the claims are exact counts of different people in one sentence, none of them the whole (T10)."""
    whom = [parties.tokens(claim.whom or "") for claim in claims]
    exact = all(claim.low == claim.high and claim.number_kind != "vague" for claim in claims)
    told_apart = len(set(whom)) == len(whom) and all(whom)
    whole = any(words[-1] in parties.listed("wholes") for words in whom if words)
    if not exact or not told_apart or whole or len({claim.mention for claim in claims}) > 1:
        return False
    report = case.reports.get(claims[0].report)
    ordered = sorted(claims, key=lambda claim: (claim.start, claim.end, claim.id))
    if report is None:
        return False
    for one, other in pairwise(ordered):
        between = report.text[one.end : other.start]
        # "Mira Tolland, a teacher" is one person told twice.
        apposed = 1 in (one.low, other.low) and not _AND.search(between)
        if apposed or _SENTENCE_END.search(between):
            return False
    return True


def _distinct_persons(claims: list[Claim]) -> bool:
    names = {parties.tokens(claim.whom or "") for claim in claims if is_named(claim)}
    return len(names) == len(claims)


def _narrower(claim: Claim, claims: list[Claim], largest: int) -> bool:
    """Whether the claim counts some of those whom another claim of the same origin and report counts."""
    top = claim.high if claim.high is not None else claim.low or 0
    if top >= largest:
        return False
    some = claim.group in NARROW_GROUPS or is_named(claim) or demographic(claim)
    whole = [
        other for other in claims if other is not claim and not demographic(other) and not is_named(other)
    ]
    return some and any(
        (other.high if other.high is not None else other.low or 0) >= top and other.whom != claim.whom
        for other in whole
    )


def parts(case: Case, sources: Sources, about: About) -> set[str]:
    """Whether the parts that an origin gives in a report exceed its whole there, or leave a rest (T10)."""
    found: set[str] = set()
    told = [claim for claim in case.about(about) if claim.stance == "asserts" and claim.group != "attacker"]
    for part in told:
        if not part.part_of:
            continue
        beside = [claim for claim in told if _beside(claim, part, sources)]
        wholes = [claim for claim in beside if not claim.part_of]
        if not wholes:
            continue
        same = [claim for claim in beside if claim.part_of and demographic(claim) == demographic(part)]
        distinct = {(parties.tokens(claim.whom or ""), claim.group): claim.low or 0 for claim in same}
        total = sum(distinct.values())
        tops = [claim.high for claim in wholes if claim.high is not None]
        if len(tops) == len(wholes) and total > max(tops):
            found.add("parts_exceed_total")
        elif total < max(claim.low or 0 for claim in wholes):
            found.add("parts_below_total")
    return found


def _beside(claim: Claim, part: Claim, sources: Sources) -> bool:
    """Whether two claims are one origin's words on one mention."""
    return claim.mention == part.mention and sources.of[claim.id] == sources.of[part.id]


def concessions(case: Case, sides: Sides, about: About) -> list[Claim]:
    """Claims by which the accused side itself counts civilians harmed."""
    return [
        claim
        for claim in case.about(about)
        if claim.stance == "asserts"
        and not claim.part_of
        and claim.group != "attacker"
        and claim.speaker is not None
        and claim.speaker.role in ANSWERABLE
        and sides.concedes(claim)
    ]


def named_dead(case: Case, about: About) -> list[Claim]:
    """One claim for each distinct person named and accepted by review."""
    found: dict[tuple[str, ...], Claim] = {}
    for claim in case.about(about):
        if claim.id in case.rulings.accepted and claim.stance == "asserts" and is_named(claim):
            found.setdefault(parties.tokens(claim.whom or ""), claim)
    return [found[name] for name in sorted(found)]
