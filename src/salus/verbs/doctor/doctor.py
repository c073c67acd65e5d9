"""`salus doctor`: is everything in place to score this project?"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from salus.errors import SalusError, translated
from salus.project.project import Project
from salus.sanitize import one_line, redact, redact_address

#: The modules that each extra of pyproject.toml brings.
EXTRAS = {"postgres": ("adbc_driver_manager", "adbc_driver_postgresql"), "spark": ("pyspark", "pandas"), "pandas": ("pandas",),
          "pictures": ("altair", "vl_convert"), "polars": ("polars",)}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    good: bool
    told: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "told", one_line(redact(self.told)))

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {"what": self.what, "good": self.good, "told": self.told}

    def __str__(self) -> str:
        return f"{'ok   ' if self.good else 'WRONG'}  {self.what}: {self.told}"


def examine(folder: Path) -> list[Finding]:
    """Look at Python, the extras, the project, its data and its folders."""
    found = [Finding("python", sys.version_info >= (3, 11), sys.version.split()[0])]
    found += [_extra(extra, modules) for extra, modules in EXTRAS.items()]
    if not folder.is_dir():
        return [*found, Finding("project", False, f"{folder} is no folder")]
    project = Project(folder)
    found.append(_tried("model", lambda: f"{project.model.name}, fingerprint {project.model.fingerprint}"))
    found.append(_tried("data", lambda: _reached(project)))
    found.append(_tried("newest fact", lambda: _newest(project)))
    found.append(_tried("rollout", lambda: _rollout(project)))
    found.append(_tried("history", lambda: f"{len({kept.as_of for kept in project.store.all()})} dates kept"))
    found.append(_tried("replays", lambda: _replays(project)))
    found += _kept(project)
    writable = os.access(folder, os.W_OK)
    return [*found, Finding("folder", writable, "writable" if writable else "can't be written to")]


def _extra(extra: str, modules: tuple[str, ...]) -> Finding:
    there = all(importlib.util.find_spec(module) is not None for module in modules)
    return Finding(f"extra {extra}", True, "installed" if there else f"not installed (pip install 'salus[{extra}]')")


def _tried(what: str, look: Callable[[], str]) -> Finding:
    try:
        with translated():
            return Finding(what, True, look())
    except SalusError as error:
        first = error.problems[0]
        return Finding(what, False, f"{first.place}: {first.what}" + (f"; {first.fix}" if first.fix else ""))


def _newest(project: Project) -> str:
    """The last day of the data, and the days that aren't taken for it."""
    end = project.data_end()
    return "; ".join([str(end.day or "none"), *map(str, end.doubtful)])


def _rollout(project: Project) -> str:
    """Which model speaks for whom, and since when."""
    trial, last = project.rollout, project.unfinished
    if last is not None:
        return str(last)
    if trial is None:
        return f"{project.model.fingerprint} speaks for all"
    return f"since {trial.decision.at:%Y-%m-%d} {trial.candidate.fingerprint} {trial}; salus.yaml: {trial.official.fingerprint}"


def _replays(project: Project) -> str:
    sizes = [path.stat().st_size for path in project.store.replayed()]
    return f"files: {len(sizes)}, {sum(sizes) / 1e6:,.1f} MB in {project.settings.history}replay/; they can be computed again"


def _kept(project: Project) -> list[Finding]:
    """State and size of the facts kept of each source."""
    from salus.facts.cache.inventory import inventory
    try:
        connection = project.connect()
        try:
            return [Finding(f"kept facts of {one.source}", True, str(one))
                    for one in inventory(project.model, connection, project.folder / "partials")]
        finally:
            connection.close()
    except SalusError as error:
        return [Finding("kept facts", False, str(error).splitlines()[0])]


def _reached(project: Project) -> str:
    connection = project.connect()
    try:
        return f"{redact_address(project.settings.url)}, {len(connection.tables())} tables"
    finally:
        connection.close()
