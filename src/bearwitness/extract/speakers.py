"""Who speaks: the kind of speaker, the body it speaks for, and the fullest form of its name in the report.

A quotation without a cue of its own takes the speaker of the quotation before it in the paragraph, or of the
next cue. A sentence without any attribution has no speaker.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bearwitness import vocabulary
from bearwitness.extract.phrases import HEADS
from bearwitness.extract.text import Quotation, Sentence
from bearwitness.extract.tokens import ORGANISATION, SINGULAR
from bearwitness.extract.voices import ISSUED, Attribution
from bearwitness.record import Speaker, SpeakerRole

_DATA = vocabulary.load("speakers")
ROLES: list[tuple[SpeakerRole, tuple[re.Pattern[str], ...]]] = [
    (entry["role"], tuple(re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") for word in entry["words"]))
    for entry in _DATA["roles"]
]

OFFICE = re.compile(
    r"\b(?:of|at|for|from|in|with|to) (?:the )?((?:[A-Z][\w'.-]*)(?: (?:of|for|and|the|de|del|al)(?= [A-Z])| [A-Z][\w'.-]*)*)"
)
# "A spokesman for the Lake Guard": whatever it is called, he speaks for it.
SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|commander|leader|representative)s? (?:for|of) (?:the )?"
    r"((?:[A-Z][\w'.-]*)(?: (?:of|for|the|de|del|al|la)(?= [A-Z])| [A-Z][\w'.-]*)*)"
)


@lru_cache(maxsize=4096)
def role_of(words: str) -> SpeakerRole:
    """The kind of speaker (standards.md C4) that ``words`` name; "unknown" for a bare name."""
    low = words.lower()
    for role, patterns in ROLES:
        if any(pattern.search(low) for pattern in patterns):
            return role
    return "unknown"


@lru_cache(maxsize=4096)
def organisation(words: str) -> str | None:
    """The body a speaker speaks for: "Dr X of the Y Hospital" is Y Hospital, "the Z Observatory" is itself."""
    inside = [
        m.group(1)
        for m in OFFICE.finditer(words)
        if m.group(1).split()[-1].lower() in ORGANISATION or role_of(m.group(1)) != "unknown"
    ]
    inside += [m.group(1) for m in SPEAKS_FOR.finditer(words)]
    if inside:
        return inside[0]
    plain = words.split(",", maxsplit=1)[0]
    last = plain.split()[-1].lower() if plain.split() else ""
    if last in ORGANISATION or any(
        word.lower() in ORGANISATION for word in plain.split() if word[:1].isupper()
    ):
        return re.sub(r"^(?:the|a|an) ", "", plain)
    return None


# "[TEXT] The minister", "(AP) Authorities", "Last month Example": what stands before a name, and what ends none.
BEFORE = re.compile(r"(?:(?:[Ll]ast|[Tt]his|[Nn]ext) (?:week|month|year) |[^\W\d][^()\[\]]*[)\]]\s*)(?=\S)")
BEHIND = re.compile(
    r"\s*(?:[(\[][^)\]]*|\b(?:of|in|on|at|and|or|to|for|by|from|with|the|an?)(?: the| an?)?|\sLAST)$"
)  # "THE FRONT LAST night"


def named(words: str) -> str:
    """The words for a speaker without a bracket that opens or closes elsewhere, a time before it, or a preposition at its end."""
    before = BEFORE.match(words)
    if before is not None and not {"(", "["} & set(before.group()):
        words = words[before.end() :]
    behind = BEHIND.search(words)
    return words[: behind.start()] if behind is not None and behind.start() else words


class Registry:
    """The speakers of one report: resolves pronouns and short names to the fullest form."""

    def __init__(self) -> None:
        self.known: list[Attribution] = []
        self.persons: list[Attribution] = []

    def seen(self, words: str, start: int, end: int) -> None:
        """A person named outside any attribution, to whom a later "he said" may point."""
        self.persons.append(Attribution(start, end, words, start, "", (start, end), False))

    def resolve(self, attribution: Attribution) -> Attribution | None:
        """The attribution with a pronoun's antecedent for its words; ``None`` if there is none."""
        if not attribution.pronoun:
            self.known.append(attribution)
            return attribution
        pronoun = attribution.words.lower()
        for earlier in reversed(self.known):
            if earlier.cue >= attribution.cue:
                continue
            person = (
                any(word[:1].isupper() for word in earlier.words.split()[-1:])
                and role_of(earlier.words.split()[-1]) == "unknown"
                and not earlier.article
            )
            if pronoun in ("he", "she") and not person and not _is_one(earlier.words):
                continue
            if (pronoun == "it" or pronoun in ISSUED) and person and role_of(earlier.words) == "unknown":
                continue
            nearer = [p for p in self.persons if earlier.cue < p.cue < attribution.cue - 1]
            if pronoun in ("he", "she") and nearer and not person:
                earlier = nearer[-1]
            return attribution._replace(
                words=earlier.words, start=earlier.start, end=earlier.end, apposition=earlier.apposition
            )
        if pronoun in ("he", "she"):
            named = [p for p in self.persons if p.cue < attribution.cue]
            if named:
                last = named[-1]
                return attribution._replace(words=last.words, start=last.start, end=last.end)
        return attribution if pronoun in ISSUED else None

    def speaker(self, attribution: Attribution) -> Speaker:
        """The speaker as a record value, with the fullest form the report gives."""
        words = named(attribution.words)
        full = words if attribution.apposition is None else f"{words}, {attribution.apposition}"
        short = words.lower().split()
        for other in self.known:
            parts = other.words.lower().split()
            whole = other.words if other.apposition is None else f"{other.words}, {other.apposition}"
            if len(whole) > len(full) and _is_short_for(short, parts):
                full = whole
        role = role_of(full)
        return Speaker(
            words=words, full=full if full != words else None, role=role, organisation=organisation(full)
        )


def _is_one(words: str) -> bool:
    """Whether a speaker is one human being by his office ("a police spokesman", "the governor of the province")."""
    return any(
        word.strip(",.").lower() in SINGULAR and word.lower() not in ("police", "family", "member")
        for word in words.split()
    )


def _is_short_for(short: list[str], parts: list[str]) -> bool:
    """ "Lynn" for "Dora Lynn", "the ministry" for "the interior ministry", "Observatory" for a longer name."""
    if not short or len(short) > 2 or len(parts) <= len(short):
        return False
    if parts[-len(short) :] == short:
        return True
    return (
        len(short) == 1
        and short[0] in HEADS
        and short[0] in parts
        and "of" not in parts[: parts.index(short[0])]
    )


def quotation_speakers(
    quotations: list[Quotation], found: list[Attribution], sentences: list[Sentence]
) -> list[tuple[Quotation, Attribution]]:
    """Give every quotation of a paragraph its speaker."""
    direct: list[Attribution | None] = []
    for quotation in quotations:
        best = None
        for attribution in found:
            home = next((s for s in sentences if s.start <= attribution.cue < s.end), None)
            if home is None or attribution.start >= quotation.start and attribution.end <= quotation.end:
                continue
            touches = home.start < quotation.end and quotation.start < home.end
            if touches and (
                best is None or abs(attribution.cue - quotation.end) < abs(best.cue - quotation.end)
            ):
                best = attribution
        direct.append(best)
    given: list[tuple[Quotation, Attribution]] = []
    for index, quotation in enumerate(quotations):
        choice = direct[index]
        if choice is None:
            earlier = [d for d in direct[:index] if d is not None]
            later = [d for d in direct[index + 1 :] if d is not None]
            choice = earlier[-1] if earlier else later[0] if later else None
        if choice is not None:
            given.append((quotation, choice))
    return given
