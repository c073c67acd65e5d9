"""A project folder as the verbs use it: its model, its settings, its facts, and what is kept."""

from __future__ import annotations

import copy
import datetime as dt
import filecmp
from collections.abc import Hashable, Iterator
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
from salus.workspace.kept_results import KeptResults
from salus.workspace.model_files import model_files

if TYPE_CHECKING:
    from salus.facts.cache.kept_counts import KeptCounts
    from salus.facts.cache.kept_days import KeptDays
    from salus.facts.cache.partial_cache import PartialCache
    from salus.facts.data_end import DataEnd
    from salus.history.decisions import Decision, DecisionLog
    from salus.history.store import Store

PARTIALS_FROM = 2_000_000  # rows: partials are kept for tables that have at least so many


@translate_method_errors
class Workspace:
    """One folder: `salus.yaml`, `salus.toml`, and what Salus keeps (`history/`, `models/`,
    `partials/`, `rejected/`).

    `today` None: today by the clock, in the model's time zone.
    """

    def __init__(
        self, folder: Path, file: Path | None = None, today: dt.date | None = None
    ) -> None:
        self.folder, self.file, self._today = folder, file or folder / "salus.yaml", today
        self.kept = KeptResults()
        self._read_from: Hashable = None  # the state of the files of the model and the settings

    def with_model(self, file: str | Path) -> Self:
        """The same project with the model of another file."""
        return type(self)(self.folder, self.model_file(file), self._today)

    def model_file(self, name: str | Path) -> Path:
        """The path of another model: in the project's folder, else in the current folder. Raises
        ModelError if it is in neither.
        """
        path, folder = Path(name), self.folder
        file = next((place for place in (folder / path, path) if place.is_file()), None)
        if file is None:
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
                        "give the path of a model file",
                    )
                ]
            )
        return file

    def unread_model_file(self, name: str | Path) -> Path | None:
        """A different file of that name in the current folder, which isn't read because the
        project's comes first; else None.
        """
        read, other = self.model_file(name), Path(name)
        return other if other.is_file() and not filecmp.cmp(other, read, shallow=False) else None

    @property
    def today(self) -> dt.date:
        """Today in the model's time zone."""
        return self._today or today_in(self.model.timezone)

    def scoring_with(self, model: Model) -> Self:
        """The same project with a model that isn't in a file."""
        workspace = copy.copy(self)
        workspace.model, workspace._read_from = model, None
        return workspace

    def _renew(self) -> None:
        """Forget the model, the settings and all results if a file of theirs changed since it was
        read.
        """
        if self._read_from is not None and self._read_from != model_files(self.folder, self.file):
            self._read_from, self.kept = None, KeptResults()
            for name in ("model", "settings", "store"):
                self.__dict__.pop(name, None)

    def _remember_files(self) -> None:
        if self._read_from is None:
            self._read_from = model_files(self.folder, self.file)

    @cached_property
    def settings(self) -> toml.Settings:
        """The settings of `salus.toml`."""
        self._remember_files()
        return toml.read(self.folder)

    @cached_property
    def model(self) -> Model:
        """The model as written in its file; raises ModelError with every problem."""
        self._remember_files()
        return read_model(self.file)

    @cached_property
    def store(self) -> Store:
        """The scores that were shown on each date, and the models that made them."""
        from salus.history.store import Store

        path = Path(self.settings.history)
        return Store(path if path.is_absolute() else self.folder / path, self.folder / "models")

    @property
    def decisions(self) -> DecisionLog:
        """Which model scores which accounts, and since when."""
        from salus.history.decisions import DecisionLog

        return DecisionLog(self.folder / "models")

    @property
    def unfinished(self) -> Decision | None:
        """The last decision, if salus.yaml still holds the text from before it; else None."""
        from salus.history.decisions import find_unfinished

        return (
            find_unfinished(self.decisions, self.file.read_bytes())
            if self.decisions.path.exists()
            else None
        )

    @property
    def partials(self) -> PartialCache:
        """Grouped facts that are kept from one run to the next."""
        from salus.facts.cache.partial_cache import PartialCache

        return PartialCache(self.folder / "partials", PARTIALS_FROM)

    @property
    def source_days(self) -> KeptDays:
        """The days with facts of each source, kept from one run to the next."""
        from salus.facts.cache.kept_days import KeptDays

        return KeptDays(self.folder / "partials" / "days.json")

    @property
    def recordings(self) -> KeptCounts:
        """How the facts of each source were recorded, kept from one run to the next."""
        from salus.facts.cache.kept_counts import KeptCounts

        return KeptCounts(self.folder / "partials" / "recordings.json")

    def connect(self) -> Connection:
        """A connection to the facts. Close it after use."""
        return connect(self.folder, self.settings, self.model)

    @contextmanager
    def connected(self, model: Model | None = None) -> Iterator[Connection]:
        """A connection to the facts that `model` (None: the project's) reads. It is closed at the
        end of the block.
        """
        connection = connect(self.folder, self.settings, model or self.model)
        try:
            yield connection
        finally:
            connection.close()

    def data_end(self) -> DataEnd:
        """Where the data end, the date that is scored by default, and doubtful days."""
        with self.connected() as connection:
            return self.find_data_end(self.model, connection)

    def find_data_end(self, model: Model, connection: Connection) -> DataEnd:
        """Where the data that a model reads end."""
        return self.source_days.data_end(model, connection, self.today)

    def parse_past_date(self, value: Date | None) -> dt.date | None:
        """A date that can be scored, today or earlier. Raises UsageError for a later date."""
        day = date(value)
        if day is not None and day > self.today:
            raise UsageError(
                f"{day} is after today ({self.today}), so there are no facts for it yet",
                "choose today or an earlier date",
            )
        return day
