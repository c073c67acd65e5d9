"""`salus.toml` and the environment: where the facts are, and where history lives."""

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
from salus.sources.spark_fixed import FIXED

FILE = "salus.toml"
KNOWN: dict[str, set[str]] = {
    "data": {"url"},
    "history": {"path"},
    "app": {"database_url"},
    "spark": {"tables", "conf"},
}


@dataclass(frozen=True)
class SparkSettings:
    """Where tables lie as Parquet (None: only those of Spark's catalogue), and settings of Spark
    itself.
    """

    tables: str | None = None
    conf: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """What `salus.toml` says; environment variables (`SALUS_DATA__URL`) come first."""

    url: str = "data/"
    history: str = "history/"
    files: Mapping[str, FileSettings] = field(default_factory=dict)
    spark: SparkSettings = SparkSettings()


def read(folder: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of a project folder. Raises ModelError with every problem of the file."""
    path = folder / FILE
    environment = os.environ if environment is None else environment
    told = _parsed(path) if path.is_file() else {}
    problems = _strange(told)
    files, more = read_settings(told.get("files", {}), FILE)
    problems += more
    spark, strange = _spark(told.get("spark", {}), environment)
    problems += strange
    if problems:
        raise ModelError(problems)
    return Settings(
        environment.get("SALUS_DATA__URL") or told.get("data", {}).get("url", "data/"),
        environment.get("SALUS_HISTORY__PATH") or told.get("history", {}).get("path", "history/"),
        files,
        spark,
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError(
            [Problem(FILE, None, None, f"this is no TOML: {error}", "mend the line it names")]
        ) from error


def _strange(told: dict[str, Any]) -> list[Problem]:
    problems = []
    for name, block in told.items():
        if name == "files":
            continue
        if name not in KNOWN:
            problems.append(
                Problem(
                    FILE,
                    None,
                    None,
                    f"`[{name}]` is no known section",
                    did_you_mean(name, [*KNOWN, "files"]),
                )
            )
            continue
        if not isinstance(block, dict):
            problems.append(
                Problem(
                    FILE,
                    None,
                    None,
                    f"`{name}` is a section",
                    f"write [{name}] on a line of its own",
                )
            )
            continue
        for key, value in block.items():
            if key not in KNOWN[name]:
                problems.append(
                    Problem(
                        FILE,
                        None,
                        None,
                        f"`{key}` is no known setting in [{name}]",
                        did_you_mean(key, KNOWN[name]),
                    )
                )
            elif not isinstance(value, str) and (name, key) != ("spark", "conf"):
                problems.append(
                    Problem(
                        FILE, None, None, f"`{key}` in [{name}] is a text", f'write {key} = "…"'
                    )
                )
    return problems


def _spark(block: Any, environment: Mapping[str, str]) -> tuple[SparkSettings, list[Problem]]:
    if not isinstance(block, dict):
        return SparkSettings(), []  # told by _strange
    conf = dict(_flat(block.get("conf", {})))
    problems = [
        Problem(
            FILE,
            None,
            None,
            f"`{name}` is no setting of Spark",
            'write [spark.conf] and "spark.name" = "value"',
        )
        for name, value in conf.items()
        if not name.startswith("spark.") or not isinstance(value, str)
    ]
    problems += [
        Problem(
            FILE, None, None, f"`{name}` is set by Salus, since scores depend on it", "leave it out"
        )
        for name in conf
        if name in FIXED
    ]
    tables = environment.get("SALUS_SPARK__TABLES") or block.get("tables")
    return SparkSettings(tables, conf), problems


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """TOML takes a name with points that isn't quoted for nested tables."""
    if not isinstance(value, dict):
        yield name, value
        return
    for key, inner in value.items():
        yield from _flat(inner, f"{name}.{key}" if name else key)
