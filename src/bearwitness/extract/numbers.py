"""Quantities: number words, digits and what stands before them, as ranges with open ends.

The values are those of the annotation guidelines: "at least 40" is 40 and more, "more than 40" is 41 and more,
"up to 30" is 30 and fewer, "dozens" is 24 and more, "almost 1,000" is 1,000 and fewer.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.record import NumberKind

_DATA = vocabulary.load("numbers")
WORDS: dict[str, int] = _DATA["words"]
MULTIPLIERS: dict[str, int] = _DATA["multipliers"]
VAGUE: dict[str, int] = _DATA["vague"]
_BEFORE: dict[str, str] = {words: kind for kind, all_ in _DATA["before"].items() for words in all_}

LARGEST = 100_000_000  # a larger "count of persons" is not one
LONG = re.compile(r"(?<![\w.,])\d[\d,]{8,}")

_word = "|".join(sorted((re.escape(w) for w in WORDS), key=len, reverse=True))
_mult = "|".join(MULTIPLIERS)
_quarter = r"(?:(?:a|one|three)[ -])?quarters? of a"
_tens, _units = (
    "|".join(word for word, number in WORDS.items() if low <= number < high)
    for low, high in ((20, 100), (1, 10))
)
_spelled = rf"(?:(?:a|an|half a|{_quarter}|{_word}|\d{{1,3}}(?:\.\d+)?)[ -](?:{_mult})(?:[ -](?:{_mult}))?(?:(?: and |[ -])(?:{_word})(?:[ -](?:{_word}))?)?|(?<!of the )(?<!at )(?:{_tens}) (?:{_units})(?![\w-]| (?:man|woman|of (?:whom|them))\b)|(?:{_word})(?:-(?:{_word}))?)"
_digits = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?: 000)+(?![\d,])|\d+"  # "1,700", "1 000"
_one = rf"(?:{_spelled}|{_digits})"
_vague = "|".join(sorted((re.escape(w) for w in VAGUE), key=len, reverse=True))
_before = "|".join(sorted((re.escape(w) for w in _BEFORE), key=len, reverse=True))
_after_least = "|".join(re.escape(w) for w in _DATA["after"]["at_least"])
_after_most = "|".join(re.escape(w) for w in _DATA["after"]["at_most"])

# What makes the digits before it an age: "his 12- and 15-year-old sons", "a 16 - year - old", "her early 20's", "11 or younger".
_AGE = r" ?- ?years?\b|- (?:and|to|or) \d+ ?- ?years?\b|['’]s\b| or (?:younger|older)\b| and (?:younger|older)(?! \w)"

QUANTITY = re.compile(
    rf"(?<![\w$€£#%/:-])(?!(?<=\.)\d)(?:(?P<before>(?:(?:{_before}) )+))?"
    rf"(?:between (?P<from>{_one}) and (?P<to>{_one})"
    rf"|(?P<low>{_one})(?: to | or )(?P<high>{_one})(?![\w-])"
    rf"|(?P<low2>\d+)(?:-| - )(?P<high2>\d+)(?![\w-])"
    rf"|(?<!as )(?P<vague>{_vague})(?: of)?(?! \d)"
    rf"|(?P<number>{_one})(?P<plus>\+)?(?: (?:{_after_least})(?P<least>)| (?:{_after_most})(?P<most>))?)"
    rf"(?![\w%]|[.:/]\d|,\d|-\w|(?<=\d)(?:{_AGE}))",
)


class Quantity(NamedTuple):
    """A number of persons: ``low``/``high`` (``None`` is an open end) at ``start``-``end`` of the sentence.

    ``core`` is where the number itself begins, after "at least" and the like.
    """

    start: int
    end: int
    low: int | None
    high: int | None
    kind: NumberKind
    core: int


def value(words: str) -> int | None:
    """The number that ``words`` spell ("two hundred and five", "1,700"); ``None`` if they spell none."""
    words = words.strip().lower()
    if len(words) > 40:
        return None
    if quarters := re.match(rf"({_quarter})[ -]", words):
        whole = value("a " + words[quarters.end() :])
        return None if whole is None else whole * (3 if words.startswith("three") else 1) // 4
    if re.fullmatch(_digits, words):
        return int(re.sub("[, ]", "", words))
    total = current = 0
    seen = False
    for part in re.split(r"[ -]", words):
        if part in WORDS:
            current += WORDS[part]
        elif part in MULTIPLIERS:
            current = (current or 1) * MULTIPLIERS[part]
            if MULTIPLIERS[part] >= 1000:
                total, current = total + current, 0
        elif re.fullmatch(r"\d+(\.\d+)?", part):
            number = float(part)
            current += int(number) if number == int(number) else 0
            if number != int(number):
                return _fraction(words)
        elif part in ("a", "an", "and", "half"):
            pass
        else:
            return None
        seen = True
    if words.startswith("half a"):
        total, current = total // 2, current // 2
    return total + current if seen else None


def _fraction(words: str) -> int | None:
    match = re.fullmatch(rf"(\d+\.\d+)[ -]({_mult})", words)
    return round(float(match.group(1)) * MULTIPLIERS[match.group(2)]) if match else None


def too_large(low_text: str) -> list[re.Match[str]]:
    """The numbers in a sentence that are too large to be a count of persons."""
    return [m for m in LONG.finditer(low_text) if int(m.group().replace(",", "")[:12]) > LARGEST]


def quantities(low_text: str) -> list[Quantity]:
    """All quantities in a sentence given in lower case, in order."""
    found = []
    for match in QUANTITY.finditer(low_text):
        quantity = _read(match)
        if quantity is not None:
            found.append(quantity)
    return found


_months = "|".join((*vocabulary.load("dates")["months"], *vocabulary.load("dates")["abbreviations"]))
_MONTH_BEFORE = re.compile(rf"\b(?:{_months})\.? ?$")
_DAY_BEFORE = re.compile(rf"\b(?:{_months})\.? ?(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?$")
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?(?: of)? (?:{_months})\b")
_HOUR = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d")
_TOLD_AT = re.compile(
    r"\b(?:tolls?|number|dead|deaths|stood|stands?|put|rose|risen|climbed|estimated)\b"
)  # "put at 1200"
_HOUR_BEFORE = re.compile(r"\b(?:at|as of|by|until|since) (?:(?:about|around|approximately) )?$")
_HOUR_AFTER = re.compile(r"[,.;)]|$| (?:hours?|hrs|gmt|local|today|yesterday|on|this|when|and \d{4}\b)")
_YEAR_BEFORE = re.compile(r"\b(?:in|since|of|by|year|until|from|during|late|early|mid|the|and|to)[ -]?$")


def _is_date(match: re.Match[str]) -> bool:
    """Whether the number is a day, a year or an hour ("4 March 2025", "in 1998", "at 1300")."""
    number, text = match["number"], match.string
    if not number or not number.isdigit():
        return False
    before, after = (
        text[max(0, match.start("number") - 24) : match.start("number")],
        text[match.end("number") :][:16],
    )
    if _HOUR.fullmatch(number) and _HOUR_BEFORE.search(before) and _HOUR_AFTER.match(after):
        told = text[max(0, match.start("number") - 60) : match.start("number")]
        return number[0] == "0" or _TOLD_AT.search(told) is None
    if len(number) <= 2 and (_MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after)):
        return True
    year = len(number) == 4 and number[:2] in ("18", "19", "20")
    return year and bool(_DAY_BEFORE.search(before) or _YEAR_BEFORE.search(before) or after[:1] in ")(")


def _read(match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if _is_date(match):
        return None
    before = match["before"] or ""
    qualifiers = (
        [kind for words, kind in _BEFORE.items() if re.search(rf"\b{words}\b", before)] if before else []
    )
    core = start + len(before)
    if match["vague"]:
        if match["vague"] == "a couple" and not match.group().endswith(" of"):
            return Quantity(start, end, 2, 2, "exact", core)
        return Quantity(start, end, VAGUE[match["vague"]], None, "vague", core)
    least, most = (
        match["from"] or match["low"] or match["low2"],
        match["to"] or match["high"] or match["high2"],
    )
    if least:
        if _HOUR.fullmatch(least) and most and _HOUR.fullmatch(most) and "0" in (least[0], most[0]):
            return None  # "from 0600 to 1800"
        low, high = value(least), value(most)
        if match["from"] and low is not None and high is not None:
            low, high = min(low, high), max(low, high)  # "between 20 and 10"; "20-10" is a score
        if low is None or high is None or low > high or high > LARGEST:
            return None
        return Quantity(start, end, low, high, "range", core)
    number = value(match["number"])
    if number is None or number > LARGEST:
        return None
    return _bounded(start, end, core, number, qualifiers, match)


def _bounded(
    start: int, end: int, core: int, number: int, qualifiers: list[str], match: re.Match[str]
) -> Quantity:
    if "at_least" in qualifiers or match["plus"] or match["least"] is not None:
        return Quantity(start, end, number, None, "at_least", core)
    if "at_most" in qualifiers or match["most"] is not None:
        return Quantity(start, end, None, number, "at_most", core)
    if "more_than" in qualifiers:
        return Quantity(start, end, number + 1, None, "at_least", core)
    if "less_than" in qualifiers:
        exclusive = re.search(r"fewer|less|under", match["before"] or "")
        return Quantity(start, end, None, number - 1 if exclusive and number else number, "at_most", core)
    kind: NumberKind = (
        "about"
        if re.search(r"about|around|some|approx|rough|estimat|circa", match["before"] or "")
        else "exact"
    )
    return Quantity(start, end, number, number, kind, core)
