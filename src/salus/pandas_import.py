"""Holds back pandas, which pyarrow imports at the first list it converts, until somebody asks for it.

The import takes a third of the time of a short command. Only processes that belong to Salus hold it
back: a program that uses Salus as a library decides for itself.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

NAME = "pandas"


class _Held(MetaPathFinder):
    """Answers as if pandas weren't installed. pyarrow then goes without it, and asks again
    when data are converted to pandas.
    """

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name == NAME:
            raise ModuleNotFoundError(f"{NAME} wasn't asked for", name=NAME)
        return None


_HELD = _Held()


def hold_back_pandas() -> None:
    """Call this once in a process of Salus. A pandas that is already imported stays."""
    if NAME not in sys.modules and _HELD not in sys.meta_path:
        sys.meta_path.insert(0, _HELD)


def ask_for_pandas() -> None:
    """From now on, pandas can be imported."""
    if _HELD in sys.meta_path:
        sys.meta_path.remove(_HELD)
