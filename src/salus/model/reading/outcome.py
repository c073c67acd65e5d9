"""Reads one of `outcomes:`."""

from __future__ import annotations

from salus.model.model import Outcome
from salus.model.reading.context import ReadContext
from salus.model.reading.link import read_key
from salus.model.yaml.document import Scalar
from salus.model.yaml.section import Fields

KINDS = {
    "table": ("table", "key", "time"),
    "quiet": ("quiet", "for"),
    "flag": ("flag", "is"),
    "contracts": ("contracts",),
}
OPTIONAL = {"table": ("decided",), "quiet": (), "flag": (), "contracts": ()}


def read_outcome(key: Scalar, fields: Fields, context: ReadContext) -> Outcome:
    """Read an outcome: rows of a table, a source without facts, a flag of the entity, or the end of
    its contracts.
    """
    title = f"outcome `{key.text}`"
    written = {
        kind: [name for name in (*needed, *OPTIONAL[kind]) if fields.has(name)]
        for kind, needed in KINDS.items()
    }
    kinds = [kind for kind, names in written.items() if names]
    if len(kinds) > 1:
        first, other = written[kinds[0]][0], written[kinds[1]][0]
        context.error(
            fields.keys[other].place,
            f"{title} has both `{first}` and `{other}`",
            "an outcome is a row of a table, a quiet source, a flag or the end of contracts: keep one"
            " of them",
        )
    elif kinds or not fields.strange:
        missing = [name for name in KINDS[kinds[0] if kinds else "table"] if not fields.has(name)]
        if missing:
            context.error(
                fields.place,
                f"{title} needs {', '.join(f'`{name}`' for name in missing)}",
                f"add {', '.join(f'{name}: …' for name in missing)}",
            )
    quiet = fields.get("quiet")
    if quiet is not None:
        context.check_declared(
            quiet, fields.place_of("quiet"), context.names.sources, f"{title} reads source"
        )
    get = fields.get
    column, paths = read_key(fields, title, context)
    return Outcome(
        name=key.text,
        table=get("table"),
        key=column or None,
        time=get("time"),
        decided=get("decided"),
        quiet=quiet,
        silent_for=get("for"),
        flag=get("flag"),
        contracts=fields.has("contracts"),
        values=tuple(value for value, _ in get("is", [])),
        where=context.expression(fields, "where"),
        keys=paths,
    )


def check_flags(
    written: list[tuple[Scalar, Fields]], has_table: bool, context: ReadContext
) -> None:
    """Check that the entity has a table if an outcome is a flag, which is a column of it."""
    for key, fields in written:
        if fields.has("flag") and not has_table:
            context.error(
                fields.keys["flag"].place,
                f"outcome `{key.text}` reads a column of the entity's table, but the entity has none",
                "add table: … to the entity",
            )
