"""The scores of a project as text for golden files: band counts and three explained entities."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from salus import open_project
from salus.scores.scores import Scores
from salus.verbs.init.init import init

NO_DATE = dt.date(2026, 1, 1)  # for tables without any date


def init_and_score(folder: Path, source: Path, as_of: dt.date | None = None) -> Scores:
    """`salus init --from` and `salus score`, with nothing in between."""
    init(folder, source=str(source))
    return open_project(folder).score(as_of, keep=False)


def by_entity(scores: Scores) -> dict[str, tuple[float, str]]:
    """Score and band of each entity."""
    return {each["id"]: (each["score"], each["band"]) for each in scores.entities()}


def summary(folder: Path, scores: Scores, *, ids: bool = True) -> str:
    """Counts per band, and the worst, the middle and the best entity explained.

    Without `ids` the entities aren't named.
    """
    lines = [
        f"as of {scores.as_of}, population {len(scores)}",
        *(f"{band}: {count}" for band, count in scores.bands().items()),
    ]
    entities = scores.entities()
    covered = [row for row in scores.order if entities[row]["band"] != "unknown"]
    project = open_project(folder)
    for title, row in (
        ("worst", covered[0]),
        ("middle", covered[len(covered) // 2]),
        ("best", covered[-1]),
    ):
        document = project.explain(scores.ids[row], scores.as_of).as_dict()
        lines += [
            "",
            f"{title}: {document['id'] if ids else 'one'}, score {document['score']:.2f}, {document['band']}, coverage {document['coverage']:.2f}",
        ]
        lines += [_line(measure) for measure in document["measures"]]
    return "\n".join(lines) + "\n"


def _line(measure: dict[str, object]) -> str:
    name = f"  {measure['dimension']}.{measure['name']}"
    if measure["points"] is None:
        return f"{name}: {measure['missing']}"
    value = measure["value"]
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return f"{name}: {text} -> {measure['points']:.1f} points, adds {measure['contribution']:.2f}"


def rename(table: pa.Table, names: dict[str, str], backwards: bool = True) -> pa.Table:
    """The table with other headers and its columns in another order."""
    table = table.rename_columns([names.get(name, name) for name in table.column_names])
    return table.select(sorted(table.column_names, reverse=True)) if backwards else table


def write(folder: Path, name: str, table: pa.Table) -> Path:
    """A folder with the table as a Parquet file."""
    folder.mkdir()
    pq.write_table(table, folder / f"{name}.parquet")
    return folder
