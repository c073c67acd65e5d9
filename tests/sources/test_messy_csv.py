"""The hand-made import files with known answers, one by one."""

from __future__ import annotations

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salus.errors import DataError
from salus.sources.files import FileSettings

from .reading import read, read_text, table_of

GERMAN = FileSettings(locale="de")


@pytest.fixture(scope="module")
def messy(shared: Path) -> Path:
    return shared / "data" / "messy_csv"


@pytest.fixture(scope="module")
def expected(messy: Path) -> dict[str, Any]:
    return json.loads((messy / "expected.json").read_text(encoding="utf-8"))


def total(values: list[float | None]) -> Decimal:
    return sum((Decimal(repr(value)) for value in values if value is not None), Decimal(0))


def test_german_accounts(messy: Path, expected: dict[str, Any], tmp_path: Path) -> None:
    known = expected["konten_de.csv"]
    found = read(
        table_of(messy, "konten_de", GERMAN),
        tmp_path,
        {
            "Kundennummer": "text",
            "Plätze": None,
            "Jahreswert (€)": "number",
            "Aktiv": None,
            "Kündigung zum": "time",
            "Bemerkung": None,
        },
    )
    assert (found.reading.read, found.reading.rejected) == (known["rows"], 0)
    assert total(found["Jahreswert (€)"]) == Decimal(known["sum_jahreswert"])
    assert sum(found["Plätze"]) == known["sum_plaetze"]
    assert Counter(found["Aktiv"]) == {True: known["aktiv"], False: known["gekuendigt"]}
    assert sum(day is not None for day in found["Kündigung zum"]) == known["gekuendigt"]
    assert found["Kundennummer"][0] == "000037"
    assert 'sagt: "zu teuer"' in found["Bemerkung"]
    assert "Anruf\nRückruf erbeten" in [
        text and text.replace("\r", "") for text in found["Bemerkung"]
    ]


def test_german_accounts_need_a_locale(messy: Path, tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r"konten_de\.csv: column `Plätze`: .* no other value shows which is meant"
    ):
        read(table_of(messy, "konten_de"), tmp_path, {"Plätze": None})


def test_a_column_that_decides_itself_needs_no_locale(
    messy: Path, expected: dict[str, Any], tmp_path: Path
) -> None:
    found = read(table_of(messy, "konten_de"), tmp_path, {"Jahreswert (€)": None})
    assert total(found["Jahreswert (€)"]) == Decimal(expected["konten_de.csv"]["sum_jahreswert"])


def test_german_invoices(messy: Path, expected: dict[str, Any], tmp_path: Path) -> None:
    known = expected["rechnungen_de.csv"]
    found = read(table_of(messy, "rechnungen_de", GERMAN), tmp_path)
    net = "Betrag netto (€)"
    assert found.reading.read == found.reading.kept == known["rows"]
    sums = {net: "sum_netto", "USt (€)": "sum_ust", "Betrag brutto (€)": "sum_brutto"}
    assert {name: str(total(found[name])) for name in sums} == {
        name: known[key] for name, key in sums.items()
    }
    days = found["Rechnungsdatum"]
    assert (min(days).isoformat(), max(days).isoformat()) == (
        known["first_date"],
        known["last_date"],
    )
    late = [
        paid > due
        for paid, due in zip(found["Bezahlt am"], found["Fällig am"], strict=True)
        if paid
    ]
    assert (len(late), sum(late)) == (known["bezahlt"], known["bezahlt_verspaetet"])
    for status, wanted in known["by_status"].items():
        amounts = [a for a, s in zip(found[net], found["Status"], strict=True) if s == status]
        assert (len(amounts), str(total(amounts))) == (wanted["n"], wanted["netto"])


BROKEN = {
    "event_id": "text",
    "account_id": "text",
    "event_date": "time",
    "measure": None,
    "amount": "number",
}


@pytest.mark.parametrize("uses", [BROKEN, dict.fromkeys(BROKEN)], ids=["used", "by the values"])
def test_broken_rows(messy: Path, expected: dict[str, Any], tmp_path: Path, uses: Any) -> None:
    """90 of the 100 broken rows are rejected; the 10 without a key are kept as facts that belong to
    nobody.
    """
    known = expected["broken_rows.csv"]
    lines = known["line_numbers"]
    found = read(table_of(messy, "broken_rows"), tmp_path, uses)
    rejected = sorted(
        line for kind, several in lines.items() if kind != "empty_account_id" for line in several
    )
    assert found.lines == rejected
    keyless = found["account_id"].count(None)
    assert keyless == known["counts"]["empty_account_id"]
    assert found.reading.rejected + keyless == known["broken"]
    assert found.reading.kept - keyless == known["good"]
    good = [
        a for a, key in zip(found["amount"], found["account_id"], strict=True) if key is not None
    ]
    assert total(good) == Decimal(known["good_amount_sum"])


def test_broken_rows_say_why(messy: Path, expected: dict[str, Any], tmp_path: Path) -> None:
    lines = expected["broken_rows.csv"]["line_numbers"]
    found = read(table_of(messy, "broken_rows"), tmp_path, BROKEN)
    why = dict(zip(found.lines, found.reasons, strict=True))
    words = {
        "amount_not_a_number": "isn't a valid number",
        "impossible_date": "isn't a valid date",
        "invalid_utf8": "not valid utf-8",
        "too_few_fields": "instead of 5",
        "too_many_fields": "instead of 5",
    }
    assert all(text in why[line] for kind, text in words.items() for line in lines[kind])


def test_utf16_with_tabs(messy: Path, expected: dict[str, Any], tmp_path: Path) -> None:
    known = expected["utf16le_bom.csv"]
    found = read(
        table_of(messy, "utf16le_bom"),
        tmp_path,
        {"account_id": "text", "name": None, "seats": None, "mrr": None},
    )
    assert (found.reading.kept, sum(found["seats"])) == (known["rows"], known["sum_seats"])
    assert total(found["mrr"]) == Decimal(known["sum_mrr"])
    assert len(set(found["name"])) == known["distinct_names"]
    assert found["account_id"][:2] == ["0000", "0001"]


def test_two_sheets(messy: Path, expected: dict[str, Any], tmp_path: Path) -> None:
    known = expected["two_sheets.xlsx"]
    accounts = read(
        table_of(messy, "two_sheets.Konten"),
        tmp_path,
        {"account_id": "text", "signup": "time", "seats": None, "mrr": None, "arr": None},
    )
    assert (accounts.reading.kept, sum(accounts["seats"])) == (50, known["Konten"]["sum_seats"])
    assert round(total(accounts["mrr"]), 2) == Decimal(known["Konten"]["sum_mrr"])
    assert accounts.type("signup") == "date32[day]"
    assert all(
        abs(a - 12 * m) < 1e-6 for a, m in zip(accounts["arr"], accounts["mrr"], strict=True)
    )
    use = read(table_of(messy, "two_sheets.Nutzung 2024"), tmp_path)
    assert use.reading.kept == known["Nutzung 2024"]["rows"]
    assert (sum(use["logins"]), sum(use["minutes"])) == (
        known["Nutzung 2024"]["sum_logins"],
        known["Nutzung 2024"]["sum_minutes"],
    )


def test_formula_cells_are_kept_as_text(
    messy: Path, expected: dict[str, Any], tmp_path: Path
) -> None:
    known = expected["formula_cells.csv"]
    found = read(table_of(messy, "formula_cells"), tmp_path)
    assert total(found["change"]) == Decimal(known["sum_change"])
    assert {"=1+1", "\t=1+1", " =1+1", "@handle", "-"} <= set(found["name"])


def test_duplicate_headers_are_refused_with_the_list(messy: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError) as told:
        read(
            table_of(messy, "duplicate_headers"),
            tmp_path,
            {"account_id": "text", "amount": "number", "name": None},
        )
    text = str(told.value)
    assert "`amount` (column 2), `amount` (column 3), `amount` (column 10)" in text
    assert "`Name` (column 4), `name` (column 5)" in text


def test_duplicate_headers_that_nobody_names_do_not_matter(messy: Path, tmp_path: Path) -> None:
    found = read(table_of(messy, "duplicate_headers"), tmp_path, {"account_id": "text"})
    assert found["account_id"][:2] == ["a1", "a2"]
    assert any("amount, Name, seats" in note for note in found.reading.notes)
    assert found.reading.unnamed == (6, 9)


def test_an_empty_file_is_a_problem(messy: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the file is empty"):
        read(table_of(messy, "empty"), tmp_path, {"account_id": "text"})


def test_a_header_without_rows(messy: Path, tmp_path: Path) -> None:
    uses: Any = {"account_id": "text", "event_date": "time", "measure": None, "amount": "number"}
    found = read(table_of(messy, "header_only"), tmp_path, uses)
    assert (found.reading.read, found.table.column_names) == (0, list(uses))
    assert (found.type("event_date"), found.type("amount")) == ("date32[day]", "double")


@pytest.mark.parametrize(
    ("use", "too_large"), [("number", [6, 7, 8, 14, 15, 16]), (None, [6, 7, 8, 15, 16])]
)
def test_extreme_numbers(
    messy: Path, expected: dict[str, Any], tmp_path: Path, use: Any, too_large: list[int]
) -> None:
    """What is too large to be counted costs its own row."""
    known = expected["extreme_numbers.csv"]["row_ids_by_kind"]
    found = read(table_of(messy, "extreme_numbers"), tmp_path, {"row_id": None, "amount": use})
    amounts = dict(zip(found["row_id"], found["amount"], strict=True))
    assert [int(row["raw"].split(",")[0]) for row in found.rejected] == sorted(
        [*too_large, *known["text"]]
    )
    assert all(amounts[row] is None for row in known["missing"])
    assert all(amounts[row] != amounts[row] for row in known["not_a_number"])
    assert all(abs(amounts[row]) == float("inf") for row in known["infinite"])
    assert set(known["overflow"]) <= set(too_large)
    assert amounts[13] == -999999999999.99
    assert (
        sum(amounts[row] for row in range(31, 101))
        == expected["extreme_numbers.csv"]["ordinary_sum"]
    )


def test_ids_differ_in_case_and_blanks(
    messy: Path, expected: dict[str, Any], tmp_path: Path
) -> None:
    known = expected["duplicate_keys.csv"]
    found = read(
        table_of(messy, "duplicate_keys"), tmp_path, {"event_id": "text", "logins": "number"}
    )
    assert (found.reading.kept, len(set(found["event_id"]))) == (
        known["rows"],
        known["distinct_event_ids_exact_text"],
    )
    assert sum(found["logins"]) == known["sum_logins_all_rows"]


def test_time_zones(messy: Path, tmp_path: Path) -> None:
    """Each answer of `timezones_expected.csv`: a time; one of two; or none, which is rejected or
    told in the notes.
    """
    file = table_of(messy, "timezones", FileSettings(timezone_column="tz_name"))
    found = read(file, tmp_path, {"event_id": "text", "ts_raw": "time"})
    got = dict(zip(found["event_id"], found["ts_raw"], strict=True))
    with (messy / "timezones_expected.csv").open(encoding="utf-8") as answers:
        for row in csv.DictReader(answers):
            if row["utc"]:
                first = row["utc"].split("|")[0].replace(".123456789", "")
                assert got[row["event_id"]].strftime("%Y-%m-%dT%H:%M:%SZ") == first, row
    assert sorted(set(range(2, 262)) - {int(event[1:]) + 1 for event in got}) == found.lines
    kinds = " ".join(found.reasons)
    for word in (
        "doesn't exist in Europe/Berlin",
        "doesn't exist in America/New_York",
        "leap second",
        "'2023-02-29T00:00:00Z' isn't a valid time",
        "'Mars/Olympus' isn't a valid time zone",
    ):
        assert word in kinds
    assert "read in the zone of column tz_name, else Europe/Berlin" in found.reading.notes[0]
    assert (
        "times that occurred twice as the clocks went back: 2; the earlier one is used"
        in found.reading.notes[1]
    )


@pytest.mark.parametrize("sign", ["\x01", "\x02", "\x1b", "\ufdd0", "\x7f"])
def test_control_characters_bypass_nothing(tmp_path: Path, sign: str) -> None:
    """`1.200` is a problem without a locale; a sign before it that nobody sees makes it no number,
    and never 1.2.
    """
    found = read_text(
        tmp_path, f"id;n\na;{sign}1.200\n" + "b;7,25\n" * 20, {"id": "text", "n": "number"}
    )
    assert found.lines == [2] and found["n"] == [7.25] * 20
    with pytest.raises(DataError, match="in one country"):
        read_text(tmp_path, f"id;n\na;1.200\nb;{sign}7\nc;5\n", {"id": "text", "n": "number"})
