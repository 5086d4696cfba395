"""What the operator says of the reports: checked here, kept with every capture."""

from __future__ import annotations

import csv
import re
from datetime import date

from bearwitness.collect import FIELDS
from bearwitness.errors import InputError

_FORM = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>0[1-9]|1[0-2]|XX)(?:-(?P<day>[0-2][0-9]|3[01]|XX))?)?")


def check_date(text: str) -> str:
    """``text`` if it is one EDTF day, month or year ("2020-10-17", "2020-10", "XXXX-10-17").

    Raises ``InputError`` for other forms and for days the calendar does not have.
    """
    parts = _FORM.fullmatch(text)
    if parts is None:
        raise InputError(
            f"published: {text!r} is not a date in EDTF: write it as 2020-10-17, 2020-10 or 2020, "
            "with X for a digit that is not known (XXXX-10-17)"
        )
    year, month, day = parts["year"], parts["month"] or "01", parts["day"] or "01"
    if "X" not in month + day:
        leap = "2000" if "X" in year else year
        try:
            date(int(leap), int(month), int(day))
        except ValueError:
            raise InputError(f"published: there is no such day: {text}") from None
    return text


def given(
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    language: str | None = None,
) -> dict[str, str]:
    """What was said of the reports, without what was left unsaid, ready for ``Capture.given``."""
    said = {
        "published": check_date(published.strip()) if published is not None else None,
        "outlet": outlet,
        "title": title,
        "language": language,
    }
    return {name: value.strip() for name, value in said.items() if value and value.strip()}


def columns(text: str | None) -> dict[str, str] | None:
    """Which columns of a table hold what, as the operator says it ("text=body,title=headline"): column by field.

    A pair whose column has a comma in its name stands in quotation marks; nothing behind the "=" says that no column
    holds it. ``InputError`` for a field that is not known or comes twice.
    """
    if text is None:
        return None
    found: dict[str, str] = {}
    for pair in next(csv.reader([text], skipinitialspace=True), []):
        field, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or field not in FIELDS or field in found:
            raise InputError(
                f"columns: {pair!r} does not say which column holds what: write it as text=body,title=headline, "
                f"each of {', '.join(FIELDS)} at most once"
            )
        found[field] = column
    return found
