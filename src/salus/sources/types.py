"""Translates the column types of the engines into the seven types of Salus."""

from __future__ import annotations

from salus.sources.table import Type

_WORDS: dict[str, Type] = {
    "boolean": "bool",
    "date": "date",
    "timestamp with time zone": "instant",
    "timestamptz": "instant",
    "varchar": "text",
    "text": "text",
    "uuid": "text",
    "character varying": "text",
    "character": "text",
    "name": "text",
    "char": "text",
    "bpchar": "text",
    "double": "number",
    "double precision": "number",
    "float": "number",
    "real": "number",
    "hugeint": "number",
    "uhugeint": "number",
    "ubigint": "number",
    "tinyint": "integer",
    "smallint": "integer",
    "integer": "integer",
    "bigint": "integer",
    "utinyint": "integer",
    "usmallint": "integer",
    "uinteger": "integer",
}


def column_type(declared: str) -> Type | None:
    """The type of a column, from its declaration; None for types that Salus doesn't read (lists,
    structures, bytes).

    >>> column_type("DECIMAL(18,4)"), column_type("TIMESTAMP_NS"), column_type("STRUCT(a INTEGER)")
    ('number', 'moment', None)
    """
    word = declared.lower().strip()
    if word in _WORDS:
        return _WORDS[word]
    if word.endswith("]") or word.startswith(("struct", "map", "union")):
        return None
    if word.startswith(("decimal", "numeric")):
        return "number"
    if word.startswith(("character varying", "varchar", "character(", "char(", "enum")):
        return "text"
    if word.startswith("timestamp"):
        return "instant" if word.endswith("with time zone") else "moment"
    return None
