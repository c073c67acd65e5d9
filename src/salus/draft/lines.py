"""The lines of a proposed model, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Body = Mapping[str, object]  # key -> text, number, list or mapping, as YAML has it
KeyBody = str | Mapping[str, object] | list[str | Mapping[str, object]]  # of a source or an outcome


@dataclass(frozen=True)
class FixedPoints:
    """Points that are usual in the field, whatever the data: ``bad``/``good``, a ``curve``, or
    ``points`` for words.
    """

    body: Body


@dataclass(frozen=True)
class GrowthPoints(FixedPoints):
    """Fixed points of a growth. It says nothing where it is the same for nearly all. `currency`: the
    input with the currency, because exchange rates change the values of one currency alike.
    """

    currency: str | None = None


@dataclass(frozen=True)
class SpreadPoints:
    """Points from the spread of the data: percentiles at the newest date, written as numbers."""

    more_is: Literal["good", "bad"]


@dataclass(frozen=True)
class SourceDraft:
    """A proposed source and its comment. `paced`: its rows come at a usual pace, so that silence
    says that they stopped coming.
    """

    name: str
    body: Body
    why: str
    paced: bool = True


@dataclass(frozen=True)
class LinkDraft:
    """A proposed link and its comment."""

    name: str
    body: Body
    why: str


@dataclass(frozen=True)
class InputDraft:
    """A proposed input and its comment."""

    name: str
    body: Body
    why: str = ""


@dataclass(frozen=True)
class MeasureDraft:
    """A proposed measure, its points and its comment."""

    name: str
    dimension: str
    body: Body
    scale: FixedPoints | SpreadPoints
    why: str
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class OmittedRows:
    """Rows of a table that its measures leave out: those with one of the values of a column.

    `keeps` is the condition of the rows that count.
    """

    table: str
    reason: str
    column: str
    values: tuple[str, ...]
    keeps: str


@dataclass(frozen=True, kw_only=True)
class DraftLines:
    """What one table adds to the model.

    `guessed` and `left_out` are notes: each names a guess, or columns left out and why.
    """

    sources: tuple[SourceDraft, ...] = ()
    inputs: tuple[InputDraft, ...] = ()
    measures: tuple[MeasureDraft, ...] = ()
    caps: tuple[Body, ...] = ()
    outcomes: Mapping[str, Body] = field(default_factory=dict)
    weights: Mapping[str, int] = field(
        default_factory=dict
    )  # of dimensions, where they are learned
    metrics: Mapping[str, object] = field(default_factory=dict)  # what `salus metrics` reads
    attributes: tuple[str, ...] = ()
    entity: Body = field(default_factory=dict)
    guessed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    omitted: tuple[OmittedRows, ...] = ()


class UniqueName(str):
    """The name of a measure, input or source, with the plain name `base` and the `table` that it is
    about.
    """

    base: str
    table: str

    @classmethod
    def of(cls, unique: str, base: str, table: str) -> UniqueName:
        name = cls(unique)
        name.base, name.table = base, table
        return name


class UniqueNames:
    """Gives every measure, input and source a unique name. `reserved` names are never given out."""

    def __init__(self, reserved: tuple[str, ...] = ()) -> None:
        self._used = set(reserved)

    def new(self, name: str, table: str) -> UniqueName:
        """The first unused of `name`, `table_name`, `name_2`, `name_3` and so on."""
        numbered = (f"{name}_{number}" for number in range(2, 1000))
        unique = next(
            free for free in (name, f"{table}_{name}", *numbered) if free not in self._used
        )
        self._used.add(unique)
        return UniqueName.of(unique, name, table)


#: Weights of the dimensions. A dimension without measures is left out of the file.
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
    "relationship": 20,
    "commercial": 15,
    "growth": 15,
    "profile": 15,
}
TREND = {"curve": [[-0.5, 0], [-0.3, 20], [-0.1, 60], [0, 80], [0.2, 100]]}
RHYTHM = {"curve": [[1, 100], [1.5, 70], [2, 40], [3, 10], [4, 0]]}
