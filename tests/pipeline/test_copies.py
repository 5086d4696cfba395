"""Copies in a ledger: found as reports come in, in any order and after any stop, and checked like all that is derived."""

from __future__ import annotations

import sqlite3
from itertools import permutations
from pathlib import Path

import pytest

from bearwitness import copies, pipeline
from bearwitness.cli import run
from bearwitness.errors import DamagedLedger
from bearwitness.interchange import reading_json
from bearwitness.pipeline.copying import find_copies
from bearwitness.provenance import Copy
from bearwitness.record import Report, digest
from bearwitness.store import Ledger, seal
from bearwitness.testing import FixedClock, ledger_of, read_text

WIRE = (
    "KENEMA, May 3 (Coast Wire) - A bomb killed 12 people and wounded 30 at the grain gate in Kenema, Sierra Leone, on 3 "
    "May 2025, the Kenema Government Hospital said.\n\nPolice accused the Forest Column of the attack. The Forest Column "
    "denied responsibility.\n\nTraders said that the gate had been open since dawn and that many had come down from the "
    "villages to sell rice before the rains. The road to the river was closed until the evening, and the market stood empty.\n"
)
OWN = (
    "Mourning in Kenema\n\nThe shutters stayed down in the cloth market of Kenema on Sunday and the council met behind closed "
    "doors. A clerk of the council read out the names of the lanes in which water would be given out, and the schools on the "
    "hill will not open before Thursday. Nobody at the council wished to say who had placed the bomb.\n\n"
)
TEXTS = {
    "wire.txt": f"Bomb at Kenema grain gate\n\n{WIRE}",
    "lamp.txt": f"Twelve dead in Kenema\n\n{WIRE}Read more on page three.\n",
    "mail.txt": OWN + " ".join(WIRE.split()[20:75]),
    "bridge.txt": "A new bridge opens in Mzuzu\n\nThe mayor opened a bridge on Monday and thanked the builders.\n",
}


def told(ledger: Ledger) -> list[tuple[str, str, bool]]:
    """The copies of a ledger by the names of the files."""
    names = {report.id: report.source for report in ledger.reports()}
    return sorted((*sorted((names[copy.first], names[copy.second])), copy.whole) for copy in ledger.copies())


FOUND = [("lamp.txt", "mail.txt", False), ("lamp.txt", "wire.txt", True), ("mail.txt", "wire.txt", False)]


def test_copies_are_found_as_reports_come_in() -> None:
    """A wire story under another headline is a copy; a passage of it in a report of one's own is a passage."""
    with ledger_of(TEXTS) as ledger:
        assert told(ledger) == FOUND
        wire = next(report for report in ledger.reports() if report.source == "wire.txt")
        assert {copy.whole for copy in ledger.copies_of([wire.id])} == {True, False}
        for copy in ledger.copies_of([wire.id]):
            texts = [ledger.get(name) for name in (copy.first, copy.second)]
            assert all(isinstance(report, Report) for report in texts)
            for part in copy.passages:
                one, other = (report.text for report in texts if isinstance(report, Report))
                assert one[part.start : part.end].split() == other[part.other_start : part.other_end].split()


def test_one_by_one_in_any_order_is_as_at_once(tmp_path: Path) -> None:
    """The order law: the same copies, incidents and assessments, whenever a report came."""
    with ledger_of(TEXTS) as ledger:
        wanted = list(ledger.dump_views())
    for number, order in enumerate(list(permutations(TEXTS))[::7]):
        with Ledger.create(tmp_path / str(number), clock=FixedClock()) as ledger:
            for name in order:
                item = pipeline.item(name, TEXTS[name].encode())
                pipeline.add_items(ledger, [item], {}, clock=FixedClock())
                pipeline.update(ledger)
            assert list(ledger.dump_views()) == wanted


def test_what_was_stopped_half_way_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in the middle keeps the batches before it, and the next run ends where an unbroken one would."""
    monkeypatch.setattr("bearwitness.pipeline.copying.BATCH", 2)
    with ledger_of(TEXTS) as ledger:
        ledger.drop_copies()
        entering, calls = copies.enter, 0

        def stopped(*given: object) -> list[Copy]:
            nonlocal calls
            calls += 1
            if calls == 4:
                raise KeyboardInterrupt
            return entering(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(copies, "enter", stopped)
        with pytest.raises(KeyboardInterrupt):
            find_copies(ledger)
        assert len(list(ledger.unentered())) == 2
        find_copies(ledger)
        assert told(ledger) == FOUND
        assert list(ledger.unentered()) == []


def test_rules_of_another_version_and_new_readings_begin_anew() -> None:
    """Copies by older rules are dropped, and so are those of a report whose page was read anew."""
    with ledger_of(TEXTS) as ledger:
        ledger.drop_copies(unless="copies/0")
        assert len(list(ledger.unentered())) == len(TEXTS)
        assert find_copies(ledger) == 1
        assert told(ledger) == FOUND
        old = next(report for report in ledger.reports() if report.source == "lamp.txt")
        ledger.append([_read_anew(old, "Nothing is left of it.")])
        assert find_copies(ledger) == 0
        assert told(ledger) == [("mail.txt", "wire.txt", False)]


def _read_anew(report: Report, text: str) -> Report:
    return Report(
        capture=report.capture,
        reader="read/another",
        source=report.source,
        text=text,
        text_sha256=digest(text.encode()),
    )


def test_rebuilding_changes_nothing() -> None:
    """What is dropped and found again is what it was."""
    with ledger_of(TEXTS) as ledger:
        assert pipeline.rebuild(ledger).unchanged
        assert told(ledger) == FOUND


@pytest.mark.parametrize(
    ("damage", "table"),
    [
        ("DELETE FROM mark WHERE mark = (SELECT min(mark) FROM mark)", "mark"),
        ("UPDATE copied SET support = support + 1", "copied"),
        ("UPDATE copied SET body = replace(body, 'true', 'false')", "copied"),
    ],
)
def test_verify_finds_copies_that_do_not_follow(tmp_path: Path, damage: str, table: str) -> None:
    """A row taken out or altered is named, and rebuilding mends it."""
    with ledger_of(TEXTS, folder=tmp_path / "ledger"):
        pass
    folder = tmp_path / "ledger"
    with sqlite3.connect(folder / "ledger.sqlite") as raw:
        raw.execute(damage)
    raw.close()
    written = seal.read(folder)
    seal.write(folder, seal.take(folder, written.entries, written.head, written.sealed_at))
    found = pipeline.verify(folder)
    assert found.first_wrong is not None
    assert f"of the {table} table is not what the reports give" in found.first_wrong
    with Ledger.open(folder) as ledger:
        pipeline.rebuild(ledger)
    assert pipeline.verify(folder).sound


def test_a_damaged_copy_is_said_to_be_damage() -> None:
    """A row that cannot be read is the ledger's fault and named as such."""
    with ledger_of(TEXTS) as ledger:
        copy = next(ledger.copies())
        assert isinstance(copy, Copy)
        with sqlite3.connect(ledger.folder / "ledger.sqlite") as raw:
            raw.execute("UPDATE copied SET body = '{'")
        raw.close()
        with pytest.raises(DamagedLedger, match="copies cannot be read"):
            list(ledger.copies())


def dated(folder: Path) -> Ledger:
    """A ledger of the same reports, each with its outlet and day."""
    ledger = Ledger.create(folder, clock=FixedClock())
    for name, outlet, day in (
        ("lamp.txt", "The Lamp", "2025-05-05"),
        ("wire.txt", "Coast Wire", "2025-05-04"),
        ("mail.txt", "Eastern Mail", "2025-05-06"),
        ("bridge.txt", "Eastern Mail", "2025-05-06"),
    ):
        given = pipeline.given(published=day, outlet=outlet)
        pipeline.add_items(ledger, [pipeline.item(name, TEXTS[name].encode())], given, clock=FixedClock())
    pipeline.update(ledger)
    return ledger


def test_an_update_says_how_many_copies_came() -> None:
    """Of the reports that came in, those with the text of an earlier one are counted."""
    with ledger_of({"bridge.txt": TEXTS["bridge.txt"]}) as ledger:
        items = [pipeline.item(name, text.encode()) for name, text in TEXTS.items()]
        pipeline.add_items(ledger, items, {}, clock=FixedClock())
        assert pipeline.update(ledger).copies == 1
        assert pipeline.update(ledger).copies == 0


def test_a_report_says_where_its_text_comes_from(tmp_path: Path) -> None:
    """Its credits, its copies with the first of them by publication, and its passages with what they hold."""
    with dated(tmp_path / "ledger") as ledger:
        reports = {report.source: report for report in ledger.reports()}
        copy = pipeline.look(ledger, reports["lamp.txt"].id).provenance
        assert copy is not None
        assert [(one.agency, one.whole) for one in copy.credits] == [("Coast Wire", True)]
        assert (copy.group, copy.first) == (2, reports["wire.txt"].id)
        assert [(one.outlet, one.whole) for one in copy.alike] == [
            ("Coast Wire", True),
            ("Eastern Mail", False),
        ]
        assert copy.alike[0].alike > 0.7
        quoting = pipeline.look(ledger, reports["mail.txt"].id).provenance
        assert quoting is not None
        assert (quoting.group, quoting.first, len(quoting.alike)) == (1, None, 2)
        for one in quoting.alike:
            assert reports["mail.txt"].text[one.start : one.end].split() == WIRE.split()[20:75]
            assert one.words == 55
        alone = pipeline.look(ledger, reports["bridge.txt"].id).provenance
        assert alone is not None
        assert (alone.alike, alone.credits, alone.first) == ((), (), None)
        assert {shelf.report.source: shelf.provenance for shelf in pipeline.shelves(ledger)} == {
            name: pipeline.look(ledger, report.id).provenance for name, report in reports.items()
        }


def test_show_and_the_site_say_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words, with links between the pages of the copies."""
    with dated(tmp_path / "ledger") as ledger:
        reports = {report.source: report for report in ledger.reports()}
        pipeline.publish(ledger, tmp_path / "site", clock=FixedClock())
    assert run(["show", reports["lamp.txt"].id, "--ledger", str(tmp_path / "ledger")]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    wire = reports["wire.txt"].id
    assert "credits: the text is Coast Wire’s (“Coast Wire”)" in shown
    assert f"copies: one of 2 reports with this text; the first is {wire[:9]}" in shown
    assert f"copy {wire[:9]} Coast Wire, 2025-05-04:" in shown
    page = (tmp_path / "site" / "reports" / f"{reports['lamp.txt'].id}.html").read_text(encoding="utf-8")
    assert "one of 2 reports with nearly the same text, not the first of them" in page
    assert f'href="../reports/{wire}.html"' in page
    assert "a passage of 55 words" in page
    assert "Reports with the same words" not in (
        tmp_path / "site" / "reports" / f"{reports['bridge.txt'].id}.html"
    ).read_text(encoding="utf-8")


def test_a_reading_says_whom_the_text_credits() -> None:
    """The interchange form carries the credits, whose words are where it says."""
    read = read_text(TEXTS["lamp.txt"])
    (found,) = reading_json(read.report, read.reading)["credits"]
    assert (found["agency"], found["whole"]) == ("Coast Wire", True)
    assert read.report.text[found["start"] : found["end"]] == "Coast Wire"
