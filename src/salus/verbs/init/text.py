"""The text of `salus init`."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.folder.lines import format_population, format_tables
from salus.channels.folder.reasons import has_reason
from salus.channels.text.render import render
from salus.channels.text.width import wrap
from salus.channels.words import load_words
from salus.verbs.init.result import NewProject

MANY_TABLES = 8  # from so many on, the page has all notes, so that the text fits a screen
MOST_NOTES = 4  # of one kind, where there are many tables
INDENT = " " * len("left out: ")


@render.register
def render_project(result: NewProject) -> str:
    """A line for each table, the population, the notes, the files, and the next step as the last
    line.
    """
    lines = _overview(result)
    content = result.content
    most = MOST_NOTES if content is not None and len(content.tables) >= MANY_TABLES else None
    lines += _notes("guessed:  ", result.guessed, most)
    lines += _notes("left out: ", [n for n in result.left_out if not _has_line(result, n)], most)
    names = ", ".join(str(result.folder / name) for name in result.written)
    return "\n".join([*lines, f"written:  {names}", f"Next: {result.next_step}"])


def _overview(result: NewProject) -> list[str]:
    if result.content is None:
        return []
    words = load_words()
    population = format_population(result.content, words)
    return [*format_tables(result.content, words), *([population] if population else []), ""]


def _has_line(result: NewProject, note: str) -> bool:
    """Whether a note is about a whole table whose line already says why it isn't used."""
    tables, words = result.content.tables if result.content is not None else (), load_words()
    return any(
        not table.is_used and note.startswith(f"table {table.name}:") and has_reason(table, words)
        for table in tables
    )


def _notes(title: str, notes: Sequence[str], most: int | None) -> list[str]:
    """The lines of the notes; of at most `most` of them, if it is a number."""
    lines = [line for note in notes[:most] for line in wrap(note, title, INDENT)]
    more = len(notes) - (len(notes) if most is None else most)
    return [*lines, f"{title}{more} more, see init-report.html"] if more > 0 else lines
