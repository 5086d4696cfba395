"""How records are worded on the pages. Everything reported is worded as said by someone, never as plain fact."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bearwitness import vocabulary
from bearwitness.publish import dates

if TYPE_CHECKING:
    from bearwitness.pages import Edition, Page
    from bearwitness.record import Claim, Place, Report, Toll

KIND = {
    "attack": "Attack",
    "clash": "Clash",
    "arrest_raid": "Arrest or raid",
    "abduction": "Abduction",
    "unrest": "Unrest",
    "accident": "Accident",
    "total": "Running total",
    "other": "Other event",
}
STATUS = {
    "occurred": ("Reported to have happened", "The reports say that this happened."),
    "foiled": (
        "Said to have been foiled",
        "The reports say that this was prevented; nobody independent is counted as confirming it.",
    ),
    "disputed": ("Disputed", "Whether this happened at all is disputed by those quoted."),
}
ABOUT = {
    "killed": "Killed",
    "injured": "Injured",
    "missing": "Missing",
    "abducted": "Abducted",
    "detained": "Detained",
    "perpetrator": "Who did it",
    "weapon": "Weapon",
    "target": "Target",
    "occurred": "That it happened",
}
ASSERTED = {
    "perpetrator": "Said to be responsible",
    "weapon": "Weapon said to have been used",
    "target": "Said to have been the target",
    "occurred": "That it happened at all",
    "killed": "That people were killed",
    "injured": "That people were injured",
}
STANCE = {
    "asserts": ("asserts", "✓"),
    "alleges": ("alleges", "✓"),
    "claims": ("claims it", "✓"),
    "concedes": ("concedes", "✓"),
    "denies": ("denies", "✕"),
    "doubts": ("doubts", "?"),
    "no_comment": ("will not comment", "–"),
    "under_investigation": ("says it looks into it", "–"),
}
DENIED = {
    "responsibility": "its part in it",
    "occurrence": "that it happened",
    "toll": "the toll",
    "civilian_status": "that civilians were hit or aimed at",
    "location": "having been there",
    "weapon": "the weapon",
    "target": "the target",
}
ASSERTION_STATUS = {
    "alleged": "alleged by others",
    "claimed": "claimed by itself",
    "denied": "alleged and denied",
    "contested": "contested",
    "conceded": "conceded",
    "stated": "stated",
}
ROLE = {
    "party_perpetrator_alleged": "the accused side",
    "party_victim_side": "the side that was hit",
    "state_authority": "state authority",
    "hospital_morgue": "hospital or morgue",
    "rescue": "rescue service",
    "witness": "witness",
    "victim_family": "relative of a victim",
    "local_official": "local official",
    "un_igo": "UN or other intergovernmental body",
    "ngo_monitor": "monitoring organisation",
    "journalist_on_scene": "journalist on the scene",
    "claimant_group": "group claiming responsibility",
    "unknown": "role not known",
}
GROUP = {
    "civilian": "civilians",
    "combatant": "combatants",
    "police": "police",
    "attacker": "attackers",
    "mixed": "of more than one kind",
    "unknown": "status not stated",
}
GRADE = {
    "confirmed": ("Confirmed", "A party to the violence has accepted responsibility for the harm."),
    "fair": ("Fair", "Reported by two or more credible origins that do not depend on each other."),
    "weak": ("Weak", "Rests on a single origin, or on origins not known to be independent."),
    "contested": ("Contested", "Those quoted give competing accounts of who is responsible."),
    "discounted": ("Discounted", "Those killed were combatants, or another cause is the likely one."),
}
INDEPENDENCE = {
    "established": "Established",
    "not_established": "Not established",
    "dependent": "The reports depend on one another",
}
SIDE = {
    "accused": "on the side of the accused",
    "victims": "on the side of the victims",
    "third": "on neither side",
    "none": "an outlet’s own voice",
}
PRECISION = {
    "building": ("a building", 0),
    "street": ("a street", 0),
    "neighbourhood": ("a neighbourhood", 0),
    "town": ("a town", 0),
    "near": ("somewhere near the place named", 25),
    "adm2": ("a district", 30),
    "adm1": ("a province", 80),
    "area": ("a wider area", 60),
    "country": ("a country only", 0),
    "water": ("a body of water", 60),
}
DATE_BASIS = {
    "explicit": "stated in the text",
    "weekday": "worked out from a weekday and the day of publication",
    "relative": "worked out from words such as “yesterday” and the day of publication",
    "inferred": "inferred; no report states it",
}
PUBLISHED_BASIS = {
    "given": "given by whoever added the report",
    "structured": "from the page’s own data",
    "url": "from the page’s address",
    "text": "from the page’s text",
    "header": "from the message’s header, the server’s reply or a line above the text",
}
LEFT_OUT = {
    "headlines": "headlines of other pages",
    "byline": "byline",
    "saved_date": "the day the page was saved",
    "navigation": "navigation",
    "boilerplate": "standing text of the outlet",
    "caption": "caption",
    "running_head": "running head or page number",
    "quoted": "an earlier message, quoted",
    "signature": "signature",
    "wall": "not an article",
}
RELATION = {
    "episode": "The series that this event is told as part of",
    "part": "One of the events that this toll counts",
    "series": "Told as one of a series with this event",
    "background": "Told as background to this event",
    "same_place": "Another event at the same place",
}
LANGUAGE = {
    "ar": "Arabic", "az": "Azerbaijani", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian",
    "fr": "French", "he": "Hebrew", "hy": "Armenian", "pt": "Portuguese", "ru": "Russian", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
}  # fmt: skip


@cache
def _shapes() -> dict[str, str]:
    return tomllib.loads((files(__package__) / "shapes.toml").read_text(encoding="utf-8"))


def country(code: str | None) -> str:
    """A country's name for its two-letter code; the code itself where it is not one of ISO 3166."""
    return str(vocabulary.load("countries").get(code or "", {}).get("name", code or ""))


def shape_code(code: str | None) -> str:
    """The code under which Natural Earth draws a country, or ""."""
    return _shapes().get(code or "", "")


def figure(low: int | None, high: int | None) -> str:
    """A count as words: ``12``, ``10–14``, ``at least 12``, ``up to 14``, ``not known``."""
    if low is None and high is None:
        return "not known"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def toll(found: Toll) -> str:
    """A toll's range as words, with "or more" where the assessment says that the largest figure is a lower bound."""
    more = found.high is not None and found.open_high
    return figure(found.low, found.high) + (" or more" if more else "")


def claimed(claim: Claim) -> str:
    """What a count claim says, as words, with its kind where the figure alone would hide it."""
    words = figure(claim.low, claim.high)
    if claim.number_kind == "about":
        return f"about {words}"
    if claim.number_kind == "at_most" and claim.low in (None, 0):
        return f"at most {claim.high:,}" if claim.high is not None else words
    return words


def plural(number: int, one: str, many: str | None = None) -> str:
    """``1 report``, ``2 reports``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def place(found: Place | None, code: str | None) -> str:
    """Where something happened, in words: name, province and country as far as they are known."""
    if found is None:
        return country(code) or "place not stated"
    name = found.name or found.words
    parts = [name]
    if found.admin1 and found.admin1 != name and found.precision != "country":
        parts.append(found.admin1)
    nation = country(found.country or code)
    if nation and nation != name:
        parts.append(nation)
    return ", ".join(parts)


def source(address: str) -> tuple[str, bool]:
    """Where a report came from, and whether it may be a link. Of a file only its name is shown, not its folder."""
    if address.lower().startswith(("http://", "https://")):
        return address, True
    return (address.rstrip("/\\").replace("\\", "/").rsplit("/", 1)[-1] or address), False


def outlet(report: Report) -> str:
    """Who carries a report: its outlet or, where that is not known, the host it came from."""
    host = urlsplit(report.source).hostname if source(report.source)[1] else None
    return report.outlet or host or "outlet not known"


def instant(at: str) -> str:
    """An RFC 3339 instant in words."""
    return dates.read(at).words


def edition(page: Page, one: Edition) -> str:
    """How an edition of a page of the web stands to the others, and whether the page is still there; empty if the
    page is, and has this edition only."""
    parts = []
    if len(page.editions) > 1:
        last = max(page.editions, key=lambda other: (other.last, other.first))
        which = "the edition seen last" if one == last else "an earlier edition"
        parts.append(f"{which} of {len(page.editions)}, seen {instant(one.first)}")
    if page.state != "online":
        since = instant(page.spells[-1].first)
        what = "no longer online" if page.state == "gone" else "its address leads elsewhere"
        what += ", as a web archive says," if page.spells[-1].told is True else ""
        parts.append(
            f"{what} since {since}, last seen {instant(page.last_seen) if page.last_seen else 'never'}"
        )
    return "; ".join(parts)
