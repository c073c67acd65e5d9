"""One contestant in a process of its own: `python -m bench.contestant NAME EVENTS PROJECT
[RESULTS]`.

With RESULTS it writes its thirteen values per account there, as Parquet. The timed runs don't write
them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import lazy
from bench.events import AS_OF
from bench.plain import hide_pandas
from bench.sql import rows


def salus(project: Path) -> Any:
    """The scores of the date, from the product's own verb."""
    from salus.project import open_project

    return open_project(project).score(AS_OF, keep=False)


def values(scores: Any) -> Any:
    """The values of the measures by account."""
    table = scores.to_arrow()
    names = {
        "entity": "account_id",
        **{f"value:{measure.name}": measure.name for measure in scores.model.measures},
    }
    return table.select(list(names)).rename_columns(list(names.values()))


def main(name: str, events: str, project: str, results: str | None = None) -> None:
    hide_pandas()
    contestants: dict[str, Callable[[], Any]] = {
        "scan": lambda: rows("scan.sql", Path(events), AS_OF),
        "usual": lambda: rows("reference.sql", Path(events), AS_OF),
        "polars": lambda: lazy.rows(Path(events), AS_OF),
        "salus": lambda: salus(Path(project)),
    }
    result = contestants[name]()
    if results:
        import pyarrow.parquet as pq

        pq.write_table(values(result) if name == "salus" else result, results)


if __name__ == "__main__":
    main(*sys.argv[1:])
