"""The folder of kept scores. `live/` holds what was shown: one file per as-of date and model."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salus.atomic import atomic_write
from salus.errors import DataError
from salus.history.footers import read_entity_rows
from salus.history.packed_reasons import PREFIX, pack_reasons
from salus.history.replays import Replays
from salus.model.model import Model
from salus.sources.parquet_check import DAMAGED

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})_([0-9a-f]{8})\.parquet")


@dataclass(frozen=True)
class ScoreFile:
    """One file of `live/`: the scores of a date by a model."""

    as_of: dt.date
    fingerprint: str
    path: Path


class Store:
    """The kept scores of a project, and the text of every model it ever used."""

    def __init__(self, folder: Path, models: Path) -> None:
        self._live, self._replay, self._models = folder / "live", folder / "replay", models
        self.forecasts = folder / "forecasts"  # each forecast as it was printed

    def keep(
        self, table: pa.Table, model: Model, as_of: dt.date, mask: NDArray[np.bool_] | None = None
    ) -> Path:
        """Write the rows of a date: the whole file or nothing. Equal rows give equal bytes, because
        the file holds no time stamp.

        `mask`: which rows were shown, while two models score entities; None: all rows. If none
        was shown, an existing file with shown rows stays as it is: a trial must not overwrite what
        people saw.
        """
        path = self.path(as_of, model.fingerprint)
        if mask is not None and not mask.all():
            table = table.append_column("shown", pa.array(mask))
            if (
                not mask.any()
                and path.exists()
                and self.shown_mask(ScoreFile(as_of, model.fingerprint, path))[1].any()
            ):
                return path
        metadata = {
            "model": model.name,
            "fingerprint": model.fingerprint,
            "as_of": as_of.isoformat(),
        }
        table = pack_reasons(table).replace_schema_metadata(
            {"salus": json.dumps(metadata, sort_keys=True)}
        )
        dictionaries = [
            field.name
            for field in table.schema
            if (pa.types.is_dictionary(field.type) and field.name != "entity")
            or field.name.startswith(PREFIX)
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

    def path(self, as_of: dt.date, fingerprint: str) -> Path:
        """The file of a date and a model, whether it exists or not."""
        return self._live / f"{as_of.isoformat()}_{fingerprint}.parquet"

    def replays(self, model: Model, state: str) -> Replays:
        """The replayed scores of a model on a state of the data."""
        return Replays(self._replay / f"{model.fingerprint}-{state}", model.fingerprint)

    @property
    def panels(self) -> Path:
        """The folder of the kept values of past dates."""
        return self._replay.parent / "panels"

    def replay_files(self) -> tuple[Path, ...]:
        """The Parquet files of all replays."""
        return tuple(
            sorted(
                path
                for path in self._replay.glob("*/**/*.parquet")
                if not any(
                    part.startswith((".", "_")) for part in path.relative_to(self._replay).parts
                )
            )
        )

    def replay_folders(self) -> tuple[str, ...]:
        """The names of the folders of all replays that have files."""
        files = (path.relative_to(self._replay) for path in self.replay_files())
        return tuple(sorted({file.parts[0] for file in files}))

    def keep_model(self, model: Model) -> None:
        """Write the text of the model, named by its fingerprint, unless it is already there."""
        path = self._models / f"{model.fingerprint}.yaml"
        if not path.exists():
            with atomic_write(path) as draft:
                draft.write_text(model.text, encoding="utf-8")

    def model_path(self, fingerprint: str) -> Path:
        """The file with the text of a model. Raises DataError if it is missing."""
        path = self._models / f"{fingerprint}.yaml"
        if not path.is_file():
            raise DataError(
                f"{self._models.name}/{path.name} is missing: history needs this earlier model",
                "restore the file from a backup",
            )
        return path

    def all(self) -> tuple[ScoreFile, ...]:
        """Every file by date; the files of one date by the time they were written."""
        if not self._live.is_dir():
            return ()
        files = []
        for path in self._live.iterdir():
            match = _NAME.fullmatch(path.name)
            if match:
                files.append(ScoreFile(dt.date.fromisoformat(match[1]), match[2], path))
        return tuple(
            sorted(
                files, key=lambda file: (file.as_of, file.path.stat().st_mtime_ns, file.fingerprint)
            )
        )

    def at(self, as_of: dt.date, fingerprint: str | None = None) -> ScoreFile | None:
        """The file of a date and a model; without a fingerprint, the file that was written last.
        None if there is none.
        """
        if fingerprint is not None:
            path = self.path(as_of, fingerprint)
            return ScoreFile(as_of, fingerprint, path) if path.exists() else None
        files = self.on(as_of)
        return files[0] if files else None

    def on(self, as_of: dt.date) -> tuple[ScoreFile, ...]:
        """The files of a date; the file that was written last comes first."""
        return tuple(file for file in reversed(self.all()) if file.as_of == as_of)

    def at_end(self) -> tuple[ScoreFile, ...]:
        """The files of the last date that was scored."""
        files = self.all()
        return self.on(files[-1].as_of) if files else ()

    def shown_mask(self, file: ScoreFile) -> tuple[list[str], NDArray[np.bool_]]:
        """The entities of a file, and for each whether this score was shown."""
        table = self._read(file, ["entity", "shown"])
        return table["entity"].to_pylist(), shown_rows(table)

    def shown_places(self, file: ScoreFile, ids: Sequence[str]) -> NDArray[np.int64]:
        """The row in the file of each entity of `ids`; -1 where its score wasn't shown."""
        table = self._read(file, ["entity", "shown"])
        keys = table["entity"].combine_chunks().cast(pa.string())
        places: NDArray[np.int64] = (
            pc.index_in(pa.array(ids, pa.string()), value_set=keys)
            .fill_null(-1)
            .to_numpy(zero_copy_only=False)
            .astype(np.int64)
        )
        shown_or_missing = np.append(shown_rows(table), True)
        return np.where(shown_or_missing[places], places, -1)

    def read(self, file: ScoreFile, entity: str | None = None) -> pa.Table:
        """The rows of a file, or the row of one entity. Raises DataError if the file is damaged."""
        return self._read(file, None, None if entity is None else [("entity", "=", entity)])

    def read_entity(self, file: ScoreFile, entity: str, columns: Sequence[str]) -> pa.Table:
        """The row of one entity in a file, with the columns that the file has. Raises DataError if
        the file is damaged.
        """
        try:
            return read_entity_rows(file.path, entity, columns)
        except DAMAGED as error:
            raise _damaged(file) from error

    def _read(
        self,
        file: ScoreFile,
        columns: list[str] | None,
        filters: list[tuple[str, str, str]] | None = None,
    ) -> pa.Table:
        import pyarrow.parquet as pq

        try:
            names = pq.read_schema(file.path).names
            if "entity" not in names:
                raise KeyError("entity")
            return pq.read_table(
                file.path,
                columns=[name for name in columns if name in names] if columns else None,
                filters=filters,
                page_checksum_verification=True,
            )
        except DAMAGED as error:
            raise _damaged(file) from error


def _damaged(file: ScoreFile) -> DataError:
    return DataError(
        f"history/live/{file.path.name} is damaged, so the scores shown on {file.as_of} can't"
        " be read",
        "restore the file from a backup; or delete it and run "
        f"`salus score --as-of {file.as_of}`, which scores that day from today's data",
    )


def shown_rows(table: pa.Table) -> NDArray[np.bool_]:
    """Which rows were shown. All of them if the table has no column `shown`: then one model scored
    all entities.
    """
    if "shown" not in table.column_names:
        return np.ones(len(table), dtype=bool)
    mask: NDArray[np.bool_] = (
        table["shown"].combine_chunks().to_numpy(zero_copy_only=False).astype(bool)
    )
    return mask
