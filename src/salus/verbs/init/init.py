"""`salus init`: starts a project folder from a pack, or from tables for which it drafts a model."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterable, Mapping
from importlib.resources import files
from pathlib import Path

import salus.verbs.init.text  # noqa: F401  registers the text of the result
from salus.atomic import atomic_write
from salus.channels.folder.page import render_folder_page
from salus.channels.text.commands import suggest_command
from salus.channels.words.labels import words_for
from salus.draft.headers import to_snake_case
from salus.errors import OptionError, UsageError, translate_errors
from salus.facts.partials.requirements import columns_read
from salus.model.read import read_text
from salus.model.suggest import did_you_mean
from salus.model.yaml.schema import json_schema
from salus.verbs.init.request import InitRequest
from salus.verbs.init.result import NewProject
from salus.verbs.init.tables import propose_from_tables
from salus.workspace.clock import today_in

DEFAULT_PACK = "b2b_saas"
REPORT = "init-report.html"
UNTOUCHED = ("data/README.md",)  # an existing file of this name is kept


@translate_errors()
def init(
    folder: Path,
    *,
    pack: str | None = None,
    source: str | None = None,
    request: InitRequest | None = None,
    today: dt.date | None = None,
) -> NewProject:
    """Start a project in `folder`, from a pack (b2b_saas by default) or from the tables at `source`.

    `source` is a folder, `duckdb:///file.duckdb` or `postgresql://…`; the data aren't copied.
    `request` answers questions about them. Without `today` the clock decides. Raises an error and
    writes nothing if a question stays open or any file can't be written.
    """
    request = request or InitRequest()
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
        _refuse_answers(request)
        return _from_pack(folder, pack or DEFAULT_PACK)
    return _from_tables(folder, source, today or today_in("UTC"), request)


def _refuse_answers(request: InitRequest) -> None:
    """Raise OptionError if there are answers but no tables to which they could apply."""
    for name, value in vars(request.answers).items():
        if value is not None:
            raise OptionError(
                f"--{name} says something about tables, but none are read",
                "add --from FOLDER_OR_URL, or leave it out",
            )


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


def render_settings(
    url: str | None,
    blocks: Mapping[str, Mapping[str, str]] | None = None,
    times: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """The text of a `salus.toml`.

    `url`: the address of the data; None if it comes from the environment. `blocks`: settings of
    files by their pattern. `times`: how columns of a database write times, by table.

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
    for table, forms in (times or {}).items():
        lines.append(f"[times.{json.dumps(table, ensure_ascii=False)}]")
        lines += [
            f"{json.dumps(column, ensure_ascii=False)} = {json.dumps(form)}"
            for column, form in forms.items()
        ]
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


def _from_tables(folder: Path, source: str, today: dt.date, request: InitRequest) -> NewProject:
    proposal = propose_from_tables(folder, source, today, request)
    texts = {
        "salus.schema.json": _schema(),
        "salus.toml": render_settings(proposal.url, proposal.settings, proposal.times),
        **proposal.draft.files,
    }
    if proposal.page is not None:
        texts[REPORT] = render_folder_page(
            proposal.page, words_for(proposal.draft.model, request.language)
        )
    texts["salus.yaml"] = proposal.draft.text
    written = _write(folder, texts)
    check, score = (suggest_command(verb, folder=folder) for verb in ("check", "score"))
    next_step = f"read {folder / 'salus.yaml'}, then {check}, then {score}"
    return NewProject(
        folder,
        written,
        proposal.guessed,
        proposal.left_out,
        next_step,
        proposal.page,
    )


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
