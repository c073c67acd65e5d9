"""What was known before a day: whether it is still the same after tables have changed.

Facts are compared by the day on which they became known, and ends by the day on which these did. So
rows of new days change nothing that was known before. Sources with kept partials have checksums
already (facts/cache/checksums.py); for the others the checksums are computed when their data change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field

import numpy as np
import pyarrow as pa
from sqlglot import exp

from salus.facts.cache.checksums import changed_days
from salus.facts.cache.partial_cache import ChecksumLog, PartialCache
from salus.facts.cache.partition import source_folder
from salus.facts.partials.requirements import required_partials
from salus.facts.sql.columns import BEGUN, CLOSED, ENDED, ENTITY, KNOWN, RECORDED, TIME
from salus.facts.sql.dialect import cast
from salus.facts.sql.origin import FORMAT, Origin, short_hash
from salus.facts.sql.relation import FAR, Relation, Span, column
from salus.model.expressions.expression import find_names
from salus.model.fingerprint import fingerprint
from salus.model.model import Model
from salus.model.source import Source
from salus.periods.day import date_of
from salus.sources.connection import Connection
from salus.version import __version__

DaySums = Mapping[str, list[int]]  # of columns `day`, `rows` and `sum`


@dataclass(frozen=True)
class KnownData:
    """The state of everything that the scores of a model depend on."""

    common: str  # the model, and tables that are taken as they are today
    entities: str  # the table of entities
    sources: Mapping[str, str]
    sums: Mapping[str, Mapping[str, DaySums]] = field(
        default_factory=dict
    )  # of sources without kept partials: facts and ends by the day known

    @classmethod
    def load(
        cls, model: Model, connection: Connection, cache: PartialCache, before: KnownData | None
    ) -> KnownData:
        """The state now. Call this before the facts are read: facts that arrive meanwhile then count
        as changed. Sources that are the same as `before` aren't read.
        """
        origins = _origins(model, connection)
        sums: dict[str, Mapping[str, DaySums]] = {}
        for name, origin in origins.items():
            if before is not None and before.sources.get(name) == origin.identity:
                sums |= {name: before.sums[name]} if name in before.sums else {}
            elif origin.size < cache.least:
                sums |= {name: dict(_sums_by_day(model, origin))}
        return cls(
            _common(model, connection),
            short_hash(connection.identity(str(model.entity.table))),
            {name: origin.identity for name, origin in origins.items()},
            sums,
        )

    def keeps(
        self,
        earlier: KnownData,
        day: int,
        model: Model,
        connection: Connection,
        cache: PartialCache,
    ) -> bool:
        """Whether everything but the entities themselves that was known before the day is as it was
        in the earlier state.
        """
        if self.common != earlier.common or self.sources.keys() != earlier.sources.keys():
            return False
        changed = [name for name in self.sources if self.sources[name] != earlier.sources[name]]
        for name in changed:
            if name in self.sums and name in earlier.sums:
                if _before(self.sums[name], day) != _before(earlier.sums[name], day):
                    return False
            elif not _is_kept(model, connection, cache, name, earlier.sources[name], day):
                return False
        return True

    def as_dict(self) -> dict[str, object]:
        """Plain values, from which `KnownData(**values)` is equal."""
        return asdict(self)


def _origins(model: Model, connection: Connection) -> dict[str, Origin]:
    names = dict.fromkeys(spec.source for spec in required_partials(model))
    return {name: Origin.of(model, connection, name) for name in names}


def _common(model: Model, connection: Connection) -> str:
    entity = model.entity
    parts = [entity.history, entity.contracts, *model.links.values()]
    tables = {part.table for part in parts if part is not None}
    if entity.contracts is not None and entity.contracts.rates is not None:
        tables.add(entity.contracts.rates.table)
    states = [connection.identity(table) for table in sorted(tables)]
    corrected = [repr(link.corrected) for link in model.links.values()]
    declared = [str(FORMAT), __version__, connection.dialect, fingerprint(model)]
    return short_hash("\n".join([*declared, *states, *corrected]))


def _is_kept(
    model: Model,
    connection: Connection,
    cache: PartialCache,
    name: str,
    identity: str,
    day: int,
) -> bool:
    """The same for a source with kept partials."""
    origin = Origin.of(model, connection, name)
    if origin.size < cache.least or origin.facts.source.until_next:
        return False
    log = ChecksumLog(cache.folder / source_folder(name), origin, moving=False)
    old = log.read(identity)
    if old is None:
        return False
    changed = changed_days(old, log.load(old.since, old))
    return not changed or min(changed) >= date_of(day)


def _sums_by_day(model: Model, origin: Origin) -> Iterator[tuple[str, DaySums]]:
    source = origin.facts.source
    relation = origin.facts.relation(Span(None, FAR), ends=source.ends)
    ends = {source.until, source.until_recorded} - _names_read(model, source)
    names = [ENTITY, BEGUN, KNOWN, TIME, RECORDED, *sorted(set(relation.columns.types) - ends)]
    yield "facts", _sum(origin, relation, KNOWN, names)
    if source.ends:
        names = [ENTITY, BEGUN, KNOWN, TIME, RECORDED, CLOSED, ENDED]
        yield "ends", _sum(origin, relation, ENDED, names)
    if relation.stops:  # ends that move are compared as a whole
        yield "state", {"day": [0], "rows": [0], "sum": [int(origin.identity[:15], 16)]}


def _names_read(model: Model, source: Source) -> set[str | None]:
    """The columns that measures, conditions and computed columns of a source read."""
    read: set[str | None] = {*find_names(source.where)}
    for expression in source.columns.values():
        read |= find_names(expression)
    for measure in (*model.everything, *filter(None, [model.activity])):
        if measure.source == source.name:
            read |= find_names(measure.where) | find_names(measure.of)
            read |= {measure.column, measure.weighted_by}
    return read


def _sum(origin: Origin, relation: Relation, day: str, names: list[str]) -> DaySums:
    checksum = exp.Sum(this=origin.facts.dialect.checksum([column(name) for name in names]))
    select = (
        exp.select(
            column(day).as_("day"),
            cast(exp.Count(this=exp.Star()), "bigint").as_("rows"),
            cast(checksum, "bigint").as_("sum"),
        )
        .from_(relation.select.copy().subquery("facts", copy=False))
        .group_by(exp.Literal.number(1))
    )
    table = origin.connection.query(select)
    table = table.filter(table["day"].is_valid())
    days = table["day"].cast(pa.date32()).cast(pa.int32())
    table = table.set_column(0, "day", days).sort_by("day")
    return {name: table[name].cast(pa.int64()).to_pylist() for name in ("day", "rows", "sum")}


def _before(sums: Mapping[str, DaySums], day: int) -> dict[str, list[list[int]]]:
    """The sums of the days before this one."""
    return {
        what: [columns[name][: int(np.searchsorted(columns["day"], day))] for name in columns]
        for what, columns in sums.items()
    }
