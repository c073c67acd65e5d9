"""`salus init`: starts a project folder from a pack, or from tables for which it drafts a model."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
import warnings
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import salus.verbs.init.text  # noqa: F401  registers the text of the result
from salus.atomic import atomic_write
from salus.channels.text.commands import suggest_command
from salus.draft import Draft, open_folder, write_draft
from salus.draft.headers import to_snake_case
from salus.errors import OptionError, RejectedRowsWarning, UsageError, translate_errors
from salus.facts.column_usage import column_uses
from salus.facts.partials.requirements import columns_read
from salus.model.read import read_text
from salus.model.suggest import did_you_mean
from salus.model.yaml.schema import json_schema
from salus.sanitize import redact_address
from salus.sources.connection import Connection
from salus.sources.rejected_path import rejected_path
from salus.sources.table import FileReading
from salus.verbs.init.result import NewProject
from salus.workspace.clock import today_in
from salus.workspace.connect import database, duckdb_path, is_database

DEFAULT_PACK = "b2b_saas"
UNTOUCHED = ("data/README.md",)  # an existing file of this name is kept


@translate_errors()
def init(
    folder: Path,
    *,
    pack: str | None = None,
    source: str | None = None,
    today: dt.date | None = None,
) -> NewProject:
    """Start a project in `folder`, from a pack (b2b_saas by default) or from the tables at `source`.

    `source` is a folder, `duckdb:///file.duckdb` or `postgresql://…`; the data aren't copied.
    Without `today` the clock decides. Raises an error and writes nothing if any file can't be
    written.
    """
    if pack is not None and source is not None:
        raise OptionError(
            "a project starts from a pack or from tables, not from both",
            "leave out --pack or --from",
        )
    existing = next(
        (name for name in ("salus.yaml", "salus.toml") if (folder / name).exists()), None
    )
    if existing:
        raise UsageError(
            f"{folder} already has a {existing}", "choose another folder, or edit that file"
        )
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder", "choose another name")
    if source is None:
        return _from_pack(folder, pack or DEFAULT_PACK)
    return _from_tables(folder, source, today or today_in("UTC"))


def list_packs() -> tuple[str, ...]:
    """The names of the packs in Salus."""
    return tuple(
        sorted(
            entry.name.removesuffix(".yaml")
            for entry in (files("salus") / "packs").iterdir()
            if entry.name.endswith(".yaml")
        )
    )


def name_pack(pack: str, name: str) -> str:
    """The text of a pack with the name of a project.

    >>> name_pack("version: 1\\nname: b2b_saas\\n", "Acme North")
    'version: 1\\nname: acme_north\\n'
    """
    return re.sub(r"^name: .*$", f"name: {to_snake_case(name)}", pack, count=1, flags=re.MULTILINE)


def render_settings(url: str | None, blocks: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """The text of a `salus.toml`.

    `url`: the address of the data; None if it comes from the environment. `blocks`: settings of
    files by their pattern.

    >>> print(render_settings("data/", {"rechnungen.csv": {"locale": "de"}}))
    [data]                        # where the facts are
    url = "data/"
    <BLANKLINE>
    [history]                     # where scores are kept
    path = "history/"
    <BLANKLINE>
    [files."rechnungen.csv"]
    locale = "de"
    <BLANKLINE>
    """
    comment = "# url: from the environment, SALUS_DATA__URL"
    place = f"url = {json.dumps(url, ensure_ascii=False)}" if url is not None else comment
    lines = [
        "[data]                        # where the facts are",
        place,
        "",
        "[history]                     # where scores are kept",
        'path = "history/"',
        "",
    ]
    for pattern, settings in (blocks or {}).items():
        lines.append(f"[files.{json.dumps(pattern, ensure_ascii=False)}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
        lines.append("")
    return "\n".join(lines)


def _from_pack(folder: Path, pack: str) -> NewProject:
    if pack not in list_packs():
        raise OptionError(
            f"there is no pack '{pack}'",
            did_you_mean(pack, list_packs()) or f"choose one of {', '.join(list_packs())}",
        )
    text = name_pack(
        (files("salus") / "packs" / f"{pack}.yaml").read_text(encoding="utf-8"),
        folder.resolve().name,
    )
    written = _write(
        folder,
        {
            "data/README.md": _render_tables(text),
            "salus.schema.json": _schema(),
            "salus.toml": render_settings("data/"),
            "salus.yaml": text,
        },
    )
    return NewProject(
        folder,
        written,
        next_step=(
            f"put the tables that {folder / 'data' / 'README.md'} lists into "
            f"{folder / 'data'}, then run {suggest_command('check', folder=folder)}"
        ),
    )


def _render_tables(text: str) -> str:
    """The page that says which tables and columns a pack reads."""
    model = read_text(text)
    names = {source.table for source in model.sources.values()} | {
        outcome.table for outcome in model.outcomes if outcome.table
    }
    names |= {source.lookup.table for source in model.sources.values() if source.lookup}
    names |= {
        name
        for name in (
            model.entity.table,
            model.entity.history.table if model.entity.history else None,
        )
        if name
    }
    lines = [
        "# Tables",
        "",
        "Put one file per table here: CSV, Parquet or XLSX, named like the table (`invoice.csv`).",
        (
            "Salus reads only these columns. If you don't have a table, delete its measures from"
            " `salus.yaml`."
        ),
        "`salus check` shows what is missing.",
        "",
        "| table | columns |",
        "|---|---|",
    ]
    computed = {column for source in model.sources.values() for column in source.columns}
    lines += [
        f"| {name} | {', '.join(sorted(columns_read(model, name) - computed))} |"
        for name in sorted(names)
    ]
    return "\n".join(lines) + "\n"


def _from_tables(folder: Path, source: str, today: dt.date) -> NewProject:
    name = to_snake_case(folder.resolve().name)
    with tempfile.TemporaryDirectory(prefix="salus-") as scratch:
        if is_database(source):
            connection, url, notes = _database(folder, source)
            with closing(connection):
                proposal = write_draft(connection, name, today)
            blocks: Mapping[str, Mapping[str, str]] = {}
            guessed, left_out = (*notes, *proposal.guessed), proposal.left_out
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RejectedRowsWarning)  # notes say it instead
                proposal, blocks, guessed, left_out, readings = _folder(
                    Path(source), Path(scratch), name, today
                )
            rejected = _rejected_rows(proposal, readings, folder)
            left_out = (*left_out, *rejected)
            url = relative_address(folder, Path(source))
    texts = {
        "salus.schema.json": _schema(),
        "salus.toml": render_settings(url, blocks),
        **proposal.files,
        "salus.yaml": proposal.text,
    }
    written = _write(folder, texts)
    check, score = (suggest_command(verb, folder=folder) for verb in ("check", "score"))
    next_step = f"read {folder / 'salus.yaml'}, then {check}, then {score}"
    return NewProject(folder, written, guessed, left_out, next_step)


def _folder(
    path: Path,
    scratch: Path,
    name: str,
    today: dt.date,
) -> tuple[
    Draft,
    Mapping[str, Mapping[str, str]],
    tuple[str, ...],
    tuple[str, ...],
    Mapping[str, FileReading],
]:
    if not path.is_dir():
        raise UsageError(
            f"{redact_address(str(path))} is not a folder",
            "use the folder of your tables, duckdb:///file.duckdb or postgresql://…",
        )
    opened = open_folder(path, scratch)
    with closing(opened.connection):
        proposal = write_draft(opened.connection, name, today, skip=opened.skip)
    return (
        proposal,
        opened.settings,
        (*opened.guessed, *proposal.guessed),
        (*opened.left_out, *proposal.left_out),
        opened.connection.readings,
    )


def _rejected_rows(
    draft: Draft, readings: Mapping[str, FileReading], folder: Path
) -> tuple[str, ...]:
    """A note for each table of the draft with many rejected rows."""
    return tuple(
        f"{reading.file}: {reading.left_out.what}; after `salus check` see"
        f" {rejected_path(folder / 'rejected', table)}"
        for table, reading in readings.items()
        if reading.left_out is not None and column_uses(draft.model, table)
    )


def _database(folder: Path, url: str) -> tuple[Connection, str | None, tuple[str, ...]]:
    """The connection, its address for `salus.toml`, and notes. The address is None if it holds a
    password.
    """
    connection = database(Path(), url)
    if url.startswith("duckdb:"):
        return connection, f"duckdb:///{relative_address(folder, duckdb_path(Path(), url))}", ()
    if not has_secret(url):
        return connection, url, ()
    return (
        connection,
        None,
        ("the address holds a password, so it isn't saved: set SALUS_DATA__URL",),
    )


def has_secret(url: str) -> bool:
    """Whether an address holds a password, before the host or in a parameter."""
    parts = urlsplit(url)
    return bool(parts.password) or any(
        name in parse_qs(parts.query) for name in ("password", "sslpassword")
    )


def relative_address(folder: Path, source: Path) -> str:
    """The path of the data for `salus.toml`.

    It is relative to the project if the data are inside or beside the project folder, so that both
    can be moved together. Otherwise it is absolute.
    """
    project, data = folder.resolve(), source.resolve()
    if data.is_relative_to(project):
        path = data.relative_to(project)
    elif data.parent == project.parent:
        path = Path("..") / data.name
    else:
        return data.as_posix()
    return f"{path.as_posix()}/" if data.is_dir() else path.as_posix()


def _schema() -> str:
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def _write(folder: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Write all files, the model last. After a failure, everything new is removed."""
    new = {
        name: text
        for name, text in texts.items()
        if name not in UNTOUCHED or not (folder / name).exists()
    }
    paths = [folder, *(folder / name for name in new), *((folder / name).parent for name in new)]
    before = {path for path in paths if path.exists()}
    try:
        for name, text in new.items():
            with atomic_write(folder / name) as path:
                path.write_text(text, encoding="utf-8")
    except BaseException:
        _remove([folder / name for name in new], before)
        raise
    return tuple(new)


def _remove(paths: Iterable[Path], before: Collection[Path]) -> None:
    """Remove the files, then the empty folders, that didn't exist before."""
    for path in paths:
        if path not in before:
            path.unlink(missing_ok=True)
    for folder in sorted({path.parent for path in paths}, key=lambda path: -len(path.parts)):
        if folder not in before and folder.exists() and not any(folder.iterdir()):
            folder.rmdir()
