"""What became of the entities with the outcome: they have left, are back, or leave only later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from salus.datasets.presence import load_presence
from salus.facts.population import load_attributes
from salus.insight.validation.misses import Miss
from salus.outcomes.events import load_events
from salus.periods.day import day_number
from salus.workspace.workspace import Workspace


@dataclass(frozen=True)
class FoundDepartures:
    """The ends of contracts that `validate` looks at, as they stand on the date `as_of`."""

    as_of: dt.date
    left: int
    returned: int  # the customer is one again
    announced: int  # the last day is still to come

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "as_of": self.as_of.isoformat(),
            "left": self.left,
            "returned": self.returned,
            "announced": self.announced,
        }


def count_departures(
    workspace: Workspace, name: str, misses: Sequence[Miss]
) -> FoundDepartures | None:
    """What became of the `misses`; None if the outcome isn't the end of contracts."""
    model = workspace.model
    outcome = next((each for each in model.outcomes if each.name == name), None)
    if outcome is None or not outcome.contracts or not misses:
        return None
    with workspace.connected() as connection:
        as_of = workspace.find_data_end(model, connection).as_of
        stop = day_number(as_of)
        known = load_attributes(model, connection, stop, None)
        presence = load_presence(model, connection, known, stop)
        events = load_events(model, connection, outcome, known.ids, stop)
    if presence is None:
        return None
    rows = zip(events.entity.tolist(), events.day.tolist(), strict=True)
    effective = dict(
        zip(
            ((known.ids[entity], day) for entity, day in rows),
            events.effective_day.tolist(),
            strict=True,
        )
    )
    ends = [effective.get((miss.id, miss.day), miss.day) for miss in misses]
    present = dict(zip(known.ids, presence.on(stop).tolist(), strict=True))
    announced = sum(end >= stop for end in ends)
    returned = sum(
        end < stop and present.get(miss.id, False) for miss, end in zip(misses, ends, strict=True)
    )
    return FoundDepartures(as_of, len(misses) - announced - returned, returned, announced)
