"""`salus doctor`: is everything in place to score this project?"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from salus.errors import SalusError, translated
from salus.sanitize import one_line, redact, redact_address
from salus.scores.rollout import active_rollout
from salus.workspace.workspace import Workspace

#: The modules that each extra of pyproject.toml brings.
EXTRAS = {
    "postgres": ("adbc_driver_manager", "adbc_driver_postgresql"),
    "spark": ("pyspark", "pandas"),
    "pandas": ("pandas",),
    "pictures": ("altair", "vl_convert"),
    "polars": ("polars",),
}


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
    """Look at Python, the extras, the workspace, its data and its folders."""
    found = [Finding("python", sys.version_info >= (3, 11), sys.version.split()[0])]
    found += [_extra(extra, modules) for extra, modules in EXTRAS.items()]
    if not folder.is_dir():
        return [*found, Finding("project", False, f"{folder} is no folder")]
    workspace = Workspace(folder)
    found.append(
        _tried(
            "model", lambda: f"{workspace.model.name}, fingerprint {workspace.model.fingerprint}"
        )
    )
    found.append(_tried("data", lambda: _reached(workspace)))
    found.append(_tried("newest fact", lambda: _newest(workspace)))
    found.append(_tried("rollout", lambda: _rollout(workspace)))
    found.append(
        _tried(
            "history", lambda: f"{len({kept.as_of for kept in workspace.store.all()})} dates kept"
        )
    )
    found.append(_tried("replays", lambda: _replays(workspace)))
    found += _kept(workspace)
    writable = os.access(folder, os.W_OK)
    return [*found, Finding("folder", writable, "writable" if writable else "can't be written to")]


def _extra(extra: str, modules: tuple[str, ...]) -> Finding:
    there = all(importlib.util.find_spec(module) is not None for module in modules)
    return Finding(
        f"extra {extra}",
        True,
        "installed" if there else f"not installed (pip install 'salus[{extra}]')",
    )


def _tried(what: str, look: Callable[[], str]) -> Finding:
    try:
        with translated():
            return Finding(what, True, look())
    except SalusError as error:
        first = error.problems[0]
        return Finding(
            what, False, f"{first.place}: {first.what}" + (f"; {first.fix}" if first.fix else "")
        )


def _newest(workspace: Workspace) -> str:
    """The last day of the data, and the days that aren't taken for it."""
    end = workspace.data_end()
    return "; ".join([str(end.day or "none"), *map(str, end.doubtful)])


def _rollout(workspace: Workspace) -> str:
    """Which model speaks for whom, and since when."""
    trial, last = active_rollout(workspace), workspace.unfinished
    if last is not None:
        return str(last)
    if trial is None:
        return f"{workspace.model.fingerprint} speaks for all"
    return (
        f"since {trial.decision.at:%Y-%m-%d} {trial.candidate.fingerprint} {trial}; salus.yaml:"
        f" {trial.official.fingerprint}"
    )


def _replays(workspace: Workspace) -> str:
    sizes = [path.stat().st_size for path in workspace.store.replayed()]
    return (
        f"files: {len(sizes)}, {sum(sizes) / 1e6:,.1f} MB in {workspace.settings.history}replay/;"
        " they can be computed again"
    )


def _kept(workspace: Workspace) -> list[Finding]:
    """State and size of the facts kept of each source."""
    from salus.facts.cache.inventory import list_partials

    try:
        connection = workspace.connect()
        try:
            return [
                Finding(f"kept facts of {one.source}", True, str(one))
                for one in list_partials(workspace.model, connection, workspace.folder / "partials")
            ]
        finally:
            connection.close()
    except SalusError as error:
        return [Finding("kept facts", False, str(error).splitlines()[0])]


def _reached(workspace: Workspace) -> str:
    connection = workspace.connect()
    try:
        return f"{redact_address(workspace.settings.url)}, {len(connection.tables())} tables"
    finally:
        connection.close()
