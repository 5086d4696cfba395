"""Which texts and voices are one origin, and what each join rests on.

Nodes are texts (reports) and voices (the words that name an institution or an outlet). Texts are joined if they are
copies, editions of one page, of one outlet or credited to one agency; voices if they are forms of one name, or names of
one agency.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from .. import parties
from ..credit import credits, other_names

if TYPE_CHECKING:
    from ..provenance import Credit
    from ..record import Claim, Speaker
    from .case import Case

Node = tuple[str, ...]
Because = Literal["copied_text", "same_page", "credits_agency", "same_outlet"]
LAST = "9999"
"""Sorts reports whose day is not known behind the others."""
PRESS = "journalist_on_scene"
_NAME = re.compile(r"[^\W\d_a-z][\w'’-]+(?: (?:al-|el-)?[^\W\d_a-z][\w'’-]+)+")
_BODIES = frozenset({"hospital", "clinic", "hospitals"})


class Joined(NamedTuple):
    """That the text of a report goes with another report, or with an outlet or agency, and because of what."""

    report: str
    other: str
    because: Because
    credit: Credit | None = None


class Tracing(NamedTuple):
    """``node`` gives each claim's origin, ``joins`` why texts are one, ``agencies`` those that a whole text is credited
    to, and ``here`` the origins of outlets and agencies whose own texts are among the reports."""

    node: dict[str, Node]
    joins: tuple[Joined, ...]
    agencies: dict[str, str]
    here: frozenset[Node]


class _Groups:
    """Nodes joined into groups; the smallest node names the group."""

    def __init__(self) -> None:
        self.head: dict[Node, Node] = {}

    def find(self, node: Node) -> Node:
        self.head.setdefault(node, node)
        while self.head[node] != node:
            node = self.head[node]
        return node

    def join(self, one: Node, other: Node) -> None:
        a, b = sorted((self.find(one), self.find(other)))
        self.head[b] = a


def trace(case: Case) -> Tracing:
    """Where every claim of ``case`` first came from."""
    groups = _Groups()
    joins: list[Joined] = []
    _join_texts(case, groups, joins)
    whole = {key: one for key, report in case.reports.items() for one in credits(report) if one.whole}
    agencies = {key: one.agency for key, one in whole.items()}
    outlets = {key: by for key, report in case.reports.items() if (by := agencies.get(key) or report.outlet)}
    spoken = [claim.speaker for claim in case.claims if claim.speaker is not None]
    voices = {institution(speaker) for speaker in spoken}
    _join_voices(voices, groups)
    by_outlet: dict[str, list[str]] = {}
    for key, by in sorted(outlets.items()):
        groups.join(("text", key), voice(_words(by)))
        by_outlet.setdefault(by, []).append(key)
    for by, keys in by_outlet.items():
        joins += [
            Joined(key, by, "credits_agency" if key in whole else "same_outlet", whole.get(key))
            for key in keys
            if key in whole or len(keys) > 1
        ]
        for name in _cited_as(by, voices, spoken):
            groups.join(voice(_words(by)), voice(name))
        for also in other_names(by):
            if any(_words(also) == _words(other) for other in by_outlet):
                groups.join(voice(_words(by)), voice(_words(also)))
    return Tracing(
        node={claim.id: groups.find(_node(claim, case)) for claim in case.claims},
        joins=tuple(joins),
        agencies=agencies,
        here=frozenset(groups.find(voice(_words(by))) for by in by_outlet),
    )


def _join_texts(case: Case, groups: _Groups, joins: list[Joined]) -> None:
    """Copies are one text, and so are the editions of a page, however much it was rewritten."""
    first: dict[str, str] = {}
    for key in sorted(case.reports, key=lambda key: (case.reports[key].published or LAST, key)):
        head = case.copies.heads.get(key)
        if head is not None:
            groups.join(("text", key), ("text", head))
            if first.setdefault(head, key) != key:
                joins.append(Joined(key, first[head], "copied_text"))
    pages: dict[str, str] = {}
    for key, version in sorted(case.versions.items()):
        if pages.setdefault(version.page, key) != key:
            groups.join(("text", pages[version.page]), ("text", key))
            joins.append(Joined(key, pages[version.page], "same_page"))


def _cited_as(outlet: str, voices: set[frozenset[str]], spoken: list[Speaker]) -> set[frozenset[str]]:
    """The voices by which an outlet is cited: its name or another that it goes by, or a form of it where the one cited
    is said to be of the press."""
    press = {institution(speaker) for speaker in spoken if speaker.role == PRESS}
    names = [_words(outlet), *map(_words, other_names(outlet))]
    return {
        said
        for said in voices
        if any(said == name or (said in press and parties.one_voice(said, name)) for name in names)
    }


def institution(speaker: Speaker) -> frozenset[str]:
    """The words that name a speaker's institution; of "police spokesman Amadu Torlin" those for the police."""
    words = parties.institution(speaker)
    name = _name(speaker)
    kept = words - frozenset(name) if name else words
    return kept if kept & (parties.listed("organs") | _BODIES) else words


def office(speaker: Speaker) -> str:
    """A speaker's institution in the words that name it, without the person who speaks for it."""
    kept = institution(speaker)
    words = [word for word in speaker.name.split() if kept.issuperset(parties.tokens(word))]
    return " ".join(words) if _name(speaker) and words else speaker.name


def person(speaker: Speaker) -> str | None:
    """The last word of a person's name among the words for a speaker, folded; ``None`` if there is none."""
    name = _name(speaker)
    return name[-1] if name else None


@lru_cache(maxsize=4096)
def _name(speaker: Speaker) -> tuple[str, ...]:
    """A person's name among the words for a speaker, folded, without the post or country before it. A name that nothing
    sets apart from an organisation's ("Plain Count Observatory") is none."""
    before = parties.listed("posts") | parties.listed("generic") | parties.listed("organs")
    for match in _NAME.finditer(speaker.name):
        words = list(parties.tokens(match.group()))
        while words and (words[0] in before or parties.party(words[0]).country):  # "Police spokesman ..."
            words.pop(0)
        if len(words) > 1 and not set(words) & before and _is_persons(words, match.span(), speaker):
            return tuple(words)
    return ()


def _is_persons(words: list[str], at: tuple[int, int], speaker: Speaker) -> bool:
    """Whether a name is a person's: of one who is never an organisation, or told as with or of something else."""
    if speaker.role in ("witness", "victim_family"):
        return True
    if speaker.organisation and speaker.organisation != speaker.name:
        return not set(words) <= set(parties.tokens(speaker.organisation))
    around = (
        parties.tokens(speaker.name[: at[0]]) + parties.tokens(speaker.name[at[0] : at[1]])[: -len(words)]
    )
    return bool(parties.listed("posts") & set(around)) or speaker.name[at[1] :].startswith(",")


def _words(name: str) -> frozenset[str]:
    return frozenset(parties.tokens(name)) - {"the"}


def voice(words: frozenset[str]) -> Node:
    """The node of an institution or outlet."""
    return ("voice", *sorted(words))


def _join_voices(voices: set[frozenset[str]], groups: _Groups) -> None:
    """Join a short form of a name to its longer ones, unless it could be short for two that differ.

    Longer names come first, so that forms of one name ("the regional hospital of X", "a doctor at the X
    hospital") are together by the time the bare word ("the hospital") asks whose it is. Outlets are not among them: what
    a paper is called says nothing of whom others mean.
    """
    ordered = sorted(voices, key=lambda words: (-len(words), sorted(words)))
    for words in ordered:
        longer = [other for other in ordered if words < other]
        sure = len(words) > 1 and not words <= parties.listed("generic")
        if sure or len({groups.find(voice(other)) for other in longer}) == 1:
            for other in longer:
                groups.join(voice(words), voice(other))


def _node(claim: Claim, case: Case) -> Node:
    if claim.speaker is None:
        return ("text", carrier(claim, case))
    return voice(institution(claim.speaker))


def carrier(claim: Claim, case: Case) -> str:
    """The report that says it first: the claim's own, or the first that has the passage in which it stands."""
    others = (
        other
        for other, part in case.copies.passages.get(claim.report, ())
        if part.start <= claim.start and claim.end <= part.end and other in case.reports
    )
    return min((claim.report, *others), key=lambda key: (case.reports[key].published or LAST, key))
