"""Dates in words, marks in text, shapes on maps, names withheld."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import publish_examples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markupsafe import escape

from bearwitness import publish
from bearwitness.publish import atlas, dates, highlight, incident_view, maps, timeline, totals, words
from bearwitness.publish import lines as lines_of
from bearwitness.publish.names import Names, Profile
from bearwitness.publish.pages import clean
from bearwitness.record import Claim, LeftOut, Report, Speaker, Toll, digest


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("2020-10-17", "17 October 2020"),
        ("XXXX-10-17", "17 October, year unknown"),
        ("XXXX-10", "October, year unknown"),
        ("XXXX-XX-XX", "date unknown"),
        ("2020-10", "October 2020"),
        ("2020-10-XX", "October 2020"),
        ("2020", "2020"),
        ("201X", "2010s"),
        ("2020-10-17~", "about 17 October 2020"),
        ("2020-10-17?", "possibly 17 October 2020"),
        ("2020-10-15/2020-10-17", "15 October to 17 October 2020"),
        ("2019-12-31/2020-01-02", "31 December 2019 to 2 January 2020"),
        ("2020-10-17/..", "17 October 2020 or later"),
        ("2020-10-17T14:05:00+04:00", "17 October 2020, 14:05 UTC+04:00"),
        ("2020-10-17T14:05:00Z", "17 October 2020, 14:05 UTC"),
        ("2020-02-30", "2020-02-30"),
        ("whenever", "whenever"),
        (None, "date not stated"),
    ],
)
def test_dates_in_words(edtf: str | None, shown: str) -> None:
    """EDTF dates read as a person would say them; what cannot be read is shown as written."""
    assert dates.read(edtf).words == shown


def test_dates_cover_the_days_they_may_mean() -> None:
    """A month covers its days, an interval all between, and a date without a year none."""
    assert dates.read("2024-02")[1:3] == (date(2024, 2, 1), date(2024, 2, 29))
    assert dates.read("2020-10-15/2020-10-17")[1:3] == (date(2020, 10, 15), date(2020, 10, 17))
    assert dates.read("XXXX-10-17")[1:] == (None, None, True)


@given(st.text())
def test_any_text_is_a_date_to_show(text: str) -> None:
    """No text in a date's place stops a page."""
    found = dates.read(text)
    assert isinstance(found.words, str)
    assert found.first is None or found.last is None or found.first <= found.last or "/" in text


@st.composite
def marked(draw: st.DrawFn) -> tuple[Report, list[Claim]]:
    """A text with left-out stretches and claims that overlap in any way."""
    text = draw(st.text(alphabet="ab \n<&é\u202e", min_size=1, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    left = tuple(
        LeftOut(start=a, end=b, why="headlines") for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    )
    report = Report(
        capture="c", reader="r", source="s", text=text, text_sha256=digest(text.encode()),
        title_end=draw(st.integers(0, len(text))), left_out=left,
    )  # fmt: skip
    claims = []
    for index in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        claims.append(
            Claim(report=report.id, mention=f"m{index}", about="occurred", stance=draw(st.sampled_from(["asserts", "denies"])),
                  words=text[start:end], start=start, end=end)
        )  # fmt: skip
    return report, claims


@given(marked())
@settings(deadline=None)
def test_pieces_put_together_are_the_words(case: tuple[Report, list[Claim]]) -> None:
    """However claims, lines and left-out stretches cross, the pieces give back the text and each claim its words,
    apart from blank lines, which are not shown."""
    report, claims = case
    pieces = [p for block in highlight.blocks(report, claims, Names((), Profile())) for p in block.pieces]
    for claim in claims:
        whole = "".join(p.text for p in pieces if claim.id in p.claims)
        assert "".join(whole.split()) == "".join(claim.words.split())
        if claim.words.strip():
            assert sum(claim.id in p.begins for p in pieces) <= 1
    shown = "".join(p.text for p in pieces)
    assert "".join(shown.split()) == "".join(report.text.split())


def test_withheld_names_leave_no_trace_in_marks() -> None:
    """A withheld name inside a claim's words is replaced once, wherever the claim's borders fall."""
    text = "Police said Anna Lind was killed. Ms. Lind was 30."
    report = Report(capture="c", reader="r", source="s", text=text, text_sha256=digest(text.encode()))
    claim = Claim(report=report.id, mention="m", about="killed", stance="asserts", words="Lind was killed", start=17, end=32,
                  low=1, high=1, whom="Anna Lind")  # fmt: skip
    names = Names([claim], Profile())
    shown = "".join(p.text for b in highlight.blocks(report, [claim], names) for p in b.pieces)
    assert shown == "Police said [name withheld] was killed. Ms. [name withheld] was 30."
    assert names.whom(claim) == "a named person"


@pytest.mark.parametrize(
    ("whom", "number", "withheld"),
    [
        ("Anna Lind", 1, True),
        ("journalist Anna Lind", 1, True),
        ("Abu Omar al-Hadi", 1, True),
        ("Şükran Ağaoğlu", 1, True),
        ("Palestinian Yusuf Abu Tariq", 1, True),
        ("Yusuf al-Tariq", 1, True),
        ("Col. Brandt", 1, True),
        ("Yusuf", 1, True),
        ("Nguyễn Văn Anh", 1, True),
        ("محمد علي", 1, True),
        ("people", 1, False),
        ("Three people", 1, False),
        ("Witnesses", 1, False),
        ("Related Rebel Commander", 1, False),
        ("Palestinian", 1, False),
        ("a Syrian man", 1, False),
        ("Iraqi Army captain", 1, False),
        ("Gaza City resident", 1, False),
        ("United States citizen", 1, False),
        ("a 30-year-old man", 1, False),
        ("Red Cross workers", 2, False),
        ("a National Guard officer", 1, False),
    ],
)
def test_whose_names_are_withheld(whom: str, number: int, withheld: bool) -> None:
    """One named victim is a private person; groups, institutions and unnamed persons are not."""
    claim = Claim(report="r", mention="m", about="killed", stance="asserts", words="x", start=0, end=1,
                  low=number, high=number, whom=whom)  # fmt: skip
    assert bool(Names([claim], Profile())) is withheld
    assert not Names([claim], Profile(include_names=True))


@pytest.mark.parametrize(
    ("role", "withheld"), [("witness", True), ("victim_family", True), ("state_authority", False)]
)
def test_whose_speech_is_named(role: str, withheld: bool) -> None:
    """Witnesses and relatives are private; officials are named with what they say."""
    speaker = Speaker(words="Omar Deniz", full="Omar Deniz, a baker", role=role)  # type: ignore[arg-type]
    claim = Claim(
        report="r",
        mention="m",
        about="occurred",
        stance="asserts",
        words="x",
        start=0,
        end=1,
        speaker=speaker,
    )
    shown = Names([claim], Profile()).speaker(speaker)
    assert ("Omar" not in shown) is withheld


def test_shapes_cover_the_world_and_stay_light() -> None:
    """Both scales decode into closed countries; the world's paths fit on a phone."""
    for scale, least in (("110m", 170), ("50m", 230)):
        shapes = atlas.countries(scale)
        assert len(shapes) >= least
        assert all(ring[0] == pytest.approx(ring[-1]) for shape in shapes for _, ring in shape.rings)
    world = atlas.draw("110m", atlas.Box(-180, -57, 180, 84), atlas.natural_earth(1000), 0.35)
    assert sum(len(path.d) for path in world) < 120_000


def test_no_shape_runs_across_the_date_line() -> None:
    """Shapes that cross the date line are cut there: no line runs across the map from side to side."""
    for scale in ("110m", "50m"):
        for shape in atlas.countries(scale):
            for bounds, ring in shape.rings:
                assert bounds.west >= -180
                assert bounds.east <= 180
                jumps = [abs(b[0] - a[0]) for a, b in pairwise(ring) if abs(a[1]) < 84]
                assert max(jumps, default=0) < 90, shape.name


def test_clipping_keeps_to_the_window() -> None:
    """No point of a clipped ring lies outside, and a ring that covers the window becomes the window."""
    box = atlas.Box(0, 0, 10, 10)
    ring = [(-5.0, -5.0), (20.0, -5.0), (20.0, 20.0), (-5.0, 20.0)]
    inside = atlas.clip(ring, box)
    assert sorted(set(inside)) == [(0, 0), (0, 10), (10, 0), (10, 10)]
    assert atlas.clip([(50.0, 50.0), (60.0, 50.0), (60.0, 60.0)], box) == []


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=4, max_size=40))
@settings(deadline=None)
def test_thinning_keeps_near_the_line(points: list[tuple[float, float]]) -> None:
    """Thinning only takes points away, and keeps the first and the last."""
    kept = atlas.thin(points, 2.0)
    assert set(kept) <= set(points)
    assert kept[0] == points[0]
    assert kept[-1] == points[-1]


def lines(record: publish_examples.World) -> list[lines_of.Line]:
    return [lines_of.line(dossier, Profile(), publish_examples.MADE) for dossier in record.dossiers]


def test_front_map_counts_places_not_dead(record: publish_examples.World) -> None:
    """One sign a place; areas before dots; what has no place is counted, not placed."""
    drawn = maps.front(lines(record))
    assert sum(len(sign.lines) for sign in drawn.signs) + sum(
        map(len, drawn.shaded.values())
    ) + drawn.unlocated == len(record.dossiers)
    assert drawn.unlocated == 1
    radii = [sign.radius for sign in drawn.signs]
    assert radii == sorted(radii, reverse=True)


def test_far_apart_incidents_are_shown_on_the_world(record: publish_examples.World) -> None:
    """Incidents on two sides of the earth are drawn on the whole world."""
    import msgspec

    near, far = lines(record)[:2]
    moved = msgspec.structs.replace(far, lat=-33.0, lon=-70.0, precision="town")
    drawn = maps.front([near, moved])
    assert len(drawn.paths) > 150
    assert all(0 < sign.x < drawn.width and 0 < sign.y < drawn.height for sign in drawn.signs)


@pytest.mark.parametrize(("lat", "lon"), [(89.9, 0.0), (-89.9, 179.9), (0.0, -180.0), (71.0, 180.0)])
def test_places_at_the_edge_of_the_map_are_on_it(
    record: publish_examples.World, lat: float, lon: float
) -> None:
    """Windows at the poles and at the date line stay on the map and hold their place."""
    import msgspec

    drawn = maps.local(msgspec.structs.replace(lines(record)[0], lat=lat, lon=lon))
    assert drawn is not None
    assert -1 <= drawn.signs[0].x <= drawn.width + 1


def test_timeline_shows_spans_and_leaves_out_the_undated(record: publish_examples.World) -> None:
    """A month is a bar as long as the month; incidents without a year are counted beside it."""
    every = lines(record)
    drawn = timeline.build(every)
    assert drawn is not None
    assert len(drawn.bars) + drawn.undated == len(every)
    assert drawn.undated == 2
    assert any(bar.wide and bar.width > 12 for bar in drawn.bars)
    assert all(bar.x >= 0 and bar.x + bar.width <= drawn.width + 0.1 for bar in drawn.bars)
    assert timeline.build([]) is None


def test_one_old_incident_does_not_press_the_others_together(record: publish_examples.World) -> None:
    """An incident long before all others is named beside the timeline, which shows the others in full width."""
    import msgspec

    every = lines(record)
    old = msgspec.structs.replace(every[0], id="iold", when=dates.read("1987-08-09"))
    drawn = timeline.build([*every, old])
    assert drawn is not None
    assert [line.id for line in drawn.earlier] == ["iold"]
    assert len(drawn.bars) == len(every) - drawn.undated
    assert max(bar.x for bar in drawn.bars) - min(bar.x for bar in drawn.bars) > drawn.width / 2


def test_many_incidents_on_few_days_are_counted(record: publish_examples.World) -> None:
    """Where bars would stack too high, columns count incidents instead."""
    import msgspec

    every = [msgspec.structs.replace(lines(record)[0], id=f"i{n}") for n in range(40)]
    drawn = timeline.build(every)
    assert drawn is not None
    assert drawn.counted
    assert drawn.height < 200


def test_copies_share_a_row_of_the_ledger(record: publish_examples.World) -> None:
    """The same words of the same speaker in two outlets, with the same fate, are one row with two carriers."""
    import msgspec

    dossier = record.dossiers[0]
    notes = incident_view.Notes(dossier.claims, dossier.reports, Profile())
    toll = dossier.assessment.killed
    rows = incident_view.toll(toll, notes, dossier.claims, 60).rows
    assert [len(row.carriers) for row in rows] == [1] * 6
    fate = [msgspec.structs.replace(r, code="copy", sentence="The same statement.") for r in toll.left_out]
    merged = incident_view.toll(
        msgspec.structs.replace(toll, left_out=tuple(fate)), notes, dossier.claims, 60
    )
    assert sorted(len(row.carriers) for row in merged.rows) == [1, 1, 1, 1, 2]
    assert merged.claims == 6


def test_sums_keep_better_grades_apart(record: publish_examples.World) -> None:
    """Sums add lows and highs; weak incidents never enter the first sum; open ends are said."""
    every = lines(record)
    better, others = totals.headline(every)
    assert better.incidents + others.incidents == len(every)
    assert better.incidents == sum(line.grade in ("fair", "confirmed") for line in every)
    assert others.injured.endswith("or more")


def test_open_ranges_are_said_to_be_open() -> None:
    """Where the largest figure is a lower bound, the range says so."""
    toll = Toll(about="killed", low=40, best=40, high=41, low_claims=("a",), best_claims=("a",), high_claims=("a",),
                reasons=("open_high",))  # fmt: skip
    assert words.toll(toll) == "40–41 or more"
    assert words.figure(12, None) == "at least 12"
    assert words.figure(None, None) == "not known"
    assert words.figure(0, 0) == "0"
    assert words.figure(1200, 1300) == "1,200–1,300"


@given(st.integers(0, 10**9))
def test_scales_end_above_every_figure(figure: int) -> None:
    """A bar's scale ends above the largest figure, but not far above."""
    top = incident_view.round_up(figure)
    assert figure < top <= max(2 * figure + 2, 5)


def test_no_character_breaks_a_page_or_the_feed() -> None:
    """Whatever characters a report holds, what is written of them is well-formed XML."""
    every = "".join(chr(code) for code in range(0x11000) if not 0xD800 <= code < 0xE000)
    shown = clean(every)
    assert len(shown) == len(every)
    assert etree.fromstring(f"<p>{escape(shown)}</p>".encode()).text is not None


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_colours_have_contrast(mode: int) -> None:
    """Text stands out from every ground it is set on by 4.5 to 1, signs from the map by 3 to 1, in both modes."""
    style = (Path(publish.__file__).parent / "assets" / "site.css").read_text(encoding="utf-8")
    named = [
        dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.S)
    ]
    colour = named[0] | (named[1] if mode else {})
    for text, grounds in {
        "--ink": ("--paper", "--card", "--mark", "--deny", "--lit", "--accent-soft", "--land"),
        "--soft": ("--paper", "--card", "--land", "--accent-soft"),
        "--accent": ("--paper", "--card", "--accent-soft"),
    }.items():
        for ground in grounds:
            assert _contrast(colour[text], colour[ground]) >= 4.5, f"{text} on {ground}"
    for sign, ground in (
        ("--sign", "--land"),
        ("--span", "--paper"),
        ("--best", "--paper"),
        ("--mark-line", "--paper"),
    ):
        assert _contrast(colour[sign], colour[ground]) >= 3, f"{sign} on {ground}"
