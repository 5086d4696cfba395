"""The only module that calls the stages, and the only one that writes to a ledger.

    saying.py    what the operator says of the reports
    stages.py    the stages in order
    reading.py   from collected bytes to a reading, one report at a time; needs no ledger
    work.py      add, update, rebuild, verify: from files to incidents, in a ledger
    copying.py   copies among the reports of a ledger, found as they come in
    gather.py    dossiers and shelves: all that is known of one incident, or of one report
    provenance.py  where the text of a report comes from
    finding.py   ids from the first letters of ids
    deciding.py  a person's judgement, and what it changed
    giving.py    the site and the files

Work in a ledger may be interrupted at any moment, also by a kill: what was committed stays, the rest is done by
the next ``update``, and the result is the same as that of an unbroken run.

Progress is told by calling ``progress(step, done, total)``, with ``total`` null where it is not known.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .deciding import Judged, judge
    from .finding import Seen, find, look
    from .gather import Listed, dossier, dossiers, how_sure, listed, shelves, unsure
    from .giving import FORMS, Profile, SiteSummary, export, publish, replacing
    from .reading import Read, extract_files, extract_only, item, items, stories
    from .saying import given
    from .stages import STAGES, Stage
    from .work import Added, Rebuilt, Updated, add, add_items, rebuild, update, verify

# Brought in when first asked for: reading needs no database, and listing incidents needs no HTML parser.
_HOMES = {
    "deciding": ("Judged", "judge"),
    "finding": ("Seen", "find", "look"),
    "gather": ("Listed", "dossier", "dossiers", "how_sure", "listed", "shelves", "unsure"),
    "giving": ("FORMS", "Profile", "SiteSummary", "export", "publish", "replacing"),
    "saying": ("given",),
    "reading": ("Read", "extract_files", "extract_only", "item", "items", "stories"),
    "stages": ("STAGES", "Stage"),
    "work": ("Added", "Rebuilt", "Updated", "add", "add_items", "rebuild", "update", "verify"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "FORMS",
    "STAGES",
    "Added",
    "Judged",
    "Listed",
    "Profile",
    "Read",
    "Rebuilt",
    "Seen",
    "SiteSummary",
    "Stage",
    "Updated",
    "add",
    "add_items",
    "dossier",
    "dossiers",
    "export",
    "extract_files",
    "extract_only",
    "find",
    "given",
    "how_sure",
    "item",
    "items",
    "judge",
    "listed",
    "look",
    "publish",
    "rebuild",
    "replacing",
    "shelves",
    "stories",
    "unsure",
    "update",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Bring in the file that ``name`` lives in."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
