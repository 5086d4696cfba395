"""Pages that change, go and come back: their editions, what counts, and what is said of the claims that went."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from containers import Warc
from msgspec import UNSET
from warcio.statusandheaders import StatusAndHeaders
from web_server import Server, moved, page

from bearwitness import pipeline
from bearwitness.cli.changing import show_changes
from bearwitness.cli.showing import fate_words
from bearwitness.collect.web import Limits
from bearwitness.errors import InputError
from bearwitness.record import Capture, Claim, Report
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock
from bearwitness.visit import Sighting, Visit

HOW = pipeline.Fetching(
    allow_hosts=frozenset({"127.0.0.1"}), delay=0, limits=Limits(tries=1, connecting=60.0)
)
ACCUSED = "<p>Police accused the Northern Column. The Northern Column denied responsibility.</p>"
GONE = page("", "410 Gone")


def mill(killed: int, more: str = "", token: str = "") -> bytes:
    """An invented report of one attack, by its toll."""
    return (
        f"<html><!-- {token} --><head><title>Bomb at mill kills {killed}</title></head><body><article>"
        f"<h1>Bomb at mill kills {killed}</h1><p>A bomb killed {killed} people at a mill in Kenema, Sierra Leone, on "
        f"3 March 2025, the district hospital said.</p>{more}</article></body></html>"
    ).encode()


@pytest.fixture
def empty(tmp_path: Path, clock: FixedClock) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.create(tmp_path / "ledger", clock=clock) as made:
        yield made


def fetched(ledger: Ledger, clock: FixedClock, address: str) -> str:
    """Fetch an address, read what came, and let an hour pass; the outcome."""
    (outcome,) = pipeline.fetch(ledger, [address], {}, HOW, clock=clock).outcomes
    pipeline.update(ledger)
    clock.move(hours=1)
    return outcome


def test_the_last_edition_counts_and_what_went_is_marked(empty: Ledger, clock: FixedClock) -> None:
    """12 becomes 15 and an accusation goes: the toll is 15 by one origin, the earlier claims stay, with their times."""
    with Server() as server:
        for said in (page(mill(12, ACCUSED)), page(mill(15))):
            server.says["/mill"] = said
            fetched(empty, clock, server.at("/mill"))
        address = server.at("/mill")
    (incident,) = empty.incidents()
    dossier = pipeline.dossier(empty, incident.id)
    toll, claims = dossier.assessment.killed, {claim.id: claim for claim in dossier.claims}
    assert (toll.low, toll.best, toll.high) == (15, 15, 15)
    assert [(claims[one.claim].low, one.code) for one in toll.left_out] == [(12, "earlier_edition")]
    assert [origin.name for origin in dossier.assessment.origins] == ["district hospital"]
    assert not [row for row in dossier.assessment.responsibility if row.about == "perpetrator"]
    assert len(dossier.reports) == len(dossier.pages[0].editions) == 2
    marks = {(claims[fate.claim].about, claims[fate.claim].stance): fate for fate in dossier.fates}
    assert {key: fate.became for key, fate in marks.items()} == {
        ("killed", "asserts"): "changed", ("perpetrator", "asserts"): "vanished", ("perpetrator", "denies"): "vanished",
    }  # fmt: skip
    changed = marks["killed", "asserts"]
    assert (changed.stood, changed.gone) == ("2026-01-02T12:00:00Z", "2026-01-02T13:00:00Z")
    assert changed.now is not None
    assert claims[changed.now].low == 15
    (step,) = pipeline.changes(empty, address, most=5).steps
    assert "Police accused the Northern Column." in step.differences[0].removed
    assert "Bomb at mill kills 15" in step.differences[0].added
    assert [(before.low, after.low) for before, after in step.changed] == [(12, 15)]
    assert [page.address for page in pipeline.changed_pages(empty)] == [address]
    empty.close()
    assert pipeline.verify(empty.folder).sound


def test_a_page_that_tells_of_it_no_more_still_stands(empty: Ledger, clock: FixedClock) -> None:
    """A login page in its place takes nothing away: the captured words count, marked as no longer told."""
    with Server() as server:
        for body in (
            mill(12),
            b"<html><body><article><p>Please sign in to read on.</p></article></body></html>",
        ):
            server.says["/mill"] = page(body)
            fetched(empty, clock, server.at("/mill"))
    (incident,) = empty.incidents()
    dossier = pipeline.dossier(empty, incident.id)
    assert dossier.assessment.killed.best == 12
    assert "no_longer_told" in dossier.assessment.killed.reasons
    assert {fate.became for fate in dossier.fates} == {"vanished"}


def test_an_error_in_its_place_takes_no_claim_back(empty: Ledger, clock: FixedClock, tmp_path: Path) -> None:
    """The edition is said to be one, its claims are not told and none has vanished; once the article is back, they stand."""
    lost = b"<html><head><title>Page not found</title></head><body><h1>Page not found</h1><p>Try the search.</p></body></html>"
    with Server() as server:
        for body in (mill(12), lost):
            server.says["/mill"] = page(body)
            fetched(empty, clock, server.at("/mill"))
        found = pipeline.changes(empty, server.at("/mill"), most=5)
        address = server.at("/mill")
        (incident,) = empty.incidents()
        dossier = pipeline.dossier(empty, incident.id)
        assert {(fate.became, fate.instead) for fate in dossier.fates} == {("not_told", "error_page")}
        assert "which shows an error in" in fate_words(dossier.fates[0], {})
        assert [edition.instead for edition in found.page.editions] == [UNSET, "error_page"]
        (step,) = found.steps
        assert (step.vanished, step.instead) == ((), "error_page")
        assert "killed" in {claim.about for claim in step.not_told}
        server.says["/mill"] = page(mill(12))
        fetched(empty, clock, address)
        assert not pipeline.dossier(empty, incident.id).fates
    with redirect_stdout(io.StringIO()) as shown:
        show_changes(found)
    assert " it shows an error (error_page)" in shown.getvalue()
    assert "not told  " in shown.getvalue()
    assert "vanished" not in shown.getvalue()


def test_gone_and_back_again(empty: Ledger, clock: FixedClock) -> None:
    """A page that is gone is recorded with when it was last seen, what it said stands, and its return is recorded too."""
    with Server({"/mill": page(mill(12))}) as server:
        for said in (page(mill(12)), GONE, page("", "500 Oops"), GONE):
            server.says["/mill"] = said
            fetched(empty, clock, server.at("/mill"))
        (incident,) = empty.incidents()
        found = pipeline.dossier(empty, incident.id)
        assert found.assessment.killed.best == 12
        (seen,) = found.pages
        assert (seen.state, seen.last_seen) == ("gone", "2026-01-02T12:00:00Z")
        assert seen.spells[-1].first == "2026-01-02T13:00:00Z"
        assert found.history[-1].sentence == "The page of 127.0.0.1 was no longer online."
        server.says["/mill"] = page(mill(12))
        assert fetched(empty, clock, server.at("/mill")) == "unchanged"
        found = pipeline.dossier(empty, incident.id)
        assert [spell.state for spell in found.pages[0].spells] == ["online", "gone", "online"]
        assert found.history[-1].sentence == "The page of 127.0.0.1 was online again."
        assert empty.views_current(by=pipeline.work.RULES)


def test_visits_of_a_redirected_address_tell_of_its_page(empty: Ledger, clock: FixedClock) -> None:
    """The page that an address led to is gone when the address is, and elsewhere when it leads to another page."""
    with Server({"/old": moved("/mill"), "/mill": page(mill(12)), "/": page(mill(3))}) as server:
        fetched(empty, clock, server.at("/old"))
        server.says["/old"] = GONE
        fetched(empty, clock, server.at("/old"))
        server.says["/old"] = moved("/")
        fetched(empty, clock, server.at("/old"))
        found = pipeline.changes(empty, server.at("/mill"), most=5)
    assert [spell.state for spell in found.page.spells] == ["online", "gone", "elsewhere"]


def test_new_bytes_with_the_same_words_are_no_edition(empty: Ledger, clock: FixedClock) -> None:
    """Pages whose bytes differ at every visit (a token, an advertisement) are captured, and count as one report."""
    with Server() as server:
        for token in ("a1", "b2", "c3"):
            server.says["/mill"] = page(mill(12, token=token))
            assert fetched(empty, clock, server.at("/mill")) in ("new", "changed")
        found = pipeline.changes(empty, server.at("/mill"), most=5)
    assert len(list(empty.records(Capture))) == 3
    assert ([edition.captures for edition in found.page.editions], found.steps) == ([3], ())
    (incident,) = empty.incidents()
    assert len(pipeline.dossier(empty, incident.id).reports) == len(list(pipeline.shelves(empty))) == 1


def test_an_edition_that_comes_back_counts_again(empty: Ledger, clock: FixedClock) -> None:
    """12, then 15, then the very page of 12 again: it is not captured twice, is seen again, and counts."""
    with Server() as server:
        for killed in (12, 15, 12):
            server.says["/mill"] = page(mill(killed))
            fetched(empty, clock, server.at("/mill"))
        found = pipeline.changes(empty, server.at("/mill"), most=1)
    assert (len(list(empty.records(Capture))), len(list(empty.records(Sighting)))) == (2, 1)
    (incident,) = empty.incidents()
    dossier = pipeline.dossier(empty, incident.id)
    assert dossier.assessment.killed.best == 12
    fallen = {fate.claim for fate in dossier.fates}
    assert [claim.low for claim in dossier.claims if claim.id in fallen and claim.about == "killed"] == [15]
    assert (len(found.steps), found.earlier, found.steps[0].gone) == (1, 1, "2026-01-02T14:00:00Z")


def test_captures_of_one_address_in_a_web_archive(tmp_path: Path) -> None:
    """They are editions by the archive's dates, in any order of adding; the same bytes later are a sighting."""
    dates = [("2025-03-04T10:00:00Z", 12), ("2025-03-04T14:00:00Z", 15), ("2025-03-04T16:00:00Z", 15)]

    def archive(kept: list[tuple[str, int]]) -> bytes:
        warc = Warc()
        for date, killed in kept:
            warc.response(mill(killed), "https://coastwire.example/mill", WARC_Date=date)
        return warc.data

    found = []
    for order in (1, -1):
        path = tmp_path / "crawl.warc.gz"
        path.write_bytes(archive(dates[::order]))
        with Ledger.create(tmp_path / f"ledger{order}") as ledger:
            added = pipeline.add(ledger, [path], {})
            assert (added.new, added.known, added.again) == (2, 1, 1)
            assert pipeline.add(ledger, [path], {}).again == 0
            pipeline.update(ledger)
            seen = pipeline.changes(ledger, "https://coastwire.example/mill", most=5)
            assert [(one.first[11:13], one.last[11:13]) for one in seen.page.editions] == [
                ("10", "10"),
                ("14", "16"),
            ]
            (incident,) = ledger.incidents()
            found.append(pipeline.dossier(ledger, incident.id).assessment)
        assert pipeline.verify(ledger.folder).sound
    assert found[0] == found[1]
    assert found[0].killed.best == 15


def test_a_revisit_in_a_web_archive_is_a_sighting(tmp_path: Path) -> None:
    """Where the bytes it repeats are there; where they are not, it is kept as a problem that says where they may be."""
    address, at = "https://coastwire.example/mill", "2025-03-04T10:00:00Z"
    told = {
        "WARC_Refers_To_Target_URI": address,
        "WARC_Refers_To_Date": at,
        "WARC_Date": "2025-03-05T10:00:00Z",
    }
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    whole = Warc().response(mill(12), address, WARC_Date=at).record("revisit", b"", address, head, **told)
    alone = Warc().record("revisit", b"", address, head, **told)
    for name, warc, captures, again in (("whole", whole, 1, 1), ("alone", alone, 1, 0)):
        path = tmp_path / f"{name}.warc.gz"
        path.write_bytes(warc.data)
        with Ledger.create(tmp_path / name) as ledger:
            added = pipeline.add(ledger, [path], {})
            assert (len(list(ledger.records(Capture))), added.again) == (captures, again)
            assert [problem.code for problem in added.problems] == ([] if again else ["payload_elsewhere"])
            assert pipeline.add(ledger, [path], {}).again == 0
            pipeline.update(ledger)
            editions = pipeline.changes(ledger, address, most=1).page.editions if again else ()
            assert [one.last for one in editions] == (["2025-03-05T10:00:00Z"] if again else [])
        assert pipeline.verify(ledger.folder).sound


def test_the_same_file_with_other_bytes_is_another_report(tmp_path: Path) -> None:
    """A path names a place on a machine, not a publication: both count, and neither takes the other's place."""
    path = tmp_path / "report.txt"
    with Ledger.create(tmp_path / "ledger") as ledger:
        for killed in (12, 15):
            path.write_text(
                f"A bomb killed {killed} people in Kenema, Sierra Leone, on 3 March 2025, police said."
            )
            pipeline.add(ledger, [path], {})
        pipeline.update(ledger)
        (incident,) = ledger.incidents()
        toll = pipeline.dossier(ledger, incident.id).assessment.killed
        assert (toll.low, toll.high) == (12, 15)
        assert not list(pipeline.changed_pages(ledger))


def test_what_names_a_page(empty: Ledger, clock: FixedClock) -> None:
    """A page is found by its address and by the ids of what came from it; anything else is a mistake that says so."""
    with Server({"/mill": page(mill(12))}) as server:
        fetched(empty, clock, server.at("/mill"))
        address = server.at("/mill")
    for kind in (Visit, Capture, Report, Claim):
        record = next(iter(empty.records(kind)))
        assert pipeline.changes(empty, record.id, most=5).page.address == address
    pipeline.add_items(empty, [pipeline.item("a.txt", b"A bomb killed two in Kenema, police said.")], {})
    file = next(one for one in empty.records(Capture) if one.source == "a.txt")
    for what, words in (
        (file.id, "does not come from a page"),
        ("https://lakeguard.example/", "never fetched"),
    ):
        with pytest.raises(InputError, match=words):
            pipeline.changes(empty, what, most=5)


def test_what_is_shown_of_it(empty: Ledger, clock: FixedClock, tmp_path: Path) -> None:
    """The site and the files say which edition a report is, what its page says no more, and that the page is gone."""
    with Server() as server:
        for said in (page(mill(12)), page(mill(15)), GONE):
            server.says["/mill"] = said
            fetched(empty, clock, server.at("/mill"))
    out = io.StringIO()
    pipeline.export(empty, "jsonl", out)
    told = json.loads(out.getvalue())
    assert sorted((one["page"]["edition"], one["page"]["state"]) for one in told["sources"]) == [
        (1, "gone"), (2, "gone"),
    ]  # fmt: skip
    marked = [one for one in told["claims_told"] if one["gone"]]
    assert [(one["low"], one["stood"][11:16], one["gone"][11:16]) for one in marked] == [
        (12, "12:00", "13:00")
    ]
    assert marked[0]["now"] in {one["claim"] for one in told["claims_told"]}
    pipeline.publish(empty, tmp_path / "site")
    shown = tmp_path / "site" / "incidents" / f"{told['incident']}.html"
    words = " ".join(shown.read_text("utf-8").split())
    assert (
        "Its page said so on 2 January 2026, 12:00 UTC, and no more on 2 January 2026, 13:00 UTC. It then said: 15"
        in words
    )
    assert "an earlier edition of 2" in words
    assert "no longer online since 2 January 2026, 14:00 UTC, last seen 2 January 2026, 13:00 UTC" in words
