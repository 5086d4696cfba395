"""Who says what: for each attribution of a report the speaker's words, the cue and the stretches that are said."""

from __future__ import annotations

import re
from typing import NamedTuple

from bearwitness.extract import text
from bearwitness.extract.cues import ADDRESS, OPENERS, PRONOUNS, RELATIVE, Cue, cues, first_phrase, speaker
from bearwitness.extract.phrases import Phrase, left_phrase, noun_before
from bearwitness.extract.survey import Survey
from bearwitness.extract.text import Quotation, Sentence
from bearwitness.extract.tokens import Token
from bearwitness.extract.voices import Attribution

Span = tuple[int, int]
Read = tuple[Sentence, list[Token]]


class Said(NamedTuple):
    """One attribution. Offsets are characters of the report.

    ``words`` are the speaker's, for a pronoun its antecedent's where one was found; ``start`` and ``end`` are where
    the speaker stands as written, both 0 where no speaker was found. ``cue`` is the words of saying, if there are any.
    """

    words: str
    start: int
    end: int
    cue: Span | None
    content: tuple[Span, ...]


TOLD = re.compile(r".{0,80}?(?=\bthat\b|\"|:)")
TELL = frozenset("tell tells told telling warned asked urged ask asks reminded informed".split())
PREPOSED = re.compile(r"\s*(?:in|on|at|during|to|of|from|after|when|while|as|via|with|by|before|about)\b")
SOFT = re.compile(r"; |, (?:but|while|whereas|according to)\b|,? --? ")
BREAK = re.compile(
    r"[,;] (?:but|while|whereas|and|although|though|according to|which|who|where|when|if|as|\w+ing)\b|; |,? --? | \(|, (?:a|an|the) (?:move|decision|claim|statement|charge|comment|remark|reference)\b"
)


def said(survey: Survey) -> list[Said]:
    """Every attribution of a report, in order of its first content."""
    found: list[Said] = []
    paragraph: list[Read] = []
    last: list[Said] = []
    groups: list[list[Read]] = []
    for sentence, line in zip(survey.sentences, survey.read, strict=True):
        if line is None:
            continue
        if paragraph and paragraph[-1][0].paragraph != sentence.paragraph:
            groups.append(paragraph)
            paragraph = []
        paragraph.append((sentence, line.tokens))
    if paragraph:
        groups.append(paragraph)
    for number, group in enumerate(groups):
        marks = text.quotations(survey.plain, group[0][0].start, group[-1][0].end)
        here: list[Said] = []
        for sentence, tokens in group:
            here += _sentence(survey, sentence, tokens, marks)
        here += _loose(survey, group, here, marks, last)
        here += _introduced(survey, group, groups[number + 1] if number + 1 < len(groups) else [])
        found += here
        last = [one for one in here if one.words and not _inside(one, marks)] or last
    return sorted((one for one in found if one.content), key=lambda one: one.content[0])


def _introduced(survey: Survey, group: list[Read], following: list[Read]) -> list[Said]:
    """The paragraph after one that ends in a cue and a colon ("He added:")."""
    sentence, tokens = group[-1]
    if not following or not tokens or tokens[-1].low != ":":
        return []
    last = [cue for cue in cues(sentence, tokens) if cue.kind == "speech" and cue.at >= len(tokens) - 8]
    if not last:
        return []
    who, _ = speaker(sentence, tokens, last[-1], None)
    spans = _trim(survey.plain, [(following[0][0].start, following[-1][0].end)])
    return [_make(survey, sentence, tokens, last[-1], who, spans)] if spans else []


def _sentence(survey: Survey, sentence: Sentence, tokens: list[Token], marks: list[Quotation]) -> list[Said]:
    """The attributions whose cue is in one sentence."""
    found: list[tuple[Said, Cue, Phrase | None]] = []
    subjects: dict[bool, Phrase | None] = {}
    for cue in cues(sentence, tokens):
        at = sentence.start + tokens[cue.at].start
        quoted = any(mark.start < at < mark.end for mark in marks)
        who, inverted = speaker(sentence, tokens, cue, subjects.get(quoted))
        if cue.kind == "stance" and who is None:
            continue
        if cue.kind == "speech" and who is None and cue.form in ("base", "s"):
            continue
        if who is not None and not inverted:
            subjects[quoted] = who
        content = _content(sentence, tokens, cue, who, inverted, marks)
        spans = _trim(survey.plain, content)
        if sum(b - a for a, b in spans) < 4:
            continue
        found.append((_make(survey, sentence, tokens, cue, who, spans), cue, who))
    return _apart(survey, sentence, tokens, found, marks)


def _apart(
    survey: Survey,
    sentence: Sentence,
    tokens: list[Token],
    found: list[tuple[Said, Cue, Phrase | None]],
    marks: list[Quotation],
) -> list[Said]:
    """The attributions of a sentence, each cut where the voice of another begins."""
    base = sentence.start
    kept = []
    for number, (one, cue, _) in enumerate(found):
        at = base + tokens[cue.at].start
        low, high = base, sentence.end
        for mark in marks:
            if mark.start < at < mark.end:  # what is said inside a quotation ends with it
                low, high = max(low, mark.start), min(high, mark.end)
        for other, later, who in found[number + 1 :]:
            begin = later.first if who is None else min(who.first, later.first)
            before = tokens[begin - 1] if begin else None
            start = base + tokens[begin].start
            if other.content[0][0] < start and start > at and other.content[0][0] <= at:
                high = min(high, start)  # "..., a spokesman said" tells of all that stands before it
            elif before is not None and _parts(tokens, begin, later):
                high = min(high, base + before.start)
        spans = [(max(a, low), min(b, high)) for a, b in one.content]
        spans = _trim(survey.plain, [(a, b) for a, b in spans if a < b])
        if spans:
            kept.append(one._replace(content=tuple(spans)))
    return kept


def _parts(tokens: list[Token], begin: int, later: Cue) -> bool:
    """Whether a cue is joined to what stands before it, not part of it ("..., but he admitted", "and warned that")."""
    before = tokens[begin - 1] if begin else None
    if before is None:
        return False
    if before.low in ("but", "although", "though", "while", "whereas", "and") and begin > 1:
        return tokens[begin - 2].tag == "," or (begin == later.first and later.kind in ("speech", "stance"))
    return False


def _make(
    survey: Survey, sentence: Sentence, tokens: list[Token], cue: Cue, who: Phrase | None, spans: list[Span]
) -> Said:
    base = sentence.start
    at = (base + tokens[cue.first].start, base + tokens[cue.last - 1].end)
    if who is None:
        return Said("", 0, 0, at, tuple(spans))
    start, end = tokens[who.first].start, tokens[who.core - 1].end
    words = sentence.text[start:end]
    if words.lower() in RELATIVE:
        antecedent = left_phrase(tokens, who.first) or noun_before(tokens, who.first)
        if antecedent is not None:
            words = sentence.text[tokens[antecedent.first].start : tokens[antecedent.core - 1].end]
    elif words.lower() in PRONOUNS:
        asked = Attribution(base + start, base + end, words, at[0], tokens[cue.at].low, (at[0], at[0]), True)
        resolved = survey.registry.resolve(asked)
        if resolved is not None:
            words = resolved.words
    return Said(words, base + start, base + end, at, tuple(spans))


def _content(
    sentence: Sentence,
    tokens: list[Token],
    cue: Cue,
    who: Phrase | None,
    inverted: bool,
    marks: list[Quotation],
) -> list[Span]:
    """What is said, as spans of the report."""
    base, whole = sentence.start, len(sentence.text)
    begin = min(tokens[cue.first].start, tokens[who.first].start if who is not None else whole)
    end = max(tokens[cue.last - 1].end, tokens[who.last - 1].end if who is not None else 0)
    lead, after = sentence.text[:begin], sentence.text[end:]
    if cue.kind == "according":
        stop = re.search(r"[,;.]", after)
        on = end + (stop.start() if stop else len(after))
        return [(base, base + begin), (base + on, base + whole)]
    if cue.kind == "passive":
        subject = left_phrase(tokens, cue.first) or noun_before(tokens, cue.first)
        parts = [(base + tokens[subject.first].start, base + begin)] if subject is not None else []
        stop = BREAK.search(after)
        of_it = (base + end, base + end + (stop.start() if stop else len(after)))
        return parts if inverted else [*parts, of_it]
    if cue.kind in ("stance", "noun") or cue.form == "ing":
        stop = (SOFT if cue.kind == "speech" else BREAK).search(after)
        return [(base + end, base + end + (stop.start() if stop else len(after)))]
    spans: list[Span] = []
    opener = tokens[who.first - 1] if who is not None and who.first else None
    if opener is not None and opener.low == "as":
        if opener.start < 3 and (comma := after.find(",")) >= 0:
            return [(base + end + comma, base + whole)]
        return [(base, base + opener.start)]
    bare = lead.rstrip()
    skip = ADDRESS.match(after)
    reach = end + (skip.end() if skip else 0)
    rest = sentence.text[reach:]
    closes = (
        not rest.strip(" .\"'")
        or rest.lstrip()[:1] in ",.;"
        or bool(re.match(r"\s*(?:in|on|at|during|to|of|from|after|when|while|as|via|with)\b", rest))
    )
    before = len(bare) > 8 and bare[-1] in ',"?!' and (closes or inverted or bare[-1] == '"')
    if (
        before
        and lead.split()[0].lower() in OPENERS
        and bare[-1] == ","
        and not inverted
        and " that " in rest
    ):
        before = False
    if before:
        spans.append((base, base + begin))
        quoted = bare[-1] == '"'
        that = re.search(r"\"" if quoted else r"\bthat\b|\"|, and\b|, but\b", rest)
        if not quoted and rest.lstrip()[:1] == "," and not inverted:
            spans.append((base + reach, base + whole))
        elif that:
            spans.append((base + reach + that.start(), base + whole))
    else:
        told = TOLD.match(rest)
        if told and (tokens[cue.at].low in TELL or PREPOSED.match(rest)):
            reach += told.end()
        spans.append((base + reach, base + whole))
    return spans


def _loose(
    survey: Survey, group: list[Read], here: list[Said], marks: list[Quotation], last: list[Said]
) -> list[Said]:
    """Quotations that no attribution covers: said by the last speaker of the paragraph, or the one before it."""
    found = []
    for mark in marks:
        short = (
            mark.end - mark.start < 12
            and survey.plain[max(0, mark.start - 3) : mark.start].rstrip()[-1:] not in '.!?"'
        )
        if short or _title(survey.plain[mark.start + 1 : mark.end - 1]):
            continue
        covered = [False] * (mark.end - mark.start)
        touching = None
        for k, one in enumerate(here):
            outside = one.cue is None or one.cue[1] <= mark.start or one.cue[0] >= mark.end
            for a, b in one.content:
                for i in range(max(a, mark.start), min(b, mark.end)):
                    covered[i - mark.start] = True
                if outside and min(b, mark.end) - max(a, mark.start) > 1:
                    touching = k
        if sum(covered) >= 0.9 * len(covered):
            continue
        if touching is not None:
            one = here[touching]
            here[touching] = one._replace(content=_joined([*one.content, (mark.start, mark.end)]))
            continue
        named = [one for one in here if one.words and not _inside(one, marks)]
        before = [one for one in named if one.cue and one.cue[0] < mark.start]
        source = before[-1] if before else named[0] if named else last[-1] if last else None
        own = _around(survey, group, mark)
        if own is not None and not (source in named and source.cue and own[1] <= source.cue[0] < own[2]):
            found.append(own[0])
        elif source is None:
            found.append(Said("", 0, 0, None, ((mark.start, mark.end),)))
        else:
            found.append(source._replace(cue=None, content=((mark.start, mark.end),)))
    return found


def _title(words: str) -> bool:
    """Whether what stands in quotation marks is written like the title of a work."""
    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    return bool(long) and all(word[0].isupper() for word in long)


def _around(survey: Survey, group: list[Read], mark: Quotation) -> tuple[Said, int, int] | None:
    """A quotation within a sentence of other words: said by the sentence's subject; with the sentence's bounds."""
    for sentence, tokens in group:
        if sentence.start + 8 < mark.start < sentence.end:
            before = sum(1 for token in tokens if token.end <= mark.start - sentence.start)
            who = first_phrase(tokens, before) if before else None
            if who is not None:
                cue = Cue(before - 1, before, before - 1, "speech", "")
                one = _make(survey, sentence, tokens, cue, who, [(mark.start, mark.end)])
                return one._replace(cue=None), sentence.start, sentence.end
    return None


def _inside(one: Said, marks: list[Quotation]) -> bool:
    """Whether an attribution is part of what somebody is quoted with."""
    return one.cue is not None and any(mark.start < one.cue[0] < mark.end for mark in marks)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch made one."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start <= kept[-1][1] + 1:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)


def _trim(plain: str, spans: list[Span]) -> list[Span]:
    """Spans without blanks and commas at their edges; empty ones dropped."""
    kept = []
    for start, end in spans:
        while start < end and plain[start] in " ,;\n.":
            start += 1
        while end > start and plain[end - 1] in " ,;\n.":
            end -= 1
        if end > start:
            kept.append((start, end))
    return kept
