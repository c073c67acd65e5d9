"""The tables from which a project starts: a folder or a database, and the model proposed for it."""

from __future__ import annotations

import datetime as dt
import tempfile
import warnings
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from salus.channels.folder.content import FolderContent
from salus.channels.words.measure_labels import label_measures
from salus.draft import Draft, open_folder, write_draft
from salus.draft.database_times import find_times
from salus.draft.headers import to_snake_case
from salus.errors import RejectedRowsWarning, UsageError
from salus.facts.column_usage import column_uses
from salus.facts.sql.time_forms import with_times
from salus.sanitize import redact_address
from salus.sources.connection import Connection
from salus.sources.rejected_path import rejected_path
from salus.sources.table import FileReading
from salus.verbs.init.content import describe_draft
from salus.verbs.init.dialogue import AnsweredDraft, Dialogue
from salus.verbs.init.request import InitRequest
from salus.workspace.connect import database, duckdb_path, is_database


@dataclass(frozen=True, kw_only=True)
class TablesProposal:
    """A draft for tables, and how they are read. `url` is None if it comes from the environment."""

    draft: Draft
    url: str | None
    guessed: tuple[str, ...]
    left_out: tuple[str, ...]
    settings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    times: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # of a database
    content: FolderContent | None = None  # without the notes; None: no picture was made

    @property
    def page(self) -> FolderContent | None:
        """The content of init-report.html."""
        if self.content is None:
            return None
        return replace(self.content, notes=(*self.guessed, *self.left_out))


def propose_from_tables(
    folder: Path, source: str, today: dt.date, request: InitRequest
) -> TablesProposal:
    """The proposal for the tables at `source`. Raises DataError if a question stays open."""
    if is_database(source):
        return _from_database(folder, source, today, request)
    with warnings.catch_warnings(), tempfile.TemporaryDirectory(prefix="salus-") as scratch:
        warnings.simplefilter("ignore", RejectedRowsWarning)  # notes say it instead
        return _from_folder(folder, Path(source), Path(scratch), today, request)


def _from_database(
    folder: Path, source: str, today: dt.date, request: InitRequest
) -> TablesProposal:
    connection, url, notes = _database(folder, source)
    with closing(connection):
        times = find_times(connection)
        timed = with_times(connection, times.times)
        answered = _draft(timed, folder, today, request)
        content = describe_draft(answered, timed, request.language)
    return TablesProposal(
        draft=answered.draft,
        url=url,
        guessed=(*_assumed(answered.draft), *notes, *times.guessed, *answered.draft.guessed),
        left_out=(*times.left_out, *answered.draft.left_out, *_open_notes(answered)),
        times=times.settings,
        content=content,
    )


def _from_folder(
    folder: Path, source: Path, scratch: Path, today: dt.date, request: InitRequest
) -> TablesProposal:
    if not source.is_dir():
        raise UsageError(
            f"{redact_address(str(source))} is not a folder",
            "use the folder of your tables, duckdb:///file.duckdb or postgresql://…",
        )
    opened = open_folder(source, scratch)
    with closing(opened.connection):
        answered = _draft(opened.connection, folder, today, request, opened.skip)
        content = describe_draft(answered, opened.connection, request.language)
    draft = answered.draft
    rejected = _rejected_rows(draft, opened.connection.readings, folder)
    return TablesProposal(
        draft=draft,
        url=relative_address(folder, source),
        guessed=(*_assumed(draft), *opened.guessed, *draft.guessed),
        left_out=(*opened.left_out, *draft.left_out, *_open_notes(answered), *rejected),
        settings=opened.settings,
        content=content,
    )


def _draft(
    connection: Connection,
    folder: Path,
    today: dt.date,
    request: InitRequest,
    skip: Iterable[str] = (),
) -> AnsweredDraft:
    name = to_snake_case(folder.resolve().name)
    label = partial(label_measures, language=request.language)
    return Dialogue(
        lambda answers: write_draft(
            connection, name, today, skip=skip, answers=answers, label=label
        ),
        request,
    ).hold()


def _assumed(draft: Draft) -> tuple[str, ...]:
    """What is assumed of time zones comes first, because it moves every count of days."""
    return (draft.assumed,) if draft.assumed else ()


def _open_notes(answered: AnsweredDraft) -> tuple[str, ...]:
    """What is left out because nobody answered, and how to answer."""
    return tuple(f"{question.text} To answer, {question.fix}" for question in answered.open)


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
