"""The text of `salus check`: the tables, who is counted, then every problem."""

from __future__ import annotations

from salus.channels.text.commands import suggest_command
from salus.channels.text.render import render
from salus.sanitize import one_line
from salus.verbs.check.population_text import render_population
from salus.verbs.check.result import Inspection
from salus.verbs.check.tables_text import count_words, render_tables


@render.register
def render_inspection(result: Inspection) -> str:
    """The tables, who is counted, the problems, and the number of errors and warnings."""
    sections = [render_tables(result), render_population(result), _problems(result)]
    return "\n\n".join("\n".join(lines) for lines in sections if lines).strip()


def _problems(result: Inspection) -> list[str]:
    lines = [one_line(line) for problem in result.problems for line in str(problem).splitlines()]
    errors = sum(problem.severity == "error" for problem in result.problems)
    warnings = len(result.problems) - errors
    end = (
        f"{count_words(errors, 'error')}, {count_words(warnings, 'warning')}: "
        + ("correct the errors first" if errors else "you can go on")
        if result.problems
        else "No problems."
    )
    score = [] if errors else [f"Next: {suggest_command('score')}"]
    return [*lines, end, *score]
