"""Reads one of `sources:`."""

from __future__ import annotations

from salus.model.expressions.expression import Expression, find_names
from salus.model.expressions.names import unquote
from salus.model.link import SALUS_MATCH
from salus.model.reading.context import ReadContext
from salus.model.reading.link import read_key, read_paths
from salus.model.source import Lookup, Source
from salus.model.yaml.document import Scalar
from salus.model.yaml.section import Fields

OPEN_DAYS = "open_days"  # a column of every source with `until`
_ROLES = ("time", "id", "recorded", "until_recorded")


def read_source(key: Scalar, fields: Fields, context: ReadContext) -> Source:
    """Read a source. A needed column with an error is ''."""
    until, follows, group = _read_until(key.text, fields, context)
    column, paths = read_key(fields, f"source `{key.text}`", context)
    return Source(
        name=key.text,
        table=fields.get("table", ""),
        key=column,
        time=fields.get("time", ""),
        id=fields.get("id"),
        recorded=fields.get("recorded"),
        until=until,
        until_next=follows,
        until_group=group,
        until_recorded=fields.get("until_recorded"),
        where=context.expression(fields, "where"),
        lookup=_read_lookup(key.text, fields, context),
        columns=_read_columns(key.text, fields, context),
        fresh=fields.get("fresh"),
        purpose=fields.get("purpose"),
        keys=paths,
    )


def _read_lookup(name: str, fields: Fields, context: ReadContext) -> Lookup | None:
    lookup: Fields | None = fields.get("lookup")
    if lookup is None:
        return None
    what = f"`on` of the lookup of source `{name}` goes through link"
    paths = read_paths(lookup.get("on"), what, context)
    if len(paths) > 1:
        context.error(
            lookup.place_of("on"),
            f"the lookup of source `{name}` has {len(paths)} keys in `on`",
            "keep one of them",
        )
    path = paths[0] if paths else None
    if path is None or path.link is None:
        on = path.expression.column if path is not None else ""
        return Lookup(lookup.get("table", ""), on, lookup.get("time"))
    return Lookup(lookup.get("table", ""), SALUS_MATCH, lookup.get("time"), path)


def _read_until(
    name: str, fields: Fields, context: ReadContext
) -> tuple[str | None, bool, str | None]:
    """Return the column of the end, whether the next fact is the end, and the column that the next
    fact shares.
    """
    text: str | None = fields.get("until")
    if fields.has("until_recorded") and (text is None or text.split()[0] == "next"):
        context.error(
            fields.keys["until_recorded"].place,
            f"source `{name}` has `until_recorded`, but no column in `until`",
            "add until: … or remove it",
        )
    if text is None:
        return None, False, None
    word, _, group = text.partition(" ")
    if word != "next":
        return unquote(text), False, None
    group = group.strip()
    if len(group.split()) > 1 and not group.startswith("`"):
        context.error(
            fields.place_of("until"),
            "`until: next` can have only one column",
            "write until: next contact_id",
        )
    return None, True, unquote(group) or None


def _read_columns(name: str, fields: Fields, context: ReadContext) -> dict[str, Expression]:
    """Read the computed columns in the order of the file. Each may read the ones before it."""
    result: dict[str, Expression] = {}
    written = fields.get("columns", [])
    every = [key.text for key, _ in written]
    roles = {fields.get(role): role for role in _ROLES if fields.get(role)}
    roles |= {path.expression.column: "key" for path, _ in fields.get("key", [])}
    for position, (key, text) in enumerate(written):
        expression = context.expression(Fields(key.place, {"text": text}), "text")
        if key.text == OPEN_DAYS or key.text in roles:
            what = f"the column `{key.text}` of source `{name}` has a fixed meaning"
            context.error(key.place, what, "choose another name")
        if expression is None:
            continue
        for other in sorted(find_names(expression) & set(every[position:])):
            what = (
                "reads itself" if other == key.text else f"reads `{other}`, which is computed later"
            )
            fix = (
                "give it a name that isn't in the table"
                if other == key.text
                else f"move `{other}` above it"
            )
            context.error(text.node.place, f"column `{key.text}` of source `{name}` {what}", fix)
        result[key.text] = expression
    return result
