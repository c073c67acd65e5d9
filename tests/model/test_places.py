"""The place of a key in the file of a model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salus.model.read import read_text
from salus.model.yaml.places import ModelLocations, Path

TEXT = """\
version: 1
name: places
entity: {name: account, table: accounts, key: id, attributes: [seats, plan]}
sources:
  logins: {table: logins, key: id, time: at, where: "kind = 'a' and paid"}
dimensions:
  use:
    measures:
      often: {count: logins, bad: 0, good: 9}
caps:
  - {name: small, when: "seats < 3", at_most: 40}
"""
MODEL = read_text(TEXT, "salus.yaml")
LINES = TEXT.splitlines()


def place(path: Path, name: str | None = None) -> str | None:
    """The text of the file from the place on."""
    found = ModelLocations(MODEL).place(path, name)
    return None if found is None else LINES[found.line - 1][found.column - 1 :]


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        (("name",), "name: places"),
        (("sources", "logins", "where"), "where: "),
        (("dimensions", "use", "measures", "often", "bad"), "bad: 0"),
        (("entity", "attributes", 1), "plan]"),
        (("caps", 0, "at_most"), "at_most: 40"),
        (("sources", "logins", "recorded"), "logins: {"),  # the file hasn't the last key
        (("entity", "attributes", 5), "attributes: "),
        (("name", "first"), "name: places"),  # a text has no keys
    ],
)
def test_a_path_leads_to_its_last_key_that_the_file_has(path: Path, begins: str) -> None:
    shown = place(path)
    assert shown is not None and shown.startswith(begins)


def test_a_path_that_the_file_lacks_from_the_start_has_no_place() -> None:
    assert place(("outcomes", "churned")) is None


@pytest.mark.parametrize(
    ("name", "begins"),
    [("paid", "paid"), ("kind", "kind = "), ("other", "where: "), ("a", "where: ")],
)
def test_a_name_is_found_in_its_condition(name: str, begins: str) -> None:
    """`'a'` is a text of the condition, not a name."""
    shown = place(("sources", "logins", "where"), name)
    assert shown is not None and shown.startswith(begins)


def test_a_problem_carries_the_place() -> None:
    problem = ModelLocations(MODEL).problem(("caps", 0, "when"), "too small", name="seats")
    assert (problem.file, problem.line) == ("salus.yaml", 11)
    assert LINES[10][(problem.column or 0) - 1 :].startswith("seats")


def test_a_model_without_a_file_has_no_places() -> None:
    without = ModelLocations(replace(MODEL, text=""))
    problem = without.problem(("name",), "wrong")
    assert (problem.line, problem.column) == (None, None)
    assert without.text(("name",)) is None


def test_the_text_of_a_value_is_that_of_the_file() -> None:
    places = ModelLocations(MODEL)
    assert places.text(("sources", "logins", "where")) == "kind = 'a' and paid"
    assert places.text(("caps", 0, "at_most")) == "40"
    assert places.text(("caps", 0)) is None  # no single value
    assert places.text(("caps", 1, "at_most")) is None
