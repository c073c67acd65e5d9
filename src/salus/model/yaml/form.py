"""A form that a value may have: how it is read, and how an editor is told of it, so that the two
can't drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from salus.model.plural import with_article
from salus.model.yaml.document import ListNode, MappingNode, Node, Scalar
from salus.model.yaml.findings import Findings, shorten
from salus.model.yaml.values import Unreadable

Json = dict[str, Any]
LONGEST = 300  # characters of a single value


class ValueForm(Protocol):
    """A kind of value."""

    def read(self, node: Node, label: str, findings: Findings) -> Any:
        """The value, or None when it was refused (and noted). `label` is the key, for the
        message.
        """

    def schema(self) -> Json:
        """The same as JSON Schema."""


@dataclass(frozen=True)
class TextForm:
    """One value of text: `says` what it is, `fix` how to write it."""

    says: str
    fix: str
    convert: Callable[[str], Any]
    json: Mapping[str, Any]

    def read(self, node: Node, label: str, findings: Findings) -> Any:
        if not isinstance(node, Scalar):
            findings.error(node.place, f"{label} must be {self.says}", self.fix)
            return None
        if node.empty:
            findings.error(node.place, f"{label} has no value", f"{self.fix}, or remove the key")
            return None
        try:
            return self.value(node.text)
        except ValueError as error:
            better = str(error) if isinstance(error, Unreadable) and error.args else self.fix
            findings.error(
                node.place, f"{label} must be {self.says}, not '{shorten(node.text)}'", better
            )
            return None

    def value(self, text: str) -> Any:
        """The text as a value; raises ValueError."""
        if len(text) > LONGEST:
            raise Unreadable
        return self.convert(text)

    def schema(self) -> Json:
        return dict(self.json)


@dataclass(frozen=True)
class WrittenExpression:
    """A text with its place: for what is read later, when more is known."""

    text: str
    node: Scalar


@dataclass(frozen=True)
class ExpressionForm:
    """A condition or formula; its grammar and names are checked by whoever knows which names it may
    use.
    """

    def read(self, node: Node, label: str, findings: Findings) -> WrittenExpression | None:
        if not isinstance(node, Scalar):
            findings.error(
                node.place,
                f"{label} must be a condition or formula",
                "write it as a text in quotes",
            )
            return None
        if node.empty:
            findings.error(
                node.place,
                f"{label} has no value",
                "write a condition in quotes, or remove the key",
            )
            return None
        return WrittenExpression(node.text, node)

    def schema(self) -> Json:
        return {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True)
class ListOf:
    """Several values: ``[a, b]``."""

    form: ValueForm
    says: str
    least: int = 0
    each: str = ""  # what a message calls one of them

    def read(self, node: Node, label: str, findings: Findings) -> list[tuple[Any, Node]] | None:
        if isinstance(node, Scalar) and node.empty:
            findings.error(node.place, f"{label} is empty", f"list {self.says}, or remove the key")
            return None
        if not isinstance(node, ListNode):
            findings.error(
                node.place,
                f"{label} must be a list of {self.says}",
                "write [a, b], or each item after a dash",
            )
            return None
        if len(node.items) < self.least:
            findings.error(node.place, f"{label} is empty", f"list {self.says}, or remove the key")
        values = [(self.form.read(item, self.each or label, findings), item) for item in node.items]
        return [(value, item) for value, item in values if value is not None]

    def schema(self) -> Json:
        return {"type": "array", "items": self.form.schema(), "minItems": self.least}


@dataclass(frozen=True)
class SingleOrList:
    """One value, or several: ``a`` or ``[a, b]``."""

    form: ValueForm
    list_form: ListOf

    def read(self, node: Node, label: str, findings: Findings) -> list[tuple[Any, Node]] | None:
        if isinstance(node, ListNode):
            return self.list_form.read(node, label, findings)
        value = self.form.read(node, label, findings)
        return None if value is None else [(value, node)]

    def schema(self) -> Json:
        return {"oneOf": [self.form.schema(), self.list_form.schema()]}


@dataclass(frozen=True)
class MapOf:
    """Names of the writer's own, each with a value of one form. A message calls one `each` and its
    name.
    """

    form: ValueForm
    each: str
    names: TextForm
    least: int = 0

    def read(self, node: Node, label: str, findings: Findings) -> list[tuple[Scalar, Any]] | None:
        if isinstance(node, Scalar) and node.empty:
            findings.error(
                node.place, f"{label} is empty", f"add {with_article(self.each)}, or remove the key"
            )
            return None
        if not isinstance(node, MappingNode):
            findings.error(
                node.place, f"{label} needs names, each with a value", "write {name: value}"
            )
            return None
        if len(node.entries) < self.least:
            findings.error(
                node.place, f"{label} is empty", f"add {with_article(self.each)}, or remove the key"
            )
        result = []
        for key, value in node.entries:
            named = self._named(key, findings)
            of = self.form.read(value, f"{self.each} `{shorten(key.text)}`", findings)
            if named and of is not None:
                result.append((key, of))
        return result

    def _named(self, key: Scalar, findings: Findings) -> bool:
        try:
            self.names.value(key.text)
        except ValueError:
            findings.error(
                key.place,
                f"'{shorten(key.text)}' can't be the name of {with_article(self.each)}",
                self.names.fix,
            )
            return False
        return True

    def schema(self) -> Json:
        result: Json = {
            "type": "object",
            "additionalProperties": self.form.schema(),
            "minProperties": self.least,
        }
        pattern = self.names.json.get("pattern")
        return {**result, "propertyNames": {"pattern": pattern}} if pattern else result
