"""A finding: a code and parameters, which `channels/words` renders in the reader's language.

Layers below `channels` return findings instead of sentences.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

Parameter = str | int | float | dt.date | tuple[str, ...] | None


@dataclass(frozen=True, init=False)
class Finding:
    """A dotted `code`, such as `limit.flag`, and its `parameters` in the given order.

    Shares are 0 to 1, spans are days, and names are those of the model.

    >>> Finding("bands.alike", rows=12) == Finding("bands.alike", rows=12)
    True
    """

    code: str
    parameters: tuple[tuple[str, Parameter], ...]

    def __init__(self, code: str, **parameters: Parameter) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "parameters", tuple(parameters.items()))

    def get(self, name: str) -> Parameter:
        """The value of a parameter; None if it isn't given."""
        return dict(self.parameters).get(name)

    def with_parameters(self, **parameters: Parameter) -> Finding:
        """The finding with other values of some parameters.

        >>> Finding("bands.alike", rows=12).with_parameters(rows=3).parameters
        (('rows', 3),)
        """
        return Finding(self.code, **{**dict(self.parameters), **parameters})

    def as_dict(self) -> dict[str, object]:
        """The finding as a JSON object; dates are ISO text."""
        return {"code": self.code} | {
            name: value.isoformat()
            if isinstance(value, dt.date)
            else list(value)
            if isinstance(value, tuple)
            else value
            for name, value in self.parameters
        }
