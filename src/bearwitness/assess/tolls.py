"""Low, best and high for one category, by the rules T1 to T11, with the fate of every claim and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .. import edtf
from ..record import Reason, Toll
from .codes import LEFT_OUT
from .figures import Figure, concessions, figures, named_dead, parts
from .sources import bloc
from .wording import counted_sentence, number, toll_sentence

if TYPE_CHECKING:
    from ..record import About, Claim
    from .case import Case
    from .figures import Aside
    from .sides import Sides
    from .sources import Sources

BODIES = ("hospital_morgue", "un_igo")  # roles that count bodies or verify, the higher rank first


class Choice(NamedTuple):
    """One of low, best and high: the number, the claims it rests on, and the rule that chose it."""

    number: int | None
    claims: tuple[str, ...] = ()
    code: str = ""


def toll(case: Case, sources: Sources, sides: Sides, about: About) -> Toll:
    """The range of ``about``, null with a reason where nothing is known."""
    current, superseded, aside = figures(case, sources, about)
    flags = parts(case, sources, about) | _flags(case, current, superseded, aside)
    left_out = _left_out(case, aside, superseded)
    if not current:
        code = "nothing_admissible" if left_out else "not_reported"
        reasons = (code, *sorted(flags))
        return Toll(
            about=about, low=None, best=None, high=None, reasons=reasons, left_out=left_out,
            sentence=toll_sentence(case, sources, sides, about, None, current, reasons),
        )  # fmt: skip
    low, best, high = _range(sources, sides, current, superseded, flags)
    low, best, high = _floors(case, sides, about, low, best, high, flags)
    flags |= _one_sided(current, sources, sides)
    reasons = tuple(code for code in (best.code, *sorted(flags - {best.code})) if code)
    bounds = (low.number, best.number, high.number)
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
    )


def _range(
    sources: Sources,
    sides: Sides,
    current: list[Figure],
    superseded: list[Figure],
    flags: set[str],
) -> tuple[Choice, Choice, Choice]:
    bounded = [figure for figure in current if figure.low is not None]
    sound = [figure for figure in bounded if not figure.casualties]
    firm = [figure for figure in sound if not figure.vague]
    top = max(figure.top for figure in current)
    highest = [figure for figure in current if figure.top == top]
    high = Choice(top, _ids(highest))
    # An open "at least" that sets the top leaves the true number free above it.
    if any(figure.high is None for figure in highest) or any(
        figure.high is None and figure.vague for figure in current
    ):
        flags.add("open_high")
    if not bounded:
        flags.add("open_low")
        return Choice(None), Choice(None, (), "open_low"), high
    if not sound:
        return Choice(0, _ids(bounded)), Choice(None, (), "casualties_only"), high
    flags |= {
        code
        for code, gone in (("casualties_words", bounded != sound), ("vague_words", firm and firm != sound))
        if gone
    }
    base = firm or sound
    lowest = min(figure.value for figure in base)
    low = Choice(lowest, _ids([figure for figure in base if figure.value == lowest]))
    best = _best(sources, sides, base, superseded)
    if all(all(sides.boast(claim) for claim in figure.claims) for figure in current):
        code = "interested_party_only"
        return Choice(0, _ids(base)), Choice(0, _ids(base), code), high
    return low, best, high


def _best(sources: Sources, sides: Sides, base: list[Figure], superseded: list[Figure]) -> Choice:
    """T8: bodies counted, then most origins, then a rising toll, then the lowest; ties go down."""
    if len({figure.value for figure in base}) == 1:
        several = len({figure.origin for figure in base}) > 1
        return _choose(
            base,
            base[0].value,
            "most_origins" if several and _blocs(base, sources, sides) > 1 else "only_figure",
        )
    plain = [figure for figure in base if not figure.hedged] or base
    for role in BODIES:
        counted = [figure for figure in plain if _by_role(figure, role, sides)]
        last = [
            figure
            for figure in counted
            if not any(edtf.later(o.published, figure.published) for o in counted)
        ]
        if last:
            return _choose(last, min(figure.value for figure in last), "counts_bodies")
    support = {
        value: _blocs([figure for figure in plain if figure.value == value], sources, sides)
        for value in {figure.value for figure in plain}
    }
    most = max(support.values())
    if most > 1:
        return _choose(plain, min(value for value, count in support.items() if count == most), "most_origins")
    rising = _rising([*plain, *superseded])
    if rising is not None and any(figure.value == rising for figure in plain):
        return _choose(plain, rising, "rising")
    return _choose(plain, min(figure.value for figure in plain), "lowest")


def _choose(among: list[Figure], value: int, code: str) -> Choice:
    return Choice(value, _ids([figure for figure in among if figure.value == value]), code)


def _blocs(among: list[Figure], sources: Sources, sides: Sides) -> int:
    """How many independent origins stand behind the figures."""
    return len(
        {
            key
            for figure in among
            for claim in figure.claims
            if (key := bloc(claim, sources, sides)) is not None
        }
    )


def _by_role(figure: Figure, role: str, sides: Sides) -> bool:
    return any(
        claim.speaker is not None and claim.speaker.role == role and sides.of(claim.speaker) == "third"
        for claim in figure.claims
    )


def _rising(told: list[Figure]) -> int | None:
    """The latest exact figure if every later figure is higher than every earlier one, else ``None``."""
    exact = [figure for figure in told if figure.exact and edtf.days(figure.published) is not None]
    if len(exact) < 2 or len(exact) < len([figure for figure in told if not figure.vague]):
        return None
    for one in exact:
        for other in exact:
            if edtf.later(other.published, one.published):
                if other.value <= one.value:
                    return None
            elif not edtf.later(one.published, other.published) and one.value != other.value:
                return None
    return max(figure.value for figure in exact)


def _floors(
    case: Case, sides: Sides, about: About, low: Choice, best: Choice, high: Choice, flags: set[str]
) -> tuple[Choice, Choice, Choice]:
    """Raise low to what is named and accepted, or conceded (T6); best and high never stay below it."""
    named, conceded = named_dead(case, about), concessions(case, sides, about)
    floors = [Choice(len(named), tuple(claim.id for claim in named), "named_floor")] if named else []
    if conceded:
        most = max(claim.low or 0 for claim in conceded)
        ids = tuple(claim.id for claim in conceded if claim.low == most)
        floors.append(Choice(most, ids, "conceded_floor"))
    for floor in floors:
        raised = floor.number or 0
        if low.number is None or raised > low.number:
            flags.add(floor.code)
            low = floor
        if best.number is not None and best.number < raised:
            best = floor
        if high.number is not None and high.number < raised:
            high = floor
    return low, best, high


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


def _one_sided(current: list[Figure], sources: Sources, sides: Sides) -> set[str]:
    """Whether every figure with a named source comes from one interested side."""
    blocs = {
        bloc(claim, sources, sides)
        for figure in current
        for claim in figure.claims
        if claim.speaker is not None
    }
    return {"one_side_only"} if len(blocs) == 1 and blocs <= {"accused", "victims"} else set()


def _ids(among: list[Figure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.id for figure in among for claim in figure.claims))


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
            found.append(Reason(claim=claim.id, code=code, sentence=counted_sentence(case, claim, roles)))
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
        sentence = f"{case.who(claim)}: {number(claim.low, claim.high)}. {why}"
        found.append(Reason(claim=claim.id, code=code, sentence=sentence))
    return tuple(found)
