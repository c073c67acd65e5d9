"""Reads `links:` and the keys that go through them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from salus.model.link import SALUS_KEY, KeyExpression, KeyPath, Link
from salus.model.reading.context import ReadContext
from salus.model.reading.corrections import read_corrections
from salus.model.yaml.document import Scalar
from salus.model.yaml.findings import Findings
from salus.model.yaml.key_form import WrittenPath
from salus.model.yaml.section import Fields

NOWHERE = KeyPath(None, KeyExpression(""))


def read_link(
    key: Scalar, fields: Fields, folder: Path | None, context: ReadContext
) -> tuple[Link, Findings | None]:
    """Return a link, and the problems in its file of corrections."""
    corrected, findings = read_corrections(fields, folder, context)
    to = read_paths(fields.get("to"), f"`to` of link `{key.text}` goes through link", context)
    link = Link(
        name=key.text,
        table=fields.get("table", ""),
        source=fields.get("from", KeyExpression("")),
        to=to[0] if to else NOWHERE,
        time=fields.get("time"),
        corrections=fields.get("corrections"),
        corrected=corrected,
    )
    return link, findings


def read_paths(
    written: list[WrittenPath] | None, what: str, context: ReadContext
) -> tuple[KeyPath, ...]:
    """Return the ways of a key, and check that their links are declared."""
    for path, place in written or ():
        if path.expression.holds_list:
            context.error(
                place,
                "`each` reads several values of a cell, but a row belongs to one",
                "use `each` only in the `from` of a link",
            )
        if path.link is not None:
            context.check_declared(path.link, place, context.names.links, what)
    return tuple(path for path, _ in written or ())


def read_key(fields: Fields, title: str, context: ReadContext) -> tuple[str, tuple[KeyPath, ...]]:
    """Return the column of a key, and the ways to it if there are links or several columns.

    Then the column is the one that holds what the links found.
    """
    paths = read_paths(fields.get("key"), f"`key` of {title} goes through link", context)
    if not paths:
        return "", ()
    if len(paths) == 1 and paths[0].link is None:
        return paths[0].expression.column, ()
    return SALUS_KEY, paths


def check_links(
    links: Mapping[str, Link], written: Iterable[tuple[Scalar, Fields]], context: ReadContext
) -> None:
    """Check that no link leads back to itself, or through one that changes over time."""
    for key, fields in written:
        way, link = [key.text], links.get(key.text)
        target = links.get(link.to.link or "") if link is not None else None
        if target is not None and target.time is not None:
            context.error(
                fields.place_of("to"),
                f"link `{key.text}` goes through `{target.name}`, which changes over time",
                f"remove `time` of link `{target.name}`, or let the sources use it themselves",
            )
        while link is not None and link.to.link is not None and link.to.link not in way:
            way.append(link.to.link)
            link = links.get(link.to.link)
        if link is not None and link.to.link == key.text:
            names = " → ".join(f"`{name}`" for name in [*way, key.text])
            context.error(
                fields.place_of("to"),
                f"these links lead back to where they begin: {names}",
                "let one of them lead to the entity's key",
            )
