"""Times that go on until the report: "since the war began in March 2003", "the conflict that began in 2011"."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bearwitness.extract.dates import News


def until(begin: str, published: date | None) -> str:
    """The end of a time that goes on, as exact as its beginning; open where the day of publication is not known."""
    return published.isoformat()[: len(begin)] if published else ".."


SUPERLATIVE = re.compile(
    r"\b(?:\w{3,}(?<!arr)est|worst|first|most \w+|highest|record)\b[^,.;]{0,40}\bsince\b[^,.;]*$"
)
_BEGINNINGS = (
    "mdy",
    "dmy",
    "lastmonth",
    "monthyear",
    "monthlast",
    "year",
    "bareyear",
    "weekday",
    "iso",
    "slashed",
    "decade",
)
SINCE = re.compile(r"\bsince (?P<what>(?:(?!then|when)[\w'’.-]+ ){0,14})$")
# A clause may be long where it tells of a beginning, and never tells of a death: "since 12 people were killed on Friday".
_BEGAN = r"(?:began|begun|started|launched|erupted|broke|took|founded|formed|signed|offensive|invasion|war|campaign|conflict|uprising)"
BEGAN = re.compile(rf"\b{_BEGAN}\b")
KILLED = re.compile(r"\b(?:killed|shot|died|wounded|injured|kidnapped|abducted|blew)\b")
# "the war that began in March 2011", "the conflict erupted with protests in 2011", which go on
BEGUN = re.compile(
    r"\b(?:war|conflict|uprising|revolt|insurgency|rebellion|unrest)\b(?: [\w'’-]+){0,4}?,? (?:(?:that|which|has|had) )*"
    r"(?:began|begun|started|erupted|broke out)(?:,? [\w'’-]+){0,14}? in (?:early |late |mid-)?$"
)
LONG = 15  # years
ENDED = re.compile(r"\b(?:ended|until|to (?:19|20)\d\d|lasted)\b")


def _goes_on(news: News, low_text: str, published: date | None) -> bool:
    """Whether a date is the beginning of a time that goes on; a war that began long ago is over, if nothing says more."""
    before = low_text[: news.start]
    match = SINCE.search(before)
    if match is not None:
        what = match["what"]
        return not KILLED.search(what) and (len(what.split()) <= 7 or BEGAN.search(what) is not None)
    if len(news.edtf) == 10 or BEGUN.search(before) is None or ENDED.search(low_text[news.end :]):
        return False
    year = news.edtf[:4].replace("X", "0")
    return published is None or published.year - int(year) <= LONG


def since_then(news: News, low_text: str, published: date | None) -> News:
    """ "since the war began in March 2003" begins a time that goes on until the report; "worst since 2004" is apart."""
    compared = SUPERLATIVE.search(low_text[: news.end])
    if compared and news.kind in ("year", "sincemonth"):
        return news._replace(kind="apart")
    if (
        news.kind not in _BEGINNINGS
        or "/" in news.edtf
        or "XX" in news.edtf
        or low_text[news.end :].startswith((" when", ", when"))
        or not _goes_on(news, low_text, published)
    ):
        return news
    end = until(news.edtf, published)
    if end != ".." and end <= news.edtf:
        return news
    return news._replace(edtf=f"{news.edtf}/{end}", kind="apart" if compared else "since")
