"""Reads `history:` of the entity."""

from __future__ import annotations

from salus.model.reading.context import ReadContext
from salus.model.reading.link import read_key
from salus.model.source import AttributeHistory, Entity, FieldChanges
from salus.model.suggest import did_you_mean
from salus.model.yaml.document import Scalar
from salus.model.yaml.findings import shorten
from salus.model.yaml.section import Fields
from salus.model.yaml.values import parse_column

_OF_CHANGES = ("field", "value", "fields")


def read_history(fields: Fields, context: ReadContext) -> AttributeHistory | None:
    """Read the table of earlier attributes. A needed column with an error is ''."""
    history: Fields | None = fields.get("history")
    if history is None:
        return None
    key, paths = read_key(history, "the history", context)
    return AttributeHistory(
        history.get("table", ""),
        history.get("time", ""),
        history.get("recorded"),
        key or None,
        paths,
        _read_changes(history, context),
    )


def _read_changes(history: Fields, context: ReadContext) -> FieldChanges | None:
    present = [name for name in (*_OF_CHANGES, "before") if history.has(name)]
    if not present:
        return None
    missing = [name for name in _OF_CHANGES if not history.has(name)]
    if missing:
        listed = " and ".join(f"`{name}`" for name in missing)
        context.error(
            history.keys[present[0]].place,
            f"`{present[0]}` of the history needs {listed}",
            f"add {', '.join(_EXAMPLES[name] for name in missing)}",
        )
    names = {parse_column(name.text): field for name, field in history.get("fields", [])}
    return FieldChanges(
        history.get("field", ""),
        history.get("value", ""),
        tuple(sorted(names.items())),
        history.get("before"),
    )


_EXAMPLES = {"field": "field: …", "value": "value: …", "fields": "fields: {attribute: name}"}


def check_history(entity: Entity, fields: Fields, context: ReadContext) -> None:
    """Check that the fields of a history are attributes of the entity."""
    history: Fields | None = fields.get("history")
    if history is None:
        return
    attributes = set(entity.readable) - {entity.key}
    written: list[tuple[Scalar, str]] = history.get("fields", [])
    for key, _ in written:
        name = parse_column(key.text)
        if name not in attributes:
            context.error(
                key.place,
                f"`{shorten(name)}` of the history isn't an attribute of the entity",
                did_you_mean(name, attributes) or "add it to `attributes`, or leave it out",
            )
