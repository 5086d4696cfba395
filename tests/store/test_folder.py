"""Opening: what is no ledger, one writer at a time, readers everywhere, and full disks."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from bearwitness.errors import DamagedLedger, LedgerError
from bearwitness.record import canonical, digest
from bearwitness.store import Ledger, seal, verify
from bearwitness.store.schema import FORMAT


def test_what_is_no_ledger_is_said_so(tmp_path: Path, built: Path) -> None:
    """A missing path, a file, a folder of other things and a foreign database each get their own sentence."""
    file = tmp_path / "file"
    file.write_text("x")
    folder = tmp_path / "folder"
    folder.mkdir()
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    sqlite3.connect(foreign / "ledger.sqlite").execute("CREATE TABLE t (a)").connection.close()
    noise = tmp_path / "noise"
    noise.mkdir()
    (noise / "ledger.sqlite").write_bytes(b"noise" * 1000)
    for path, words in {
        tmp_path / "nowhere": "There is no ledger at .*nowhere.*bearwitness init",
        file: "is a file; a ledger is a folder",
        folder: "is not a ledger: it has no ledger.sqlite",
        foreign: "not a ledger of bearwitness",
        noise: "is not a database",
    }.items():
        with pytest.raises(LedgerError, match=words):
            Ledger.open(path, read_only=True)
    for path in (foreign, noise):
        with pytest.raises(DamagedLedger, match=r"The seal .* cannot be read"):
            Ledger.open(path)
    for path, words in {
        file: "is a file; a ledger is a folder",
        file / "below": "No ledger can be made",
        tmp_path: "is not empty",
        built: "There is a ledger in .* already",
    }.items():
        with pytest.raises(LedgerError, match=words):
            Ledger.create(path)
    with pytest.raises(LedgerError, match="There is no ledger"):
        verify(tmp_path / "nowhere")


def test_a_creation_that_was_killed_can_be_run_again(tmp_path: Path) -> None:
    """Leftovers of a half-made ledger are no reason to refuse the folder."""
    folder = tmp_path / "ledger"
    (folder / "captures" / ".incoming").mkdir(parents=True)
    (folder / "ledger.lock").touch()
    (folder / "ledger.sqlite.new").write_bytes(b"half")
    (folder / "ledger.sqlite.new-journal").write_bytes(b"half")
    (folder / "ledger.seal").write_bytes(b"{}")
    with Ledger.create(folder) as ledger:
        assert ledger.counts() == {}
    assert verify(folder).sound
    assert sorted(path.name for path in folder.iterdir()) == [
        "captures",
        "ledger.blocks",
        "ledger.lock",
        "ledger.seal",
        "ledger.sqlite",
    ]


def test_one_writer_and_any_number_of_readers(small: Path, material: ModuleType) -> None:
    """A second writer is told who is in the way; readers go on and see what is appended."""
    with Ledger.open(small) as writer, Ledger.open(small, read_only=True) as reader:
        with pytest.raises(LedgerError, match=r"Another bearwitness process is writing to .*ledger"):
            Ledger.open(small)
        before = reader.counts()["report"]
        material.keep(writer, material.tell(50))
        assert reader.counts()["report"] == before + 1
        notes = reader.verify().notes
        assert any("being written to now" in note for note in notes)
    with Ledger.open(small) as writer:
        assert writer.counts()["report"] == before + 1
    assert verify(small).notes == ("The views are older than the journal: run `bearwitness update`.",)


def test_a_writer_that_changes_nothing_leaves_the_same_bytes(small: Path) -> None:
    """Opening and closing for writing, with nothing appended, gives the same files, seal and all."""
    before = contents(small)
    with Ledger.open(small) as ledger:
        assert ledger.counts()
    assert contents(small) == before


def test_reading_and_verifying_leave_the_same_bytes(small: Path) -> None:
    """A reader changes no file, and tidies up what SQLite makes beside it."""
    before = contents(small)
    with Ledger.open(small, read_only=True) as ledger:
        assert len(list(ledger.dump_views())) == 24
        assert ledger.verify().sound
        assert ledger.counts()
    assert verify(small).sound
    assert contents(small) == before


@pytest.fixture
def archive(built: Path) -> Iterator[Path]:
    """A ledger that others may read and nobody may write, outside the tests' private folder."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "ledger"
        shutil.copytree(built, folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield folder
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_read_only_folder_is_readable(archive: Path, process: Callable[..., Any]) -> None:
    """Reading and verifying work where nothing may be written; opening for writing says why it does not."""
    found = process("nobody", archive, "read")
    assert found["wrong"] is None
    assert found["entries"] == 30
    assert len(found["data"]) == 6
    assert "cannot be written to (Permission denied)" in process("nobody", archive, "write")["error"]


@pytest.mark.parametrize("limit", [100, 50_000, 100_000, 300_000])
def test_a_full_disk_loses_nothing_that_was_kept(
    tmp_path: Path, material: ModuleType, process: Callable[..., Any], limit: int
) -> None:
    """When files cannot grow the error says so; what was kept before verifies, and the run completes later."""
    folder = tmp_path / "ledger"
    Ledger.create(folder, clock=material.clock).close()
    found = process("fill", folder, limit)
    assert "The ledger" in found["error"]
    assert "run it again" in found["error"]
    assert found["kept"] > 2 or limit < 300_000
    assert verify(folder).sound
    with Ledger.open(folder, clock=material.clock) as ledger:
        assert ledger.counts().get("reading", 0) == found["kept"]
        for number in range(found["kept"] + 1):
            material.keep(ledger, material.tell(number, 2_000))
        assert ledger.counts()["report"] == found["kept"] + 1
    checked = verify(folder)
    assert checked.sound
    assert not any("sealed" in note for note in checked.notes)


def test_a_ledger_of_a_newer_version_is_refused(small: Path) -> None:
    """A later format, a later form of seal, and a kind of entry not known are each named as such."""
    with sqlite3.connect(small / "ledger.sqlite") as raw:
        raw.execute("UPDATE ledger SET value = ? WHERE name = 'format'", [str(FORMAT + 1)])
    raw.close()
    sealed_again(small)
    for read_only in (True, False):
        with pytest.raises(
            LedgerError, match=f"has format {FORMAT + 1}; this bearwitness knows format {FORMAT}"
        ):
            Ledger.open(small, read_only=read_only)
    with pytest.raises(LedgerError, match=f"format {FORMAT + 1}"):
        verify(small)
    with sqlite3.connect(small / "ledger.sqlite") as raw:
        raw.execute("UPDATE ledger SET value = ? WHERE name = 'format'", [str(FORMAT)])
        last, head = raw.execute("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
        columns = [last + 1, "y1", "testimony", None, None, "{}", "2031-05-04T03:02:01Z", head]
        raw.execute("INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?)", [*columns, digest(canonical(columns))])
    raw.close()
    sealed_again(small)
    with Ledger.open(small, read_only=True) as ledger, pytest.raises(LedgerError, match="kind 'testimony'"):
        ledger.get("y1")
    with pytest.raises(LedgerError, match="a newer version wrote it"):
        verify(small)
    newer = {**msgspec.structs.asdict(seal.read(small)), "bearwitness_seal": 3, "signed_by": "x", "check": ""}
    (small / "ledger.seal").write_bytes(canonical({**newer, "check": digest(canonical(newer))}) + b"\n")
    with pytest.raises(LedgerError, match="made by a newer bearwitness"):
        Ledger.open(small)


def test_unfinished_captures_are_cleared_and_orphans_completed(small: Path, material: ModuleType) -> None:
    """A killed run's half-written file goes; a capture file without its entry is taken up by the next run."""
    told = material.tell(60)
    with Ledger.open(small) as ledger:
        ledger.put(told.data)
    half = small / "captures" / ".incoming" / "half"
    half.write_bytes(b"half")
    checked = verify(small)
    assert checked.sound
    assert "unfinished" in checked.notes[0]
    with Ledger.open(small) as ledger:
        assert not half.exists()
        assert ledger.keep(told.data, told.capture) is True
        assert ledger.data(told.capture) == told.data


def test_a_damaged_capture_is_named_when_read_or_kept_again(small: Path, material: ModuleType) -> None:
    """Altered or missing bytes are never handed on."""
    told = material.tell(3, 1_000)
    path = small / "captures" / told.capture.sha256[:2] / told.capture.sha256
    with Ledger.open(small) as ledger:
        path.chmod(0o644)
        path.write_bytes(told.data.replace(b"killed", b"kissed"))
        for act in (lambda: ledger.data(told.capture), lambda: ledger.keep(told.data, told.capture)):
            with pytest.raises(DamagedLedger, match=told.capture.sha256):
                act()
        path.unlink()
        with pytest.raises(DamagedLedger, match=r"3\.txt.* cannot be read"):
            ledger.data(told.capture)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def sealed_again(folder: Path) -> None:
    """Make the seal that a program which changed the database would have made."""
    with sqlite3.connect(folder / "ledger.sqlite") as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        last, head = raw.execute("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    raw.close()
    seal.write(folder, seal.take(folder, last, head, "2031-05-04T03:02:01Z"))
