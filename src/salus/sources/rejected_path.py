"""Where the rejected rows of a table are."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path


def rejected_path(folder: Path, table: str) -> Path:
    """The file for the rejected rows of a table. Characters that file names can't have are
    replaced.

    >>> rejected_path(Path("rejected"), "logins").name, rejected_path(Path("rejected"), "a/b").name
    ('logins.csv', 'a_b-c14cddc0.csv')
    """
    name = re.sub(r"[^\w. -]", "_", table)[:100]
    if name != table or name.startswith("."):
        name = f"{name.lstrip('.')}-{hashlib.sha256(table.encode()).hexdigest()[:8]}"
    return folder / f"{name}.csv"
