"""What is known about a proposed measure for its label. The words are chosen by `channels`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from salus.draft.headers import to_snake_case
from salus.draft.lines import InputDraft, MeasureDraft, UniqueName
from salus.draft.picture import TablePicture
from salus.finding import Finding

#: From the codes of measures and inputs to labels, by their names. A name may have no label.
Labeller = Callable[[Mapping[str, Finding]], Mapping[str, str]]


def no_labels(codes: Mapping[str, Finding]) -> Mapping[str, str]:
    """For models whose measures are shown by their names."""
    return {}


def label_codes(
    lines: Iterable[MeasureDraft | InputDraft], tables: Iterable[TablePicture]
) -> dict[str, Finding]:
    """The code of each measure or input, by its name."""
    named = {to_snake_case(table.name): table for table in tables}
    return {line.name: _code(line, named) for line in lines}


def is_numbered(name: str) -> bool:
    """Whether the plain name was taken, so that readers wouldn't see the label of the plain name."""
    return isinstance(name, UniqueName) and name != name.base


def _code(line: MeasureDraft | InputDraft, tables: Mapping[str, TablePicture]) -> Finding:
    """The plain name `base`, with the table that it is about, the tool that exported the table,
    the days of its window, and the attribute that it shows.
    """
    name = line.name
    base, own = (name.base, name.table) if isinstance(name, UniqueName) else (name, "")
    table = tables.get(own)
    column = line.body.get("value")
    return Finding(
        "measure.label",
        base=base,
        table=own if table is None else table.name,
        tool=None if table is None else table.tool,
        days=_days(line.body.get("within")),
        column=str(column) if column is not None else None,
    )


def _days(span: object) -> int | None:
    """The days of a window such as `28d`."""
    text = str(span).removesuffix("d")
    return int(text) if text.isdigit() else None
