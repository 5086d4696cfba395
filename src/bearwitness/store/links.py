"""What linking keeps of mentions: facts, places in lists, pairs, and where incidents stand. Derived, and dropped by ``rebuild``.

``bearwitness.link`` says what these are for. A mention's key is the beginning of its id. Every question costs the same however
many mentions there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Column, Connection, MetaData, Table, and_, bindparam, func, or_, select, tuple_

from ..errors import DamagedLedger
from ..record import Incident, Judgement, canonical
from . import journal, views
from .among import Among
from .insert import insert, unindexed
from .nearest import neighbours
from .paired import paired
from .schema import ADDED, LINKS, decided, derived_from, edge, fact, spot, standing, stirred, tangle

_NAME = "links"  # the row of ``derived_from``
_PART = 10_000  # mentions written at a time
_LISTS = 100  # lists asked for in one statement
_PAIRS = 200  # pairs asked for in one statement
_NEAR = """SELECT * FROM (SELECT {at} AS place, {side} AS side, mention, eager FROM standing
WHERE list = :list{at} AND (rank, mention) {than} (:rank{at}, :key)
ORDER BY rank {order}, mention {order} LIMIT :reach) AS near_{at}_{side}"""

_BETWEEN = """WITH wanted (one, other) AS (VALUES {pairs})
SELECT edge.first, edge.second, edge.support, edge.score, edge.codes
FROM wanted JOIN edge ON edge.first = wanted.one AND edge.second = wanted.other"""

_FACTS = Among(select(fact.c.mention, fact.c.body), fact.c.mention)
_TOLD = Among(select(fact.c.mention, fact.c.body), fact.c.report)
_FIRSTS = Among(select(edge), edge.c.first)
_SECONDS = Among(select(edge), edge.c.second)
_THIS = and_(edge.c.first == bindparam("one"), edge.c.second == bindparam("other"))
_SUPPORT = edge.update().where(_THIS).values(support=bindparam("left"))
_LET_GO = edge.delete().where(_THIS)
_KNOTS = Among(select(tangle.c.knot), tangle.c.mention)
_TANGLED = Among(select(tangle.c.mention), tangle.c.knot)
_UNTANGLE = Among(tangle.delete(), tangle.c.mention)
_SPOTS = Among(select(spot), spot.c.incident)
_LEAVE = Among(spot.delete(), spot.c.incident)
_DECIDED = Among(select(decided.c.judgement), decided.c.subject)

F = TypeVar("F")
Pair = tuple[int, int]
Near = tuple[int, bool]


class Place(NamedTuple):
    """A row of ``standing`` without its mention."""

    list: int
    rank: int
    eager: bool


class Pairing(NamedTuple):
    """A row of ``edge``."""

    first: int
    second: int
    support: int
    score: int
    codes: str


class Spot(NamedTuple):
    """A row of ``spot``; ``mentions`` are the incident's first."""

    place: str
    first: int
    incident: str
    mentions: tuple[str, ...]


class Links(Generic[F]):
    """The tables over one connection; what is written is kept with its transaction. Facts are of the class given; their ``id`` is
    the mention's."""

    def __init__(self, connection: Connection, of: type[F]) -> None:
        self.connection = connection
        self._encode = msgspec.msgpack.Encoder(order="deterministic").encode
        self._decode = msgspec.msgpack.Decoder(of).decode
        self._facts: dict[int, F] = {}
        # What the views say of mentions and incidents is asked for many times before they are written.
        self._of: dict[str, str | None] = {}
        self._incidents: dict[str, Incident] = {}

    def count(self) -> int:
        """How many mentions are kept."""
        return self.connection.execute(select(func.count()).select_from(fact)).scalar_one()

    # mentions, lists and pairs

    def around(self, places: Sequence[Any], key: int, reach: int) -> list[tuple[list[Near], list[Near]]]:
        """Those before and after a mention of that key at each of ``places`` (see ``Place``), the nearest first."""
        found: list[tuple[list[Near], list[Near]]] = []
        for part in journal.chunks(places, _LISTS):
            sides: list[tuple[list[Near], list[Near]]] = [([], []) for _ in part]
            values: dict[str, int] = {"key": key, "reach": reach}
            for at, place in enumerate(part):
                values |= {f"list{at}": place.list, f"rank{at}": place.rank}
            for at, side, mention, eager in self.connection.execute(neighbours(_NEAR, len(part)), values):
                sides[at][side].append((mention, bool(eager)))
            found += sides
        return found

    def enter(self, key: int, report: str, made: F, places: Iterable[Any]) -> None:
        """Keep a fact and its places."""
        row = {"mention": key, "report": report, "body": self._encode(made)}
        self._insert(fact, [row])
        rows = [_place_row(key, place) for place in places]
        if rows:
            self._insert(standing, rows)
        self._facts[key] = made

    def leave(self, key: int, places: Iterable[Any]) -> None:
        """Forget a fact, its places and its pairs."""
        c = standing.c
        self.connection.execute(fact.delete().where(fact.c.mention == key))
        for part in journal.chunks(list(places), _LISTS):
            here = [and_(c.list == place.list, c.rank == place.rank) for place in part]
            self.connection.execute(standing.delete().where(c.mention == key, or_(*here)))
        self.connection.execute(edge.delete().where(edge.c.first == key))
        self.connection.execute(edge.delete().where(edge.c.second == key))
        self._facts.pop(key, None)

    def facts(self, keys: Iterable[int]) -> dict[int, F]:
        """The facts of those mentions that are there."""
        wanted = set(keys)
        for mention, body in _FACTS(self.connection, wanted - self._facts.keys()):
            self._facts[mention] = self._read(body)
        return {key: self._facts[key] for key in wanted if key in self._facts}

    def told_by(self, reports: Iterable[str]) -> dict[int, F]:
        """The facts of all mentions of those reports."""
        found: dict[int, F] = {}
        for mention, body in _TOLD(self.connection, reports):
            found[mention] = self._facts.get(mention) or self._read(body)
        self._facts.update(found)
        return found

    def _read(self, body: bytes) -> F:
        try:
            return self._decode(body)
        except msgspec.MsgspecError as error:
            raise DamagedLedger(
                f"What linking keeps cannot be read ({error}). Run `bearwitness verify`, then `bearwitness rebuild`."
            ) from error

    def edges(self, keys: Collection[int]) -> list[Pairing]:
        """All pairs that any of those mentions is one of."""
        own = set(keys)
        found = [Pairing._make(row) for row in _FIRSTS(self.connection, own)]
        return found + [Pairing._make(row) for row in _SECONDS(self.connection, own) if row[0] not in own]

    def between(self, pairs: Collection[Pair]) -> list[Pairing]:
        """Those pairs that are there, in order."""
        found: list[Pairing] = []
        for part in journal.chunks(sorted(set(pairs)), _PAIRS):
            values = {f"first{at}": pair[0] for at, pair in enumerate(part)}
            values |= {f"second{at}": pair[1] for at, pair in enumerate(part)}
            rows = self.connection.execute(paired(_BETWEEN, len(part)), values)
            found += [Pairing._make(row) for row in rows]
        return sorted(found)

    def support(self, pairs: Mapping[Pair, int]) -> tuple[set[Pair], set[Pair]]:
        """Add to the number of lists that support pairs; which of them were there, and which have none left and are let go."""
        left = {(row.first, row.second): row.support + pairs[row[:2]] for row in self.between(pairs)}
        gone = {pair for pair, support in left.items() if support <= 0}
        stay = [
            {"one": one, "other": other, "left": support}
            for (one, other), support in left.items()
            if support > 0 and pairs[one, other]
        ]
        if stay:
            self.connection.execute(_SUPPORT, stay)
        if gone:
            self.connection.execute(_LET_GO, [{"one": one, "other": other} for one, other in sorted(gone)])
        return set(left), gone

    def keep(self, rows: Iterable[Pairing]) -> None:
        """Keep pairs."""
        self._insert(edge, (row._asdict() for row in rows))

    # events

    def tangled(self, names: Collection[str]) -> set[str]:
        """All mentions that can only be settled together with any of these."""
        return set(_TANGLED.first(self.connection, _KNOTS.first(self.connection, names)))

    def tangle(self, names: Collection[str], together: bool) -> None:
        """Note whether those mentions can only be settled together."""
        ordered = sorted(names)
        _UNTANGLE.run(self.connection, ordered)
        if together:
            self._insert(tangle, ({"mention": name, "knot": ordered[0]} for name in ordered))

    def incidents(self, ids: Iterable[str]) -> dict[str, Incident]:
        """The incidents of those ids that are there, as they were when this was opened."""
        wanted = set(ids)
        self._incidents |= views.incidents_by_id(self.connection, wanted - self._incidents.keys())
        return {id: self._incidents[id] for id in sorted(wanted & self._incidents.keys())}

    def incidents_of(self, mentions: Iterable[str]) -> dict[str, str]:
        """The incident id of each of ``mentions`` that was in one when this was opened."""
        wanted = set(mentions)
        if fresh := wanted - self._of.keys():
            self._of |= dict.fromkeys(fresh) | views.incidents_of(self.connection, fresh)
        found = ((name, self._of[name]) for name in sorted(wanted))
        return {name: id for name, id in found if id is not None}

    # where incidents stand

    def spots(self, ids: Iterable[str]) -> list[Spot]:
        """The spots of those incidents."""
        return [_spot(row) for row in _SPOTS(self.connection, ids)]

    def move(self, gone: Iterable[str], come: Iterable[Any]) -> None:
        """Take the spots of those incidents out and put others in."""
        _LEAVE.run(self.connection, gone)
        self._insert(spot, ({**one._asdict(), "mentions": " ".join(one.mentions)} for one in come))

    def beside(self, one: Any, reach: int) -> list[Spot]:
        """The spots before and after a spot in the list of its place, at most ``reach`` of either, and itself if it is there; in order."""
        c = spot.c
        here = select(spot).where(c.place == one.place)
        at, this = tuple_(c.first, c.incident), (one.first, one.incident)
        before = here.where(at < this).order_by(c.first.desc(), c.incident.desc())
        after = here.where(at >= this).order_by(c.first, c.incident)
        found = [
            _spot(row) for query in (before, after) for row in self.connection.execute(query.limit(reach + 1))
        ]
        return sorted(found)

    # judgements, and reports whose copies changed

    def judgements(self, subjects: Iterable[str]) -> list[Judgement]:
        """The judgements on any of ``subjects`` (mentions or claims), in order of their ids."""
        found = journal.get_many(self.connection, _DECIDED.first(self.connection, subjects))
        return [one for _, one in sorted(found.items()) if isinstance(one, Judgement)]

    def decided(self) -> bool:
        """Whether there is any judgement."""
        return self.connection.execute(select(decided.c.subject).limit(1)).first() is not None

    def note(self, judgements: Iterable[Judgement]) -> None:
        """Keep on what judgements are, so that they are found by it."""
        for one in judgements:
            there = set(
                self.connection.scalars(
                    select(decided.c.subject).where(
                        decided.c.subject.in_(one.subject), decided.c.judgement == one.id
                    )
                )
            )
            self._insert(decided, ({"subject": name, "judgement": one.id} for name in {*one.subject} - there))

    def stirred(self) -> list[int]:
        """The keys of the reports whose copies changed since the views were derived."""
        return list(self.connection.scalars(select(stirred.c.report).order_by(stirred.c.report)))

    # all of it

    def fill(
        self,
        facts: Iterable[tuple[int, str, F, Iterable[Any]]],
        edges: Iterable[Pairing],
        tangles: Iterable[Collection[str]],
        spots: Iterable[Any],
        judgements: Iterable[Judgement],
    ) -> None:
        """Write everything anew. Facts come with their keys, their reports and their places."""
        drop(self.connection)
        pending = _pending()
        pending.create(self.connection)
        with unindexed(self.connection, LINKS):
            rest = iter(facts)
            while some := list(islice(rest, _PART)):
                self._insert(
                    fact,
                    (
                        {"mention": key, "report": report, "body": self._encode(made)}
                        for key, report, made, _ in some
                    ),
                )
                self._insert(
                    pending,
                    (_place_row(key, place) for key, _, _, places in some for place in places),
                )
            # In the order in which they will lie, which the database finds: so each page of the table is written once.
            columns = [pending.c[column.name] for column in standing.columns]
            rows = select(*columns).order_by(*columns[:3])
            self.connection.execute(standing.insert().from_select(standing.columns.keys(), rows))
            pending.drop(self.connection)
            self.keep(edges)
            for names in tangles:
                self.tangle(names, together=True)
            self.move([], spots)
            self.note(judgements)

    def _insert(self, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        insert(self.connection, table, rows)


def _pending() -> Table:
    """What is to be put in order before it goes into ``standing``; the connection's own, and gone with it."""
    columns = (Column(column.name, column.type, nullable=False) for column in standing.columns)
    return Table("pending", MetaData(), *columns, prefixes=["TEMPORARY"])


def _place_row(key: int, place: Any) -> dict[str, Any]:
    return {"list": place.list, "rank": place.rank, "mention": key, "eager": place.eager}


def _spot(row: Any) -> Spot:
    return Spot(row.place, row.first, row.incident, tuple(row.mentions.split()))


def prepare(connection: Connection) -> None:
    """Make the tables where they are missing."""
    for table in (*LINKS, *ADDED):
        table.create(connection, checkfirst=True)


def drop(connection: Connection) -> None:
    """Take out all of it."""
    for table in LINKS:
        connection.execute(table.delete())
    connection.execute(derived_from.delete().where(derived_from.c.name == _NAME))


def sealed(connection: Connection) -> None:
    """Note that it goes with the views as they are, and that no report's copies changed since."""
    connection.execute(stirred.delete())
    connection.execute(derived_from.delete().where(derived_from.c.name == _NAME))
    query = select(derived_from).where(derived_from.c.name == views.NAME)
    row = connection.execute(query).one()
    connection.execute(derived_from.insert(), [{**row._mapping, "name": _NAME}])


def since(connection: Connection, by: str) -> int | None:
    """Up to which place of the journal it and the views were derived, by those rules and together; ``None`` if they were not."""
    names = (_NAME, views.NAME)
    query = select(derived_from.c.entries, derived_from.c.head, derived_from.c.derived_by)
    rows = connection.execute(query.where(derived_from.c.name.in_(names))).all()
    if len(rows) < len(names) or rows[0] != rows[1] or rows[0].derived_by != by:
        return None
    return int(rows[0].entries)


def stir(connection: Connection, reports: Collection[int]) -> None:
    """Note that the copies of reports changed."""
    for part in journal.chunks(sorted(set(reports))):
        there = set(connection.scalars(select(stirred.c.report).where(stirred.c.report.in_(part))))
        if new := [{"report": key} for key in part if key not in there]:
            connection.execute(stirred.insert(), new)


def dump(connection: Connection) -> Iterator[str]:
    """Every row as one line of canonical JSON, in the order of their keys, for comparing."""
    for table in LINKS:
        for of, row in views.rows(connection, (table,)):
            plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()}
            yield canonical([str(of.name), *plain.values()]).decode()
