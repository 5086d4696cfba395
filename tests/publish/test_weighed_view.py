"""What the page of an incident shows of other methods, of time, and of what its tolls rest on."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import HOSPITAL, MONITOR, RESIDENTS, World

from bearwitness import assess
from bearwitness.publish import Profile, site
from bearwitness.publish.incident_view import Notes
from bearwitness.publish.weighed_view import Weighed, span, weighed
from bearwitness.record import Dossier


@pytest.mark.parametrize(
    ("bounds", "more", "shown"),
    [
        ((3, 3, 3), False, "3"),
        ((3, 5, 11), False, "3 / 5 / 11"),
        ((3, None, 11), False, "3 to 11"),
        ((3, None, 11), True, "3 to 11 or more"),
        ((None, None, 30), False, "up to 30"),
        ((None, None, None), False, "not known"),
        ((0, None, 20), False, "0 to 20"),
    ],
)
def test_a_toll_on_one_line(
    bounds: tuple[int | None, int | None, int | None], more: bool, shown: str
) -> None:
    """One number where all agree, two where the method chooses none in between, three otherwise."""
    assert span(*bounds, more=more) == shown


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    """Three sources on three days with three figures, gathered with all that can be asked for."""
    world = World()
    world.said(3, RESIDENTS, published="2031-10-18")
    world.said(11, MONITOR, published="2031-10-19")
    world.said(5, HOSPITAL, published="2031-10-20")
    world.only()
    (incident,) = world.link()
    case = assess.Case(incident, world.mentions, world.claims, world.reports, world.judgements)
    ground, method = assess.Ground(case), assess.METHODS[assess.DEFAULT]
    first, *others = assess.side_by_side(ground)
    return Dossier(
        incident=incident,
        assessment=first,
        mentions=tuple(world.mentions.values()),
        claims=tuple(case.claims),
        reports=tuple(world.reports.values()),
        others=tuple(others),
        moments=tuple(assess.moments(case, method)),
        without=tuple(assess.without(ground, method)),
    )


def shown(dossier: Dossier) -> Weighed:
    """The values for the template."""
    return weighed(dossier, Notes(dossier.claims, dossier.reports, Profile()))


def test_methods_stand_side_by_side_and_say_where_they_differ(dossier: Dossier) -> None:
    """Every method has a row, the page's own first and marked; the answers that differ are said once."""
    found = shown(dossier)
    assert [row.name for row in found.methods] == ["origins", "lowest", "range", "graded", "ibc", "majority"]
    assert [row.default for row in found.methods] == [True] + [False] * 5
    assert found.differ[0] == "Killed: by method this incident is 3 / 5 / 11; 3; 3 to 11; 3 / 3 / 11."
    assert found.differ[1] == "Injured: all methods say not known."


def test_steps_say_how_the_toll_moved(dossier: Dossier) -> None:
    """Each day has the toll at its end and says whether it rose or fell."""
    steps = shown(dossier).steps
    assert [(step.day, step.cells[0].figure) for step in steps] == [
        ("18 October 2031", "3"),
        ("19 October 2031", "3 / 11 / 11"),
        ("20 October 2031", "3 / 5 / 11"),
    ]
    assert [step.note for step in steps] == ["", "Killed up by 8.", "Killed down by 6."]


def test_the_page_links_each_method_to_its_text(dossier: Dossier, tmp_path: Path) -> None:
    """The incident's page shows the methods and links them to the method page, which explains them."""
    rules = {name: method.rule for name, method in assess.METHODS.items()}
    site([dossier], [], tmp_path / "site", made="2031-10-21T08:00:00Z", methods=rules)
    page = (tmp_path / "site/incidents" / f"{dossier.incident.id}.html").read_text(encoding="utf-8")
    text = (tmp_path / "site/method.html").read_text(encoding="utf-8")
    for name in rules:
        assert f'href="../method.html#method-{name}"' in page
        assert f'id="method-{name}"' in text
    assert "As it stood at the end of each day" in page
    assert "Plain Count Observatory" in page[page.index("Without one source") :]


def test_a_dossier_without_these_shows_no_such_sections(dossier: Dossier, tmp_path: Path) -> None:
    """Where nothing besides the one assessment was gathered, the page has no empty tables."""
    bare = Dossier(
        incident=dossier.incident,
        assessment=dossier.assessment,
        mentions=dossier.mentions,
        claims=dossier.claims,
        reports=dossier.reports,
    )
    site([bare], [], tmp_path / "site", made="2031-10-21T08:00:00Z")
    page = (tmp_path / "site/incidents" / f"{dossier.incident.id}.html").read_text(encoding="utf-8")
    assert "By other methods" not in page
    assert "Over time" not in page
