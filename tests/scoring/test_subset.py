"""The facts of some entities: their attributes, their history and their rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from salus.facts.build import FactSet
from salus.facts.partials.partial import Attributes, Partial
from salus.facts.partials.requirements import required_partials
from salus.scoring.subset import subset
from tests.scoring.cells import read_model


def rows_of(entities: list[int]) -> Partial:
    """A partial with a running number in each row."""
    spec = next(iter(required_partials(read_model())))
    return Partial(
        spec, np.array(entities, np.int32), {"row": np.arange(len(entities))}, kind="number"
    )


def test_rows_are_those_of_the_entities_numbered_from_0() -> None:
    partial = rows_of([0, 0, 1, 3, 3, 4])
    known = FactSet(Attributes(ids=("a", "b", "c", "d", "e")), {partial.spec: partial})
    part = subset(known, np.array([0, 2, 3]))
    assert part.attributes.ids == ("a", "c", "d")
    rows = part.partials[partial.spec]
    assert rows.entity.tolist() == [0, 0, 2, 2]
    assert rows["row"].tolist() == [0, 1, 3, 4]


def test_no_entity_has_no_rows() -> None:
    partial = rows_of([0, 1])
    known = FactSet(Attributes(ids=("a", "b")), {partial.spec: partial})
    part = subset(known, np.zeros(0, dtype=np.int64))
    assert part.attributes.ids == () and len(part.partials[partial.spec]) == 0


def test_columns_and_their_history_follow() -> None:
    history = rows_of([0, 1, 1, 2])
    attributes = Attributes(
        ids=("a", "b", "c"),
        columns={"seats": pa.array([1, 2, 3])},
        odd={"seats": pa.array([False, True, False])},
        history=history,
        changing={"plan": pa.array(["w", "x", "y", "z"])},
    )
    part = subset(FactSet(attributes, {}), np.array([1, 2])).attributes
    assert part.columns["seats"].to_pylist() == [2, 3]
    assert part.odd["seats"].to_pylist() == [True, False]
    assert part.history is not None
    assert part.history.entity.tolist() == [0, 0, 1]
    assert part.changing["plan"].to_pylist() == ["x", "y", "z"]
