"""The day that is printed above a text: from it "Friday" and "yesterday" are counted."""

from __future__ import annotations

import re
from datetime import date

from bearwitness.extract.dates import MONTHS, dates, parse_published

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_FULL = rf"(?:\d{{1,2}} (?:{_MONTH})\.?,? \d{{4}}|(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
_NUMERIC = r"\d{1,2}-\d{1,2}-\d{4}"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? "
PRINTED = re.compile(
    rf"(?:(?:first )?(?:published|posted)|date of publication|last updated)(?: on| at)?[:,]? (?:{_DAY})?"
    rf"(?P<published>{_FULL}|(?:{_MONTH})\.? \d\d?(?=\d{{4}}\b)\d{{4}})"
    rf"|(?:(?:\S+ ){{0,18}}?(?P<agency>AFP|AP|Reuters|Xinhua|DPA|UPI),? )?{_DAY}(?P<day>{_FULL})"
    rf"|(?:{_DAY})?(?P<alone>{_FULL}|{_NUMERIC})\W*$|(?P<bare>{_FULL}|{_NUMERIC})(?= (?P<next>\w))",
    re.I,
)


def printed(body: str) -> date | None:
    """The day printed above a text, with its year: "Published April 24 2017", "AFP Friday 28 Oct 2016", "17-05-2016".

    A day that a sentence may begin with ("12 March 2014 was ...") is none, nor is the first day of a list of days.
    """
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    for line in lines[:2]:
        match = PRINTED.match(line[:200])
        if match is None or (match["agency"] or "X").islower() or (match["next"] or "X").islower():
            continue
        if match["bare"] and sum(bool(PRINTED.match(other[:200])) for other in lines) > 1:
            return None
        words = next(filter(None, (match[name] for name in ("published", "day", "alone", "bare"))))
        return _numeric(words) if re.fullmatch(_NUMERIC, words) else _printed_day(words)
    return None


def _printed_day(words: str) -> date | None:
    apart = re.sub(r"(?<=[a-z.] \d)(?=\d{4}$)|(?<=[a-z.] \d\d)(?=\d{4}$)", " ", words.lower())  # "jun 142016"
    found, _ = dates(re.sub(r"(?<=\d)(?:st|nd|rd|th)|,", "", apart), None)
    return parse_published(found[0].edtf) if found else None


def _numeric(words: str) -> date | None:
    """ "17-05-2016"; of "05-04-2016" either may be the month."""
    day, month, year = (int(part) for part in words.split("-"))
    if day <= 12 and month <= 12 and day != month:
        return None
    if month > 12:
        day, month = month, day
    return parse_published(f"{year}-{month:02}-{day:02}")
