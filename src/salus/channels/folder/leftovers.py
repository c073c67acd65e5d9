"""Rows and columns that aren't used, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salus.channels.folder.content import LEFT_OUT, FolderContent, FolderTable
from salus.channels.markup import Child, Markup, element, join, render_foreign_text
from salus.channels.report.table import ReportColumn, render_table
from salus.channels.words import Words
from salus.finding import Finding

MOST_VALUES = 4


def render_left_out(content: FolderContent, words: Words) -> Markup:
    """The section of the rows that don't count."""
    rows = [
        _row(table, finding, words)
        for table in content.ordered
        for finding in table.findings
        if finding.code == LEFT_OUT
    ]
    heading = element("h2", words.text("folder.left_out"))
    if not rows:
        body = element("p", words.text("folder.left_out.none"))
    else:
        columns = [
            ReportColumn(words.text("folder.left_out.table"), class_="who"),
            ReportColumn(words.text("folder.left_out.rows"), number=True),
            ReportColumn(words.text("folder.left_out.reason")),
            ReportColumn(words.text("folder.left_out.column")),
            ReportColumn(words.text("folder.left_out.values")),
        ]
        body = render_table(words.text("folder.left_out"), columns, rows, class_="cards omitted")
    note = words.text("folder.left_out.overlap") if any(map(_overlap, content.tables)) else None
    below = element("p", note, class_="small soft") if note else None
    return element("section", heading, body, below, id="left_out")


def _overlap(table: FolderTable) -> bool:
    """Whether some rows of a table are left out for several reasons."""
    reasons = [dict(f.parameters) for f in table.findings if f.code == LEFT_OUT]
    numbers = [known.get("rows") for known in reasons if known.get("by") != "measures"]
    return sum(n for n in numbers if isinstance(n, int)) > table.rows - table.kept


def _row(table: FolderTable, finding: Finding, words: Words) -> list[Child]:
    known = dict(finding.parameters)
    reason = f"row_reason.{known.get('reason')}"
    values = known.get("values", ())
    number = known.get("rows")
    return [
        render_foreign_text(table.name),
        words.number(float(number) if isinstance(number, int | float) else None),
        words.text(reason if words.has(reason) else "row_reason.other"),
        element("code", render_foreign_text(str(known.get("column", "")))),
        _list(values if isinstance(values, tuple) else ()),
    ]


def render_leaks(content: FolderContent, words: Words) -> Markup:
    """The section of the columns that give away what happened later."""
    rows: list[Sequence[Child]] = [
        [render_foreign_text(table.name), _list(table.leaks, len(table.leaks))]
        for table in content.ordered
        if table.leaks
    ]
    heading = element("h2", words.text("folder.leaks"))
    if not rows:
        return element(
            "section", heading, element("p", words.text("folder.leaks.none")), id="leaks"
        )
    columns = [
        ReportColumn(words.text("folder.left_out.table"), class_="who"),
        ReportColumn(words.text("folder.leaks.columns")),
    ]
    return element(
        "section",
        heading,
        element("p", words.text("folder.leaks.note"), class_="note"),
        render_table(words.text("folder.leaks"), columns, rows, class_="cards omitted"),
        id="leaks",
    )


def _list(names: Sequence[object], most: int = MOST_VALUES) -> Markup:
    """Names or values with commas between them."""

    def parts() -> Iterator[Child]:
        for position, name in enumerate(names[:most]):
            yield ", " if position else None
            yield element("code", render_foreign_text(str(name)))
        if len(names) > most:
            yield " …"

    return join(parts())
