"""Files as typed tables: bytes are decoded here, once, so that no engine ever guesses at them."""

from salus.sources.files.file_table import FileTable
from salus.sources.files.listing import list_tables
from salus.sources.files.settings import FileSettings, read_settings, settings_for
from salus.sources.files.wish import Use, Uses

__all__ = ["FileSettings", "FileTable", "Use", "Uses", "list_tables", "read_settings", "settings_for"]
