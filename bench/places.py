"""How often the gazetteer finds the place that is meant, on public geoparsing sets with gold place names.

    python bench/places.py FOLDER          one table: population alone beside the gazetteer
    python bench/places.py FOLDER --fit    fit the ranking's weights on TR-News and print them (needs numpy)

FOLDER holds TR-News.xml, lgl.xml and GeoWebNews/*.ann. A name's context is the other gold place names of its
document, as written. The weights were fitted on TR-News; LGL and GeoWebNews were never used for tuning. Right is
the same GeoNames number, or a point within 161 km (100 miles). The sets take "Syrian" for a place: for both
columns it is looked up as its country. "no point" is the share of names whose gold is a GeoNames number that
neither the other sets nor the gazetteer gives a point for: they can only count as wrong. No text of the sets is printed.
"""

from __future__ import annotations

import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from bearwitness.gazetteer import Context, Entry, Gazetteer, ranking
from bearwitness.gazetteer.layout import FEATURES, Row
from bearwitness.gazetteer.places import surroundings
from bearwitness.gazetteer.query import ask

NEAR = 161.0
SETS = ("TR-News", "LGL", "GeoWebNews")
TUNED = "TR-News"
_POINT = re.compile(r"\s*(-?\d+\.\d+)\s*,\s*(-?\d+\.\d+)\s*$")
_PLACES = {
    "Literal", "Literal_Modifier", "Mixed", "Coercion", "Metonymic", "Embedded_Literal", "Embedded_Non_Lit",
    "Non_Literal_Modifier",
}  # fmt: skip


class Gold(NamedTuple):
    """One gold place name: as written, its GeoNames number (0 if none), its point if given, its feature code, and
    where the set says it begins in the text."""

    words: str
    geonameid: int
    lat: float | None
    lon: float | None
    code: str
    start: int = 0


Document = list[Gold]


def xml_documents(path: Path) -> list[Document]:
    """The documents of TR-News or LGL."""
    found = []
    for article in ElementTree.parse(path).getroot():
        golds = []
        for toponym in article.iter("toponym"):
            tag = toponym.find("gaztag")
            words, start = toponym.findtext("phrase") or "", int(toponym.findtext("start") or 0)
            if tag is None or tag.find("lat") is None:
                golds.append(Gold(words, 0, None, None, "", start))
                continue
            number, code = int(tag.get("geonameid") or 0), tag.findtext("fcode") or ""
            lat, lon = float(tag.findtext("lat") or 0), float(tag.findtext("lon") or 0)
            golds.append(Gold(words, number, lat, lon, code, start))
        found.append(golds)
    return found


def brat_documents(folder: Path) -> list[Document]:
    """The documents of GeoWebNews: place names whose note is a GeoNames number or a point."""
    found = []
    for path in sorted(folder.glob("*.ann")):
        spans: dict[str, tuple[list[str], str]] = {}
        golds = []
        for line in path.read_text("utf-8").splitlines():
            key, kind, *rest = line.split("\t")
            if key.startswith("T"):
                spans[key] = (kind.split(), rest[0])
            elif key.startswith("#") and rest:
                (kind_of, start, *_), words = spans[kind.split()[1]]
                point = _POINT.match(rest[0])
                if kind_of in _PLACES and (point or rest[0].strip().isdigit()):
                    number = 0 if point else int(rest[0])
                    lat, lon = (float(point[1]), float(point[2])) if point else (None, None)
                    golds.append(Gold(words, number, lat, lon, "", int(start)))
        found.append(golds)
    return found


def load(folder: Path) -> dict[str, list[Document]]:
    """All sets; where GeoWebNews gives a number only, its point comes from the other sets or the gazetteer."""
    sets = {
        "TR-News": xml_documents(folder / "TR-News.xml"),
        "LGL": xml_documents(folder / "lgl.xml"),
        "GeoWebNews": brat_documents(folder / "GeoWebNews"),
    }
    table = Gazetteer.open().table
    points = {}
    for number in range(table.size):
        row = table.row(number)
        points[row.geonameid] = (row.lat / 1e5, row.lon / 1e5)
    for name in ("TR-News", "LGL"):
        for document in sets[name]:
            for gold in document:
                if gold.lat is not None and gold.lon is not None:
                    points[gold.geonameid] = (gold.lat, gold.lon)
    for document in sets["GeoWebNews"]:
        for at, gold in enumerate(document):
            if gold.lat is None and gold.geonameid in points:
                lat, lon = points[gold.geonameid]
                document[at] = gold._replace(lat=lat, lon=lon)
    return sets


def right(gold: Gold, entry: Entry | None) -> tuple[bool, bool]:
    """Whether the number is the same; whether it is, or the point is within 161 km."""
    if entry is None:
        return False, False
    exact = gold.geonameid > 0 and gold.geonameid == entry.geonameid
    if exact or gold.lat is None or gold.lon is None:
        return exact, exact
    return exact, ranking.distance(gold.lat, gold.lon, entry.lat, entry.lon) <= NEAR


def score(
    documents: Iterable[Document], find: Callable[[str, Context], Entry | None], gazetteer: Gazetteer
) -> list[int]:
    """Counts: names, exact, exact or near, given no match, names whose gold point is not known here."""
    counts = [0, 0, 0, 0, 0]
    for document in documents:
        context = gazetteer.settle([gold.words for gold in document])
        for gold in document:
            if not gold.geonameid and gold.lat is None:
                continue
            entry = find(gold.words, context)
            exact, near = right(gold, entry)
            for at, holds in enumerate((True, exact, near, entry is None, gold.lat is None)):
                counts[at] += holds
    return counts


def report(folder: Path) -> None:
    """Print the table, the sizes and the times."""
    began = time.perf_counter()
    gazetteer = Gazetteer.open()
    opened = time.perf_counter() - began

    def country(words: str) -> Entry | None:
        code = gazetteer.country(words)
        return gazetteer.entry(gazetteer.table.countries[code]) if code else None

    def biggest(words: str, context: Context) -> Entry | None:
        return country(words) or next(iter(gazetteer.entries(words)), None)

    def ranked(words: str, context: Context) -> Entry | None:
        found = gazetteer.rank(words, context)
        return found[0][0] if found else country(words)

    sets = load(folder)
    print(f"{'set':12}{'names':>7}  {'population alone':>24}  {'gazetteer':>24}  no match  no point")
    print(f"{'':12}{'':>7}  {'exact':>10}{'or <=161 km':>14}  {'exact':>10}{'or <=161 km':>14}")
    for name in SETS:
        base, ours = score(sets[name], biggest, gazetteer), score(sets[name], ranked, gazetteer)
        n = ours[0]
        note = "tuned on this" if name == TUNED else "held out"
        print(
            f"{name:12}{n:7}  {base[1] / n:10.3f}{base[2] / n:14.3f}  {ours[1] / n:10.3f}{ours[2] / n:14.3f}"
            f"  {ours[3] / n:8.3f}  {ours[4] / n:8.3f}  {note}"
        )
    names = [gold.words for name in SETS for document in sets[name] for gold in document]
    print(
        f"open {opened * 1e3:.2f} ms; file {gazetteer.table.path.stat().st_size / 1e6:.1f} MB; {gazetteer.table.size} places"
    )
    for label, call in (
        ("entries", gazetteer.entries),
        ("rank", lambda words: gazetteer.rank(words, Context())),
    ):
        began = time.perf_counter()
        for words in names:
            call(words)
        print(f"{label}: {(time.perf_counter() - began) / len(names) * 1e6:.0f} microseconds a name")


def _label(gold: Gold, rows: list[tuple[int, Row]]) -> int | None:
    """Which candidate is meant: the same number, else the nearest within 161 km of the right kind."""
    wanted = {"ADM1": "adm1", "ADM2": "adm2"}.get(gold.code)
    best: tuple[bool, float, int] | None = None
    for at, (_, row) in enumerate(rows):
        if gold.geonameid and row.geonameid == gold.geonameid:
            return at
        far = ranking.distance(gold.lat or 0, gold.lon or 0, row.lat / 1e5, row.lon / 1e5)
        feature = FEATURES[row.feature]
        if far <= NEAR or (wanted == feature == "adm1" and far <= 3 * NEAR):
            found = (wanted is not None and feature != wanted, far, at)
            best = min(best, found) if best else found
    return best[2] if best else None


def fit(folder: Path, rounds: int = 4, steps: int = 400, pull: float = 0.6) -> None:
    """Fit the weights by gradient ascent, pulled towards those written in ``ranking``; print them."""
    import numpy

    gazetteer = Gazetteer.open()
    documents = load(folder)[TUNED]
    prior = numpy.array(ranking.WEIGHTS)
    weights = prior.copy()
    for turn in range(rounds):
        ranking.WEIGHTS = tuple(float(weight) for weight in weights)
        cases = []
        for document in documents:
            context = gazetteer.settle([gold.words for gold in document])
            seen: dict[str, int] = defaultdict(int)
            for gold in document:
                seen[gold.words] += 1
                if gold.lat is None or seen[gold.words] > 2:
                    continue
                asked = ask(gold.words)
                if asked.qualifiers:
                    continue
                around = surroundings(context, asked.kind)
                weighed = list(gazetteer.weigh(gazetteer.candidates(asked), around))
                if weighed:
                    label = _label(gold, [(number, row) for number, row, _ in weighed])
                    cases.append((numpy.array([values for _, _, values in weighed]), label))
        rate, loss = 0.5, 0.0
        for _ in range(steps):
            gradient = -2 * pull * (weights - prior)
            loss = 0.0
            for matrix, label in cases:
                utilities = numpy.append(matrix @ weights, 0.0)
                chances = numpy.exp(utilities - utilities.max())
                chances /= chances.sum()
                loss -= float(numpy.log(chances[-1 if label is None else label] + 1e-12))
                gradient += (matrix[label] if label is not None else 0.0) - chances[:-1] @ matrix
            weights = weights + rate * gradient / len(cases)
        print(f"round {turn}: {len(cases)} names, mean loss {loss / len(cases):.4f}", flush=True)
    for name, weight in zip(ranking.FEATURE_NAMES, weights, strict=True):
        print(f"    {weight:.2f},  # {name}")


def main(arguments: list[str]) -> int:
    """The command line; a folder that is absent is said and is no failure."""
    if not arguments:
        print(__doc__)
        return 2
    folder = Path(arguments[0])
    if not (folder / "TR-News.xml").is_file():
        print(f"skipped: no geoparsing sets at {folder}")
        return 0
    if "--fit" in arguments:
        fit(folder)
    else:
        report(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
