"""A person's judgement: kept with who, why and what was shown, and what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bearwitness import assess, review
from bearwitness.errors import InputError
from bearwitness.record import Claim, Judgement, Mention, Problem, Report, Verdict
from bearwitness.store import now, stamp

from .finding import find
from .work import update

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bearwitness.store import Clock, Ledger

    from .deriving import Progress

PAIR = ("same", "different", "unsure")


class Judged(msgspec.Struct, frozen=True):
    """A judgement that was kept, the incidents its subjects were in before and after, and what stands against it."""

    judgement: Judgement
    before: tuple[str, ...]
    after: tuple[str, ...]
    problems: tuple[Problem, ...]


def judge(
    ledger: Ledger,
    verdict: Verdict,
    subject: Sequence[str],
    *,
    by: str,
    why: str,
    correction: Mapping[str, str | int | bool | None] | None = None,
    progress: Progress | None = None,
    clock: Clock = now,
) -> Judged:
    """Keep a judgement and derive the incidents anew.

    ``subject`` is two mentions or incidents (an incident stands for its first mention), one of them to be graded
    (``correction`` then holds the ``grade``, null for the rules' own), or one claim; the first letters of an id are enough. Saying what already holds adds nothing. Raises ``InputError`` for subjects
    that are not there or not of that kind, and for a correction that makes no sense.
    """
    for name, words in (("by", by), ("why", why)):
        if not words.strip():
            raise InputError(f"--{name} is empty: a judgement is kept with who made it and why")
    said = dict(correction or {})
    names: tuple[str, ...]
    if verdict == "grade":
        names = (_mention(ledger, subject[0]),)
        said |= _suggested(ledger, names[0])
    else:
        names = _pair(ledger, subject) if verdict in PAIR else _claim(ledger, subject, verdict, said)
    standing = _standing(ledger, names)
    judgement = Judgement(
        verdict=verdict,
        subject=names,
        by=by.strip(),
        why=why.strip(),
        shown=_shown(ledger, names),
        correction=said,
        after=standing.id if standing else None,
        at=stamp(clock),
    )
    before = _incidents(ledger, names)
    ledger.append([judgement])
    update(ledger, progress)
    rulings = review.apply((), ledger.records(Judgement))
    where = " ".join(names)
    return Judged(
        judgement=judgement,
        before=before,
        after=_incidents(ledger, names),
        problems=tuple(problem for problem in rulings.problems if problem.where == where),
    )


def _mention(ledger: Ledger, prefix: str) -> str:
    """The mention meant, or the first of the incident meant."""
    name = find(ledger, prefix, "mi")
    if name.startswith("i"):
        incident = ledger.incident(name)
        if incident is None:
            raise InputError(f"there is no incident {name}: run bearwitness incidents")
        name = incident.mentions[0]
    if ledger.incident_of(name) is None:
        raise InputError(
            f"{name} is in no incident: an earlier reader found it, the same words stand in an earlier capture of "
            "its page, or bearwitness update was not run"
        )
    return name


def _suggested(ledger: Ledger, mention: str) -> dict[str, str | int | bool | None]:
    """The grade that the rules suggest for a mention's incident now, and by which rule."""
    incident = ledger.incident_of(mention)
    weighed = ledger.assessment(incident, assess.DEFAULT) if incident else None
    found = weighed.suggested if weighed else None
    return {"suggested": found.grade, "rule": found.rule} if found else {}


def _pair(ledger: Ledger, subject: Sequence[str]) -> tuple[str, ...]:
    """The two mentions meant, in order."""
    mentions = {_mention(ledger, prefix) for prefix in subject}
    if len(mentions) != 2:
        raise InputError("the two are one and the same mention: name two different ones")
    return tuple(sorted(mentions))


def _claim(
    ledger: Ledger, subject: Sequence[str], verdict: Verdict, correction: dict[str, str | int | bool | None]
) -> tuple[str, ...]:
    name = find(ledger, subject[0], "c")
    claim = ledger.get(name)
    if not isinstance(claim, Claim):
        raise InputError(
            f"{name} is a capture; this needs a claim: bearwitness show prints the claims of an incident"
        )
    if name not in {one.id for one in ledger.claims_of(claim.report)}:
        raise InputError(
            f"{name} was found by an earlier reader and counts no more: judge the claim that counts now"
        )
    if verdict == "correct":
        try:
            review.corrected(claim, correction)
        except ValueError as error:
            raise InputError(f"the correction of {name} makes no sense: {error}") from None
    return (name,)


def _standing(ledger: Ledger, names: tuple[str, ...]) -> Judgement | None:
    """The judgement on ``names`` that holds now."""
    about = [one for one in ledger.records(Judgement) if one.subject == names]
    return review.binding(about, []).get(names)


def _incidents(ledger: Ledger, names: tuple[str, ...]) -> tuple[str, ...]:
    """The incidents that mentions, or the mention of a claim, are in."""
    mentions = [
        record.mention if isinstance(record, Claim) else name
        for name, record in ledger.get_many(names).items()
    ]
    return tuple(sorted(set(ledger.incidents_of(mentions).values())))


def _shown(ledger: Ledger, names: tuple[str, ...]) -> str:
    """What the person decided on, in a line: the words and where they stand."""
    records = ledger.get_many(names)
    lines = []
    for name in names:
        record = records[name]
        if isinstance(record, Mention):
            place = record.place.words if record.place else "place not stated"
            words = f"“{record.anchor}”, {place}, {record.date or 'date not stated'}"
            lines.append(f"{words} ({_outlet(ledger, record.report)})")
        elif isinstance(record, Claim):
            speaker = record.speaker.words if record.speaker else "the outlet itself"
            lines.append(f"{record.about}: “{record.words}”, {speaker} ({_outlet(ledger, record.report)})")
    return " | ".join(lines)


def _outlet(ledger: Ledger, name: str) -> str:
    report = ledger.get(name)
    return (report.outlet or report.source) if isinstance(report, Report) else name
