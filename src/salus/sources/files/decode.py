"""Converts rows of texts to a typed Parquet file.

The first pass counts what the values could be, which decides the format of each column. The second
pass converts and writes. Neither needs the whole file in memory.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from salus.atomic import atomic_write
from salus.errors import DataError, Problem
from salus.sources.files.amount_formats import is_credit
from salus.sources.files.column_use import Uses
from salus.sources.files.decide import AmbiguousColumn, choose_format, to_problem
from salus.sources.files.form import ARROW, TOO_LARGE, ColumnFormat, ConvertedColumn
from salus.sources.files.headings import REASON as HEADING
from salus.sources.files.headings import HeadingSuspects, find_headings
from salus.sources.files.numbers import TYPED
from salus.sources.files.rejected import RejectedRows, write_rejected
from salus.sources.files.rows import LONGEST_RAW, FileRows, RejectedRow
from salus.sources.files.settings import FileSettings, zone_named
from salus.sources.files.spill import Spill
from salus.sources.files.totals import REASON as TOTAL
from salus.sources.files.totals import find_totals, suspect_lines
from salus.sources.files.value_counts import Tally
from salus.sources.files.zones import zone_of_header
from salus.sources.rejected_path import rejected_path
from salus.sources.table import FileReading, PreviewRow, Type

PREVIEW, LONGEST_SHOWN = 5, 200
READING = b"salus.reading"
NUMBERS: tuple[Type, ...] = ("integer", "number")


@dataclass(frozen=True, kw_only=True)
class DecodeTask:
    """A file to decode."""

    table: str
    label: str  # the name of the file in messages
    file_name: str
    rows: FileRows
    settings: FileSettings
    uses: Uses  # the wanted columns
    zone: ZoneInfo  # of the model


def decode(plan: DecodeTask, target: Path, rejected: Path) -> FileReading:
    """Write the wanted columns as Parquet to `target`, and the rejected rows into the folder
    `rejected`.

    Raises DataError that lists the columns whose values mean different things in two locales.
    """
    places = plan.rows.headers.places(plan.uses)
    tallies = [Tally(name, plan.uses[name], plan.settings) for name in places]
    beside = _zone_place(plan)
    with Spill(target.parent, len(places) + len(beside)) as spill:
        empty, labelled, headings = 0, list[int](), HeadingSuspects(plan.rows.header_line)
        words = [
            place for place, tally in enumerate(tallies, start=1) if tally.use in ("text", None)
        ]
        for chunk in plan.rows.chunks([*places.values(), *beside]):
            batch = spill.add(chunk)
            empty += chunk.empty
            labelled += suspect_lines(batch.columns[0], [batch.columns[place] for place in words])
            headings.add(batch.columns[0], batch.columns[1 : len(places) + 1])
            for tally, texts in zip(tallies, batch.columns[1:], strict=False):
                tally.add(texts)
        forms = _forms(plan, tallies)
        notes = [
            *_notes(plan, empty),
            *(note for tally in tallies for note in _column_notes(tally, forms)),
        ]
        with (
            atomic_write(target) as draft,
            write_rejected(rejected_path(rejected, plan.table)) as rejects,
        ):
            totals = find_totals(
                plan.rows, labelled, [tally.column for tally in tallies if tally.use == "text"]
            )
            above = find_headings(plan.rows, headings.lines, totals)
            if above:
                notes.append(f"rows that are a heading of the rows below: {len(above)}")
            return _DecodeWriter(
                plan=plan,
                forms=forms,
                rejects=rejects,
                notes=notes,
                totals=totals,
                left_out=dict.fromkeys(above, HEADING) | dict.fromkeys(totals, TOTAL),
            ).write(spill, draft)


def _zone_place(plan: DecodeTask) -> list[int]:
    """The position of the column with the time zones, if the settings name one; else nothing."""
    name = plan.settings.timezone_column
    if name is None:
        return []
    places = list(plan.rows.headers.places([name]).values())
    if not places:
        raise DataError(
            [
                Problem(
                    plan.label,
                    plan.rows.header_line,
                    None,
                    f"the file has no column `{name}`",
                    f'correct timezone_column in salus.toml under [files."{plan.file_name}"]',
                )
            ]
        )
    return places


def _forms(plan: DecodeTask, tallies: Sequence[Tally]) -> dict[str, ColumnFormat]:
    forms, problems = {}, []
    for tally in tallies:
        try:
            form = choose_format(
                tally, plan.zone, _fixed_zone(tally.column, plan.settings, plan.zone)
            )
            forms[tally.column] = replace(form, serial_zero=plan.rows.serial_zero)
        except AmbiguousColumn as column:
            problems.append(to_problem(tally, column, plan.label, plan.file_name))
    if problems:
        raise DataError(problems)
    return forms


def _fixed_zone(column: str, settings: FileSettings, model_zone: ZoneInfo) -> ZoneInfo | None:
    """The time zone of times without an offset, if the column name or the settings say it."""
    named = zone_of_header(column)
    if named is not None:
        return named
    zone = zone_named(settings.timezone) if settings.timezone else None
    return zone or (model_zone if settings.timezone_column else None)


def _notes(plan: DecodeTask, empty: int) -> list[str]:
    notes = [*plan.rows.notes, *plan.rows.headers.notes()]
    if plan.rows.header_line > 1:
        notes.append(f"column names in line {plan.rows.header_line}")
    return notes + ([f"empty rows skipped: {empty}"] if empty else [])


def _column_notes(tally: Tally, forms: Mapping[str, ColumnFormat]) -> list[str]:
    """Notes on amounts in accounting notation, durations, and times without a time zone."""
    form = forms[tally.column]
    if form.duration:
        count, example = tally.count["duration"], _shown(tally.example["duration"])
        return [f"{tally.column}: {count:,} durations such as {example} were read as hours"]
    if form.accounting:
        example = _shown(tally.example["written"])
        return [
            f"{tally.column}: {tally.count['written']} values such as {example} were read as"
            " numbers"
        ]
    local = tally.count["any time"] - tally.count["zoned"]
    if form.type not in ("moment", "instant") or not local:
        return []
    named = (
        f"in the zone of column {tally.settings.timezone_column}, else "
        if tally.settings.timezone_column
        else "as "
    )
    values = "1 value has" if local == 1 else f"{local:,} values have"
    return [f"{tally.column}: {values} no time zone, read {named}{form.zone.key}"]


@dataclass(kw_only=True)
class _DecodeWriter:
    """The second pass: converts the cells, and collects rejected rows, a preview and notes."""

    plan: DecodeTask
    forms: dict[str, ColumnFormat]
    rejects: RejectedRows
    notes: list[str]
    totals: tuple[int, ...] = ()
    left_out: Mapping[int, str] = field(default_factory=dict)  # by line: why it isn't a record
    kept: int = 0  # rows that were written
    amounts: int = 0  # rejected rows with an amount
    preview: list[PreviewRow] = field(default_factory=list)
    twice: dict[str, int] = field(default_factory=dict)  # times that occurred twice, by column

    def write(self, spill: Spill, draft: Path) -> FileReading:
        schema = pa.schema([pa.field(name, ARROW[form.type]) for name, form in self.forms.items()])
        number = self.plan.settings.row_number
        if number in self.plan.uses and number not in self.forms:
            schema = schema.append(pa.field(number, pa.int64()))
        with pq.ParquetWriter(
            draft, schema, compression="zstd", write_page_checksum=True
        ) as writer:
            for batch, rejects in spill.chunks():
                self._chunk(writer, schema, batch, rejects)
            reading = self._reading()
            writer.add_key_value_metadata({READING: json.dumps(asdict(reading))})
        return reading

    def _chunk(
        self,
        writer: pq.ParquetWriter,
        schema: pa.Schema,
        batch: pa.RecordBatch,
        rejects: list[RejectedRow],
    ) -> None:
        zones = batch.columns[-1] if batch.num_columns > len(self.forms) + 1 else None
        columns = zip(self.forms.items(), batch.columns[1:], strict=False)
        read = {
            name: (
                form.read(texts)
                if zones is None or form.type != "instant"
                else form.read_in_zones(texts, zones)
            )
            for (name, form), texts in columns
        }
        bad = _bad(read, batch.num_rows)
        if self.left_out:
            bad |= np.isin(batch.columns[0].to_numpy(), list(self.left_out))
        rows = [int(row) for row in np.flatnonzero(bad)]
        self.amounts += sum(self._amount(batch, read, row) for row in rows)
        self.rejects.add([*rejects, *(self._reject(batch, read, row) for row in rows)])
        values = [column.values for column in read.values()]
        if len(schema) > len(values):
            values.append(batch.columns[0].cast(pa.int64()))
        table = pa.table(values, schema=schema)
        if bad.any():
            table, batch = table.filter(pa.array(~bad)), batch.filter(pa.array(~bad))
        self.kept += batch.num_rows
        for name, column in read.items():
            self.twice[name] = self.twice.get(name, 0) + column.twice
        self._show(batch, table)
        if table.num_rows and schema.names:
            writer.write_table(table)

    def _reject(
        self, batch: pa.RecordBatch, read: dict[str, ConvertedColumn], row: int
    ) -> RejectedRow:
        reason = "; ".join(
            f"{name}: {column.reasons[row]}"
            for name, column in read.items()
            if row in column.reasons
        )
        reason = self.left_out.get(batch.columns[0][row].as_py(), reason)
        raw = io.StringIO()
        cells = [
            texts[row].as_py().removeprefix(TYPED)
            for texts in batch.columns[1 : len(self.forms) + 1]
        ]
        csv.writer(raw, delimiter=self.plan.rows.separator, lineterminator="").writerow(cells)
        return RejectedRow(batch.columns[0][row].as_py(), reason, raw.getvalue()[:LONGEST_RAW])

    def _amount(self, batch: pa.RecordBatch, read: dict[str, ConvertedColumn], row: int) -> bool:
        """Whether the row was rejected for a value that is an amount: a credit, or too large."""
        return any(
            row in column.reasons
            and self.forms[name].type in NUMBERS
            and (TOO_LARGE in column.reasons[row] or is_credit(texts[row].as_py().strip()))
            for (name, column), texts in zip(read.items(), batch.columns[1:], strict=False)
        )

    def _show(self, batch: pa.RecordBatch, table: pa.Table) -> None:
        for row in range(min(PREVIEW - len(self.preview), batch.num_rows)):
            before = {
                name: _shown(texts[row].as_py())
                for name, texts in zip(self.forms, batch.columns[1:], strict=False)
            }
            after = {name: _plain(table[name][row].as_py()) for name in self.forms}
            self.preview.append(PreviewRow(batch.columns[0][row].as_py(), before, after))

    def _reading(self) -> FileReading:
        self.notes += [
            f"{name}: times that occurred twice as the clocks went back: {count}; the earlier one is used"
            for name, count in self.twice.items()
            if count
        ]
        rejected, rows = self.rejects.count, self.plan.rows
        return FileReading(
            table=self.plan.table,
            file=self.plan.label,
            read=self.kept + rejected,
            kept=self.kept,
            rejected=rejected,
            notes=tuple(self.notes),
            preview=tuple(self.preview),
            amounts=self.amounts,
            totals=self.totals,
            example=_example(self.rejects.first),
            header=rows.header_line,
            unnamed=rows.headers.unnamed,
        )


def _example(reject: RejectedRow | None) -> str | None:
    return None if reject is None else f"line {reject.line}: {_shown(reject.reason)}"


def _bad(read: dict[str, ConvertedColumn], size: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    bad = np.zeros(size, dtype=bool)
    for column in read.values():
        bad[column.bad] = True
    return bad


def _plain(value: object) -> object:
    """A value that JSON can hold, so that a preview is the same after it is read again."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return _shown(value) if isinstance(value, str) else value


def _shown(text: str) -> str:
    """A text that is safe for a terminal: short, and without control characters."""
    text = text.removeprefix(TYPED)[:LONGEST_SHOWN]
    return "".join(
        letter if letter.isprintable() or letter == "\n" else "\ufffd" for letter in text
    )


def load_reading(path: Path) -> FileReading | None:
    """How a decoded Parquet file was read; None if Salus didn't write the file."""
    try:
        fields = json.loads((pq.read_metadata(path).metadata or {})[READING])
    except (OSError, pa.ArrowException, KeyError, ValueError):
        return None
    for name in ("notes", "totals", "unnamed"):
        fields[name] = tuple(fields[name])
    fields["preview"] = tuple(PreviewRow(**row) for row in fields["preview"])
    return FileReading(**fields)
