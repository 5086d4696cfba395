"""The three forms of file that are read, told by their columns, and how each one's rows are read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

from .. import vocabulary
from ..edtf import Days, shifted
from ..errors import InputError
from .cells import Cells, country, telling
from .row import Figures, Read, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Form = Literal["acled", "ucdp", "airwars"]
FORMS: tuple[Form, ...] = get_args(Form)
NAMES: dict[Form, str] = {"acled": "ACLED", "ucdp": "UCDP", "airwars": "Airwars"}
LEAST = 4
"""Columns of a form that a file must have to be taken for one of it."""
SHOWN_NAME = 80  # characters of a column's name in a sentence
_SHOWN = 40  # columns named in a sentence


def table(form: Form) -> dict[str, Any]:
    """What ``vocabulary/comparing.toml`` says of a form."""
    found: dict[str, Any] = vocabulary.load("comparing")[form]
    return found


def plain(columns: Sequence[str]) -> list[str]:
    """Names of columns without capitals, quotation marks and spaces around them."""
    return [name.strip().strip("\ufeff").strip('"').lower() for name in columns]


def recognised(columns: Sequence[str], said: Form | None = None) -> Form:
    """Which form a file with these ``columns`` has; ``said`` is what the operator says it is.

    Raises ``InputError`` where it is none of them, or lacks what cannot be done without."""
    names = set(plain(columns))
    found = {form: len(names & set(table(form)["signs"])) for form in FORMS}
    likeliest: Form = max(FORMS, key=lambda one: found[one])
    form = said or likeliest
    if said is None and found[form] < LEAST:
        shown = ", ".join(str(name)[:SHOWN_NAME] for name in columns[:_SHOWN])
        raise InputError(
            "this is neither a file of ACLED's nor of UCDP's or Airwars': of none are there four columns. The columns are: "
            f"{shown}. If it is one, say of whom: --as acled, ucdp or airwars"
        )
    missing = [name for name in table(form)["needed"] if name not in names]
    if missing:
        raise InputError(
            f"a file of {NAMES[form]} needs the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}, which this "
            "one does not have; name the columns as the published files do, or say of whom it is: --as acled, ucdp or airwars"
        )
    return form


def headerless(first: Sequence[str]) -> tuple[str, ...] | None:
    """The columns of a UCDP file whose first line is already a row, as in some of its Candidate files."""
    columns = table("ucdp")["columns"]
    whole = len(first) == len(columns) and first[0].strip().strip('"').isdigit()
    return tuple(columns) if whole else None


def is_tags(cells: Mapping[str, Any]) -> bool:
    """Whether a row holds HXL tags and no event: the line below the names in files of the Humanitarian Data Exchange."""
    said = [str(value) for value in cells.values() if value not in (None, "")]
    return bool(said) and all(value.startswith("#") for value in said)


def read(form: Form, number: int, cells: Mapping[str, Any]) -> Read:
    """What the row of that ``number`` says. ``cells`` are by column, names as from ``plain``."""
    held = Cells(cells)
    row = _READERS[form](held, number)
    return Read(number, row, tuple(held.wrong))


def _acled(cells: Cells, number: int) -> Row | None:
    day = cells.day("event_date", needed=True)
    if day is None:
        return None
    about = table("acled")
    open_days = about["days"].get(_code(cells, "time_precision", about["days"], "1"), 0)
    geo = _code(cells, "geo_precision", about["levels"], "1")
    kind, sub = cells.words("event_type"), cells.words("sub_event_type")
    killed = cells.count("fatalities")
    targeted = cells.words("civilian_targeting") or kind.lower() == "violence against civilians"
    return Row(
        number=number,
        id=cells.words("event_id_cnty", "data_id"),
        days=_around(day, open_days),
        date=_said(_around(day, open_days)),
        place=cells.words("location"),
        point=cells.point(about["kilometres"].get(geo)),
        level=about["levels"].get(geo),
        country=country(cells.words("country")),
        country_words=cells.words("country"),
        kinds=tuple(about["kinds"].get(sub.lower()) or about["kinds"].get(kind.lower()) or ()),
        kind_words=" / ".join(part for part in (kind, sub) if part),
        means=frozenset(about["means"].get(sub.lower(), ())),
        actors=tuple(
            name
            for column in ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2")
            for name in cells.list(column)
        ),
        killed=Figures(killed, killed, killed),
        injured=Figures(),
        # One figure for all the dead: where civilians were the target, it is theirs, the attackers' own dead aside.
        civilians=Figures(None, killed if targeted else None, None),
        silent_zero=True,
        sources=cells.list("source"),
        words=telling(f"{cells.words('notes')} {cells.words('location')}"),
    )


def _ucdp(cells: Cells, number: int) -> Row | None:
    days = _from_to(cells, "date_start")
    if days is None:
        return None
    about = table("ucdp")
    kind = cells.words("type_of_violence")
    where = _code(cells, "where_prec", about["levels"], "1")
    figures = Figures(*(cells.count(column) for column in ("low", "best", "high")))
    said = [figure for figure in figures if figure is not None]
    if said != sorted(said):
        cells.note("best", f"low {figures.low}, best {figures.best}, high {figures.high} are out of order")
    civilians = cells.count("deaths_civilians")
    return Row(
        number=number,
        id=cells.words("id"),
        days=days,
        date=_said(days),
        place=cells.words("where_coordinates", "adm_2", "adm_1"),
        point=cells.point(about["kilometres"].get(where)),
        level=about["levels"].get(where),
        country=country(cells.words("country")),
        country_words=cells.words("country"),
        kinds=tuple(about["kinds"].get(kind, ())),
        kind_words=about["words"].get(kind, kind),
        means=frozenset(),
        actors=tuple(name for column in ("side_a", "side_b") for name in cells.list(column)),
        killed=figures,
        injured=Figures(),
        civilians=Figures(None, civilians, None),
        silent_zero=False,
        sources=cells.list("source_office") or _offices(cells),
        words=telling(
            f"{cells.words('source_headline', 'source_article')} {cells.words('where_description')}"
        ),
    )


def _offices(cells: Cells) -> tuple[str, ...]:
    """Who reported it, from entries of the form "office,day,headline"."""
    offices = (entry.partition(",")[0].strip() for entry in cells.list("source_article"))
    return tuple(dict.fromkeys(office for office in offices if office))


def _airwars(cells: Cells, number: int) -> Row | None:
    days = _from_to(cells, "date")
    if days is None:
        return None
    about = table("airwars")
    precise = cells.words("geolocation_accuracy_slug", "geolocation_accuracy_name").lower()
    precise = "_".join(
        precise.replace("/", " ").replace("-", " ").replace("(", " ").replace(")", " ").split()
    )
    strike = cells.words("strike_type_name", "strike_type_slug").lower().replace("-", " ")
    means = [name for word, names in about["means"].items() if word in strike for name in names]
    civilians = _range(cells, "civilian_non_combatants_killed")
    fighters = _range(cells, "belligerents_killed")
    return Row(
        number=number,
        id=cells.words("code", "post_id"),
        days=days,
        date=_said(days),
        place=cells.words("location_name"),
        point=cells.point(about["kilometres"].get(precise, 8.0)),
        level=about["levels"].get(precise),
        country=country(cells.words("country_name", "country_slug")),
        country_words=cells.words("country_name", "country_slug"),
        kinds=tuple(about["kinds"]),
        kind_words=cells.words("strike_type_name", "strike_type_slug"),
        means=frozenset(means),
        actors=_belligerents(cells),
        killed=_sum(civilians, fighters),
        injured=_sum(_range(cells, "civilian_non_combatants_injured"), _range(cells, "belligerents_injured")),
        civilians=civilians,
        silent_zero=False,
        sources=(),
        words=telling(cells.words("location_name")),
    )


def _belligerents(cells: Cells) -> tuple[str, ...]:
    columns = [f"belligerent_{n}_belligerent_name" for n in range(1, 10)]
    return tuple(dict.fromkeys(name for column in columns if (name := cells.words(column))))


def _range(cells: Cells, stem: str) -> Figures:
    low, high = cells.count(f"{stem}_min"), cells.count(f"{stem}_max")
    if low is not None and high is not None and low > high:
        cells.note(f"{stem}_min", f"{low} is above {stem}_max, {high}")
    return Figures(low, None, high if high is not None else low)


def _sum(one: Figures, other: Figures) -> Figures:
    """The range of the two together; what only one of them gives is its own."""
    if not (one.known and other.known):
        return one if one.known else other
    low, high = (one.low or 0) + (other.low or 0), (one.high or 0) + (other.high or 0)
    return Figures(low, None, high)


def _code(cells: Cells, column: str, known: Mapping[str, Any], otherwise: str) -> str:
    """A code of a precision; where it is none, that is noted, and the finest is taken where the cell is empty."""
    text = cells.words(column)
    if text and text not in known:
        cells.note(column, f"“{text[:SHOWN_NAME]}” is none of its codes")
    return text or otherwise


def _from_to(cells: Cells, column: str) -> Days | None:
    """The days from ``column`` to ``date_end``; an end before the beginning is said and left out."""
    first = cells.day(column, needed=True)
    last = cells.day("date_end") or first
    if first is None or last is None:
        return None
    if last < first:
        cells.note("date_end", f"{last} is before {first}")
        last = first
    return Days(first.toordinal(), last.toordinal())


def _around(day: date, either_side: int) -> Days:
    return shifted(Days(day.toordinal(), day.toordinal()), either_side, either_side)


def _said(days: Days) -> str:
    """The days as EDTF."""
    first, last = date.fromordinal(days.first).isoformat(), date.fromordinal(days.last).isoformat()
    return first if first == last else f"{first}/{last}"


_READERS: dict[Form, Callable[[Cells, int], Row | None]] = {
    "acled": _acled,
    "ucdp": _ucdp,
    "airwars": _airwars,
}
