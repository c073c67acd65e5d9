"""The page init-report.html: a box for each table, and what isn't used. It loads nothing from the
network and runs no script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files

from salus.channels.colours import DARK, LIGHT, declare_tokens
from salus.channels.document import render_document
from salus.channels.folder.boxes import render_box
from salus.channels.folder.content import FolderContent, FolderPopulation, FolderTable
from salus.channels.folder.leftovers import render_leaks, render_left_out
from salus.channels.markup import Markup, element, render_code, render_foreign_text
from salus.channels.words import Words

Section = Callable[[FolderContent, Words], Markup]


def render_folder_page(content: FolderContent, words: Words) -> str:
    """The HTML of the page."""
    body = element(
        "body",
        _header(content, words),
        _contents(content, words),
        element("main", [render(content, words) for _, render in _sections(content)]),
        element("footer", element("p", words.text("footer", version=content.version))),
    )
    return render_document(
        f"{content.name}: {words.text('folder.title')}", render_style(), body, words.language
    )


def render_style() -> str:
    """The style sheet: the colours, the rules of the report, and those of the boxes."""
    report = files("salus.channels.report").joinpath("report.css").read_text(encoding="utf-8")
    own = files("salus.channels.folder").joinpath("folder.css").read_text(encoding="utf-8")
    dark = f":root{{{declare_tokens(DARK)}}}"
    return (
        f":root{{{declare_tokens(LIGHT)}}}\n@media screen and (prefers-color-scheme: dark){{{dark}}}\n"
        f"{report}\n{own}"
    )


def _sections(content: FolderContent) -> Iterator[tuple[str, Section]]:
    """The sections with something to show, by their ids."""
    yield "questions", _questions
    yield "tables", _tables
    if any(not table.is_used for table in content.tables):
        yield "unused", _unused
    yield "left_out", render_left_out
    yield "leaks", render_leaks
    if content.notes:
        yield "notes", _notes


def _header(content: FolderContent, words: Words) -> Markup:
    name = render_foreign_text(content.name)
    before, _, after = words.text("folder.above", name="\0").partition("\0")
    return element(
        "header",
        element("p", before, name, after, class_="above"),
        element("h1", words.text("folder.title")),
        element("p", _lead(content, words), class_="lead"),
        _figures(content.population, words) if content.population is not None else None,
    )


def _lead(content: FolderContent, words: Words) -> list[Markup | str]:
    used = sum(table.is_used for table in content.tables)
    parts: list[Markup | str] = []
    if content.customers is None:
        parts.append(words.text("folder.lead.nobody"))
    else:
        before, _, after = words.text("folder.lead.customers", table="\0").partition("\0")
        parts += [before, render_foreign_text(content.customers), after]
    text = words.text("folder.lead", used=words.number(used), all=words.number(len(content.tables)))
    parts.append(f" {text}")
    if content.questions:
        parts.append(f" {words.counted('folder.lead.questions', len(content.questions))}")
    return parts


def _figures(known: FolderPopulation, words: Words) -> Markup:
    date = words.text("folder.figure.today_text", date=words.long_date(known.as_of))
    figures = [
        _figure("today", words.number(known.today), date, words),
        _figure("ever", words.number(known.ever), words.text("folder.figure.ever_text"), words),
    ]
    if known.left is not None:
        note = words.text("folder.figure.left_text")
        figures.append(_figure("left", words.number(known.left), note, words))
    if known.value is not None:
        note = words.text("folder.figure.value_text")
        figures.append(_figure("value", words.money(known.value, known.currency), note, words))
    return element("dl", figures, class_="figures")


def _figure(name: str, number: str, note: str, words: Words) -> Markup:
    return element(
        "div",
        element("dt", words.text(f"folder.figure.{name}")),
        element("dd", element("strong", number), element("span", note)),
    )


def _contents(content: FolderContent, words: Words) -> Markup:
    links = [
        element("li", element("a", words.text(f"folder.{name}"), href=f"#{name}"))
        for name, _ in _sections(content)
    ]
    return element("nav", element("ul", links), aria_label=words.text("contents"))


def _questions(content: FolderContent, words: Words) -> Markup:
    if content.questions:
        body = element("ul", [element("li", question) for question in content.questions])
    else:
        body = element("p", words.text("folder.questions.none"))
    return element("section", element("h2", words.text("folder.questions")), body, id="questions")


def _tables(content: FolderContent, words: Words) -> Markup:
    used = [table for table in content.ordered if table.is_used]
    return element(
        "section",
        element("h2", words.text("folder.tables")),
        element("p", words.text("folder.tables.note"), class_="note"),
        _boxes(used, words),
        id="tables",
    )


def _unused(content: FolderContent, words: Words) -> Markup:
    unused = [table for table in content.ordered if not table.is_used]
    head = element("h2", words.text("folder.unused"))
    return element("section", head, _boxes(unused, words), id="unused")


def _boxes(tables: list[FolderTable], words: Words) -> Markup:
    return element("div", [render_box(table, words) for table in tables], class_="boxes")


def _notes(content: FolderContent, words: Words) -> Markup:
    return element(
        "section",
        element("h2", words.text("folder.notes")),
        element("p", render_code(words.text("folder.notes.note")), class_="note"),
        element("ul", [element("li", render_code(note)) for note in content.notes], lang="en"),
        id="notes",
    )
