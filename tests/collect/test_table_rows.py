"""Collecting tables: which files are tables, their rows byte for byte, and what columns say."""

from __future__ import annotations

import base64
import csv
import io
import json
import tracemalloc
import zlib
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from bearwitness import rows
from bearwitness.collect import Item, collect, table_rows
from bearwitness.errors import InputError
from bearwitness.read import read
from bearwitness.record import Capture, Report, digest

STORY = 'A bomb killed 12 people in Kenema, Sierra Leone, on Monday, "police" said.\r\nThe Northern Column; denied it.'
ROWS = [
    {"date": "2025-03-04", "source": "Coast Wire", "headline": "Blast at Kenema gate", "text": STORY},
    {
        "date": "2025-03-05",
        "source": "Eastern Mirror",
        "headline": "Two hurt",
        "text": "A raid wounded two in Mzuzu.",
    },
]


def delimited(*, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """The rows as the standard library writes them."""
    written = io.StringIO()
    writer = csv.DictWriter(written, ROWS[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return written.getvalue().encode(encoding)


def found(path: Path | str, data: bytes, columns: dict[str, str] | None = None, **options: int) -> list[Item]:
    """The items of a file that holds ``data``."""
    if path == "-":
        return list(collect(["-"], stdin=io.BytesIO(data), columns=columns, **options))
    assert isinstance(path, Path)
    path.write_bytes(data)
    return list(collect([path], columns=columns, **options))


def report(item: Item) -> Report:
    """What is read of an item."""
    capture = Capture(
        sha256=digest(item.data),
        size=len(item.data),
        source=item.source,
        media_type=item.media_type,
        given=dict(item.given),
        problems=item.problems,
    )
    return read(item.data, capture)


def codes(items: list[Item]) -> list[list[str]]:
    """Of each item, the codes of what is wrong with it or its report."""
    return [[problem.code for problem in report(item).problems] for item in items]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_rows_of_delimited_text(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """The delimiter and the encoding are recognised; each row is kept as the bytes it was, and read."""
    raw = delimited(delimiter=delimiter, encoding=encoding).replace(
        "Blast at".encode(encoding.replace("-sig", "").replace("utf-16", "utf-16-le")),
        "Blast “at”".encode(encoding.replace("-sig", "").replace("utf-16", "utf-16-le")),
    )
    items = found(tmp_path / "reports.csv", raw)
    assert [item.source.rsplit("/", 1)[-1] for item in items] == ["reports.csv#1", "reports.csv#2"]
    assert raw.endswith(b"".join(item.data for item in items))
    first = report(items[0])
    assert first.text == f"Blast “at” Kenema gate\n\n{STORY}"
    assert (first.title, first.outlet) == ("Blast “at” Kenema gate", "Coast Wire")
    assert (first.published, first.published_basis) == ("2025-03-04", "given")


def test_rows_of_json_lines(tmp_path: Path) -> None:
    """They are known by their content, whatever the file is called; blank lines do not count."""
    lines = [json.dumps(row).encode() + b"\n" for row in ROWS]
    items = found(tmp_path / "dump", lines[0] + b"\n" + lines[1])
    assert [item.data for item in items] == lines
    assert [report(item).text for item in items] == [f"{row['headline']}\n\n{row['text']}" for row in ROWS]


def test_rows_of_parquet(tmp_path: Path) -> None:
    """A row is kept as JSON of all its cells; days and times come out as such."""
    made = pa.Table.from_pylist([row | {"date": date(2025, 3, 4), "size": 3, "raw": b"x"} for row in ROWS])
    parquet.write_table(made, tmp_path / "reports.parquet", row_group_size=1)
    for path in (tmp_path / "reports.parquet", tmp_path):
        items = list(collect([path]))
        assert [item.source.rsplit("#", 1)[-1] for item in items] == ["1", "2"]
        assert rows.json_object(items[1].data) == {**ROWS[1], "date": "2025-03-04", "size": 3, "raw": "eA=="}
        assert report(items[0]).published == "2025-03-04"
    items = list(collect(["-"], stdin=io.BytesIO((tmp_path / "reports.parquet").read_bytes())))
    assert len(items) == 2


# Found by bench/fuzz.py: an invented table of one page, in whose description the size of a histogram was changed.
DEADLY = (
    "c-nna%}yIJ5T4yc7N7`)NVaTg55BPCkfcdSB7}08rJ+Fu%C1zky^#bf{48Wi!jHtYM-Ds$2aY}T4SL}*cmrOb2fW@u8c`U@<JtN7"
    "zL~YXgF%_5=?ZOZQky~!zzI13pzQRIJM!ot4Aq`2S7fC6QK*U(XpXWxB{Zwo)&G+?f2(|9L1WKKTWexj1T?in<umnsbxsE=rAn<("
    "S}v5T(`3Y{!_wR&%Kx!n<BCQNI2m^L)p47qfo2wMo*t>o(IRX*IxTVRwMS~~U_>|~?}9@!q6Q=@l5}b_!v0$9r|s^#GjR)V4)^ZZ"
    "BClr!YJ*l;y*1d4C5Ui=XznT2xF^GUXR%+FdvCkf_WPs1#(w<s49#v+jJPxGcM62VGZ+M4zO5#|g+EvyVyR;+J|^-R@dCXbt|Rtv"
    "t!I3mhqx6RYls`hG1)OO6U*rBLk+s3jplmOI1NY>UnHjTj(&U(Li4$0@_qFD82=Mu7e9`{UW)v$roYxyt7E=a5UQ4slafgsxQyC^"
    "(=#<Hbfc)y9t`>y@>~su2mKRSsTWJdvdHVxk1s$~-<}=)9G(DQRiu>"
)


def test_a_parquet_file_that_ends_the_program_which_reads_it_is_a_problem(tmp_path: Path) -> None:
    """pyarrow aborts on it, and would take this process with it; what comes beside it is read all the same."""
    deadly = zlib.decompress(base64.b85decode(DEADLY))
    (tmp_path / "a.parquet").write_bytes(deadly)
    (tmp_path / "b.csv").write_text("text\nA bomb killed 12 people.\n", encoding="utf-8")
    broken, row = collect([tmp_path])
    assert (broken.data, [one.code for one in broken.problems]) == (deadly, ["unreadable"])
    assert "ends the program" in broken.problems[0].sentence
    assert not row.problems


def test_a_damaged_parquet_file_is_kept_as_it_is(tmp_path: Path) -> None:
    """Cut or garbled, it is no table: one item with all its bytes, or the rows before the damage and a problem."""
    parquet.write_table(pa.Table.from_pylist(ROWS * 100), tmp_path / "x")
    raw = (tmp_path / "x").read_bytes()
    for data in (raw[:-20], b"PAR1", raw[:50] + bytes(40) + raw[90:]):
        items = found(tmp_path / "reports.parquet", data)
        assert items[-1].data in (data, b"")
        assert codes(items)[-1] == ["unreadable"]


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    """Without a name that says so and a column that is plainly the text, delimited text stays a text."""
    prose = b"In the text, he said, is all.\nA bomb killed 12 people, police said.\n"
    for name, data in (
        ("a.csv", prose),
        ("a.txt", delimited()),
        ("b.csv", b"A bomb, police said\nKilled four, five, or six people.\n"),
        ("c.txt", b'{"a": 1}\n'),
    ):
        (item,) = found(tmp_path / name, data)
        assert (item.data, item.media_type) == (data, "text/plain")


@pytest.mark.parametrize(
    "data",
    [b"day,story\n1,A bomb.\n", b'day;paper;story\n2025-03-04;C;"A bomb, police said."\n2025-03-04;C\n'],
)
def test_a_table_without_a_column_for_the_text_is_not_read_as_prose(tmp_path: Path, data: bytes) -> None:
    """A file named so with a plain header: in a folder it is kept whole with a problem that names its columns, and by
    itself it is an error, whatever the delimiter."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "rows.csv").write_bytes(data)
    (item,) = collect([folder])
    assert item.data == data
    assert [problem.code for problem in item.problems] == ["no_text_column"]
    assert "day, " in item.problems[0].sentence
    with pytest.raises(InputError, match=r"the columns are: day, .*story"):
        collect([folder / "rows.csv"])


def test_the_operator_says_which_columns(tmp_path: Path) -> None:
    """Then any delimited text is a table; names count whatever their case, and "" says that no column holds it."""
    data = b"Day;Paper;Body text\n2025-03-04;Coast Wire;A bomb killed 12 people in Kenema, police said.\n"
    columns = {"text": "body TEXT", "published": "Day", "outlet": ""}
    for path in (tmp_path / "reports.txt", "-"):
        (item,) = found(path, data, columns)
        assert dict(item.given) == {"published": "2025-03-04"}
        assert report(item).text == "A bomb killed 12 people in Kenema, police said."


def test_a_column_that_is_not_there_is_an_error_that_names_those_that_are(tmp_path: Path) -> None:
    """Before anything is read; in a folder it is a problem of that one file."""
    for name, data in (("a.csv", delimited()), ("a.jsonl", json.dumps(ROWS[0]).encode())):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(
            InputError, match="no column “story”; the columns are: date, source, headline, text"
        ):
            collect([tmp_path / name], columns={"text": "story"})
    (item, other) = collect([tmp_path], columns={"text": "story"})
    assert [problem.code for one in (item, other) for problem in one.problems] == ["no_text_column"] * 2
    assert item.data == delimited()
    (tmp_path / "b.jsonl").write_bytes(b'{"a": 1}\n{"a": 2}\n')
    with pytest.raises(InputError, match="no column known to hold the text; the columns are: a"):
        collect([tmp_path / "b.jsonl"])


def test_bad_rows_are_problems_that_name_the_row(tmp_path: Path) -> None:
    """Each is kept as it came; the others are read."""
    lines = [
        b'{"text": "A bomb killed 12 people in Kenema."}\n',
        b'{"text": \n',
        b"[1]\n",
        b'{"text": 3.5, "x": {}}\n',
        b'{"x": 1}\n',
        b"\xff\n",
        b"[" * 50_000 + b"\n",
    ]
    items = found(tmp_path / "a.jsonl", b"".join(lines))
    assert [item.data for item in items] == lines
    assert codes(items) == [[], *[["bad_row"]] * 2, [], *[["bad_row"]] * 3]
    assert "a.jsonl#2 is not read" in report(items[1]).problems[0].sentence
    table = b"title,text\nOne,A bomb, he said, killed two.\nTwo\nThree,A raid killed two.\n"
    assert codes(found(tmp_path / "a.csv", table)) == [["bad_row"], ["bad_row"], []]


def test_an_open_quotation_mark_does_not_swallow_the_table(tmp_path: Path) -> None:
    """Its row is a problem; the rows behind it are rows."""
    data = b'title,text\nOne,"A bomb killed two.\n' + b"Two,A raid killed three.\n" * 50
    items = found(tmp_path / "a.csv", data)
    assert codes(items) == [["bad_row"], *[[]] * 50]


def test_rows_too_long_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are problems without data, and the rows behind them are read."""
    monkeypatch.setattr(table_rows, "LONGEST_ROW", 1000)
    story = "A raid killed three."
    for name, head, row in (("a.csv", "text\n", "{}\n"), ("a.jsonl", "", '{{"text": "{}"}}\n')):
        data = head + row.format(story) + row.format("x" * 5000) + row.format(story)
        items = found(tmp_path / name, data.encode())
        assert [[problem.code for problem in item.problems] for item in items] == [[], ["too_large"], []]
        assert [bool(item.data) for item in items] == [True, False, True]


def test_a_page_in_a_cell_is_read_as_one(tmp_path: Path) -> None:
    """Text that is HTML goes through the page reader; an address names the outlet where nothing else does."""
    page = "<html><body><article>" + f"<p>{STORY} It was the first raid of the year, they said.</p>" * 3
    row = {"title": "Blast", "text": page, "url": "https://www.coastwire.example/a"}
    (item,) = found(tmp_path / "a.jsonl", json.dumps(row).encode())
    assert "<p>" not in report(item).text
    assert report(item).text.startswith("Blast\n\nA bomb killed 12")
    (item,) = found(tmp_path / "a.jsonl", json.dumps(row | {"text": STORY}).encode())
    assert report(item).outlet == "coastwire.example"


def test_memory_stays_flat_over_many_rows() -> None:
    """A table of any size is read a row at a time: three times the rows need no more."""

    row = b'Two,"' + b"A raid killed three. " * 50 + b'"\n'

    class Long(io.RawIOBase):
        def __init__(self, count: int) -> None:
            self.left, self.head = count, b"title,text\n"

        def read(self, size: int = -1) -> bytes:
            data, self.head = self.head, b""
            many = min(self.left, (size - len(data)) // len(row))
            self.left -= many
            return data + row * many

    peaks = []
    for count in (2_000, 6_000):
        tracemalloc.start()
        rows_seen = sum(1 for _ in collect(["-"], stdin=Long(count), columns={"text": "text"}))  # type: ignore[arg-type]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert rows_seen == count
    assert peaks[1] < 1.1 * peaks[0]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@settings(deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_what_the_standard_library_writes_is_read_back(cells: list[str], delimiter: str) -> None:
    """Whatever stands in the cells: quotation marks, delimiters and line breaks come back as they were."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerow(cells)
    record = written.getvalue()
    assert rows.values(record, delimiter) == cells
    inside = False
    lines = io.StringIO(record, newline="").readlines()
    for line in lines:
        inside = rows.goes_on(line, delimiter, inside)
    assert not inside


@example(b'{"text": "\\ud800"}\n{"text": "x"}')
@settings(deadline=None)
@given(
    st.one_of(st.binary(max_size=200), st.text(alphabet='text",;\n\r\x00{}[]:é', max_size=80).map(str.encode))
)
def test_any_bytes_end(data: bytes) -> None:
    """With columns named, any bytes give items or a clear error, and every item a report that can be written."""
    for columns in (None, {"text": "text"}):
        try:
            items = list(collect(["-"], stdin=io.BytesIO(data), columns=columns))
        except InputError:
            continue
        for item in items:
            report(item).text.encode()
            json.dumps(item.given).encode()
