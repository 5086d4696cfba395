"""Places named in the text: which words name one, and which of them is where the event happened."""

from __future__ import annotations

from typing import NamedTuple

from bearwitness import vocabulary
from bearwitness.extract.tokens import ORGANISATION, TITLES, Token
from bearwitness.gazetteer import Context, Entry, Gazetteer
from bearwitness.record import Candidate, Place, Precision

LOCATIVE = frozenset(
    "in at near on outside around into across within inside toward towards throughout".split()
)
WORDS = frozenset(
    "town city village province district region state capital camp area neighbourhood neighborhood suburb port department governorate county municipality island valley resort border township quarter".split()
)
ADMIN: dict[str, Precision] = {
    "province": "adm1", "governorate": "adm1", "state": "adm1", "region": "adm1", "department": "adm1", "oblast": "adm1",
    "district": "adm2", "county": "adm2", "municipality": "adm2", "area": "neighbourhood", "neighbourhood": "neighbourhood",
    "neighborhood": "neighbourhood", "quarter": "neighbourhood", "suburb": "neighbourhood",
}  # fmt: skip
SITES = frozenset(
    "supermarket hotel school hospital junction street restaurant mosque church market airport university barracks prison bridge road avenue hall stadium cafe bar club mall shop clinic day mosque".split()
)
NEAR = frozenset("near outside around".split())
# Initials that name a place; others, in text not all in capitals, are a body's ("CIA", "CHI Hospital") and an airport's code at most.
SHORT = frozenset("dc nyc la us usa uk uae drc ussr gdr car png ksa sf".split())
NEVER = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december afp reuters xinhua ap english god muslim christian jewish islam facebook twitter telegram friday i pacific atlantic mediterranean north south east west northern southern eastern western central jan feb mar apr jun jul aug sep sept oct nov dec nato taliban se sw ne nw side battle war area actions".split()
)
LEAST = 0.15  # a name scoring less is no match
ABROAD = 0.5  # what a place needs in a country the report does not name


class Named(NamedTuple):
    """A place name in a sentence: characters of the sentence, how it is introduced, and what it may be."""

    start: int
    end: int
    words: str
    lead: str  # the preposition before its phrase, or ""
    country: str | None  # set where the words are a country's name
    level: Precision
    first: int
    last: int
    known: bool = True  # whether the gazetteer has the name
    within: str | None = None  # the country it lies in
    point: tuple[float, float] | None = None  # latitude and longitude
    apposed: bool = False  # "the town of X": this and no other is the place
    sure: bool = False  # not in the gazetteer, yet plainly a place ("X in the province of Y")


def named(tokens: list[Token], gazetteer: Gazetteer, capitals: bool, text: str) -> list[Named]:
    """The place names of a sentence, in order; people of a country are not places."""
    found: list[Named] = []
    i = 0
    while i < len(tokens):
        place = _longest(tokens, i, gazetteer, capitals, text)
        if place is None and capitals and found and found[-1].last == i - 1 and tokens[i - 1].tag == ",":
            place = _country_after(tokens[i], i, found[-1], gazetteer)
        if place is None:
            i += 1
        else:
            found.append(place)
            i = place.last
    return found


def _country_after(token: Token, i: int, town: Named, gazetteer: Gazetteer) -> Named | None:
    """ "TARIJA, BOLIVIA": the country named after a town."""
    code = gazetteer.country(token.text)
    return Named(token.start, token.end, token.text, town.lead, code, "country", i, i + 1) if code else None


def _may_begin(token: Token, capitals: bool) -> bool:
    if not capitals and not token.text[:1].isupper() and not token.low.startswith(("al-", "el-")):
        return False  # most words are in lower case, and it is told the fastest
    if not token.text[:1].isalpha() or token.low in NEVER or token.low in TITLES:
        return False
    if capitals and token.low in ("downtown", "central", "northern", "southern", "eastern", "western"):
        return False
    if token.low.endswith(("-led", "-based", "-backed", "-held", "-run")):
        return False
    return not capitals or (token.tag in "wW" and len(token.low) > 2)


def _longest(tokens: list[Token], i: int, gazetteer: Gazetteer, capitals: bool, text: str) -> Named | None:
    if not _may_begin(tokens[i], capitals) or tokens[i].tag not in "wWpPXEOSDV'":
        return None
    lead = _lead(tokens, i)
    if capitals and i and not (lead and tokens[i - 1].tag in "io"):
        return None  # in capitals every word looks like a name: only a preposition right before it tells, or a dateline
    end = i + 1
    while end < min(len(tokens), i + 4) and _may_go_on(tokens[end], capitals):
        end += 1
    for last in range(end, i, -1):
        if not _may_begin(tokens[last - 1], capitals):
            continue
        if capitals and last - i > 1 and tokens[last - 1].low in ADMIN.keys() | WORDS:
            continue  # "EL PENON MUNICIPALITY": the word after the name says what it is
        words = text[tokens[i].start : tokens[last - 1].end]
        if gazetteer.people(words):
            return None
        country = _country(words, gazetteer)
        if country is None and tokens[last - 1].low in ORGANISATION - {"city", "island", "river", "camp"}:
            continue
        if not capitals and last - i == 1 and country is None and len(tokens) > 2 and of_a_body(words):
            continue
        known = country is not None or gazetteer.has(words)
        if known or (lead in ("in", "at", "near", "of") and _stands_alone(tokens, i, last, capitals)):
            if last < len(tokens) and _belongs_to_more(tokens, i, last, country):
                return None
            level = "near" if lead == "beside" else _level(tokens, i, last, country)
            apposed = i >= 2 and tokens[i - 1].tag == "o" and tokens[i - 2].low in WORDS
            return Named(
                tokens[i].start,
                tokens[last - 1].end,
                words,
                lead,
                country,
                level,
                i,
                last,
                known,
                apposed=apposed,
                sure=capitals and not known,
            )
    return None


def of_a_body(words: str) -> bool:
    """Whether words in mixed text are initials that name no place."""
    return words.isupper() and len(words) < 5 and words.lower() not in SHORT


def _stands_alone(tokens: list[Token], i: int, last: int, capitals: bool) -> bool:
    """Whether words the gazetteer lacks must still be a place ("in Finca Catorce"); in capitals only a date shows it
    ("IN PADCAYA ON 9 AUGUST")."""
    if not capitals:
        shout = all(t.text.isupper() and len(t.text) < 5 for t in tokens[i:last])
        return last == _run_end(tokens, i, capitals) and not shout
    if i >= 2 and tokens[i - 1].low == "of" and tokens[i - 2].low in WORDS:
        return last == i + 1  # "THE TOWN OF HOSTIGAL"
    return (
        tokens[i - 1].low == "in"
        and last == i + 1
        and tokens[last : last + 1] != []
        and tokens[last].low == "on"
        and tokens[last + 1].text[:1].isdigit()
    )


def _country(words: str, gazetteer: Gazetteer) -> str | None:
    """The country that ``words`` name, a lost apostrophe forgiven ("Syrias"); "Gaza" is an area in one."""
    code = gazetteer.country(words)
    if code is not None:
        entries = gazetteer.entries(words)
        return code if not entries or entries[0].feature == "country" else None
    return gazetteer.country(words[:-1]) if words[-1:] == "s" and len(words) > 4 else None


def _run_end(tokens: list[Token], i: int, capitals: bool) -> int:
    end = i
    while end < len(tokens) and _may_begin(tokens[end], capitals):
        end += 1
    return end


def _may_go_on(token: Token, capitals: bool) -> bool:
    return _may_begin(token, capitals) or token.low in ("de", "del", "la", "el", "al", "of", "the", "-")


def _belongs_to_more(tokens: list[Token], i: int, last: int, country: str | None) -> bool:
    """Whether the words are part of a longer name or an office ("Kandahar governor", "Aleppo Media Centre")."""
    following = tokens[last]
    if following.low in SITES or following.low.endswith(("-led", "-based")):
        return True
    if (
        following.text[:1].isupper()
        and following.low in ORGANISATION
        and following.low
        not in ("province", "district", "city", "region", "county", "camp", "island", "town", "village")
    ):
        return True
    if i and tokens[i - 1].low in TITLES:
        return True
    return bool(
        i
        and tokens[i - 1].text[:1].isupper()
        and tokens[i - 1].tag == "W"
        and tokens[i - 1].low not in NEVER
        and country is None
        and tokens[i - 1].end + 1 == tokens[i].start
        and i == 1
    )


PARTS = (
    WORDS
    | frozenset(vocabulary.load("deeds")["sites"]["words"])
    | frozenset("part south north east west centre center outskirts jurisdiction".split())
)
COMPASS = frozenset("north south east west northeast northwest southeast southwest".split())
STRUCK = frozenset(
    "attack attacks bombing shelling siege bombardment raid strike blast explosion massacre battle killing".split()
)


def _lead(tokens: list[Token], i: int) -> str:
    """The preposition that governs the phrase ending in this name ("in the resort city of X" gives "in")."""
    k = i - 1
    steps = 0
    while k >= 0 and steps < 8:
        token = tokens[k]
        before = tokens[k - 1].low if k else ""
        if token.low == "of" and before in COMPASS and (k < 2 or tokens[k - 2].low != "the"):
            return "beside"  # "Diyala province north of Baghdad": Baghdad only says where that is
        if token.low == "of" and before in PARTS:
            k -= 2
            steps += 2
        elif token.tag in "iob" or token.low == "to":
            if token.low == "of":
                return "of" if before in STRUCK else ""
            return token.low if token.low in LOCATIVE else ""
        elif token.tag in "tawWqpPQ'" or token.tag == ",":
            k -= 1
            steps += 1
        else:
            return ""
    return ""


def _level(tokens: list[Token], i: int, last: int, country: str | None) -> Precision:
    if country is not None:
        return "country"
    following = tokens[last].low if last < len(tokens) else ""
    before = tokens[i - 1].low if i else ""
    if following in ADMIN:
        return ADMIN[following]
    if before in ADMIN:
        return ADMIN[before]
    if i >= 2 and before == "of" and tokens[i - 2].low in ADMIN:
        return ADMIN[tokens[i - 2].low]
    if before in NEAR:
        return "near"
    return "town"


def _ranked(name: Named, gazetteer: Gazetteer, context: Context) -> list[tuple[Entry, float]]:
    """What the name may be, best first. Where nothing says "province", a town comes before its own province."""
    ranked = [
        pair
        for pair in gazetteer.rank(name.words, context)
        if pair[1] >= (LEAST if not context.countries or pair[0].country in context.countries else ABROAD)
    ]
    if not ranked or ranked[0][0].feature == "town" or name.level in ("adm1", "adm2"):
        return ranked
    best, score = ranked[0]
    town = next(
        (
            p
            for p in ranked
            if p[0].feature == "town" and p[0].country == best.country and p[0].name == best.name
        ),
        None,
    )
    if town is None or town[1] < score / 4:
        return ranked
    return [(town[0], score), *(pair for pair in ranked if pair is not town)]


def known(name: Named, gazetteer: Gazetteer, context: Context) -> Named:
    """The name with what the gazetteer makes of it in this report: known or not, where, and how wide a place."""
    if name.country is not None:
        return name._replace(within=name.country)
    ranked = _ranked(name, gazetteer, context)
    if not ranked:
        return name._replace(known=False)
    best = ranked[0][0]
    return name._replace(
        known=True,
        within=best.country,
        point=(best.lat, best.lon),
        level=_precision(name.level, best.feature),
    )


def settle(name: Named, sentence_start: int, gazetteer: Gazetteer, context: Context) -> Place:
    """Find the name in the gazetteer, in the light of the report's countries and other places."""
    start, end = sentence_start + name.start, sentence_start + name.end
    if name.country is not None:
        lat, lon = gazetteer.centre(name.country)
        return Place(
            words=name.words,
            start=start,
            end=end,
            name=name.words,
            country=name.country,
            lat=lat,
            lon=lon,
            precision="country",
            score=1.0,
        )
    ranked = _ranked(name, gazetteer, context)
    if not ranked:
        return Place(words=name.words, start=start, end=end)
    best, score = ranked[0]
    return Place(
        words=name.words, start=start, end=end, name=best.name, country=best.country, admin1=best.admin1,
        admin2=best.admin2, lat=best.lat, lon=best.lon, geonameid=best.geonameid or None,
        precision=_precision(name.level, best.feature), score=score,
        candidates=tuple(_candidate(entry, points) for entry, points in ranked),
    )  # fmt: skip


def inside(place: Place, wider: Place) -> Place:
    """A place the gazetteer lacks, shown by the wider place the text puts it in, and no finer than that."""
    level: Precision = wider.precision if wider.precision not in (None, "town") else "near"
    return Place(
        words=place.words, start=place.start, end=place.end, name=wider.name, country=wider.country, admin1=wider.admin1,
        admin2=wider.admin2, lat=wider.lat, lon=wider.lon, geonameid=wider.geonameid,
        precision=level if wider.lat is not None else None, score=wider.score, candidates=wider.candidates,
    )  # fmt: skip


def _candidate(entry: Entry, score: float) -> Candidate:
    return Candidate(
        geonameid=entry.geonameid, name=entry.name, country=entry.country, admin1=entry.admin1,
        lat=entry.lat, lon=entry.lon, population=entry.population, score=score,
    )  # fmt: skip


def _precision(level: Precision, feature: Precision) -> Precision:
    if feature != "town":
        return feature
    return level if level in ("near", "adm1", "adm2", "neighbourhood") else "town"
