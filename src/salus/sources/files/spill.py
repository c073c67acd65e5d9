"""Keeps the wanted cells of a file as texts on disk, between the first and the second pass.

The temporary file has no name, so nothing is left behind if the process is killed.
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
    """A temporary file of chunks. They are read in the order in which they were added, each with
    its rejected rows.
    """

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
        """Add a chunk. Returns its lines and cells as columns."""
        columns = chunk.columns(len(self._schema) - 1)
        arrays = [pa.array(chunk.lines, pa.int64()), *columns]
        batch = pa.record_batch(arrays, schema=self._schema)
        self._writer.write_batch(batch, custom_metadata=_metadata(chunk.rejects))
        return batch

    def chunks(self) -> Iterator[tuple[pa.RecordBatch, list[RejectedRow]]]:
        """All chunks that were added, each with its rejected rows."""
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
            name_file(error, self._folder)  # the file has no name for the message
        with suppress(OSError):  # closing writes the rest, which may fail on a full disk
            self._file.close()


def _metadata(rejects: list[RejectedRow]) -> dict[str, str]:
    return {"rejects": json.dumps([asdict(reject) for reject in rejects])}


def _rejects(metadata: pa.KeyValueMetadata | None) -> list[RejectedRow]:
    return (
        [RejectedRow(**fields) for fields in json.loads(metadata[b"rejects"])] if metadata else []
    )
