"""The result of `salus doctor`."""

from __future__ import annotations

from dataclasses import dataclass

from salus.channels.result import TextResult
from salus.sanitize import one_line, redact


@dataclass(frozen=True)
class DoctorCheck(TextResult):
    """One check and its outcome. `details` never hold a password."""

    what: str
    good: bool
    details: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "details", one_line(redact(self.details)))

    def as_dict(self) -> dict[str, object]:
        """This check in the document of `salus doctor --json`."""
        return {"what": self.what, "good": self.good, "told": self.details}
