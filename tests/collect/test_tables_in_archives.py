"""Tables and mail boxes are read wherever they come up: in archives, compressed, on standard input."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from containers import all_codes, read, squeezed, tarred, zipped

from bearwitness.collect import collect

CSV = (
    b"text,date\nA bomb killed 12 people in Kenema.,2025-03-04\nA raid in Mzuzu left three dead.,2025-05-12\n"
)
OTHER = b"story;day\nA mine killed two herders near Panguma.;2025-06-01\n"
BOX = (
    b"From ann@coastwire.example Mon Mar  3 10:12:13 2025\nFrom: ann@coastwire.example\nSubject: Gate\n\nTwelve died.\n\n"
    b"From bob@lakepost.example Tue Mar  4 11:00:00 2025\nFrom: bob@lakepost.example\nSubject: Mill\n\nThree died.\n"
)


def parquet() -> bytes:
    """The reports of ``CSV`` as Parquet."""
    table = pa.table(
        {
            "text": ["A bomb killed 12 people in Kenema.", "A raid in Mzuzu left three dead."],
            "date": ["2025-03-04", "2025-05-12"],
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def test_rows_and_messages_in_archives() -> None:
    """A row or a message in an archive in an archive is an item, named by the way to it and its number."""
    inner = zipped({"reports.csv": CSV, "in.mbox": BOX, "reports.parquet": parquet()})
    items = read(squeezed(tarred({"2025/all.zip": inner})))
    assert [item.source for item in items] == [
        f"-/2025/all.zip/{name}#{number}"
        for name in ("reports.csv", "in.mbox", "reports.parquet")
        for number in (1, 2)
    ]
    assert dict(items[0].given) == dict(items[4].given) == {"published": "2025-03-04"}
    assert all_codes(items) == []


def test_a_compressed_table_with_the_columns_named(tmp_path: Path) -> None:
    """What the operator says of columns holds for a table under gzip, and for the tables in an archive that have them."""
    packed, archive = tmp_path / "other.csv.gz", tmp_path / "all.zip"
    packed.write_bytes(gzip.compress(OTHER))
    archive.write_bytes(zipped({"other.csv": OTHER}))
    found = list(collect([packed, archive], columns={"text": "story", "published": "day"}))
    assert [(item.source, dict(item.given)) for item in found] == [
        (f"{packed}#1", {"published": "2025-06-01"}),
        (f"{archive}/other.csv#1", {"published": "2025-06-01"}),
    ]


def test_a_table_that_cannot_be_mapped_is_kept_whole() -> None:
    """In an archive, a table without the column named is one item with all its bytes and a problem that names its columns."""
    (item,) = read(zipped({"reports.csv": CSV}), columns={"text": "story"})
    assert (item.source, item.data, item.problems[0].code) == ("-/reports.csv", CSV, "no_text_column")
    assert "date" in item.problems[0].sentence


def test_the_rows_before_the_damage(tmp_path: Path) -> None:
    """Of a compressed table that is cut off the rows before the damage are read, and the damage is one problem."""
    rows = b"".join(b"A bomb killed %d people in Kenema.,2025-03-04\n" % n for n in range(40_000))
    packed = gzip.compress(b"text,date\n" + rows)
    path = tmp_path / "reports.csv.gz"
    path.write_bytes(packed[: len(packed) // 2])
    items = list(collect([path]))
    assert len([item for item in items if item.data]) > 10_000
    assert items[-1].problems[0].code == "damaged"


def test_the_problems_of_a_member_are_those_of_its_rows() -> None:
    """A row of a table with a bad name in an archive says so too."""
    items = read(zipped({"../reports.csv": CSV}))
    assert [[problem.code for problem in item.problems] for item in items] == [["bad_name"], ["bad_name"]]


@pytest.mark.parametrize("end", [0, 20])
def test_what_only_begins_as_parquet(end: int) -> None:
    """What begins as a Parquet file and is none is kept whole, in a pipe as in an archive."""
    data = (parquet()[:60] + b"x" * 300_000)[: 300_060 - end]
    for found in (read(data), read(zipped({"a.parquet": data}))):
        assert [item.data for item in found] == [data]


def test_a_large_parquet_file_out_of_a_pipe() -> None:
    """Parquet has to be held in memory where it cannot be gone about in: past the largest item, none of it is kept."""
    (item,) = read(parquet(), limit=100)
    assert (item.data, item.problems[0].code) == (b"", "too_large")
    assert msgspec.json.encode(item.problems)
