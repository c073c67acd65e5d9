"""A list of customers without a key: the line of each row is the key, with a warning."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from salus import open_project
from salus.errors import DataError
from salus.verbs.init.init import init
from tests.draft.test_small_tables import draft_tables, folder, model

ROWS = "".join(
    f"{5 + n},{'Ja' if n % 4 == 0 else 'Nein'},{'a' if n % 3 else 'b'}\n" for n in range(60)
)


def test_lines_are_the_key_of_a_list_without_one(tmp_path: Path) -> None:
    source = folder(tmp_path / "tables", liste="Laufzeit,Kündigung,Paket\n\n" + ROWS)
    created = init(tmp_path / "p", source=str(source))
    assert any("the line of each row in the file is the key" in note for note in created.guessed)
    settings = tomllib.loads((tmp_path / "p" / "salus.toml").read_text(encoding="utf-8"))
    assert settings["files"]["liste.csv"] == {"row_number": "row_number"}
    project = open_project(tmp_path / "p")
    assert (project.model.entity.key, project.model.outcomes[0].flag) == ("row_number", "Kündigung")
    scores = project.score(keep=False)
    assert sorted(map(int, scores.ids)) == list(range(3, 63))
    assert not [problem for problem in project.check() if "row_number" in str(problem)]


def test_a_list_without_a_flag_stays_a_question(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"customers\.table"):
        draft_tables(tmp_path, liste="Laufzeit,Farbe,Paket\n" + ROWS)


def test_dated_rows_are_no_customers(tmp_path: Path) -> None:
    rows = "".join(f"2026-01-{1 + n % 28:02},{n % 2}\n" for n in range(60))
    with pytest.raises(DataError, match=r"customers\.table"):
        draft_tables(tmp_path, events="date,churned\n" + rows)


def test_a_bare_id_is_the_key(tmp_path: Path) -> None:
    rows = "".join(f"{n},{row}\n" for n, row in enumerate(ROWS.split()))
    draft = draft_tables(tmp_path, liste="id,Laufzeit,Kündigung,Paket\n" + rows)
    assert model(draft).entity.key == "id"
    assert not any("line of each row" in note for note in draft.guessed)
