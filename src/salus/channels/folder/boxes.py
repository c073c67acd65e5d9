"""The box of a table: what it holds, how many of its rows lead to a customer, how, and what for."""

from __future__ import annotations

from salus.channels.folder.content import FolderTable, JoinStep
from salus.channels.folder.reasons import explain_unused
from salus.channels.markup import Child, Markup, element, join, render_foreign_text
from salus.channels.words import Words
from salus.channels.words.tools import name_tool

WIDTH, HEIGHT = 100, 6  # of the bar
MOST_MEASURES = 12
ELSEWHERE = (
    "rows.left_out",
    "table.no_way",
    "table.no_time",
)  # findings that the page shows elsewhere


def render_box(table: FolderTable, words: Words) -> Markup:
    """The box as an article with a heading."""
    return element(
        "article",
        element("h3", render_foreign_text(table.name)),
        element("p", _kind(table, words), class_="small soft"),
        _match(table, words),
        _ways(table, words),
        _use(table, words),
        [
            element("p", words.finding(finding), class_="small soft")
            for finding in table.findings
            if finding.code not in ELSEWHERE
        ],
        class_="box" if table.is_used else "box idle",
    )


def _kind(table: FolderTable, words: Words) -> list[Child]:
    parts: list[Child] = [words.text(f"role.{table.role}")]
    if table.tool is not None:
        parts.append(f" · {words.text('folder.exported', tool=name_tool(table.tool))}")
    parts.append(f" · {words.counted('folder.rows', table.rows)}")
    if table.time is not None:
        before, _, after = words.text("folder.time", column="\0").partition("\0")
        parts += [" · ", before, _column(table.time), after]
    return parts


def _match(table: FolderTable, words: Words) -> Markup | None:
    """The bar with its text; None for a table whose rows lead nowhere."""
    if "customers" in table.uses:
        share = table.kept / table.rows if table.rows else 0.0
        text = _lists(table, words)
    elif table.share is not None:
        share = table.share
        text = words.text(
            "folder.matched" if table.dated is None else "folder.matched.dated",
            matched=words.number(table.matched),
            kept=words.number(table.joinable),
        )
    else:
        return None
    return element(
        "div",
        draw_bar(share),
        element("p", text, class_="small"),
        element("p", _rest(table, words), class_="small soft")
        if table.matched < table.joinable and "customers" not in table.uses
        else None,
    )


def _lists(table: FolderTable, words: Words) -> str:
    """How many rows of the customers' table count, and how many of them are or were customers."""
    key = "folder.lists"
    if table.ever is not None and table.ever != table.kept:
        own = words.entity_words()["entities"]  # German calls accounts customers, too
        key += ".can" if own == words.plural("customer") else ".ever"
    return words.text(
        key,
        kept=words.number(table.kept),
        rows=words.number(table.rows),
        ever=words.number(table.ever),
    )


def draw_bar(share: float) -> Markup:
    """A bar from 0 to 1. Its text stands beside it, so screen readers skip it."""
    return element(
        "svg",
        element("rect", x=0, y=0, width=WIDTH, height=HEIGHT, rx=1, class_="rail"),
        element("rect", x=0, y=0, width=f"{share * WIDTH:.1f}", height=HEIGHT, rx=1, class_="fill"),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        preserveAspectRatio="none",
        aria_hidden="true",
        class_="match",
    )


def _rest(table: FolderTable, words: Words) -> str:
    """The rows that lead to nobody, by the reason."""
    counts = {
        "unknown": table.unknown,
        "ambiguous": table.ambiguous,
        "empty": table.empty,
        "left_out": table.left_out,
    }
    return " · ".join(
        words.text(f"folder.rest.{name}", n=words.number(count))
        for name, count in counts.items()
        if count
    )


def _ways(table: FolderTable, words: Words) -> Markup | None:
    ways = [way for way in table.ways if way]
    if not ways:
        return None
    items = [
        element(
            "li",
            element("span", words.text(f"folder.way.{'next' if i else 'first'}"), class_="soft"),
            " ",
            [_step(step, i, words) for i, step in enumerate(way)],
        )
        for i, way in enumerate(ways)
    ]
    return element("ol", items, class_="ways small")


def _step(step: JoinStep, position: int, words: Words) -> list[Child]:
    """A step of a way. The first names its own column; each later one starts where the last ended."""
    before, _, rest = words.text("folder.in", column="\0", table="\1").partition("\0")
    between, _, after = rest.partition("\1")
    return [
        ", " if position else None,
        _column(step.column),
        f" ({step.compared})" if step.compared else None,
        " → ",
        before,
        _column(step.target),
        between,
        element("b", render_foreign_text(step.table)),
        after,
    ]


def _use(table: FolderTable, words: Words) -> Markup:
    if not table.is_used:
        return element("p", explain_unused(table, words), class_="small")
    parts: list[Child] = [", ".join(_name_use(use, words) for use in table.uses)]
    if table.measures:
        parts.append("; " if table.uses else None)
        labels = [_label(name, table, words) for name in table.measures]
        more = " …" if len(labels) > MOST_MEASURES else ""
        parts += [part for each in labels[:MOST_MEASURES] for part in (", ", each)][1:]
        parts.append(more)
    label = element("span", f"{words.text('folder.used_for')}: ", class_="soft")
    return element("p", label, parts, class_="small")


def _name_use(use: str, words: Words) -> str:
    if use == "rates" and words.currency:
        return words.text("use.rates.to", currency=words.currency)
    return words.text(f"use.{use}")


def _label(measure: str, table: FolderTable, words: Words) -> Child:
    """The label of a measure. One that has the table's name in front of a known name has the label of
    that name, and the table in brackets.
    """
    for position, letter in enumerate(measure):
        name = measure[position + 1 :]
        is_split = letter == "_" and measure not in words.labels and name in words.labels
        if is_split and _letters(measure[:position]) == _letters(table.name):
            return join([f"{words.label(name)} (", render_foreign_text(table.name), ")"])
    return words.label(measure)


def _letters(name: str) -> str:
    """The letters and digits of a name, as small ones."""
    return "".join(filter(str.isalnum, name)).casefold()


def _column(text: str) -> Markup:
    """A column or an expression of the model language."""
    return element("code", render_foreign_text(text))
