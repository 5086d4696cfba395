"""What a site is called: a building, a road or a quarter where something happened, as a whole phrase."""

from __future__ import annotations

import re

from bearwitness import vocabulary
from bearwitness.extract.deeds import SITES
from bearwitness.extract.lines import Line
from bearwitness.extract.tokens import Token

CALENDAR = frozenset(vocabulary.load("dates")["weekdays"]) | frozenset(vocabulary.load("dates")["months"])
OPEN = frozenset("of the a an and or its his her their this that two three several many some".split())
# They end no phrase: what stands behind them belongs to it.
BEFORE_NOUN = frozenset(
    "northern southern eastern western central north south east west northeast northwest southeast southwest main old new former nearby local"
    " downtown residential rural urban rebel-held opposition-held government-held military densely populated industrial commercial private public"
    " national contested crowded busy state-run oil gas police army navy air parking bus train gas petrol power".split()
)
WITHIN = re.compile(
    r"(?:of|in|on|at|near|along|between|off|outside|inside|from|to|by|around|behind|for|with|where)\b"
)
ARTICLE = re.compile(r"(?:the|an?) (?=\d)")
# Said alone, these say nothing that the place does not.
GENERAL = frozenset(
    "town towns village villages city cities area areas place places side country region province capital north south east west half front"
    " ground scene site sites rear close cross line lines part parts number then there streets territory zone zones house houses road way".split()
)
# What moves, and who stands there, is no place; nor is what was hit from a distance.
MOVING = frozenset(
    "patrol patrols convoy convoys helicopter helicopters ambulance ambulances vehicle vehicles car cars truck trucks plane planes aircraft motorcycle"
    " troops soldiers soldier forces members member policemen officers officer guerrillas rebels terrorists militants fighters civilians people"
    " residents men women students workers peasants tank tanks weapons pylons pylon leader president minister".split()
)
HEADS = SITES | frozenset(
    "street st avenue ave road drive lane boulevard block blocks neighborhood neighborhoods neighbourhood neighbourhoods area areas district districts"
    " center centre complex lot branch field campus garrison alley parkway crossing corner driveway porch yard backyard courtyard hall room bedroom"
    " bathroom kitchen floor garage basement village suburb suburbs outskirts downtown border river lake beach hill hills mountain volcano forest"
    " woods valley ranch plantation estate zone side section sector ward quarter place terrace precinct ministry palace cathedral chapel convent"
    " monastery cemetery morgue ground grounds pool dock pier wharf airfield airstrip runway hangar arsenal armory armoury battalion academy institute"
    " library museum nightclub pub diner salon shopping stall kiosk studio newsroom tent shelter orphanage nursery kindergarten dormitory motel"
    " lounge casino gym playground arena racetrack lobby entrance gate orchard paddy swamp footpath path trail track canal water creek stream pond ditch grave graves alleyway beachfront riverbank roundabout booth stand stop shaft carriage kraal garden gardens pasture greenhouse cliff gorge culvert underpass overpass subway platform bazaar fair festival concert party vigil procession roof rooftop balcony stairs stairwell hallway corridor trailer mansion villa"
    " cottage hut shack barn silo dump landfill quarry oilfield well substation pylons post posts stronghold strongholds position positions hideout"
    " hideouts cell cells bakery square parade rally march region province territory".split()
)
LONGEST = 12  # words of a site


def whole(line: Line, start: int, end: int) -> tuple[int, int] | None:
    """The phrase that characters ``start`` to ``end`` of a sentence mark as a site, without what does not belong to it;
    ``None`` where it names none."""
    tokens = line.tokens
    inside = [k for k, token in enumerate(tokens) if token.start < end and start < token.end]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    while last < len(tokens) and last - first < LONGEST and _goes_on(tokens, last):
        last += 1
    while first < last and _outside(tokens[first]):
        first += 1
    while first < last and (_outside(tokens[last - 1]) or tokens[last - 1].tag in "iob"):
        last -= 1
    words = tokens[first:last]
    if not any(len(token.low) > 2 and token.low[0].isalpha() for token in words):
        return None
    head = next((k for k, token in enumerate(words) if k and WITHIN.fullmatch(token.low)), len(words))
    last_word = words[head - 1].low
    if last_word in MOVING or all(token.low in GENERAL | OPEN for token in words):
        return None
    if not (last_word in HEADS or last_word.removesuffix("s") in HEADS or _named(line, words)):
        return None
    article = ARTICLE.match(line.low, words[0].start)  # "the 200" is one token
    return article.end() if article is not None else words[0].start, words[-1].end


def is_site(line: Line, start: int, end: int) -> bool:
    """Whether what was aimed at is a building or the like, where it happened, and not who was there."""
    words = [token.low for token in line.tokens if token.start < end and start < token.end]
    return (
        bool(words)
        and (words[-1] in HEADS or words[-1].removesuffix("s") in HEADS)
        and words[-1] not in MOVING
    )


def _named(line: Line, words: list[Token]) -> bool:
    """Whether it is a name: of two words in text all in capitals, else one that is more than initials."""
    names = [token for token in words if token.text[0].isupper() and len(token.low) > 2]
    if line.sentence.text.isupper():
        return len(names) > 1
    return any(not token.text.isupper() for token in names) or len(names) > 1


def _goes_on(tokens: list[Token], at: int) -> bool:
    """Whether the token at ``at`` belongs to the phrase that ends before it."""
    before, token = tokens[at - 1], tokens[at]
    if token.tag in ',;"' or token.tag in "BHEGSDLVmbs!":
        return False
    if before.low in BEFORE_NOUN or (before.low in OPEN and before.low not in ("and", "or")):
        return token.tag not in "i&"
    if token.low in CALENDAR:
        return False
    if token.low in HEADS and before.tag in "wW":
        return True
    return all(one.tag == "W" and one.text[0].isupper() and not one.text.isupper() for one in (before, token))


def _outside(token: Token) -> bool:
    return token.tag in ",;\"&ta'" or token.low in OPEN or not any(c.isalnum() for c in token.text)
