"""The comparisons of a column with texts within a condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from salus.model.expressions import expression as ex
from salus.model.yaml.findings import shorten


@dataclass(frozen=True)
class TextComparison:
    """A comparison with `=`, `!=` or `in`. `excludes`: rows with one of the texts are left out."""

    name: str  # of the column
    texts: tuple[str, ...]
    condition: ex.Expression  # which rows with one of the texts meet
    excludes: bool = False

    def occurs_differently(self, values: Iterable[object]) -> bool:
        """Whether one of the texts is among the values with other capitals or blanks."""
        texts = {text.strip().casefold() for text in self.texts if text.strip()}
        return any(str(value).strip().casefold() in texts for value in values)

    def __str__(self) -> str:
        texts = ", ".join(f"'{shorten(text)}'" for text in self.texts[:5])
        operator = f"= {texts}" if len(self.texts) == 1 else f"in ({texts})"
        return f"`{shorten(self.name)}` {operator}"


def text_comparisons(expression: ex.Expression) -> Iterator[TextComparison]:
    """The comparisons of a column with texts within an expression.

    >>> plans = ex.In(ex.Name("plan"), (ex.Constant("gold"), ex.Constant("tin")))
    >>> [(str(each), each.excludes) for each in text_comparisons(ex.Not(plans))]
    [("`plan` in ('gold', 'tin')", True)]
    """
    negated = {
        id(inner)
        for node in ex.walk(expression)
        if isinstance(node, ex.Not)
        for inner in ex.walk(node)
    }
    for node in ex.walk(expression):
        match node:
            case ex.Compare(
                "=" | "!=" as sign, ex.Name(name), ex.Constant(str() as text)
            ) | ex.Compare("=" | "!=" as sign, ex.Constant(str() as text), ex.Name(name)):
                condition = ex.Compare("=", ex.Name(name), ex.Constant(text))
                excludes = sign == "!=" or id(node) in negated
                yield TextComparison(name, (text,), condition, excludes)
            case ex.In(ex.Name(name), options):
                texts = tuple(
                    option.value
                    for option in options
                    if isinstance(option, ex.Constant) and isinstance(option.value, str)
                )
                if len(texts) == len(options):
                    yield TextComparison(name, texts, node, id(node) in negated)
            case _:
                continue
