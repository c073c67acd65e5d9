"""Proposals for exports of several tools, over five invented companies, eight variations of the files,
PostgreSQL, and mutilated folders. Beside each stands the model that an analyst wrote by hand.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from statistics import mean

import adbc_driver_postgresql.dbapi
import pyarrow.csv
import pytest
from tests.conftest import postgres
from tests.draft.exports.census import take_census
from tests.draft.exports.companies import SEED, SEEDS, Company, make_company
from tests.draft.exports.conftest import BY_HAND
from tests.draft.exports.joined import join_beforehand, join_customers
from tests.draft.exports.matches import count_matches
from tests.draft.exports.measured import Measured, measure_project
from tests.draft.exports.mutilations import MUTILATIONS
from tests.draft.exports.proposed import Proposed, propose
from tests.draft.exports.test_by_hand import UNKNOWN_PARTS
from tests.draft.exports.truth import DATES, TODAY
from tests.draft.exports.variations import ODD, VARIATIONS
from tests.draft.exports.verdict import is_close, is_question, leaks, wrong_customers, wrong_matches

from salus import open_project
from salus.errors import ModelError

__all__ = ["postgres"]


@pytest.fixture(scope="session")
def companies(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Company]:
    place = tmp_path_factory.mktemp("companies")
    return {seed: make_company(shared, seed, place) for seed in SEEDS}


@pytest.fixture(scope="session")
def by_hand(
    companies: dict[int, Company], tmp_path_factory: pytest.TempPathFactory
) -> list[Measured]:
    place, results = tmp_path_factory.mktemp("by_hand"), []
    for seed, company in companies.items():
        join_beforehand(BY_HAND, company.exports, place / str(seed))
        results.append(measure_project(place / str(seed), company.truth))
    return results


def best_measure(results: list[Measured]) -> tuple[str, float]:
    """The measure with the highest mean AUC over all companies."""
    names = set.intersection(*(set(each.measures) for each in results))
    means = {name: mean(each.measures[name] for each in results) for name in names}
    return max(means.items(), key=lambda item: item[1])


def print_results(title: str, results: list[Measured]) -> None:
    name, best = best_measure(results)
    print(f"\n{title}: AUC {mean(each.auc for each in results):.3f}", end=" ")
    print(f"({', '.join(f'{each.auc:.3f}' for each in results)}); best measure {name} {best:.3f}")


def test_the_model_by_hand(by_hand: list[Measured]) -> None:
    print_results("by hand", by_hand)
    assert mean(each.auc for each in by_hand) > best_measure(by_hand)[1] + 0.03


def scores(project: Path) -> dict[str, float]:
    """The score of each entity on the last date. Skips the test if the language can't say it yet."""
    try:
        result = open_project(project, today=TODAY).score(DATES[-1], keep=False)
    except ModelError as error:
        if not any(part in str(error) for part in UNKNOWN_PARTS):
            raise
        pytest.skip(f"the model language doesn't know a part yet: {error.problems[0]}")
    return dict(zip(result.ids, result.scored.score, strict=True))


def test_links_score_as_tables_joined_beforehand(
    companies: dict[int, Company], tmp_path: Path
) -> None:
    """The links alone, over customers that were found beforehand."""
    for links in (True, False):
        join_customers(BY_HAND, companies[SEED].exports, tmp_path / str(links), links=links)
    assert scores(tmp_path / "True") == pytest.approx(scores(tmp_path / "False"))


def test_the_model_by_hand_scores_as_over_joined_tables(
    companies: dict[int, Company], tmp_path: Path
) -> None:
    exports, project = companies[SEED].exports, tmp_path / "by_hand"
    project.mkdir()
    shutil.copyfile(BY_HAND, project / "salus.yaml")
    (project / "salus.toml").write_text(
        f'[data]\nurl = "{exports.as_posix()}"\n[history]\npath = "history/"\n', encoding="utf-8"
    )
    join_beforehand(BY_HAND, exports, tmp_path / "joined")
    assert scores(project) == pytest.approx(scores(tmp_path / "joined"))


def test_the_proposed_models(
    companies: dict[int, Company], by_hand: list[Measured], tmp_path: Path
) -> None:
    results = []
    for seed, company in companies.items():
        proposed = propose(company.exports, tmp_path / str(seed), "--yes")
        assert proposed.is_ready, proposed.output
        assert not wrong_customers(take_census(proposed.folder, company.truth), company.truth)
        expected = count_matches(BY_HAND, company.exports, company.truth)
        assert not wrong_matches(proposed.folder, company.exports, company.truth, expected)
        assert not leaks(proposed.folder / "salus.yaml")
        results.append(measure_project(proposed.folder, company.truth))
    print_results("proposed", results)
    auc = mean(each.auc for each in results)
    assert auc > max(best_measure(results)[1], best_measure(by_hand)[1])
    assert auc > mean(each.auc for each in by_hand) - 0.03


def test_shuffled_rows_lead_to_the_same_customers(
    companies: dict[int, Company], tmp_path: Path
) -> None:
    company = companies[SEED]
    VARIATIONS["shuffled"](company.exports, tmp_path / "exports")
    counts = [
        count_matches(BY_HAND, exports, company.truth)
        for exports in (company.exports, tmp_path / "exports")
    ]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", VARIATIONS)
def test_a_variation(name: str, companies: dict[int, Company], tmp_path: Path) -> None:
    """Whatever the files are called and however they are laid out, the customers are the same."""
    company = companies[SEED]
    VARIATIONS[name](company.exports, tmp_path / "exports")
    assert_right(propose(tmp_path / "exports", tmp_path / "project", "--yes"), company)


def test_postgres(companies: dict[int, Company], postgres: str, tmp_path: Path) -> None:
    """No table is lost, though some hold their times as texts or as milliseconds."""
    load(companies[SEED].exports, postgres)
    proposed = propose(postgres, tmp_path / "project", "--yes")
    assert_right(proposed, companies[SEED])
    loaded = {path.stem for path in companies[SEED].exports.glob("*.csv") if path.name not in ODD}
    model = (proposed.folder / "salus.yaml").read_text(encoding="utf-8")
    assert not {name for name in loaded if f"table: {name}" not in model}


def assert_right(proposed: Proposed, company: Company) -> None:
    """The model is ready, and its customers are the true ones."""
    assert proposed.is_ready, proposed.output
    assert not wrong_customers(take_census(proposed.folder, company.truth), company.truth)
    assert not leaks(proposed.folder / "salus.yaml")


def load(exports: Path, address: str) -> None:
    """Load the plain tables into an empty database."""
    with closing(adbc_driver_postgresql.dbapi.connect(address)) as connection:
        with connection.cursor() as cursor:
            for path in sorted(exports.glob("*.csv")):
                if path.name not in ODD:
                    table = pyarrow.csv.read_csv(path)
                    cursor.adbc_ingest(path.stem, table, mode="create", db_schema_name="public")
        connection.commit()


@pytest.mark.parametrize("name", MUTILATIONS)
def test_a_mutilated_folder(name: str, companies: dict[int, Company], tmp_path: Path) -> None:
    """A right model or a question; never a wrong population with exit 0."""
    company, mutilation = companies[SEED], MUTILATIONS[name]
    mutilation.make(company.exports, companies[1].exports, tmp_path / "exports")
    proposed = propose(tmp_path / "exports", tmp_path / "project", "--yes")
    if is_question(proposed):
        return
    assert proposed.is_ready, proposed.output
    assert mutilation.can_be_right, "only a question will do"
    assert is_close(take_census(proposed.folder, company.truth), company.truth)
