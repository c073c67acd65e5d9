"""The form of a key: a column, an expression under the name of a link, or a list of these."""

from __future__ import annotations

from dataclasses import dataclass

from salus.model.expressions.key_expressions import UnreadableKey, parse_key
from salus.model.link import KeyExpression, KeyPath
from salus.model.yaml import values
from salus.model.yaml.document import ListNode, MappingNode, Node, Scalar
from salus.model.yaml.findings import Findings, Place
from salus.model.yaml.form import Json, TextForm
from salus.model.yaml.forms import COLUMN, NAME

MOST_PATHS = 8
WrittenPath = tuple[KeyPath, Place]


def _convert(text: str) -> KeyExpression:
    try:
        return parse_key(values.check_line(text))
    except UnreadableKey as error:
        raise values.Unreadable(*error.args) from None


KEY_EXPRESSION = TextForm(
    "a column or a function of one",
    "write it as company(`Company name`)",
    _convert,
    {"type": ["string", "number"]},
)


@dataclass(frozen=True)
class KeyForm:
    """A key. `many`: a list is allowed, whose first known name decides."""

    many: bool

    def read(self, node: Node, label: str, findings: Findings) -> list[WrittenPath] | None:
        if isinstance(node, ListNode) and self.many:
            if not 1 <= len(node.items) <= MOST_PATHS:
                findings.error(
                    node.place, f"{label} needs 1 to {MOST_PATHS} ways", "list the best ones"
                )
                return None
            paths = [self._read_path(item, label, findings) for item in node.items]
            return [path for path in paths if path is not None] if all(paths) else None
        path = self._read_path(node, label, findings)
        return None if path is None else [path]

    def _read_path(self, node: Node, label: str, findings: Findings) -> WrittenPath | None:
        if isinstance(node, Scalar):
            form = COLUMN if self.many else KEY_EXPRESSION
            read = form.read(node, label, findings)
            if read is None:
                return None
            expression = read if isinstance(read, KeyExpression) else KeyExpression(read)
            return KeyPath(None, expression), node.place
        if not isinstance(node, MappingNode) or len(node.entries) != 1:
            findings.error(
                node.place,
                f"{label} must be a column or one link with an expression",
                "write {link: column}, such as {domain: domain(email)}",
            )
            return None
        [(key, value)] = node.entries
        name = NAME.read(key, label, findings)
        expression = KEY_EXPRESSION.read(value, label, findings)
        return (
            None if name is None or expression is None else (KeyPath(name, expression), key.place)
        )

    def schema(self) -> Json:
        text = {"type": ["string", "number"]}
        through = {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": text,
        }
        single: list[Json] = [text, through]
        if not self.many:
            return {"anyOf": single}
        listed = {
            "type": "array",
            "items": {"anyOf": single},
            "minItems": 1,
            "maxItems": MOST_PATHS,
        }
        return {"anyOf": [*single, listed]}


KEY = KeyForm(many=True)
KEY_TARGET = KeyForm(many=False)
