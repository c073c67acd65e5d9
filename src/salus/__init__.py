"""Salus: from a company's own tables to an explained, kept health score.

>>> import salus
>>> salus.open_project(".").folder
PosixPath('.')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salus.version import __version__

__all__ = ["__version__", "open_project"]

if TYPE_CHECKING:
    from salus.project import open_project


def __getattr__(name: str) -> Any:
    """`open_project` is fetched when first used, so that `import salus` costs nothing."""
    if name == "open_project":
        from salus.project import open_project

        return open_project
    raise AttributeError(f"module 'salus' has no attribute {name!r}")
