"""What every reader needs: the list of problems, and the names that the file declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlglot.tokenizer_core import TokenType

from salus.model.contracts import VALUE
from salus.model.curve import Anchor, Percentile
from salus.model.expressions.conditions import parse
from salus.model.expressions.expression import Expression
from salus.model.expressions.names import unquote
from salus.model.expressions.tokens import tokenize
from salus.model.expressions.unsupported_syntax import UnsupportedSyntax
from salus.model.plural import with_article
from salus.model.suggest import did_you_mean
from salus.model.yaml.document import ListNode, MappingNode, Scalar
from salus.model.yaml.findings import Findings, Place, shorten
from salus.model.yaml.form import WrittenExpression
from salus.model.yaml.section import Fields

Numbers = Mapping[Percentile, float]
AS_OF = "as_of"
OF_RESULT = ("score", "band", "coverage", "stage")
_OF_ENTITY = ("key", "label", "owner", "value", "starts")


@dataclass(frozen=True, kw_only=True)
class DeclaredNames:
    """The names that a file declares, even if their blocks have errors."""

    attributes: tuple[str, ...]
    sources: tuple[str, ...]
    inputs: tuple[str, ...]
    measures: tuple[str, ...]  # only scored measures
    dimensions: tuple[str, ...]
    scores: tuple[str, ...]
    outcomes: tuple[str, ...]
    signals: tuple[str, ...]
    links: tuple[str, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The names of everything that has a value on a date, except scores and dimensions."""
        return (*self.measures, *self.inputs, *self.attributes)


def collect_names(root: MappingNode) -> DeclaredNames:
    """Collect the declared names from the keys of the file."""

    def keys(block: MappingNode) -> tuple[str, ...]:
        return tuple(key.text for key, _ in block.entries)

    dimensions = root.block("dimensions")
    measures = [
        name
        for dimension in keys(dimensions)
        for name in keys(dimensions.block(dimension).block("measures"))
    ]
    return DeclaredNames(
        attributes=_collect_attributes(root.block("entity")),
        sources=keys(root.block("sources")),
        inputs=keys(root.block("inputs")),
        measures=tuple(measures),
        dimensions=keys(dimensions),
        scores=keys(root.block("scores")),
        outcomes=keys(root.block("outcomes")),
        signals=keys(root.block("signals")),
        links=keys(root.block("links")),
    )


def _collect_attributes(entity: MappingNode) -> tuple[str, ...]:
    """Return the attributes that conditions may read: the columns under `entity` except `ends`, and
    the value of contracts.
    """
    named = [entity.get(name) for name in _OF_ENTITY]
    list_names = entity.get("attributes")
    every = [*named, *(list_names.items if isinstance(list_names, ListNode) else ())]
    names = [
        _unquote_column(node.text) for node in every if isinstance(node, Scalar) and not node.empty
    ]
    if entity.block("contracts").get("amount") is not None:
        names.append(VALUE)
    return tuple(dict.fromkeys(names))


def _unquote_column(text: str) -> str:
    try:
        return unquote(text)
    except ValueError:  # its reader reports the error
        return text


@dataclass(frozen=True)
class Scope:
    """The names that a condition may use.

    `description` describes them in a message. `instead` has the next step for a known name that isn't
    allowed here.
    """

    description: str
    names: frozenset[str]
    instead: Mapping[str, str] = field(default_factory=dict)
    past: bool = False


@dataclass(frozen=True)
class ReadContext:
    """The context of a reader: the problems so far, and the declared names."""

    findings: Findings
    names: DeclaredNames
    unresolved: list[tuple[Place, str]] = field(default_factory=list)  # percentiles without a value

    def resolve_percentile(self, value: Anchor, numbers: Numbers, place: Place, of: str) -> Anchor:
        """Replace a percentile by its frozen value. If it has none, keep it and note it in `unresolved`."""
        if not isinstance(value, Percentile):
            return value
        if value not in numbers:
            self.unresolved.append((place, f"{value} of {of}"))
        return numbers.get(value, value)

    def error(self, place: Place, what: str, fix: str | None = None) -> None:
        self.findings.error(place, what, fix)

    def warning(self, place: Place, what: str, fix: str | None = None) -> None:
        self.findings.warning(place, what, fix)

    def expression(self, fields: Fields, key: str, scope: Scope | None = None) -> Expression | None:
        """Parse the condition or formula under a key, and check its names against the scope.

        Without a scope the names are columns, which are checked later. None if there is an error.
        """
        written: WrittenExpression | None = fields.get(key)
        if written is None:
            return None
        past = scope is not None and scope.past
        try:
            expression = parse(written.text, past=past)
        except UnsupportedSyntax as error:
            self.error(written.node.place_at(error.offset), error.what, error.fix)
            return None
        if scope is not None:
            self._check_names(written, scope)
        return expression

    def _check_names(self, written: WrittenExpression, scope: Scope) -> None:
        for token in tokenize(written.text, past=scope.past):
            if (
                token.token_type == TokenType.IDENTIFIER
                and token.text not in scope.names
                and not self.findings.full
            ):
                fix = (
                    scope.instead.get(token.text)
                    or did_you_mean(token.text, scope.names)
                    or f"choose from: {list_names(scope.names)}"
                )
                self.error(
                    written.node.place_at(token.start),
                    f"`{shorten(token.text)}` isn't {with_article(scope.description)}",
                    fix,
                )

    def check_declared(self, name: str, place: Place, known: Iterable[str], what: str) -> bool:
        """Whether a name is declared; if not, report a problem.

        `what` is the beginning of the message, such as "measure `quiet` reads source".
        """
        known = tuple(known)
        if name in known:
            return True
        if self.findings.full:
            return False
        fix = did_you_mean(name, known) or (
            f"choose from: {list_names(known)}" if known else "declare it first"
        )
        self.error(place, f"{what} `{shorten(name)}`, which is not declared", fix)
        return False

    @cached_property
    def segment_scope(self) -> Scope:
        """The names that a segment may use: attributes and the date."""
        reason = (
            "a segment may use only attributes and as_of, because it changes measures and scores"
        )
        others = (*self.names.measures, *self.names.inputs, *OF_RESULT)
        return Scope(
            "attribute", frozenset((*self.names.attributes, AS_OF)), dict.fromkeys(others, reason)
        )

    @cached_property
    def value_scope(self) -> Scope:
        """The names that a formula or cap may use: attributes, the date, measures and inputs."""
        reason = "the score isn't known yet here; use measures, inputs and attributes"
        others = (*self.names.dimensions, *OF_RESULT)
        allowed = frozenset((*self.names.values, AS_OF))
        return Scope("attribute, measure or input", allowed, dict.fromkeys(others, reason))

    def result_scope(self, without: str | None = None) -> Scope:
        """The names that stages, signals and plays may use: all values and the scores."""
        names = {
            *self.names.values,
            AS_OF,
            *OF_RESULT,
            *self.names.dimensions,
            *self.names.scores,
        } - {without}
        instead = {without: "stages can't depend on the stage"} if without else {}
        description = "attribute, measure, input, dimension or score"
        return Scope(description, frozenset(filter(None, names)), instead, past=True)


def list_names(names: Iterable[str], most: int = 12) -> str:
    """Join names with commas, at most `most` of them."""
    listed = sorted(shorten(name) for name in names)
    return ", ".join(listed[:most]) + (" …" if len(listed) > most else "")
