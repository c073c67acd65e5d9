"""From a connection to the picture of its tables: roles, customers, ways, times, rows left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from salus.draft.answered_rows import check_rows
from salus.draft.answers import DraftAnswers
from salus.draft.contract_amounts import find_bill_key
from salus.draft.contract_gaps import ask_for_contracts, ask_for_owners
from salus.draft.contracts import describe_contracts, label_column, zero_when_ended
from salus.draft.counted_rows import count_left_out
from salus.draft.currencies import several_currencies
from salus.draft.customers import (
    CustomerTable,
    FolderValues,
    ask_for_rows,
    choose_customers,
)
from salus.draft.dated_copies import find_copy_day
from salus.draft.exports import describe_columns, recognise
from salus.draft.own_staff import count_own_staff, find_staff_domains
from salus.draft.picture import (
    ContractsPicture,
    CustomersPicture,
    DraftQuestion,
    FolderPicture,
    TablePicture,
    TableRole,
)
from salus.draft.picture_times import (
    find_leaks,
    find_recorded,
    find_row_id,
    find_time,
    find_until,
)
from salus.draft.profile import NUMBERS, ColumnProfile, TableProfile, profile_table
from salus.draft.rows_left_out import find_exclusions, find_lapsed_trials
from salus.draft.stand_ins import MOST_DUPLICATES, StandIns, find_stand_ins
from salus.draft.table_roles import date_columns, find_role, first, numeric
from salus.draft.table_values import Exclusion, TableValues, join_conditions, read_values
from salus.draft.ways import Reached, WayFinder, describe_tables
from salus.finding import Finding
from salus.sources.connection import Connection

_PAYING: tuple[TableRole, ...] = ("contracts", "invoices", "payments", "orders")


def find_picture(
    connection: Connection,
    skip: Iterable[str] = (),
    profiles: Iterable[TableProfile] = (),
    answers: DraftAnswers | None = None,
) -> FolderPicture:
    """The picture of all tables except those in `skip`. `profiles`: those already known.

    If neither the data nor `answers` tell who is a customer, `customers` is None and a question says
    what to decide. Raises OptionError for an answer that the data contradict.
    """
    skipped, known = frozenset(skip), {profile.name: profile for profile in profiles}
    tables = {
        name: describe_columns(known.get(name) or profile_table(connection, name))
        for name in connection.tables()
        if name not in skipped
    }
    filled = {name: table for name, table in tables.items() if table.rows}
    return PictureFinder(connection, filled, answers or DraftAnswers()).find()


@dataclass(frozen=True)
class PictureFinder:
    """Finds the picture of tables whose profiles are known."""

    connection: Connection
    profiles: Mapping[str, TableProfile]
    answers: DraftAnswers

    def find(self) -> FolderPicture:
        """The picture; each table is in it, used or not."""
        roles = {name: find_role(profile) for name, profile in self.profiles.items()}
        left_out = {n: self._find_exclusions(p, roles[n]) for n, p in self.profiles.items()}
        values = {n: read_values(self.connection, p) for n, p in self.profiles.items()}
        folder = FolderValues(self.profiles, roles, values, describe_tables(values))
        choice, questions = choose_customers(folder, self.answers)
        if choice is None:
            tables = [
                self._table(p, roles[n], left_out[n], values[n]) for n, p in self.profiles.items()
            ]
            return FolderPicture(tables=tuple(tables), questions=questions)
        if self.answers.where is not None:
            check_rows(self.answers.where, self.profiles[choice.table])
        roles = _settle_roles(roles, choice.table, self.profiles)
        roles |= dict.fromkeys(self._copies(choice, roles), "copies")
        return self._with_customers(replace(folder, roles=roles), choice, left_out)

    def _copies(self, choice: CustomerTable, roles: Mapping[str, TableRole]) -> dict[str, str]:
        """The tables with dated copies of the customers' list, each with the column of the day."""
        listed = self.profiles[choice.table]
        days = {
            name: find_copy_day(
                self.connection,
                profile,
                listed,
                choice.key,
                roles[name] in ("unknown", "snapshot", "copies"),
            )
            for name, profile in self.profiles.items()
            if roles[name] not in _PAYING or roles[name] == "orders"
        }
        return {name: day for name, day in days.items() if day is not None}

    def _find_exclusions(self, profile: TableProfile, role: TableRole) -> tuple[Exclusion, ...]:
        rows = find_exclusions(profile, role)
        if role != "contracts":
            return rows
        return (*rows, *find_lapsed_trials(self.connection, profile))

    def _with_customers(
        self,
        folder: FolderValues,
        choice: CustomerTable,
        left_out: dict[str, tuple[Exclusion, ...]],
    ) -> FolderPicture:
        paying = _paying(folder, choice)
        stand_ins = find_stand_ins(folder.values[choice.table], choice.key, paying)
        if choice.rank == 0:
            own = left_out[choice.table]
            counted = read_values(self.connection, self.profiles[choice.table], own)
            key = self.profiles[choice.table].column(choice.key)
            rows = _stand_in_rows(key, stand_ins, frozenset(counted.counts(choice.key)))
            left_out = {**left_out, choice.table: (*own, *rows)}
        changed = {
            n: read_values(self.connection, self.profiles[n], rows)
            for n, rows in left_out.items()
            if rows
        }
        kept = {**folder.values, **changed}
        reached = WayFinder(
            values=kept,
            roles=folder.roles,
            customers=choice.table,
            key=choice.key,
            columns={**folder.columns, **describe_tables(changed)},
            replacements=stand_ins.replacements,
        ).find()
        contracts = self._contracts(folder, left_out, reached)
        customers = self._customers(choice, left_out, stand_ins, contracts)
        doubt = None
        if contracts is None and self.answers.where is None:
            doubt = ask_for_rows(self.profiles[choice.table])
        elif contracts is not None and self.answers.entity is None:
            doubt = ask_for_owners(choice, contracts.table, reached, kept) or ask_for_contracts(
                folder, choice, contracts.table, reached, kept
            )
        domains = find_staff_domains(self.connection, self.profiles, left_out)
        copies, tables = self._copies(choice, folder.roles), []
        for name, profile in self.profiles.items():
            picture = self._table(
                profile, folder.roles[name], left_out[name], folder.values[name], reached.get(name)
            )
            if name in reached:
                picture = _counted(picture, reached[name], kept[name])
                columns = [c for c in folder.columns[name] if c.column in kept[name].columns]
                staff = count_own_staff(columns, reached[name], kept[name], domains, paying)
                picture = replace(picture, findings=(*picture.findings, *staff))
            if contracts is not None and name == contracts.table:
                zero = zero_when_ended(self.connection, profile, contracts.ends)
                picture = replace(picture, leaks=tuple(sorted({*picture.leaks, *zero})))
            if folder.roles[name] == "copies":
                picture = replace(picture, time=copies[name], where=None)
            if name == choice.table:
                notes = _stand_in_findings(stand_ins, profile, choice.key)
                picture = replace(picture, findings=(*picture.findings, *notes))
            tables.append(picture)
        return FolderPicture(
            tables=tuple(tables),
            customers=None if doubt else customers,
            questions=(doubt,) if doubt else _doubts(contracts),
        )

    def _contracts(
        self,
        folder: FolderValues,
        left_out: Mapping[str, tuple[Exclusion, ...]],
        reached: Mapping[str, Reached],
    ) -> ContractsPicture | None:
        names = [name for name in folder.with_role("contracts") if name in reached]
        if not names:
            return None
        name = max(names, key=lambda n: (self.profiles[n].rows, n))
        keys = (
            find_bill_key(self.profiles[bill], folder.columns[bill], folder.columns[name])
            for bill in folder.with_role("invoices")
        )
        bills = sorted(filter(None, keys), key=lambda bill: -bill.invoices.rows)
        tables = {n: (p, folder.roles[n]) for n, p in self.profiles.items()}
        contracts = describe_contracts(
            self.connection, self.profiles[name], left_out[name], tables, bills
        )
        return None if contracts is None else self._with_end(self._with_amount(contracts))

    def _with_amount(self, contracts: ContractsPicture) -> ContractsPicture:
        """The contracts with what a person says an amount is for, where the data don't say it."""
        if contracts.amount is not None and contracts.per is None:
            contracts = replace(contracts, per=self.answers.per)
        if contracts.per_seat is None or self.answers.amount is None:
            return contracts
        each = self.answers.amount == "seat"
        return replace(
            contracts, amount=contracts.per_seat if each else contracts.amount, per_seat=None
        )

    def _with_end(self, contracts: ContractsPicture) -> ContractsPicture:
        """The contracts with the end that a person named, if the data don't say it."""
        column = (self.answers.outcome or "").removeprefix(f"{contracts.table}.")
        profile = self.profiles[contracts.table]
        if contracts.ends is None and profile.has(column) and profile.column(column).is_time:
            return replace(contracts, ends=column)
        return contracts

    def _customers(
        self,
        choice: CustomerTable,
        left_out: Mapping[str, tuple[Exclusion, ...]],
        stand_ins: StandIns,
        contracts: ContractsPicture | None,
    ) -> CustomersPicture:
        table = self.profiles[choice.table]
        starts, ends = date_columns(table, "started"), date_columns(table, "ended")
        value = numeric(table, "yearly", "monthly") if several_currencies(table) is None else None
        owner = first(table, "owner")
        own = contracts is None and choice.rank == 0
        rows = _lasting(left_out[choice.table], choice.key, contracts)
        return CustomersPicture(
            table=choice.table,
            key=choice.key,
            where=self._where(rows),
            label=label_column(table),
            owner=owner.name if owner else None,
            contracts=contracts,
            merged=stand_ins.merged.column if stand_ins.merged else None,
            parent=stand_ins.parent,
            starts=starts[0].name if own and starts else None,
            ends=ends[0].name if own and ends else None,
            value=value.name if own and value else None,
            duplicates=len(stand_ins.duplicates),
            replaced=stand_ins.survivors,
            unlisted=self._unlisted(choice, rows, stand_ins),
        )

    def _unlisted(
        self, choice: CustomerTable, left_out: Iterable[Exclusion], stand_ins: StandIns
    ) -> frozenset[str]:
        """The records that stand for a customer and whose rows are left out."""
        if not stand_ins.survivors:
            return frozenset()
        kept = read_values(self.connection, self.profiles[choice.table], tuple(left_out))
        return frozenset(stand_ins.survivors) - frozenset(kept.counts(choice.key))

    def _where(self, left_out: Iterable[Exclusion]) -> str | None:
        """The rows that are customers: those that count, and that a person named."""
        own = join_conditions(left_out)
        if own is None or self.answers.where is None:
            return own or self.answers.where
        return f"{own} and ({self.answers.where})"

    def _left_out(
        self,
        profile: TableProfile,
        role: TableRole,
        left_out: tuple[Exclusion, ...],
        values: TableValues,
    ) -> list[Finding]:
        """How many rows are left out for each reason; each row counts under the first one."""
        findings = [_left_out_finding(item, profile, values) for item in left_out]
        if role == "customers" or len({item.column for item in left_out}) < 2:
            return findings
        rows = count_left_out(self.connection, profile.name, [item.condition for item in left_out])
        counted = zip(findings, rows, strict=True)
        return [finding.with_parameters(rows=n) for finding, n in counted if n]

    def _table(
        self,
        profile: TableProfile,
        role: TableRole,
        left_out: tuple[Exclusion, ...],
        values: TableValues,
        reached: Reached | None = None,
    ) -> TablePicture:
        export, time = recognise(profile), _as_date(profile, find_time(profile, role))
        findings = self._left_out(profile, role, left_out, values)
        if reached is None and role != "lookup":
            findings.append(Finding("table.no_way"))
        if time is None and role not in ("customers", "snapshot", "people", "lookup", "copies"):
            findings.append(Finding("table.no_time"))
        return TablePicture(
            profile=profile,
            role=role,
            tool=export.tool if export else None,
            rows=profile.rows,
            row_id=find_row_id(profile, role),
            time=time,
            recorded=_as_date(profile, find_recorded(profile, time)),
            until=_as_date(profile, find_until(profile, role)),
            where=join_conditions(left_out),
            leaks=find_leaks(profile, role),
            findings=tuple(findings),
        )


def _as_date(profile: TableProfile, name: str | None) -> str | None:
    """The column if a model can use it as a time. A database may hold dates as text or numbers."""
    return name if name is not None and profile.column(name).is_time else None


def _settle_roles(
    roles: Mapping[str, TableRole], table: str, profiles: Mapping[str, TableProfile]
) -> dict[str, TableRole]:
    """Only one table lists the customers; that of another tool is looked up, or a snapshot of them."""
    settled: dict[str, TableRole] = {}
    for name, role in roles.items():
        if name == table:
            settled[name] = role if role == "contracts" else "customers"
        elif role == "customers":
            dated = find_time(profiles[name], role) is not None
            settled[name] = "lookup" if dated or recognise(profiles[name]) else "snapshot"
        elif role == "unknown" and _lists_names(profiles[name]):
            settled[name] = "lookup"
        else:
            settled[name] = role
    return settled


def _lists_names(profile: TableProfile) -> bool:
    """Whether a table names each of its keys, as a list of another tool's customers does."""
    columns = [column for column in profile.columns if column.distinct > 0.9 * column.rows]
    return any("name" in column.meanings for column in columns) and any(
        "key" in column.meanings and column.can_be_key for column in columns
    )


def _paying(folder: FolderValues, choice: CustomerTable) -> frozenset[str]:
    """The entities that contracts, or else invoices or orders, lead to."""
    for role in _PAYING:
        paying = {
            entity
            for name in folder.with_role(role)
            if name in choice.reached and name != choice.table
            for entity in choice.reached[name].entities
            if entity is not None and "\0" not in entity
        }
        if paying:
            return frozenset(paying)
    return frozenset()


def _lasting(
    left_out: Iterable[Exclusion], key: str, contracts: ContractsPicture | None
) -> list[Exclusion]:
    """The rows that aren't customers, without what a project would refuse.

    A project reads the key of a file as text. A condition on its numbers would be refused there; it
    isn't needed where contracts say who is a customer, because rows named by it have none.
    """
    return [item for item in left_out if contracts is None or item.column != key or not item.number]


def _stand_in_rows(
    key: ColumnProfile, stand_ins: StandIns, kept: frozenset[str]
) -> list[Exclusion]:
    """Rows that aren't customers of their own: merged records, children and a few duplicates.

    `kept`: the keys of the rows that count otherwise.
    """
    kinds = {
        "merged": stand_ins.merged.survivors if stand_ins.merged else {},
        "child": stand_ins.children.survivors if stand_ins.children else {},
        "duplicate": stand_ins.duplicates,
    }
    exclusions = [
        Exclusion(
            column=key.name,
            values=tuple(sorted(kept & rows.keys())),
            reason=reason,
            number=key.type in NUMBERS,
        )
        for reason, rows in kinds.items()
    ]
    return [item for item in exclusions if 0 < len(item.values) <= MOST_DUPLICATES]


def _stand_in_findings(stand_ins: StandIns, profile: TableProfile, key: str) -> tuple[Finding, ...]:
    findings = []
    if stand_ins.duplicates:
        names = tuple(sorted(stand_ins.duplicates))[:MOST_DUPLICATES]
        findings.append(Finding("customers.duplicates", rows=len(stand_ins.duplicates), keys=names))
    column = profile.column(key)
    if column.distinct < column.filled:
        findings.append(Finding("customers.repeated_key", rows=column.filled - column.distinct))
    return tuple(findings)


def _left_out_finding(item: Exclusion, profile: TableProfile, values: TableValues) -> Finding:
    column = profile.column(item.column)
    words = values.counts(item.column) if item.column in values.columns else column.frequent_values
    if item.rows:
        rows = item.rows
    elif not item.values:
        rows = column.rows - column.filled
    else:
        rows = sum(count for word, count in words.items() if item.applies_to(word))
    return Finding(
        "rows.left_out", reason=item.reason, column=item.column, values=item.values, rows=rows
    )


def _counted(picture: TablePicture, reached: Reached, values: TableValues) -> TablePicture:
    matched, unknown, ambiguous, empty = reached.count(values)
    return replace(
        picture,
        ways=reached.ways,
        rows=values.rows,
        matched=matched,
        unknown=unknown,
        ambiguous=ambiguous,
        empty=empty,
    )


def _doubts(contracts: ContractsPicture | None) -> tuple[DraftQuestion, ...]:
    """What a person should confirm although the picture is whole."""
    doubts = []
    if contracts is not None and contracts.per_seat is not None:
        parameters = {"table": contracts.table, "price": (contracts.amount or "").strip("`")}
        doubts.append(DraftQuestion("contracts.amount", parameters, ("contract", "seat")))
    if contracts is not None and contracts.ends is None:
        doubts.append(DraftQuestion("contracts.end", {"table": contracts.table}, ()))
    if contracts is not None and contracts.amount is not None and contracts.per is None:
        doubts.append(DraftQuestion("contracts.per", {"table": contracts.table}, ("month", "year")))
    return tuple(doubts)
