"""Finds the lines of a file that have certain keys. Needed only for messages about wrong keys."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow.compute as pc

from salus.sources.files.missing import as_text
from salus.sources.files.numbers import TYPED
from salus.sources.files.rows import FileRows
from salus.sources.key import plain_key


def find_key_lines(rows: FileRows, column: str, keys: Collection[str | None]) -> list[int]:
    """The lines whose cell in `column` has one of the keys, in their compared form; None is an
    empty cell.
    """
    lines: list[int] = []
    for chunk in rows.chunks(list(rows.headers.places([column]).values())):
        [cells] = chunk.columns(1)
        texts = as_text(pc.replace_substring(cells, TYPED, "")).to_pylist()
        lines += [
            line
            for line, text in zip(chunk.lines, texts, strict=True)
            if (None if text is None else plain_key(text)) in keys
        ]
    return lines
