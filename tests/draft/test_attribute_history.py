"""`init` proposes the history of attributes from a CRM's history of fields."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import salus
from salus.draft.attribute_history import _plain
from salus.model.model import Model
from salus.model.read import read_model

COUNT = 24
TIERS = ("Bronze", "Silver", "Gold")
OWNERS = ("0055A", "0055B", "0055C")
DAY = dt.date(2026, 3, 1)


def salesforce(wrong: int = 0) -> dict[str, str]:
    """Accounts with a change of tier and owner each; for `wrong` of them, today's tier is another."""
    accounts, history = [], []
    for n in range(COUNT):
        key, tier, owner = f"0015000000{n:05d}AAA", TIERS[n % 3], OWNERS[n % 3]
        today = TIERS[(n + 1) % 3] if n < wrong else tier
        accounts.append(f"{key},Firm {n},Customer,{owner},{today},{40 + n},2024-01-05,2026-06-01")
        when = f"{DAY + dt.timedelta(days=n)}T08:00:00.000+0000"
        for field, old, new in (
            ("Tier__c", TIERS[(n + 2) % 3], tier),
            ("Owner", "0055X", owner),
            ("Rating__c", "Hot", "Cold"),
        ):
            history.append(
                f"h{field[0]}{n},false,{key},{OWNERS[0]},{when},{field},Text,{old},{new}"
            )
    return {
        "Account": "Id,Name,Type,OwnerId,Tier__c,NumberOfEmployees,CreatedDate,LastModifiedDate\n"
        + "\n".join(accounts),
        "AccountHistory": "Id,IsDeleted,AccountId,CreatedById,CreatedDate,Field,DataType,OldValue,NewValue\n"
        + "\n".join(history),
        "usage": "event_id,AccountId,happened_at,event\n" + "\n".join(usage("0015000000{:05d}AAA")),
    }


def hubspot() -> dict[str, str]:
    companies, history = [], []
    for n in range(COUNT):
        key, owner = 7_000_000 + n, ("Anna Holm", "Tom Brandt", "Ida Lund")[n % 3]
        companies.append(
            f"{key},Firm {n},{owner},2024-01-05,firm{n}.example,Customer,{10 + n},Retail"
        )
        history.append(f"{key},hubspot_owner_id,Jo Berg,2024-02-01T08:00:00Z,CRM_UI,x")
        history.append(
            f"{key},hubspot_owner_id,{owner},2026-03-{n % 28 + 1:02d}T08:00:00Z,CRM_UI,x"
        )
        history.append(f"{key},numberofemployees,{10 + n},2025-03-01T08:00:00Z,CRM_UI,x")
        history.append(f"{key},lifecyclestage,Customer,2024-03-01T08:00:00Z,CRM_UI,x")
    return {
        "companies": "Record ID,Company name,Company owner,Create Date,Company Domain Name,Lifecycle Stage,"
        "Number of Employees,Industry\n" + "\n".join(companies),
        "company_history": "Record ID,Property,Value,Timestamp,Source type,Updated by\n"
        + "\n".join(history),
        "usage": "event_id,Record ID,happened_at,event\n" + "\n".join(usage("70000{:02d}")),
    }


def usage(key: str) -> list[str]:
    return [
        f"e{n}-{day},{key.format(n)},{dt.date(2026, 1, 1) + dt.timedelta(days=day)},login"
        for n in range(COUNT)
        for day in range(0, 180, 3 + n % 9)
    ]


def propose(folder: Path, tables: dict[str, str], entity: str) -> tuple[Model, str]:
    data = folder / "data"
    data.mkdir()
    for name, text in tables.items():
        (data / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    salus.init(folder / "project", source=data, yes=True, entity=entity)
    path = folder / "project" / "salus.yaml"
    return read_model(path), path.read_text(encoding="utf-8")


def test_a_field_of_salesforce_becomes_the_history_of_an_attribute(tmp_path: Path) -> None:
    model, text = propose(tmp_path, salesforce(), "Account")
    history = model.entity.history
    assert history is not None and history.changes is not None
    assert (history.table, history.time) == ("AccountHistory", "CreatedDate")
    changes = history.changes
    assert (changes.field, changes.value, changes.before) == ("Field", "NewValue", "OldValue")
    assert dict(changes.names).items() <= {"OwnerId": "Owner", "Tier__c": "Tier__c"}.items()
    assert dict(changes.names)["OwnerId"] == "Owner"
    assert "# left out: table AccountHistory, changes of `Rating__c`" in text
    assert "as known on each date; where no change is recorded, today's value is used" in text
    assert [
        p for p in salus.open_project(tmp_path / "project").check() if p.severity == "error"
    ] == []


def test_properties_of_hubspot_become_a_history_without_old_values(tmp_path: Path) -> None:
    model, text = propose(tmp_path, hubspot(), "companies")
    history = model.entity.history
    assert history is not None and history.changes is not None
    assert history.changes.before is None
    assert dict(history.changes.names)["Company owner"] == "hubspot_owner_id"
    assert "lifecyclestage" in text.split("version: 1")[0]


def test_a_field_that_gives_other_values_is_left_out(tmp_path: Path) -> None:
    tables = salesforce()
    tables["AccountHistory"] = (
        tables["AccountHistory"].replace("0055B\n", "0055A\n").replace("0055C\n", "0055A\n")
    )
    model, text = propose(tmp_path, tables, "Account")
    history = model.entity.history
    assert history is None or "OwnerId" not in dict(
        history.changes.names if history.changes else ()
    )
    assert "the last change gives today's `OwnerId` for only 8 of 24 accounts" in text


@pytest.mark.parametrize(
    ("field", "column"),
    [("Owner", "OwnerId"), ("Plan__c", "Plan"), ("numberofemployees", "Number of Employees")],
)
def test_names_of_a_field(field: str, column: str) -> None:
    assert _plain(field) == _plain(column)


def copies(
    tables: dict[str, str], *columns: str, odd: bool = False, last: int = 6
) -> dict[str, str]:
    """The tables with a copy of the companies' list on the first of each month; no other history."""
    header, *rows = (line.split(",") for line in tables["companies"].splitlines())
    places = [header.index(name) for name in ("Record ID", *columns)]
    lines = [",".join(("exported_on", "Record ID", *columns))]
    for month in range(1, last + 1):
        for row in rows[: None if month < 6 or not odd else 20]:
            lines.append(",".join((f"2026-{month:02}-01", *(row[place] for place in places))))
    if odd:
        lines.append(lines[-1])
    kept = {name: text for name, text in tables.items() if name != "company_history"}
    return {**kept, "companies_monthly": "\n".join(lines)}


def test_dated_copies_of_the_list_are_a_history(tmp_path: Path) -> None:
    tables = copies(hubspot(), "Company owner", "Company name", "Number of Employees")
    model, text = propose(tmp_path, tables, "companies")
    history = model.entity.history
    assert history is not None and history.changes is None
    assert (history.table, history.time) == ("companies_monthly", "exported_on")
    assert "as in the newest copy on each date; without a value before the first copy" in text
    assert "left out: table companies_monthly" not in text
    project = salus.open_project(tmp_path / "project")
    assert [p for p in project.check() if p.severity == "error"] == []


def test_copies_of_one_column_of_the_list_beside_others_are_a_history(tmp_path: Path) -> None:
    """As the how-to shows them: an owner that the list has, seats and a tier that it doesn't have."""
    tables = copies(hubspot(), "Company owner")
    header, *rows = tables["companies_monthly"].splitlines()
    lines = [f"{header},Seats,Tier", *(f"{row},{n % 40},B" for n, row in enumerate(rows))]
    model, text = propose(tmp_path, {**tables, "companies_monthly": "\n".join(lines)}, "companies")
    history = model.entity.history
    assert history is not None and history.table == "companies_monthly"
    assert "as in the newest copy on each date" in text


@pytest.mark.parametrize(("last", "kept"), [(5, True), (4, False)])
def test_copies_that_stopped_are_no_history(last: int, kept: bool, tmp_path: Path) -> None:
    """The use ends in June: the copy of May is at most two months old then, that of April is older."""
    tables = copies(hubspot(), "Company owner", "Company name", last=last)
    model, text = propose(tmp_path, tables, "companies")
    assert (model.entity.history is not None) == kept
    assert ("the newest copy is of 2026-04-01, too old for values of 2026-06-" in text) != kept


def test_copies_in_which_a_key_stands_twice_on_a_day_are_no_history(tmp_path: Path) -> None:
    tables = copies(hubspot(), "Company owner", "Company name", odd=True)
    model, _ = propose(tmp_path, tables, "companies")
    assert model.entity.history is None


def test_copies_of_what_says_who_is_a_customer_are_no_history(tmp_path: Path) -> None:
    """Before the first copy nobody would be a customer."""
    tables = copies(hubspot(), "Company owner", "Lifecycle Stage", "Company name")
    data = tmp_path / "data"
    data.mkdir()
    for name, table in tables.items():
        (data / f"{name}.csv").write_text(table + "\n", encoding="utf-8")
    condition = "`Lifecycle Stage` = 'Customer'"
    salus.init(tmp_path / "p", source=data, yes=True, entity="companies", where=condition)
    text = (tmp_path / "p" / "salus.yaml").read_text(encoding="utf-8")
    assert read_model(tmp_path / "p" / "salus.yaml").entity.history is None
    assert "`Lifecycle Stage` says who is a customer, also before the first copy" in text
