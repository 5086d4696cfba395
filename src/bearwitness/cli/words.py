"""Words for people that several commands print: who speaks, and how a page of the web fared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bearwitness.cli.say import plural

if TYPE_CHECKING:
    from bearwitness.pages import Page
    from bearwitness.record import Claim

OUTLET_ITSELF = "the outlet itself"


def speaker(claim: Claim) -> str:
    """Who says it, or that the outlet does; with those who relay it."""
    name = claim.speaker.name if claim.speaker else OUTLET_ITSELF
    return f"{name} (relayed by {', '.join(claim.via)})" if claim.via else name


def page_words(page: Page) -> str:
    """How a page fared: its editions, and whether it is still there."""
    editions = plural(len(page.editions), "edition")
    said = f"{editions}, last seen {page.last_seen}" if page.last_seen else "never seen with content"
    since = page.spells[-1].first if page.spells else ""
    told = " (a web archive says)" if page.spells and page.spells[-1].told is True else ""
    if page.state == "gone":
        still = "; what was captured stands" if page.editions else ""
        return f"{said}; no longer online since {since}{told}{still}"
    if page.state == "elsewhere":
        return f"{said}; since {since} its address leads to another"
    back = [spell for spell in page.spells if spell.state != "online"]
    return (
        f"{said}; not there from {back[-1].first} to {back[-1].last}, and back since {since}"
        if back
        else said
    )
