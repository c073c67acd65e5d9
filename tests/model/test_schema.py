"""The schema for editors accepts what the reader accepts, and marks misspelt keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from salus.model.read import check_text
from salus.model.yaml.schema import json_schema
from tests.model.text import TINY

HERE = Path(__file__).parent
SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def load(text: str) -> Any:
    """Load a file as editors do: dates are texts."""
    return json.loads(json.dumps(YAML(typ="safe").load(text), default=str))


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_example_is_valid() -> None:
    assert (
        list(VALIDATOR.iter_errors(load((HERE / "example.yaml").read_text(encoding="utf-8")))) == []
    )


def test_spellings_are_valid_in_both() -> None:
    text = (
        TINY
        + """\
      trended: {trend: logins, within: 4w, baseline: 12w, bad: -40%, good: 0.1, if_missing: hold 60d}
      sized: {value: seats, per: 12, bad: p10, good: p90.5, weight: 0.5}
      typed: {value: plan, points: {pro: 100, free: 0}}
bands: {healthy: p75, watch: 50, at_risk: 0}
min_coverage: 0.4
missing_guard: 0d
reference: 2026-01-31
frozen: {measures: {sized: {p10: 1, p90.5: 9}}, bands: {p75: 71.2}}
"""
    )
    assert check_text(text)[0] is not None
    assert list(VALIDATOR.iter_errors(load(text))) == []


BOTH_REPORT = [
    "misspelt_key",
    "misspelt_kind",
    "no_kind",
    "two_kinds",
    "bad_span",
    "weight_of_nothing",
    "no_number",
    "points_above_100",
    "curve_of_one_knot",
    "if_missing_unknown",
    "input_with_points",
    "missing_parts",
    "version_2",
    "name_with_a_blank",
    "list_for_a_block",
    "sources",
    "people",
    "smooth_without_half_life",
]


@pytest.mark.parametrize("name", BOTH_REPORT)
def test_an_editor_marks_what_the_reader_reports(name: str) -> None:
    text = (HERE / "broken" / f"{name}.yaml").read_text(encoding="utf-8")
    assert check_text(text)[0] is None
    assert list(VALIDATOR.iter_errors(load(text)))


def blocks(
    schema: dict[str, Any], value: Any, path: tuple[Any, ...] = ()
) -> Iterator[tuple[Any, ...]]:
    """Yield the paths of all blocks with known keys in a valid document."""
    if isinstance(value, dict):
        if "properties" in schema:
            yield path
        for key, child in value.items():
            below = (
                schema.get("properties", {}).get(key) or schema.get("additionalProperties") or {}
            )
            yield from blocks(below, child, (*path, key))
    elif isinstance(value, list):
        for position, child in enumerate(value):
            yield from blocks(schema.get("items", {}), child, (*path, position))


def test_an_unknown_key_is_marked_in_every_block() -> None:
    document = load((HERE / "example.yaml").read_text(encoding="utf-8"))
    paths = list(blocks(SCHEMA, document))
    assert len(paths) > 40
    for path in paths:
        changed = json.loads(json.dumps(document))
        block = changed
        for step in path:
            block = block[step]
        block["wihtin"] = 1
        assert list(VALIDATOR.iter_errors(changed)), path


def test_every_key_has_a_description() -> None:
    def described(schema: Any) -> Iterator[str]:
        if isinstance(schema, dict):
            for key, value in schema.get("properties", {}).items():
                assert value["description"], key
                yield key
            for value in schema.values():
                yield from described(value)
        elif isinstance(schema, list):
            for value in schema:
                yield from described(value)

    assert len(list(described(SCHEMA))) > 100
