"""Employees are recognised and never scored."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.errors import DataError
from salus.verbs.init.init import init
from tests.draft.test_small_tables import accounts, draft_tables, folder


@pytest.mark.parametrize(
    "head",
    [
        "EmployeeNumber,JobRole,OverTime",
        "ID,Reason for absence,Absenteeism time in hours",
        "Personalnummer,Abteilung,Krankheitstage",
        "medarbejder_id,sygedage,afdeling",
    ],
)
def test_tables_about_employees_are_refused(tmp_path: Path, head: str) -> None:
    rows = "".join(f"{n},{n % 3},{n % 5}\n" for n in range(50))
    source = folder(tmp_path / "tables", staff=f"{head}\n{rows}")
    with pytest.raises(DataError, match=r"about employees .*doesn't score employees"):
        init(tmp_path / "p", source=str(source))
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize("header", ["NumberOfEmployees", "employee_count", "Anzahl Mitarbeiter"])
def test_customers_with_employees_are_customers(tmp_path: Path, header: str) -> None:
    assert draft_tables(tmp_path, accounts=accounts(header, lambda n: n)).text


def test_absences_of_real_employees_are_refused(shared: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="about employees"):
        init(tmp_path / "p", source=str(shared / "data" / "absenteeism_uci"))
