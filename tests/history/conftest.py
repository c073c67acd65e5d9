from __future__ import annotations

from tests.project.conftest import company

__all__ = ["company"]
