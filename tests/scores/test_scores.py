"""The scores of one date as a result: rows, bands, documents and tables."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pyarrow as pa
import pytest

from salus.errors import UsageError
from salus.facts.build import load_facts
from salus.facts.partials.partial import Attributes
from salus.kernel.cells import required_grid
from salus.model.source import Entity
from salus.periods.day import day_number
from salus.project import Project
from salus.scores.compute import compute_from_facts, compute_project_scores
from salus.scores.scores import EntityDetails, Scores
from salus.scoring.score import score
from salus.workspace.workspace import Workspace
from tests.project.company import AS_OF
from tests.scoring.cells import make_cells, read_model

DATE = dt.date(2024, 10, 4)
IDS = ("A-1", "A-2", "A-3", "A-4")
ENTITY = Entity(name="account", key="id", label="label", owner="owner", value="arr")


def make() -> Scores:
    """Four entities: 100, no score, 20 and 100."""
    known = Attributes(
        ids=("A-0", *IDS[:3]),
        columns={
            "label": pa.array(["Zero", "Ada", None, "Cleo"]),
            "owner": pa.array([None, "x", "y", None]),
            "arr": pa.array([1, 20, None, 40]),
            "plan": pa.array(["p", "q", "r", "s"]),
        },
    )
    cells = make_cells([10, None, 2, 10], [20, None, 4, 20], ["good", None, "bad", "good"])
    details = EntityDetails(ENTITY, known, np.array([1, 2, 3, -1]))
    return Scores(DATE, score(read_model(), cells), IDS, details)


def test_entities_come_by_rising_score_and_without_a_score_first() -> None:
    scores = make()
    assert [(row.id, row.score) for row in scores] == [
        ("A-2", None),
        ("A-3", 15),
        ("A-1", 100),
        ("A-4", 100),
    ]
    assert len(scores) == 4 and scores.order == (1, 2, 0, 3)


def test_bands_are_counted_best_first_and_unknown_last() -> None:
    assert list(make().bands().items()) == [
        ("healthy", 2),
        ("watch", 0),
        ("at_risk", 1),
        ("unknown", 1),
    ]


def test_an_entity_has_label_owner_and_value_of_its_row() -> None:
    scores = make()
    assert scores.labels == ("Ada", None, "Cleo", None)
    assert scores.owners == ("x", "y", None, None)
    assert scores.money == (20.0, None, 40.0, None)
    assert scores.details.values("plan") == ["q", "r", "s", None]
    assert scores.details.values("nothing") == [None] * 4
    assert scores.details.values(None) == [None] * 4


def test_an_entity_is_found_by_key_or_label() -> None:
    scores = make()
    assert (scores.row("A-3"), scores.row("Ada")) == (2, 0)
    with pytest.raises(UsageError, match="among the 4 scored on 2024-10-04"):
        scores.row("Nobody")


def test_the_document_lists_each_entity_with_its_scores() -> None:
    document = json.loads(json.dumps(make().as_dict()))
    assert (document["as_of"], document["population"]) == ("2024-10-04", 4)
    first, second = document["entities"][:2]
    assert first["id"] == "A-2"
    assert (first["score"], first["band"]) == (None, "unknown")
    assert first["scores"]["activity"] == {"score": None, "band": "unknown"}
    assert second["dimensions"]["usage"] == {"score": 20, "weight": 0.75}
    assert second["scores"]["activity"] == {"score": 20, "band": "at_risk"}


def test_one_row_is_a_document_with_a_date() -> None:
    row = make().entity_score(0)
    assert row.as_dict() == {
        "id": "A-1",
        "label": "Ada",
        "owner": "x",
        "value": 20.0,
        "score": 100.0,
        "band": "healthy",
        "coverage": 1.0,
        "as_of": "2024-10-04",
        "fingerprint": read_model().fingerprint,
    }


def test_some_rows_keep_their_scores_and_labels() -> None:
    part = make().at(np.array([2, 0]))
    assert part.ids == ("A-3", "A-1")
    assert [row.score for row in part] == [15, 100]
    assert part.labels == ("Cleo", "Ada")


def test_the_table_has_the_columns_of_history() -> None:
    table = make().to_arrow()
    assert table["entity"].to_pylist() == list(IDS)
    assert table["score"].to_pylist() == [100, None, 15, 100]


def test_scores_of_loaded_facts_equal_those_of_the_project(company: Project) -> None:
    day = dt.date.fromisoformat(AS_OF)
    workspace = Workspace(company.folder)
    model = workspace.model
    scores = compute_project_scores(workspace, model, day)
    grid = required_grid(model, np.array([day_number(day)], dtype=np.int32))
    with workspace.connected(model) as connection:
        known = load_facts(model, connection, grid)
        again = compute_from_facts(model, known, day)
    assert again.to_arrow().equals(scores.to_arrow())
    assert compute_project_scores(workspace, model, None).as_of > day


def test_a_date_without_entities_is_refused(company: Project) -> None:
    workspace = Workspace(company.folder)
    with pytest.raises(UsageError, match="no account is part of the population on 2020-01-01"):
        compute_project_scores(workspace, workspace.model, dt.date(2020, 1, 1))


def test_rows_with_an_unknown_key_are_noted(company: Project) -> None:
    path = company.folder / "data" / "tickets.csv"
    path.write_text(path.read_text(encoding="utf-8") + "X-1,2025-11-01,\n", encoding="utf-8")
    workspace = Workspace(company.folder)
    scores = compute_project_scores(workspace, workspace.model, dt.date.fromisoformat(AS_OF))
    assert scores.notes == (
        "some rows of table `tickets` (source `tickets`) belong to accounts that aren't in table"
        " `accounts`; they aren't counted. `salus check` lists examples",
    )
