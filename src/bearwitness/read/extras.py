"""What reading some kinds needs that need not be installed with the program."""

from __future__ import annotations

from importlib.util import find_spec

from bearwitness.record import Problem

PARQUET = "application/vnd.apache.parquet"
_NEEDS = {"application/pdf": ("a PDF", "pypdfium2", "pdf"), PARQUET: ("Parquet", "pyarrow", "tables")}


def lacking(kind: str, source: str) -> Problem | None:
    """The problem of what is of this media type, where what reads it is not installed; None where it is, or where
    nothing of the kind is needed."""
    what, package, extra = _NEEDS.get(kind, ("", "", ""))
    if not package or find_spec(package) is not None:
        return None
    sentence = (
        f"{source} is kept and not read: reading {what} needs {package}. Install it with "
        f"pip install 'bearwitness[{extra}]', then run bearwitness update."
    )
    return Problem(code="missing_extra", where=source, sentence=sentence)
