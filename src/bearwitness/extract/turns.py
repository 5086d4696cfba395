"""Whose turn it is to speak, where a monitoring service prints what it heard: "[REPORTER] HOW MANY WERE HURT? [OSTIN] FOUR.", or
a communique, a statement or a speech under the name of who issues it ("[COMMUNIQUE] [NORTHERN COMMAND] [TEXT] ...").

What else stands in brackets (glosses, "[WORDS INDISTINCT]") is no turn.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import islice
from typing import NamedTuple

from bearwitness.extract.tokens import ORGANISATION

BRACKET = re.compile(r"\[([^\[\]]{2,400})\]")
NOTE = re.compile(
    r"text|live|recorded|undated|from .*|excerpts?|continued|(?:begin|end) recording|subhead|signed|dated.*|applause.*|laughter|music|sic|summary|changes thought"
    r"|not further identified|.*(?:indistinct|omitted|unmonitorable|drowned out|break in reception|call sign|not specified)"
    r"|.*\bas (?:heard|received|published|printed|broadcast|given)\b.*|(?:passage|video|crowd|question|number|date|name given)\b.*"
)
# What is the word of who stands over it; what is so only if that is a body.
OF_ONE = re.compile(
    r"(?:official |joint |news |press |new year'?s )?(?:communique|statement|speech|address|message|letter|declaration|proclamation|release|bulletin)"
)
BY_ONE = re.compile(r"(?:report|article)")
HEARD = re.compile(
    r"(?:telephone |exclusive )?(?:interview|news conference|press conference|conversation) with (?P<who>.+)"
)
ASKED_BY = re.compile(r"(?:^|\s)by (?:an? )?(?P<who>[^,]+(?:,.*)?)$")
LABEL = re.compile(
    r"(?:(?:unidentified|second|first|another|studio|station|male|female) ){0,3}(?:reporter|correspondent|announcer|moderator|listener|caller|speaker"
    r"|spokes(?:man|woman|person)|witness|official|officer|judge|man|woman|soldier|policeman|resident|interviewer|newsman)s?"
)
# Nobody's word but the outlet's.
ASKS = re.compile(
    r"\b(?:announcer|moderator|interviewer|studio|station)\b|.\b(?:correspondent|newsman)\b|\bcorrespondent ."
)
REPORTS = re.compile(r"\b(?:reports?|reporting|correspondent|more details|has (?:more|the details))\b")
RECORDING = re.compile(r"\[begin recording\](?:\s*\[[^\[\]]*\])*$", re.I)
BODIES = ORGANISATION | frozenset(
    "command front forces committee ministry army police government council".split()
)
SHORT = frozenset("the a an in of to and for his her their its he she they it this that no".split())
ENDS = '.?!":]'
MOST = 1_000  # brackets of a text that are looked at
NEAR = 300  # characters before a bracket that are looked at
HEAD = 600  # characters in which the header stands
LONG = 12  # words of a name


class Turn(NamedTuple):
    """Somebody's turn: characters of his name, and the stretch that he says."""

    start: int
    end: int
    scope: tuple[int, int]


class Bracket(NamedTuple):
    """Words in brackets: their characters, and in lower case with single blanks."""

    start: int
    end: int
    low: str


def turns(plain: str) -> list[Turn]:
    """The turns of a text, in order; what nobody but the outlet says is none."""
    if "[" not in plain:
        return []
    found = [
        Bracket(m.start(1), m.end(1), " ".join(m[1].lower().split()))
        for m in islice(BRACKET.finditer(plain), MOST)
        if not m[1].islower() and m[1].split(",")[0].strip()
    ]
    header = _header(plain, found)
    if not header:
        return []  # no transcript: what stands in brackets is an editor's
    body = header[-1].end + 1
    issuer, heard, asking = _heads(header)
    named = header[:2] if heard is None else header[:1]
    begin = _starts(plain, [b for b in found if b not in named], body, heard or "", asking)
    marks = [(b.end + 1, b) for b in begin]
    if issuer is not None and (not marks or marks[0][0] > body + 1):
        marks.insert(0, (body, issuer))
    ends = [b.start - 1 for b in found if b.low == "end recording"]
    made = []
    for k, (start, who) in enumerate(marks):
        end = marks[k + 1][1].start - 1 if k + 1 < len(marks) else len(plain)
        stop = bisect_left(ends, start)
        if stop < len(ends):
            end = min(end, ends[stop])
        if not ASKS.search(who.low) and not _asks(who, asking):
            made.append(Turn(*_name(plain, who), (start, end)))
    return made


def _header(plain: str, found: list[Bracket]) -> list[Bracket]:
    """The brackets that stand one after another behind a dateline."""
    first = next((b for b in found if b.start < HEAD and plain[: b.start - 1].rstrip().endswith("--")), None)
    if first is None:
        return []
    header = [first]
    for b in found[found.index(first) + 1 :]:
        if plain[header[-1].end + 1 : b.start - 1].strip():
            break
        header.append(b)
    return header


def _heads(header: list[Bracket]) -> tuple[Bracket | None, str | None, str]:
    """Who issues the text; the words for who is heard in it (``None``: the header names somebody else, or nobody); those for
    who asks or reports."""
    kind, named = header[0], next((b for b in header[1:2] if not NOTE.fullmatch(b.low)), None)
    heard = HEARD.match(kind.low)
    if heard is not None:
        asked = ASKED_BY.search(heard["who"])
        return None, heard["who"][: asked.start()] if asked else heard["who"], asked["who"] if asked else ""
    if named is None or not (OF_ONE.fullmatch(kind.low) or BY_ONE.fullmatch(kind.low)):
        return None, "", ""
    last = named.low.split(",")[0].split()[-1]
    body = OF_ONE.fullmatch(kind.low) or (last in BODIES and " news " not in named.low)
    return (named, None, "") if body else (None, None, named.low)


def _starts(plain: str, found: list[Bracket], body: int, heard: str, asking: str) -> list[Bracket]:
    """The brackets that begin a turn."""
    may, glosses = [], set()
    for b in found:
        before = plain[max(0, b.start - NEAR) : b.start - 1].rstrip()
        opens = not before or before[-1] in ENDS or before.endswith("--")
        words = b.low.split()
        if (
            opens
            and not NOTE.fullmatch(b.low)
            and len(words) <= LONG
            and words[0] not in SHORT
            and words[0][0].isalpha()
        ):
            may.append((b, before))
        elif not opens:
            glosses.add(b.low)
    may = [(b, before) for b, before in may if b.low not in glosses]
    often = Counter(b.low for b, _ in may)
    asked = any(LABEL.fullmatch(b.low) for b, _ in may)  # an interview: whoever answers is one of two
    known = set(re.findall(r"[^\W\d_]+", f"{heard} {asking}"))
    blank = BRACKET.sub(lambda m: " " * len(m[0]), plain.lower())
    kept = []
    for b, before in may:
        name = b.low.split(",")[0]
        recorded = RECORDING.search(before) or b.end < body
        if (
            LABEL.fullmatch(name)
            or name.split()[-1] in known
            or (asked and often[b.low] > 1)
            or ((recorded or often[b.low] > 1) and _introduced(blank, body, b.start, name))
        ):
            kept.append(b)
    return kept


def _introduced(low: str, body: int, start: int, name: str) -> bool:
    """Whether somebody is told of in the text from ``body`` to his turn, and not as one who reports; where a text begins with
    him, he is not asked for it."""
    if not low[body : min(start, body + NEAR)].strip(" \n["):
        return True
    at = low.find(name.rsplit(maxsplit=1)[-1], body, start)
    told = at >= 0 and REPORTS.search(" ".join(low[at : at + 90].split())) is None
    return told or len(name.split()) > 2


def _asks(who: Bracket, asking: str) -> bool:
    """Whether somebody is the one who asks or reports by his name."""
    words = set(re.findall(r"[^\W\d_]+", asking))
    name = who.low.split(",")[0]
    return not LABEL.fullmatch(name) and name.split()[-1] in words


def _name(plain: str, who: Bracket) -> tuple[int, int]:
    """The name without what is told of its bearer: "COLONEL R. OSTIN, CHIEF OF STAFF", but "NORTHERN FRONT, NF"."""
    comma = plain.find(",", who.start, who.end)
    short = len(plain[comma + 1 : who.end].split()) == 1
    return who.start, who.end if comma < 0 or short else comma
