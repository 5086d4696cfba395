"""Who says it: attributions, their reach, and the fullest form of each speaker's name.

An attribution is a cue ("said", "according to", "denied"), the phrase that names the speaker, and the stretch
of text it covers. A quotation without a cue of its own takes the speaker of the quotation before it in the
paragraph, or of the next cue. A sentence without any attribution has no speaker.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.extract.text import Quotation, Sentence
from bearwitness.extract.tokens import ORGANISATION, PLURAL, SINGULAR, TITLES, Token
from bearwitness.record import Speaker, SpeakerRole

_DATA = vocabulary.load("speakers")
SAY = frozenset(_DATA["verbs"]["say"])
WEAK = frozenset(_DATA["verbs"]["weak"])
DENY = frozenset(_DATA["verbs"]["deny"])
ACCUSE = frozenset(_DATA["verbs"]["accuse"])
PRONOUNS = frozenset(_DATA["verbs"]["pronouns"])
ROLES: list[tuple[SpeakerRole, tuple[re.Pattern[str], ...]]] = [
    (entry["role"], tuple(re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") for word in entry["words"]))
    for entry in _DATA["roles"]
]
HEADS = frozenset(_DATA["heads"]["words"]) | frozenset(
    word for entry in _DATA["roles"] for words in entry["words"] for word in words.split()
)
WEEKDAYS = frozenset(vocabulary.load("dates")["weekdays"])
MONTHS = frozenset(vocabulary.load("dates")["months"]) | frozenset(vocabulary.load("dates")["abbreviations"])
TIME = (
    WEEKDAYS
    | MONTHS
    | frozenset(
        "today yesterday tonight morning afternoon evening night early late earlier later overnight".split()
    )
)
LINKING = frozenset("for in at with from".split())
TAIL = re.compile(
    r"^[\s,]*(?:(?:late|early|on|in|at|to|by|via|told|here|today|yesterday|later|earlier|separately|meanwhile|also"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:'s)?|morning|afternoon|evening|night|the|a|an|his|her|its|their|statement|interview|twitter"
    r"|facebook|telegram|reporters|journalists|news|conference|telephone|phone|post|message|briefing|press|report|another|separate|afp|reuters"
    r"|xinhua|ap|cnn|bbc|condition|of|anonymity|state|tv|television|radio|agency|local|media|social|video|week|month|last|this)\b[\s,]*)*[.!?;:\"')\]]*$",
    re.I,
)


DOCUMENTS = frozenset(
    "investigation inquiry autopsy report tests analysis probe survey count examination".split()
)


SUBORDINATE = frozenset("after before when since although though while because once until".split())
ISSUED = frozenset(("statement", "communique", "communiqué", "press release"))


class Attribution(NamedTuple):
    """Offsets are characters of the report. ``pronoun`` speakers are resolved against earlier ones."""

    start: int
    end: int  # of the speaker's words
    words: str
    cue: int
    cue_word: str
    scope: tuple[int, int]
    pronoun: bool
    apposition: str | None = None
    denies: bool = False


class Phrase(NamedTuple):
    """A noun phrase by its tokens [first, last)."""

    first: int
    last: int
    core: int  # where the part before an apposition ends


def is_speaker(tokens: list[Token], first: int, last: int) -> bool:
    """Whether the phrase can speak: a name, an office, a role, a pronoun."""
    words = tokens[first:last]
    if len(words) == 1 and words[0].tag == "j":
        return True
    if all(token.low in TIME or token.tag in "tQia,;" for token in words):
        return False
    if words[0].tag in "ta" and words[-1].tag == "w" and words[-1].low not in TIME:
        return True  # "the garrison said": what has a voice is let speak
    for token in words:
        low = token.low.rstrip("'")
        if low in HEADS or low in PLURAL or low in SINGULAR or low in ORGANISATION:
            return True
        if token.text[:1].isupper() and low not in TIME and token.tag in "WPpqXEO":
            return True
        if token.text.startswith("@"):
            return True
    return False


def left_phrase(tokens: list[Token], i: int) -> Phrase | None:
    """The noun phrase that is subject of the cue at token ``i``."""
    j = i - 1
    while j >= 0 and (
        tokens[j].tag in "RH"
        or tokens[j].low in TIME
        or (tokens[j].low == "on" and j + 1 < len(tokens) and tokens[j + 1].low in TIME)
    ):
        j -= 1
    if j < 0:
        return None
    if tokens[j].tag == ",":
        return _apposed(tokens, j)
    first = _collect(tokens, j)
    if first is None or not is_speaker(tokens, first, j + 1):
        return None
    return Phrase(first, j + 1, j + 1)


def _apposed(tokens: list[Token], comma: int) -> Phrase | None:
    """ "Ada Example, head of the clinic, said": the name and what is said of it between commas."""
    k = comma - 1
    while k >= 0 and tokens[k].tag != ",":
        if tokens[k].tag in "VEGSDB;" or comma - k > 14:
            return None
        k -= 1
    if k <= 0 or k == comma - 1:
        return None
    first = _collect(tokens, k - 1)
    if first is None or not is_speaker(tokens, first, k):
        return None
    return Phrase(first, comma, k)


def _collect(tokens: list[Token], j: int) -> int | None:
    """Walk left over the words of one noun phrase ending at ``j``."""
    first = None
    k = j
    while k >= 0:
        token = tokens[k]
        tag = token.tag
        if token.low in TIME and token.low != "may":
            break
        if tag in "ta" or tag == "Z":
            first = k
            if token.text == "The" and k and tokens[k - 1].tag in "wW" and tokens[k - 1].low not in TIME:
                k -= 1
                continue
            if k >= 2 and (
                tokens[k - 1].tag == "o" or tokens[k - 1].low == "to" and tokens[k - 2].low in HEADS
            ):
                k -= 1
                continue
            if k >= 2 and tokens[k - 1].low in LINKING and tokens[k - 2].low in HEADS:
                k -= 1
                continue
            break
        if tag in "wWpPqYXjo'OT0" or token.text[:1].isupper() and tag in "EGSVDRLi" and k > 0 and tag != "V":
            first = k
        elif tag == "Q" and (
            k == 0
            or tokens[k - 1].tag in ",;"
            or tokens[k - 1].text[:1] == "&"
            or first is not None
            and not token.text[:1].isdigit()
        ):
            first = k
            if k == 0 or tokens[k - 1].tag not in "o":
                break
        elif (
            tag == "&"
            and k > 0
            and tokens[k - 1].tag in "wWpPq"
            and tokens[k - 1].low in HEADS | PLURAL.keys()
        ):
            first = k
        elif (
            tag == ";"
            and token.low in (".", "-", "[", "]", "(", ")")
            and k > 0
            and tokens[k - 1].text[:1].isupper()
            and first is not None
        ):
            first = k if token.low != "-" else first
            if token.low == "-":
                break
        elif (
            (tag == "m" and token.low == "to" or tag == "i" and token.low in LINKING)
            and first is not None
            and k > 0
            and tokens[k - 1].low in HEADS
        ):
            first = k
        else:
            break
        k -= 1
    if first is None:
        return None
    while first < j and tokens[first].tag in "o'&;":
        first += 1
    return first


def right_phrase(tokens: list[Token], i: int) -> Phrase | None:
    """The noun phrase that begins at token ``i`` ("according to THE CLINIC'S HEAD, ...")."""
    k = i
    while k < len(tokens) and tokens[k].tag == "R":
        k += 1
    first = k
    while k < len(tokens) and k - first < 16:
        token = tokens[k]
        if token.low in TIME and token.low != "may":
            break
        if token.tag in "wWpPqYXot'aQOTZ" or token.text[:1].isupper() or token.text.startswith("@"):
            k += 1
        elif token.tag == "&" and k + 1 < len(tokens) and tokens[k + 1].tag in "wWpPqt" and k > first:
            k += 1
        elif token.tag == "i" and token.low in LINKING and k > first and tokens[k - 1].low in HEADS:
            k += 1
        elif (
            token.tag == ";"
            and token.low == "."
            and len(tokens[k - 1].text) <= 4
            and tokens[k - 1].low in TITLES
            and k + 1 < len(tokens)
        ):
            k += 1
        else:
            break
    while k > first and tokens[k - 1].tag in "ota&'" and tokens[k - 1].low != "'s":
        k -= 1
    if k == first or not is_speaker(tokens, first, k):
        return None
    return Phrase(first, k, k)


def attributions(sentence: Sentence, tokens: list[Token]) -> list[Attribution]:
    """The attributions of one sentence, in order of their cues."""
    found: list[Attribution] = []
    for i, token in enumerate(tokens):
        low = token.low
        if low == "according" and i + 1 < len(tokens) and tokens[i + 1].low == "to":
            _according(found, sentence, tokens, i, i + 2)
        elif low in ("citing", "quoting"):
            _according(found, sentence, tokens, i, i + 1)
        elif (
            low in STATEMENTS
            and tokens[i].tag in "wV"
            and i + 1 < len(tokens)
            and tokens[i + 1].low in ("that", "by", "of", "from")
            and "that" in (t.low for t in tokens[i + 1 : i + 10])
        ):
            _statement_that(found, sentence, tokens, i)
        elif low in SAY:
            _said(found, sentence, tokens, i)
        elif low in DENY and i + 1 < len(tokens) and tokens[i + 1].low == "that":
            _said(found, sentence, tokens, i)
            if found and found[-1].cue == sentence.start + token.start:
                found[-1] = found[-1]._replace(denies=True)
        elif low in (
            "put",
            "puts",
            "spoke",
            "speaks",
            "speak",
            "gave",
            "gives",
            "hold",
            "holds",
            "held",
        ) and _gives_figure(tokens, i):
            _said(found, sentence, tokens, i)
    if sentence.headline and not found:
        _colon(found, sentence, tokens)
    return _apart(found, sentence)


def _apart(found: list[Attribution], sentence: Sentence) -> list[Attribution]:
    """One speaker's words end where another's clause begins ("..., the mayor said, but residents spoke of ...")."""
    parted = []
    for number, attribution in enumerate(found):
        for later in found[number + 1 :]:
            begins = later.scope[0] >= later.start - 1 and later.start > attribution.cue
            joined = sentence.text[: later.start - sentence.start].rstrip()
            if (
                begins
                and re.search(r"(?:[,;]|\b(?:but|while|whereas|and|although|as)(?: the| a| an)?)$", joined)
                and attribution.scope[1] > later.start
            ):
                attribution = attribution._replace(scope=(attribution.scope[0], later.start))
        parted.append(attribution)
    return parted


def _gives_figure(tokens: list[Token], i: int) -> bool:
    """ "put the toll at", "spoke of 11 dead", "gave a toll of", "holds X responsible"."""
    after = tokens[i + 1 : i + 9]
    if tokens[i].low.startswith("h"):
        return any(token.low in ("responsible", "accountable") for token in after)
    if tokens[i].low.startswith("sp"):
        return bool(after) and after[0].low == "of"
    return any(token.tag == "U" or token.tag in "TO" for token in after) and any(
        token.tag == "Q" for token in after
    )


def _statement_that(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """ "commenting on the rebels' statement that ...", "the claim by X that ..."."""
    if i + 1 >= len(tokens):
        return
    if tokens[i + 1].low == "that" and i >= 2 and tokens[i - 1].tag == "'":
        first = _collect(tokens, i - 2)
        phrase = Phrase(first, i - 1, i - 1) if first is not None else None
        that = i + 1
    elif tokens[i + 1].low in ("by", "of", "from"):
        phrase = right_phrase(tokens, i + 2)
        if phrase is None or phrase.last >= len(tokens) or tokens[phrase.last].low != "that":
            return
        that = phrase.last
    else:
        return
    if phrase is not None and is_speaker(tokens, phrase.first, phrase.core):
        end = len(sentence.text)
        for token in tokens[that + 1 :]:
            if token.tag == "," and found and found[-1].scope[1] == sentence.start + len(sentence.text):
                end = token.start
                break
        found.append(_make(sentence, tokens, phrase, i, (tokens[that].start, end)))


STATEMENTS = frozenset(
    "statement claim report statements claims reports communique allegation allegations assertion assertions accusation accusations announcement".split()
)


def _make(
    sentence: Sentence, tokens: list[Token], phrase: Phrase, cue: int, scope: tuple[int, int]
) -> Attribution:
    first = phrase.first
    while first < phrase.core - 1 and tokens[first].low in ("the", "this", "that"):
        first += 1
    start, end = tokens[first].start, tokens[phrase.core - 1].end
    pronoun = phrase.core - phrase.first == 1 and tokens[phrase.first].low in PRONOUNS
    pronoun = pronoun or sentence.text[start:end].lower().removeprefix("the ") in ISSUED
    return Attribution(
        sentence.start + start,
        sentence.start + end,
        sentence.text[start:end],
        sentence.start + tokens[cue].start,
        tokens[cue].low,
        (sentence.start + scope[0], sentence.start + scope[1]),
        pronoun,
        sentence.text[tokens[phrase.core].end : tokens[phrase.last - 1].end].strip()
        if phrase.last > phrase.core
        else None,
    )


def _according(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int, j: int) -> None:
    phrase = right_phrase(tokens, j)
    if phrase is None:
        return
    length = len(sentence.text)
    before = i - 1
    while before >= 0 and tokens[before].tag == ",":
        before -= 1
    begin = max(
        (a.scope[1] - sentence.start for a in found if a.scope[1] - sentence.start <= tokens[i].start),
        default=0,
    )
    if before >= 0 and tokens[before].tag in "s&" and i - before <= 2:
        scope = (tokens[i].start, length)
    else:
        scope = (begin if begin < tokens[i].start - 20 else 0, length)
    found.append(_make(sentence, tokens, phrase, i, scope))


def _said(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    low = tokens[i].low
    after = sentence.text[tokens[i].end :]
    if low == "quoted" and i and tokens[i - 1].tag == "B":
        phrase = left_phrase(tokens, i - 1)
    elif low in ("quoted", "quotes", "quote", "cited") and i + 1 < len(tokens):
        phrase = right_phrase(tokens, i + 1)
    elif low.endswith("ing") and low not in ("citing", "quoting"):
        _adding(found, sentence, tokens, i)
        return
    else:
        if i and tokens[i - 1].tag in "Bm":
            return
        phrase = left_phrase(tokens, i)
    tail = TAIL.match(after) is not None
    if (
        phrase is not None
        and found
        and low in ("found", "showed", "shows", "concluded")
        and tokens[phrase.core - 1].low in DOCUMENTS
    ):
        return  # "police said an investigation found": police say it
    if low.startswith("claim") and re.match(r"\s*(?:responsibility|credit|the attack|(?:[\w,]+ ){0,4}lives\b)", after, re.I):
        return
    if phrase is None:
        inverted = right_phrase(tokens, i + 1)
        ends = i == 0 or tokens[i - 1].tag in ",;" or sentence.text[: tokens[i].start].rstrip().endswith('"')
        if inverted is not None and ends and (low not in WEAK or low == "reported") and i:
            found.append(_make(sentence, tokens, inverted, i, (0, len(sentence.text))))
        return
    if (
        low in WEAK
        and low not in ("quoted", "quotes", "quote", "cited")
        and not _weak_holds(sentence, tokens, i, phrase, tail)
    ):
        return
    start = tokens[phrase.first].start
    lead = sentence.text[:start].rstrip()
    left = len(lead) > 12 and (
        lead[-1] in ',"' or (tail and any(t.tag in "VEGSDBLX" for t in tokens[: phrase.first]))
    )
    if tokens[phrase.first - 1].tag in "s&" if phrase.first else False:
        left = False
    right = not tail
    if lead.endswith('"') and not re.match(r"[^\"]{0,60}(?:\"|\bthat\b|\badding\b)", after):
        right = False  # after a quotation the outlet goes on in its own voice
    if left and right and lead[-1] not in '"' and _introduces(tokens[: phrase.first]):
        left = False
    scope = (0 if left else start, len(sentence.text) if right or left else start)
    if phrase.first and tokens[phrase.first - 1].low in SUBORDINATE and not left:
        comma = sentence.text.find(",", tokens[i].end)
        scope = (start, comma if comma >= 0 else scope[1])
    if lead.endswith('"') and not right:
        found.append(_make(sentence, tokens, phrase, i, (0, start)))
        return
    if left and not right:
        begin = max(
            (a.scope[1] - sentence.start for a in found if a.scope[1] - sentence.start < start - 12),
            default=0,
        )
        scope = (begin if begin < start else 0, len(sentence.text))
    if low.startswith("h") and low != "hits":  # "hold X responsible for the attack that ..."
        responsible = re.search(r"\b(?:responsible|accountable)\b", after)
        scope = (scope[0], tokens[i].end + responsible.end() if responsible else scope[1])
    found.append(_make(sentence, tokens, phrase, i, scope))


def _introduces(tokens: list[Token]) -> bool:
    """Whether what stands before the speaker is only a setting ("On Monday," "In a statement,")."""
    return not any(token.tag in "EGSDXLKU" for token in tokens) and len(tokens) < 12


def _weak_holds(sentence: Sentence, tokens: list[Token], i: int, phrase: Phrase, tail: bool) -> bool:
    if tail:
        return True
    following = tokens[i + 1]
    if following.low == "that" or sentence.text[tokens[i].end :].lstrip()[:1] in ('"', ":"):
        return True
    names = [token for token in tokens[phrase.first : phrase.core]]
    if tokens[i].low in (
        "reported",
        "reports",
        "confirmed",
        "recorded",
        "counted",
        "documented",
        "disclosed",
        "noted",
        "revealed",
        "indicated",
        "mentioned",
        "posted",
        "claims",
        "claim",
        "report",
    ):
        return any(token.low in HEADS for token in names) or len(names) == 1 and names[0].low in PRONOUNS
    if tokens[i].low in (
        "believe",
        "believed",
        "estimate",
        "estimates",
        "suggested",
        "described",
        "describes",
        "concluded",
    ):
        return any(token.low in HEADS for token in names)
    return False


def _adding(found: list[Attribution], sentence: Sentence, tokens: list[Token], i: int) -> None:
    """ "..., adding that", "commenting on the statement of X, claiming that": the nearest speaker before goes on."""
    nested = None
    for k in range(i - 1, max(-1, i - 14), -1):
        if tokens[k].low in (
            "statement",
            "claim",
            "report",
            "statements",
            "claims",
            "reports",
            "communique",
            "allegations",
            "assertion",
        ):
            if k + 1 < i and tokens[k + 1].low in ("of", "by", "from"):
                nested = right_phrase(tokens, k + 2)
            elif k + 1 <= i and k >= 2 and tokens[k - 1].tag == "'":
                first = _collect(tokens, k - 2)
                nested = Phrase(first, k - 1, k - 1) if first is not None else None
            break
    scope = (tokens[i].start, len(sentence.text))
    if nested is not None and is_speaker(tokens, nested.first, nested.core):
        found.append(_make(sentence, tokens, nested, i, scope))
    elif found:
        last = found[-1]
        found.append(
            last._replace(
                cue=sentence.start + tokens[i].start,
                cue_word=tokens[i].low,
                scope=(sentence.start + scope[0], sentence.start + scope[1]),
            )
        )


def _colon(found: list[Attribution], sentence: Sentence, tokens: list[Token]) -> None:
    """A headline's "...: police" or "Police: ..."."""
    for i, token in enumerate(tokens):
        if token.low == ":" and 0 < i < len(tokens) - 1:
            tail = Phrase(i + 1, len(tokens), len(tokens))
            if (
                len(tokens) - i <= 4
                and all(t.tag in "wWpPq" for t in tokens[i + 1 :])
                and is_speaker(tokens, i + 1, len(tokens))
            ):
                found.append(_make(sentence, tokens, tail, i, (0, token.start)))


def role_of(words: str) -> SpeakerRole:
    """The kind of speaker (standards.md C4) that ``words`` name; "unknown" for a bare name."""
    low = words.lower()
    for role, patterns in ROLES:
        if any(pattern.search(low) for pattern in patterns):
            return role
    return "unknown"


OFFICE = re.compile(
    r"\b(?:of|at|for|from|in|with|to) (?:the )?((?:[A-Z][\w'.-]*)(?: (?:of|for|and|the|de|del|al)(?= [A-Z])| [A-Z][\w'.-]*)*)"
)


def organisation(words: str) -> str | None:
    """The body a speaker speaks for: "Dr X of the Y Hospital" is Y Hospital, "the Z Observatory" is itself."""
    inside = [
        m.group(1)
        for m in OFFICE.finditer(words)
        if m.group(1).split()[-1].lower() in ORGANISATION or role_of(m.group(1)) != "unknown"
    ]
    if inside:
        return inside[0]
    plain = words.split(",")[0]
    last = plain.split()[-1].lower() if plain.split() else ""
    if last in ORGANISATION or any(
        word.lower() in ORGANISATION for word in plain.split() if word[:1].isupper()
    ):
        return re.sub(r"^(?:the|a|an) ", "", plain)
    return None


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
            )
            if pronoun in ("he", "she") and not (
                person or role_of(earlier.words) not in ("journalist_on_scene",)
            ):
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
        words = attribution.words
        full = words if attribution.apposition is None else f"{words}, {attribution.apposition}"
        last = words.split()[-1].lower() if words.split() else ""
        for other in self.known:
            parts = other.words.lower().split()
            whole = other.words if other.apposition is None else f"{other.words}, {other.apposition}"
            if last in parts and len(whole) > len(full) and last not in HEADS:
                full = whole
            elif (
                last in HEADS
                and last == (parts[-1] if parts else "")
                and len(words.split()) == 1
                and len(whole) > len(full)
            ):
                full = whole
        role = role_of(full)
        return Speaker(
            words=words, full=full if full != words else None, role=role, organisation=organisation(full)
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
