"""The JSON Schema of `salus.yaml` for editors, made from the tables that the reader uses."""

from __future__ import annotations

from salus.model.yaml.form import Json
from salus.model.yaml.language.model import MODEL

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> Json:
    """Make the schema. With it, an editor completes keys, shows their meaning and marks errors.

    >>> sorted(json_schema()["required"])
    ['dimensions', 'entity', 'name', 'version']
    """
    return {
        "$schema": DRAFT,
        "title": "salus.yaml",
        "description": "A model of health scores.",
        **MODEL.schema(),
    }
