"""News dates to EDTF: explicit, weekday, relative. Nothing is ever taken for granted.

A weekday is the most recent such day, the day of publication included ("last Wednesday": excluded). A day
and month without a year take the year that puts them on or before the publication date; with no publication
date the year stays unknown (``XXXX-10-17``). A date that does not exist is reported, not repaired. What is yet
to come ("will meet on Friday") and where a time ends ("until Friday") is no day of an event: it is given, forwards,
to who asks for every date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.extract import elapsed
from bearwitness.extract.elapsed import NUMBERS, Read
from bearwitness.extract.holidays import holiday
from bearwitness.extract.lasting import since_then, until
from bearwitness.record import DateBasis

_DATA = vocabulary.load("dates")
MONTHS: dict[str, int] = {name: number for number, name in enumerate(_DATA["months"], 1)}
MONTHS |= _DATA["abbreviations"]
WEEKDAYS: dict[str, int] = {name: number for number, name in enumerate(_DATA["weekdays"])}
HOLIDAYS: dict[str, str] = _DATA["holidays"]

_TENS = [word for word, n in NUMBERS.items() if n in range(10, 100) and (n < 20 or n % 10 == 0)]
_ONES = [word for word, n in NUMBERS.items() if n in range(1, 10) and word.isalpha() and len(word) > 2]
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_KINDS_OF_WORDS = {
    "month": rf"(?P<month>{_MONTH})\b\.?",
    "month2": rf"(?P<month2>{_MONTH})\b\.?",
    "month3": rf"(?P<month3>{_MONTH})\b\.?",
    "weekday": f"(?P<weekday>{'|'.join(WEEKDAYS)})",
    "time": r"(?: (?:early |late )?(?:morning|afternoon|evening|night|noon|dawn|dusk|midnight))?",
    "number": "|".join(NUMBERS),
    "holiday": "|".join(sorted(HOLIDAYS, key=len, reverse=True)),
    "tens": "|".join(_TENS),
    "ones": "|".join(_ONES),
    "counted": "|".join(_DATA["counted"]["words"]),
    "told": "|".join(_DATA["told"]["words"]),
}


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", lambda m: _KINDS_OF_WORDS.get(m[1], m[0]), pattern))


def _needs(name: str, pattern: str) -> tuple[str, ...]:
    """Strings of which a sentence must hold one for the pattern to be worth trying."""
    if name in _NEEDED:
        return _NEEDED[name]
    if "{month" in pattern:
        return tuple(dict.fromkeys(name[:3] for name in MONTHS))
    if "<year>" in pattern:
        return ("19", "20")
    if "<unit>" in pattern:
        return ("day", "week", "month", "year", "decade")
    return tuple(WEEKDAYS) if "{weekday}" in pattern else ("",)


_NEEDED = {
    "hours": ("hour",),
    "moments": ("minute", "moment", "hour"),
    "after": ("day after", "days after"),
    "holiday": tuple(HOLIDAYS),
}
PATTERNS = [(name, _needs(name, pattern), _pattern(pattern)) for name, pattern in _DATA["patterns"].items()]
LEAD = re.compile(r"\s*(?:, |comes |came |coming )?(?:(?:on|in|of|the|during) )*")
AHEAD = re.compile(
    rf"\b(?:{'|'.join(_DATA['ahead']['before'])}) (?:early |late |mid-|on |in |at |to |the |next )*$"
)
WILL = re.compile(
    rf"\b(?:{'|'.join(_DATA['ahead']['verbs'])})\b(?:(?!\b(?:{'|'.join(_DATA['ahead']['past'])})\b)[^.;\"]){{0,70}}$"
)
PAST = re.compile(r"\b(?:had|were|was)\b")
LEADING_NUMBER = re.compile(rf"\b(?:{'|'.join(_DATA['counted']['leads'])}) $")


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


def dates(low_text: str, published: date | None, *, every: bool = False) -> tuple[list[News], list[str]]:
    """The dates a sentence (in lower case) states, in order, and the words of those that do not exist.

    With ``every``, also those that no event told can have: yet to come, or the end of a time.
    """
    found: list[News] = []
    bad: list[str] = []
    taken: list[tuple[int, int]] = []
    held: dict[tuple[str, ...], bool] = {}
    for kind, needs, pattern in PATTERNS:
        if needs not in held:
            held[needs] = any(word in low_text for word in needs)
        if not held[needs]:
            continue
        for match in pattern.finditer(low_text):
            a, b = match.span()
            if any(a < right and left < b for left, right in taken):
                continue
            if kind in ("bareyear", "years") and LEADING_NUMBER.search(low_text[:a]):
                continue
            try:
                read = _READERS[kind](match, published)
            except ValueError:
                bad.append(match.group())
                taken.append((a, b))
                continue
            if read is not None:
                taken.append((a, b))
                lead = LEAD.match(match.group())
                trim = lead.end() if lead else 0
                found.append(_to_come(News(a + trim, b, read[0], read[1], kind), low_text, published))
    joined = [
        since_then(news, low_text, published)
        for news in _joined(_counted(sorted(found), low_text, published), low_text)
    ]
    return [news for news in joined if every or news.kind != "apart"], bad


def _day(year: int | None, month: int, day: int, published: date | None) -> str:
    if year is None:
        date(2000, month, day)
        if published is None:
            return f"XXXX-{month:02}-{day:02}"
        year = published.year
        this_year = date(2000, published.month, published.day)
        year -= date(2000, month, day) - this_year > timedelta(days=3)
    return date(year, month, day).isoformat()


def _year(match: re.Match[str]) -> int | None:
    words = (match.groupdict().get("year") or "").strip("'")
    if not words:
        return None
    return int(words) if len(words) == 4 else 1900 + int(words) if int(words) > 50 else 2000 + int(words)


def _month_of(match: re.Match[str], published: date | None) -> Read:
    year = _year(match)
    month = MONTHS[match["month"]]
    rel = match.groupdict().get("rel")
    if year is None:
        if published is None:
            plain = match["month"] not in ("may", "march", "mar", "sat", "sun") or rel == "in"
            return (f"XXXX-{month:02}", "explicit") if plain else None
        just_now = rel == "last" and month >= published.month - 1
        not_yet = month > published.month and rel not in ("this", "this year")
        year = published.year - (rel == "last year" or just_now or not_yet)
        return f"{year}-{month:02}", "relative" if rel else "explicit"
    return f"{year}-{month:02}", "explicit"


def _years(match: re.Match[str], _: date | None) -> Read:
    """ "1973-1990", "1987-88"."""
    begin, until = match["year"], match["until"]
    if len(until) == 2:  # "2011-12" is a month as likely
        until = begin[:2] + until if int(until) > 12 else ""
    return (f"{begin}/{until}", "explicit") if begin < until <= str(int(begin) + 60) else None


def _since(match: re.Match[str], published: date | None) -> Read:
    read = _month_of(match, published)
    if read is None or "XXXX" in read[0]:
        return read
    end = until(read[0], published)
    return (read[0] if end == read[0] else f"{read[0]}/{end}"), "explicit"


HABIT = re.compile(r"\b(?:on|every|most|some|all) $")


def _weekday(match: re.Match[str], published: date | None) -> Read:
    if published is None or match["lead"] == "next ":
        return None
    if match["poss"] == "s" and HABIT.search(match.string[: match.start("weekday")]):
        return None
    back = (published.weekday() - WEEKDAYS[match["weekday"]]) % 7
    if back == 0 and match["lead"] in ("last ", "this past "):
        back = 7
    return (published - timedelta(days=back)).isoformat(), "weekday"


def _slashed(match: re.Match[str], _: date | None) -> Read:
    """ "06/24/2013": where only one of the two can be the month."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first > 12:
        first, second = second, first
    elif second <= 12 and first != second:
        return None
    return date(year, first, second).isoformat(), "explicit"


MONTH_BEFORE = re.compile(rf"\b(?:{_MONTH})\.? (?:\d{{1,2}},? (?:and|to) )?$")
VERB = re.compile(r" (?:have|be|still|not|also|rise|face|need)\b")


def _is_verb(match: re.Match[str]) -> bool:
    """Whether "may" is no month: "10 to 15 may have died"."""
    return match["month"] == "may" and VERB.match(match.string, match.end()) is not None


def _days(match: re.Match[str], published: date | None) -> Read:
    """ "12 and 13 February", "between 21 and 26 of September", "January 3 to 5"."""
    first, last = int(match["from"]), int(match["day"])
    through = match["link"] != "and" or match["between"] or match["list"]
    before = match.string[: match.start("from")]
    if (
        not (first < last if through else first + 1 == last)
        or (match.start("month") > match.start("from") and MONTH_BEFORE.search(before))
        or _is_verb(match)
    ):
        return None
    begin = _day(_year(match), MONTHS[match["month"]], first, published)
    date(2000, MONTHS[match["month"]], last)
    return f"{begin}/{begin[:8]}{last:02}", "explicit"


def _nextmonth(match: re.Match[str], published: date | None) -> Read:
    """ "next March": the first to come; "March next year": next year's."""
    if published is None:
        return None
    month = MONTHS[match["month"] or match["month2"]]
    year = published.year + (bool(match["month2"]) or month <= published.month)
    return f"{year}-{month:02}", "relative"


def _next(match: re.Match[str], published: date | None) -> Read:
    if published is None:
        return None
    if "tomorrow" in match["rel"]:
        return (published + timedelta(days=1)).isoformat(), "relative"
    if "week" in match["rel"]:
        monday = published + timedelta(days=7 - published.weekday())
        return f"{monday}/{monday + timedelta(days=6)}", "relative"
    months = published.year * 12 + published.month
    return f"{months // 12}-{months % 12 + 1:02}" if "month" in match[
        "rel"
    ] else f"{published.year + 1}", "relative"


def _holiday(match: re.Match[str], published: date | None) -> Read:
    """The most recent day of the name; without a day of publication only what falls on one day every year."""
    rule, lead, year = HOLIDAYS[match["name"]], match["lead"] or "", _year(match)
    if year is not None:
        return holiday(rule, year).isoformat(), "explicit"
    if published is None:
        return (f"XXXX-{rule}", "explicit") if "-" in rule[:3] else None
    day = holiday(rule, published.year)
    past = day <= published + timedelta(days=3) and not (lead == "last " and day >= published)
    year = published.year + (lead == "next " and past) - (lead == "last year's ")
    if lead in ("", "last ", "this past ") and not past:
        year -= 1
    return holiday(rule, year).isoformat(), "explicit"


def _bareyear(match: re.Match[str], published: date | None) -> Read:
    year = int(match["year"])
    return (match["year"], "explicit") if year <= (published.year if published else 2030) + 20 else None


def _baremonth(match: re.Match[str], published: date | None) -> Read:
    if published is None:
        return None
    month = MONTHS[match["month"] or match["month2"] or match["month3"]]
    return f"{published.year - (month > published.month)}-{month:02}", "explicit"


def _to_come(news: News, low_text: str, published: date | None) -> News:
    """``news`` as kind ``apart``, resolved forwards, where the words before say that it is yet to come."""
    if news.kind in ("monthdays", "daystomonth") and published is not None:
        first, _, last = news.edtf.partition("/")
        one = _to_come(news._replace(edtf=first, kind="mdy"), low_text, published)
        until = f"{one.edtf[:4]}{last[4:]}"
        return news._replace(edtf=f"{one.edtf}/{until}", kind="apart" if one.kind == "apart" else news.kind)
    if published is None or "/" in news.edtf or "X" in news.edtf:
        return news._replace(kind="apart") if news.kind == "next" else news
    limit = (published + timedelta(days=3)).isoformat()
    if news.kind in ("next", "nextmonth") or news.edtf > limit[: len(news.edtf)]:
        return news._replace(kind="apart")
    words = low_text[news.start : news.end]
    if news.kind not in _YEARLESS or re.search(r"\d{4}|last|'s$", words):
        return news
    before = low_text[max(0, news.start - 90) : news.start]
    end = AHEAD.search(before)
    if end is None and WILL.search(before) is None:
        return news
    as_of = end is not None and end.group().startswith("as of")
    if as_of or (end is not None and news.kind == "weekday" and PAST.search(low_text)):
        return news._replace(kind="apart") if news.kind == "weekday" else news
    to_come = _next_such(news, published)
    if to_come is None:
        return news._replace(kind="apart") if end is not None and news.kind == "weekday" else news
    return news._replace(edtf=to_come, kind="apart")


_YEARLESS = ("mdy", "dmy", "weekday", "lastmonth", "midmonth", "baremonth", "holiday")


def _next_such(news: News, published: date) -> str | None:
    """The next such weekday, day or month after the day of publication, if it is not most of a year away."""
    if len(news.edtf) == 7:
        year, month = int(news.edtf[:4]), int(news.edtf[5:])
        ahead = (year + 1) * 12 + month - (published.year * 12 + published.month)
        return f"{year + 1}-{month:02}" if 0 < ahead <= 9 else None
    day = date.fromisoformat(news.edtf)
    if news.kind == "weekday":
        return (day + timedelta(days=7)).isoformat() if day < published else None
    if day >= published or (day.month, day.day) == (2, 29):
        return None
    later = day.replace(year=day.year + 1)
    return later.isoformat() if later - published <= timedelta(days=270) else None


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


def _counted(found: list[News], low_text: str, published: date | None) -> list[News]:
    """ "December 6, a day after" counts from the day right before; with another comma before it, it is not known from when."""
    counted: list[News] = []
    for news in found:
        if news.kind == "after" and low_text[: news.start].endswith(", "):
            last = counted[-1] if counted else None
            day = parse_published(last.edtf) if last and last.end == news.start - 2 else None
            if last is None or day is None or published is None:
                continue
            back = published - date.fromisoformat(news.edtf)
            edtf = (day - back).isoformat()
            news = news._replace(edtf=edtf, kind="apart" if last.kind == "apart" else news.kind)
        counted.append(news)
    return counted


def _joined(found: list[News], low_text: str) -> list[News]:
    """ "between March 3 and March 6" is one interval, and so are "Thursday and Friday" and "since June 5"."""
    joined: list[News] = []
    for news in found:
        last = joined[-1] if joined else None
        if last is not None and _one_time(last, news, low_text):
            joined[-1] = News(last.start, news.end, f"{last.edtf}/{news.edtf}", news.basis, "interval")
        else:
            joined.append(news)
    return joined


def _one_time(last: News, news: News, low_text: str) -> bool:
    """Whether two dates, one behind the other, are the ends of one time."""
    if _from_to(last, news, low_text) or _between_weekdays(last, news, low_text):
        return True
    return _next_day(last, news) and DAYS_LINK.fullmatch(low_text[last.end : news.start]) is not None


def _from_to(last: News, news: News, low_text: str) -> bool:
    """ "between March 3 and March 6", "from 2003 to 2005", "1998-2001", "in 2004 and 2005"."""
    alike = last.basis == news.basis == "explicit" and len(last.edtf) == len(news.edtf) in (4, 7, 10)
    if not alike or last.edtf >= news.edtf:
        return False
    lead, link = low_text[: last.start].rstrip(), low_text[last.end : news.start].strip()
    years = len(news.edtf) == 4 and (
        link in ("-", "–")
        or (link == "and" and lead.split(" ")[-1] == "in" and int(news.edtf) == int(last.edtf) + 1)
    )
    return (
        years
        or (lead.endswith("between") and link == "and")
        or (lead.endswith(("from", "period")) and link in ("to", "until", "through"))
    )


DAYS_LINK = re.compile(r" (?:and|into) (?:on |early |late |in the early hours of )*")

_HOUR = r"(?: \d{1,2}(?::\d\d)? ?[ap]\.?m\.?,?)?(?: (?:early|late|about|midnight|noon))?"
BETWEEN_DAYS = re.compile(rf"\b(?:between|from){_HOUR} $")
TO_DAY = {"between": re.compile(rf" and{_HOUR} "), "from": re.compile(rf" (?:to|until|through){_HOUR} ")}


def _between_weekdays(last: News, news: News, low_text: str) -> bool:
    """Whether two days of a week bound a time: "between late Friday and 3 a.m. Monday", "from Friday night to Sunday"."""
    lead = BETWEEN_DAYS.search(low_text[: last.start])
    if lead is None or not last.basis == news.basis == "weekday":
        return False
    a, b = parse_published(last.edtf), parse_published(news.edtf)
    near = a is not None and b is not None and timedelta(0) < b - a <= timedelta(days=7)
    return near and TO_DAY[lead.group().split()[0]].fullmatch(low_text[last.end : news.start]) is not None


def _next_day(last: News, news: News) -> bool:
    """Whether two dates are single days, one after the other."""
    a, b = parse_published(last.edtf), parse_published(news.edtf)
    return a is not None and b is not None and b - a == timedelta(days=1)


_READERS: dict[str, Callable[[re.Match[str], date | None], Read]] = {
    "iso": lambda m, _: (date(int(m["year"]), int(m["monthno"]), int(m["day"])).isoformat(), "explicit"),
    "mdy": lambda m, day: (_day(_year(m), MONTHS[m["month"]], int(m["day"]), day), "explicit"),
    "dmy": lambda m, day: (
        None if _is_verb(m) else (_day(_year(m), MONTHS[m["month"]], int(m["day"]), day), "explicit")
    ),
    "today": lambda _, day: (day.isoformat(), "relative") if day else None,
    "yesterday": lambda _, day: ((day - timedelta(days=1)).isoformat(), "relative") if day else None,
    "slashed": _slashed, "daystomonth": _days, "monthdays": _days, "years": _years,
    "century": lambda m, _: (f"{int(m['n']) - 1}XX", "explicit"),
    "decade": lambda m, _: (f"{m['year']}X", "explicit"),
    "spelled": lambda m, _: (f"{1900 + NUMBERS[m['tens']] + NUMBERS.get(m['ones'] or '', 0)}", "explicit"),
    "year": lambda m, day: (
        f"{m['year']}/{day.year if day else '..'}" if m.group().startswith("since") else m["year"],
        "explicit",
    ),
    "monthlast": _month_of, "lastmonth": _month_of, "monthyear": _month_of, "midmonth": _month_of, "sincemonth": _since,
    "weekday": _weekday, "overnight": elapsed.overnight, "hours": elapsed.hours, "moments": elapsed.moments, "recent": elapsed.recent, "after": elapsed.after, "ago": elapsed.ago, "period": elapsed.period, "span": elapsed.span, "lasted": elapsed.lasted,
    "holiday": _holiday, "nextmonth": _nextmonth, "next": _next, "bareyear": _bareyear, "baremonth": _baremonth,
}  # fmt: skip
