from __future__ import annotations

from pathlib import Path

import pytest

from salus.project import Project, open_project
from tests.project.company import write_company


@pytest.fixture
def company(tmp_path: Path) -> Project:
    """The small company's project."""
    return open_project(write_company(tmp_path / "small"))
