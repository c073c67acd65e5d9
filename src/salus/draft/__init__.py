"""Looks at new tables and proposes a commented model, with notes on every guess.

A table is looked at (`profile`), its columns are given roles by their headers and values (`roles`,
`dictionary`), the entity is picked first (`keys`), each table adds the lines of its kind
(`kinds/`), the data's own spread gives the anchors (`anchors`), and `page` writes it all down as
YAML.
"""

from salus.draft.draft import write_draft
from salus.draft.folder import OpenFolder, open_folder
from salus.draft.writing import Draft

__all__ = ["Draft", "OpenFolder", "open_folder", "write_draft"]
