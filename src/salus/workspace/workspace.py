"""A project folder as the verbs see it: its model, its settings, its facts, and what is kept of
it.
"""

from __future__ import annotations

import copy
import datetime as dt
import filecmp
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from salus.errors import ModelError, Problem, UsageError, translate_method_errors
from salus.model.model import Model
from salus.model.read import read_model
from salus.sources.connection import Connection
from salus.workspace import settings as toml
from salus.workspace.clock import Date, date, today_in
from salus.workspace.connect import connect

if TYPE_CHECKING:
    from salus.facts.cache.partial_cache import PartialCache
    from salus.facts.data_end import DataEnd
    from salus.history.decisions import Decision, DecisionLog
    from salus.history.store import Store

PARTIALS_FROM = 2_000_000  # rows: the grouped facts of larger tables are kept


@translate_method_errors
class Workspace:
    """One folder: `salus.yaml`, `salus.toml`, and what Salus keeps (`history/`, `models/`,
    `partials/`, `rejected/`).

    `today` None: by the clock, in the model's time zone.
    """

    def __init__(
        self, folder: Path, file: Path | None = None, today: dt.date | None = None
    ) -> None:
        self.folder, self.file, self._today = folder, file or folder / "salus.yaml", today

    def with_model(self, file: str | Path) -> Self:
        """The same project with another model, for instance one that was edited a minute ago."""
        return type(self)(self.folder, self.model_file(file), self._today)

    def model_file(self, name: str | Path) -> Path:
        """The file of another model: in the project's folder, else in the current one; ModelError
        if in neither.
        """
        path, folder = Path(name), self.folder
        found = next((place for place in (folder / path, path) if place.is_file()), None)
        if found is None:
            places = " or ".join(
                dict.fromkeys(str(place.absolute().parent) for place in (folder / path, path))
            )
            raise ModelError(
                [
                    Problem(
                        path.name,
                        None,
                        None,
                        f"there is no such file in {places}",
                        "name the file of a model",
                    )
                ]
            )
        return found

    def unread_model_file(self, name: str | Path) -> Path | None:
        """Another file of that name in the current folder, which isn't read as the project's comes
        first.
        """
        read, other = self.model_file(name), Path(name)
        return other if other.is_file() and not filecmp.cmp(other, read, shallow=False) else None

    @property
    def today(self) -> dt.date:
        """Today in the model's time zone."""
        return self._today or today_in(self.model.timezone)

    def scoring_with(self, model: Model) -> Self:
        """The same project with a model that is in no file yet."""
        found = copy.copy(self)
        found.model = model
        return found

    @cached_property
    def settings(self) -> toml.Settings:
        """The settings of `salus.toml`."""
        return toml.read(self.folder)

    @cached_property
    def model(self) -> Model:
        """The model as written in its file; raises ModelError with every problem."""
        return read_model(self.file)

    @cached_property
    def store(self) -> Store:
        """What was shown when, and by which model."""
        from salus.history.store import Store

        path = Path(self.settings.history)
        return Store(path if path.is_absolute() else self.folder / path, self.folder / "models")

    @property
    def decisions(self) -> DecisionLog:
        """Which model was to speak for whom, and since when."""
        from salus.history.decisions import DecisionLog

        return DecisionLog(self.folder / "models")

    @property
    def unfinished(self) -> Decision | None:
        """The last decision, if salus.yaml is still the text from before it."""
        from salus.history.decisions import find_unfinished

        return (
            find_unfinished(self.decisions, self.file.read_bytes())
            if self.decisions.path.exists()
            else None
        )

    @property
    def partials(self) -> PartialCache:
        """Grouped facts kept from one score to the next."""
        from salus.facts.cache.partial_cache import PartialCache

        return PartialCache(self.folder / "partials", PARTIALS_FROM)

    def connect(self) -> Connection:
        """A connection to the facts; close it."""
        return connect(self.folder, self.settings, self.model)

    @contextmanager
    def connected(self, model: Model | None = None) -> Iterator[Connection]:
        """A connection to the facts that `model` (None: the project's) reads; it is closed at the
        end.
        """
        connection = connect(self.folder, self.settings, model or self.model)
        try:
            yield connection
        finally:
            connection.close()

    def data_end(self) -> DataEnd:
        """Where the data end, the date that is scored by default, and the days that are
        doubtful.
        """
        from salus.facts.data_end import load_data_end

        with self.connected() as connection:
            return load_data_end(self.model, connection, self.today)

    def past(self, value: Date | None) -> dt.date | None:
        """A date that may be scored or looked back on: today or earlier, else a UsageError."""
        day = date(value)
        if day is not None and day > self.today:
            raise UsageError(
                f"{day} is after today ({self.today}), and nothing is known of it yet",
                "choose today or an earlier date",
            )
        return day
