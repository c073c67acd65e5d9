"""Drafts a model for the exports of several tools, connected as their picture shows."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from salus.draft.attribute_history import NO_HISTORY, HistoryDraft, HistoryProposals
from salus.draft.contract_changes import refuse_changes
from salus.draft.corrections import NameCorrections, render_corrections
from salus.draft.entity_block import EntityBlock, entity_by_picture
from salus.draft.folder_proposals import FolderProposals
from salus.draft.keys import entity_word
from salus.draft.lines import (
    Body,
    DraftLines,
    FixedPoints,
    KeyBody,
    LinkDraft,
    MeasureDraft,
    SourceDraft,
)
from salus.draft.links import FolderLinks, plain_name, used_links
from salus.draft.outcomes import NOBODY, answered_outcome
from salus.draft.picture import CustomersPicture, FolderPicture
from salus.draft.resolved_pace import ResolvedPace
from salus.draft.writing import (
    TRIAL_POINTS,
    Draft,
    DraftDates,
    DraftHeader,
    DraftWriter,
    check_measures,
)
from salus.draft.yaml_writer import ModelText, ScoredMeasure, render_model
from salus.errors import DataError
from salus.facts.sql.keys import AmbiguousKeys, load_key_column
from salus.model.model import Model
from salus.model.read import read_text
from salus.sources.connection import Connection


@dataclass(frozen=True)
class FolderDraft:
    """Drafts a model from the picture of a folder, whose customers are known."""

    connection: Connection
    picture: FolderPicture
    customers: CustomersPicture
    dates: DraftDates
    outcome: str | None = None  # `TABLE.COLUMN` or `TABLE.COLUMN=VALUE`, as a person says

    @property
    def word(self) -> str:
        """The word for an entity."""
        return entity_word(self.customers.table)

    def write(self, header: DraftHeader) -> Draft:
        """The draft. Raises DataError if nothing can be scored."""
        corrections = NameCorrections(self.connection, self.customers)
        folder = FolderLinks(
            self.picture, self.customers, self.word, corrected=bool(corrections.replaced)
        )
        keys = {table.name: folder.key(table.ways) for table in self.picture.tables if table.ways}
        files = {
            f"links/{name}.csv": render_corrections(pairs)
            for name, pairs in corrections.find(folder.names).items()
        }
        links = tuple(_explained(link, files) for link in folder.links)
        if self.customers.contracts is not None:
            refuse_changes(self.connection, self.picture, self.customers.contracts)
        with tempfile.TemporaryDirectory(prefix="salus-") as scratch:
            place = Path(scratch)
            _write_files(place, files)
            probe = self._probe(header, links, keys, place)
            self._check_rows(probe)
            pace = ResolvedPace(probe, self.connection, self.dates.today)
            proposals = FolderProposals(self.picture, self.customers, keys, pace, self.word)
            lines = check_measures(self._with_outcome(proposals.lines(), keys))
            history = self._history(probe, keys, lines)
            lines = replace(lines, left_out=(*lines.left_out, *history.left_out))
            whole = replace(
                header,
                entity=self._entity(keys, lines, history),
                links=links,
                notes=(f"`{self.customers.table}` lists the customers, by `{self.customers.key}`",),
                folder=place,
            )
            draft = DraftWriter(self.connection, whole, lines, self.dates).draft()
        named = {
            f"links/{link.name}.csv" for link in draft.model.links.values() if link.corrections
        }
        return replace(draft, files={name: files[name] for name in files if name in named})

    def _check_rows(self, probe: Model) -> None:
        """Raise DataError if rows of the customers' table can't be told apart."""
        contracts = self.customers.contracts
        if contracts is not None and contracts.table == self.customers.table:
            return  # the newest contract is the row of its customer
        keys = load_key_column(probe, self.connection)
        if keys is None:
            return
        ambiguous = AmbiguousKeys.of(keys, self.customers.table, self.customers.key)
        if ambiguous:
            raise DataError(
                f"Which row counts? {str(ambiguous)[:1].upper()}{str(ambiguous)[1:]}",
                "keep one row per key, or say with --where which rows are customers",
            )

    def _with_outcome(self, lines: DraftLines, keys: Mapping[str, KeyBody]) -> DraftLines:
        """The lines with the outcome that a person names, or else the end of the contracts."""
        contracts = self.customers.contracts
        ends = contracts is not None and contracts.ends is not None
        own = contracts is not None and self.outcome == f"{contracts.table}.{contracts.ends}"
        if self.outcome == NOBODY:
            return lines
        if self.outcome is not None and not (ends and own):
            body = answered_outcome(self.outcome, self.picture, keys, self.customers.table)
        elif ends:
            body = {"contracts": "end"}
        else:
            return lines
        return replace(lines, outcomes={"churned": body})

    def _history(
        self, probe: Model, keys: Mapping[str, KeyBody], lines: DraftLines
    ) -> HistoryDraft:
        """What a history of the customers' fields says of the attributes."""
        own, customers = self.picture.table(self.customers.table), self.customers
        if own is None:
            return HistoryDraft()
        value = customers.value if customers.contracts is None else None
        named = [plain_name(name) for name in (customers.owner, value) if name]
        attributes = tuple(dict.fromkeys([*named, *lines.attributes]))
        proposals = HistoryProposals(
            self.connection, probe, own.profile, customers, attributes, self.dates.today
        )
        return proposals.draft(self.picture.tables, keys)

    def _entity(
        self, keys: Mapping[str, KeyBody], lines: DraftLines, history: HistoryDraft = NO_HISTORY
    ) -> EntityBlock:
        contracts = self.customers.contracts
        key = keys.get(contracts.table) if contracts is not None else None
        block = entity_by_picture(self.customers, self.word, key, lines)
        return {**block, "history": (history.body, history.why)} if history.body else block

    def _probe(
        self,
        header: DraftHeader,
        links: tuple[LinkDraft, ...],
        keys: Mapping[str, KeyBody],
        folder: Path,
    ) -> Model:
        """A model with the keys of all dated tables, to see how their rows lead to entities."""
        tables = [table for table in self.picture.tables if table.name in keys and table.time]
        sources = [
            SourceDraft(
                f"s{number}", {"table": table.name, "key": keys[table.name], "time": table.time}, ""
            )
            for number, table in enumerate(tables)
        ]
        measures = [
            ScoredMeasure(
                MeasureDraft(f"m_{source.name}", "usage", {"count": source.name}, _TRIAL, ""),
                TRIAL_POINTS,
            )
            for source in sources
        ]
        entity = {
            name: value
            for name, value in self._entity({}, DraftLines()).items()
            if name in ("name", "table", "key", "where")
        }
        text = ModelText(
            title=(),
            head=header.head,
            entity=entity,
            links=used_links(links, (source.body["key"] for source in sources)),
            sources=tuple(sources),
            inputs=(),
            measures=tuple(measures),
            tail=(),
        )
        return read_text(render_model(text), folder=folder)


_TRIAL = FixedPoints(TRIAL_POINTS)


def _explained(link: LinkDraft, files: Mapping[str, str]) -> LinkDraft:
    """The link with its file of corrections, if it has one."""
    name = f"links/{link.name}.csv"
    if name not in files:
        return link
    body: Body = {**link.body, "corrections": name}
    return LinkDraft(
        link.name,
        body,
        f"{name} says which records count as another one (duplicates, merged records, subsidiaries)",
    )


def _write_files(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
