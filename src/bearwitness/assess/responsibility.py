"""Who asserts and who denies what of an event: one row a thing said, one cell a party's word.

Nothing is deleted: a denial stands beside the accusation it answers (D2). What a party says of itself is
marked as its own word. A toll has a row if somebody denies, doubts or concedes it. The statuses:

    alleged    others accuse it
    claimed    it claims the act
    conceded   accused by others, it accepts responsibility
    denied     somebody denies it, nothing more; to deny having aimed at civilians, or the toll, denies no part in the deed
    contested  its own denial or claim meets a rival: another party is accused or claims it, or the accusation
               comes from one interested side alone, so that it is one side's word against the other's
    stated     said and not denied (weapons, targets, tolls, that it happened)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from .. import parties
from ..record import COUNTS, Assertion, Cell
from .speech import Speech, speech

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..record import About, Claim
    from .case import Case
    from .sides import Sides
    from .sources import Sources

RowStatus = Literal["alleged", "claimed", "denied", "contested", "conceded", "stated"]
SURE = 0.7
"""How sure the reader must be of an accusation for the party to be a rival to another: below, more are misread than not."""
_ORDER: tuple[About, ...] = ("perpetrator", "weapon", "target", "occurred")


class Responsibility(NamedTuple):
    """The matrix, and whether who did it is contested, with the code that says why (empty if not)."""

    rows: tuple[Assertion, ...]
    contested: bool
    why: str


def responsibility(case: Case, sources: Sources, sides: Sides) -> Responsibility:
    """The matrix of ``case`` in a fixed order: perpetrators, weapons, targets, occurrence, tolls."""
    return _Matrix(case, sources, sides).made()


class _Matrix:
    """The matrix in the making: the parties accused, and what each claim does."""

    def __init__(self, case: Case, sources: Sources, sides: Sides) -> None:
        self.case, self.sources, self.sides = case, sources, sides
        # A denial of a figure that was read as one of a part in the deed too stands with the figure.
        self.of_toll: dict[str, About] = {}
        for claim in case.about("perpetrator"):
            denied = [count.about for count in case.about(*COUNTS) if _of_toll(claim, count)]
            if denied:
                self.of_toll[claim.id] = min(denied, key=COUNTS.index)
        named = [claim for claim in case.about("perpetrator") if claim.id not in self.of_toll]
        self.accused = _group(named, _same_party)
        self.does: dict[str, Speech] = {}
        for claims in self.accused:
            accused = any(claim.stance == "asserts" and not self._own(claim) for claim in claims)
            for claim in claims:
                self.does[claim.id] = speech(claim, case, sides, own=self._own(claim), accused=accused)
        for claim in case.live:
            if claim.id not in self.does:
                self.does[claim.id] = speech(claim, case, sides)
        self.does |= dict.fromkeys(self.of_toll, Speech("denies", ("toll",)))

    def made(self) -> Responsibility:
        """All rows."""
        rows = [
            Assertion(
                about="perpetrator", value=_value(claims), cells=self._cells(claims),
                status=self._accusation(claims), silent=self._silent(claims),
            )
            for claims in self.accused
        ]  # fmt: skip
        for about in _ORDER[1:]:
            for claims in _group(list(self.case.about(about)), _same_thing):
                value = None if about == "occurred" else _value(claims)
                rows.append(
                    Assertion(
                        about=about, value=value, status=self._stated(claims), cells=self._cells(claims)
                    )
                )
        why = self._contested()
        return Responsibility((*rows, *self._tolls()), bool(why), why)

    def _tolls(self) -> Iterator[Assertion]:
        """A row for each count that somebody denies, doubts or concedes. The accused side that counts nobody, or fighters,
        denies only where others count victims."""
        for about in COUNTS:
            claims = [
                claim
                for claim in self.case.live
                if (claim.about == about and not claim.part_of and claim.group != "attacker")
                or self.of_toll.get(claim.id) == about
            ]
            counted = [c for c in claims if self.does[c.id].word == "asserts" and c.high != 0]
            for claim in claims:
                if claim.stance == "asserts" and self.does[claim.id].word == "denies" and not counted:
                    self.does[claim.id] = Speech("asserts")
            if any(self.does[claim.id].word != "asserts" for claim in claims):
                yield Assertion(
                    about=about, value=None, status=self._stated(claims), cells=self._cells(_ordered(claims))
                )

    def _cells(self, claims: list[Claim]) -> tuple[Cell, ...]:
        """One cell for each origin, stance and word, those who assert first."""
        found: dict[tuple[str, str, str, str | None], list[Claim]] = {}
        order = ("asserts", "denies", "doubts")
        for claim in claims:
            voice = None if claim.speaker is None else self.sources.names[self.sources.of[claim.id]]
            key = (
                str(order.index(claim.stance)), self.sources.of[claim.id] if voice else "",
                self.does[claim.id].word, voice,
            )  # fmt: skip
            found.setdefault(key, []).append(claim)
        return tuple(
            Cell(
                speaker=voice, stance=said[0].stance, claims=tuple(claim.id for claim in said),
                own=any(self._own(claim) for claim in said), word=self.does[said[0].id].word,
                denied=tuple(sorted({what for claim in said for what in self.does[claim.id].denied})),
            )
            for (_, _, _, voice), said in sorted(found.items(), key=lambda entry: entry[0][:3])
        )  # fmt: skip

    def _own(self, claim: Claim) -> bool:
        """Whether the speaker belongs to the party that the claim is about."""
        if claim.speaker is None or claim.about != "perpetrator":
            return False
        named, speaker = accused_party(claim), parties.of_speaker(claim.speaker)
        if parties.same(speaker, named):
            return True
        if claim.speaker.role == "party_perpetrator_alleged" and claim.stance == "denies":
            return True
        organ = (
            claim.speaker.role in ("state_authority", "local_official") and named.state and not named.marks
        )
        unnamed = bool(organ) and not named.group and named.country is None
        return unnamed and self.sides.of(claim.speaker) == "accused"

    def _silent(self, claims: list[Claim]) -> bool:
        """Whether a party is named and no report carries a word of its own (D3)."""
        named = [party for party in map(accused_party, claims) if not party.generic]
        heard = any(
            claim.speaker is not None
            and any(parties.same(parties.of_speaker(claim.speaker), party) for party in named)
            for claim in self.case.live
        )
        return bool(named) and not heard and not any(self._own(claim) for claim in claims)

    def _denies(self, claims: list[Claim]) -> list[Claim]:
        """Those of ``claims`` that deny a part in the deed."""
        return [claim for claim in claims if self.does[claim.id].own_part]

    def _accusation(self, claims: list[Claim]) -> RowStatus:
        """The status of one accused party."""
        said = [claim for claim in claims if claim.stance == "asserts"]
        claimed = [claim for claim in said if self._own(claim)]
        denied = self._denies(claims)
        if claimed:
            if len(self._claimants()) > 1 or any(self._own(claim) for claim in denied):
                return "contested"
            return "conceded" if any(self.does[c.id].word == "concedes" for c in claimed) else "claimed"
        own_denial = any(self._own(claim) for claim in denied) or self._denies_event(claims)
        if own_denial and said and (self._rivals(claims) or self._one_word(said)):
            return "contested"
        if denied or (own_denial and said):
            return "denied"
        return "alleged"

    def _denies_event(self, claims: list[Claim]) -> bool:
        """Whether the accused party denies that it happened at all, which denies its part in it too."""
        named = [accused_party(claim) for claim in claims]
        return any(
            claim.speaker is not None
            and any(parties.same(parties.of_speaker(claim.speaker), party) for party in named)
            for claim in self._denies(list(self.case.about("occurred")))
        )

    def _claimants(self) -> list[list[Claim]]:
        """The parties that claim the act for themselves."""
        return [
            claims
            for claims in self.accused
            if any(claim.stance == "asserts" and self._own(claim) for claim in claims)
        ]

    def _rivals(self, claims: list[Claim]) -> bool:
        """Whether somebody else names another party, and not this one beside it; both read surely enough."""
        if not self._sure(claims):
            return False
        ours = {self.sources.of[claim.id] for claim in claims if claim.stance == "asserts"}
        for other in self.accused:
            if other is claims or accused_party(other[0]).generic or not self._sure(other):
                continue
            theirs = {self.sources.of[claim.id] for claim in other if claim.stance == "asserts"}
            if theirs and not theirs & ours:
                return True
        return False

    def _sure(self, claims: list[Claim]) -> bool:
        """Whether the reader is sure that a party is accused, or a person took it."""
        return any(
            claim.stance == "asserts"
            and (
                claim.confidence is None or claim.confidence >= SURE or claim.id in self.case.rulings.accepted
            )
            for claim in claims
        )

    def _one_word(self, said: list[Claim]) -> bool:
        """Whether every accuser with a name is on an interested side: one side's word against the other's."""
        named = [claim for claim in said if claim.speaker is not None]
        return bool(named) and all(self.sides.of(claim.speaker) in ("victims", "accused") for claim in named)

    def _stated(self, claims: list[Claim]) -> RowStatus:
        words = {self.does[claim.id].word for claim in claims}
        if not words & {"asserts", "concedes"}:
            return "denied" if "denies" in words else "alleged"
        if "denies" in words:
            return "contested"
        return "conceded" if "concedes" in words else "stated"

    def _contested(self) -> str:
        """Why responsibility is contested (a code of G1), or nothing."""
        if len(self._claimants()) > 1:
            return "contested_claims"
        if any(
            self._rivals(claims)
            for claims in self.accused
            if not accused_party(claims[0]).generic and any(claim.stance == "asserts" for claim in claims)
        ):
            return "contested_rivals"
        if any(self._accusation(claims) == "contested" for claims in self.accused):
            return "contested_denied"
        return "contested_occurrence" if self._denies(list(self.case.about("occurred"))) else ""


def _of_toll(claim: Claim, counted: Claim) -> bool:
    """Whether a denial of a part in the deed is, in the same words, one of a figure ("denied that 12 were killed")."""
    same = (claim.report, claim.speaker) == (counted.report, counted.speaker)
    return (
        same
        and claim.stance == counted.stance == "denies"
        and claim.start <= counted.start
        and counted.end <= claim.end
    )


def _ordered(claims: list[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (claim.report, claim.start, claim.id))


def _group(claims: list[Claim], same: Callable[[Claim, Claim], bool]) -> list[list[Claim]]:
    """Claims that say the same thing, whatever their stance; groups are chained and ordered by first claim."""
    groups: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda claim: claim.id):
        fits = [group for group in groups if any(same(claim, member) for member in group)]
        merged = [claim, *(member for group in fits for member in group)]
        groups = [group for group in groups if group not in fits] + [merged]
    for group in groups:
        group[:] = _ordered(group)
    return sorted(groups, key=lambda group: (-len(group), group[0].id))


def accused_party(claim: Claim) -> parties.Party:
    """The party a perpetrator claim names."""
    return parties.party(claim.value or "")


def _same_party(one: Claim, other: Claim) -> bool:
    return parties.fold(one.value or "") == parties.fold(other.value or "") or parties.same(
        accused_party(one), accused_party(other)
    )


def _same_thing(one: Claim, other: Claim) -> bool:
    """Whether two weapons or targets are one: of one class in the vocabulary, or in the same words."""
    if one.about == "occurred":
        return True
    if one.value_class and other.value_class:
        return parties.fold(one.value_class) == parties.fold(other.value_class)
    mine, theirs = set(parties.tokens(one.value or "")), set(parties.tokens(other.value or ""))
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _value(claims: list[Claim]) -> str | None:
    """What the row is called: the value most claims give, of equal ones the longest. Who denies may name but an organ of
    the party accused, so that the word of those who assert it comes first."""
    values = [claim.value for claim in claims if claim.value and claim.stance == "asserts"]
    values = values or [claim.value for claim in claims if claim.value]
    return max(sorted(set(values)), key=lambda value: (values.count(value), len(value))) if values else None
