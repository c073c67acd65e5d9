"""Reads the profiles of exports in the packs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from ruamel.yaml import YAML

from salus.draft.exports.export_table import (
    ColumnMeaning,
    ExportTable,
    LeftOutReason,
    LeftOutRows,
    Trap,
)
from salus.draft.headers import fold
from salus.draft.picture import TableRole

_KEYS = {
    "role", "must", "columns", "other", "custom", "leads_to", "left_out", "traps", "open", "fewest",
}  # fmt: skip


@cache
def load_exports() -> tuple[ExportTable, ...]:
    """The tables of all tools, sorted by tool. Raises ValueError for a broken profile."""
    folder = files("salus") / "packs" / "exports"
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    }
    return tuple(table for name in sorted(texts) for table in read_profile(texts[name], name))


def read_profile(text: str, name: str) -> tuple[ExportTable, ...]:
    """The tables of one profile. Raises ValueError that names the file and what is wrong."""
    profile = YAML(typ="safe").load(text)
    if not isinstance(profile, dict) or set(profile) != {"tool", "tables"}:
        raise ValueError(f"{name}: a profile has a tool and tables, and nothing else")
    tables = tuple(
        _table(f"{name}: {key}", profile["tool"], key, block)
        for key, block in profile["tables"].items()
    )
    names = {table.table for table in tables}
    for table in tables:
        unknown = set((table.leads_to or {}).values()) - names
        if unknown:
            raise ValueError(f"{name}: {table.table}: no table {', '.join(sorted(unknown))}")
    return tables


def _table(place: str, tool: object, name: object, block: Any) -> ExportTable:
    if not isinstance(block, dict) or not {"role", "must", "columns"} <= set(block) <= _KEYS:
        raise ValueError(f"{place}: has the keys {', '.join(sorted(_KEYS))}, the first of them all")
    must = tuple(_texts(place, group) for group in _list(place, block["must"]))
    columns: dict[ColumnMeaning, tuple[str, ...]] = {}
    for meaning, headers in _block(place, block["columns"]).items():
        columns[_one_of(place, meaning, ColumnMeaning)] = _texts(place, headers)
    table = ExportTable(
        tool=_text(place, tool),
        table=_text(place, name),
        role=_one_of(place, block["role"], TableRole),
        must=must,
        columns=columns,
        other=_texts(place, block.get("other", [])),
        custom=_texts(place, block.get("custom", [])),
        leads_to={
            _text(place, header): _text(place, other)
            for header, other in _block(place, block.get("leads_to", {})).items()
        },
        left_out=tuple(_rows(place, item) for item in _list(place, block.get("left_out", []))),
        traps=tuple(_one_of(place, trap, Trap) for trap in _list(place, block.get("traps", []))),
        open=block.get("open", False) is True,
        fewest=int(block.get("fewest", ExportTable.fewest)),
    )
    named = [*(table.leads_to or {}), *(item.column for item in table.left_out)]
    unknown = [header for header in named if fold(header) not in table.known]
    if unknown or not must or not all(must):
        raise ValueError(f"{place}: {unknown or 'must'} isn't among the headers")
    return table


def _rows(place: str, item: Any) -> LeftOutRows:
    if not isinstance(item, dict) or set(item) != {"column", "values", "reason"}:
        raise ValueError(f"{place}: left_out has a column, values and a reason")
    return LeftOutRows(
        _text(place, item["column"]),
        _texts(place, item["values"]),
        _one_of(place, item["reason"], LeftOutReason),
    )


def _one_of(place: str, value: object, options: Any) -> Any:
    if value not in get_args(options):
        raise ValueError(f"{place}: {value!r} isn't one of {', '.join(get_args(options))}")
    return value


def _text(place: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{place}: {value!r} isn't a text")
    return value


def _texts(place: str, values: object) -> tuple[str, ...]:
    texts = tuple(_text(place, value) for value in _list(place, values))
    if len(set(texts)) != len(texts):
        raise ValueError(f"{place}: a header is there twice")
    return texts


def _list(place: str, value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError(f"{place}: {value!r} isn't a list")
    return value


def _block(place: str, value: object) -> Mapping[object, object]:
    if not isinstance(value, dict):
        raise ValueError(f"{place}: {value!r} isn't a block")
    return value
