"""The text of `salus demo`: the scores, the files, and a first command."""

from __future__ import annotations

from salus.channels.text.commands import project_folder
from salus.channels.text.render import render
from salus.verbs.demo.result import Demo


@render.register
def render_demo(result: Demo) -> str:
    """The scores, the files, and what to try next."""
    with project_folder(result.folder):
        scores = str(result.scores)
    return f"{scores}\n\nReport:  {result.report}\nProject: {result.folder}"
