"""Hand-made import files with known results."""

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
    result = read(
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
    assert (result.reading.read, result.reading.rejected) == (known["rows"], 0)
    assert total(result["Jahreswert (€)"]) == Decimal(known["sum_jahreswert"])
    assert sum(result["Plätze"]) == known["sum_plaetze"]
    assert Counter(result["Aktiv"]) == {True: known["aktiv"], False: known["gekuendigt"]}
    assert sum(day is not None for day in result["Kündigung zum"]) == known["gekuendigt"]
    assert result["Kundennummer"][0] == "000037"
    assert 'sagt: "zu teuer"' in result["Bemerkung"]
    assert "Anruf\nRückruf erbeten" in [
        text and text.replace("\r", "") for text in result["Bemerkung"]
    ]


def test_german_accounts_need_a_locale(messy: Path, tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r"konten_de\.csv: column `Plätze`: .* no other value shows which is meant"
    ):
        read(table_of(messy, "konten_de"), tmp_path, {"Plätze": None})


def test_a_column_that_decides_itself_needs_no_locale(
    messy: Path, expected: dict[str, Any], tmp_path: Path
) -> None:
    result = read(table_of(messy, "konten_de"), tmp_path, {"Jahreswert (€)": None})
    assert total(result["Jahreswert (€)"]) == Decimal(expected["konten_de.csv"]["sum_jahreswert"])


def test_german_invoices(messy: Path, expected: dict[str, Any], tmp_path: Path) -> None:
    known = expected["rechnungen_de.csv"]
    result = read(table_of(messy, "rechnungen_de", GERMAN), tmp_path)
    net = "Betrag netto (€)"
    assert result.reading.read == result.reading.kept == known["rows"]
    sums = {net: "sum_netto", "USt (€)": "sum_ust", "Betrag brutto (€)": "sum_brutto"}
    assert {name: str(total(result[name])) for name in sums} == {
        name: known[key] for name, key in sums.items()
    }
    days = result["Rechnungsdatum"]
    assert (min(days).isoformat(), max(days).isoformat()) == (
        known["first_date"],
        known["last_date"],
    )
    late = [
        paid > due
        for paid, due in zip(result["Bezahlt am"], result["Fällig am"], strict=True)
        if paid
    ]
    assert (len(late), sum(late)) == (known["bezahlt"], known["bezahlt_verspaetet"])
    for status, wanted in known["by_status"].items():
        amounts = [a for a, s in zip(result[net], result["Status"], strict=True) if s == status]
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
    """90 of the 100 broken rows are rejected; the 10 without a key are kept, as facts of no entity."""
    known = expected["broken_rows.csv"]
    lines = known["line_numbers"]
    result = read(table_of(messy, "broken_rows"), tmp_path, uses)
    rejected = sorted(
        line for kind, numbers in lines.items() if kind != "empty_account_id" for line in numbers
    )
    assert result.lines == rejected
    keyless = result["account_id"].count(None)
    assert keyless == known["counts"]["empty_account_id"]
    assert result.reading.rejected + keyless == known["broken"]
    assert result.reading.kept - keyless == known["good"]
    good = [
        a for a, key in zip(result["amount"], result["account_id"], strict=True) if key is not None
    ]
    assert total(good) == Decimal(known["good_amount_sum"])


def test_broken_rows_say_why(messy: Path, expected: dict[str, Any], tmp_path: Path) -> None:
    lines = expected["broken_rows.csv"]["line_numbers"]
    result = read(table_of(messy, "broken_rows"), tmp_path, BROKEN)
    why = dict(zip(result.lines, result.reasons, strict=True))
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
    result = read(
        table_of(messy, "utf16le_bom"),
        tmp_path,
        {"account_id": "text", "name": None, "seats": None, "mrr": None},
    )
    assert (result.reading.kept, sum(result["seats"])) == (known["rows"], known["sum_seats"])
    assert total(result["mrr"]) == Decimal(known["sum_mrr"])
    assert len(set(result["name"])) == known["distinct_names"]
    assert result["account_id"][:2] == ["0000", "0001"]


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
    result = read(table_of(messy, "formula_cells"), tmp_path)
    assert total(result["change"]) == Decimal(known["sum_change"])
    assert {"=1+1", "\t=1+1", " =1+1", "@handle", "-"} <= set(result["name"])


def test_duplicate_headers_are_refused_with_the_list(messy: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read(
            table_of(messy, "duplicate_headers"),
            tmp_path,
            {"account_id": "text", "amount": "number", "name": None},
        )
    text = str(caught.value)
    assert "`amount` (column 2), `amount` (column 3), `amount` (column 10)" in text
    assert "`Name` (column 4), `name` (column 5)" in text


def test_repeated_names_that_the_model_does_not_use_do_not_matter(
    messy: Path, tmp_path: Path
) -> None:
    result = read(table_of(messy, "duplicate_headers"), tmp_path, {"account_id": "text"})
    assert result["account_id"][:2] == ["a1", "a2"]
    assert any("amount, Name, seats" in note for note in result.reading.notes)
    assert result.reading.unnamed == (6, 9)


def test_an_empty_file_is_a_problem(messy: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the file is empty"):
        read(table_of(messy, "empty"), tmp_path, {"account_id": "text"})


def test_a_header_without_rows(messy: Path, tmp_path: Path) -> None:
    uses: Any = {"account_id": "text", "event_date": "time", "measure": None, "amount": "number"}
    result = read(table_of(messy, "header_only"), tmp_path, uses)
    assert (result.reading.read, result.table.column_names) == (0, list(uses))
    assert (result.type("event_date"), result.type("amount")) == ("date32[day]", "double")


@pytest.mark.parametrize(
    ("use", "too_large"), [("number", [6, 7, 8, 14, 15, 16]), (None, [6, 7, 8, 15, 16])]
)
def test_extreme_numbers(
    messy: Path, expected: dict[str, Any], tmp_path: Path, use: Any, too_large: list[int]
) -> None:
    """A number that is too large rejects its own row."""
    known = expected["extreme_numbers.csv"]["row_ids_by_kind"]
    result = read(table_of(messy, "extreme_numbers"), tmp_path, {"row_id": None, "amount": use})
    amounts = dict(zip(result["row_id"], result["amount"], strict=True))
    assert [int(row["raw"].split(",")[0]) for row in result.rejected] == sorted(
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
    result = read(
        table_of(messy, "duplicate_keys"), tmp_path, {"event_id": "text", "logins": "number"}
    )
    assert (result.reading.kept, len(set(result["event_id"]))) == (
        known["rows"],
        known["distinct_event_ids_exact_text"],
    )
    assert sum(result["logins"]) == known["sum_logins_all_rows"]


def test_time_zones(messy: Path, tmp_path: Path) -> None:
    """Each expected result in `timezones_expected.csv`: a time, one of two times, or none. Then the
    row is rejected or a note says so.
    """
    file = table_of(messy, "timezones", FileSettings(timezone_column="tz_name"))
    result = read(file, tmp_path, {"event_id": "text", "ts_raw": "time"})
    got = dict(zip(result["event_id"], result["ts_raw"], strict=True))
    with (messy / "timezones_expected.csv").open(encoding="utf-8") as answers:
        for row in csv.DictReader(answers):
            if row["utc"]:
                first = row["utc"].split("|")[0].replace(".123456789", "")
                assert got[row["event_id"]].strftime("%Y-%m-%dT%H:%M:%SZ") == first, row
    assert sorted(set(range(2, 262)) - {int(event[1:]) + 1 for event in got}) == result.lines
    kinds = " ".join(result.reasons)
    for word in (
        "doesn't exist in Europe/Berlin",
        "doesn't exist in America/New_York",
        "leap second",
        "'2023-02-29T00:00:00Z' isn't a valid time",
        "'Mars/Olympus' isn't a valid time zone",
    ):
        assert word in kinds
    assert "read in the zone of column tz_name, else Europe/Berlin" in result.reading.notes[0]
    assert (
        "times that occurred twice as the clocks went back: 2; the earlier one is used"
        in result.reading.notes[1]
    )


@pytest.mark.parametrize("sign", ["\x01", "\x02", "\x1b", "\ufdd0", "\x7f"])
def test_control_characters_bypass_nothing(tmp_path: Path, sign: str) -> None:
    """`1.200` is a problem without a locale. With an invisible character before it, it isn't a
    number, and never 1.2.
    """
    result = read_text(
        tmp_path, f"id;n\na;{sign}1.200\n" + "b;7,25\n" * 20, {"id": "text", "n": "number"}
    )
    assert result.lines == [2] and result["n"] == [7.25] * 20
    with pytest.raises(DataError, match="in one country"):
        read_text(tmp_path, f"id;n\na;1.200\nb;{sign}7\nc;5\n", {"id": "text", "n": "number"})
