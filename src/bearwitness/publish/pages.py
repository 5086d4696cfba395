"""The press: templates filled and files written. Every value is escaped by Jinja; no template says otherwise."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import as_file, files
from itertools import groupby
from pathlib import Path
from typing import IO, Any
from uuid import NAMESPACE_URL, uuid5

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from bearwitness.errors import PROBLEMS
from bearwitness.publish import (
    dates,
    highlight,
    incident_view,
    maps,
    origin_view,
    report_view,
    tables,
    weighed_view,
    words,
)
from bearwitness.publish.lines import Line
from bearwitness.publish.names import Profile
from bearwitness.publish.timeline import Timeline
from bearwitness.publish.totals import Met, Sum, added, parts
from bearwitness.record import Dossier, Shelf, Toll
from bearwitness.totals import Totals

CARRIED = ("site.css", "site.js", "map.js")
SAFE_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")
# What neither HTML nor XML may hold: control characters other than tab and line feed, and non-characters.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(value: Any) -> Any:
    """Text without characters that a page may not hold; each becomes U+FFFD. Other values stay."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNFIT.sub("\ufffd", value)
    return value


def urn(name: str) -> str:
    """An address-free name for the feed that stays the same wherever the site lies."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'bearwitness:' + name)}"


class _Compiled(BytecodeCache):
    """What the templates were compiled to, kept as long as the process: a second site need not compile them again."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what is kept of its template, if anything is."""
        if (kept := self._kept.get(bucket.key)) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class Press:
    """Writes the files of one site into a folder and counts them."""

    def __init__(
        self,
        folder: Path,
        *,
        made: str,
        name: str,
        profile: Profile,
        reasons: Mapping[str, str] | None = None,
        methods: Mapping[str, str] | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        self.folder = folder
        self.profile = profile
        self.pages = 0
        self.size = 0
        self._reasons = reasons or {}
        self._methods = methods or {}
        self._progress = progress
        self._made = made
        self._templates = Environment(
            loader=PackageLoader("bearwitness.publish"),
            bytecode_cache=_COMPILED,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=clean,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(
            name=name,
            made=made,
            made_words=dates.read(made).words,
            profile=profile,
            words=words,
        )
        self._templates.filters.update(plural=words.plural, urn=urn, reason=self._reason, groups=_groups)

    def _reason(self, code: str) -> str:
        """What a reason code means; one that is not known here reads as its own words."""
        return self._reasons.get(code, code.replace("_", " ").capitalize() + ".")

    def open(self, name: str) -> IO[str]:
        """A new text file of the site, UTF-8 with plain line ends."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if self._progress:
            self._progress(name)
        return path.open("w", encoding="utf-8", newline="")

    def _write(self, name: str, template: str, **values: Any) -> None:
        text = self._templates.get_template(template).render(
            root="../" * name.count("/"), page=name, **values
        )
        with self.open(name) as file:
            file.write(text)
        self.pages += 1
        self.size += len(text.encode())

    def front(
        self,
        *,
        lines: Sequence[Line],
        shown: Sequence[Line],
        world: maps.Map,
        timeline: Timeline | None,
        figures: tuple[Sum, Sum],
        reports: int,
        met: Met,
    ) -> None:
        """The front page."""
        self._write(
            "index.html",
            "front.html",
            lines=lines,
            shown=shown,
            world=world,
            timeline=timeline,
            figures=figures,
            reports=reports,
            met=met,
            top=_top(lines[:6]),
        )

    def incident(self, dossier: Dossier, titles: dict[str, Line]) -> None:
        """The page of one incident."""
        incident, assessment = dossier.incident, dossier.assessment
        notes = incident_view.Notes(dossier.claims, dossier.reports, self.profile, fates=dossier.fates)
        tolls: tuple[Toll, ...] = (assessment.killed, assessment.injured, *assessment.other)
        top = incident_view.scale_end(tolls, dossier.claims)
        parties, matrix = incident_view.matrix(
            filter(incident_view.disputed, assessment.responsibility), notes
        )
        _, stated = incident_view.matrix(
            (row for row in assessment.responsibility if not incident_view.disputed(row)), notes
        )
        line = titles[incident.id]
        origins = origin_view.origins(dossier, notes)
        self._write(
            f"incidents/{_safe(incident.id)}.html",
            "incident.html",
            dossier=dossier,
            incident=incident,
            assessment=assessment,
            line=line,
            hide=notes.hide,
            names_withheld=bool(notes.names),
            tolls=[incident_view.toll(found, notes, dossier.claims, top) for found in tolls],
            parties=parties,
            matrix=matrix,
            stated=stated,
            others=incident_view.other_claims(dossier, notes),
            by_person=bool(assessment.suggested) and assessment.grade_rule == "graded_by_review",
            origins=origins,
            picture=origin_view.picture(origins),
            fields=origin_view.fields(assessment.backing, notes),
            map=maps.local(line),
            reports=[
                report_view.report_line(Shelf(report=report, mentions=(), claims=()), notes)
                for report in dossier.reports
            ],
            editions={
                edition.report: words.edition(page, edition)
                for page in dossier.pages
                for edition in page.editions
            },
            report_of={mention.id: mention.report for mention in dossier.mentions},
            bases=sorted({mention.date_basis for mention in dossier.mentions if mention.date_basis}),
            titles=titles,
            version=incident_view.version(dossier),
            weighed=weighed_view.weighed(dossier, notes),
        )

    def report(
        self, shelf: Shelf, titles: dict[str, Line], also: Sequence[str] = ()
    ) -> report_view.ReportLine:
        """The page of one report; ``also`` are names to withhold that other reports gave away as private."""
        view = report_view.view(shelf, titles, self.profile, also)
        self._write(f"reports/{_safe(shelf.report.id)}.html", "report.html", report=shelf.report, view=view)
        return view.line

    def incident_list(self, rows: Sequence[Line], number: int, last: int, total: int) -> None:
        """One page of the list of incidents."""
        self._write(
            f"incidents/{_numbered(number)}",
            "incidents.html",
            rows=rows,
            number=number,
            last=last,
            total=total,
        )

    def report_list(self, rows: Sequence[report_view.ReportLine], number: int, last: int, total: int) -> None:
        """One page of the list of reports."""
        self._write(
            f"reports/{_numbered(number)}", "reports.html", rows=rows, number=number, last=last, total=total
        )

    def totals(self, sums: Totals) -> None:
        """The page of totals: sums as outer bounds, broken down, and the incidents that leave most open."""
        self._write("totals.html", "totals.html", sums=sums, parts=parts(sums), added=added)

    def method(self, met: Met, lines: Sequence[Line]) -> None:
        """The page on how the record is made and what it does not prove."""
        outlets = sorted(met.outlets.items(), key=lambda item: (-item[1], item[0].casefold(), item[0]))
        columns = {"incidents.csv": tables.INCIDENT_COLUMNS, "claims.csv": tables.CLAIM_COLUMNS}
        grades = {grade: sum(line.grade == grade for line in lines) for grade in words.GRADE}
        self._write(
            "method.html",
            "method.html",
            met=met,
            grades=grades,
            problems=PROBLEMS,
            tables=columns,
            outlets=outlets,
            methods=self._methods,
        )

    def feed(self, lines: Sequence[Line]) -> None:
        """The Atom feed of the incidents that changed last."""
        self._write(
            "feed.xml",
            "feed.xml",
            lines=lines,
            updated=max((line.updated for line in lines), default=self._made),
        )

    def assets(self) -> None:
        """The styles, scripts and typefaces that the pages use, and the licences of what is carried."""
        with as_file(files("bearwitness.publish") / "assets") as source:
            (self.folder / "assets").mkdir(exist_ok=True)
            carried = [*(source / name for name in CARRIED)]
            carried += sorted((source / "vendor").glob("*.woff2")) + sorted(
                (source / "vendor").glob("*-licence.txt")
            )
            for file in carried:
                shutil.copyfile(file, self.folder / "assets" / file.name)
                self.size += file.stat().st_size


def _groups(blocks: Sequence[highlight.Block]) -> list[list[highlight.Block]]:
    """Neighbouring blocks that are left out for one reason, or that are not, together."""
    return [list(group) for _, group in groupby(blocks, key=lambda block: block.left_out)]


def _numbered(number: int) -> str:
    return "index.html" if number == 1 else f"{number}.html"


def _safe(name: str) -> str:
    """An id that may name a file. Ids are hexadecimal; anything else is a bug upstream, not a path to follow."""
    if not SAFE_NAME.fullmatch(name):
        raise ValueError(f"not an id that can name a page: {name!r}")
    return name


def _top(lines: Sequence[Line]) -> int:
    figures = [n for line in lines for toll in (line.killed, line.injured) for n in toll if n is not None]
    return incident_view.round_up(max(figures, default=1))
