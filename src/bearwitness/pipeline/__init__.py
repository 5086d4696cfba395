"""The only module that calls the stages, and the only one that writes to a ledger.

    saying.py    what the operator says of the reports
    custody.py   the chain of custody of a capture, as a document
    anchoring.py  OpenTimestamps proofs over the ledger's digests
    stamping.py  time stamps over the ledger's digests
    stages.py    the stages in order
    reading.py   from collected bytes to a reading, one report at a time; needs no ledger
    abreast.py   a function over many items, in several processes
    adding.py    from files to captures in a ledger; hearing.py: what web archives say of how these came
    work.py      update, rebuild, verify: from captures to incidents, in a ledger
    deriving.py  incidents and assessments from all that a ledger holds
    again.py     the same from what changed since, with one result; kept.py and beside.py: what that needs of the ledger
    crawls.py    the web archives of a list, from a folder or the web
    fetching.py  from the web into a ledger: visits, feeds and what they name
    watching.py  fetching round after round, on a schedule
    schedule.py  when a source is asked again
    running.py   one run of fetching: workers visit, one keeper writes
    ahead.py     reading what was kept while fetching or adding goes on
    frontier.py  what a run of fetching still has to visit, host by host
    visiting.py  what the ledger keeps of a visit
    pages.py     editions of pages of the web: when they were met, and what became of them
    changing.py  what changed from edition to edition, and which pages are gone
    comparing.py somebody else's event file beside the incidents
    totalling.py figures over many incidents, and how they move without a source or a side
    copying.py   copies among the reports of a ledger, found as they come in
    gather.py    dossiers and shelves: all that is known of one incident, or of one report
    flawed.py    problems that are kept of captures and reports
    provenance.py  where the text of a report comes from
    finding.py   ids from the first letters of ids
    deciding.py  a person's judgement, and what it changed
    grading.py   which grades a person should look at
    giving.py    the site and the files; archiving.py: captures as a WACZ
    recording.py what leaves the ledger is noted in it

Work in a ledger may be interrupted at any moment, also by a kill: what was committed stays, the rest is done by
the next ``update``, and the result is the same as that of an unbroken run.

Progress is told by calling ``progress(step, done, total)``, with ``total`` null where it is not known.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .adding import Added, add, add_items
    from .ahead import Ahead
    from .anchoring import anchor, complete
    from .archiving import web_archive
    from .changing import PageChanges, Step, changed_pages, changes
    from .comparing import (
        INCIDENT_WORDS,
        ROW_WORDS,
        Lone,
        Outcome,
        Scope,
        Summary,
        compare,
        comparison_csv,
        scope,
    )
    from .crawls import Crawled, archives, crawl
    from .custody import as_html, as_text, capture_behind, chain_of_custody
    from .deciding import Judged, judge
    from .fetching import Fetched, Fetching, failures, fetch
    from .finding import Seen, find, look
    from .flawed import Flaw, flaws
    from .gather import Listed, dossier, dossiers, how_sure, listed, shelves, unsure, waiting
    from .giving import FORMS, Profile, SiteSummary, export, publish, replacing, replacing_bytes
    from .grading import ToGrade, to_grade
    from .reading import Read, extract_files, extract_only, item, items, stories
    from .recording import Summed, captures_of, note_export, sum_of
    from .saying import columns, given
    from .schedule import Pace
    from .stages import STAGES, Stage
    from .stamping import timestamp
    from .totalling import BREAKDOWNS, Totalled, totals, totals_csv
    from .watching import Round, Source, Watched, Watching, watch
    from .work import ORDINARY, Rebuilt, Updated, rebuild, update, verify

# Brought in when first asked for: reading needs no database, and listing incidents needs no HTML parser.
_HOMES = {
    "adding": ("Added", "add", "add_items"),
    "ahead": ("Ahead",),
    "anchoring": ("anchor", "complete"),
    "custody": ("as_html", "as_text", "capture_behind", "chain_of_custody"),
    "changing": ("PageChanges", "Step", "changed_pages", "changes"),
    "crawls": ("Crawled", "archives", "crawl"),
    "comparing": (
        "INCIDENT_WORDS",
        "ROW_WORDS",
        "Lone",
        "Outcome",
        "Scope",
        "Summary",
        "compare",
        "comparison_csv",
        "scope",
    ),
    "deciding": ("Judged", "judge"),
    "fetching": ("Fetched", "Fetching", "failures", "fetch"),
    "finding": ("Seen", "find", "look"),
    "flawed": ("Flaw", "flaws"),
    "gather": ("Listed", "dossier", "dossiers", "how_sure", "listed", "shelves", "unsure", "waiting"),
    "giving": ("FORMS", "Profile", "SiteSummary", "export", "publish", "replacing", "replacing_bytes"),
    "grading": ("ToGrade", "to_grade"),
    "recording": ("Summed", "captures_of", "note_export", "sum_of"),
    "archiving": ("web_archive",),
    "saying": ("columns", "given"),
    "reading": ("Read", "extract_files", "extract_only", "item", "items", "stories"),
    "stamping": ("timestamp",),
    "schedule": ("Pace",),
    "stages": ("STAGES", "Stage"),
    "totalling": ("BREAKDOWNS", "Totalled", "totals", "totals_csv"),
    "watching": ("Round", "Source", "Watched", "Watching", "watch"),
    "work": ("ORDINARY", "Rebuilt", "Updated", "rebuild", "update", "verify"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BREAKDOWNS",
    "FORMS",
    "INCIDENT_WORDS",
    "ORDINARY",
    "ROW_WORDS",
    "STAGES",
    "Added",
    "Ahead",
    "Crawled",
    "Fetched",
    "Fetching",
    "Flaw",
    "Judged",
    "Listed",
    "Lone",
    "Outcome",
    "Pace",
    "PageChanges",
    "Profile",
    "Read",
    "Rebuilt",
    "Round",
    "Scope",
    "Seen",
    "SiteSummary",
    "Source",
    "Stage",
    "Step",
    "Summary",
    "Summed",
    "ToGrade",
    "Totalled",
    "Updated",
    "Watched",
    "Watching",
    "add",
    "add_items",
    "anchor",
    "archives",
    "as_html",
    "as_text",
    "capture_behind",
    "captures_of",
    "chain_of_custody",
    "changed_pages",
    "changes",
    "columns",
    "compare",
    "comparison_csv",
    "complete",
    "crawl",
    "dossier",
    "dossiers",
    "export",
    "extract_files",
    "extract_only",
    "failures",
    "fetch",
    "find",
    "flaws",
    "given",
    "how_sure",
    "item",
    "items",
    "judge",
    "listed",
    "look",
    "note_export",
    "publish",
    "rebuild",
    "replacing",
    "replacing_bytes",
    "scope",
    "shelves",
    "stories",
    "sum_of",
    "timestamp",
    "to_grade",
    "totals",
    "totals_csv",
    "unsure",
    "update",
    "verify",
    "waiting",
    "watch",
    "web_archive",
]


def __getattr__(name: str) -> Any:
    """Bring in the file that ``name`` lives in."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
