"""A block with known keys. One table is used to read it and to describe it to editors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from salus.model.suggest import did_you_mean
from salus.model.yaml.document import MappingNode, Node, Scalar
from salus.model.yaml.findings import Findings, Place, shorten
from salus.model.yaml.form import Json, ValueForm

MOST = 20  # keys that a message lists


@dataclass(frozen=True)
class Key:
    """A key: the form of its value, and the description that editors show."""

    name: str
    form: ValueForm
    about: str
    needed: bool = False


@dataclass(frozen=True)
class Fields:
    """The content of a block: values and nodes by key."""

    place: Place
    values: Mapping[str, Any] = field(default_factory=dict)
    nodes: Mapping[str, Node] = field(default_factory=dict)
    keys: Mapping[str, Scalar] = field(default_factory=dict)
    strange: bool = False  # the block has unknown keys

    def get(self, name: str, otherwise: Any = None) -> Any:
        return self.values.get(name, otherwise)

    def has(self, name: str) -> bool:
        """Whether the block has the key, even with an invalid value."""
        return name in self.keys

    def place_of(self, name: str) -> Place:
        """Return the place of a key's value; the place of the block if it has none."""
        node = self.nodes.get(name)
        return node.place if node is not None else self.place


@dataclass(frozen=True)
class Section:
    """The keys of a block. Exactly one of the keys in `one_of` is needed; its reader checks that."""

    title: str  # "a source"
    keys: tuple[Key, ...]
    one_of: tuple[str, ...] = ()
    misplaced: Mapping[str, str] = field(
        default_factory=dict
    )  # keys of other blocks, each with the next step

    def read(self, node: Node, label: str, findings: Findings) -> Fields | None:
        """Read the values of the known keys. Unknown, missing and invalid keys are problems."""
        if isinstance(node, Scalar) and node.empty:
            findings.error(
                node.place, f"{label} is empty", f"write its keys: {', '.join(self._main_keys())}"
            )
            return None
        if not isinstance(node, MappingNode):
            findings.error(
                node.place,
                f"{label} needs keys with values",
                f"write its keys: {', '.join(self._main_keys())}",
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
                self._report_unknown(key, label, findings)
        nodes = {key.text: value for key, value in node.entries}
        self._check_missing(node, nodes, label, findings)
        return Fields(
            node.place, values, nodes, {key.text: key for key, _ in node.entries}, strange
        )

    def _main_keys(self) -> list[str]:
        needed = [key.name for key in self.keys if key.needed]
        return needed or [key.name for key in self.keys][:4]

    def _report_unknown(self, key: Scalar, label: str, findings: Findings) -> None:
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

    def _check_missing(
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
