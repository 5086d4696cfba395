"""Times counted back from the day of the report: "three days ago", "overnight", "the past two weeks", "in recent days"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bearwitness import vocabulary
from bearwitness.record import DateBasis

NUMBERS: dict[str, int] = vocabulary.load("numbers")["words"]

Read = tuple[str, DateBasis] | None


def number(words: str) -> int:
    """A number in words or digits; "a" is one. ``ValueError`` for "zero", from which nothing is counted."""
    return 1 if words in ("a", "an") else NUMBERS.get(words) or int(words)


def span(match: re.Match[str], published: date | None) -> Read:
    """ "the past three days", today beside them; "the past two years" by months, longer ones by years."""
    if published is None:
        return None
    n, unit = number(match["n"] or "1"), match["unit"] or match["one"]
    if unit == "decade":
        n, unit = 10 * n, "year"
    if n > 200 or n == 0:
        return None
    if unit in ("day", "week"):
        back = timedelta(days=7 * n if unit == "week" else n)
        return f"{(published - back).isoformat()}/{published.isoformat()}", "relative"
    if unit == "year" and n > 2:
        return f"{published.year - n}/{published.year}", "relative"
    months = published.year * 12 + published.month - 1 - (n if unit == "month" else 12 * n)
    return f"{months // 12}-{months % 12 + 1:02}/{published.isoformat()[:7]}", "relative"


def lasted(match: re.Match[str], published: date | None) -> Read:
    """ "ten years of civil war", "the five-year conflict": until the report, by years."""
    n = number(match["n"])
    return (f"{published.year - n}/{published.year}", "relative") if published and 2 <= n <= 60 else None


def overnight(match: re.Match[str], published: date | None) -> Read:
    if published is None:
        return None
    return f"{(published - timedelta(days=1)).isoformat()}/{published.isoformat()}", "relative"


def hours(match: re.Match[str], published: date | None) -> Read:
    """ "the past 48 hours" by whole days; "the past few hours" may have begun the day before."""
    if published is None:
        return None
    n = 24 if match["n"] in ("few", "several") else number(match["n"])
    begin = published - timedelta(days=max(1, min(n, 240) // 24))
    return (f"{begin.isoformat()}/{published.isoformat()}", "relative") if n <= 240 else None


def moments(match: re.Match[str], published: date | None) -> Read:
    """ "a few minutes ago", "two hours ago"."""
    n = number(match["n"] or "a")
    if published is None or n > 240:
        return None
    return (published - timedelta(days=n // 24 if match["unit"] == "hour" else 0)).isoformat(), "relative"


def recent(match: re.Match[str], published: date | None) -> Read:
    """ "in recent days", "the past few weeks": no day is told, so the month or the two that they lie in."""
    if published is None:
        return None
    begin = published - timedelta(days=7 if match["unit"] == "day" else 28)
    first, last = begin.isoformat()[:7], published.isoformat()[:7]
    return last if first == last else f"{first}/{last}", "relative"


def after(match: re.Match[str], published: date | None) -> Read:
    """ "came three days after gunmen stormed a mill": counted back from the report, or from the day right before."""
    if published is None:
        return None
    n = number(match["n"])
    return ((published - timedelta(days=n)).isoformat(), "relative") if n <= 400 else None


def ago(match: re.Match[str], published: date | None) -> Read:
    if published is None:
        return None
    n = number(match["n"])
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


def period(match: re.Match[str], published: date | None) -> Read:
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
        return f"{monday - timedelta(days=7)}/{monday - timedelta(days=1)}", "relative"
    return f"{monday}/{published}" if monday != published else f"{published}", "relative"
