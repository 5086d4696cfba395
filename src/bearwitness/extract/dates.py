"""News dates to EDTF: explicit, weekday, relative. Nothing is ever taken for granted.

A weekday is the most recent such day, the day of publication included ("last Wednesday": excluded). A day
and month without a year take the year that puts them on or before the publication date; with no publication
date the year stays unknown (``XXXX-10-17``). A date that does not exist is reported, not repaired.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.record import DateBasis

_DATA = vocabulary.load("dates")
MONTHS: dict[str, int] = {name: number for number, name in enumerate(_DATA["months"], 1)} | _DATA[
    "abbreviations"
]
WEEKDAYS: dict[str, int] = {name: number for number, name in enumerate(_DATA["weekdays"])}
NUMBERS = vocabulary.load("numbers")["words"]

_month = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_week = "(?P<weekday>" + "|".join(WEEKDAYS) + ")"
_time = r"(?: (?:early |late )?(?:morning|afternoon|evening|night|noon|dawn|dusk|midnight))?"

PATTERNS: list[tuple[str, re.Pattern[str]]] = [
    (name, re.compile(pattern))
    for name, pattern in (
        ("iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<monthno>\d\d)-(?P<day>\d\d)\b"),
        (
            "mdy",
            rf"\b{_month} (?P<day>3[01]|[12]\d|0?[1-9])(?!\d)(?:st|nd|rd|th)?(?! (?:people|civilians|dead))(?:,? (?P<year>(?:19|20)\d\d))?\b",
        ),
        (
            "dmy",
            rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_month}(?:,? (?P<year>(?:19|20)\d\d|'?\d\d(?= \()))?\b",
        ),
        ("sincemonth", rf"\bsince (?:mid-|early |late )?{_month}(?:,? (?P<year>(?:19|20)\d\d))?\b"),
        ("monthlast", rf"\b{_month} (?:of )?(?P<rel>last year|this year)\b"),
        ("lastmonth", rf"\b(?P<rel>last|this|in) {_month}(?! \d)(?:,? (?P<year>(?:19|20)\d\d))?\b"),
        ("monthyear", rf"\b(?:early |late |mid-|mid )?{_month},? (?:of )?(?P<year>(?:19|20)\d\d)\b"),
        ("midmonth", rf"\b(?:mid-|mid |early |late ){_month}\b"),
        (
            "weekday",
            rf"\b(?P<lead>last |this past |this |next )?(?P<part>early |late |later )?(?:on )?(?P<part2>early |late )?{_week}(?P<poss>'s)?{_time}\b",
        ),
        (
            "today",
            r"\b(?:early |late |earlier |later )?(?P<rel>today|this (?:early )?(?:morning|afternoon|evening)|tonight)\b",
        ),
        (
            "yesterday",
            r"\b(?P<rel>yesterday|last night|the previous day|the day before|a day earlier|the previous night)\b",
        ),
        ("overnight", r"\b(?P<rel>overnight)\b"),
        ("hours", r"\b(?P<rel>(?:over|in|during|within) the (?:past|last) (?:24|48|few|several) hours)\b"),
        (
            "ago",
            rf"\b(?P<n>a|an|\d+|{'|'.join(NUMBERS)}) (?P<unit>day|week|month|year)s? (?:ago|earlier|before)\b",
        ),
        (
            "period",
            r"\b(?P<rel>last (?:week|month|year|weekend)|this (?:week|month|year|weekend)|(?:over )?the weekend|earlier this (?:week|month|year))\b",
        ),
        ("year", r"\b(?:in|since|during|of|the) (?P<year>(?:19|20)\d\d)\b(?!-)"),
    )
]
LEAD = re.compile(r"\s*(?:(?:on|in|of|the|during) )*")
AHEAD = re.compile(
    r"\b(?:as of|until|till|by|scheduled for|due|next|due on|planned for|starting|beginning) (?:early |late |on )?$"
)


class News(NamedTuple):
    """A date in a sentence: characters of the sentence, EDTF, basis, and its days if it is one day or a span."""

    start: int
    end: int
    edtf: str
    basis: DateBasis
    kind: str


def parse_published(published: str | None) -> date | None:
    """The day a report was published, if its EDTF names one day."""
    if published and re.fullmatch(r"\d{4}-\d\d-\d\d", published):
        try:
            return date.fromisoformat(published)
        except ValueError:
            return None
    return None


def dates(low_text: str, published: date | None) -> tuple[list[News], list[str]]:
    """The dates a sentence (in lower case) states, in order, and the words of those that do not exist."""
    found: list[News] = []
    bad: list[str] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(low_text):
            a, b = match.span()
            if kind == "weekday" and AHEAD.search(low_text[max(0, a - 24) : a]):
                continue
            if any(a < right and left < b for left, right in taken):
                continue
            try:
                read = _READERS[kind](match, published)
            except ValueError:
                bad.append(match.group())
                taken.append((a, b))
                continue
            if read is not None:
                taken.append((a, b))
                words = match.group()
                lead = LEAD.match(words)
                trim = lead.end() if lead else 0
                found.append(News(a + trim, b, read[0], read[1], kind))
    return _joined(sorted(found), low_text), bad


def _day(year: int | None, month: int, day: int, published: date | None) -> str:
    if year is None:
        date(2000, month, day)
        if published is None:
            return f"XXXX-{month:02}-{day:02}"
        year = published.year
        if (month, day) > (published.month, published.day) and date(2000, month, day) - date(
            2000, published.month, published.day
        ) > timedelta(days=3):
            year -= 1
    return date(year, month, day).isoformat()


def _year(match: re.Match[str]) -> int | None:
    words = match.groupdict().get("year")
    if not words:
        return None
    words = words.strip("'")
    return int(words) if len(words) == 4 else 1900 + int(words) if int(words) > 50 else 2000 + int(words)


Read = tuple[str, DateBasis] | None


def _iso(match: re.Match[str], published: date | None) -> Read:
    return date(int(match["year"]), int(match["monthno"]), int(match["day"])).isoformat(), "explicit"


def _full(match: re.Match[str], published: date | None) -> Read:
    return _day(_year(match), MONTHS[match["month"]], int(match["day"]), published), "explicit"


def _month_of(match: re.Match[str], published: date | None) -> Read:
    year = _year(match)
    month = MONTHS[match["month"]]
    rel = match.groupdict().get("rel")
    if year is None:
        if published is None:
            return (
                (f"XXXX-{month:02}", "explicit")
                if match["month"] not in ("may", "march", "mar", "sat", "sun") or rel == "in"
                else None
            )
        year = published.year
        if (
            rel in ("last", "last year")
            and (rel == "last year" or month >= published.month - 1)
            or month > published.month
        ):
            year -= 1
        basis: DateBasis = "relative" if rel else "explicit"
        return f"{year}-{month:02}", basis
    return f"{year}-{month:02}", "explicit"


def _since(match: re.Match[str], published: date | None) -> Read:
    read = _month_of(match, published)
    if read is None or "XXXX" in read[0]:
        return read
    return (f"{read[0]}/{published.isoformat() if published else '..'}", "explicit")


def _weekday(match: re.Match[str], published: date | None) -> Read:
    if published is None or match["lead"] == "next ":
        return None
    back = (published.weekday() - WEEKDAYS[match["weekday"]]) % 7
    if back == 0 and match["lead"] in ("last ", "this past "):
        back = 7
    return (published - timedelta(days=back)).isoformat(), "weekday"


def _today(match: re.Match[str], published: date | None) -> Read:
    return (published.isoformat(), "relative") if published else None


def _yesterday(match: re.Match[str], published: date | None) -> Read:
    return ((published - timedelta(days=1)).isoformat(), "relative") if published else None


def _overnight(match: re.Match[str], published: date | None) -> Read:
    if published is None:
        return None
    return f"{(published - timedelta(days=1)).isoformat()}/{published.isoformat()}", "relative"


def _ago(match: re.Match[str], published: date | None) -> Read:
    if published is None:
        return None
    n = 1 if match["n"] in ("a", "an") else NUMBERS.get(match["n"]) or int(match["n"])
    if n > 200:
        return None
    if match["unit"] == "day":
        return (published - timedelta(days=n)).isoformat(), "relative"
    if match["unit"] == "week":
        end = published - timedelta(weeks=n)
        return f"{(end - timedelta(days=3)).isoformat()}/{(end + timedelta(days=3)).isoformat()}", "relative"
    if match["unit"] == "year":
        return f"{published.year - n}", "relative"
    months = published.year * 12 + published.month - 1 - n
    return f"{months // 12}-{months % 12 + 1:02}", "relative"


def _period(match: re.Match[str], published: date | None) -> Read:
    if published is None:
        return None
    rel = match["rel"]
    if "year" in rel:
        return str(published.year - ("last" in rel)), "relative"
    if "month" in rel:
        months = published.year * 12 + published.month - 1 - ("last" in rel)
        return f"{months // 12}-{months % 12 + 1:02}", "relative"
    monday = published - timedelta(days=published.weekday())
    if "weekend" in rel:
        saturday = monday - timedelta(days=2) if published.weekday() < 5 else monday + timedelta(days=5)
        return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}", "relative"
    if "last" in rel:
        return (
            f"{(monday - timedelta(days=7)).isoformat()}/{(monday - timedelta(days=1)).isoformat()}",
            "relative",
        )
    return (
        f"{monday.isoformat()}/{published.isoformat()}" if monday != published else published.isoformat(),
        "relative",
    )


def _whole_year(match: re.Match[str], published: date | None) -> Read:
    if match.group().startswith("since"):
        return f"{match['year']}/{published.year if published else '..'}", "explicit"
    return match["year"], "explicit"


EARLIER_BY = re.compile(
    r"(?P<n>a|an|\d+|"
    + "|".join(NUMBERS)
    + r") (?P<unit>day|week)s? (?:earlier|before)|the previous day|the day before|a day earlier"
)


def before(news: News, words: str, anchor: str) -> News:
    """ "two days earlier" in ``words``, counted from the day ``anchor`` of the event told before."""
    match = EARLIER_BY.search(words)
    day = parse_published(anchor)
    if match is None or day is None:
        return news
    n = NUMBERS.get(match["n"] or "") or (int(match["n"]) if (match["n"] or "").isdigit() else 1)
    back = timedelta(days=n * (7 if match["unit"] == "week" else 1))
    return news._replace(edtf=(day - back).isoformat(), basis="relative")


def _joined(found: list[News], low_text: str) -> list[News]:
    """ "between March 3 and March 6" is one interval."""
    joined: list[News] = []
    for news in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.basis == news.basis == "explicit"
            and len(last.edtf) == len(news.edtf) == 10
            and last.edtf < news.edtf
        ):
            lead, link = low_text[: last.start].rstrip(), low_text[last.end : news.start].strip()
            if (lead.endswith("between") and link == "and") or (
                lead.endswith("from") and link in ("to", "until", "through")
            ):
                joined[-1] = News(last.start, news.end, f"{last.edtf}/{news.edtf}", "explicit", "interval")
                continue
        joined.append(news)
    return joined


_READERS = {
    "iso": _iso, "mdy": _full, "dmy": _full, "monthlast": _month_of, "lastmonth": _month_of, "monthyear": _month_of,
    "sincemonth": _since, "midmonth": _month_of, "weekday": _weekday, "today": _today, "yesterday": _yesterday,
    "overnight": _overnight, "hours": _overnight, "ago": _ago, "period": _period, "year": _whole_year,
}  # fmt: skip
