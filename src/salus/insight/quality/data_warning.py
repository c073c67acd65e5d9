"""Findings that make figures less certain."""

from __future__ import annotations

from dataclasses import dataclass

from salus.finding import Finding

#: Kinds whose word for programs differs from the code.
KINDS = {
    "unknown_keys": "strangers",
    "absent_value": "absence",
    "present_value": "absence",
    "late_score": "late",
}


@dataclass(frozen=True, init=False)
class DataWarning(Finding):
    """A finding whose code begins with `warning.`. It has the parameter `measure` or `source` where
    it is about one.
    """

    @property
    def kind(self) -> str:
        """A fixed word for programs, such as `too good`."""
        name = self.code.removeprefix("warning.")
        return KINDS.get(name, name.replace("_", " "))

    @property
    def measure(self) -> str | None:
        """The measure that it is about."""
        return self._name("measure")

    @property
    def source(self) -> str | None:
        """The source that it is about."""
        return self._name("source")

    def _name(self, parameter: str) -> str | None:
        value = self.get(parameter)
        return None if value is None else str(value)
