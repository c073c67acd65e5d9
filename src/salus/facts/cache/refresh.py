"""After the data have changed: the files of the previous state, with only the changed days built
again.

Files without a changed day are linked; they are never written to, so both states can share them.
Days after all others are written to a new file beside that of their month. After a few such files
all become one again. In a file with other changed days, the rows of these days are replaced. If
rows don't hold the day they became known, the file is left out and built when it is needed. The new
folder appears whole or not at all.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.atomic import crash_point, draft_folder_of
from salus.facts.cache.checksums import Checksums
from salus.facts.cache.partial_file import PartialFile, sort_rows, write_partial
from salus.facts.cache.partition import Partition, group_partitions
from salus.facts.partials.dictionary_encoding import unify_encoding
from salus.facts.partials.nulls import fill_nulls
from salus.facts.partials.requirements import PartialColumns
from salus.facts.sql.columns import ENTITY, KNOWN, MONTH
from salus.facts.sql.origin import Origin
from salus.facts.sql.relation import Span

BESIDE = 7  # files that may continue another
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class DataChange:
    """What differs from the previous state: the days `touched`, all after `newest` if they are new,
    and their rows.
    """

    touched: Collection[dt.date]
    newest: dt.date | None  # the last day on which anything became known, in the previous state
    origin: Origin
    need: PartialColumns
    checksums: Checksums

    def within(self, partitions: Sequence[Partition]) -> list[dt.date]:
        """The changed days that these partitions hold."""
        return sorted(
            day for day in self.touched if any(day in partition for partition in partitions)
        )

    def only_new(self, days: Sequence[dt.date]) -> bool:
        return self.newest is not None and days[0] > self.newest

    def rows(self, days: Sequence[dt.date]) -> pa.Table:
        """The rows of the source from the first to the last of the days."""
        first, stop = days[0], days[-1] + DAY
        origin = self.origin
        if origin.files:
            origin = origin.within(self.checksums.files_between(first, stop))
        return sort_rows(origin.rows(self.need, Span(None, stop, first), None))


def carry_over(before: Path, folder: Path, change: DataChange) -> None:
    """Fill `folder` from the previous state `before`."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with draft_folder_of(folder) as draft:
            draft.mkdir()
            for group in group_partitions(os.listdir(before)):
                _carry_group(group, before, draft, change)
            crash_point("inherited")
            draft.rename(folder)
    except FileNotFoundError:  # another run has removed that state, so its files are incomplete
        return
    except OSError:  # another run was first, with the same files
        if not folder.is_dir():
            raise


def _carry_group(group: Sequence[Partition], before: Path, draft: Path, change: DataChange) -> None:
    """A file with those that continue it: unchanged, with one more file beside them, or as one file
    with some days replaced.
    """
    first, days = group[0], change.within(group)
    as_new_file = bool(days) and change.only_new(days) and len(group) <= BESIDE
    if not days or (as_new_file and first.since is not None):
        for partition in group:
            _link(before / partition.file, draft / partition.file)
        if days:
            write_partial(
                draft / Partition(days[0], group[-1].stop, first.after or first.since).file,
                change.rows(days),
                change.need,
            )
    elif first.since is not None:
        _replace([before / partition.file for partition in group], draft / first.file, days, change)


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except FileNotFoundError:
        raise
    except OSError:  # no links on this file system
        shutil.copy2(file, target)


def _replace(
    files: Sequence[Path], target: Path, days: Sequence[dt.date], change: DataChange
) -> None:
    """Write the files as one, with these days as the source has them now, if rows hold their days."""
    try:
        old = pa.concat_tables(
            unify_encoding([PartialFile(file, change.need).all() for file in files])
        ).unify_dictionaries()
    except (OSError, pa.ArrowException):
        return  # damaged: built again when it is needed
    if KNOWN not in old.column_names and MONTH not in old.column_names:
        return
    new = change.rows(days)
    rows = (
        _replace_days(old, new, days)
        if KNOWN in old.column_names
        else _replace_bits(old, new, days)
    )
    write_partial(target, sort_rows(rows), change.need)


def _replace_days(old: pa.Table, new: pa.Table, days: Sequence[dt.date]) -> pa.Table:
    changed = pa.array(days, pa.date32())
    unchanged = old.filter(pc.invert(pc.is_in(old[KNOWN], changed)))
    added = new.filter(pc.is_in(new[KNOWN], changed)).select(unchanged.column_names)
    return pa.concat_tables(unify_encoding([unchanged, added])).unify_dictionaries()


def _replace_bits(old: pa.Table, new: pa.Table, days: Sequence[dt.date]) -> pa.Table:
    """The same for days kept as bits of their month: the bits of the changed days are replaced."""
    changed = sum(1 << (day.day - 1) for day in days)
    cells = [name for name in old.column_names if name not in (ENTITY, "key", MONTH)]
    tables = [
        _mask_bits(old, cells, ~changed),
        _mask_bits(new.select(old.column_names), cells, changed),
    ]
    both = pa.concat_tables(unify_encoding(tables)).unify_dictionaries()
    summed = both.group_by([ENTITY, "key", MONTH], use_threads=False).aggregate(
        [(name, "sum") for name in cells]
    )
    old_names = dict(zip((f"{name}_sum" for name in cells), cells, strict=True))
    return summed.rename_columns(
        [old_names.get(name, name) for name in summed.column_names]
    ).select(old.column_names)


def _mask_bits(table: pa.Table, cells: Sequence[str], mask: int) -> pa.Table:
    """Only these bits of the cells, and only rows that have any of them."""
    bits = {
        name: fill_nulls(table[name], 0).to_numpy().astype(np.int64) & np.int64(mask)
        for name in cells
    }
    for name in cells:
        table = table.set_column(table.column_names.index(name), name, pa.array(bits[name]))
    return table.filter(pa.array(np.bitwise_or.reduce(list(bits.values())) != 0))
