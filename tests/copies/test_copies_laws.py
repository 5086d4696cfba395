"""Copies are found the same whatever the order of arrival, and nothing is compared that is far apart in every list."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_copies import report, story

from bearwitness import copies, likeness
from bearwitness.provenance import Copy
from bearwitness.record import Report

STANDING = story(99, words=70)


def entered(reports: list[Report]) -> dict[tuple[str, str], tuple[Copy, int]]:
    """Everything that is kept of copies, after ``reports`` came in that order."""
    texts = {copies.key(one.id): likeness.text(one) for one in reports}
    lists = copies.Memory()
    for text in texts.values():
        copies.enter(lists, text, lambda keys: [texts[key] for key in keys])
    return {(copy.first, copy.second): (copy, support) for copy, support in lists.kept()}


def wanted(reports: list[Report]) -> dict[tuple[str, str], tuple[Copy, int]]:
    """The same by definition: all pairs within reach of each other in some list."""
    texts = sorted((likeness.text(one) for one in reports), key=lambda text: text.report)
    lists: dict[int, list[likeness.Text]] = {}
    for text in texts:
        for mark in text.marks:
            lists.setdefault(mark, []).append(text)
    found = {}
    for one, other in itertools.combinations(texts, 2):
        support = sum(
            other in held[held.index(one) + 1 : held.index(one) + 1 + copies.REACH]
            for held in lists.values()
            if one in held
        )
        copy = copies.compared(one, other) if support else None
        if copy is not None:
            found[one.report, other.report] = copy, support
    return found


@st.composite
def arrivals(draw: st.DrawFn) -> list[Report]:
    """Reports of a few stories: whole, cut, under a headline, with a standing line, or quoting each other."""
    made: dict[str, Report] = {}
    for number in range(draw(st.integers(1, 14))):
        text = story(draw(st.integers(1, 3)), 90)
        how = draw(st.integers(0, 4))
        if how == 1:
            text = f"Headline {number} of the day\n\n{text}"
        elif how == 2:
            text = text[: len(text) * 2 // 3]
        elif how == 3:
            text = f"{story(50 + number)} {STANDING}"
        elif how == 4:
            text = f"{story(70 + number)} {text[100:500]}"
        one = report(text, f"Outlet {number}")
        made[one.id] = one
    return list(made.values())


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_order_of_arrival_changes_nothing(data: st.DataObject) -> None:
    """In any order the same copies with the same supports come out: those that the definition asks for."""
    reports = data.draw(arrivals())
    again = data.draw(st.permutations(reports))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copies, "REACH", data.draw(st.sampled_from((1, 2, 8))))
        assert entered(reports) == entered(again) == wanted(reports)


def test_a_text_copied_a_hundred_times_is_one_group() -> None:
    """Every copy is compared with its neighbours only, and all hang together."""
    wire = story(1)
    reports = [report(f"Headline {number}\n\n{wire}", f"Outlet {number}") for number in range(100)]
    found = copies.among(reports)
    assert set(found.heads) == {one.id for one in reports}
    assert len(set(found.heads.values())) == 1


def test_a_line_that_stands_everywhere_costs_the_same_for_each_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a hundred reports under one standing line, the last is compared with as few as the twentieth."""
    compared = 0
    counted = copies.compared

    def counting(one: likeness.Text, other: likeness.Text) -> Copy | None:
        nonlocal compared
        compared += 1
        return counted(one, other)

    monkeypatch.setattr(copies, "compared", counting)
    copies.among(report(f"{story(number, 60)} {STANDING}", "The Lamp") for number in range(100))
    assert compared <= 100 * 2 * copies.REACH * 8


def test_groups_are_of_copies_and_not_of_quotations() -> None:
    """A report that quotes a passage of another shares the passage and not the group."""
    wire = report(story(1), "Coast Wire")
    copy = report(f"Headline\n\n{story(1)}", "The Lamp")
    quoting = report(f"{story(2)} Coast Wire writes: {' '.join(story(1).split()[30:100])}", "Eastwire")
    found = copies.among([wire, copy, quoting])
    assert found.heads == {wire.id: min(wire.id, copy.id), copy.id: min(wire.id, copy.id)}
    ((other, passage),) = (part for part in found.passages[quoting.id] if part[0] == wire.id)
    assert other == wire.id
    assert quoting.text[passage.start : passage.end].split() == story(1).split()[30:100]
