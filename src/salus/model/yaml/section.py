"""A block with known keys: read once, checked against its table, described to editors from the same
table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from salus.model.suggest import did_you_mean
from salus.model.yaml.document import MappingNode, Node, Scalar
from salus.model.yaml.findings import Findings, Place, shorten
from salus.model.yaml.form import Json, ValueForm

MOST = 20  # known keys that a message lists


@dataclass(frozen=True)
class Key:
    """One key: the form of its value, and what an editor shows about it."""

    name: str
    form: ValueForm
    about: str
    needed: bool = False


@dataclass(frozen=True)
class Fields:
    """What a block says: values by key, and the nodes they came from."""

    place: Place
    values: Mapping[str, Any] = field(default_factory=dict)
    nodes: Mapping[str, Node] = field(default_factory=dict)
    keys: Mapping[str, Scalar] = field(default_factory=dict)
    strange: bool = False  # it has keys that nobody knows

    def get(self, name: str, otherwise: Any = None) -> Any:
        return self.values.get(name, otherwise)

    def says(self, name: str) -> bool:
        """Whether the key is written, readable or not."""
        return name in self.keys

    def at(self, name: str) -> Place:
        """The place of a key's value, else of the block."""
        node = self.nodes.get(name)
        return node.place if node is not None else self.place


@dataclass(frozen=True)
class Section:
    """The keys of a block. `one_of` are keys of which exactly one must stand; who reads the block
    says so in words.
    """

    title: str  # "a source"
    keys: tuple[Key, ...]
    one_of: tuple[str, ...] = ()
    misplaced: Mapping[str, str] = field(
        default_factory=dict
    )  # keys of other blocks, and what to do about them

    def read(self, node: Node, label: str, findings: Findings) -> Fields | None:
        """Values of the known keys; unknown, missing and unreadable ones are noted."""
        if isinstance(node, Scalar) and node.empty:
            findings.error(
                node.place, f"{label} is empty", f"write its keys: {', '.join(self._first())}"
            )
            return None
        if not isinstance(node, MappingNode):
            findings.error(
                node.place,
                f"{label} needs keys with values",
                f"write its keys: {', '.join(self._first())}",
            )
            return None
        known = {key.name: key for key in self.keys}
        values, strange = {}, False
        for key, value in node.entries:
            if key.text in known:
                read = known[key.text].form.read(value, f"`{key.text}`", findings)
                if read is not None:
                    values[key.text] = read
            else:
                strange = True
                self._unknown(key, label, findings)
        nodes = {key.text: value for key, value in node.entries}
        self._needed(node, nodes, label, findings)
        return Fields(
            node.place, values, nodes, {key.text: key for key, _ in node.entries}, strange
        )

    def _first(self) -> list[str]:
        needed = [key.name for key in self.keys if key.needed]
        return needed or [key.name for key in self.keys][:4]

    def _unknown(self, key: Scalar, label: str, findings: Findings) -> None:
        if findings.full:
            return
        if key.text in self.misplaced:
            findings.error(
                key.place, f"`{key.text}` doesn't belong to {label}", self.misplaced[key.text]
            )
            return
        names = [known.name for known in self.keys]
        fix = (
            did_you_mean(key.text, names)
            or f"its keys are {', '.join(names[:MOST])}{' …' if names[MOST:] else ''}"
        )
        findings.error(key.place, f"`{shorten(key.text)}` isn't a key of {label}", fix)

    def _needed(
        self, node: MappingNode, nodes: Mapping[str, Node], label: str, findings: Findings
    ) -> None:
        missing = [key.name for key in self.keys if key.needed and key.name not in nodes]
        if missing:
            listed = ", ".join(f"`{name}`" for name in missing)
            added = ", ".join(f"{name}: …" for name in missing)
            findings.error(node.place, f"{label} needs {listed}", f"add {added}")

    def schema(self) -> Json:
        properties = {
            key.name: {**key.form.schema(), "description": key.about} for key in self.keys
        }
        result: Json = {"type": "object", "additionalProperties": False, "properties": properties}
        needed = [key.name for key in self.keys if key.needed]
        if needed:
            result["required"] = needed
        if self.one_of:
            result["oneOf"] = [{"required": [name]} for name in self.one_of]
        return result
