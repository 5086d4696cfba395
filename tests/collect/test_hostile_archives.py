"""Archives made to harm: each ends within bounds, as a problem with a code; nothing is written anywhere."""

from __future__ import annotations

import io
import os
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from containers import PAGE, all_codes, codes, kept, read, squeezed, tarred, zipped

from bearwitness.collect import collect

TEXT = b"Two hurt in blaze, the Lake Guard said.\n"


@pytest.fixture(scope="module")
def zeros() -> bytes:
    """150 MB of zeros as gzip: a thousandth of their size."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(150)) + packer.flush()


def test_a_gzip_bomb_is_left_at_the_limit(zeros: bytes) -> None:
    """One file that unpacks past the limit is unpacked to the limit and no further, and is not kept."""
    tracemalloc.start()
    (item,) = read(zeros)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert (item.data, codes(item)) == (b"", ["too_large"])


def test_an_archive_that_unpacks_without_measure_is_left(zeros: bytes) -> None:
    """Members that are too large one by one are passed over only until all of them come to too much."""
    head = tarred({"mill.txt": TEXT})[:1024]
    header = bytearray(tarred({"a": b"x"})[:512])
    header[124:136] = b"00777777777\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    items = read(squeezed(head + bytes(header)) + zeros)
    assert kept(items) == {"-/mill.txt": TEXT}
    assert all_codes(items)[-1] == "bomb"


def test_zip_members_that_lie_over_each_other(tmp_path: Path) -> None:
    """A directory that names the same packed bytes a thousand times is left once they are more than the file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", os.urandom(20_000).hex())
    data = out.getvalue()
    end = data.rfind(b"PK\x05\x06")
    at = data.rfind(b"PK\x01\x02", 0, end)
    entry = data[at:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1000, 1000, len(entry) * 1000, at, 0)
    path = tmp_path / "over.zip"
    path.write_bytes(data[:at] + entry * 1000 + tail)
    items = list(collect([path]))
    assert all_codes(items) == ["bomb"]
    assert len(items) < 10


def test_a_zip_of_zips_of_zips() -> None:
    """Sixteen archives in each of sixteen, five levels down, of 8 MB each: what comes before the measure is full is kept,
    then each level stops at once and says so."""
    data = bytes(8_000_000)
    for _ in range(5):
        data = zipped({f"{number}.zip": data for number in range(16)})
    items = read(data, 10_000_000)
    assert sum(map(len, kept(items).values())) <= 80_000_000
    assert set(all_codes(items)) == {"bomb"}
    assert len(items) < 50


def test_archives_without_end_within_each_other() -> None:
    """Ten archives deep, the ninth is kept unopened."""
    data = TEXT
    for _ in range(10):
        data = tarred({"in.tar": data})
    (item,) = read(data)
    assert codes(item) == ["nested"]
    assert item.source == "-" + "/in.tar" * 8
    assert item.media_type == "application/x-tar"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "C:\\boot.ini", "a/../../b"]
)
@pytest.mark.parametrize("make", [zipped, tarred])
def test_names_that_lead_out_are_only_labels(
    make: object, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The member is read under its name without the steps; the problem tells the name; nothing is written."""
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert callable(make)
    (item,) = read(make({name: TEXT}))
    assert item.data == TEXT
    assert codes(item) == ["bad_name"]
    assert name in item.problems[0].sentence
    assert ".." not in item.source
    assert item.source.startswith("-/")
    assert "//" not in item.source
    assert list(tmp_path.rglob("*")) == [tmp_path / "a", folder]


def test_locked_members_are_named() -> None:
    """A member under a password is a problem with its name; the others are read."""
    data = bytearray(zipped({"locked.txt": TEXT, "open.txt": TEXT}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    items = read(bytes(data))
    assert [(item.source, codes(item)) for item in items] == [
        ("-/locked.txt", ["encrypted"]),
        ("-/open.txt", []),
    ]


@pytest.mark.long
def test_a_hundred_thousand_empty_members(tmp_path: Path) -> None:
    """They are counted, not kept one by one."""
    one = tarfile.TarInfo("empty").tobuf()
    path = tmp_path / "empty.tar"
    path.write_bytes(one * 100_000 + bytes(1024))
    (item,) = collect([path])
    assert codes(item) == ["skipped"]
    assert "empty 100,000" in item.problems[0].sentence
    assert len(item.problems[0].sentence) < 1000
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"e"
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"e"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(entry) * 100_000, len(local), 0)
    (tmp_path / "empty.zip").write_bytes(local + entry * 100_000 + end)
    (item,) = collect([tmp_path / "empty.zip"])
    assert codes(item) == ["skipped"]
    assert "empty 100,000" in item.problems[0].sentence


def test_what_came_before_damage_is_kept() -> None:
    """Of an archive that is cut off, whole members and the part of the last are kept; one problem says where it ends."""
    whole = tarred({"a.txt": TEXT, "b.txt": TEXT * 100})
    items = read(whole[: 1536 + 700])
    assert kept(items) == {"-/a.txt": TEXT, "-/b.txt": (TEXT * 100)[: 1536 + 700 - 1536]}
    assert all_codes(items) == ["damaged"]
    packed = squeezed(os.urandom(5000).hex().encode())
    (item,) = read(packed[:3000])
    assert len(item.data) > 2000
    assert codes(item) == ["damaged"]
    assert "byte 3,000" in item.problems[0].sentence
    (item,) = read(packed[:-8] + b"12345678")
    assert codes(item) == ["damaged"]


def test_a_tar_with_a_header_that_does_not_add_up() -> None:
    """Reading ends there, and the problem says at which byte."""
    data = bytearray(tarred({"a.txt": TEXT, "b.txt": TEXT}))
    data[1024] ^= 1
    items = read(bytes(data))
    assert kept(items) == {"-/a.txt": TEXT}
    assert all_codes(items) == ["damaged"]
    assert "at byte 1,024" in items[-1].problems[0].sentence


def test_a_tar_with_endless_extension_headers() -> None:
    """Extension headers one after the other, or one that is larger than any name, end the archive."""
    chain = tarfile.TarInfo("x")
    chain.type = tarfile.XHDTYPE
    assert all_codes(read(chain.tobuf(tarfile.USTAR_FORMAT) * 10_000)) == ["damaged"]
    chain.size = 1_000_000_000
    assert all_codes(read(chain.tobuf(tarfile.USTAR_FORMAT) + bytes(10_000))) == ["damaged"]


def test_a_zip_that_lies() -> None:
    """A wrong check sum is a problem of the member, whose bytes are kept; one that is not where it should be is named;
    one in a method that is not read too; a directory that is damaged, and a file without one, are said."""
    sound = zipped({"a.txt": TEXT, "b.txt": TEXT}, zipfile.ZIP_STORED)
    (first, second) = read(sound.replace(TEXT, TEXT.replace(b"Two", b"Ten"), 1))
    assert (codes(first), first.data[:3], codes(second)) == (["digest_mismatch"], b"Ten", [])
    at = sound.index(b"PK\x01\x02")
    moved = bytearray(sound)
    moved[at + 42 : at + 46] = b"\x05\0\0\0"
    assert all_codes(read(bytes(moved))) == ["damaged"]
    assert all_codes(read(zipped({"a.txt": TEXT}, zipfile.ZIP_LZMA))) == ["undecoded"]
    broken = bytearray(sound)
    broken[sound.rindex(b"PK\x01\x02")] = 0
    items = read(bytes(broken))
    assert kept(items) == {"-/a.txt": TEXT}
    assert all_codes(items) == ["damaged"]
    (item,) = read(sound[:-30])
    assert (item.data, codes(item)) == (sound[:-30], ["damaged"])


def test_a_member_over_the_limit_is_named_with_its_digest(tmp_path: Path) -> None:
    """The rest of the archive is still read."""
    path = tmp_path / "pages.tar"
    path.write_bytes(tarred({"large.txt": TEXT * 1000, "page.html": PAGE}))
    first, second = collect([path], limit=20_000)
    assert codes(first) == ["too_large"]
    assert "40,000 bytes, SHA-256" in first.problems[0].sentence
    assert second.data == PAGE
