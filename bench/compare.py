"""Match published event rows with ledgers made from the texts of the same data: which row goes with which incident.

usage: python bench/compare.py DATA [--only NAME...] [--part "held out"] [--json FILE]

Two ledgers are made: of Airwars' narratives (DATA/airwars), and of the headlines of UCDP rows (DATA/ucdp), each headline a
report published on the day the row states. UCDP's rows are compared twice: with the columns that hold headlines emptied
("ucdp"), so that only days, places, actors and tolls are left to match a headline by, and as published ("ucdp cited"), as
where a user has collected the very reports that the rows cite. Each ledger is made of one half of the data, by the digest of the id; all rows of both
halves, shuffled, are compared with it. So half of the rows have nothing to be matched with, most of them of the same war,
weeks and towns. The weights were set on the half called "developed"; the other is "held out".

A match is right if the incident holds a mention from a text of the row's own. Precision: right matches among all. Wrong
share: rows matched wrongly among all rows. Recall: among rows whose text gave an incident that can be compared (with a
day, or a day of publication, and a place or country); "at most" is how many of these could be paired one to one, since
linking makes one incident of several. Baseline: the row nearest in days, then in kilometres, within three days and 30
kilometres, one to one. The rows are put into the published files' own columns first.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from common import interval, keep, ratio, rows

from bearwitness import pipeline
from bearwitness.comparing.cells import day_of
from bearwitness.comparing.evidence import kilometres
from bearwitness.record import Mention, Report
from bearwitness.store import Ledger

SEED = 20261126


def half(name: str) -> int:
    """Which half an id falls in."""
    return hashlib.sha256(f"bearwitness/compare/{name}".encode()).digest()[0] % 2


def airwars(data: Path) -> Iterator[tuple[str, dict[str, str], list[tuple[str, str, str]]]]:
    """Id, columns as Airwars exports them, and the texts with the day they were published ("" if not known)."""
    for row in rows(data / "airwars/incidents.jsonl.gz"):
        said = row["summary"]
        precise = row["geo_precision"] or ""
        lat, lon = row["latlon"] or ("", "")
        cells = {
            "code": row["id"],
            "date": row["date"],
            "country_name": "Palestine",
            "location_name": row["location"],
            "latitude": str(lat),
            "longitude": str(lon),
            "geolocation_accuracy_name": precise,
            "strike_status_name": said.get("Strike status", ""),
            "strike_type_name": said.get("Strike type", ""),
            "civilian_harm_status_name": said.get("Airwars civilian harm grading", "").partition(" ")[0],
            "belligerent_1_belligerent_name": said.get("Suspected belligerent", "")
            or said.get("Known belligerent", ""),
            **bounds("civilian_non_combatants_killed", said.get("Civilians reported killed", "")),
            **bounds("civilian_non_combatants_injured", said.get("Civilians reported injured", "")),
            **bounds("belligerents_killed", said.get("Militants reported killed", "")),
        }
        yield row["id"], cells, [(f"{row['id']}.txt", row["assessment"], "")]


def bounds(stem: str, said: str) -> dict[str, str]:
    """The two columns of a range as the site prints it."""
    low, _, high = said.replace("–", "-").replace(" ", "").partition("-")
    if not low.isdigit():
        return {f"{stem}_min": "", f"{stem}_max": ""}
    return {f"{stem}_min": low, f"{stem}_max": high if high.isdigit() else low}


def cited(data: Path) -> Iterator[tuple[str, dict[str, str], list[tuple[str, str, str]]]]:
    """As ``ucdp``, with the headlines left in the columns."""
    headlines = {str(row["id"]): row["source_headline"] or "" for row in rows(data / "ucdp/events.jsonl.gz")}
    for identifier, cells, texts in ucdp(data):
        yield identifier, cells | {"source_headline": headlines[identifier]}, texts


def ucdp(data: Path) -> Iterator[tuple[str, dict[str, str], list[tuple[str, str, str]]]]:
    """Id, columns of the GED, and the headlines with their days. A headline that is the name of a place, as those of
    lists of the dead are, is no report."""
    for row in rows(data / "ucdp/events.jsonl.gz"):
        cells = {name: "" if value is None else str(value) for name, value in row.items() if name[0] != "_"}
        cells |= {"source_article": "", "source_headline": "", "relid": ""}
        told = zip(
            (row["source_office"] or "").split(";"),
            (row["source_date"] or "").split(";"),
            (row["source_headline"] or "").split(";"),
            strict=False,
        )
        texts = [
            (f"{row['id']}-{n}.txt", f"{headline.strip()}\n", day.strip())
            for n, (office, day, headline) in enumerate(told)
            if "MemoryBook" not in office and len(headline.split()) > 3 and day_of(day.strip())
        ]
        yield str(row["id"]), cells, texts


def made(folder: Path, texts: list[tuple[str, str, str]]) -> Ledger:
    """A ledger of texts, read and derived."""
    ledger = Ledger.create(folder)
    by_day: dict[str, list[tuple[str, str]]] = {}
    for name, text, day in texts:
        by_day.setdefault(day, []).append((name, text))
    for day, several in sorted(by_day.items()):
        given = pipeline.given(published=day) if day else {}
        pipeline.add_items(ledger, [pipeline.item(name, text.encode()) for name, text in several], given)
    pipeline.update(ledger)
    return ledger


def owners(ledger: Ledger, without: set[str]) -> dict[str, set[str]]:
    """Of each incident that can be compared, the ids of the rows whose texts tell of it."""
    found: dict[str, set[str]] = {}
    for incident in ledger.incidents():
        mentions = [one for one in ledger.get_many(incident.mentions).values() if isinstance(one, Mention)]
        reports = ledger.get_many({mention.report for mention in mentions}).values()
        names = {
            one.source.removesuffix(".txt").partition("-")[0] for one in reports if isinstance(one, Report)
        }
        if incident.id not in without:
            found[incident.id] = names
    return found


def at_most(owned: Mapping[str, set[str]]) -> int:
    """How many rows can be paired with an incident of theirs, one to one."""
    taken: dict[str, str] = {}

    def paired(incident: str, seen: set[str]) -> bool:
        for name in owned[incident] - seen:
            seen.add(name)
            if name not in taken or paired(taken[name], seen):
                taken[name] = incident
                return True
        return False

    return sum(paired(incident, set()) for incident in sorted(owned))


def baseline(ledger: Ledger, table: Mapping[str, dict[str, str]], day_column: str) -> dict[str, str]:
    """Row by incident: nearest day within three, then nearest place within 30 km, each used once."""
    from bearwitness import edtf

    known = [
        (day.toordinal(), float(cells["latitude"]), float(cells["longitude"]), name)
        for name, cells in table.items()
        if (day := day_of(cells[day_column])) and cells["latitude"]
    ]
    found: list[tuple[int, float, str, str]] = []
    for incident in ledger.incidents():
        days, place = edtf.days(incident.date), incident.place
        if days is None or not days.year or place is None or place.lat is None or place.lon is None:
            continue
        for ordinal, lat, lon, name in known:
            apart = max(0, days.first - ordinal, ordinal - days.last)
            if apart <= 3 and (away := kilometres(place.lat, place.lon, lat, lon)) <= 30:
                found.append((apart, away, incident.id, name))
    chosen: dict[str, str] = {}
    used: set[str] = set()
    for _, _, incident_id, name in sorted(found):
        if incident_id not in used and name not in chosen:
            chosen[name] = incident_id
            used.add(incident_id)
    return chosen


def scored(
    chosen: Mapping[str, str], owned: Mapping[str, set[str]], wanted: set[str], everything: int
) -> dict[str, Any]:
    """Precision, recall, the share of rows matched wrongly."""
    right = {name for name, incident in chosen.items() if name in owned.get(incident, ())}
    precision = [[name in right, 1] for name in sorted(chosen)]
    recall = [[name in right, 1] for name in sorted(wanted)]
    return {
        "matches": len(chosen),
        "right": len(right),
        "wanted": len(wanted),
        "precision": ratio(precision),
        "precision_interval": interval(precision),
        "recall": ratio(recall),
        "recall_interval": interval(recall),
        "wrong_share": (len(chosen) - len(right)) / everything,
    }


def measure(name: str, part: int, everything: list[Any], folder: Path) -> dict[str, Any]:
    """One half's ledger beside all rows."""
    texts = [text for identifier, _, told in everything if half(identifier) == part for text in told]
    table = {identifier: cells for identifier, cells, _ in everything}
    names = sorted(table)
    random.Random(SEED).shuffle(names)
    columns = list(table[names[0]])
    file = folder / f"{name}-rows.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(table[one] for one in names)
    with made(folder / f"{name}-{part}", texts) as ledger:
        began = time.perf_counter()
        found = list(pipeline.compare(ledger, file))
        took = time.perf_counter() - began
        lone = [one for one in found if isinstance(one, pipeline.Lone)]
        owned = owners(ledger, {one.incident for one in lone if one.status == "not_comparable"})
        wanted = {one for owning in owned.values() for one in owning}
        results = [one for one in found if isinstance(one, pipeline.Outcome)]
        by_status = {
            status: {one.id: one.incident for one in results if one.status == status and one.incident}
            for status in ("matched", "also", "possible")
        }
        summary = found[-1]
        base = baseline(ledger, table, "date" if name == "airwars" else "date_start")
    everywhere = len(names)
    return {
        "rows": everywhere,
        "incidents": len(owned),
        "at_most": at_most(owned),
        "seconds": round(took, 2),
        "statuses": summary.rows if isinstance(summary, pipeline.Summary) else {},
        "matched": scored(by_status["matched"], owned, wanted, everywhere),
        "matched_or_possible": scored(
            by_status["matched"] | by_status["possible"], owned, wanted, everywhere
        ),
        "also": scored(by_status["also"], owned, wanted, everywhere),
        "baseline": scored(base, owned, wanted, everywhere),
        "calibration": calibration(results, owned),
    }


def calibration(results: list[Any], owned: Mapping[str, set[str]]) -> list[tuple[str, int, float, float]]:
    """By tenths of the confidence: how many, the mean confidence, the share right."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for one in results:
        if one.status in ("matched", "possible") and one.incident:
            bins.setdefault(min(9, int(one.confidence * 10)), []).append(
                (one.confidence, one.id in owned.get(one.incident, ()))
            )
    return [
        (
            f"{tenth / 10:.1f}",
            len(kept),
            sum(c for c, _ in kept) / len(kept),
            sum(r for _, r in kept) / len(kept),
        )
        for tenth, kept in sorted(bins.items())
    ]


def shown(figures: Mapping[str, Any]) -> None:
    """Print what was measured on one half."""
    print(
        f"  {figures['rows']} rows, {figures['incidents']} incidents that can be compared (at most {figures['at_most']} pairs), {figures['seconds']} s; {figures['statuses']}"
    )
    for kind in ("matched", "matched_or_possible", "also", "baseline"):
        one = figures[kind]
        said = [
            f"{name} {one[name]:.3f} [{one[f'{name}_interval'][0]:.3f}, {one[f'{name}_interval'][1]:.3f}]"
            for name in ("precision", "recall")
            if one[name] is not None
        ]
        print(
            f"  {kind:<20} {one['right']}/{one['matches']} of {one['wanted']}: {', '.join(said)}, wrong share {one['wrong_share']:.3f}"
        )
    print(
        "  confidence: "
        + ", ".join(f"{t}: {n} at {c:.2f}, right {r:.2f}" for t, n, c, r in figures["calibration"])
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", choices=("airwars", "ucdp", "ucdp cited"), nargs="*")
    parser.add_argument("--part", choices=("developed", "held out"))
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    figures: dict[str, Any] = {}
    for name, source in (("airwars", airwars), ("ucdp", ucdp), ("ucdp cited", cited)):
        if args.only and name not in args.only:
            continue
        everything = list(source(args.data))
        for part, words in enumerate(("developed", "held out")):
            if args.part not in (None, words):
                continue
            with tempfile.TemporaryDirectory() as folder:
                found = measure(name, part, everything, Path(folder))
            print(f"{name}, {words}")
            shown(found)
            figures[f"{name} {words}"] = found
    keep(args.json, "compare", figures)


if __name__ == "__main__":
    main()
