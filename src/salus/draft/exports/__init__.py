"""Profiles of well-known exports: the headers that recognise a tool's table, and what they mean."""

from salus.draft.exports.describe_columns import describe_columns
from salus.draft.exports.export_table import ColumnMeaning, ExportTable, LeftOutRows, Trap
from salus.draft.exports.read_exports import load_exports
from salus.draft.exports.recognise import recognise

__all__ = [
    "ColumnMeaning",
    "ExportTable",
    "LeftOutRows",
    "Trap",
    "describe_columns",
    "load_exports",
    "recognise",
]
