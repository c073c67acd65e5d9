"""The rows of a text file: CSV and similar formats."""

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
from salus.sources.files.plain_text import PlainTexts
from salus.sources.files.records import PLAIN, PlainRows, Record, Records
from salus.sources.files.rows import CHUNK, RowChunk
from salus.sources.files.settings import FileSettings
from salus.sources.files.times import SINCE_1900

Cells = Sequence[str]


class TextRows:
    """The rows of one file. Encoding, separator and header come from the settings, or are detected
    when they are first needed.
    """

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

    def chunks(self, places: Sequence[int], size: int = CHUNK) -> Iterator[RowChunk]:
        width, all_columns = len(self._head.names), len(places) == len(self._head.names)
        select, chunk = _selector(places), RowChunk()
        for records in self._parsed(width, places):
            if isinstance(records, PlainTexts):
                chunk.add_texts(records)
            elif isinstance(records, PlainRows):
                chunk.add_plain(records.line, list(map(select, records.rows)), records.size)
            else:
                _add(chunk, records, select, width, all_columns)
            if chunk.has(size):
                yield chunk
                chunk = RowChunk()
        yield chunk

    def _parsed(
        self, width: int, places: Sequence[int]
    ) -> Iterator[PlainTexts | PlainRows | Record]:
        """Everything below the header: many lines at once if they are plain, else record by record.

        The cells at the positions `places` are split fastest, a megabyte at once.
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
            texts = records.texts(places)
            if texts is not None:
                yield texts
                continue
            plain = records.plain()
            if plain is not None:
                yield plain
                continue
            batch = list(islice(single, PLAIN))
            if not batch:
                return
            yield from batch


def _add(
    chunk: RowChunk,
    record: Record,
    select: Callable[[Cells], Cells],
    width: int,
    all_columns: bool,
) -> None:
    reason = record.reason or _wrong_width(record, width)
    if reason is None and not any(record.cells):
        chunk.empty += 1
    elif reason is None:
        chunk.add(record.line, select(record.cells), len(record.raw))
    else:
        chunk.reject(record.line, reason, record.raw.rstrip("\r\n") if all_columns else "")


def _wrong_width(record: Record, width: int) -> str | None:
    if not any(record.cells) or fits_width(record.cells, width):
        return None
    cells = "1 cell" if len(record.cells) == 1 else f"{len(record.cells)} cells"
    return f"{cells} instead of {width}"


def _selector(places: Sequence[int]) -> Callable[[Cells], Cells]:
    """A function that selects the cells at some positions of a record."""
    if not places:
        return lambda cells: ()
    if len(places) == 1:
        return lambda cells: (cells[places[0]],)
    return itemgetter(*places)
