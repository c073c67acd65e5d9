"""The problems of a file, collected while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from salus.errors import Problem, sort_problems

MOST = 200  # enough for a person to read


@dataclass(frozen=True)
class Place:
    """A place in a file: line and column, both from 1."""

    line: int
    column: int


def shorten(text: str) -> str:
    """Shorten a text from outside for a message: at most 60 characters on one line."""
    line = "".join(sign if sign.isprintable() else " " for sign in text)
    return line if len(line) <= 60 else line[:57] + "…"


@dataclass
class Findings:
    """Collects problems, each of them once."""

    file: str
    problems: dict[Problem, None] = field(default_factory=dict)

    def error(self, place: Place, what: str, fix: str | None = None) -> None:
        self._add(Problem(self.file, place.line, place.column, what, fix))

    def warning(self, place: Place, what: str, fix: str | None = None) -> None:
        self._add(Problem(self.file, place.line, place.column, what, fix, "warning"))

    def _add(self, problem: Problem) -> None:
        if not self.full:
            self.problems[problem] = None

    @property
    def full(self) -> bool:
        """Whether there are so many problems that more are dropped."""
        return len(self.problems) >= MOST

    @property
    def broken(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    def in_order(self) -> tuple[Problem, ...]:
        return sort_problems(self.problems)
