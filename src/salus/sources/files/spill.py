"""The wanted cells of a file as texts, kept on disk between counting and typing. The file has no
name.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

import pyarrow as pa

from salus.atomic import name_file
from salus.sources.files.rows import RejectedRow, RowChunk


class Spill:
    """Chunks go in in order and come out in order, each with its rejects."""

    def __init__(self, folder: Path, columns: int) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (closed by __exit__)
        self._sink = pa.PythonFile(self._file, mode="w")
        fields = [pa.field("line", pa.int64())] + [
            pa.field(str(i), pa.string()) for i in range(columns)
        ]
        self._schema = pa.schema(fields)
        self._writer = pa.ipc.new_stream(
            self._sink, self._schema, options=pa.ipc.IpcWriteOptions(compression="lz4")
        )

    def add(self, chunk: RowChunk) -> pa.RecordBatch:
        """Keep a chunk; returns its cells, column by column after the line."""
        columns = list(zip(*chunk.rows, strict=True)) or [()] * (len(self._schema) - 1)
        arrays = [
            pa.array(chunk.lines, pa.int64()),
            *(pa.array(column, pa.string()) for column in columns),
        ]
        batch = pa.record_batch(arrays, schema=self._schema)
        self._writer.write_batch(batch, custom_metadata=_metadata(chunk.rejects))
        return batch

    def chunks(self) -> Iterator[tuple[pa.RecordBatch, list[RejectedRow]]]:
        """Everything that was added."""
        self._writer.close()
        self._file.seek(0)
        with pa.ipc.open_stream(pa.PythonFile(self._file, mode="r")) as reader:
            while True:
                try:
                    batch, metadata = reader.read_next_batch_with_custom_metadata()
                except StopIteration:
                    return
                yield batch, _rejects(metadata)

    def __enter__(self) -> Spill:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, OSError):
            name_file(error, self._folder)  # the file has no name to tell
        with suppress(OSError):  # what couldn't be written is of no use any more
            self._file.close()


def _metadata(rejects: list[RejectedRow]) -> dict[str, str]:
    return {"rejects": json.dumps([asdict(one) for one in rejects])}


def _rejects(metadata: pa.KeyValueMetadata | None) -> list[RejectedRow]:
    return [RejectedRow(**one) for one in json.loads(metadata[b"rejects"])] if metadata else []
