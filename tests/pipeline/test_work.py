"""Adding, updating, rebuilding: what a ledger holds afterwards, whatever the way there."""

from __future__ import annotations

import itertools
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness import collect, extract, pipeline
from bearwitness.errors import InputError, LedgerError
from bearwitness.pipeline import deriving
from bearwitness.pipeline.deriving import Bringing
from bearwitness.record import Capture, Reading, Report
from bearwitness.store import Ledger
from bearwitness.testing import FixedClock, ledger_of, read_text


def site_of(ledger: Ledger, folder: Path) -> dict[str, bytes]:
    """Every file of the published site."""
    pipeline.publish(ledger, folder, clock=FixedClock())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def told(batches: Sequence[dict[str, str]], folder: Path) -> tuple[list[str], dict[str, bytes]]:
    """The views and the site of a ledger to which the batches were added one after the other."""
    with Ledger.create(folder / "ledger", clock=FixedClock()) as ledger:
        for batch in batches:
            items = [pipeline.item(name, text.encode()) for name, text in batch.items()]
            pipeline.add_items(ledger, items, {}, clock=FixedClock())
            pipeline.update(ledger)
        return list(ledger.dump_views()), site_of(ledger, folder / "site")


def test_incidents_come_out(ledger: Ledger) -> None:
    """Five reports of two events give two incidents, with tolls from both reports of each."""
    found = {one.row.place: one for one in pipeline.listed(ledger)}
    assert set(found) == {"Kenema", "Mzuzu"}
    assert found["Kenema"].reports == found["Mzuzu"].reports == 2
    assert (found["Kenema"].row.killed_low, found["Kenema"].row.killed_high) == (12, 14)


@pytest.fixture(scope="module")
def straight(texts: dict[str, str]) -> tuple[list[str], dict[str, bytes]]:
    """The views and the site of a ledger to which the reports were added at once, in order of their names."""
    with tempfile.TemporaryDirectory() as folder:
        return told([{name: texts[name] for name in sorted(texts)}], Path(folder))


@pytest.mark.parametrize("examples", [4, pytest.param(8, marks=pytest.mark.long)])
def test_order_law(
    texts: dict[str, str], straight: tuple[list[str], dict[str, bytes]], examples: int
) -> None:
    """In any order, at once or in batches: the same incidents, assessments and bytes of the site."""

    @settings(max_examples=examples, deadline=None)
    @given(seed=st.integers(0, 2**32), cuts=st.lists(st.integers(0, 5), max_size=3))
    def law(seed: int, cuts: list[int]) -> None:
        names = sorted(texts)
        with tempfile.TemporaryDirectory() as other:
            random.Random(seed).shuffle(names)
            bounds = [0, *sorted(cuts), len(names)]
            batches = [{name: texts[name] for name in names[a:b]} for a, b in itertools.pairwise(bounds)]
            assert told(batches, Path(other)) == straight

    law()


def test_update_twice_does_nothing_more(ledger: Ledger) -> None:
    """What is read is not read again, and the views stand."""
    head, views = ledger.head(), list(ledger.dump_views())
    again = pipeline.update(ledger)
    assert (again.reports, again.readings, again.derived) == (0, 0, False)
    assert again.incidents == 2
    assert (ledger.head(), list(ledger.dump_views())) == (head, views)


def test_rebuild_changes_nothing(ledger: Ledger) -> None:
    """Dropping and deriving anew gives the same rows and touches no fact."""
    head, views = ledger.head(), list(ledger.dump_views())
    assert pipeline.rebuild(ledger) == pipeline.Rebuilt(incidents=2, unchanged=True)
    assert (ledger.head(), list(ledger.dump_views())) == (head, views)


def test_same_bytes_are_kept_once(ledger: Ledger, texts: dict[str, str]) -> None:
    """Adding what is there adds nothing; the same bytes under another name are another capture."""
    items = [pipeline.item(name, text.encode()) for name, text in texts.items()]
    assert pipeline.add_items(ledger, items, {}) == pipeline.Added(new=0, known=5, problems=())
    copy = [pipeline.item("copy.txt", texts["mill.txt"].encode())]
    assert pipeline.add_items(ledger, copy, {}).new == 1


def test_missing_file_is_named_before_anything_is_kept(ledger: Ledger, tmp_path: Path) -> None:
    """A path that does not exist is the operator's mistake: nothing is added, and the error names it."""
    there = tmp_path / "there.txt"
    there.write_text("Nothing happened.")
    before = ledger.head()
    with pytest.raises(InputError, match=r"gone\.txt"):
        pipeline.add(ledger, [there, tmp_path / "gone.txt"], {})
    assert ledger.head() == before


def test_given_is_kept_with_the_capture(tmp_path: Path, texts: dict[str, str]) -> None:
    """What the operator says of a report is kept, and dates what the text leaves undated."""
    said = pipeline.given(published="2025-05-12", outlet="Nkhata Voice")
    with ledger_of({"mill.txt": texts["mill.txt"]}, given=said) as ledger:
        (capture,) = ledger.records(Capture)
        (report,) = ledger.records(Report)
    assert capture.given == {"published": "2025-05-12", "outlet": "Nkhata Voice"}
    assert (report.outlet, report.published) == ("Nkhata Voice", "2025-05-12")


@pytest.mark.parametrize("date", ["2020", "2020-10", "2020-10-17", "XXXX-10-17", "2024-02-29", "XXXX-02-29"])
def test_dates_that_are_dates(date: str) -> None:
    """A day, a month or a year in EDTF is taken, with X for digits that are not known."""
    assert pipeline.given(published=date) == {"published": date}


@pytest.mark.parametrize(
    "date", ["", "17.10.2020", "2020-13", "2020-02-30", "20201017", "yesterday", "2020-1-1"]
)
def test_dates_that_are_none(date: str) -> None:
    """Anything else is refused with how to write it."""
    with pytest.raises(InputError, match="published"):
        pipeline.given(published=date)


class TestOneReportBreaks:
    """A report on which the reader breaks is kept with a problem; the others go on."""

    @pytest.fixture
    def broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A reader that breaks on every report that says "mill"."""
        whole = extract.extract

        def breaks(report: Report, gazetteer: object) -> Reading:
            if "mill" in report.text:
                raise ZeroDivisionError("the mill")
            return whole(report, gazetteer)  # type: ignore[arg-type]

        monkeypatch.setattr(extract, "extract", breaks)

    @pytest.mark.usefixtures("broken")
    def test_the_error_is_kept(self, texts: dict[str, str]) -> None:
        """The problem names the error and its place; nothing disappears and the rest is read."""
        with ledger_of(texts) as ledger:
            shelves = {shelf.report.source: shelf for shelf in pipeline.shelves(ledger)}
            assert len(shelves) == 5
            (problem,) = [one for one in shelves["mill.txt"].report.problems if one.code == "reader_failed"]
            assert "ZeroDivisionError: the mill (test_work.py:" in problem.sentence
            assert [one.row.place for one in pipeline.listed(ledger)] == ["Kenema"]

    @pytest.mark.usefixtures("broken")
    def test_no_ledger_is_needed(self, texts: dict[str, str]) -> None:
        """The same holds without a ledger."""
        found = read_text(texts["mill.txt"])
        assert [problem.code for problem in found.reading.problems] == ["reader_failed"]

    def test_a_reading_that_breaks_a_law(
        self, texts: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A claim that does not point at its words is not kept, and the report says why."""
        whole = extract.extract

        def shifted(report: Report, gazetteer: object) -> Reading:
            found = whole(report, gazetteer)  # type: ignore[arg-type]
            wrong = [Reading(mentions=found.mentions, claims=found.claims)]
            return Reading(
                mentions=wrong[0].mentions, claims=tuple(_moved(claim) for claim in wrong[0].claims)
            )

        monkeypatch.setattr(extract, "extract", shifted)
        found = read_text(texts["gate.txt"])
        (problem,) = found.reading.problems
        assert "does not point at its words" in problem.sentence
        assert found.reading.claims == ()


def _moved(claim: object) -> object:
    import msgspec

    return msgspec.structs.replace(claim, id="", start=claim.start + 1, end=claim.end + 1)  # type: ignore[attr-defined, type-var]


def test_a_newer_reader_reads_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a newer reader the reports are read anew; the earlier readings stay in the journal."""
    before = ledger.counts()
    monkeypatch.setattr(extract, "READER", "rules/next")
    updated = pipeline.update(ledger)
    assert (updated.reports, updated.readings) == (0, 5)
    assert ledger.counts()["reading"] == before["reading"] + 5
    assert [one.row.place for one in pipeline.listed(ledger)] == ["Mzuzu", "Kenema"]


def test_too_long_is_kept_unread() -> None:
    """A text longer than any report is kept whole and unread, with a problem that says what to do."""
    found = read_text("A bomb killed 3 people in Kenema, police said. " * 50_000)
    assert len(found.report.text) > 2_000_000
    (problem,) = found.reading.problems
    assert problem.code == "too_long"
    assert "split it" in problem.sentence


def test_unreadable_item_is_kept(tmp_path: Path) -> None:
    """Something that could not be received is journalled with its problem."""
    small = list(collect.collect([_written(tmp_path / "big.txt", "word " * 100)], limit=50))
    with Ledger.create(tmp_path / "ledger") as ledger:
        added = pipeline.add_items(ledger, small, {})
        pipeline.update(ledger)
        assert [problem.code for problem in added.problems] == ["too_large"]
        (shelf,) = pipeline.shelves(ledger)
    assert "too_large" in [problem.code for problem in shelf.report.problems]


def _written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_records_are_brought_in_as_needed(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a whole ledger, only the records behind a few events are held at a time."""
    monkeypatch.setattr(deriving, "TOGETHER", 1)
    incidents = list(ledger.incidents())
    where = {mention.id: mention.report for _, reading in ledger.readings() for mention in reading.mentions}
    bring = Bringing(ledger, where, [one.mentions for one in incidents])
    for one in incidents:
        held = bring()
        assert set(held.reports) == {where[name] for name in one.mentions}
        assert set(one.mentions) <= set(held.mentions)
        assert all(claim.mention == name for name, claims in held.claims.items() for claim in claims)
    assert len(incidents) > 1


def test_stale_views_are_not_published(ledger: Ledger, tmp_path: Path) -> None:
    """Publishing after adding and before updating is refused, with what to do."""
    pipeline.add_items(ledger, [pipeline.item("new.txt", b"A new report.")], {})
    with pytest.raises(LedgerError, match="bearwitness update"):
        pipeline.publish(ledger, tmp_path / "site")


def test_the_site_explains_its_reason_codes(ledger: Ledger, tmp_path: Path) -> None:
    """The page on the method says in a sentence what each code that was met means."""
    page = site_of(ledger, tmp_path / "site")["method.html"].decode()
    assert "The best figure rests on it." in page


def test_views_of_other_rules_are_out_of_date_and_not_damaged(ledger: Ledger, tmp_path: Path) -> None:
    """After an upgrade of the rules: verify finds no damage, publish refuses, update derives anew."""
    ledger.replace_views([], [], by="link/0 assess/0")
    found = pipeline.verify(ledger.folder)
    assert found.sound
    assert any("rules" in note for note in found.notes)
    with pytest.raises(LedgerError, match="bearwitness update"):
        pipeline.publish(ledger, tmp_path / "site")
    updated = pipeline.update(ledger)
    assert updated.derived
    assert updated.incidents == 2


def test_dossier_is_complete(ledger: Ledger) -> None:
    """A dossier holds every mention, claim and report of its incident, and when each report was added."""
    for dossier in pipeline.dossiers(ledger):
        assert tuple(mention.id for mention in dossier.mentions) == dossier.incident.mentions
        assert {claim.mention for claim in dossier.claims} <= set(dossier.incident.mentions)
        assert {mention.report for mention in dossier.mentions} == {report.id for report in dossier.reports}
        assert [event.at for event in dossier.history] == ["2026-01-02T12:00:00Z"] * len(dossier.reports)
        assert dossier == pipeline.dossier(ledger, dossier.incident.id)


def test_stages_are_the_modules_docstrings() -> None:
    """Each stage says what the first line of its own docstring says."""
    from importlib import import_module

    for stage in pipeline.STAGES:
        doc = import_module(f"bearwitness.{stage.name}").__doc__ or ""
        assert stage.sentence == doc.splitlines()[0]


def test_everything_named_is_there() -> None:
    """Whatever the pipeline says it offers can be had from it."""
    for name in pipeline.__all__:
        assert getattr(pipeline, name) is not None
    with pytest.raises(AttributeError):
        _ = pipeline.nothing_of_the_kind
