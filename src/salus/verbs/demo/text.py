"""The text of `salus demo`: the scores, the files, and a first command."""

from __future__ import annotations

import shlex

from salus.channels.text.render import render
from salus.verbs.demo.result import Demo


@render.register
def render_demo(result: Demo) -> str:
    """The scores, the files, and what to try next."""
    worst = result.scores.ids[result.scores.order[0]]
    folder = shlex.quote(str(result.folder))
    return (
        f"{result.scores}\n\nReport:  {result.report}\nProject: {result.folder}"
        f"  (try `salus -C {folder} explain {shlex.quote(worst)}`)"
    )
