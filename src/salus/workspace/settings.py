"""The settings in `salus.toml` and the environment: where the facts are, and where history is kept."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from salus.errors import ModelError, Problem
from salus.model.suggest import did_you_mean
from salus.sources.files import FileSettings, read_settings
from salus.sources.spark_settings import FIXED
from salus.sources.time_forms import Times, read_time_forms

FILE = "salus.toml"
KNOWN: dict[str, set[str]] = {
    "data": {"url"},
    "history": {"path"},
    "app": {"database_url"},
    "spark": {"tables", "conf"},
}


@dataclass(frozen=True)
class SparkSettings:
    """Where tables are kept as Parquet (None: only those of Spark's catalogue), and settings of
    Spark itself.
    """

    tables: str | None = None
    conf: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """The settings of `salus.toml`. Environment variables (`SALUS_DATA__URL`) take precedence."""

    url: str = "data/"
    history: str = "history/"
    files: Mapping[str, FileSettings] = field(default_factory=dict)
    spark: SparkSettings = SparkSettings()
    times: Times = field(default_factory=dict)  # columns of a database that are read as times


def read(folder: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of a project folder. Raises ModelError with every problem of the file."""
    path = folder / FILE
    environment = os.environ if environment is None else environment
    document = _parse(path) if path.is_file() else {}
    problems = _find_unknown(document)
    files, file_problems = read_settings(document.get("files", {}), FILE)
    problems += file_problems
    times, time_problems = read_time_forms(document.get("times", {}), FILE)
    problems += time_problems
    spark, spark_problems = _spark(document.get("spark", {}), environment)
    problems += spark_problems
    if problems:
        raise ModelError(problems)
    return Settings(
        environment.get("SALUS_DATA__URL") or document.get("data", {}).get("url", "data/"),
        environment.get("SALUS_HISTORY__PATH")
        or document.get("history", {}).get("path", "history/"),
        files,
        spark,
        times,
    )


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError(
            [_problem(f"the file isn't valid TOML: {error}", "correct that line")]
        ) from error


def _find_unknown(document: dict[str, Any]) -> list[Problem]:
    """The sections and settings that Salus doesn't know, or that have another form."""
    problems = []
    for name, block in document.items():
        if name in ("files", "times"):  # they have names of tables as sections
            continue
        if name not in KNOWN:
            fix = did_you_mean(name, [*KNOWN, "files", "times"])
            problems.append(_problem(f"`[{name}]` isn't a known section", fix))
        elif not isinstance(block, dict):
            fix = f"write [{name}] on a line of its own"
            problems.append(_problem(f"`{name}` must be a section", fix))
        else:
            problems += _find_unknown_settings(name, block)
    return problems


def _find_unknown_settings(section: str, block: dict[str, Any]) -> Iterator[Problem]:
    for key, value in block.items():
        if key not in KNOWN[section]:
            fix = did_you_mean(key, KNOWN[section])
            yield _problem(f"`{key}` isn't a known setting in [{section}]", fix)
        elif not isinstance(value, str) and (section, key) != ("spark", "conf"):
            yield _problem(f"`{key}` in [{section}] must be a text", f'write {key} = "…"')


def _problem(what: str, fix: str | None) -> Problem:
    return Problem(FILE, None, None, what, fix)


def _spark(block: Any, environment: Mapping[str, str]) -> tuple[SparkSettings, list[Problem]]:
    if not isinstance(block, dict):
        return SparkSettings(), []  # reported by _find_unknown
    conf = dict(_flatten(block.get("conf", {})))
    problems = [
        _problem(
            f"`{name}` isn't a setting of Spark",
            'write [spark.conf] and "spark.name" = "value"',
        )
        for name, value in conf.items()
        if not name.startswith("spark.") or not isinstance(value, str)
    ]
    problems += [
        _problem(f"`{name}` is set by Salus, because scores depend on it", "leave it out")
        for name in conf
        if name in FIXED
    ]
    tables = environment.get("SALUS_SPARK__TABLES") or block.get("tables")
    return SparkSettings(tables, conf), problems


def _flatten(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The settings of nested tables under one name: TOML reads a name with dots as nested tables
    unless it is quoted.
    """
    if not isinstance(value, dict):
        yield name, value
        return
    for key, inner in value.items():
        yield from _flatten(inner, f"{name}.{key}" if name else key)
