"""`salus doctor`: checks whether everything is in place to score a project."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path

import salus.verbs.doctor.text  # noqa: F401  registers the text of the result
from salus.errors import SalusError, translate_errors
from salus.facts.column_usage import column_uses
from salus.pandas_import import ask_for_pandas
from salus.sanitize import redact_address
from salus.scores.rollout import active_rollout
from salus.verbs.doctor.result import DoctorCheck
from salus.workspace.workspace import Workspace

#: The modules that each extra of pyproject.toml installs.
EXTRAS = {
    "postgres": ("adbc_driver_manager", "adbc_driver_postgresql"),
    "spark": ("pyspark", "pandas"),
    "pandas": ("pandas",),
    "pictures": ("altair", "vl_convert"),
    "polars": ("polars",),
}


def examine(folder: Path) -> list[DoctorCheck]:
    """Check Python, the extras, the model, the data, the stored files and the folder."""
    checks = [DoctorCheck("python", sys.version_info >= (3, 11), sys.version.split()[0])]
    checks += [_extra(extra, modules) for extra, modules in EXTRAS.items()]
    if not folder.is_dir():
        return [*checks, DoctorCheck("project", False, f"{folder} is not a folder")]
    workspace = Workspace(folder)
    checks.append(
        _attempt("model", lambda: f"{workspace.model.fingerprint} (project {workspace.model.name})")
    )
    checks.append(_attempt("data", lambda: _tables(workspace)))
    checks.append(_attempt("newest fact", lambda: _data_end(workspace)))
    checks.append(_attempt("rollout", lambda: _rollout(workspace)))
    checks.append(_attempt("history", lambda: _history(workspace)))
    checks.append(_attempt("replays", lambda: _replays(workspace)))
    checks += _partials(workspace)
    writable = os.access(folder, os.W_OK)
    return [
        *checks,
        DoctorCheck("folder", writable, "writable" if writable else "not writable"),
    ]


def _extra(extra: str, modules: tuple[str, ...]) -> DoctorCheck:
    ask_for_pandas()
    installed = all(importlib.util.find_spec(module) is not None for module in modules)
    return DoctorCheck(
        f"extra {extra}",
        True,
        "installed" if installed else f"not installed (pip install 'salus[{extra}]')",
    )


def _attempt(what: str, describe: Callable[[], str]) -> DoctorCheck:
    """The check of something that can fail; the details are its description, or the first problem."""
    try:
        with translate_errors():
            return DoctorCheck(what, True, describe())
    except SalusError as error:
        first = error.problems[0]
        return DoctorCheck(
            what, False, f"{first.place}: {first.what}" + (f"; {first.fix}" if first.fix else "")
        )


def _data_end(workspace: Workspace) -> str:
    """The last day of the data, and later days that are probably wrong."""
    end = workspace.data_end()
    none = (
        "the sources have no data" if workspace.model.sources else "the model reads no dated rows"
    )
    return "; ".join([str(end.day or none), *map(str, end.doubtful)])


def _rollout(workspace: Workspace) -> str:
    """Which model scores which entities, and since when."""
    rollout, last = active_rollout(workspace), workspace.unfinished
    if last is not None:
        return str(last)
    if rollout is None:
        return f"model {workspace.model.fingerprint} scores all {workspace.model.entity.names}"
    scope = rollout.scope.describe(rollout.official)
    return (
        f"since {rollout.decision.at:%Y-%m-%d} model {rollout.candidate.fingerprint} {scope};"
        f" the model of salus.yaml is {rollout.official.fingerprint}"
    )


def _replays(workspace: Workspace) -> str:
    sizes = [path.stat().st_size for path in workspace.store.replay_files()]
    if not sizes:
        return "none stored"
    return (
        f"{_count(len(sizes), 'file')}, {sum(sizes) / 1e6:,.1f} MB in"
        f" {workspace.settings.history}replay/; it's safe to delete them"
    )


def _history(workspace: Workspace) -> str:
    dates = len({file.as_of for file in workspace.store.all()})
    return f"scores of {_count(dates, 'date')}"


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _partials(workspace: Workspace) -> list[DoctorCheck]:
    """The state and size of the kept facts of each source."""
    from salus.facts.cache.inventory import list_partials

    try:
        with workspace.connected() as connection:
            return [
                DoctorCheck(f"kept facts of {entry.source}", True, str(entry))
                for entry in list_partials(
                    workspace.model, connection, workspace.folder / "partials"
                )
            ]
    except SalusError as error:
        return [DoctorCheck("kept facts", False, str(error).splitlines()[0])]


def _tables(workspace: Workspace) -> str:
    with workspace.connected() as connection:
        tables = connection.tables()
        used = sum(bool(column_uses(workspace.model, name)) for name in tables)
        return f"{redact_address(workspace.settings.url)}, {_count(len(tables), 'table')}, {used:,} used"
