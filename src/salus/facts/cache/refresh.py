"""When the data have changed: the files of a state before, with exactly the touched days made anew.

Files without a touched day are linked (they are never written to, so both states can share them).
Days after all others are written beside the file of their month, a few times, before all become one
again. In a file with other touched days, these days' rows are replaced by what the source holds
now; where rows don't tell the day they became known, the whole file is left out and made when it is
asked for. The new folder appears whole or not at all.
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
from salus.facts.cache.partitions import Partition, group_partitions
from salus.facts.partials.dictionary_encoding import unify_encoding
from salus.facts.partials.nulls import fill_nulls
from salus.facts.partials.requirements import PartialColumns
from salus.facts.sql.columns import ENTITY, KNOWN, MONTH
from salus.facts.sql.origin import Origin
from salus.facts.sql.relation import Span

BESIDE = 7  # files that continue one
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class DataChange:
    """What is other than in the state before: the days `touched`, all after `newest` if they are
    new, and their rows.
    """

    touched: Collection[dt.date]
    newest: dt.date | None  # the last day on which anything became known, in the state before
    origin: Origin
    need: PartialColumns
    marked: Checksums

    def within(self, several: Sequence[Partition]) -> list[dt.date]:
        """The touched days that these stretches hold."""
        return sorted(day for day in self.touched if any(day in one for one in several))

    def only_new(self, days: Sequence[dt.date]) -> bool:
        return self.newest is not None and days[0] > self.newest

    def rows(self, days: Sequence[dt.date]) -> pa.Table:
        """The rows of the source from the first to the last of the days."""
        first, stop = days[0], days[-1] + DAY
        origin = self.origin
        if origin.pieces:
            origin = origin.within(self.marked.holding(first, stop))
        return sort_rows(origin.rows(self.need, Span(None, stop, first), None))


def carry_over(before: Path, folder: Path, change: DataChange) -> None:
    """Fill `folder` from the state `before`."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with draft_folder_of(folder) as draft:
            draft.mkdir()
            for several in group_partitions(os.listdir(before)):
                _pass_on(several, before, draft, change)
            crash_point("inherited")
            draft.rename(folder)
    except FileNotFoundError:  # another run is done with that state, and removed it: half of it
        return  # would pass for the whole
    except OSError:  # another run was first: its files are the same
        if not folder.is_dir():
            raise


def _pass_on(several: Sequence[Partition], before: Path, draft: Path, change: DataChange) -> None:
    """A file with those that continue it: as they are, with one more beside them, or as one with
    some days exchanged.
    """
    first, days = several[0], change.within(several)
    beside = bool(days) and change.only_new(days) and len(several) <= BESIDE
    if not days or (beside and first.since is not None):
        for one in several:
            _link(before / one.file, draft / one.file)
        if days:
            write_partial(
                draft / Partition(days[0], several[-1].stop, first.after or first.since).file,
                change.rows(days),
                change.need,
            )
    elif first.since is not None:
        _replace([before / one.file for one in several], draft / first.file, days, change)


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
    """Write the files as one, with these days as the source has them now, if rows tell their
    days.
    """
    try:
        old = pa.concat_tables(
            unify_encoding([PartialFile(file, change.need).all() for file in files])
        ).unify_dictionaries()
    except (OSError, pa.ArrowException):
        return  # damaged: made anew when it is asked for
    if KNOWN not in old.column_names and MONTH not in old.column_names:
        return
    new = change.rows(days)
    rows = (
        _days_exchanged(old, new, days)
        if KNOWN in old.column_names
        else _bits_exchanged(old, new, days)
    )
    write_partial(target, sort_rows(rows), change.need)


def _days_exchanged(old: pa.Table, new: pa.Table, days: Sequence[dt.date]) -> pa.Table:
    changed = pa.array(days, pa.date32())
    kept = old.filter(pc.invert(pc.is_in(old[KNOWN], changed)))
    added = new.filter(pc.is_in(new[KNOWN], changed)).select(kept.column_names)
    return pa.concat_tables(unify_encoding([kept, added])).unify_dictionaries()


def _bits_exchanged(old: pa.Table, new: pa.Table, days: Sequence[dt.date]) -> pa.Table:
    """The same for days kept as bits of their month: the changed days' bits go, and come as they
    are now.
    """
    changed = sum(1 << (day.day - 1) for day in days)
    cells = [name for name in old.column_names if name not in (ENTITY, "key", MONTH)]
    tables = [_masked(old, cells, ~changed), _masked(new.select(old.column_names), cells, changed)]
    both = pa.concat_tables(unify_encoding(tables)).unify_dictionaries()
    summed = both.group_by([ENTITY, "key", MONTH], use_threads=False).aggregate(
        [(name, "sum") for name in cells]
    )
    names = dict(zip((f"{name}_sum" for name in cells), cells, strict=True))
    return summed.rename_columns([names.get(name, name) for name in summed.column_names]).select(
        old.column_names
    )


def _masked(table: pa.Table, cells: Sequence[str], mask: int) -> pa.Table:
    """Only these bits of the cells, and only rows with any left."""
    bits = {
        name: fill_nulls(table[name], 0).to_numpy().astype(np.int64) & np.int64(mask)
        for name in cells
    }
    for name in cells:
        table = table.set_column(table.column_names.index(name), name, pa.array(bits[name]))
    return table.filter(pa.array(np.bitwise_or.reduce(list(bits.values())) != 0))
