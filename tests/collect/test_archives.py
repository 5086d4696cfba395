"""ZIP, TAR and compressed files: what lies in them is read wherever they come up."""

from __future__ import annotations

import io
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
from containers import PAGE, all_codes, codes, kept, read, squeezed, tarred, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from bearwitness.collect import collect, media_type

TEXT = b"Gunmen attacked a mill in Mzuzu, Malawi, and killed three guards, Coast Wire reported.\n"
MEMBERS = {"gate.html": PAGE, "reports/mill.txt": TEXT}


def test_a_zip_gives_its_members_as_items(tmp_path: Path) -> None:
    """Each member is an item whose source names the archive and the member, whatever the archive is called."""
    path = tmp_path / "pages.txt"
    path.write_bytes(zipped(MEMBERS))
    items = list(collect([path]))
    assert [(item.source, item.data, item.media_type) for item in items] == [
        (f"{path}/gate.html", PAGE, "text/html"),
        (f"{path}/reports/mill.txt", TEXT, "text/plain"),
    ]
    assert all_codes(items) == []


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_zip_out_of_a_pipe(method: int) -> None:
    """Where the archive cannot be gone about in it is held in memory; all common methods are read."""
    assert kept(read(zipped(MEMBERS, method))) == {f"-/{name}": data for name, data in MEMBERS.items()}


def test_a_zip_behind_other_bytes() -> None:
    """Offsets count from where the archive begins: of two archives in a row, the second counts, as for other programs."""
    assert kept(read(zipped({"old.txt": b"x"}) + zipped(MEMBERS))) == {
        f"-/{name}": data for name, data in MEMBERS.items()
    }


def test_a_zip_in_the_large_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes, offsets and counts that an archive of many gigabytes has are read from their own fields."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 50)
    data = zipped(MEMBERS)
    assert b"PK\x06\x06" in data
    assert kept(read(data)) == {f"-/{name}": data for name, data in MEMBERS.items()}


def test_a_zip_of_the_program_zip(tmp_path: Path) -> None:
    """An archive that the program zip streams to its output has its sizes only behind the members and in the directory."""
    (tmp_path / "gate.html").write_bytes(PAGE)
    packed = subprocess.run(
        ["zip", "-q", "-", "gate.html"], cwd=tmp_path, capture_output=True, check=True
    ).stdout
    assert kept(read(packed)) == {"-/gate.html": PAGE}


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_gives_its_members_as_items(form: int) -> None:
    """All three forms, with names longer than a header has room for."""
    long = {"a" * 90 + "/" + "b" * 60 + ".txt": TEXT} | (
        {} if form == tarfile.USTAR_FORMAT else {"ü" * 200: TEXT}
    )
    members = MEMBERS | long
    items = read(tarred(members, form))
    assert kept(items) == {f"-/{name}": data for name, data in members.items()}
    assert all_codes(items) == []


@pytest.mark.parametrize("program", ["gzip", "bzip2", "xz"])
def test_compressed_files(tmp_path: Path, program: str) -> None:
    """The item is what the file unpacks to, all members of it; a compressed TAR gives its members."""
    for name, data in {"mill.txt": TEXT, "pages.tar": tarred(MEMBERS)}.items():
        (tmp_path / name).write_bytes(data)
        subprocess.run([program, name], cwd=tmp_path, check=True)
    (mill,) = tmp_path.glob("mill.txt.*")
    mill.write_bytes(mill.read_bytes() * 2)
    found = kept(list(collect([tmp_path])))
    (pages,) = tmp_path.glob("pages.tar.*")
    assert found == {str(mill): TEXT * 2} | {f"{pages}/{name}": data for name, data in MEMBERS.items()}


def test_archives_within_archives() -> None:
    """A page in a compressed file in a ZIP in a compressed TAR is found, and its source names the way."""
    data = squeezed(tarred({"in/pages.zip": zipped({"gate.html.gz": squeezed(PAGE)})}))
    assert kept(read(data)) == {"-/in/pages.zip/gate.html.gz": PAGE}


def test_documents_that_are_zip_archives_are_kept_whole() -> None:
    """A word processor's file is one thing; its parts are not reports."""
    data = zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<p>Two hurt</p>"})
    (item,) = read(data)
    assert (item.data, item.media_type, item.problems) == (data, "application/zip", ())


def test_what_is_no_file_is_passed_over_and_counted() -> None:
    """Links, devices, hidden names, empty files and folders give no items; one problem counts and names them."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, sort in {
            "s": tarfile.SYMTYPE,
            "h": tarfile.LNKTYPE,
            "d": tarfile.CHRTYPE,
            "f": tarfile.DIRTYPE,
        }.items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = sort, "/etc/passwd"
            archive.addfile(member)
        for name, data in {".secret": b"x", "empty.txt": b"", "mill.txt": TEXT}.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    first, last = read(out.getvalue())
    assert (first.source, first.data) == ("-/mill.txt", TEXT)
    assert codes(last) == ["skipped"]
    assert (
        last.problems[0].sentence
        == "In - were passed over: links 2, devices 1, hidden 1, empty 1: s, h, d, .secret, empty.txt."
    )


def test_a_link_in_a_zip_is_not_followed() -> None:
    """A symbolic link in a ZIP archive is a member that holds a path; it is counted and passed over."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("mill.txt", TEXT)
    items = read(out.getvalue())
    assert kept(items) == {"-/mill.txt": TEXT}
    assert all_codes(items) == ["skipped"]


ANY = st.dictionaries(st.text("abc/.é", min_size=1, max_size=12), st.binary(max_size=300), max_size=6)


@settings(max_examples=25, deadline=None)
@given(ANY)
def test_we_read_what_the_standard_library_writes(members: dict[str, bytes]) -> None:
    """Whatever is put into an archive, its bytes come out, or are counted as passed over. What begins as an archive does
    is left aside: it comes out whole if it is damaged, and opened if it is sound."""
    for data in (zipped(members), tarred(members), squeezed(tarred(members, tarfile.GNU_FORMAT))):
        if not data.strip(b"\0") or data == squeezed(bytes(10240)):
            continue  # a TAR archive with nothing in it is nothing but zeros
        items = read(data)
        whole = [
            member
            for name, member in members.items()
            if member and not is_hidden(name) and not opened(member)
        ]
        found = [item.data for item in items if item.data and not opened(item.data)]
        assert sorted(found) == sorted(whole)


def is_hidden(name: str) -> bool:
    """Whether a name or a folder above it is hidden."""
    return any(part.startswith(".") and part not in (".", "..") for part in name.split("/"))


def opened(data: bytes) -> bool:
    """Whether bytes look like a container, which is opened or found damaged."""
    return media_type(data) in (
        "application/zip",
        "application/gzip",
        "application/x-bzip2",
        "application/x-xz",
    )


SOUND = (
    zipped(MEMBERS),
    tarred(MEMBERS),
    squeezed(tarred(MEMBERS)),
    zipped({"a.zip": zipped(MEMBERS), "b.gz": squeezed(TEXT)}, zipfile.ZIP_BZIP2),
    tarred({"ü" * 200: TEXT}, tarfile.GNU_FORMAT),
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(range(len(SOUND))), st.data())
def test_any_bytes_end_well(which: int, data: st.DataObject) -> None:
    """Archives with bytes changed, cut off or put in never raise, and every problem has a known code."""
    sound = SOUND[which]
    at = data.draw(st.integers(0, len(sound)))
    changed = sound[:at] + data.draw(st.binary(max_size=30)) + sound[data.draw(st.integers(at, len(sound))) :]
    all_codes(read(changed))
