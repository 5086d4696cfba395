"""Verification finds one flipped bit anywhere, says where, and changes nothing; killed runs lose nothing."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.errors import DamagedLedger, LedgerError
from bearwitness.record import Report, canonical
from bearwitness.store import Ledger, blocks, seal, verify
from bearwitness.store.kinds import Entry, chain_hash

PAGE = 4096


@pytest.fixture(scope="module")
def flipped(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int, int], str]:
    """Flip one bit of one file of a ledger, verify, put the bit back; what verification said."""
    folder = tmp_path_factory.mktemp("flipped") / "ledger"
    shutil.copytree(built, folder)
    for path in folder.rglob("*"):
        path.chmod(0o755)

    def flip(name: str, offset: int, bit: int) -> str:
        path = folder / name
        with path.open("r+b") as file:
            file.seek(offset)
            old = file.read(1)
            file.seek(offset)
            file.write(bytes([old[0] ^ (1 << bit)]))
        try:
            found = verify(folder)
        finally:
            with path.open("r+b") as file:
                file.seek(offset)
                file.write(old)
        assert found.first_wrong is not None, (
            f"bit {bit} of byte {offset} of {name} was flipped and not found"
        )
        return found.first_wrong

    return flip


def pages(folder: Path) -> dict[str, list[int]]:
    """The pages of the database by what they hold: tables, indexes and the free list."""
    raw = sqlite3.connect(f"file:{folder / 'ledger.sqlite'}?mode=ro&immutable=1", uri=True)
    (count,) = raw.execute("PRAGMA page_count").fetchone()
    (free,) = raw.execute("PRAGMA freelist_count").fetchone()
    (trunk,) = [int.from_bytes((folder / "ledger.sqlite").read_bytes()[32:36], "big")]
    roots = dict(raw.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage"))
    raw.close()
    assert free > 0
    return {"free": [trunk], "roots": sorted(roots.values()), "all": list(range(1, count + 1))}


def test_a_flipped_bit_is_found_in_every_kind_of_page(built: Path, flipped: Callable[..., str]) -> None:
    """The file's header, the roots of tables and indexes, the free list, and every page at random places."""
    rng = random.Random(3)
    kinds = pages(built)
    offsets = list(range(0, 100, 3))
    offsets += [(page - 1) * PAGE + rng.randrange(PAGE) for page in kinds["all"]]
    offsets += [(page - 1) * PAGE + rng.randrange(8) for page in kinds["roots"]]
    offsets += [(page - 1) * PAGE + place for page in kinds["free"] for place in (0, 5, 2000, PAGE - 1)]
    for offset in offsets:
        assert (
            "ledger.sqlite" in (words := flipped("ledger.sqlite", offset, rng.randrange(8)))
            or "Entry" in words
        )


def test_a_flipped_bit_is_found_in_every_other_file(built: Path, flipped: Callable[..., str]) -> None:
    """Every capture, and every field of the seal, its digest of itself included."""
    rng = random.Random(4)
    for path in sorted(built.rglob("*")):
        size = path.stat().st_size if path.is_file() else 0
        name = str(path.relative_to(built))
        if name.startswith("captures") and size:
            for _ in range(3):
                assert path.name in flipped(name, rng.randrange(size), rng.randrange(8))
        elif name == "ledger.seal":
            for offset in range(0, size, 5):
                assert "ledger.seal" in flipped(name, offset, rng.randrange(8))
    assert verify(built).sound


def test_the_altered_entry_is_named(small: Path) -> None:
    """Damage inside the journal is told by the number, kind and id of the entry, and the way out is a copy."""
    path = small / "ledger.sqlite"
    data = path.read_bytes()
    at = data.index(b'"anchor":"killed"') + len(b'"anchor":"')
    path.write_bytes(data[:at] + b"kissed" + data[at + 6 :])
    found = verify(small)
    assert found.first_wrong is not None
    assert found.first_wrong.startswith("Entry ")
    assert "(mention m" in found.first_wrong
    assert "does not match its hash. Restore the ledger from a copy" in found.first_wrong
    with (
        Ledger.open(small, read_only=True) as ledger,
        pytest.raises(DamagedLedger, match="does not match its hash"),
    ):
        list(ledger.readings())
    with pytest.raises(DamagedLedger, match=r"Nothing was changed.*bearwitness verify"):
        Ledger.open(small)
    with pytest.raises(DamagedLedger, match=r"itself damaged, so nothing was mended: Entry"):
        Ledger.open(small, mend=True)
    assert verify(small) == found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"title":"Told', b'"title";"Told', "row of the ledger's views cannot be read"),
        (b"2 people were", b"2 \xf0eople were", "is damaged: run `bearwitness verify`"),
    ],
)
def test_damage_met_while_reading_is_named(small: Path, old: bytes, new: bytes, words: str) -> None:
    """Text that is no JSON or no UTF-8 any more stops the reader with a clear error, not a traceback."""
    path = small / "ledger.sqlite"
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    with Ledger.open(small, read_only=True) as ledger, pytest.raises(DamagedLedger, match=words):
        assert list(ledger.incidents()) + list(ledger.records(Report)) == []
    assert not verify(small).sound


@pytest.mark.parametrize("where", ["title", "seal", "header", "free"])
def test_damage_outside_the_journal_is_mended(
    small: Path, built: Path, material: ModuleType, where: str
) -> None:
    """Views, seal, header fields and free pages are made anew from a sound journal, with the same views."""
    path = small / ("ledger.seal" if where == "seal" else "ledger.sqlite")
    data = bytearray(path.read_bytes())
    at = {
        "title": data.find(b"Told by"),
        "seal": 20,
        "header": 60,
        "free": (pages(built)["free"][0] - 1) * PAGE + 2000,
    }[where]
    data[at] ^= 1
    path.write_bytes(bytes(data))
    found = verify(small)
    assert found.first_wrong is not None
    assert "`bearwitness rebuild` mends this" in found.first_wrong
    with pytest.raises(DamagedLedger, match="Nothing was changed"):
        Ledger.open(small)
    with Ledger.open(small, mend=True, clock=material.clock) as ledger:
        ledger.replace_views(*material.derive(ledger))
    checked = verify(small)
    assert checked.sound
    assert not checked.notes
    with Ledger.open(small, read_only=True) as ledger, Ledger.open(built, read_only=True) as before:
        assert list(ledger.dump_views()) == list(before.dump_views())
        assert ledger.head() == before.head()


def test_mending_takes_in_the_log_of_a_killed_writer(small: Path, material: ModuleType) -> None:
    """A damaged seal after an unclean stop costs no entry, also not those still in the log."""
    with Ledger.open(small) as ledger:
        material.keep(ledger, material.tell(70))
        copy = small.parent / "copy"
        shutil.copytree(small, copy)
    assert (copy / "ledger.sqlite-wal").stat().st_size
    (copy / "ledger.seal").write_bytes(b"{}")
    assert "ledger.seal" in (verify(copy).first_wrong or "")
    with Ledger.open(copy, mend=True) as ledger:
        assert ledger.counts()["report"] == 7
    assert verify(copy).sound


def test_entries_cut_off_the_end_are_missed(small: Path) -> None:
    """Somebody who drops the triggers and deletes the last entries is found out, sealed again or not."""
    with sqlite3.connect(small / "ledger.sqlite") as raw:
        raw.execute("DROP TRIGGER entry_never_deleted")
        raw.execute("DELETE FROM entry WHERE seq > 27")
    raw.close()
    found = verify(small)
    assert "the journal ends with entry 27, but had 30 when it was sealed" in (found.first_wrong or "")
    opened = seal.read(small).__class__(**{**_fields(seal.read(small)), "state": "open"})
    seal.write(small, opened)
    assert "entries were cut off" in (verify(small).first_wrong or "")
    with pytest.raises(DamagedLedger, match="entries were cut off"):
        Ledger.open(small)


def _fields(sealed: seal.Seal) -> dict[str, Any]:
    return {name: getattr(sealed, name) for name in sealed.__struct_fields__}


def test_missing_files_are_named(small: Path) -> None:
    """A capture or the seal that is gone is missed; a stranger in the folder is only noted."""
    (small / "notes.txt").write_text("mine")
    assert verify(small).notes == (f"{small / 'notes.txt'} is not part of the ledger and was not looked at.",)
    first = min(path for path in small.glob("captures/??/*"))
    moved = first.rename(small / "away")
    assert f"{first} of entry" in (verify(small).first_wrong or "")
    moved.rename(first)
    (small / "ledger.lock").write_text("x")
    assert "ledger.lock should be empty" in (verify(small).first_wrong or "")
    Ledger.open(small).close()
    assert verify(small).sound
    (small / "ledger.seal").unlink()
    assert "ledger.seal cannot be read" in (verify(small).first_wrong or "")


def test_a_log_beside_a_sealed_ledger_is_wrong(small: Path) -> None:
    """Changes smuggled in through SQLite's write-ahead log count as changes."""
    raw = sqlite3.connect(small / "ledger.sqlite")
    raw.execute("DELETE FROM incident")
    raw.commit()
    copy = small.parent / "copy"
    shutil.copytree(small, copy)
    raw.close()
    assert "ledger.sqlite-wal holds changes, though the ledger was closed" in (verify(copy).first_wrong or "")


def test_views_that_the_journal_does_not_derive(small: Path, material: ModuleType) -> None:
    """With what the pipeline derives, a wrong or missing row is named even if the ledger was sealed with it."""
    with Ledger.open(small) as ledger:
        incidents, assessments = material.derive(ledger)
        ledger.replace_views(incidents[1:], assessments)
    assert verify(small).sound
    found = verify(small, derive=lambda: (incidents, assessments))
    assert f"The row {'claim'} c" in (found.first_wrong or "") or incidents[0].id in (found.first_wrong or "")
    with Ledger.open(small) as ledger:
        ledger.replace_views(incidents, assessments[1:])
        assert "is missing from the views" in (
            ledger.verify(derive=lambda: material.derive(ledger)).first_wrong or ""
        )
        ledger.replace_views(incidents, assessments)
    with Ledger.open(small, read_only=True) as ledger:
        assert ledger.verify(derive=lambda: material.derive(ledger)).sound


def test_a_forged_entry_with_a_good_chain_is_found(small: Path, material: ModuleType) -> None:
    """Recomputing every hash is not enough: ids, spans and columns must follow from what is said."""
    told = material.tell(0, 1_000)
    claim = told.reading.claims[0]
    place = {"start": 1, "end": 1 + len(claim.words), "id": ""}
    fields = {name: getattr(claim, name) for name in claim.__struct_fields__}
    moved_id = type(claim)(**{**fields, **place}).id
    moved = {**json.loads(canonical(claim)), **place}
    forgeries = {
        "breaks the span law": (moved_id, "claim", claim.report, claim.reader, {**moved, "id": moved_id}),
        "an id that does not follow": (
            "c" + "1" * 32,
            "claim",
            claim.report,
            claim.reader,
            {**moved, "id": "c" + "1" * 32},
        ),
        "columns that do not follow": (moved_id, "claim", None, claim.reader, {**moved, "id": moved_id}),
        "cannot be read": ("c2", "claim", None, None, {"id": "c2"}),
    }
    raw = sqlite3.connect(small / "ledger.sqlite", isolation_level=None)
    last, head = raw.execute("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    raw.execute("DROP TRIGGER entry_never_deleted")
    for words, (id, kind, parent, reader, body) in forgeries.items():
        entry = Entry(
            last + 1, id, kind, parent, reader, canonical(body).decode(), "2031-05-04T03:02:01Z", head, ""
        )
        raw.execute("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?)", entry._replace(hash=chain_hash(entry)))
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        seal.write(small, seal.take(small, last + 1, chain_hash(entry), "2031-05-04T03:02:01Z"))
        found = verify(small).first_wrong or ""
        assert words in found
        assert f"Entry {last + 1} " in found
        raw.execute("DELETE FROM entry WHERE seq > ?", [last])
    raw.close()


def test_progress_is_told(built: Path) -> None:
    """Each part of the work reports what it is and how far it is."""
    told: list[tuple[str, int, int | None]] = []
    verify(built, lambda what, done, total: told.append((what, done, total)))
    assert {what for what, _, _ in told} == {"seal", "journal", "captures", "time stamps", "database"}
    assert ("journal", 30, 30) in told
    assert ("captures", 6, 6) in told


@pytest.mark.long
def test_killed_at_any_moment(tmp_path: Path, material: ModuleType, process: Callable[..., Any]) -> None:
    """Writers killed again and again leave a ledger that verifies and completes to what an unbroken run gives."""
    broken, whole = tmp_path / "broken", tmp_path / "whole"
    result = process("kill", broken, 25, 5, 60)
    assert result["wrong"] == []
    assert result["end"] is None
    material.write_on(whole, 60)
    assert material.journal(broken) == material.journal(whole)
    with Ledger.open(broken, read_only=True) as one, Ledger.open(whole, read_only=True) as other:
        assert list(one.dump_views()) == list(other.dump_views())
        assert one.head() == other.head()
        assert one.views_current()
    assert verify(broken).notes == ()


def test_an_unclean_stop_is_a_note_and_the_next_writer_seals(small: Path, material: ModuleType) -> None:
    """A ledger whose writer died says how much is newer than its seal; its bytes stay as they are."""
    with Ledger.open(small) as ledger:
        material.keep(ledger, material.tell(70))
        copy = small.parent / "copy"
        shutil.copytree(small, copy)
    (copy / "ledger.sqlite-shm").unlink()
    evidence = ["ledger.sqlite", "ledger.sqlite-wal", "ledger.seal"]
    before = [(copy / name).read_bytes() for name in evidence]
    found = verify(copy)
    assert found.sound
    assert "5 entries are newer than the seal" in found.notes[0]
    with Ledger.open(copy, read_only=True) as reader:
        assert reader.counts()["report"] == 7
    assert [(copy / name).read_bytes() for name in evidence] == before
    Ledger.open(copy).close()
    assert seal.read(copy).entries == 35
    assert "unclean" not in " ".join(verify(copy).notes)


STEPS = st.lists(
    st.one_of(
        st.lists(st.integers(0, 7), min_size=1, max_size=4),
        st.sampled_from(["close", "views", "put"]),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def places() -> Iterator[Callable[[], Path]]:
    """New folders for a property's examples."""
    with tempfile.TemporaryDirectory() as name:
        numbers = iter(range(10_000))
        yield lambda: Path(name) / str(next(numbers))


@settings(max_examples=15, deadline=None)
@given(steps=STEPS)
def test_any_history_verifies(
    material: ModuleType, places: Callable[[], Path], steps: list[list[int] | str]
) -> None:
    """Whatever is appended in whatever portions, each report is there once, in the order of first telling."""
    folder = places()
    order: dict[str, None] = {}
    ledger = Ledger.create(folder, clock=material.clock)
    for step in steps:
        if step == "close":
            ledger.close()
            assert verify(folder).sound
            ledger = Ledger.open(folder, clock=material.clock)
        elif step == "views":
            ledger.replace_views(*material.derive(ledger))
        elif step == "put":
            ledger.put(material.tell(9).data)
        else:
            told = [material.tell(int(number)) for number in step]
            for one in told:
                ledger.put(one.data)
            fresh = {one.report.id: None for one in told if one.report.id not in order}
            new = ledger.append(record for one in told for record in (one.capture, *one.records()))
            assert new == 5 * len(fresh)
            order.update(fresh)
    ledger.close()
    checked = verify(folder)
    assert checked.sound
    assert checked.entries == 5 * len(order)
    with Ledger.open(folder, read_only=True) as ledger:
        assert [report.id for report in ledger.records(Report)] == list(order)


def test_damage_is_reported_not_raised(tmp_path: Path, built: Path) -> None:
    """A database cut short, emptied or overwritten is something wrong, not a crash."""
    data = (built / "ledger.sqlite").read_bytes()
    for number, bad in enumerate([b"", data[:3000], data[: len(data) // 2], b"\xff" * 9000, data[::-1]]):
        folder = tmp_path / str(number)
        shutil.copytree(built, folder)
        (folder / "ledger.sqlite").write_bytes(bad)
        found = verify(folder)
        assert found.first_wrong is not None
        assert str(folder / "ledger.sqlite") in found.first_wrong
        with pytest.raises(LedgerError):
            Ledger.open(folder, mend=True)
        assert (folder / "ledger.sqlite").read_bytes() == bad
    assert blocks.tree_of(built / "ledger.sqlite").root == seal.read(built).tree
