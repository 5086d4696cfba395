"""One toll by one method: its low, best and high, the fate of every claim, the reasons and a sentence.

What methods have in common is here; a method brings its terms (what it takes for a figure) and chooses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..record import Reason, Toll
from .breakdown import shares
from .codes import LEFT_OUT
from .figures import Figure, concessions, figures, named_dead, parts
from .sources import bloc
from .wording import claimed, counted_sentence, toll_sentence

if TYPE_CHECKING:
    from ..record import About, Claim
    from .case import Case
    from .figures import Aside
    from .ground import Ground
    from .terms import Terms


PLURAL = 2  # the bound of "several", "many" and a bare plural: any larger number is what they say too


class Choice(NamedTuple):
    """One of low, best and high: the number, the claims it rests on, and the rule that chose it."""

    number: int | None
    claims: tuple[str, ...] = ()
    code: str = ""


class Range(NamedTuple):
    """What a method chooses. ``best.code`` is the rule that speaks first; ``flags`` are further reasons."""

    low: Choice
    best: Choice
    high: Choice
    flags: frozenset[str] = frozenset()

    def flagged(self, *codes: str) -> Range:
        """The same with further reasons."""
        return self._replace(flags=self.flags | set(codes))


class Table(NamedTuple):
    """What a method chooses from: the figures in force (at least one) and those that later ones replaced."""

    ground: Ground
    about: About
    current: list[Figure]
    superseded: list[Figure]

    @property
    def bounded(self) -> list[Figure]:
        """Those with a lower bound."""
        return [figure for figure in self.current if figure.low is not None]

    @property
    def sound(self) -> list[Figure]:
        """Those of them that do not count killed and wounded together."""
        return [figure for figure in self.bounded if not figure.casualties]

    @property
    def base(self) -> list[Figure]:
        """Those of them that give a number; where only vague words are left, those that say more than "several" (T3)."""
        sound = self.sound
        numbers = [figure for figure in sound if not figure.vague]
        return numbers or [figure for figure in sound if figure.value > PLURAL] or sound


class Method(Protocol):
    """A way of weighing claims. ``rule`` says in a sentence or two what it does."""

    name: str
    rule: str
    terms: Terms

    def choose(self, table: Table) -> Range:
        """Low, best and high from the figures in force."""
        ...


def toll(ground: Ground, about: About, method: Method) -> Toll:
    """The range of ``about`` by ``method``, null with a reason where nothing is known."""
    case, sources, sides = ground.case, ground.sources, ground.sides
    current, superseded, aside = figures(case, sources, sides, about, method.terms)
    flags = parts(case, sources, about) | _flags(case, current, superseded, aside)
    left_out = _left_out(case, aside, superseded)
    if not current:
        code = "nothing_admissible" if left_out else "not_reported"
        reasons = (code, *sorted(flags))
        return Toll(
            about=about, low=None, best=None, high=None, reasons=reasons, left_out=left_out,
            sentence=toll_sentence(case, sources, sides, about, None, current, reasons),
        )  # fmt: skip
    low, best, high, more = method.choose(Table(ground, about, current, superseded))
    bounds = (low.number, best.number, high.number)
    broken, exceeding = shares(ground, about, current, best.claims, bounds, method.terms)
    if best.code == "interested_party_only":  # best is 0 by rule: there is no whole for parts to exceed
        broken, exceeding = (), set()
    flags |= more | exceeding | _one_sided(ground, current)
    reasons = tuple(code for code in (best.code, *sorted(flags - {best.code})) if code)
    return Toll(
        about=about,
        low=low.number,
        best=best.number,
        high=high.number,
        low_claims=low.claims if low.number is not None else (),
        best_claims=best.claims if best.number is not None else (),
        high_claims=high.claims if high.number is not None else (),
        reasons=reasons,
        counted=_counted(case, current, low, best, high),
        left_out=left_out,
        sentence=toll_sentence(case, sources, sides, about, bounds, current, reasons, best.claims),
        shares=broken,
    )


def widest(table: Table) -> tuple[Choice, frozenset[str]]:
    """The largest figure, and whether the true number may lie above it (T7)."""
    top = max(figure.top for figure in table.current)
    highest = [figure for figure in table.current if figure.top == top]
    # An open "at least" that sets the top leaves the true number free above it.
    free = any(figure.high is None for figure in highest) or any(
        figure.high is None and figure.vague for figure in table.current
    )
    return Choice(top, ids(highest)), frozenset({"open_high"} if free else ())


def least(table: Table) -> tuple[Choice, frozenset[str]]:
    """The smallest figure that may set low (T3, T4, T6), and what was not allowed to."""
    bounded, sound, base = table.bounded, table.sound, table.base
    if not bounded:
        return Choice(None, (), "open_low"), frozenset({"open_low"})
    if not sound:
        return Choice(0, ids(bounded), "casualties_only"), frozenset()
    barred = (("casualties_words", bounded != sound), ("vague_words", base != sound))
    return choose(base, min(figure.value for figure in base)), frozenset(
        code for code, gone in barred if gone
    )


def boast(table: Table) -> Range | None:
    """Low and best 0 where only the side said to have done it reports the deaths, as its own success (T6)."""
    sides = table.ground.sides
    if not table.sound or not all(sides.boast(claim) for figure in table.current for claim in figure.claims):
        return None
    high, free = widest(table)
    rests = ids(table.base)
    return Range(Choice(0, rests), Choice(0, rests, "interested_party_only"), high, free)


def floored(table: Table, chosen: Range) -> Range:
    """Low raised to what is named and accepted, or conceded (T6); best and high never stay below it."""
    case, sides, about = table.ground.case, table.ground.sides, table.about
    low, best, high, flags = chosen
    named, conceded = named_dead(case, about), concessions(case, sides, about)
    floors = [Choice(len(named), tuple(claim.id for claim in named), "named_floor")] if named else []
    if conceded:
        most = max(claim.low or 0 for claim in conceded)
        rests = tuple(claim.id for claim in conceded if claim.low == most)
        floors.append(Choice(most, rests, "conceded_floor"))
    for floor in floors:
        raised = floor.number or 0
        if low.number is None or raised > low.number:
            flags |= {floor.code}
            low = floor
        if best.number is not None and best.number < raised:
            best = floor
        if high.number is not None and high.number < raised:
            high = floor
    return Range(low, best, high, flags)


def span(table: Table) -> Range:
    """From the smallest figure to the largest. Best is given only where they are one: nothing in between is chosen."""
    (low, barred), (high, free) = least(table), widest(table)
    flags = barred | free
    if low.number is None or low.code == "casualties_only":
        return Range(low._replace(code=""), Choice(None, (), low.code), high, flags)
    if low.number == high.number:
        code = "only_figure" if len({figure.origin for figure in table.base}) == 1 else "all_agree"
        return Range(low, Choice(low.number, low.claims, code), high, flags)
    return Range(low, Choice(None, (), "range_only"), high, flags)


def choose(among: list[Figure], value: int, code: str = "") -> Choice:
    """The choice of ``value``, resting on those of ``among`` that give it."""
    return Choice(value, ids([figure for figure in among if figure.value == value]), code)


def blocs(table: Table, among: list[Figure]) -> int:
    """How many independent origins stand behind the figures."""
    sources, sides = table.ground.sources, table.ground.sides
    found = {bloc(claim, sources, sides) for figure in among for claim in figure.claims}
    return len(found - {None})


def ids(among: list[Figure]) -> tuple[str, ...]:
    """The claims of the figures, each once."""
    return tuple(dict.fromkeys(claim.id for figure in among for claim in figure.claims))


def _flags(case: Case, current: list[Figure], superseded: list[Figure], aside: Aside) -> set[str]:
    flags = {figure.how for figure in current if figure.how is not None}
    if superseded:
        flags.add("earlier_superseded")
    if any(code in ("denies_figure", "doubts_figure") for _, code in aside):
        flags.add("toll_denied")
    claims = [claim for figure in current for claim in figure.claims]
    tests = (
        ("vague_only", all(figure.vague for figure in current)),
        ("hedged_only", all(figure.hedged for figure in current)),
        ("unattributed_only", not any(figure.spoken for figure in current)),
        ("background_only", all(case.background(claim) for claim in claims)),
        ("no_longer_told", any(claim.report in case.moved_on for claim in claims)),
        ("zero_stated", any(figure.low == figure.high == 0 for figure in current)),
    )
    if current:
        flags |= {code for code, holds in tests if holds}
    reviewed = any(claim.id in case.rulings.corrected for claim in claims)
    if reviewed or any(code == "rejected" for _, code in aside):
        flags.add("reviewed")
    return flags


def _one_sided(ground: Ground, current: list[Figure]) -> set[str]:
    """Whether every figure with a named source comes from one interested side."""
    found = {
        bloc(claim, ground.sources, ground.sides)
        for figure in current
        for claim in figure.claims
        if claim.speaker is not None
    }
    return {"one_side_only"} if len(found) == 1 and found <= {"accused", "victims"} else set()


def _counted(
    case: Case, current: list[Figure], low: Choice, best: Choice, high: Choice
) -> tuple[Reason, ...]:
    found = []
    for figure in current:
        for claim in figure.claims:
            roles = [
                name
                for name, choice in (("best", best), ("low", low), ("high", high))
                if claim.id in choice.claims and choice.number is not None
            ]
            code = f"sets_{roles[0]}" if roles else "within"
            sentence = counted_sentence(case, claim, roles, figure)
            found.append(Reason(claim=claim.id, code=code, sentence=sentence))
    return tuple(found)


def _left_out(case: Case, aside: Aside, superseded: list[Figure]) -> tuple[Reason, ...]:
    gone: list[tuple[Claim, str]] = [
        *aside,
        *((claim, "superseded") for figure in superseded for claim in figure.claims),
    ]
    found = []
    for claim, code in sorted(gone, key=lambda entry: (entry[0].report, entry[0].start, entry[0].id)):
        why = LEFT_OUT[code]
        if code == "rejected":
            judgement = case.rulings.rejected[claim.id]
            why = f"{judgement.by} rejected it: {judgement.why}"
        sentence = f"{case.who(claim)}: {claimed(claim)}. {why}"
        found.append(Reason(claim=claim.id, code=code, sentence=sentence))
    return tuple(found)
