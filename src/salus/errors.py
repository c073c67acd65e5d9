"""Problems: where they are, what is wrong, and what to do next.

Everything Salus refuses is a :class:`SalusError` that carries *all* problems found, so that one run
shows all there is to mend.

    SalusError
    ├── ModelError     the model (salus.yaml, salus.toml) can't be used as written
    ├── DataError      the tables don't hold what the model needs, or can't be read
    ├── UsageError     the question itself has no answer (an entity that doesn't exist, a date without data)
    │   └── OptionError    it isn't written as it must be (a date, a share, options that exclude one another)
    └── ResourceError  the machine refuses: a full disk, a folder that is read-only, too little memory
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

    def __post_init__(self) -> None:
        """No message shows a password, or steers the terminal it is printed on, whatever text went
        into it.
        """
        object.__setattr__(self, "what", one_line(redact(self.what)))
        object.__setattr__(self, "fix", self.fix and one_line(redact(self.fix)))

    @property
    def place(self) -> str:
        """File, line and column, as far as they are known: `salus.yaml:27:22`."""
        return one_line(
            ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        )

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        step = f"\n    -> {self.fix}" if self.fix else ""
        return f"{self.place}: {mark}{self.what}{step}"

    def as_dict(self) -> dict[str, object]:
        """The JSON form of ``salus check --json``."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "severity": self.severity,
            "what": self.what,
            "fix": self.fix,
        }


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems as a reader meets them: by file, line and column."""
    return tuple(sorted(problems, key=lambda p: (p.file, p.line or 0, p.column or 0, p.what)))


class SalusError(Exception):
    """Something stands in the way."""

    def __init__(self, problems: Iterable[Problem] | str, fix: str | None = None) -> None:
        if isinstance(problems, str):
            problems = [Problem("salus", None, None, problems, fix)]
        self.problems = sort_problems(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ModelError(SalusError):
    """The model can't be used as written."""


class DataError(SalusError):
    """The tables don't hold what the model needs, or can't be read."""


class UsageError(SalusError):
    """The question has no answer."""


class OptionError(UsageError):
    """An option or argument isn't written as it must be; commands exit 2."""


class SalusWarning(UserWarning):
    """There is a result, and something to know about it: `problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class RejectedRowsWarning(SalusWarning):
    """Rows of a file are left out of a result, many of them or some that matter; `problem` says how
    many and why.
    """


class DamagedFileWarning(SalusWarning):
    """A file that Salus keeps was damaged, and is computed anew."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(Problem(file, None, None, what, None, "warning"))


class ResourceError(SalusError):
    """The machine refuses what is needed: space, a permission, a file that was there, memory."""


_NO_SPACE = ("the disk is full", "free some space and run the same command again")
_FORBIDDEN = ("permission is denied", "check who may read and write it and its folder")
#: What to say about an errno, and the next step.
_REASONS = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: ("the quota is used up", _NO_SPACE[1]),
    errno.EFBIG: (
        "the file would be larger than is allowed here",
        "raise the limit (ulimit -f) or write elsewhere",
    ),
    errno.EROFS: ("the file system is read-only", "use a folder that can be written to"),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.ENOENT: (
        "there is no such file or folder",
        "check the path; if the file was removed, put it back",
    ),
    errno.EISDIR: ("this is a folder, and a file is needed", "choose another name"),
    errno.ENOTDIR: ("a part of this path is a file, not a folder", "check the path"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
    errno.ELOOP: ("the links lead in a circle", "check the path"),
    errno.EMFILE: ("too many files are open", "raise the limit (ulimit -n)"),
    errno.ENOMEM: ("there is not enough memory", "close other programs, or use a larger machine"),
}
_DRAFT = re.compile(r"\.(.+)\.[^.]+\.part")


@contextmanager
def translate_errors() -> Iterator[None]:
    """In this block, and in a function that it decorates, what the machine refuses is a
    ResourceError.
    """
    try:
        yield
    except (OSError, MemoryError, RecursionError) as error:
        raise ResourceError([_refusal(error)]) from error


def _refusal(error: OSError | MemoryError | RecursionError) -> Problem:
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
    """The name that a user knows: of a draft the file that it was to become."""
    if not isinstance(file, str | bytes | os.PathLike):
        return "salus"
    folder, name = os.path.split(os.fsdecode(file))
    draft = _DRAFT.fullmatch(name)
    return os.path.join(folder, draft[1] if draft else name) or folder


def translate_method_errors(cls: type[T]) -> type[T]:
    """What the machine refuses in a method of the class is a ResourceError, as everything that
    Salus refuses is typed.
    """
    for name, member in list(vars(cls).items()):
        if isinstance(member, FunctionType):
            setattr(cls, name, translate_errors()(member))
        elif isinstance(member, property) and member.fget is not None:
            setattr(cls, name, property(translate_errors()(member.fget)))
        elif isinstance(member, cached_property):
            member.func = translate_errors()(member.func)
    return cls
