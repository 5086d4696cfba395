"""A seal costs what was changed, and nothing that was altered meanwhile is sealed with it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from bearwitness.errors import DamagedLedger
from bearwitness.record import digest
from bearwitness.store import Ledger, blocks, database, seal, verify

NAME = "ledger.sqlite"


@pytest.fixture
def ledger(small: Path, material: ModuleType) -> Path:
    """A ledger of some blocks, closed where it lies."""
    with Ledger.open(small) as opened:
        material.keep(opened, material.tell(60, 40_000))
    return small


def test_a_writer_digests_only_what_it_changed(
    ledger: Path, material: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opened, added to and closed, without any reading of the whole file; the seal is that of the whole file."""
    with monkeypatch.context() as patch:
        patch.setattr(blocks, "_segments", lambda path: pytest.fail("the whole file was read"))
        for number in range(3):
            with Ledger.open(ledger) as opened:
                material.keep(opened, material.tell(70 + number))
    assert seal.read(ledger).tree == blocks.tree_of(ledger / NAME).root
    assert verify(ledger).sound


@pytest.mark.parametrize("group", [1, 2, 512])
def test_what_is_kept_of_blocks_is_what_the_file_gives(
    ledger: Path, material: ModuleType, monkeypatch: pytest.MonkeyPatch, group: int
) -> None:
    """Over many groups, with a log written back between transactions, as the file grows."""
    monkeypatch.setattr(blocks, "GROUP", group)
    monkeypatch.setattr(blocks, "_SEGMENT", blocks.DIGEST * (group + 1))
    monkeypatch.setattr(database, "_LONG", 20_000)
    (ledger / blocks.NAME).unlink()
    tree = blocks.make(ledger)
    seal.write(ledger, seal.of(tree, *_length(ledger), "2031-05-04T03:02:01Z"))
    for number in range(4):
        with Ledger.open(ledger) as opened:
            for more in range(3):
                material.keep(opened, material.tell(100 + 10 * number + more, 9_000 * more))
            opened.replace_views(*material.derive(opened))
        assert seal.read(ledger).tree == blocks.tree_of(ledger / NAME).root
        assert blocks.fault(ledger, seal.read(ledger).tree) is None


def _length(folder: Path) -> tuple[int, str]:
    with Ledger.open(folder, read_only=True) as opened:
        return opened.head()


def test_what_something_else_altered_is_never_sealed(ledger: Path, material: ModuleType) -> None:
    """A bit that is flipped while a writer is at work, in a block that it writes to, is found when the ledger is closed; what was
    appended is kept, and the ledger is not opened again before it is mended."""
    opened = Ledger.open(ledger)
    with (ledger / NAME).open("r+b") as file:
        file.seek(60)  # the user version in the header, which every transaction writes back as it was
        file.write(b"\1")
    material.keep(opened, material.tell(70))
    with pytest.raises(DamagedLedger, match="Something else than bearwitness altered"):
        opened.close()
    assert "differ from its seal" in (verify(ledger).first_wrong or "")
    with pytest.raises(DamagedLedger, match="Nothing was changed"):
        Ledger.open(ledger)
    with Ledger.open(ledger, mend=True) as opened:
        assert opened.counts()["report"] == 8
    assert verify(ledger).sound


def test_a_block_that_nobody_writes_to_keeps_its_digest(ledger: Path, material: ModuleType) -> None:
    """A bit flipped on the disk without a trace is not sealed by writers that leave the block alone: verify finds it."""
    path = ledger / NAME
    data = path.read_bytes()
    at = data.index(b"word " * 20) if b"word " * 20 in data else len(data) // 2
    with Ledger.open(ledger) as opened:
        with path.open("r+b") as file:
            file.seek(at)
            file.write(bytes([data[at] ^ 4]))
        opened.append([])
    assert verify(ledger).first_wrong is not None


@pytest.mark.parametrize("damage", ["gone", "empty", "flipped", "of another"])
def test_damaged_digests_of_blocks_are_made_anew(ledger: Path, material: ModuleType, damage: str) -> None:
    """They are no evidence: what they say is not believed unless it gives what the seal says."""
    path = ledger / blocks.NAME
    data = bytearray(path.read_bytes())
    if damage == "gone":
        path.unlink()
    else:
        if damage == "flipped":
            data[600] ^= 1
        if damage == "of another":
            data[:64] = b"0" * 64
        path.write_bytes(b"" if damage == "empty" else bytes(data))
        assert f"{blocks.NAME} is not as it was written" in (verify(ledger).first_wrong or "")
    with Ledger.open(ledger) as opened:
        material.keep(opened, material.tell(70))
    assert verify(ledger).sound
    assert path.read_bytes()[:64].decode() == seal.read(ledger).tree


def test_any_bit_of_the_digests_is_checked(ledger: Path) -> None:
    """Wherever it is flipped, verify says so."""
    path = ledger / blocks.NAME
    data, rng = path.read_bytes(), random.Random(3)
    for at in (*range(0, 200, 7), *(rng.randrange(len(data)) for _ in range(20)), len(data) - 1):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :])
        assert blocks.NAME in (verify(ledger).first_wrong or "")
    path.write_bytes(data)
    assert verify(ledger).sound


def test_the_seal_of_an_earlier_version_holds(ledger: Path, material: ModuleType) -> None:
    """A ledger that was closed with the digest of the whole file is checked against it, and sealed anew once it is added to."""
    now = seal.read(ledger)
    (ledger / blocks.NAME).unlink()
    whole = digest((ledger / NAME).read_bytes())
    fields = {name: getattr(now, name) for name in ("state", "entries", "head", "size", "sealed_at")}
    seal.write(ledger, seal.Seal(bearwitness_seal=1, sha256=whole, **fields))
    before = (ledger / "ledger.seal").read_bytes()
    assert verify(ledger).sound
    copy = ledger.parent / "copy"
    shutil.copytree(ledger, copy)
    Ledger.open(ledger).close()
    assert (ledger / "ledger.seal").read_bytes() == before
    with Ledger.open(ledger) as opened:
        material.keep(opened, material.tell(70))
    assert seal.read(ledger).tree
    assert verify(ledger).sound
    with (copy / NAME).open("r+b") as file:
        file.seek(60)
        file.write(b"\1")
    with pytest.raises(DamagedLedger, match="differ from its seal"):
        Ledger.open(copy)
