"""The days on which an outcome came, of each entity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salus.errors import DataError
from salus.facts.partials.order import order_by
from salus.model.model import Model, Outcome
from salus.outcomes.inactivity import inactivity_events
from salus.outcomes.recorded import load_recorded
from salus.periods.day import NEVER
from salus.periods.grid import Days
from salus.sources.connection import Connection


@dataclass(frozen=True)
class OutcomeEvents:
    """Rows by entity, then day. Nobody is asked from the day after `day` to `over`; nor ever again
    where it comes `once`.

    Of a silence `over` is the day on which the entity is back.
    """

    entity: NDArray[np.int64]  # positions in the list of entities
    day: Days  # when it was decided, else when it took effect
    over: Days  # when it took effect; NEVER: not yet
    once: bool = False
    rows: int = 0  # of the outcome whose key is an entity, whenever they are
    strangers: int = 0  # rows whose key is none

    def __len__(self) -> int:
        return len(self.entity)

    def next(self, entity: NDArray[np.int64], day: Days) -> tuple[Days, NDArray[np.bool_]]:
        """The day of each entity's first event on or after each day (NEVER: none), and whether it
        may be asked for.

        >>> events = Events(np.array([0, 0]), np.array([5, 20], dtype=np.int32), np.array([8, 20], dtype=np.int32))
        >>> events.next(np.array([0, 0, 0, 1]), np.array([5, 6, 9, 9], dtype=np.int32))
        (array([         5,         20,         20, 1073741824], dtype=int32), array([ True, False,  True,  True]))
        """
        far = np.int64(2 * NEVER)
        place = np.searchsorted(self.entity * far + self.day, entity * far + day)
        entities = np.concatenate([[-1], self.entity, [-1]])
        days, overs = (
            np.concatenate([[NEVER], one, [NEVER]]).astype(np.int32)
            for one in (self.day, self.over)
        )
        following = np.where(entities[place + 1] == entity, days[place + 1], np.int32(NEVER))
        before = entities[place] == entity
        return following, ~before if self.once else ~(before & (day <= overs[place]))


def load_events(
    model: Model, connection: Connection, outcome: Outcome, ids: Sequence[str], end: int
) -> OutcomeEvents:
    """The events of an outcome known before the day `end`. `ids` are all entities by code point.

    A churn in a table comes once, unless the model says with `ends` or `active` who has left: then
    who comes back is asked again. A silence comes each time.
    """
    table = (
        load_recorded(model, connection, outcome)
        if outcome.quiet is None
        else inactivity_events(model, connection, outcome, end)
    )
    where = pc.index_in(
        table["entity"].cast(pa.string()).combine_chunks(), value_set=pa.array(ids, pa.string())
    )
    there = pc.is_valid(where)
    entity = where.drop_null().to_numpy(zero_copy_only=False).astype(np.int64)
    day, over = (
        table[name].combine_chunks().filter(there).cast(pa.int32()).fill_null(NEVER).to_numpy()
        for name in ("day", "effect")
    )
    if len(table) and not len(entity):
        raise DataError(
            f"no row of outcome `{outcome.name}` has the key of a {model.entity.name}",
            f"check `key: {outcome.key}` of the outcome",
        )
    kept = np.flatnonzero(day < end)
    order = kept[order_by([entity[kept], day[kept], over[kept]])]
    returns = (
        outcome.quiet is not None
        or model.entity.ends is not None
        or model.entity.active is not None
    )
    return OutcomeEvents(
        entity[order], day[order], over[order], not returns, len(entity), len(table) - len(entity)
    )
