"""`salus.toml` and the environment: where the facts are, and where history lives."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from salus.errors import ModelError, Problem
from salus.model.suggest import did_you_mean
from salus.sources.files import FileSettings, read_settings

FILE = "salus.toml"
KNOWN: dict[str, set[str]] = {"data": {"url"}, "history": {"path"}, "app": {"database_url"}}


@dataclass(frozen=True)
class Settings:
    """What `salus.toml` says; environment variables (`SALUS_DATA__URL`) come first."""

    url: str = "data/"
    history: str = "history/"
    files: Mapping[str, FileSettings] = field(default_factory=dict)


def read(folder: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of a project folder. Raises ModelError with every problem of the file."""
    path = folder / FILE
    environment = os.environ if environment is None else environment
    told = _parsed(path) if path.is_file() else {}
    problems = _strange(told)
    files, more = read_settings(told.get("files", {}), FILE)
    problems += more
    if problems:
        raise ModelError(problems)
    return Settings(environment.get("SALUS_DATA__URL") or told.get("data", {}).get("url", "data/"),
                    environment.get("SALUS_HISTORY__PATH") or told.get("history", {}).get("path", "history/"), files)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError([Problem(FILE, None, None, f"this is no TOML: {error}", "mend the line it names")]) from error


def _strange(told: dict[str, Any]) -> list[Problem]:
    problems = []
    for name, block in told.items():
        if name == "files":
            continue
        if name not in KNOWN:
            problems.append(Problem(FILE, None, None, f"`[{name}]` is no known section",
                                    did_you_mean(name, [*KNOWN, "files"])))
            continue
        if not isinstance(block, dict):
            problems.append(Problem(FILE, None, None, f"`{name}` is a section", f"write [{name}] on a line of its own"))
            continue
        for key, value in block.items():
            if key not in KNOWN[name]:
                problems.append(Problem(FILE, None, None, f"`{key}` is no known setting in [{name}]",
                                        did_you_mean(key, KNOWN[name])))
            elif not isinstance(value, str):
                problems.append(Problem(FILE, None, None, f"`{key}` in [{name}] is a text", f'write {key} = "…"'))
    return problems
