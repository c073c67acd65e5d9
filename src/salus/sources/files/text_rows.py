"""A text file (CSV and its relatives) as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from operator import itemgetter
from pathlib import Path

from salus.sources.files.encoding import Encoding, detect_encoding
from salus.sources.files.header_detection import Header, find_header, fits_width
from salus.sources.files.headers import Headers
from salus.sources.files.lines import FileLines
from salus.sources.files.records import PLAIN, PlainRows, Record, Records
from salus.sources.files.rows import RowChunk
from salus.sources.files.settings import FileSettings
from salus.sources.files.times import SINCE_1900

Cells = Sequence[str]


class TextRows:
    """Encoding, separator and header are found when first needed, or taken from the settings."""

    serial_zero = SINCE_1900

    def __init__(self, path: Path, label: str, settings: FileSettings) -> None:
        self._path, self._label, self._settings = path, label, settings

    @cached_property
    def _encoding(self) -> Encoding:
        return detect_encoding(self._path, self._label, self._settings.encoding)

    @cached_property
    def _head(self) -> Header:
        lines = FileLines(self._path, self._label, self._encoding)
        return find_header(lines, self._label, self._settings.separator, self._settings.header_row)

    @cached_property
    def headers(self) -> Headers:
        return Headers(self._head.names, self._label, self._head.line)

    @property
    def header_line(self) -> int:
        return self._head.line

    @property
    def separator(self) -> str:
        return self._head.separator

    @property
    def notes(self) -> tuple[str, ...]:
        return self._encoding.notes

    def chunks(self, places: Sequence[int]) -> Iterator[RowChunk]:
        width, whole = len(self._head.names), len(places) == len(self._head.names)
        pick, chunk = _picking(places), RowChunk()
        for records in self._pieces(width):
            if isinstance(records, PlainRows):
                chunk.add_plain(records.line, list(map(pick, records.rows)), records.size)
            else:
                _add(chunk, records, pick, width, whole)
            if chunk.full:
                yield chunk
                chunk = RowChunk()
        yield chunk

    def _pieces(self, width: int) -> Iterator[PlainRows | Record]:
        """Everything below the header: many plain lines at once, and record by record where they
        aren't plain.
        """
        records = Records(
            FileLines(self._path, self._label, self._encoding),
            self.separator,
            self._encoding.name,
            width,
        )
        single = iter(records)
        for record in single:
            if record.line >= self._head.line:
                break
        while True:
            plain = records.plain()
            if plain is not None:
                yield plain
                continue
            several = list(islice(single, PLAIN))
            if not several:
                return
            yield from several


def _add(
    chunk: RowChunk, record: Record, pick: Callable[[Cells], Cells], width: int, whole: bool
) -> None:
    reason = record.reason or _misshapen(record, width)
    if reason is None and not any(record.cells):
        chunk.empty += 1
    elif reason is None:
        chunk.add(record.line, pick(record.cells), len(record.raw))
    else:
        chunk.reject(record.line, reason, record.raw.rstrip("\r\n") if whole else "")


def _misshapen(record: Record, width: int) -> str | None:
    if not any(record.cells) or fits_width(record.cells, width):
        return None
    cells = "1 cell" if len(record.cells) == 1 else f"{len(record.cells)} cells"
    return f"{cells} instead of {width}"


def _picking(places: Sequence[int]) -> Callable[[Cells], Cells]:
    """Takes the cells at some places out of a record."""
    if not places:
        return lambda cells: ()
    if len(places) == 1:
        return lambda cells: (cells[places[0]],)
    return itemgetter(*places)
