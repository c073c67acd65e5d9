"""Recognises tables about employees, which Salus doesn't score.

A single word proves nothing: a list of companies also has a number of employees. Several headers of
personnel files in a table without customers do.
"""

from __future__ import annotations

from collections.abc import Iterable

from salus.draft.headers import fold, normalise
from salus.draft.profile import TableProfile
from salus.errors import DataError

FEWEST = 2  # headers about employment
_WORDS = """employee, employees, absence, absences, absenteeism, sick leave, sick days, payroll, job role, job title, job level,
    job satisfaction, job involvement, hire date, date of hire, hired on, hired at, overtime, over time, disciplinary, department head,
    years at company, years in current role, years with curr manager, years since last promotion, performance rating, last promotion,
    salary, hourly rate, daily rate, monthly income, education field, standard hours, staff id, staff number, worker id, personnel number,
    mitarbeiter, mitarbeiterin, mitarbeiternummer, arbeitnehmer, beschäftigte, personalnummer, fehlzeit, fehlzeiten, fehltage, krankheitstage,
    kranktage, abwesenheit, einstellungsdatum, eingestellt am, gehalt, gehaltsgruppe, überstunden, abmahnung, stellenbezeichnung,
    medarbejder, medarbejdernummer, medarbejder nr, fravær, sygedage, sygefravær, ansat, ansættelsesdato, ansat den, løn, lønnummer,
    overarbejde, stillingsbetegnelse"""
_COUNTS = (
    "number",
    "count",
    "no",
    "nr",
    "num",
    "total",
    "anzahl",
    "zahl",
    "antal",
    "size",
    "range",
)


def is_about_employment(header: str) -> bool:
    """Whether a header belongs to the file of an employee.

    >>> is_about_employment("Absenteeism time in hours"), is_about_employment("Krankheitstage")
    (True, True)
    >>> is_about_employment("NumberOfEmployees"), is_about_employment("Anzahl Mitarbeiter")
    (False, False)
    """
    words = normalise(header).split()
    if any(word in _COUNTS for word in words) and not {"id", "key"} & set(words):
        return False
    text = f" {' '.join(fold(word) for word in words)} "
    return fold(header) in _folded() or any(f" {part} " in text for part in _parts())


def _folded() -> frozenset[str]:
    return frozenset(fold(word) for word in _WORDS.split(","))


def _parts() -> tuple[str, ...]:
    return tuple(" ".join(map(fold, normalise(word).split())) for word in _WORDS.split(","))


def refuse_employees(tables: Iterable[TableProfile]) -> None:
    """Raise DataError if the tables are about employees and none of them names a customer."""
    personnel = []
    for table in tables:
        if any(column.may_have_role("entity") for column in table.columns):
            return
        headers = [column.name for column in table.columns if is_about_employment(column.name)]
        if len(headers) >= FEWEST:
            personnel.append((table.name, headers))
    if personnel:
        name, headers = personnel[0]
        examples = ", ".join(f"`{header}`" for header in headers[:3])
        raise DataError(
            f"table {name} is about employees ({examples}), and Salus doesn't score employees",
            "choose a folder whose rows are about customers",
        )
