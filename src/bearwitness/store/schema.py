"""The tables: the journal, which only grows, and the views, which are derived from it.

Only portable types are used, JSON is text in canonical form, and triggers are given per dialect, so that the
same tables can stand in PostgreSQL.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.schema import ExecutableDDLElement

from .kinds import GENESIS

FORMAT = 2
"""The form of ledger this program writes and reads. It changes with any table or record field."""

metadata = MetaData()
_Number = BigInteger().with_variant(Integer, "sqlite")

ledger = Table(
    "ledger",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    Column("seq", _Number, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("parent", Text),
    Column("reader", Text),
    Column("body", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("id", "kind", name="entry_id_kind"),
)
Index("entry_parent", entry.c.parent, entry.c.kind, entry.c.seq)
Index("entry_kind", entry.c.kind, entry.c.seq)

derived_from = Table(
    "derived_from",
    metadata,
    Column("name", Text, primary_key=True),
    Column("entries", _Number, nullable=False),
    Column("head", Text, nullable=False),
    Column("derived_by", Text, nullable=False),
)

tally = Table(
    "tally",
    metadata,
    Column("name", Text, primary_key=True),
    Column("count", _Number, nullable=False),
)

incident = Table(
    "incident",
    metadata,
    Column("id", Text, primary_key=True),
    Column("date_key", Text, nullable=False),
    Column("date", Text),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("place", Text),
    Column("site", Text),
    Column("country", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", Text),
    Column("developing", Boolean, nullable=False),
    Column("mentions", _Number, nullable=False),
    Column("body", Text, nullable=False),
)
Index("incident_date", incident.c.date_key, incident.c.id)
Index("incident_country", incident.c.country, incident.c.date_key)

incident_mention = Table(
    "incident_mention",
    metadata,
    Column("mention", Text, primary_key=True),
    Column("incident", Text, nullable=False),
    Column("position", _Number, nullable=False),
)
Index("incident_mention_incident", incident_mention.c.incident, incident_mention.c.position)

assessment = Table(
    "assessment",
    metadata,
    Column("incident", Text, primary_key=True),
    Column("method", Text, primary_key=True),
    Column("killed_low", _Number),
    Column("killed_best", _Number),
    Column("killed_high", _Number),
    Column("killed_open", Boolean, nullable=False),
    Column("injured_low", _Number),
    Column("injured_best", _Number),
    Column("injured_high", _Number),
    Column("injured_open", Boolean, nullable=False),
    Column("grade", Text, nullable=False),
    Column("contested", Boolean, nullable=False),
    Column("origins", _Number, nullable=False),
    Column("body", Text, nullable=False),
)

claim = Table(
    "claim",
    metadata,
    Column("id", Text, primary_key=True),
    Column("incident", Text),
    Column("mention", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("low", _Number),
    Column("high", _Number),
    Column("number_kind", Text),
    Column("whom", Text),
    Column("group", Text),
    Column("part_of", Boolean, nullable=False),
    Column("value", Text),
    Column("value_class", Text),
    Column("speaker", Text),
    Column("role", Text),
    Column("organisation", Text),
    Column("hedged", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("start", _Number, nullable=False),
    Column("end", _Number, nullable=False),
    Column("outlet", Text),
    Column("published", Text),
)
Index("claim_incident", claim.c.incident, claim.c.about)
Index("claim_mention", claim.c.mention)
Index("claim_report", claim.c.report)

# The rows lie in the order of their keys, without a second index: there are some twenty to a report.
mark = Table(
    "mark",
    metadata,
    Column("mark", _Number, primary_key=True, autoincrement=False),
    Column("report", _Number, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

sketch = Table(
    "sketch",
    metadata,
    Column("report", _Number, primary_key=True, autoincrement=False),
    Column("marks", LargeBinary, nullable=False),
    Column("outlet", Text, nullable=False),
)

copied = Table(
    "copied",
    metadata,
    Column("first", _Number, primary_key=True, autoincrement=False),
    Column("second", _Number, primary_key=True, autoincrement=False),
    Column("support", _Number, nullable=False),
    Column("body", Text, nullable=False),
)
Index("copied_second", copied.c.second)

# What linking keeps of mentions, so that one more is linked without looking at all.
fact = Table(
    "fact",
    metadata,
    Column("mention", _Number, primary_key=True, autoincrement=False),
    Column("report", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
Index("fact_report", fact.c.report)

standing = Table(
    "standing",
    metadata,
    Column("list", _Number, primary_key=True, autoincrement=False),
    Column("rank", _Number, primary_key=True, autoincrement=False),
    Column("mention", _Number, primary_key=True, autoincrement=False),
    Column("eager", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

edge = Table(
    "edge",
    metadata,
    Column("first", _Number, primary_key=True, autoincrement=False),
    Column("second", _Number, primary_key=True, autoincrement=False),
    Column("support", _Number, nullable=False),
    Column("score", _Number, nullable=False),
    Column("codes", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("edge_second", edge.c.second)

tangle = Table(
    "tangle",
    metadata,
    Column("mention", Text, primary_key=True),
    Column("knot", Text, nullable=False),
)
Index("tangle_knot", tangle.c.knot)

spot = Table(
    "spot",
    metadata,
    Column("place", Text, primary_key=True),
    Column("first", _Number, primary_key=True, autoincrement=False),
    Column("incident", Text, primary_key=True),
    Column("mentions", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("spot_incident", spot.c.incident)

decided = Table(
    "decided",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("judgement", Text, primary_key=True),
    sqlite_with_rowid=False,
)

stirred = Table(
    "stirred",
    metadata,
    Column("report", _Number, primary_key=True, autoincrement=False),
)

ADDED: tuple[Table, ...] = (tally,)
"""Derived tables that a ledger made by an earlier version gets from its next writer: how many rows there are of what is counted."""

LINKS: tuple[Table, ...] = (fact, standing, edge, tangle, spot, decided, stirred)
"""Derived tables that linking keeps beside the views. A ledger made before there were any gets them from its next writer."""

COPIES: tuple[Table, ...] = (mark, sketch, copied)
"""Derived tables that grow with the reports."""

VIEWS: tuple[Table, ...] = (incident, incident_mention, assessment, claim)
"""Derived tables; ``derived_from`` says from which state of the journal."""

REFUSAL = "the journal only grows: entries are never changed, replaced or taken out"

# INSERT OR REPLACE takes rows out without firing delete triggers, so the insert trigger guards the place and
# the name of a new entry as well.
_SQLITE = (
    f"CREATE TRIGGER entry_never_changed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"""CREATE TRIGGER entry_only_appended BEFORE INSERT ON entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
  OR NEW.previous IS NOT coalesce((SELECT hash FROM entry ORDER BY seq DESC LIMIT 1), '{GENESIS}')
  OR EXISTS (SELECT 1 FROM entry WHERE id = NEW.id AND kind = NEW.kind)
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
)
_POSTGRESQL = (
    f"""CREATE FUNCTION entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    """CREATE TRIGGER entry_never_changed BEFORE UPDATE OR DELETE ON entry
FOR EACH ROW EXECUTE FUNCTION entry_refuse()""",
    """CREATE TRIGGER entry_never_emptied BEFORE TRUNCATE ON entry
FOR EACH STATEMENT EXECUTE FUNCTION entry_refuse()""",
)


def _ddl(statement: str, dialect: str) -> ExecutableDDLElement:
    ddl: ExecutableDDLElement = DDL(statement)  # type: ignore[no-untyped-call]
    return ddl.execute_if(dialect=dialect)


for _dialect, _statements in (("sqlite", _SQLITE), ("postgresql", _POSTGRESQL)):
    for _statement in _statements:
        event.listen(entry, "after_create", _ddl(_statement, _dialect))


def create(connection: Connection, made: str) -> None:
    """Create all tables and triggers and write down the format; ``made`` is when, RFC 3339."""
    metadata.create_all(connection)
    facts = {"format": str(FORMAT), "created_at": made}
    connection.execute(ledger.insert(), [{"name": name, "value": value} for name, value in facts.items()])
