"""The builder, on a tiny invented world: names, admin areas, supplements, determinism, damage."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bearwitness.errors import InputError
from bearwitness.gazetteer import CREDIT, Context, Gazetteer, admin, build, layout, sources
from bearwitness.gazetteer.normalise import bare, key, loose


def names_of(gazetteer: Gazetteer, words: str) -> set[tuple[str, str, str]]:
    """What a name finds, as (name, country, feature)."""
    return {(entry.name, entry.country, entry.feature) for entry in gazetteer.entries(words)}


def test_a_key_folds_what_never_tells_places_apart() -> None:
    """Case, accents, apostrophes, hyphens, full stops and "Saint" make no difference; other letters do."""
    assert key("Saint-Étienne") == key("ST. ETIENNE") == "st etienne"
    assert key("Sana'a") == key("Sanaʽa") == key("SANA’A")
    assert key("Şırnak") == key("Sirnak")
    assert key("  Port   au-Prince ") == "port au prince"
    assert key("Łódź") == "lodz"
    assert key("Mosul") != key("Masul")
    assert key("—") == ""


def test_weaker_keys_drop_the_article_and_fold_transliteration() -> None:
    """ "Al-Fashir" and "Fashir", "Khan Younis" and "Khan Yunis", "Jabalya" and "Jabaliya" come together."""
    assert bare(key("Al-Fashir")) == bare(key("as-Fashir")) == "fashir"
    assert bare("el p") == "el p"
    assert loose(key("Khan Younis")) == loose(key("Khan Yunis"))
    assert loose(key("Jabalya")) == loose(key("Jabaliya"))
    assert loose(key("Hasakah")) == loose(key("Hassaka"))


@example("\U0001d67f S")  # a mathematical capital
@given(st.text(max_size=40))
def test_a_key_of_a_key_is_itself(words: str) -> None:
    """Folding is done once and for all: whatever the text, a key folds to itself."""
    assert key(key(words)) == key(words)


def test_towns_take_their_admin_names_from_the_table(invented: sources.Sources) -> None:
    """By name and nearness first, then by what most towns of the same code have; no second level is guessed."""
    admin.join(invented.towns, invented.located)
    areas = {town.geonameid: (town.admin1, town.admin2) for town in invented.towns}
    assert areas[1] == ("Northmark", "Haven District")
    assert areas[2] == ("Northmark", "Hill District")
    assert areas[3] == ("Provincia de Westland", None)
    assert areas[7] == ("Provincia de Westland", "Lower District")
    assert areas[8] == ("Provincia de Westland", None)
    assert areas[5] == ("Qasr Governorate", None)
    assert areas[9] == (None, None)


def test_admin_areas_are_places_with_a_middle(small: Gazetteer) -> None:
    """Each area stands in the middle of its inhabited cells, counts its towns' people and has no GeoNames number."""
    (area,) = [entry for entry in small.entries("Northmark") if entry.feature == "adm1"]
    assert (area.geonameid, area.population, area.admin1, area.admin2) == (0, 520_000, "Northmark", None)
    assert (area.lat, area.lon) == pytest.approx((10.275, 20.275))
    (district,) = small.entries("Haven District")
    assert (district.feature, district.admin1, district.admin2) == ("adm2", "Northmark", "Haven District")


def test_the_middle_of_places_on_both_sides_of_the_date_line() -> None:
    """Longitudes are averaged the short way round."""
    assert admin.middle([(0.0, 179.0), (0.0, -179.0)]) == (0.0, -180.0)


def test_areas_are_named_as_news_names_them(small: Gazetteer) -> None:
    """A renamed area is found by its new, other and old name, and without the word for its kind."""
    for words in ("Westlandia", "Provincia de Westland", "westland"):
        assert ("Westland", "AA", "adm1") in names_of(small, words), words
    assert ("Qasr Governorate", "BB", "adm1") in names_of(small, "Qasr")
    assert {entry.admin1 for entry in small.entries("Bell")} == {"Westland"}


def test_machine_made_and_misleading_names_are_left_out(small: Gazetteer) -> None:
    """Airport codes, GeoNames' lower-case transliterations and names listed as misleading find nothing."""
    assert [names_of(small, words) for words in ("NHV", "swldw", "Old Norhaven")] == [set(), set(), set()]
    assert names_of(small, "NVN") == {("Norhaven", "AA", "town")}


def test_articles_are_optional_where_names_are_transliterated(small: Gazetteer) -> None:
    """ "Al Qaṣr" is found as al-Qasr, Qasr, El Kasr and, more weakly, Qassr."""
    for words in ("al-Qasr", "Qasr", "El-Kasr", "kasr", "Al Qassr"):
        assert ("Al Qaṣr", "BB", "town") in names_of(small, words), words


def test_supplements_and_abbreviations_are_in_the_file(small: Gazetteer) -> None:
    """A camp is a neighbourhood; "N.Mk." after a comma is Northmark."""
    assert names_of(small, "Longfields") == {("Longfields camp", "BB", "neighbourhood")}
    found = small.rank("Millford, N.Mk.", Context())
    assert [entry.geonameid for entry, _ in found] == [2]


def test_countries_come_from_their_words(small: Gazetteer) -> None:
    """Names, short forms, peoples, plurals and parts give the code; other words in lower case do not."""
    said = {
        "Aland": "AA",
        "ALD": "AA",
        "A.L.D.": "AA",
        "Alanders": "AA",
        "Alander's": "AA",
        "Northmark": "AA",
    }
    assert {words: small.country(words) for words in said} == said
    assert (small.country("Polish"), small.country("polish"), small.country("Norhaven")) == ("AA", None, None)
    assert small.centre("BB") == (-31.0, 61.0)
    assert {entry.geonameid for entry in small.entries("Beeland")} == {902}
    with pytest.raises(KeyError):
        small.centre("ZZ")


def test_the_same_sources_give_the_same_bytes(
    invented: sources.Sources, settings: tuple[dict[str, Any], dict[str, Any]], packed: bytes
) -> None:
    """Whatever the order the sources list their towns in."""
    random.Random(7).shuffle(invented.towns)
    assert build.assemble(invented, *settings) == packed


def test_the_build_writes_the_file_whole(tmp_path: Path, invented: sources.Sources) -> None:
    """``build`` makes missing folders, reads its TOML files and leaves no part of a file behind."""
    supplement, words = tmp_path / "supplement.toml", tmp_path / "words.toml"
    supplement.write_text("", encoding="utf-8")
    words.write_text('AA = {name="Aland"}\nBB = {name="Beeland"}\n', encoding="utf-8")
    target = tmp_path / "new" / "places.bin"
    build.build(target, found=invented, supplement=supplement, words=words)
    assert [path.name for path in target.parent.iterdir()] == ["places.bin"]
    gazetteer = Gazetteer.open(target)
    gazetteer.verify()
    assert gazetteer.country("Beeland") == "BB"


def test_a_missing_source_says_what_to_install(tmp_path: Path) -> None:
    """The error names the package, or the file."""
    with pytest.raises(InputError, match="pip install no_such_package_of_places"):
        sources.package_folder("no_such_package_of_places")
    with pytest.raises(InputError, match="us_states"):
        sources.read(tmp_path, tmp_path / "table.csv")


def test_a_missing_file_says_to_reinstall(tmp_path: Path) -> None:
    """The error names the file and what to do."""
    with pytest.raises(InputError, match=r"nowhere\.bin is missing. Reinstall"):
        Gazetteer.open(tmp_path / "nowhere.bin")


@pytest.mark.parametrize("kept", [0, 1, 20, 63, 64, 200, -1])
def test_a_truncated_file_is_refused(packed: bytes, tmp_path: Path, kept: int) -> None:
    """Cut anywhere, the file is refused when it is opened."""
    path = tmp_path / "cut.bin"
    path.write_bytes(packed[:kept])
    with pytest.raises(InputError, match=r"cut\.bin .*Reinstall"):
        Gazetteer.open(path)


def use(path: Path) -> None:
    """Open a file, look names up in it, and verify it."""
    gazetteer = Gazetteer.open(path)
    for words in ("Millford", "Aland", "Qasr", "Northmark"):
        gazetteer.rank(words, Context(countries={"AA": 1}))
        gazetteer.entries(words)
    gazetteer.verify()


def test_a_flipped_bit_is_found(packed: bytes, tmp_path: Path) -> None:
    """In the header when the file is opened, anywhere by ``verify``; look-ups never end in another error."""
    path = tmp_path / "flipped.bin"
    for at in range(0, len(packed), 5):
        damaged = bytearray(packed)
        damaged[at] ^= 1 << (at % 8)
        path.write_bytes(damaged)
        with pytest.raises(InputError, match=r"flipped\.bin .*Reinstall"):
            use(path)


def test_another_version_is_refused(packed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of a later version is not half read."""
    path = tmp_path / "later.bin"
    path.write_bytes(packed)
    monkeypatch.setattr(layout, "VERSION", layout.VERSION + 1)
    with pytest.raises(InputError, match="version"):
        Gazetteer.open(path)


def test_the_command_line_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a target it prints its usage and fails."""
    assert build.main([]) == 2
    assert "TARGET" in capsys.readouterr().err


def test_geonames_is_credited() -> None:
    """The licence asks for it."""
    assert "GeoNames" in CREDIT
    assert "CC BY 4.0" in CREDIT


def test_invented_files_are_json(tmp_path: Path) -> None:
    """A source that is not what it should be is an operator's mistake, named."""
    (tmp_path / "us_states.json").write_text(json.dumps({}), encoding="utf-8")
    (tmp_path / "cities500.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        sources.read(tmp_path, tmp_path / "table.csv")
