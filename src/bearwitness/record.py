"""The nouns: what the stages pass to each other and what the ledger keeps.

Every record is a frozen msgspec Struct. msgspec checks types only when it decodes, so what must hold
between fields is checked in ``__post_init__`` and raises ``ValueError`` naming the record and the field.

A record's id is a SHA-256 over a JSON array of *what it says* (its class and its fields, in the order
declared here), never of when it was seen: the fields named in ``UNSAID`` are left out. The same thing said
twice has one id.

Units: character offsets count Unicode code points of ``Report.text``; coordinates are WGS 84 degrees; dates
are EDTF (ISO 8601-2) in local calendar time; instants are RFC 3339 in UTC; counts are persons, with ``None``
for an open end.
"""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from msgspec import UNSET, UnsetType

from bearwitness.grounds import Backing as Backing
from bearwitness.grounds import Denied as Denied
from bearwitness.grounds import Grade as Grade
from bearwitness.grounds import Graded as Graded
from bearwitness.grounds import Independence as Independence
from bearwitness.grounds import Join as Join
from bearwitness.grounds import Origin as Origin
from bearwitness.grounds import Related as Related
from bearwitness.grounds import Relation as Relation
from bearwitness.grounds import Side as Side
from bearwitness.grounds import Suggested as Suggested
from bearwitness.grounds import Tie as Tie
from bearwitness.grounds import Word as Word
from bearwitness.identity import Record as Record
from bearwitness.identity import Value as Value
from bearwitness.identity import canonical as canonical
from bearwitness.identity import digest as digest
from bearwitness.moments import Brief as Brief
from bearwitness.moments import Moment as Moment
from bearwitness.moments import Share as Share
from bearwitness.moments import Without as Without
from bearwitness.pages import Fate, Page
from bearwitness.place import Candidate as Candidate
from bearwitness.place import Place as Place
from bearwitness.place import Precision as Precision
from bearwitness.provenance import Provenance
from bearwitness.stretch import LeftOut as LeftOut
from bearwitness.stretch import Part as Part
from bearwitness.stretch import Passage as Passage
from bearwitness.stretch import at, unsound

EventKind = Literal["attack", "clash", "arrest_raid", "abduction", "unrest", "accident", "total", "other"]
Status = Literal["occurred", "foiled", "disputed"]
About = Literal["killed", "injured", "missing", "abducted", "detained", "perpetrator", "weapon", "target", "occurred"]  # fmt: skip
Stance = Literal["asserts", "denies", "doubts"]
Group = Literal["civilian", "combatant", "police", "attacker", "mixed", "unknown"]
NumberKind = Literal["exact", "at_least", "at_most", "about", "range", "vague"]
SpeakerRole = Literal[
    "party_perpetrator_alleged", "party_victim_side", "state_authority", "hospital_morgue", "rescue", "witness",
    "victim_family", "local_official", "un_igo", "ngo_monitor", "journalist_on_scene", "claimant_group", "unknown",
]  # fmt: skip
DateBasis = Literal["explicit", "weekday", "relative", "inferred"]
PublishedBasis = Literal["given", "structured", "url", "text", "header"]
Verdict = Literal["same", "different", "unsure", "accept", "reject", "correct", "grade"]

COUNTS: tuple[About, ...] = ("killed", "injured", "missing", "abducted", "detained")
NAMES: tuple[About, ...] = ("perpetrator", "weapon", "target")


class Problem(Value, frozen=True, kw_only=True):
    """Something wrong with the evidence, kept beside it. Codes are listed in ``errors.PROBLEMS``."""

    code: str
    where: str
    sentence: str


class Capture(Record, frozen=True, kw_only=True):
    """Bytes as received: what the operator said of them (``given``: outlet, published, title, language), which program kept
    them (``by``), where they lay (``source``: a path, an address, "-", or within one, "pages.zip/a.html",
    "crawl.warc.gz#https://x/a"), and when they were received, as that states, or else added (``captured_at``). ``asked``
    is the address that was asked for, where it led to another."""

    UNSAID: ClassVar[frozenset[str]] = frozenset({"captured_at", "headers", "problems", "by", "asked"})
    sha256: str
    size: int
    source: str
    media_type: str
    given: dict[str, str] = {}
    headers: tuple[tuple[str, str], ...] = ()
    captured_at: str = ""
    problems: tuple[Problem, ...] = ()
    by: str | UnsetType = UNSET
    asked: str | UnsetType = UNSET

    def check(self) -> None:
        self.require(len(self.sha256) == 64, "sha256 must be 64 hexadecimal digits")
        self.require(self.size >= 0, "size must not be negative")


class Report(Record, frozen=True, kw_only=True):
    """One reading of a capture. ``text`` is what every claim points into, kept for ever with its digest.

    ``title_end`` is where the title ends if ``text`` begins with it (0 if it does not). ``pages`` is where each page
    begins in the text, the first at 0; a report that has no pages leaves it out, and so with ``parts`` and ``passages``.
    """

    UNSAID: ClassVar[frozenset[str]] = frozenset({"problems", "pages", "parts", "passages"})

    capture: str
    reader: str
    source: str
    text: str
    text_sha256: str
    title: str | None = None
    title_end: int = 0
    outlet: str | None = None
    published: str | None = None
    published_basis: PublishedBasis | None = None
    language: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: tuple[int, ...] | UnsetType = UNSET
    parts: tuple[Part, ...] | UnsetType = UNSET
    passages: tuple[Passage, ...] | UnsetType = UNSET

    def page(self, offset: int) -> int | None:
        """The number of the page, counted from 1, that the character at ``offset`` stands on; None without pages."""
        return sum(start <= offset for start in self.pages) if self.pages else None

    def part(self, offset: int) -> Part | None:
        """The part that the character at ``offset`` stands in; None outside of all parts."""
        return at(self.parts, offset)

    def passage(self, offset: int) -> Passage | None:
        """The passage that the character at ``offset`` stands in; None where the words are the outlet's."""
        return at(self.passages, offset)

    def published_at(self, offset: int) -> str | None:
        """When the words at ``offset`` were published (EDTF): with the part they are in, else with the report."""
        part = self.part(offset)
        return part.published if part else self.published

    def check(self) -> None:
        self.require(self.text_sha256 == digest(self.text.encode()), "text does not match text_sha256")
        self.require((self.published is None) == (self.published_basis is None), "published needs its basis")
        for name in ("left_out", "parts", "passages"):
            wrong = unsound(getattr(self, name), len(self.text))
            self.require(wrong is None, f"{name} {wrong}")
        pages = [*(self.pages or [0]), len(self.text)]
        self.require(pages[0] == 0 and pages == sorted(pages), "pages must begin in order, the first at 0")


class Mention(Record, frozen=True, kw_only=True):
    """One event as one report tells it. ``start``/``end`` delimit ``anchor`` in the report's text.

    ``background`` marks an earlier or other event told beside the report's own. ``series`` is the ordinal the
    text gives it ("second missile attack" is 2). The confidences (0 to 1) are of day and place, or of their absence.
    """

    UNSAID: ClassVar[frozenset[str]] = frozenset({"date_confidence", "place_confidence"})

    report: str
    kind: EventKind
    status: Status
    anchor: str
    start: int
    end: int
    date: str | None = None
    date_words: str | None = None
    date_basis: DateBasis | None = None
    place: Place | None = None
    site: str | None = None
    country: str | None = None
    background: bool = False
    series: int | None = None
    developing: bool = False
    date_confidence: float | None = None
    place_confidence: float | None = None

    def check(self) -> None:
        self.require(0 <= self.start < self.end, "anchor span is empty")
        self.require(self.end - self.start == len(self.anchor), "anchor does not fill its span")
        self.require((self.date is None) == (self.date_basis is None), "a date needs its basis")


class Speaker(Value, frozen=True, kw_only=True):
    """Who says it: as written, the fullest form the text gives, and what kind of speaker that is."""

    words: str
    full: str | None = None
    role: SpeakerRole = "unknown"
    organisation: str | None = None
    country: str | None = None

    @property
    def name(self) -> str:
        """The fullest form that the text gives."""
        return self.full or self.words


class Claim(Record, frozen=True, kw_only=True):
    """One assertion or denial about a mention by one speaker (``None``: the outlet's own voice, unattributed).

    Counts fill ``low``/``high`` (persons; ``None`` is an open end); perpetrator, weapon and target fill
    ``value``. ``value_class`` is the vocabulary's name for the value ("SCUD" is "ballistic missile"). ``via``
    names, outermost last, those who relay the claim. ``words`` is ``Report.text[start:end]``: the span law.
    ``confidence`` (0 to 1) is how likely the text makes the claim, ``speaker_confidence`` that its speaker, or that
    there is none, is right. A ``proposed`` claim counts for nothing until a person accepts it.
    """

    UNSAID: ClassVar[frozenset[str]] = frozenset({"confidence", "speaker_confidence", "proposed"})

    report: str
    mention: str
    about: About
    stance: Stance
    words: str
    start: int
    end: int
    low: int | None = None
    high: int | None = None
    number_kind: NumberKind | None = None
    whom: str | None = None
    group: Group | None = None
    part_of: bool = False
    value: str | None = None
    value_class: str | None = None
    speaker: Speaker | None = None
    via: tuple[str, ...] = ()
    hedged: bool = False
    reader: str = ""
    confidence: float | None = None
    speaker_confidence: float | None = None
    proposed: bool = False

    def check(self) -> None:
        self.require(0 <= self.start < self.end, "words span is empty")
        self.require(self.end - self.start == len(self.words), "words do not fill their span")
        if self.about in COUNTS:
            self.require(self.low is not None or self.high is not None, "a count needs a number")
            self.require((self.low or 0) >= 0, "a count is not negative")
            if self.low is not None and self.high is not None:
                self.require(self.low <= self.high, f"low {self.low} is above high {self.high}")
            self.require(self.value is None, "a count has no value")
        else:
            self.require(self.low is None and self.high is None, f"{self.about} has no number")
            self.require(self.about == "occurred" or bool(self.value), f"{self.about} needs a value")


class Reading(Value, frozen=True, kw_only=True):
    """What ``extract`` found in one report."""

    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()


class Judgement(Record, frozen=True, kw_only=True):
    """A decision by a person. ``subject`` is two mention ids (same, different, unsure), one claim id, or the id of a
    mention whose incident is graded.

    ``after`` is the judgement this one supersedes, so that saying the same again later is a new record.
    ``shown`` is what the person saw when deciding. ``correction`` holds claim fields and their new values, or the ``grade``
    (null: the rules' again) with the ``suggested`` one and its ``rule`` at that time.
    """

    UNSAID: ClassVar[frozenset[str]] = frozenset({"at"})

    verdict: Verdict
    subject: tuple[str, ...]
    by: str
    why: str
    shown: str = ""
    correction: dict[str, str | int | bool | None] = {}
    after: str | None = None
    at: str = ""

    def check(self) -> None:
        pair = self.verdict in ("same", "different", "unsure")
        count = 2 if pair else 1
        self.require(len(self.subject) == count, f"{self.verdict} needs {count} subject(s)")
        if pair:
            self.require(self.subject[0] < self.subject[1], "the two subjects must differ and be in order")
        self.require(bool(self.by.strip()), "by whom is missing")
        corrects = self.verdict in ("correct", "grade")
        self.require(corrects == bool(self.correction), "correct and grade need a correction, others none")
        if self.verdict == "grade":
            known = (None, *get_args(Grade))
            self.require(self.correction.get("grade", "") in known, "grade needs a grade that there is")


class Incident(Record, frozen=True, kw_only=True):
    """The mentions judged to be one event (derived). The id is its first mention's, so it needs no memory:
    any mention's id finds the incident it is in."""

    mentions: tuple[str, ...]
    joins: tuple[Join, ...] = ()
    apart: tuple[Join, ...] = ()
    kind: EventKind
    status: Status
    title: str
    date: str | None = None
    place: Place | None = None
    site: str | None = None
    country: str | None = None
    related: tuple[Related, ...] = ()
    developing: bool = False

    def identity(self) -> str:
        """The first mention's id with an "i" for its "m": ids that were ever given stay findable."""
        return "i" + self.mentions[0][1:]


class Reason(Value, frozen=True, kw_only=True):
    """What became of one claim in a toll: a code from the method's list, and a sentence."""

    claim: str
    code: str
    sentence: str


class Toll(Value, frozen=True, kw_only=True):
    """low <= best <= high for one category, each with the claims it rests on; null with a reason if unknown."""

    about: About
    low: int | None
    best: int | None
    high: int | None
    low_claims: tuple[str, ...] = ()
    best_claims: tuple[str, ...] = ()
    high_claims: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    counted: tuple[Reason, ...] = ()
    left_out: tuple[Reason, ...] = ()
    sentence: str = ""
    shares: tuple[Share, ...] = ()

    @property
    def open_high(self) -> bool:
        """Whether the true number may lie above the range: its top is a lower bound, or is not known."""
        known = self.low is not None or self.best is not None
        return known and self.high is None or "open_high" in self.reasons

    def __post_init__(self) -> None:
        known = [n for n in (self.low, self.best, self.high) if n is not None]
        if known != sorted(known):
            raise ValueError(f"Toll: not low <= best <= high: {self.low}, {self.best}, {self.high}")
        claimed = (self.low_claims, self.best_claims, self.high_claims)
        for figure, claims in zip((self.low, self.best, self.high), claimed, strict=True):
            if figure is not None and not claims:
                raise ValueError(f"Toll: the {self.about} figure {figure} rests on no claim")


class Cell(Value, frozen=True, kw_only=True):
    """One party's word on one assertion: what it does with it, and what a denial is of."""

    speaker: str | None
    stance: Stance
    claims: tuple[str, ...]
    own: bool = False
    word: Word = "asserts"
    denied: tuple[Denied, ...] = ()


class Assertion(Value, frozen=True, kw_only=True):
    """One row of the responsibility matrix: something said of the event, and who asserts or denies it. ``silent`` says that
    no report carries a word of the party that is named."""

    about: About
    value: str | None
    status: Literal["alleged", "claimed", "denied", "contested", "conceded", "stated"]
    cells: tuple[Cell, ...]
    silent: bool = False


class Assessment(Record, frozen=True, kw_only=True):
    """Toll ranges, responsibility and grade of an incident under a named method (derived).

    ``grade`` is a person's, if one decided, else what the rules suggest. ``graded`` are the decisions, first to last."""

    incident: str
    method: str
    killed: Toll
    injured: Toll
    other: tuple[Toll, ...] = ()
    responsibility: tuple[Assertion, ...] = ()
    contested: bool = False
    grade: Grade
    grade_rule: str
    grade_sentence: str
    suggested: Suggested | None = None
    graded: tuple[Graded, ...] = ()
    origins: tuple[Origin, ...] = ()
    independence: Independence = "not_established"
    independence_sentence: str = ""
    origins_sentence: str = ""
    backing: tuple[Backing, ...] = ()


class Event(Value, frozen=True, kw_only=True):
    """One line of an incident's history: when the ledger learned something, and what."""

    at: str
    what: Literal["report", "judgement", "page"]
    sentence: str
    subject: str


class Dossier(Value, frozen=True, kw_only=True):
    """All that is known of one incident, for those who show it: records in the order they should be read. ``pages``
    are those of its reports that came from the web, ``fates`` the claims that their page no longer makes. ``others`` are
    the assessments by other methods, ``moments`` the tolls over time and ``without`` how they move where something is
    left out; they are worked out for those who ask for them. ``as_of`` is the day up to which all of it was published."""

    incident: Incident
    assessment: Assessment
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    reports: tuple[Report, ...]
    judgements: tuple[Judgement, ...] = ()
    history: tuple[Event, ...] = ()
    pages: tuple[Page, ...] = ()
    fates: tuple[Fate, ...] = ()
    others: tuple[Assessment, ...] = ()
    moments: tuple[Moment, ...] = ()
    without: tuple[Without, ...] = ()
    as_of: str | None = None


class Shelf(Value, frozen=True, kw_only=True):
    """One report with what was read from it and the incident each mention belongs to."""

    report: Report
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    incidents: dict[str, str] = {}
    provenance: Provenance = Provenance()
