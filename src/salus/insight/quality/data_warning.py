"""One finding that makes figures less than they seem."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DataWarning:
    """`kind` is a fixed word for programs; `measure` or `source` name what it is about, where it is
    about one.
    """

    kind: str
    measure: str | None
    what: str
    fix: str
    source: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "kind": self.kind,
            "measure": self.measure,
            "source": self.source,
            "what": self.what,
            "fix": self.fix,
        }

    def __str__(self) -> str:
        return f"{self.what}\n    -> {self.fix}"
