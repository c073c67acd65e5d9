"""Errors and warnings: what is wrong, where, and what to do next.

Every error that Salus reports is a :class:`SalusError`. It holds *all* problems that one run finds,
so that a user can fix them together.

    SalusError
    ├── ModelError     the model (salus.yaml, salus.toml) can't be used as written
    ├── DataError      the tables can't be read, or lack what the model needs
    ├── UsageError     the question has no answer (an entity that doesn't exist, a date without data)
    │   └── OptionError    an option isn't valid (a date, a share, two options that can't be used together)
    └── ResourceError  the disk, a permission or the memory prevents it
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from types import FunctionType
from typing import Literal, TypeVar

from salus.sanitize import one_line, redact

T = TypeVar("T")
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One problem: where it is, what is wrong, and what to do next (`fix`).

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

    def __post_init__(self) -> None:
        """Remove passwords and terminal control characters from the texts."""
        object.__setattr__(self, "what", one_line(redact(self.what)))
        object.__setattr__(self, "fix", self.fix and one_line(redact(self.fix)))

    @property
    def place(self) -> str:
        """The file, line and column that are known: `salus.yaml:27:22`."""
        return one_line(
            ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        )

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        step = f"\n    -> {self.fix}" if self.fix else ""
        return f"{self.place}: {mark}{self.what}{step}"

    def as_dict(self) -> dict[str, object]:
        """The problem as ``salus check --json`` prints it."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "severity": self.severity,
            "what": self.what,
            "fix": self.fix,
        }


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file, line and column."""
    return tuple(sorted(problems, key=lambda p: (p.file, p.line or 0, p.column or 0, p.what)))


class SalusError(Exception):
    """The base of every error that Salus reports; `problems` holds all of them."""

    def __init__(self, problems: Iterable[Problem] | str, fix: str | None = None) -> None:
        if isinstance(problems, str):
            problems = [Problem("salus", None, None, problems, fix)]
        self.problems = sort_problems(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ModelError(SalusError):
    """The model can't be used as written."""


class DataError(SalusError):
    """The tables can't be read, or lack what the model needs."""


class UsageError(SalusError):
    """The question has no answer."""


class OptionError(UsageError):
    """An option or argument isn't valid. Commands exit with 2."""


class SalusWarning(UserWarning):
    """There is a result, but the user should know about `problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class RejectedRowsWarning(SalusWarning):
    """A result leaves out many rows of a file, or important ones; `problem` says how many and why."""


class DamagedFileWarning(SalusWarning):
    """A file that Salus keeps was damaged. It is computed again."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(Problem(file, None, None, what, None, "warning"))


class ResourceError(SalusError):
    """The disk, a permission, a missing file or the memory prevents the work."""


_NO_SPACE = ("the disk is full", "free some space and run the same command again")
_FORBIDDEN = ("permission is denied", "check the permissions of the file and its folder")
#: By errno: what is wrong, and the next step.
_REASONS = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: ("your disk quota is used up", _NO_SPACE[1]),
    errno.EFBIG: (
        "the file would exceed the size limit",
        "raise the limit (ulimit -f), or write to another place",
    ),
    errno.EROFS: ("the file system is read-only", "use a folder that can be written to"),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.ENOENT: (
        "there is no such file or folder",
        "check the path; if the file was removed, put it back",
    ),
    errno.EISDIR: ("this is a folder, but a file is needed", "choose another name"),
    errno.ENOTDIR: ("a part of this path is a file, not a folder", "check the path"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
    errno.ELOOP: ("the symbolic links form a loop", "check the path"),
    errno.EMFILE: ("too many files are open", "raise the limit (ulimit -n)"),
    errno.ENOMEM: ("there is not enough memory", "close other programs, or use a larger machine"),
}
_TEMPORARY_NAME = re.compile(r"\.(.+)\.[^.]+\.part")


@contextmanager
def translate_errors() -> Iterator[None]:
    """Turn errors of the disk and the memory into a ResourceError, in this block or the decorated
    function.
    """
    try:
        yield
    except (OSError, MemoryError, RecursionError) as error:
        raise ResourceError([_problem_of(error)]) from error


def _problem_of(error: OSError | MemoryError | RecursionError) -> Problem:
    if isinstance(error, MemoryError):
        return Problem("salus", None, None, *_REASONS[errno.ENOMEM])
    if isinstance(error, RecursionError):
        return Problem(
            "salus",
            None,
            None,
            "an expression or a list is nested too deeply",
            "write it in several smaller steps",
        )
    reason = os.strerror(error.errno) if error.errno else str(error) or type(error).__name__
    what, fix = _REASONS.get(
        error.errno or 0, (reason, "check the disk and the folder, and run the same command again")
    )
    return Problem(_real_name(error.filename), None, None, what, fix)


def _real_name(file: object) -> str:
    """The file name that a user knows. A temporary file is named after its target."""
    if not isinstance(file, str | bytes | os.PathLike):
        return "salus"
    folder, name = os.path.split(os.fsdecode(file))
    match = _TEMPORARY_NAME.fullmatch(name)
    return os.path.join(folder, match[1] if match else name) or folder


def translate_method_errors(cls: type[T]) -> type[T]:
    """Decorate a class: its methods and properties raise ResourceError for errors of the disk and
    the memory.
    """
    for name, member in list(vars(cls).items()):
        if isinstance(member, FunctionType):
            setattr(cls, name, translate_errors()(member))
        elif isinstance(member, property) and member.fget is not None:
            setattr(cls, name, property(translate_errors()(member.fget)))
        elif isinstance(member, cached_property):
            member.func = translate_errors()(member.func)
    return cls
