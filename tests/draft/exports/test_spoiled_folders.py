"""Spoiled folders with `salus init --yes`: a question, or the right customers; never the wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.draft.exports.census import take_census
from tests.draft.exports.companies import Company, make_company
from tests.draft.exports.mutilations import MUTILATIONS
from tests.draft.exports.proposed import propose
from tests.draft.exports.verdict import is_close, is_question

pytestmark = [pytest.mark.xdist_group("spoiled"), pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def other(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Company:
    return make_company(shared, 1, tmp_path_factory.mktemp("others"))


@pytest.mark.parametrize("name", MUTILATIONS)
def test_the_customers_are_right_or_a_question(
    company: Company, other: Company, tmp_path: Path, name: str
) -> None:
    mutilation = MUTILATIONS[name]
    mutilation.make(company.exports, other.exports, tmp_path / "raw")
    proposed = propose(tmp_path / "raw", tmp_path / "project", "--yes")
    if not is_question(proposed):
        assert mutilation.can_be_right
        assert proposed.is_ready, proposed.output[-600:]
        assert is_close(take_census(proposed.folder, company.truth), company.truth)
