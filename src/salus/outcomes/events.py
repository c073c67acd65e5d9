"""The events of an outcome: for each entity the days on which it happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salus.errors import DataError
from salus.facts.partials.row_order import order_by
from salus.model.model import Model, Outcome
from salus.outcomes.contract_ends import contract_ends
from salus.outcomes.inactivity import inactivity_events
from salus.outcomes.recorded import load_recorded
from salus.periods.day import NEVER
from salus.periods.grid import Days
from salus.sources.connection import Connection


@dataclass(frozen=True)
class OutcomeEvents:
    """One row per event, sorted by entity, then day.

    An entity isn't at risk from the day after `day` to `effective_day`, and never again if the
    outcome happens only `once`.
    """

    entity: NDArray[np.int64]  # positions in the list of entities
    day: Days  # when it was decided, else when it took effect
    effective_day: (
        Days  # when it took effect; of inactivity: when the entity came back; NEVER: not yet
    )
    once: bool = False
    rows: int = 0  # rows of the outcome whose key is an entity, on any day
    unknown_keys: int = 0  # rows whose key matches no entity

    def __len__(self) -> int:
        return len(self.entity)

    def next(self, entity: NDArray[np.int64], day: Days) -> tuple[Days, NDArray[np.bool_]]:
        """For each entity and day: the day of the first event from that day on (NEVER: none), and
        whether the entity is at risk on that day.

        >>> events = OutcomeEvents(np.array([0, 0]), np.array([5, 20], dtype=np.int32), np.array([8, 20], dtype=np.int32))
        >>> events.next(np.array([0, 0, 0, 1]), np.array([5, 6, 9, 9], dtype=np.int32))
        (array([         5,         20,         20, 1073741824], dtype=int32), array([ True, False,  True,  True]))
        """
        far = np.int64(2 * NEVER)
        position = np.searchsorted(self.entity * far + self.day, entity * far + day)
        entities = np.concatenate([[-1], self.entity, [-1]])
        days, effective = (
            np.concatenate([[NEVER], column, [NEVER]]).astype(np.int32)
            for column in (self.day, self.effective_day)
        )
        following = np.where(entities[position + 1] == entity, days[position + 1], np.int32(NEVER))
        before = entities[position] == entity
        return following, ~before if self.once else ~(before & (day <= effective[position]))


def load_events(
    model: Model, connection: Connection, outcome: Outcome, ids: Sequence[str], end: int
) -> OutcomeEvents:
    """The events of an outcome known before the day `end`. `ids`: the keys of all entities, sorted
    by code point. Raises DataError if no row has the key of an entity.

    An outcome in a table happens once, unless the model says with `ends` or `active` who has left:
    then an entity that comes back is at risk again. Inactivity and the end of contracts can happen many
    times.
    """
    table = _load_rows(model, connection, outcome, end)
    positions = pc.index_in(
        table["entity"].cast(pa.string()).combine_chunks(), value_set=pa.array(ids, pa.string())
    )
    known = pc.is_valid(positions)
    entity = positions.drop_null().to_numpy(zero_copy_only=False).astype(np.int64)
    day, effective = (
        table[name].combine_chunks().filter(known).cast(pa.int32()).fill_null(NEVER).to_numpy()
        for name in ("day", "effect")
    )
    if len(table) and not len(entity):
        raise DataError(
            f"no row of outcome `{outcome.name}` matches the key of any {model.entity.name}",
            f"check `key: {_key_of(model, outcome)}` of the outcome in the model",
        )
    past = np.flatnonzero(day < end)
    order = past[order_by([entity[past], day[past], effective[past]])]
    returns = (
        outcome.quiet is not None
        or outcome.contracts
        or model.entity.ends is not None
        or model.entity.active is not None
    )
    return OutcomeEvents(
        entity=entity[order],
        day=day[order],
        effective_day=effective[order],
        once=not returns,
        rows=len(entity),
        unknown_keys=len(table) - len(entity),
    )


def _load_rows(model: Model, connection: Connection, outcome: Outcome, end: int) -> pa.Table:
    """The events as columns `entity`, `day` and `effect`."""
    if outcome.quiet is not None:
        return inactivity_events(model, connection, outcome, end)
    if outcome.contracts:
        return contract_ends(model, connection, outcome, end)
    return load_recorded(model, connection, outcome)


def _key_of(model: Model, outcome: Outcome) -> str | None:
    """The column of the outcome's key."""
    contracts = model.entity.contracts
    return contracts.key if outcome.contracts and contracts is not None else outcome.key
