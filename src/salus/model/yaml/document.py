"""Parses YAML into a tree of scalars, lists and blocks, each with its place.

Values stay texts, because their meaning depends on their keys. Anchors, aliases, tags, several
documents and repeated keys are errors. The size and depth of a file are limited.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from salus.model.yaml.findings import Findings, Place, shorten

LARGEST = 200_000  # characters of a file
MOST = 20_000  # values and keys of a file
DEEPEST = 12  # nested levels; the language needs 6
NOTHING = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True)
class Scalar:
    """One value as text. `written` is its text in the file, and `style` its quote (' " | >) or
    None.
    """

    text: str
    place: Place
    style: str | None = None
    written: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is no value, or null."""
        return self.style is None and self.text in NOTHING

    def place_at(self, offset: int) -> Place:
        """Return the place in the file of the character `offset` of the text."""
        before = sum(1 for sign in self.text[:offset] if not sign.isspace())
        place = self.place
        for place in _visible_places(self):
            if before == 0:
                return place
            before -= 1
        return place


@dataclass(frozen=True)
class ListNode:
    """A list: ``[a, b]``."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True)
class MappingNode:
    """A block: ``{key: value}``, in the order of the file, each key once."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place

    def get(self, name: str) -> Node | None:
        return next((value for key, value in self.entries if key.text == name), None)

    def block(self, name: str) -> MappingNode:
        """Return the block under a key; an empty block if there is none."""
        node = self.get(name)
        return node if isinstance(node, MappingNode) else MappingNode((), self.place)


Node = Scalar | ListNode | MappingNode


def parse(text: str, findings: Findings) -> MappingNode | None:
    """Parse a file. Return its top block; None, and a problem, if it can't be read."""
    if len(text) > LARGEST:
        findings.error(
            Place(1, 1),
            f"the file is larger than {LARGEST // 1000} KB",
            "keep data in tables, not in the model",
        )
        return None
    text = text.removeprefix("\ufeff")
    tree = _TreeBuilder(text, findings)
    try:
        root = tree.read()
    except YAMLError as error:
        _explain(error, findings)
        return None
    if tree.has_unknown_syntax:
        return None
    if root is None or (isinstance(root, Scalar) and root.empty):
        findings.error(Place(1, 1), "the file is empty", "create one with `salus init`")
    elif not isinstance(root, MappingNode):
        findings.error(root.place, "the file has no keys", "begin with `version: 1`")
    else:
        return root
    return None


class _TooMuch(YAMLError):
    """Stops the parser. The problem is already reported."""


class _TreeBuilder:
    """Builds the tree from the events of the YAML parser, without recursion."""

    def __init__(self, text: str, findings: Findings) -> None:
        self.text, self.findings = text, findings
        self.has_unknown_syntax = False  # the file uses YAML syntax that a model can't have

    def read(self) -> Node | None:
        """Return the root node. `open_` has the blocks and lists that aren't complete yet."""
        open_: list[tuple[Event, list[Node]]] = []
        root: Node | None = None
        for number, event in enumerate(YAML(typ="safe", pure=True).parse(io.StringIO(self.text))):
            if number > MOST:
                self.findings.error(
                    _place_of(event),
                    f"the file has more than {MOST} values",
                    "split it into two models",
                )
                raise _TooMuch
            if isinstance(event, DocumentStartEvent) and root is not None:
                self.findings.error(
                    _place_of(event),
                    "a second document begins here",
                    "write each model to its own file",
                )
                return root
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                self._check_syntax(event)
                if len(open_) >= DEEPEST:
                    self.findings.error(
                        _place_of(event),
                        f"more than {DEEPEST} nested levels",
                        "remove some",
                    )
                    raise _TooMuch
                open_.append((event, []))
                continue
            node = self._finish_node(event, open_)
            if node is None:
                continue
            if open_:
                open_[-1][1].append(node)
            else:
                root = node
        return root

    def _finish_node(self, event: Event, open_: list[tuple[Event, list[Node]]]) -> Node | None:
        """Return the node that ends with this event; None if none does."""
        if isinstance(event, ScalarEvent | AliasEvent):
            self._check_syntax(event)
            start, end = event.start_mark.index, event.end_mark.index
            return Scalar(
                getattr(event, "value", "") or "",
                _place_of(event),
                getattr(event, "style", None) or None,
                self.text[start:end],
            )
        if isinstance(event, SequenceEndEvent):
            start_event, items = open_.pop()
            return ListNode(tuple(items), _place_of(start_event))
        if isinstance(event, MappingEndEvent):
            start_event, items = open_.pop()
            return MappingNode(tuple(self._read_entries(items)), _place_of(start_event))
        return None

    def _read_entries(self, items: list[Node]) -> Iterator[tuple[Scalar, Node]]:
        places: dict[str, Place] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.findings.error(key.place, "a key must be a single word", "write `key: value`")
            elif key.text in places:
                first = places[key.text].line
                self.findings.error(
                    key.place,
                    f"`{shorten(key.text)}` is here twice; the first is on line {first}",
                    "keep one of them",
                )
            else:
                places[key.text] = key.place
                yield key, replace(value, place=key.place) if _is_missing(value) else value

    def _check_syntax(self, event: Any) -> None:
        """Report anchors, aliases and tags, which a model can't have."""
        tag = getattr(event, "tag", None) or getattr(event, "ctag", None)
        tagged = tag is not None and str(tag) != "!"
        self.has_unknown_syntax |= tagged or event.anchor is not None
        if isinstance(event, AliasEvent):
            self.findings.error(
                _place_of(event),
                f"`*{shorten(str(event.anchor))}` refers to an anchor",
                "write the value itself; a model has no anchors",
            )
        elif event.anchor is not None:
            self.findings.error(
                _place_of(event),
                f"`&{shorten(str(event.anchor))}` is an anchor",
                "remove it; a model has no anchors",
            )
        if tagged:
            self.findings.error(
                _place_of(event),
                f"`{shorten(str(tag))}` is a tag",
                "remove it; a model has no tags",
            )


def _is_missing(node: Node) -> TypeGuard[Scalar]:
    """Whether the value is missing. Then its place is that of the key."""
    return isinstance(node, Scalar) and not node.written


def _place_of(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _explain(error: YAMLError, findings: Findings) -> None:
    """Turn an error of the YAML parser into a plain message."""
    if isinstance(error, _TooMuch):
        return
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
    reason = str(
        getattr(error, "problem", None) or getattr(error, "reason", None) or error
    ).splitlines()[0]
    for part, what, fix in _PARSER_ERRORS:
        if part in reason:
            findings.error(place, what, fix)
            return
    findings.error(
        place,
        f"this can't be read as YAML: {shorten(reason)}",
        "check quotes, brackets and indentation on this line and above",
    )


_PARSER_ERRORS = (
    ("'\\t'", "there is a tab in the indentation", "indent with spaces"),
    (
        "mapping values are not allowed",
        "there is a second `:` here",
        "put the text in quotes, or start a new line",
    ),
    (
        "expected ',' or '}'",
        "this {…} isn't closed, or a comma is missing before it",
        "add } or the comma; put a condition with commas in quotes",
    ),
    (
        "expected ',' or ']'",
        "this […] isn't closed, or a comma is missing before it",
        "add ] or the comma",
    ),
    ("end of stream", "a quote is opened but not closed", "close it"),
    (
        "expected <block end>",
        "the indentation doesn't match the lines above",
        "align the keys of one block",
    ),
    ("could not find expected ':'", "a `:` is missing after the key", "write `key: value`"),
    (
        "special characters are not allowed",
        "the file contains a control character",
        "save it as plain UTF-8 text",
    ),
)


def _visible_places(scalar: Scalar) -> Iterator[Place]:
    """Yield the places of a scalar's visible characters in order, and then the place after its end."""
    line, column = scalar.place.line, scalar.place.column
    written, position = scalar.written.rstrip(), 0
    if scalar.style in ("|", ">"):
        position = written.find("\n") + 1
        line, column = line + 1, 1
    elif scalar.style in ("'", '"'):
        position, column = 1, column + 1
        written = written[:-1]
    while position < len(written):
        sign = written[position]
        pair = written[position : position + 2]
        doubled = (scalar.style == '"' and sign == "\\") or (scalar.style == "'" and pair == "''")
        if sign == "\n":
            line, column = line + 1, 0
        elif not sign.isspace():
            yield Place(line, column)
        position, column = position + 1 + doubled, column + 1 + doubled
    yield Place(line, column)
