"""Judgements folded into rulings: who supersedes whom, what binds, what is kept as a problem."""

from __future__ import annotations

from itertools import permutations

import pytest
from invented import POLICE, World

from bearwitness import review
from bearwitness.record import Judgement


def judgement(verdict: str, *subject: str, **fields: object) -> Judgement:
    """A judgement with the least said."""
    return Judgement(verdict=verdict, subject=subject, by=fields.pop("by", "ann"), why="seen", **fields)  # type: ignore[arg-type]


def test_the_latest_of_a_chain_binds() -> None:
    """A judgement that names another in ``after`` supersedes it, in whatever order they are given."""
    first = judgement("same", "m1", "m2")
    second = judgement("different", "m1", "m2", after=first.id)
    third = judgement("unsure", "m1", "m2", after=second.id)
    for order in permutations([first, second, third]):
        rulings = review.apply([], order)
        assert (rulings.same, rulings.different) == ({}, {})
        assert rulings.unsure == {("m1", "m2"): third}
        assert rulings.problems == ()


def test_two_people_who_differ_make_a_kept_problem() -> None:
    """Of two standing judgements the later binds; of equal ones the more careful; a problem says so."""
    yes, no = judgement("same", "m1", "m2", by="ann"), judgement("different", "m1", "m2", by="ben")
    rulings = review.apply([], [yes, no])
    assert rulings.different == {("m1", "m2"): no}
    assert [problem.code for problem in rulings.problems] == ["judgements_conflict"]
    late = judgement("same", "m1", "m2", by="ann", at="2031-01-02T00:00:00Z")
    assert review.apply([], [late, no]).same == {("m1", "m2"): late}


def test_contradiction_over_three_pairs_lets_the_negative_win() -> None:
    """A is B, B is C, A is not C: A and C stay apart, and the judgement set aside is named in a problem."""
    ab, bc, no = judgement("same", "a", "b"), judgement("same", "b", "c"), judgement("different", "a", "c")
    for order in permutations([ab, bc, no]):
        rulings = review.apply([], order)
        assert rulings.same == {("a", "b"): ab}
        assert rulings.aside == {("b", "c"): bc}
        assert rulings.different == {("a", "c"): no}
        (problem,) = rulings.problems
        assert problem.code == "judgements_conflict"
        assert "stay apart" in problem.sentence


def test_a_correction_is_weighed_and_the_claim_stays() -> None:
    """The corrected claim has the id of the claim as read and the corrected values; the original is untouched."""
    world = World()
    claim = world.said(12, POLICE)
    world.judge("correct", claim.id, correction={"low": 2, "high": 2})
    rulings = review.apply([claim], world.judgements)
    assert (rulings.corrected[claim.id].low, rulings.corrected[claim.id].id) == (2, claim.id)
    assert (claim.low, claim.high) == (12, 12)


@pytest.mark.parametrize(
    "correction", [{"words": "other"}, {"low": 9, "high": 3}, {"low": "nine"}, {"stance": "shouts"}]
)
def test_a_senseless_correction_is_a_kept_problem(correction: dict[str, object]) -> None:
    """Words and spans cannot be corrected, nor can a claim be made that contradicts itself."""
    world = World()
    claim = world.said(12, POLICE)
    world.judge("correct", claim.id, correction=correction)
    rulings = review.apply([claim], world.judgements)
    assert rulings.corrected == {}
    assert [problem.code for problem in rulings.problems] == ["bad_correction"]


def test_accept_undoes_a_rejection() -> None:
    """An accept that supersedes a reject leaves nothing rejected."""
    no = judgement("reject", "c1")
    yes = judgement("accept", "c1", after=no.id)
    assert set(review.apply([], [no]).rejected) == {"c1"}
    rulings = review.apply([], [no, yes])
    assert (rulings.rejected, set(rulings.accepted)) == ({}, {"c1"})


def test_a_judgement_on_another_subject_supersedes_nothing() -> None:
    """``after`` counts only within one subject."""
    one = judgement("reject", "c1")
    other = judgement("reject", "c2", after=one.id)
    assert set(review.apply([], [one, other]).rejected) == {"c1", "c2"}
