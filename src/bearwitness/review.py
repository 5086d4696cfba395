"""What people have decided: judgements folded into rulings that linking and weighing obey.

A judgement stands until one that names it in ``after`` supersedes it. If two stand for one subject (two
people, neither of whom saw the other's), the later one binds, of equal ones the more careful one
(different before unsure before same, reject before correct before accept), and a problem is kept. If
standing judgements on pairs cannot all hold (A is B, B is C, A is not C), the *different* one holds: pairs
judged the same are joined in the order of their ids and the one that would bring the two together is set
aside, with a problem.

``unsure`` and ``accept`` bind nothing: they record that someone looked, and they undo what they supersede.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from .record import Claim, Judgement, Problem, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

Pair = tuple[str, str]

CORRECTABLE = frozenset(
    {
        "about",
        "stance",
        "low",
        "high",
        "number_kind",
        "whom",
        "group",
        "part_of",
        "value",
        "value_class",
        "hedged",
    }
)
_CARE = {"different": 0, "unsure": 1, "same": 2, "reject": 0, "correct": 1, "accept": 2, "grade": 0}


class Rulings(Value, frozen=True, kw_only=True):
    """The judgements in force. Pairs are mention ids in order; the other keys are claim ids, those of ``grades`` mention ids.

    ``aside`` are *same* judgements that a *different* one overrules; ``corrected`` are claims as they are
    to be weighed, under the id of the claim as read, which itself stays as it was.
    """

    same: dict[Pair, Judgement] = {}
    different: dict[Pair, Judgement] = {}
    unsure: dict[Pair, Judgement] = {}
    aside: dict[Pair, Judgement] = {}
    rejected: dict[str, Judgement] = {}
    accepted: dict[str, Judgement] = {}
    corrections: dict[str, Judgement] = {}
    corrected: dict[str, Claim] = {}
    grades: dict[str, Judgement] = {}
    problems: tuple[Problem, ...] = ()


def stands(claim: Claim, rulings: Rulings) -> bool:
    """Whether a claim is to be weighed: not rejected, and not merely proposed by the reader unless a person took it."""
    if claim.id in rulings.rejected:
        return False
    return not claim.proposed or claim.id in rulings.accepted or claim.id in rulings.corrections


def apply(claims: Iterable[Claim], judgements: Iterable[Judgement]) -> Rulings:
    """Fold ``judgements`` (in any order) and apply corrections to those of ``claims`` they name."""
    problems: list[Problem] = []
    holding = binding(judgements, problems)
    named = {verdict: _of(holding, verdict) for verdict in _CARE}
    pairs = {
        verdict: {(subject[0], subject[1]): judgement for subject, judgement in named[verdict].items()}
        for verdict in ("same", "different", "unsure")
    }
    aside = _overruled(pairs["same"], pairs["different"], problems)
    corrections = {subject[0]: judgement for subject, judgement in named["correct"].items()}
    return Rulings(
        same={pair: judgement for pair, judgement in pairs["same"].items() if pair not in aside},
        different=pairs["different"],
        unsure=pairs["unsure"],
        aside={pair: pairs["same"][pair] for pair in sorted(aside)},
        rejected={subject[0]: judgement for subject, judgement in named["reject"].items()},
        accepted={subject[0]: judgement for subject, judgement in named["accept"].items()},
        corrections=corrections,
        corrected=_corrected(claims, corrections, problems),
        grades={subject[0]: judgement for subject, judgement in named["grade"].items()},
        problems=tuple(problems),
    )


def binding(judgements: Iterable[Judgement], problems: list[Problem]) -> dict[tuple[str, ...], Judgement]:
    """For each subject, in order, the judgement in force."""
    known = {judgement.id: judgement for judgement in judgements}
    superseded = {
        judgement.after
        for judgement in known.values()
        if judgement.after in known and known[judgement.after].subject == judgement.subject
    }
    standing: dict[tuple[str, ...], list[Judgement]] = {}
    for judgement in known.values():
        if judgement.id not in superseded:
            standing.setdefault(judgement.subject, []).append(judgement)
    return {subject: _one(standing[subject], problems) for subject in sorted(standing)}


def _one(standing: list[Judgement], problems: list[Problem]) -> Judgement:
    """The one of several standing judgements that binds: the latest, of equal ones the most careful."""
    latest = max(judgement.at for judgement in standing)
    last = [judgement for judgement in standing if judgement.at == latest]
    chosen = min(last, key=lambda judgement: (_CARE[judgement.verdict], judgement.id))
    others = sorted(
        {
            f"{judgement.by} ({judgement.verdict})"
            for judgement in standing
            if (judgement.verdict, judgement.correction) != (chosen.verdict, chosen.correction)
        }
    )
    if others:
        sentence = f"{chosen.by} says {chosen.verdict}, which holds; differing and not superseded: {', '.join(others)}."
        problems.append(
            Problem(code="judgements_conflict", where=" ".join(chosen.subject), sentence=sentence)
        )
    return chosen


def _of(holding: dict[tuple[str, ...], Judgement], verdict: str) -> dict[tuple[str, ...], Judgement]:
    return {subject: judgement for subject, judgement in holding.items() if judgement.verdict == verdict}


def _overruled(
    same: dict[Pair, Judgement], different: dict[Pair, Judgement], problems: list[Problem]
) -> set[Pair]:
    """Pairs judged the same that would bring together a pair judged different."""
    head: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    barred: dict[str, set[str]] = {}
    for one, other in different:
        barred.setdefault(one, set()).add(other)
        barred.setdefault(other, set()).add(one)
    aside: set[Pair] = set()
    for pair in sorted(same):
        left, right = (head.setdefault(mention, mention) for mention in pair)
        if left == right:
            continue
        ours, theirs = members.setdefault(left, {left}), members.setdefault(right, {right})
        clash = sorted((a, b) for a in ours for b in theirs & barred.get(a, set()))
        if clash:
            aside.add(pair)
            no = different[min(clash[0]), max(clash[0])]
            sentence = (
                f"{same[pair].by} holds {pair[0]} and {pair[1]} to be one event, but that would join "
                f"{clash[0][0]} and {clash[0][1]}, which {no.by} holds apart; they stay apart."
            )
            problems.append(Problem(code="judgements_conflict", where=" ".join(pair), sentence=sentence))
            continue
        ours |= theirs
        for mention in theirs:
            head[mention] = left
    return aside


def _corrected(
    claims: Iterable[Claim], corrections: dict[str, Judgement], problems: list[Problem]
) -> dict[str, Claim]:
    """The claims that a person corrected, as corrected."""
    done: dict[str, Claim] = {}
    for claim in claims:
        judgement = corrections.get(claim.id)
        if judgement is None:
            continue
        try:
            done[claim.id] = corrected(claim, judgement.correction)
        except ValueError as error:
            sentence = f"The correction by {judgement.by} cannot be applied and is passed over: {error}."
            problems.append(Problem(code="bad_correction", where=claim.id, sentence=sentence))
    return dict(sorted(done.items()))


def corrected(claim: Claim, correction: dict[str, str | int | bool | None]) -> Claim:
    """``claim`` with ``correction`` applied, under the same id. ``ValueError`` if the result makes no sense."""
    strange = sorted(set(correction) - CORRECTABLE)
    if strange:
        raise ValueError(
            f"{', '.join(strange)} cannot be corrected; these can: {', '.join(sorted(CORRECTABLE))}"
        )
    fields = msgspec.to_builtins(claim) | correction
    try:
        return msgspec.convert(fields, Claim)
    except msgspec.ValidationError as error:  # a wrong type, or a check in the record itself
        raise ValueError(str(error)) from error
