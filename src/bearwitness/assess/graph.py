"""The graph of origins: from reports to where their claims first came from, with a reason on each edge (S1 to S5).

An edge rests on words of a report wherever there are any: the sentence that names a speaker, an agency's credit, the
passage that two texts share. For every field (the killed, who did it, with what ...) it says on how many independent
origins the field rests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..record import COUNTS, NAMES, Backing, Origin, Tie
from .sources import bloc, is_press, observers, stands
from .tracing import LAST, carrier
from .wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..grounds import TieCode
    from ..record import About, Assertion, Claim, Report, Side, Speaker
    from .case import Case
    from .sides import Sides
    from .sources import Sources
    from .tracing import Joined

MOST_WORDS = 25  # of a shared passage; the rest stands in the reports
NEAR = 400  # characters around a claim in which its speaker's words are looked for


def graph(case: Case, sources: Sources, sides: Sides) -> tuple[Origin, ...]:
    """The origins of ``case`` with whose side they are on, who speaks for them, and the edges that lead to them."""
    claims = {claim.id: claim for claim in case.claims}
    spoken_in: dict[str, list[Claim]] = {}
    for claim in case.live:
        if claim.speaker is not None:
            spoken_in.setdefault(claim.report, []).append(claim)
    found = []
    for origin in sources.origins:
        told = [claims[name] for name in origin.claims]
        spoken = [claim for claim in told if claim.speaker is not None]
        rests_on = None if spoken else _echoed(told, spoken_in, sources)
        ties = [
            *_carried(told, origin, case, sources),
            *_texts(told, origin, case, sources),
            *_speakers(spoken, origin, case),
        ]
        if rests_on is not None:
            ties.append(_echo(told[0], origin, rests_on, case, sources))
        found.append(
            msgspec.structs.replace(
                origin,
                side=_side([claim.speaker for claim in spoken], sides),
                named=any(claim.id not in sources.cited for claim in spoken),
                speakers=tuple(sorted({claim.speaker.name for claim in spoken if claim.speaker})),
                rests_on=rests_on,
                ties=tuple(ties),
            )
        )
    return tuple(found)


def summary(case: Case, origins: Sequence[Origin]) -> str:
    """How many reports go back to how many origins, in a sentence or two."""
    reports = len(case.reports.keys() - case.replaced)
    named = [origin for origin in origins if origin.named]
    own = [origin for origin in origins if not origin.named]
    head = (
        f"{_number(reports, 'report')}, {_number(len(named), 'named origin') if named else 'no named origin'}"
    )
    head += f": {listing([origin.name for origin in named])}." if named else "."
    echoes = sum(origin.rests_on is not None for origin in own)
    rest = len(own) - echoes
    if echoes:
        head += f" In {_number(echoes, 'text')} the outlet's own words repeat what a named origin says there."
    if rest:
        head += f" What {_number(rest, 'text')} {'say' if rest > 1 else 'says'} in the outlet's own voice confirms nothing."
    return head


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _side(speakers: Iterable[Speaker | None], sides: Sides) -> Side:
    """The side of most of those who speak for an origin, an interested one if as many are on it."""
    found = [sides.of(speaker) for speaker in speakers]
    order: tuple[Side, ...] = ("accused", "victims", "third", "none")
    return max(order, key=lambda side: (found.count(side), -order.index(side))) if found else "none"


def _carried(told: list[Claim], origin: Origin, case: Case, sources: Sources) -> Iterator[Tie]:
    """For each report of an origin, the first claim by which it carries it."""
    first: dict[str, Claim] = {}
    for claim in told:
        first.setdefault(claim.report, claim)
    for key in sorted(first, key=lambda key: (case.published(first[key]) or LAST, key)):
        claim, outlet = first[key], case.outlet(key)
        code: TieCode
        if claim.speaker is None:
            before = carrier(claim, case)
            if before != key and case.copies.heads.get(before, before) == case.copies.heads.get(key, key):
                continue  # the whole text is a copy, which is said below
            if before != key:
                sentence = (
                    f"{outlet} has this passage in common with {case.outlet(before)}, which has it first."
                )
                yield _tie("shared_passage", key, before, sentence, claim)
                continue
            code, sentence = "own_voice", f"{outlet} says so in its own voice and names no source."
        elif is_press(claim.speaker):
            here = "is among these" if claim.id in sources.cited else "is not in the ledger"
            code, sentence = "cites", f"{outlet} cites {claim.speaker.name}, whose own report {here}."
        else:
            code, sentence = "quotes", f"{outlet} names {claim.speaker.name} as saying so."
        if claim.speaker is not None and claim.via:
            sentence = f"{sentence[:-1]}, as relayed by {', '.join(claim.via)}."
        yield _tie(code, key, origin.key, sentence, claim)


def _tie(code: TieCode, first: str, second: str, sentence: str, claim: Claim) -> Tie:
    return Tie(
        code=code, first=first, second=second, sentence=sentence,
        report=claim.report, words=claim.words, start=claim.start, end=claim.end,
    )  # fmt: skip


def _texts(told: list[Claim], origin: Origin, case: Case, sources: Sources) -> Iterator[Tie]:
    """Why the texts of an origin are one. Whose a text is matters only to what it says in its own voice."""
    own = {claim.report for claim in told if claim.speaker is None or is_press(claim.speaker)}
    for joined in sources.joins:
        if joined.other in case.reports:
            if joined.report in origin.reports and joined.other in origin.reports:
                yield _joined(joined, joined.other, case)
        elif joined.report in own:
            yield _joined(joined, origin.key, case)


def _joined(joined: Joined, second: str, case: Case) -> Tie:
    outlet = case.outlet(joined.report)
    other = case.outlet(joined.other) if joined.other in case.reports else joined.other
    sentence = {
        "copied_text": f"The text of {outlet} is a copy of that of {other}.",
        "same_page": f"{outlet} has two editions of one page.",
        "credits_agency": f"{outlet} credits its text to {other}.",
        "same_outlet": f"Another text of {other}.",
    }[joined.because]
    start, end = _basis(joined, case)
    words = case.reports[joined.report].text[start:end]
    return Tie(
        code=joined.because, first=joined.report, second=second, sentence=sentence,
        report=joined.report, words=words, start=start, end=end,
    )  # fmt: skip


def _basis(joined: Joined, case: Case) -> tuple[int, int]:
    """The words that a join of texts rests on: the credit, or the beginning of what both texts have; none otherwise."""
    if joined.credit is not None:
        return joined.credit.start, joined.credit.end
    shared = [part for other, part in case.copies.passages.get(joined.report, ()) if other == joined.other]
    if joined.because != "copied_text" or not shared:
        return 0, 0
    longest = max(shared, key=lambda part: (part.words, -part.start))
    return longest.start, _cut(case.reports[joined.report], longest.start, longest.end)


def _cut(report: Report, start: int, end: int) -> int:
    """Where the first words of a passage end."""
    words = report.text[start:end].split()
    at = start
    for word in words[:MOST_WORDS]:
        at = report.text.index(word, at) + len(word)
    return at


def _speakers(spoken: list[Claim], origin: Origin, case: Case) -> Iterator[Tie]:
    """Different words for those who speak for one institution, each once, with where they stand."""
    first: dict[str, Claim] = {}
    for claim in spoken:
        if claim.speaker is not None:
            first.setdefault(claim.speaker.name, claim)
    if len(first) < 2:
        return
    for name in sorted(first):
        if name == origin.name:
            continue
        claim = first[name]
        words, start, end = _named_at(claim, case)
        yield Tie(
            code="same_institution", first=name, second=origin.key,
            sentence=f"{name} speaks for {origin.name}: one origin for numbers.",
            report=claim.report, words=words, start=start, end=end,
        )  # fmt: skip


def _named_at(claim: Claim, case: Case) -> tuple[str, int, int]:
    """The words for the claim's speaker that stand nearest to it, and where; the claim's own words if none are near."""
    report = case.reports.get(claim.report)
    text, words = report.text if report else "", claim.speaker.words if claim.speaker else ""
    places = []
    at = text.find(words, max(0, claim.start - NEAR), claim.end + NEAR) if words else -1
    while at >= 0:
        places.append((abs(at - claim.start), at))
        at = text.find(words, at + 1, claim.end + NEAR)
    if not places:
        return claim.words, claim.start, claim.end
    start = min(places)[1]
    return words, start, start + len(words)


def _echoed(told: list[Claim], spoken_in: Mapping[str, list[Claim]], sources: Sources) -> str | None:
    """The named origin whose figures an outlet repeats in its own voice: each claim of ``told`` says what it says in the
    same report. ``None`` if something is new, or if it could be of two. ``spoken_in`` are claims with a speaker by report."""
    heard: set[str] | None = None
    for claim in told:
        same = {
            sources.of[other.id] for other in spoken_in.get(claim.report, ()) if _says_the_same(claim, other)
        }
        heard = same if heard is None else heard & same
    return next(iter(heard)) if heard and len(heard) == 1 else None


def _says_the_same(claim: Claim, other: Claim) -> bool:
    if claim.about not in COUNTS:
        return claim.about == other.about and claim.stance == other.stance and claim.value == other.value
    return (claim.about, claim.stance, claim.low, claim.high) == (
        other.about,
        other.stance,
        other.low,
        other.high,
    )


def _echo(claim: Claim, origin: Origin, key: str, case: Case, sources: Sources) -> Tie:
    sentence = f"{case.outlet(claim.report)} says in its own voice what {sources.names[key]} says in the same report."
    return _tie("echoes", origin.key, key, sentence, claim)


def backing(case: Case, sources: Sources, sides: Sides, rows: Iterable[Assertion]) -> tuple[Backing, ...]:
    """For each field that something is asserted of, on how many independent origins it rests. Of who did it, with what and
    to what, each row of the matrix is a field; numbers are counted by institution, what can be seen by person (S3)."""
    found = []
    for about in COUNTS:
        said = [
            claim
            for claim in case.about(about)
            if claim.stance == "asserts" and not claim.part_of and claim.group != "attacker"
        ]
        if said:
            found.append(_backing(about, None, said, sources, sides))
    live = {claim.id: claim for claim in case.live}
    for row in rows:
        if row.about not in (*NAMES, "occurred"):
            continue
        names = [name for cell in row.cells if cell.stance == "asserts" for name in cell.claims]
        if said := [live[name] for name in names if name in live]:
            found.append(_backing(row.about, row.value, said, sources, sides))
    return tuple(found)


def _backing(about: About, value: str | None, said: list[Claim], sources: Sources, sides: Sides) -> Backing:
    count = None if about in COUNTS else observers(said, sources, sides)
    state, sentence = stands(said, "figure" if about in COUNTS else "claim", sources, sides, count)
    named = {sources.of[claim.id] for claim in said if bloc(claim, sources, sides) is not None}
    return Backing(
        about=about, value=value, independence=state, sentence=sentence,
        origins=tuple(sorted(named)), reports=len({claim.report for claim in said}),
    )  # fmt: skip
