"""The text of `salus init`."""

from __future__ import annotations

from salus.channels.text.render import render
from salus.verbs.init.result import NewProject


@render.register
def render_project(result: NewProject) -> str:
    """The notes, the files, and the next step as the last line."""
    lines = [f"guessed:  {note}" for note in result.guessed]
    lines += [f"left out: {note}" for note in result.left_out]
    names = ", ".join(str(result.folder / name) for name in result.written)
    return "\n".join([*lines, f"written:  {names}", f"Next: {result.next_step}"])
