"""What can go wrong, said once: the place, the thing, and the next step.

Everything Salus refuses is a :class:`SalusError` that carries *all* problems found, so that one run shows
all there is to mend.

    SalusError
    ├── ModelError     the model (salus.yaml, salus.toml) can't be used as written
    ├── DataError      the tables don't hold what the model needs, or can't be read
    └── UsageError     the question itself has no answer (an entity that doesn't exist, a date without data)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where it stands, what it is, how to go on.

    >>> print(Problem("salus.yaml", 27, 22, "measure `quiet` reads source `login`, which is not declared",
    ...               "did you mean `logins`?"))
    salus.yaml:27:22: measure `quiet` reads source `login`, which is not declared
        -> did you mean `logins`?
    """

    file: str
    line: int | None
    column: int | None
    what: str
    fix: str | None = None
    severity: Severity = "error"

    @property
    def place(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        step = f"\n    -> {self.fix}" if self.fix else ""
        return f"{self.place}: {mark}{self.what}{step}"

    def as_dict(self) -> dict[str, object]:
        """The JSON form of ``salus check --json``."""
        return {"file": self.file, "line": self.line, "column": self.column,
                "severity": self.severity, "what": self.what, "fix": self.fix}


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems as a reader meets them: by file, line and column."""
    return tuple(sorted(problems, key=lambda p: (p.file, p.line or 0, p.column or 0, p.what)))


class SalusError(Exception):
    """Something stands in the way."""

    def __init__(self, problems: Iterable[Problem] | str, fix: str | None = None) -> None:
        if isinstance(problems, str):
            problems = [Problem("salus", None, None, problems, fix)]
        self.problems = in_order(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ModelError(SalusError):
    """The model can't be used as written."""


class DataError(SalusError):
    """The tables don't hold what the model needs, or can't be read."""


class UsageError(SalusError):
    """The question has no answer."""


class RejectedRowsWarning(UserWarning):
    """Rows of a file are left out of a result, many of them or some that matter; `problem` says how many and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
