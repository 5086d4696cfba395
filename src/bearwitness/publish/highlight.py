"""A report's text cut into pieces so that every claim's words can be marked, however they overlap.

Marks may cross each other, which HTML elements may not. So the text is cut at every border of a claim, a
withheld name and a left-out stretch, and each piece says which claims it belongs to. The pieces of one
claim, put together, are its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from bearwitness.publish import words
from bearwitness.publish.names import WITHHELD

if TYPE_CHECKING:
    from bearwitness.publish.names import Names
    from bearwitness.record import Claim, Report


SHOWN = 200_000  # characters; beyond them only paragraphs with claims are shown


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text with one set of claims. ``begins``/``ends`` are the claims that do so here."""

    text: str
    claims: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    stance: str = ""
    withheld: bool = False


class Block(msgspec.Struct, frozen=True):
    """A paragraph: its pieces and the claims to note beside it. ``left_out`` says why it is no article text."""

    pieces: tuple[Piece, ...]
    notes: tuple[str, ...] = ()
    left_out: str | None = None
    heading: bool = False
    skipped: int = 0


def blocks(report: Report, claims: Sequence[Claim], names: Names, *, full_text: bool = True) -> list[Block]:
    """The report's text as paragraphs of pieces, in order. Without ``full_text`` only those with claims."""
    hidden = names.spans(report.text)
    found: list[Block] = []
    skipped = 0
    for start, end, why in _stretches(report):
        inside = [claim for claim in claims if claim.start < end and claim.end > start]
        if not inside and (not full_text or start > SHOWN):
            skipped += end - start
            continue
        if skipped:
            found.append(Block(pieces=(), skipped=skipped))
            skipped = 0
        covered = [(first, last) for first, last in hidden if first < end and last > start]
        pieces = _pieces(report.text, start, end, inside, covered)
        notes = tuple(claim.id for claim in inside if start <= claim.start < end)
        heading = why is None and report.title_end > 0 and end <= report.title_end
        found.append(Block(pieces=pieces, notes=notes, left_out=why, heading=heading))
    if skipped:
        found.append(Block(pieces=(), skipped=skipped))
    return found


def _stretches(report: Report) -> list[tuple[int, int, str | None]]:
    """Lines of the text, cut where a left-out stretch begins or ends. Blank lines are passed over."""
    parts: list[tuple[int, int, str | None]] = []
    at = 0
    for part in report.left_out:
        parts += [(at, part.start, None), (part.start, part.end, words.LEFT_OUT[part.why])]
        at = part.end
    parts.append((at, len(report.text), None))
    if report.title_end and parts[0][2] is None and parts[0][1] > report.title_end:
        parts[:1] = [(0, report.title_end, None), (report.title_end, parts[0][1], None)]
    lines: list[tuple[int, int, str | None]] = []
    for start, end, why in parts:
        line = start
        for text in report.text[start:end].splitlines(keepends=True):
            if text.strip():
                lines.append((line, line + len(text), why))
            line += len(text)
    return lines


def _pieces(
    text: str,
    start: int,
    end: int,
    claims: Sequence[Claim],
    hidden: Sequence[tuple[int, int]],
) -> tuple[Piece, ...]:
    cuts = {start, end}
    for first, last in [*((claim.start, claim.end) for claim in claims), *hidden]:
        cuts.update(cut for cut in (first, last) if start < cut < end)
    ordered = sorted(cuts)
    pieces = []
    for first, last in pairwise(ordered):
        over = [claim for claim in claims if claim.start <= first and claim.end >= last]
        withheld = any(a <= first and last <= b for a, b in hidden)
        pieces.append(
            Piece(
                text=(WITHHELD if any(first == a for a, _ in hidden) else "")
                if withheld
                else text[first:last],
                claims=tuple(claim.id for claim in over),
                begins=tuple(claim.id for claim in over if claim.start == first),
                ends=tuple(claim.id for claim in over if claim.end == last),
                stance=_stance(over),
                withheld=withheld,
            )
        )
    return tuple(pieces)


def _stance(claims: Sequence[Claim]) -> str:
    if not claims:
        return ""
    return "denies" if all(claim.stance != "asserts" for claim in claims) else "asserts"
