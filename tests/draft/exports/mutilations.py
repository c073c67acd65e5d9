"""Folders from which no model, or hardly one, can be right. `init` must ask, or be right all the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.draft.exports.variations import Rows, plain, rewrite

KEYS = {
    "AccountId", "ParentId", "MasterRecordId", "cf_salesforce_id", "cf_debitor", "customer_id", "customer_company",
    "customer_email", "Customer Id", "Subscription Id", "Company", "Company Name", "company_name", "company_domain",
    "distinct_id", "email", "Email", "SuppliedEmail", "Website",
}  # fmt: skip


@dataclass(frozen=True)
class Mutilation:
    """How a folder is made from the exports of two companies, and whether a model can be right."""

    make: Callable[[Path, Path, Path], None]  # the exports, those of another company, the folder
    can_be_right: bool = True  # False: only a question will do


def keys_removed(exports: Path, other: Path, folder: Path) -> None:
    """Nothing connects one tool with another."""

    def drop(header: list[str], rows: Rows) -> tuple[list[str], Rows]:
        places = [place for place, name in enumerate(header) if name not in KEYS]
        return [header[place] for place in places], [
            [row[place] for place in places] for row in rows
        ]

    rewrite(exports, folder, drop)
    for name in ("CS_kunder_pulse.xlsx", "OPOS_Debitoren_20261031.csv"):
        (folder / name).unlink()


def two_companies(exports: Path, other: Path, folder: Path) -> None:
    """The CRM and billing of a second company lie in the same folder."""
    plain(exports, folder)
    for name in ("Account", "Contact", "subscriptions", "invoices"):
        shutil.copyfile(other / f"{name}.csv", folder / f"{name} (2).csv")


def crm_of_another(exports: Path, other: Path, folder: Path) -> None:
    """The CRM is that of another company, all else belongs together."""
    plain(exports, folder)
    for name in (
        "Account",
        "Contact",
        "Opportunity",
        "OpportunityFieldHistory",
        "AccountHistory",
        "Case",
    ):
        shutil.copyfile(other / f"{name}.csv", folder / f"{name}.csv")


def only(*files: str) -> Callable[[Path, Path, Path], None]:
    """A folder with these files alone."""

    def copy(exports: Path, other: Path, folder: Path) -> None:
        folder.mkdir(parents=True)
        for name in files:
            shutil.copyfile(exports / name, folder / name)

    return copy


def audit_rows(exports: Path, other: Path, folder: Path) -> None:
    """Each ticket stands three times, as it was after each change."""

    def repeat(header: list[str], rows: Rows) -> tuple[list[str], Rows]:
        status = header.index("Status")
        states = ("Open", "Pending", None)
        return header, [
            [state or cell if place == status else cell for place, cell in enumerate(row)]
            for row in rows
            for state in states
        ]

    rewrite(exports, folder, repeat, only=("tickets",))


def duplicate_row(exports: Path, other: Path, folder: Path) -> None:
    """One customer stands twice in the CRM, with the same id."""
    rewrite(
        exports,
        folder,
        lambda header, rows: (
            header,
            [*rows, next(row for row in rows if "Customer - Direct" in row)],
        ),
        only=("Account",),
    )


def totals_row(exports: Path, other: Path, folder: Path) -> None:
    """Billing ends with a line of totals."""

    def total(header: list[str], rows: Rows) -> tuple[list[str], Rows]:
        summed = {"plan_quantity", "mrr"}
        line = [
            str(sum(int(row[place]) for row in rows)) if name in summed else ""
            for place, name in enumerate(header)
        ]
        return header, [*rows, ["Total", *line[1:]]]

    rewrite(exports, folder, total, only=("subscriptions",))


def everybody_once(exports: Path, other: Path, folder: Path) -> None:
    """Each e-mail, company and id occurs once in its table, so no column repeats."""

    def first(header: list[str], rows: Rows) -> tuple[list[str], Rows]:
        places = [
            place
            for place, name in enumerate(header)
            if name in KEYS - {"ParentId", "MasterRecordId"}
        ]
        taken: set[tuple[int, str]] = set()
        kept = []
        for row in rows:
            names = {(place, row[place]) for place in places if row[place]}
            if not names & taken:
                kept.append(row)
                taken |= names
        return header, kept

    rewrite(exports, folder, first)


def no_ends(exports: Path, other: Path, folder: Path) -> None:
    """Billing doesn't say when contracts end, nor whether they run."""

    def drop(header: list[str], rows: Rows) -> tuple[list[str], Rows]:
        hidden = {
            "cancelled_at",
            "status",
            "cancel_reason_code",
            "mrr",
            "next_billing_at",
            "current_term_end",
        }
        places = [place for place, name in enumerate(header) if name not in hidden]
        return [header[place] for place in places], [
            [row[place] for place in places] for row in rows
        ]

    rewrite(exports, folder, drop, only=("subscriptions",))


MUTILATIONS: Mapping[str, Mutilation] = {
    "keys removed": Mutilation(keys_removed),
    "two companies": Mutilation(two_companies, can_be_right=False),
    "CRM of another company": Mutilation(crm_of_another),
    "only events": Mutilation(only("events.csv"), can_be_right=False),
    "only a sheet": Mutilation(only("CS_kunder_pulse.xlsx")),
    "only the CRM's accounts and events": Mutilation(
        only("Account.csv", "events.csv"), can_be_right=False
    ),
    "audit rows": Mutilation(audit_rows),
    "a duplicate row": Mutilation(duplicate_row),
    "a line of totals": Mutilation(totals_row),
    "everybody once": Mutilation(everybody_once),
    "no ends": Mutilation(no_ends),
}
