from __future__ import annotations

import pytest

from salus.project import Project
from tests.project.conftest import company
from tests.scores.two_models import Company, score_with_two_models

__all__ = ["company"]


@pytest.fixture
def two_models(company: Project) -> Company:
    """The company, scored by two models."""
    return score_with_two_models(company)
