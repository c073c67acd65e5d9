"""A measure or input as it is declared: its keys and its kind."""

from __future__ import annotations

from dataclasses import dataclass

from salus.model.measure import Kind
from salus.model.reading.context import ReadContext
from salus.model.yaml.document import Scalar
from salus.model.yaml.language.measure import KINDS
from salus.model.yaml.section import Fields


@dataclass(frozen=True)
class MeasureDeclaration:
    """The keys of a measure or input. `dimension` is None for inputs."""

    key: Scalar
    fields: Fields
    dimension: str | None
    context: ReadContext

    @property
    def title(self) -> str:
        """The name in messages: "measure `quiet`"."""
        return f"{'input' if self.dimension is None else 'measure'} `{self.key.text}`"

    def error(self, key: str, what: str, fix: str) -> None:
        """Report a problem at a key of the measure."""
        place = self.fields.keys[key].place if key in self.fields.keys else self.fields.place
        self.context.error(place, what, fix)

    def kind(self) -> Kind | None:
        """Return the kind of the measure; None, and a problem, unless there is exactly one."""
        kinds: list[Kind] = [kind for kind in KINDS if self.fields.has(kind)]
        if len(kinds) > 1:
            self.error(
                kinds[1],
                f"{self.title} has two kinds, `{kinds[0]}` and `{kinds[1]}`",
                "keep one; make the other an input",
            )
        elif not kinds and not self.fields.strange:
            self.context.error(
                self.fields.place, f"{self.title} has no kind", f"add one of {', '.join(KINDS)}"
            )
        return kinds[0] if len(kinds) == 1 else None
