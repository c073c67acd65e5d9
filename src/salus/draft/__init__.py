"""Proposes a commented model for new tables, with a note on every guess.

`profile` counts what each column holds. `dictionary` gives columns roles by their headers. `keys`
chooses the column that identifies an entity. Each module in `kinds` writes the lines for one kind
of table. `anchors` takes the points from the spread of the data, and `yaml_writer` writes the YAML.
"""

from salus.draft.draft import write_draft
from salus.draft.folder import OpenFolder, open_folder
from salus.draft.writing import Draft

__all__ = ["Draft", "OpenFolder", "open_folder", "write_draft"]
