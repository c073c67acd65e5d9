"""Lines of a model to be, each with the reason it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Body = Mapping[str, object]  # key -> text, number, list or mapping, as YAML has it


@dataclass(frozen=True)
class FixedPoints:
    """Points as the field has them, whatever the data: ``bad``/``good``, a ``curve``, or ``points``
    of words.
    """

    body: Body


@dataclass(frozen=True)
class SpreadPoints:
    """Points by the data's own spread: the tenth and ninetieth percentile at the newest date,
    written as numbers.
    """

    more_is: Literal["good", "bad"]


@dataclass(frozen=True)
class SourceDraft:
    """A source as the proposal writes it."""

    name: str
    body: Body
    why: str


@dataclass(frozen=True)
class InputDraft:
    name: str
    body: Body
    why: str = ""


@dataclass(frozen=True)
class MeasureDraft:
    """A measure as the proposal writes it."""

    name: str
    dimension: str
    body: Body
    scale: FixedPoints | SpreadPoints
    why: str
    weight: int = 1


@dataclass(frozen=True)
class DraftLines:
    """What one table adds to the model. `lost` are columns left out on purpose, with the reason."""

    sources: tuple[SourceDraft, ...] = ()
    inputs: tuple[InputDraft, ...] = ()
    measures: tuple[MeasureDraft, ...] = ()
    caps: tuple[Body, ...] = ()
    outcomes: Mapping[str, Body] = field(default_factory=dict)
    attributes: tuple[str, ...] = ()
    entity: Body = field(default_factory=dict)
    guessed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class UniqueNames:
    """Gives every measure, input and source a name of its own; columns of the entity's table are
    taken from the start.
    """

    def __init__(self, taken: tuple[str, ...] = ()) -> None:
        self._taken = set(taken)

    def new(self, name: str, table: str) -> str:
        """The name, or with the table's name before it, or with a number behind it, whichever is
        still free.
        """
        numbered = (f"{name}_{number}" for number in range(2, 1000))
        found = next(
            free for free in (name, f"{table}_{name}", *numbered) if free not in self._taken
        )
        self._taken.add(found)
        return found


#: Weights of the dimensions; those that no measure fills are left out.
DIMENSIONS = {
    "usage": 30,
    "momentum": 25,
    "purchase": 45,
    "loyalty": 25,
    "experience": 15,
    "commitment": 35,
    "voice": 15,
    "support": 15,
    "payment": 15,
    "commercial": 15,
}
TREND = {"curve": [[-0.5, 0], [-0.3, 20], [-0.1, 60], [0, 80], [0.2, 100]]}
RHYTHM = {"curve": [[1, 100], [1.5, 70], [2, 40], [3, 10], [4, 0]]}
