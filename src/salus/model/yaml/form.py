"""The forms of values. Each form reads a value and also gives its JSON Schema for editors."""

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
    """A form of values."""

    def read(self, node: Node, label: str, findings: Findings) -> Any:
        """Read a value; None, and a problem, if it isn't valid. Messages call it `label`."""

    def schema(self) -> Json:
        """Return the JSON Schema of the form."""


@dataclass(frozen=True)
class TextForm:
    """A single value. `description` is what it must be, and `fix` how to write it."""

    description: str
    fix: str
    convert: Callable[[str], Any]
    json: Mapping[str, Any]

    def read(self, node: Node, label: str, findings: Findings) -> Any:
        if not isinstance(node, Scalar):
            findings.error(node.place, f"{label} must be {self.description}", self.fix)
            return None
        if node.empty:
            findings.error(node.place, f"{label} has no value", f"{self.fix}, or remove the key")
            return None
        try:
            return self.value(node.text)
        except ValueError as error:
            better = str(error) if isinstance(error, Unreadable) and error.args else self.fix
            findings.error(
                node.place,
                f"{label} must be {self.description}, not '{shorten(node.text)}'",
                better,
            )
            return None

    def value(self, text: str) -> Any:
        """Convert a text to the value; raises ValueError."""
        if len(text) > LONGEST:
            raise Unreadable
        return self.convert(text)

    def schema(self) -> Json:
        return dict(self.json)


@dataclass(frozen=True)
class WrittenExpression:
    """The text of a condition with its place. It is parsed later, when all names are known."""

    text: str
    node: Scalar


@dataclass(frozen=True)
class ExpressionForm:
    """A condition or formula. Its syntax and its names are checked later."""

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
    """A list of values: ``[a, b]``."""

    form: ValueForm
    description: str
    least: int = 0
    each: str = ""  # what a message calls an item

    def read(self, node: Node, label: str, findings: Findings) -> list[tuple[Any, Node]] | None:
        if isinstance(node, Scalar) and node.empty:
            findings.error(
                node.place, f"{label} is empty", f"list {self.description}, or remove the key"
            )
            return None
        if not isinstance(node, ListNode):
            findings.error(
                node.place,
                f"{label} must be a list of {self.description}",
                "write [a, b], or each item after a dash",
            )
            return None
        if len(node.items) < self.least:
            findings.error(
                node.place, f"{label} is empty", f"list {self.description}, or remove the key"
            )
        values = [(self.form.read(item, self.each or label, findings), item) for item in node.items]
        return [(value, item) for value, item in values if value is not None]

    def schema(self) -> Json:
        return {"type": "array", "items": self.form.schema(), "minItems": self.least}


@dataclass(frozen=True)
class SingleOrList:
    """One value or a list: ``a`` or ``[a, b]``."""

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
    """Names that the writer chooses, each with a value of one form. Messages call an item `each`."""

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
            is_valid = self._check_name(key, findings)
            item = self.form.read(value, f"{self.each} `{shorten(key.text)}`", findings)
            if is_valid and item is not None:
                result.append((key, item))
        return result

    def _check_name(self, key: Scalar, findings: Findings) -> bool:
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
