"""What two reports share, and where a text comes from: derived values, kept and shown."""

from __future__ import annotations

from bearwitness.identity import Value


class Shared(Value, frozen=True, kw_only=True):
    """Words that two reports share: from where to where in the text of either, and how many."""

    start: int
    end: int
    other_start: int
    other_end: int
    words: int


class Copy(Value, frozen=True, kw_only=True):
    """Two reports (in order of id) that share more of their words than independent ones do (derived).

    ``whole`` says that one is a copy of the other, in whole or for the most part; otherwise they share passages. ``alike``
    is the share of the runs of words of both that they share, ``contained`` the share of those of the shorter.
    """

    first: str
    second: str
    whole: bool
    alike: float
    contained: float
    passages: tuple[Shared, ...] = ()


class Credit(Value, frozen=True, kw_only=True):
    """An agency that a report credits, by the name it is told by; the words are ``Report.text[start:end]``.

    ``whole`` says that the text is the agency's; otherwise it had a part in it.
    """

    agency: str
    whole: bool
    start: int
    end: int


class Alike(Value, frozen=True, kw_only=True):
    """Another report that has words of this one (see ``Copy``). ``words`` are those of the longest passage both have, and
    ``start``/``end`` where it stands in this one; 0 if it is short."""

    report: str
    outlet: str | None
    published: str | None
    whole: bool
    alike: float
    contained: float
    words: int = 0
    start: int = 0
    end: int = 0


class Provenance(Value, frozen=True, kw_only=True):
    """Where a report's text comes from, as far as the ledger shows (derived).

    ``group`` counts the reports that are copies of each other and this one; ``first`` is the id of the one published, or
    else captured, first. ``alike`` are those nearest to this one, copies first.
    """

    credits: tuple[Credit, ...] = ()
    group: int = 1
    first: str | None = None
    alike: tuple[Alike, ...] = ()
