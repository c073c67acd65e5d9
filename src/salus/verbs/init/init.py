"""`salus init`: a project folder from a pack, or from tables without a model."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
import tempfile
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import salus.verbs.init.text  # noqa: F401  registers the text of the result
from salus.atomic import atomic_write
from salus.draft import Draft, open_folder, write_draft
from salus.draft.headers import to_snake_case
from salus.errors import OptionError, UsageError, translate_errors
from salus.facts.partials.requirements import columns_read
from salus.model.read import read_text
from salus.model.suggest import did_you_mean
from salus.model.yaml.schema import json_schema
from salus.sanitize import redact_address
from salus.sources.connection import Connection
from salus.verbs.init.result import NewProject
from salus.workspace.clock import today_in
from salus.workspace.connect import database, duckdb_path, is_database

DEFAULT_PACK = "b2b_saas"
KEPT = ("data/README.md",)


@translate_errors()
def init(
    folder: Path,
    *,
    pack: str | None = None,
    source: str | None = None,
    today: dt.date | None = None,
) -> NewProject:
    """Start a project in `folder`: from a pack (b2b_saas by default), or from the tables at
    `source`.

    `source` is a folder, `duckdb:///file.duckdb` or `postgresql://…`; the data stay where they are.
    Either everything is written or nothing. `today` None: by the clock.
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
            f"{folder} already has a {existing}", "choose another folder, or edit what is there"
        )
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder", "choose another name")
    if source is None:
        return _from_pack(folder, pack or DEFAULT_PACK)
    return _from_tables(folder, source, today or today_in("UTC"))


def packs() -> tuple[str, ...]:
    """The names of the packs that come with Salus."""
    return tuple(
        sorted(
            entry.name.removesuffix(".yaml")
            for entry in (files("salus") / "packs").iterdir()
            if entry.name.endswith(".yaml")
        )
    )


def with_name(pack: str, name: str) -> str:
    """The text of a pack under a project's own name.

    >>> with_name("version: 1\\nname: b2b_saas\\n", "Acme North")
    'version: 1\\nname: acme_north\\n'
    """
    return re.sub(r"^name: .*$", f"name: {to_snake_case(name)}", pack, count=1, flags=re.MULTILINE)


def settings_text(url: str | None, blocks: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """A `salus.toml`: the address of the facts (None: it comes from the environment), and settings of
    files that their content doesn't show.

    >>> print(settings_text("data/", {"rechnungen.csv": {"locale": "de"}}))
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
    if pack not in packs():
        raise OptionError(
            f"there is no pack '{pack}'",
            did_you_mean(pack, packs()) or f"choose one of {', '.join(packs())}",
        )
    text = with_name(
        (files("salus") / "packs" / f"{pack}.yaml").read_text(encoding="utf-8"),
        folder.resolve().name,
    )
    written = _write(
        folder,
        {
            "data/README.md": _tables(text),
            "salus.schema.json": _schema(),
            "salus.toml": settings_text("data/"),
            "salus.yaml": text,
        },
    )
    return NewProject(
        folder,
        written,
        next_step=(
            f"put the tables that {folder / 'data' / 'README.md'} names into "
            f"{folder / 'data'}, then salus -C {shlex.quote(str(folder))} check"
        ),
    )


def _tables(text: str) -> str:
    """Which tables and columns a pack reads, as a page beside them."""
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
            "These columns are read and no others. Delete the measures whose tables you don't have"
            " from `salus.yaml`;"
        ),
        "`salus check` names what is missing.",
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
            proposal, blocks, guessed, left_out = _folder(Path(source), Path(scratch), name, today)
            url = _place(folder, Path(source))
    texts = {
        "salus.schema.json": _schema(),
        "salus.toml": settings_text(url, blocks),
        "salus.yaml": proposal.text,
    }
    written = _write(folder, texts)
    return NewProject(
        folder, written, guessed, left_out, f"salus -C {shlex.quote(str(folder))} score"
    )


def _folder(
    path: Path,
    scratch: Path,
    name: str,
    today: dt.date,
) -> tuple[Draft, Mapping[str, Mapping[str, str]], tuple[str, ...], tuple[str, ...]]:
    if not path.is_dir():
        raise UsageError(
            f"{redact_address(str(path))} is not a folder",
            "name the folder of your tables, duckdb:///file.duckdb or postgresql://…",
        )
    opened = open_folder(path, scratch)
    with closing(opened.connection):
        proposal = write_draft(opened.connection, name, today, skip=opened.skip)
    return (
        proposal,
        opened.settings,
        (*opened.guessed, *proposal.guessed),
        (*opened.left_out, *proposal.left_out),
    )


def _database(folder: Path, url: str) -> tuple[Connection, str | None, tuple[str, ...]]:
    """The connection, its address for `salus.toml` (None when it holds a secret), and what to say
    about that.
    """
    connection = database(Path(), url)
    if url.startswith("duckdb:"):
        return connection, f"duckdb:///{_place(folder, duckdb_path(Path(), url))}", ()
    if not has_secret(url):
        return connection, url, ()
    return (
        connection,
        None,
        ("the address holds a password, so it isn't written down: set SALUS_DATA__URL",),
    )


def has_secret(url: str) -> bool:
    """Whether an address holds a password, before the host or among the parameters."""
    parts = urlsplit(url)
    return bool(parts.password) or any(
        name in parse_qs(parts.query) for name in ("password", "sslpassword")
    )


def _place(folder: Path, source: Path) -> str:
    """The data's address: relative when they lie inside the workspace, so that the folder can be
    moved.
    """
    own, data = folder.resolve(), source.resolve()
    inside = data.is_relative_to(own)
    return (data.relative_to(own) if inside else data).as_posix() + (
        "/" if inside and data.is_dir() else ""
    )


def _schema() -> str:
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def _write(folder: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Write all files, the model last; after a failure nothing new is left. A page that is there
    already stays.
    """
    new = {
        name: text
        for name, text in texts.items()
        if name not in KEPT or not (folder / name).exists()
    }
    paths = [folder, *(folder / name for name in new), *((folder / name).parent for name in new)]
    before = {path for path in paths if path.exists()}
    try:
        for name, text in new.items():
            with atomic_write(folder / name) as path:
                path.write_text(text, encoding="utf-8")
    except BaseException:
        _take_back([folder / name for name in new], before)
        raise
    return tuple(new)


def _take_back(paths: Iterable[Path], before: Collection[Path]) -> None:
    """Remove files and then folders that weren't there before."""
    for path in paths:
        if path not in before:
            path.unlink(missing_ok=True)
    for folder in sorted({path.parent for path in paths}, key=lambda path: -len(path.parts)):
        if folder not in before and folder.exists() and not any(folder.iterdir()):
            folder.rmdir()
