"""What proofs share with the tests."""

from __future__ import annotations

from tests.conftest import shared

__all__ = ["shared"]
