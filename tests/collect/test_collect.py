"""Collecting files, folders and standard input."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest

from bearwitness.collect import Item, collect, media_type
from bearwitness.errors import PROBLEMS, InputError
from bearwitness.record import digest

if TYPE_CHECKING:
    from pathlib import Path


def codes(item: Item) -> list[str]:
    """The problem codes of an item; every one must be known."""
    assert all(problem.code in PROBLEMS for problem in item.problems)
    return [problem.code for problem in item.problems]


def test_a_file_is_given_byte_for_byte(tmp_path: Path) -> None:
    """The data of an item is what the file holds: no newline, mark or null is changed."""
    data = b"\xef\xbb\xbfTwo hurt in blaze\r\n\x00\xff\n"
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    (item,) = collect([path])
    assert (item.data, item.source, item.problems) == (data, str(path), ())


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    """Files come in the order of their names, folder by folder, however the disk lists them."""
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    found = [item.data.decode() for item in collect([str(tmp_path)])]
    assert found == ["a/b/c.txt", "a/z.txt", "b.txt", "c.txt"]


def test_hidden_files_are_passed_over_and_named(tmp_path: Path) -> None:
    """A hidden file gives no item of its own; one item for the folder names those passed over."""
    (tmp_path / ".secret").write_text("x")
    (tmp_path / ".cache").mkdir()
    (tmp_path / "a.txt").write_text("a")
    first, last = collect([tmp_path])
    assert first.data == b"a"
    assert codes(last) == ["skipped"]
    assert ".cache, .secret" in last.problems[0].sentence


def test_links_that_lead_back_or_nowhere_are_problems(tmp_path: Path) -> None:
    """A folder that links to itself is walked once, and a broken link is named; the rest is still read."""
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = {item.source.rsplit("/", 1)[-1]: item for item in collect([tmp_path])}
    assert found["a.txt"].data == b"a"
    assert [codes(found[name]) for name in ("loop", "nowhere", "self")] == [["skipped"]] * 3


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    """A named pipe would block for ever; it is passed over with a problem."""
    os.mkfifo(tmp_path / "pipe")
    (item,) = collect([tmp_path])
    assert codes(item) == ["skipped"]


def test_a_file_that_vanishes_is_a_problem(tmp_path: Path) -> None:
    """A file that cannot be read any more when its turn comes gives an item that says so; the run goes on."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    items = collect([tmp_path / "a.txt", tmp_path / "b.txt"])
    (tmp_path / "a.txt").unlink()
    first, second = items
    assert (codes(first), first.data, second.data) == (["unreadable"], b"", b"b.txt")


def test_a_missing_path_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    """The operator's slip is named at once, not after half the work."""
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(InputError, match=r"no-such-file\.txt: there is no such file"):
        collect([tmp_path / "a.txt", tmp_path / "no-such-file.txt"])
    with pytest.raises(InputError, match="cannot be opened"):
        collect([str(tmp_path) + "/\0"])


def test_standard_input_is_one_item() -> None:
    """ "-" reads the stream to its end."""
    (item,) = collect(["-"], stdin=io.BytesIO(b"Two hurt in blaze\n"))
    assert (item.source, item.data, item.media_type) == ("-", b"Two hurt in blaze\n", "text/plain")


def test_a_file_over_the_limit_is_not_cut(tmp_path: Path) -> None:
    """Nothing of it is kept, and the problem names its size and digest; a file of just the limit is kept whole."""
    data = b"x" * 3_000_000
    (tmp_path / "large.txt").write_bytes(data)
    (item,) = collect([tmp_path / "large.txt"], limit=len(data) - 1)
    assert (item.data, codes(item)) == (b"", ["too_large"])
    assert "3,000,000 bytes" in item.problems[0].sentence
    assert digest(data) in item.problems[0].sentence
    (item,) = collect([tmp_path / "large.txt"], limit=len(data))
    assert (item.data, item.problems) == (data, ())


def test_a_stream_without_end_is_left_at_the_limit() -> None:
    """A stream that never ends is not read for ever."""

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b"x" * size

    (item,) = collect(["-"], stdin=Endless(), limit=10_000_000)  # type: ignore[arg-type]
    assert codes(item) == ["too_large"]


def test_a_name_that_is_no_text_can_still_be_written_down(tmp_path: Path) -> None:
    """File names are bytes; one that is not UTF-8 gives a source that encodes."""
    path = os.fsencode(tmp_path) + b"/r\xe9port.txt"
    with open(path, "wb") as stream:  # noqa: PTH123 - the name is bytes
        stream.write(b"x")
    (item,) = collect([tmp_path])
    assert item.source.endswith("r\ufffdport.txt")
    assert item.data == b"x"
    item.source.encode()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"<!DOCTYPE html><html><body>x", "page.txt", "text/html"),
        (b"\n <!-- saved --> <HTML>", "", "text/html"),
        ("<html><body>x</body></html>".encode("utf-16"), "", "text/html"),
        (b"<div><p>a</p><p>b</p><p>c</p></div>", "", "text/html"),
        (b"Words with a tag <b>or two</b> in <i>them</i>.", "note.txt", "text/plain"),
        (b"Words. <p>Words.</p>", "page.html", "text/html"),
        (b"No tags at all", "page.html", "text/plain"),
        (b"", "empty.html", "text/plain"),
        ("Zwölf Verletzte".encode("latin-1"), "", "text/plain"),
        ("Two hurt in blaze".encode("utf-16-le"), "", "text/plain"),
        (b"%PDF-1.7 ...", "report.txt", "application/pdf"),
        (b"PK\x03\x04....", "report.html", "application/zip"),
        (bytes(range(256)) * 8, "report.txt", "application/octet-stream"),
    ],
)
def test_the_bytes_say_what_they_are(data: bytes, name: str, expected: str) -> None:
    """The media type follows from the content; the name decides only where tags are few."""
    assert media_type(data, name) == expected


def test_what_we_made_ourselves_is_not_collected(tmp_path: Path) -> None:
    """A ledger or a published site beside the reports is passed over, and named."""
    (tmp_path / "report.txt").write_text("Two hurt in blaze.")
    for folder, mark in (("ledger", "ledger.seal"), ("site", "bearwitness-site.txt")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / mark).write_text("x")
        (tmp_path / folder / "page.html").write_text("<p>Two hurt in blaze.</p>")
    items = list(collect([tmp_path]))
    assert [item.data for item in items if item.data] == [b"Two hurt in blaze."]
    assert [problem.where.rsplit("/", 1)[-1] for item in items for problem in item.problems] == [
        "ledger",
        "site",
    ]
    assert all(codes(item) == ["skipped"] for item in items if not item.data)
