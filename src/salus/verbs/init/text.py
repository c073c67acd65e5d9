"""The text of `salus init`."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.folder.lines import format_population, format_tables
from salus.channels.text.render import render
from salus.channels.text.width import wrap
from salus.channels.words import load_words
from salus.verbs.init.result import NewProject

MOST_NOTES = 8  # of one kind; the model and the page have all of them
INDENT = " " * len("left out: ")


@render.register
def render_project(result: NewProject) -> str:
    """A line for each table, the population, the notes, the files, and the next step as the last
    line.
    """
    lines = _overview(result)
    lines += _notes("guessed:  ", result.guessed)
    lines += _notes("left out: ", [n for n in result.left_out if not _has_line(result, n)])
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
    tables = result.content.tables if result.content is not None else ()
    return any(not table.is_used and note.startswith(f"table {table.name}:") for table in tables)


def _notes(title: str, notes: Sequence[str]) -> list[str]:
    lines = [line for note in notes[:MOST_NOTES] for line in wrap(note, title, INDENT)]
    more = len(notes) - MOST_NOTES
    return [*lines, f"{title}and {more} more, see salus.yaml"] if more > 0 else lines
