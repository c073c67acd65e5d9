"""Finds the place of a key in the file of a model, for problems that are found later."""

from __future__ import annotations

from functools import cached_property

from sqlglot.tokenizer_core import TokenType

from salus.errors import Problem, Severity
from salus.model.expressions.tokens import tokenize
from salus.model.expressions.unsupported_syntax import UnsupportedSyntax
from salus.model.model import Model
from salus.model.yaml import document
from salus.model.yaml.document import ListNode, MappingNode, Node, Scalar
from salus.model.yaml.findings import Findings, Place

Path = tuple[str | int, ...]  # keys from the top of the file, or positions in lists


class ModelLocations:
    """The places of the keys in one model's file."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @cached_property
    def _root(self) -> MappingNode | None:
        return (
            document.parse(self.model.text, Findings(self.model.file)) if self.model.text else None
        )

    def problem(
        self,
        path: Path,
        what: str,
        fix: str | None = None,
        severity: Severity = "error",
        *,
        name: str | None = None,
    ) -> Problem:
        """Make a problem at the key `path`; with `name`, at this name in the key's condition."""
        place = self.place(path, name)
        line, column = (place.line, place.column) if place is not None else (None, None)
        return Problem(self.model.file, line, column, what, fix, severity)

    def place(self, path: Path, name: str | None = None) -> Place | None:
        """Return the place of the last key of `path` that the file has.

        None for a model without a file.
        """
        node: Node | None = self._root
        place = None
        for step in path:
            key, node = _find_child(node, step)
            if node is None:
                return place
            place = node.place if key is None else key
        return _find_name(node, name) or place

    def text(self, path: Path) -> str | None:
        """The text of the value at `path`, as it is written in the file; None without one."""
        node: Node | None = self._root
        for step in path:
            _, node = _find_child(node, step)
        return node.text if isinstance(node, Scalar) else None


def _find_child(node: Node | None, step: str | int) -> tuple[Place | None, Node | None]:
    """Return the place of a key, and the node under the key or at a position."""
    if isinstance(node, MappingNode):
        return next(
            ((key.place, value) for key, value in node.entries if key.text == step), (None, None)
        )
    if isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
        return None, node.items[step]
    return None, None


def _find_name(node: Node | None, name: str | None) -> Place | None:
    """Return the place of a name in the text of a condition."""
    if name is None or not isinstance(node, Scalar):
        return None
    try:
        start = next(
            (
                token.start
                for token in tokenize(node.text, past=True)
                if token.text == name and token.token_type == TokenType.IDENTIFIER
            ),
            None,
        )
    except UnsupportedSyntax:
        return None
    return None if start is None else node.place_at(start)
