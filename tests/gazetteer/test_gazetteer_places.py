"""The packaged places: names as news writes them, and which of several places is meant."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.gazetteer import Context, Entry, Gazetteer
from bearwitness.record import Candidate, Place


def area(gazetteer: Gazetteer, name: str, country: str) -> Entry:
    """The first-level area of that name."""
    return next(
        entry for entry in gazetteer.entries(name) if (entry.feature, entry.country) == ("adm1", country)
    )


def best(gazetteer: Gazetteer, words: str, context: Context | None = None) -> Entry | None:
    """The entry ranked first, if any."""
    ranked = gazetteer.rank(words, context or Context())
    return ranked[0][0] if ranked else None


@pytest.mark.parametrize(
    ("words", "country", "lat", "lon"),
    [
        ("Ganja", "AZ", 40.68, 46.36),
        ("GANJA", "AZ", 40.68, 46.36),
        ("Ganja's", "AZ", 40.68, 46.36),
        ("Mingachevir", "AZ", 40.76, 47.05),
        ("Kyiv", "UA", 50.45, 30.52),
        ("Kiev", "UA", 50.45, 30.52),
        ("Sana'a", "YE", 15.35, 44.21),
        ("Hodeidah", "YE", 14.80, 42.95),
        ("al-Fashir", "SD", 13.63, 25.35),
        ("El Fasher", "SD", 13.63, 25.35),
        ("Khan Younis", "PS", 31.34, 34.30),
        ("Jabaliya", "PS", 31.53, 34.48),
        ("Deir al-Zour", "SY", 35.34, 40.14),
        ("Kobani", "SY", 36.89, 38.35),
        ("Raqqa", "SY", 35.95, 39.01),
        ("Saigon", "VN", 10.82, 106.63),
        ("Rangoon", "MM", 16.80, 96.16),
        ("Bombay", "IN", 19.07, 72.88),
        ("Stepanakert", "AZ", 39.82, 46.75),
        ("Khartoum North", "SD", 15.64, 32.53),
        ("Zamzam camp", "SD", 13.49, 25.31),
        ("Al-Mawasi", "PS", 31.34, 34.27),
        ("St. Petersburg", "RU", 59.94, 30.31),
        ("Port-au-Prince", "HT", 18.54, -72.34),
    ],
)
def test_places_are_found_as_news_writes_them(
    gazetteer: Gazetteer, words: str, country: str, lat: float, lon: float
) -> None:
    """Transliterations, former names, camps, capitals, possessives: without any context."""
    entry = best(gazetteer, words)
    assert entry is not None
    assert entry.country == country
    assert (entry.lat, entry.lon) == pytest.approx((lat, lon), abs=0.15)


@pytest.mark.parametrize(
    ("words", "country", "feature"),
    [
        ("Donbas", "UA", "area"),
        ("Darfur", "SD", "area"),
        ("the Golan Heights", "SY", "area"),
        ("Kashmir", "IN", "adm1"),
        ("Chechnya", "RU", "adm1"),
        ("the Gaza Strip", "PS", "adm1"),
        ("West Bank", "PS", "adm1"),
        ("Basque Country", "ES", "adm1"),
        ("Helmand", "AF", "adm1"),
        ("Kharkiv region", "UA", "adm1"),
        ("Nineveh province", "IQ", "adm1"),
        ("Anbar", "IQ", "adm1"),
        ("Antioquia department", "CO", "adm1"),
        ("Chalatenango department", "SV", "adm1"),
        ("North Kivu", "CD", "adm1"),
        ("England", "GB", "adm1"),
        ("Jabalia refugee camp", "PS", "neighbourhood"),
        ("Azerbaijan", "AZ", "country"),
        ("northern Iraq", "IQ", "country"),
        ("eastern Ukraine", "UA", "country"),
    ],
)
def test_areas_are_found_with_their_kind(
    gazetteer: Gazetteer, words: str, country: str, feature: str
) -> None:
    """Provinces, regions, camps and countries; the kind is also the precision of a place."""
    entry = best(gazetteer, words)
    assert entry is not None
    assert (entry.country, entry.feature) == (country, feature)
    assert Place(words=words, start=0, end=len(words), precision=entry.feature).precision == feature


@pytest.mark.parametrize("words", ["Idlib", "Raqqa", "Basra", "Ghazni", "Kharkiv", "Homs"])
def test_a_bare_name_is_the_town_before_its_province(gazetteer: Gazetteer, words: str) -> None:
    """ "Idlib" is the town; "Idlib province" is the province of the same name."""
    town, province = best(gazetteer, words), best(gazetteer, f"{words} province")
    assert town is not None
    assert province is not None
    assert (town.feature, province.feature) == ("town", "adm1")


def test_two_towns_of_one_name_are_told_apart_by_the_country_named(gazetteer: Gazetteer) -> None:
    """Tripoli in a text on Lebanon is not Tripoli in a text on Libya."""
    lebanon, libya = (
        best(gazetteer, "Tripoli", Context({"LB": 2})),
        best(gazetteer, "Tripoli", Context({"LY": 2})),
    )
    assert (lebanon and lebanon.country, libya and libya.country) == ("LB", "LY")
    pakistan = best(gazetteer, "Hyderabad", Context({"PK": 1}))
    assert pakistan is not None
    assert pakistan.country == "PK"


def test_two_towns_of_one_name_are_told_apart_by_their_neighbours(gazetteer: Gazetteer) -> None:
    """Springfield in a text that settles on Missouri or on Boston is another Springfield."""
    missouri = best(gazetteer, "Springfield", Context({}, [area(gazetteer, "Missouri", "US")]))
    boston = next(entry for entry in gazetteer.entries("Boston") if entry.admin1 == "Massachusetts")
    massachusetts = best(gazetteer, "Springfield", Context({}, [boston]))
    assert (missouri and missouri.admin1, massachusetts and massachusetts.admin1) == (
        "Missouri",
        "Massachusetts",
    )


def test_two_towns_of_one_name_are_told_apart_by_the_outlets_country(gazetteer: Gazetteer) -> None:
    """Where nothing else speaks, a Canadian outlet's Hamilton is Canada's."""
    canada = gazetteer.rank("Hamilton", Context(home="CA"))
    scotland = gazetteer.rank("Hamilton", Context(home="GB"))
    assert canada[0][0].country == "CA"
    gain = {entry.country: score for entry, score in scotland}["GB"]
    assert gain > {entry.country: score for entry, score in canada}.get("GB", 0.0)


@pytest.mark.parametrize(
    ("words", "admin1"),
    [
        ("Fresno, Calif.", "California"),
        ("Springfield, Illinois", "Illinois"),
        ("Springfield, Ill.", "Illinois"),
        ("Springfield, MO", "Missouri"),
        ("Springfield, Mass., USA", "Massachusetts"),
        ("PARIS, TEXAS", "Texas"),
        ("Paris, France", "Ile-de-France"),
        ("London, Ontario", "Ontario"),
        ("Mosul, Nineveh province, Iraq", "Nineveh"),
        ("Saltivka, Kharkiv", "Kharkiv"),
        ("Washington, D.C.", "District of Columbia"),
        ("Reading, Pa.", "Pennsylvania"),
    ],
)
def test_what_follows_a_comma_is_honoured(gazetteer: Gazetteer, words: str, admin1: str) -> None:
    """States, their abbreviations, countries, provinces and cities qualify a name."""
    entry = best(gazetteer, words)
    assert entry is not None
    assert entry.admin1 == admin1


def test_a_name_that_is_not_where_it_is_said_to_be_is_no_match(gazetteer: Gazetteer) -> None:
    """ "Paris, Syria" is not Paris, France; an unknown qualifier changes nothing."""
    assert gazetteer.resolve("Paris, Syria", Context()) == ((), 0.0)
    entry = best(gazetteer, "Paris, Xyzzyland")
    assert entry is not None
    assert entry.country == "FR"


@pytest.mark.parametrize("words", ["Xyzzyland", "", " ", ",", "’s", "…", "٣", "x" * 5000, "Al-", "the"])
def test_an_unknown_name_is_no_match(gazetteer: Gazetteer, words: str) -> None:
    """The answer is ((), 0.0), never a guess."""
    assert gazetteer.resolve(words, Context()) == ((), 0.0)


@pytest.mark.parametrize(
    "words",
    [
        "Police",
        "Of",
        "March",
        "Bar",
        "Nice",
        "Reading",
        "Man",
        "Mobile",
        "Kent",
        "Hamas",
        "Monday",
        "Northern",
        "Red Sea",
        "Hassan",
    ],
)
def test_words_names_and_organisations_are_no_match(gazetteer: Gazetteer, words: str) -> None:
    """Tiny towns and vague areas do not stand behind common words, capitals or not."""
    assert gazetteer.resolve(words, Context()) == ((), 0.0)
    assert gazetteer.resolve(words.upper(), Context()) == ((), 0.0)


def test_strong_context_brings_such_a_town_back(gazetteer: Gazetteer) -> None:
    """Nice in a text that names France, Mobile in one that settles on Alabama, Police with "Poland" behind it."""
    nice = best(gazetteer, "Nice", Context({"FR": 2}))
    mobile = best(gazetteer, "Mobile", Context({}, [area(gazetteer, "Alabama", "US")]))
    police = best(gazetteer, "Police, Poland")
    assert [entry and entry.country for entry in (nice, mobile, police)] == ["FR", "US", "PL"]
    assert gazetteer.resolve("Of", Context({"TR": 9})) == ((), 0.0)


@pytest.mark.parametrize("words", ["Jordan", "Chad", "Mali", "Austin", "Charlotte"])
def test_countries_and_big_towns_named_as_persons_are_found(gazetteer: Gazetteer, words: str) -> None:
    """The list of names stops small towns only."""
    assert best(gazetteer, words) is not None


@pytest.mark.parametrize(
    "words", ["Syrian", "Israelis", "Canadian", "German", "Spanish", "Britons", "CHINESE"]
)
def test_peoples_are_no_places(gazetteer: Gazetteer, words: str) -> None:
    """ "Canadian" is a town in Texas, and not meant; the country is known all the same."""
    assert gazetteer.resolve(words, Context()) == ((), 0.0)
    assert gazetteer.people(words)
    assert gazetteer.country(words) is not None


def test_an_ambiguous_name_keeps_its_candidates_and_scores_low(gazetteer: Gazetteer) -> None:
    """Springfield alone: five candidates, best first, none sure; with a state named it is."""
    candidates, score = gazetteer.resolve("Springfield", Context())
    assert len(candidates) == 5
    assert all(isinstance(candidate, Candidate) for candidate in candidates)
    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    assert score == scores[0] < 0.5 < gazetteer.resolve("Springfield, Ohio", Context())[1]
    assert {candidate.name for candidate in candidates} >= {"Springfield"}


def test_a_texts_names_support_each_other(gazetteer: Gazetteer) -> None:
    """Read together, Tripoli, Sidon and Beirut are Lebanese, Tripoli and Benghazi Libyan; order does not matter."""
    for names, country in (
        (["Tripoli", "Sidon", "Beirut"], "LB"),
        (["Tripoli", "Benghazi", "Misrata"], "LY"),
    ):
        for said in (names, names[::-1]):
            found = best(gazetteer, "Tripoli", gazetteer.settle(said))
            assert found is not None
            assert found.country == country


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Azerbaijan", "AZ"), ("Azerbaijani", "AZ"), ("Azerbaijan's", "AZ"), ("Azeris", "AZ"), ("AZERBAIJAN’S", "AZ"),
        ("Israelis", "IL"), ("Palestinians", "PS"), ("the Palestinian territories", "PS"), ("Gaza", "PS"), ("British", "GB"),
        ("Britons", "GB"), ("England", "GB"), ("Scotland", "GB"), ("Wales", "GB"), ("Northern Ireland", "GB"), ("Dutch", "NL"),
        ("the Netherlands", "NL"), ("Iraqis", "IQ"), ("Afghan", "AF"), ("Filipinos", "PH"), ("US", "US"), ("U.S.", "US"),
        ("USA", "US"), ("UK", "GB"), ("UAE", "AE"), ("DR Congo", "CD"), ("Ivory Coast", "CI"), ("Côte d’Ivoire", "CI"),
        ("Burma", "MM"), ("Czech Republic", "CZ"), ("Czechs", "CZ"), ("South Sudanese", "SS"), ("Sudanese", "SD"),
        ("Frenchmen", "FR"), ("Turks", "TR"), ("Honduras'", "HN"), ("Chechnya", "RU"), ("Nigerien", "NE"), ("Nigerian", "NG"),
        ("us", None), ("polish", None), ("turkey", None), ("Springfield", None), ("", None), ("'s", None),
    ],
)  # fmt: skip
def test_words_for_countries(gazetteer: Gazetteer, words: str, code: str | None) -> None:
    """Names, abbreviations, adjectives, peoples, possessives and capitals give the ISO code."""
    assert gazetteer.country(words) == code


def test_every_country_has_words_a_place_and_a_centre(gazetteer: Gazetteer) -> None:
    """All 250 codes; each country's own name leads back to it, and its centre is a point."""
    codes = gazetteer.table.codes
    assert len(codes) == 250
    for code in codes:
        entry = gazetteer.entry(gazetteer.table.countries[code])
        assert (entry.feature, entry.country, gazetteer.country(entry.name)) == ("country", code, code)
        lat, lon = gazetteer.centre(code)
        assert -90 <= lat <= 90
        assert -180 <= lon <= 180


def test_the_packaged_file_is_whole_and_small(gazetteer: Gazetteer) -> None:
    """Every byte is as built, and there are fewer than 30 million of them."""
    gazetteer.verify()
    assert gazetteer.table.path.stat().st_size < 30_000_000


def test_opening_and_looking_up_are_quick(gazetteer: Gazetteer) -> None:
    """Opening takes well under 10 ms, a look-up well under a millisecond (the best of several tries)."""
    opening, looking = [], []
    for _ in range(5):
        began = time.perf_counter()
        fresh = Gazetteer.open(gazetteer.table.path)
        opening.append(time.perf_counter() - began)
        began = time.perf_counter()
        fresh.entries("Ganja")
        looking.append(time.perf_counter() - began)
    assert min(opening) < 0.01
    assert min(looking) < 0.001


@settings(deadline=None)
@given(st.text(max_size=60), st.dictionaries(st.sampled_from(["US", "FR", "XX", ""]), st.integers(0, 5)))
def test_any_words_give_an_answer(words: str, countries: dict[str, int]) -> None:
    """Whatever the words and the context, scores are in order and between 0 and 1, and the same when asked again."""
    gazetteer = _packaged()
    candidates, score = gazetteer.resolve(words, Context(countries=countries))
    assert len(candidates) <= 5
    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= value <= 1 for value in scores)
    assert score == (scores[0] if scores else 0.0)
    assert gazetteer.resolve(words, Context(countries=countries)) == (candidates, score)
    assert bool(gazetteer.entries(words)) == gazetteer.has(words)


_opened: list[Gazetteer] = []


@pytest.fixture(autouse=True)
def _share(gazetteer: Gazetteer) -> None:
    """Let the property above, which takes no fixtures, use the session's gazetteer."""
    _opened[:] = [gazetteer]


def _packaged() -> Gazetteer:
    return _opened[0]
