"""Lists of what breaks a rule today. A list may only become shorter."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent / "allowed"


def check(file: str, offenders: Iterable[str]) -> None:
    """Fails on an offender that the list doesn't hold, and on a line that no longer offends.

    With SALUS_REWRITE=1 the lines that no longer offend are removed; nothing is ever added.
    """
    path = FOLDER / file
    allowed = set(path.read_text(encoding="utf-8").splitlines()) - {""}
    current = set(offenders)
    if os.environ.get("SALUS_REWRITE"):
        allowed &= current
        path.write_text("".join(f"{line}\n" for line in sorted(allowed)), encoding="utf-8")
    new, mended = sorted(current - allowed), sorted(allowed - current)
    assert not new, f"these break the rule: {new}"
    assert not mended, f"remove from {file} what no longer breaks the rule: {mended}"
