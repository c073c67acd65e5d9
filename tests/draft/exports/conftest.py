"""One company for all tests here, and the model by hand over its tables joined beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.draft.exports.companies import SEED, Company, make_company
from tests.draft.exports.joined import join_beforehand
from tests.draft.exports.names import Names

BY_HAND = Path(__file__).parent / "by_hand.yaml"


@dataclass(frozen=True)
class Reference:
    """The project by hand, and how its names resolved."""

    project: Path
    names: Names


@pytest.fixture(scope="session")
def company(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Company:
    return make_company(shared, SEED, tmp_path_factory.mktemp("companies"))


@pytest.fixture(scope="session")
def reference(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Reference:
    project = tmp_path_factory.mktemp("by_hand") / "joined"
    return Reference(project, join_beforehand(BY_HAND, company.exports, project))
