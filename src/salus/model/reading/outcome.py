"""One of `outcomes:` → :class:`Outcome`."""

from __future__ import annotations

from salus.model.document import Scalar
from salus.model.model import Outcome
from salus.model.reading.context import Context
from salus.model.section import Fields

OF_TABLE, OF_QUIET = ("table", "key", "time"), ("quiet", "for")


def outcome(key: Scalar, fields: Fields, context: Context) -> Outcome:
    """Rows of a table, or a source that falls silent: one of the two."""
    title = f"outcome `{key.text}`"
    by_table = [name for name in (*OF_TABLE, "decided") if fields.says(name)]
    by_silence = [name for name in OF_QUIET if fields.says(name)]
    if by_table and by_silence:
        context.error(fields.keys[by_silence[0]].place, f"{title} has `{by_table[0]}` and `{by_silence[0]}`",
                      "an outcome is either a row of a table, or a source that is quiet")
    elif not fields.strange or by_table or by_silence:
        wanted = OF_QUIET if by_silence else OF_TABLE
        missing = [name for name in wanted if not fields.says(name)]
        if missing:
            context.error(fields.place, f"{title} has no {', '.join(f'`{name}`' for name in missing)}",
                          f"add {', '.join(f'{name}: …' for name in missing)}")
    quiet = fields.get("quiet")
    if quiet is not None:
        context.known(quiet, fields.at("quiet"), context.names.sources, f"{title} waits for silence in source")
    get = fields.get
    return Outcome(key.text, get("table"), get("key"), get("time"), get("decided"), quiet, get("for"))
