"""The text of `salus demo`: the scores, the files, and a first command."""

from __future__ import annotations

from salus.channels.text.commands import suggest_command
from salus.channels.text.render import render
from salus.verbs.demo.result import Demo
from salus.verbs.score.text import lowest_first


@render.register
def render_demo(result: Demo) -> str:
    """The scores, the files, and what to try next."""
    scores = result.scores
    first = scores.ids[lowest_first(scores)[0]]
    explain = suggest_command("explain", first, folder=result.folder)
    return (
        f"{scores}\n\nReport:  {result.report}\nProject: {result.folder}"
        f"\nNext:    see why the first of them has this score: {explain}"
    )
