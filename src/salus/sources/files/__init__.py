"""Files as typed tables. Each file is decoded once, here, so that no engine has to guess its types."""

from salus.sources.files.column_use import Use, Uses
from salus.sources.files.file_table import FileTable
from salus.sources.files.listing import list_tables, list_unread
from salus.sources.files.settings import FileSettings, read_settings, settings_for

__all__ = [
    "FileSettings",
    "FileTable",
    "Use",
    "Uses",
    "list_tables",
    "list_unread",
    "read_settings",
    "settings_for",
]
