"""Where scores are kept: `live/` is what was shown on a day; one file per as-of date and model."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from salus.atomic import atomic_write
from salus.errors import DataError
from salus.history.replays import Replays
from salus.model.model import Model
from salus.sources.parquet_check import DAMAGED

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})_([0-9a-f]{8})\.parquet")


@dataclass(frozen=True)
class ScoreFile:
    """One file of history."""

    as_of: dt.date
    fingerprint: str
    path: Path


class Store:
    """The folder of history, and beside it every model ever used."""

    def __init__(self, folder: Path, models: Path) -> None:
        self._live, self._replay, self._models = folder / "live", folder / "replay", models
        self.forecasts = (
            folder / "forecasts"
        )  # what was foretold, as it was told (verbs/forecast/log.py)

    def keep(
        self, table: pa.Table, model: Model, as_of: dt.date, shown: NDArray[np.bool_] | None = None
    ) -> Path:
        """Write the rows of a date, whole or not at all. Equal rows are equal bytes: no time stamp
        inside.

        `shown`: the rows that speak for their entity, where another model speaks for some; None:
        all do. Where none does, a file of which some did stays as it is: what was shown isn't
        unsaid by a trial.
        """
        path = self._live / f"{as_of.isoformat()}_{model.fingerprint}.parquet"
        if shown is not None and not shown.all():
            table = table.append_column("shown", pa.array(shown))
            if (
                not shown.any()
                and path.exists()
                and self.spoken(ScoreFile(as_of, model.fingerprint, path))[1].any()
            ):
                return path
        about = {"model": model.name, "fingerprint": model.fingerprint, "as_of": as_of.isoformat()}
        table = table.replace_schema_metadata({"salus": json.dumps(about, sort_keys=True)})
        dictionaries = [
            field.name
            for field in table.schema
            if pa.types.is_dictionary(field.type) and field.name != "entity"
        ]
        statistics = ["entity", "as_of"]
        self.keep_model(model)
        import pyarrow.parquet as pq

        with atomic_write(path) as draft:
            pq.write_table(
                table,
                draft,
                compression="zstd",
                compression_level=1,
                use_dictionary=dictionaries,
                write_statistics=statistics,
                row_group_size=64_000,
                write_page_checksum=True,
            )
        return path

    def replays(self, model: Model, state: str) -> Replays:
        """The replays of a model on a state of the data."""
        return Replays(self._replay / f"{model.fingerprint}-{state}", model.fingerprint)

    def replayed(self) -> tuple[Path, ...]:
        """The files of all replays."""
        return tuple(
            sorted(
                path
                for path in self._replay.glob("*/**/*.parquet")
                if not any(
                    part.startswith((".", "_")) for part in path.relative_to(self._replay).parts
                )
            )
        )

    def keep_model(self, model: Model) -> None:
        """The text of the model, by its fingerprint."""
        path = self._models / f"{model.fingerprint}.yaml"
        if not path.exists():
            with atomic_write(path) as draft:
                draft.write_text(model.text, encoding="utf-8")

    def model_path(self, fingerprint: str) -> Path:
        """Where the text of a model once used lies."""
        path = self._models / f"{fingerprint}.yaml"
        if not path.is_file():
            raise DataError(
                f"the model {fingerprint} isn't kept in {self._models.name}/", "put its file back"
            )
        return path

    def all(self) -> tuple[ScoreFile, ...]:
        """Every file, by date and fingerprint."""
        if not self._live.is_dir():
            return ()
        found = []
        for path in self._live.iterdir():
            match = _NAME.fullmatch(path.name)
            if match:
                found.append(ScoreFile(dt.date.fromisoformat(match[1]), match[2], path))
        return tuple(
            sorted(
                found, key=lambda kept: (kept.as_of, kept.path.stat().st_mtime_ns, kept.fingerprint)
            )
        )

    def at(self, as_of: dt.date, fingerprint: str | None = None) -> ScoreFile | None:
        """The file of a date: of this model, or the one written last."""
        there = [
            kept
            for kept in self.all()
            if kept.as_of == as_of and fingerprint in (None, kept.fingerprint)
        ]
        return there[-1] if there else None

    def on(self, as_of: dt.date) -> tuple[ScoreFile, ...]:
        """The files of a date, the one written last first."""
        return tuple(kept for kept in reversed(self.all()) if kept.as_of == as_of)

    def spoken(self, kept: ScoreFile) -> tuple[list[str], NDArray[np.bool_]]:
        """The entities of a file, and for which of them it was what was shown."""
        table = self._read(kept, ["entity", "shown"])
        return table["entity"].to_pylist(), shown_rows(table)

    def read(self, kept: ScoreFile, entity: str | None = None) -> pa.Table:
        """The rows of a file, or those of one entity."""
        return self._read(kept, None, None if entity is None else [("entity", "=", entity)])

    def _read(
        self,
        kept: ScoreFile,
        columns: list[str] | None,
        filters: list[tuple[str, str, str]] | None = None,
    ) -> pa.Table:
        import pyarrow.parquet as pq

        try:
            there = pq.read_schema(kept.path).names
            if "entity" not in there:
                raise KeyError("entity")
            return pq.read_table(
                kept.path,
                columns=[name for name in columns if name in there] if columns else None,
                filters=filters,
                page_checksum_verification=True,
            )
        except DAMAGED as error:
            raise DataError(
                f"history/live/{kept.path.name} is damaged: what was shown on {kept.as_of} can't be"
                " read",
                "put the file back from a backup; or delete it and run "
                f"`salus score --as-of {kept.as_of}`, which scores that day by today's data",
            ) from error


def shown_rows(table: pa.Table) -> NDArray[np.bool_]:
    """Which rows were shown: all of a date on which the model spoke for everybody."""
    if "shown" not in table.column_names:
        return np.ones(len(table), dtype=bool)
    told: NDArray[np.bool_] = (
        table["shown"].combine_chunks().to_numpy(zero_copy_only=False).astype(bool)
    )
    return told
