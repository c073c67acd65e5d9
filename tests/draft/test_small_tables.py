"""What drafts infer from small tables: keys, dates, and columns that never enter a score."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from salus import open_project
from salus.draft import Draft, open_folder, write_draft
from salus.draft.dictionary import find_roles
from salus.errors import DataError
from salus.model.model import Model
from salus.model.read import read_text
from salus.verbs.init.init import init

TODAY = dt.date(2026, 10, 1)
EVENTS = "{key},{user},{at}\n" + "".join(
    f"A{n % 7},U{n % 11},2026-0{1 + n % 3}-{1 + n % 28:02}\n" for n in range(200)
)


def folder(path: Path, **texts: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in texts.items():
        (path / f"{name}.csv").write_bytes(text.encode("utf-8"))
    return path


def draft_tables(tmp_path: Path, **texts: str) -> Draft:
    opened = open_folder(folder(tmp_path / "tables", **texts), tmp_path / "scratch")
    try:
        return write_draft(opened.connection, "try", TODAY, skip=opened.skip)
    finally:
        opened.connection.close()


def model(draft: Draft) -> Model:
    return read_text(draft.text)


def accounts(extra: str, value: object, *, count: int = 40) -> str:
    """A table of accounts with a column that can be scored, `tenure`, and another one."""
    value_of = value if callable(value) else lambda n: value
    return f"account_id,tenure,{extra}\n" + "".join(
        f"A{n},{n * 2},{value_of(n)}\n" for n in range(count)
    )


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("CustomerID", "entity"),
        ("Kunden-Nr.", "entity"),
        ("KUNDENNUMMER", "entity"),
        ("kundenummer", "entity"),
        ("Debitor", "entity"),
        ("account_id", "entity"),
        ("Organization ID", "entity"),
        ("Stückpreis", "price"),
        ("Stueckpreis", "price"),
        ("UnitPrice", "price"),
        ("Empfangen am", "recorded"),
        ("received_ts", "recorded"),
        ("modtaget", "recorded"),
        ("Fällig am", "due"),
        ("due_on", "due"),
        ("Abwanderung", "label_of_outcome"),
        ("churn_flag", "label_of_outcome"),
        ("is_churned", "label_of_outcome"),
        ("E-Mail", "personal"),
        ("Vorname", "personal"),
        ("Geburtsdatum", "personal"),
        ("fødselsdato", "personal"),
        ("Gehalt", "income"),
        ("Køn", "trait"),
    ],
)
def test_headers_in_three_languages(header: str, role: str) -> None:
    assert find_roles(header)[0] == role


def test_an_unknown_header_has_no_role() -> None:
    assert find_roles("xyzzy") == ()


@pytest.mark.parametrize(
    "header",
    ["account_id", "Kundennummer", "Konto-ID", "kunde id", "Debitor", "custmer_id", "org_id"],
)
def test_the_key_is_chosen_by_its_header(tmp_path: Path, header: str) -> None:
    draft = draft_tables(tmp_path, events=EVENTS.format(key=header, user="xyzzy", at="ts"))
    assert model(draft).entity.key == header


def test_a_column_of_repeated_ids_can_be_the_key(tmp_path: Path) -> None:
    draft = draft_tables(tmp_path, events=EVENTS.format(key="frobnitz_id", user="xyzzy", at="ts"))
    assert model(draft).entity.key == "frobnitz_id"
    assert "because its ids repeat" in draft.guessed[0]


def test_without_a_customer_the_users_are_scored(tmp_path: Path) -> None:
    draft = draft_tables(
        tmp_path,
        events="user_id,at\n" + "".join(f"U{n % 9},2026-01-{1 + n % 28:02}\n" for n in range(99)),
    )
    assert (model(draft).entity.key, model(draft).entity.name) == ("user_id", "user")


def test_the_key_can_have_another_name_in_another_table(tmp_path: Path) -> None:
    draft = draft_tables(
        tmp_path,
        accounts="id,signup_date,company name\n"
        + "".join(f"A{n},2025-01-01,Firm {n}\n" for n in range(7)),
        events=EVENTS.format(key="account_id", user="user_id", at="at"),
    )
    entity = model(draft).entity
    assert (entity.table, entity.key, entity.label, entity.starts) == (
        "accounts",
        "id",
        "company name",
        "signup_date",
    )
    assert model(draft).sources["use"].key == "account_id"


def test_an_entity_table_that_lacks_most_keys_is_not_the_population(tmp_path: Path) -> None:
    draft = draft_tables(
        tmp_path,
        accounts="account_id,tenure\nA1,5\nA2,6\n",
        events=EVENTS.format(key="account_id", user="user_id", at="at"),
    )
    assert model(draft).entity.table is None
    assert any("71% of the keys" in note for note in draft.left_out)


def test_a_key_in_another_table_is_looked_up(tmp_path: Path) -> None:
    seats = "seat_id,account_id\n" + "".join(f"S{n},A{n % 7}\n" for n in range(14))
    use = "seat_id,used_on\n" + "".join(
        f"S{n % 14},2026-0{1 + n % 3}-{1 + n % 28:02}\n" for n in range(200)
    )
    source = model(draft_tables(tmp_path, seats=seats, use=use)).sources["use"]
    assert source.lookup is not None
    assert (source.lookup.table, source.lookup.on, source.key) == ("seats", "seat_id", "account_id")


@pytest.mark.parametrize(
    "header",
    [
        "Churn",
        "churned",
        "ChurnLabel",
        "Kündigung",
        "abgewandert",
        "frafald",
        "Attrition_Flag",
        "Exited",
    ],
)
@pytest.mark.parametrize("values", ["flag", "score"])
def test_who_left_is_never_a_measure(tmp_path: Path, header: str, values: str) -> None:
    value = (lambda n: "yes" if n % 3 else "no") if values == "flag" else (lambda n: n * 7 % 100)
    draft = draft_tables(tmp_path, accounts=accounts(header, value))
    assert header not in model(draft).entity.columns
    flags = [outcome.flag for outcome in model(draft).outcomes]
    assert flags == ([header] if values == "flag" else [])
    assert flags or any(f"`{header}`: says who left" in note for note in draft.left_out)


def test_who_left_and_when_is_an_outcome(tmp_path: Path) -> None:
    draft = draft_tables(
        tmp_path,
        churn_events="account_id,churn_date,reason\nA1,2026-02-03,price\nA2,2026-03-01,price\n",
        events=EVENTS.format(key="account_id", user="user_id", at="at"),
    )
    (outcome,) = model(draft).outcomes
    assert (outcome.name, outcome.table, outcome.time) == ("churned", "churn_events", "churn_date")
    assert "churn_events" not in {source.table for source in model(draft).sources.values()}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("email", "a@b.example"),
        ("xyzzy", "someone@firm.example"),
        ("phone", "+49 30 1234567"),
        ("first_name", "Alice"),
        ("Nachname", "Bob"),
        ("birth_date", "1980-01-01"),
        ("Geburtsdatum", "01.01.1980"),
        ("salary", 50000),
        ("Gehalt", 50000),
        ("gender", "f"),
        ("age", 44),
        ("IBAN", "DE00 1234"),
    ],
)
def test_personal_data_is_never_used(tmp_path: Path, header: str, value: object) -> None:
    draft = draft_tables(
        tmp_path,
        accounts=accounts(
            header,
            lambda n: (
                value if n % 2 else str(value)[::-1] if "@" not in str(value) else f"{n}{value}"
            ),
        ),
    )
    assert header not in model(draft).entity.columns
    assert header not in "".join(
        line for line in draft.text.splitlines() if not line.startswith("#")
    )


def test_money_is_shown_and_not_scored(tmp_path: Path) -> None:
    draft = model(draft_tables(tmp_path, accounts=accounts("MonthlyCharges", lambda n: n * 3.5)))
    assert draft.entity.value == "MonthlyCharges"
    assert [measure.name for measure in draft.measures] == ["time_together"]


def test_invoices_read_from_due_to_paid(tmp_path: Path) -> None:
    rows = [
        f"R{n};K{n % 9};{1 + n % 28:02}.01.2026;{1 + n % 28:02}.02.2026;{'' if n % 5 == 0 else f'{1 + n % 28:02}.03.2026'};{100 + n},50"
        for n in range(90)
    ]
    draft = model(
        draft_tables(
            tmp_path,
            rechnungen="\n".join(
                ["Rechnungsnr.;Kundennummer;Rechnungsdatum;Fällig am;Bezahlt am;Betrag", *rows]
            ),
        )
    )
    assert (draft.sources["invoices"].time, draft.sources["invoices"].until) == (
        "Fällig am",
        "Bezahlt am",
    )
    assert {"days_beyond_terms", "overdue_share"} <= {measure.name for measure in draft.measures}
    assert [cap.at_most for cap in draft.caps] == [40]


def test_an_ambiguous_number_follows_the_other_columns(tmp_path: Path) -> None:
    rows = "".join(f"K{n % 9};{1 + n % 28:02}.01.2026;{1 + n % 8}.200\n" for n in range(90))
    source = folder(tmp_path / "tables", umsatz="Kundennummer;Datum;Umsatz\n" + rows)
    created = init(tmp_path / "p", source=str(source))
    assert any('umsatz.csv: locale = "de"' in note for note in created.guessed)
    assert open_project(tmp_path / "p").settings.files["umsatz.csv"].locale == "de"
    scores = open_project(tmp_path / "p").score(keep=False)
    assert len(scores) == 9
    value = next(
        line
        for line in open_project(tmp_path / "p").explain("K0").as_dict()["measures"]
        if line["name"] == "monetary_value"
    )
    assert value["value"] > 10_000


def test_a_file_that_cannot_be_read_is_left_out_with_a_note(tmp_path: Path) -> None:
    events = EVENTS.format(key="account_id", user="user_id", at="at")
    source = folder(tmp_path / "tables", events=events, twice="account_id,a,a\nA1,1,2\n", empty="")
    created = init(tmp_path / "p", source=str(source))
    assert any(note.startswith("table empty:") for note in created.left_out)
    assert len(open_project(tmp_path / "p").score(keep=False)) == 7


def test_hostile_headers_stay_text(tmp_path: Path) -> None:
    evil = 'x"}: {y'
    table = f'account_id,at,"{evil.replace(chr(34), chr(34) * 2)}","a\nname: b"\n'
    rows = "".join(f"A{n % 5},2026-01-{1 + n % 28:02},{n},{n}\n" for n in range(60))
    assert model(draft_tables(tmp_path, events=table + rows)).name == "try"


def test_dates_stored_as_text_are_named(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (tmp_path / "tables").mkdir()
    pq.write_table(
        pa.table({"account_id": ["A", "B"] * 5, "opened": ["29/2/2016 01:16"] * 10}),
        tmp_path / "tables" / "t.parquet",
    )
    with pytest.raises(DataError, match="`opened`: dates stored as text"):
        init(tmp_path / "p", source=str(tmp_path / "tables"))


def test_shuffled_rows_change_nothing(tmp_path: Path) -> None:
    text = EVENTS.format(key="account_id", user="user_id", at="at")
    head, *rows = text.strip().split("\n")
    first = draft_tables(tmp_path, events=text)
    (tmp_path / "other").mkdir()
    assert (
        draft_tables(tmp_path / "other", events="\n".join([head, *reversed(rows)])).text
        == first.text
    )


@pytest.mark.parametrize("value", ["50", "0", "-5", "2.5", ""])
@pytest.mark.parametrize(
    "columns",
    [
        "amount",
        "quantity",
        "unit_price",
        "quantity,unit_price",
        "score",
        "due_date,amount",
        "priority,amount",
        "started_on,mrr",
        "duration",
    ],
)
def test_columns_that_never_vary_draft_a_model_that_scores(
    tmp_path: Path, columns: str, value: str
) -> None:
    """Constant or empty amounts give a model and no traceback, whatever kind of table it is."""
    rows = "".join(
        f"R{n},A{n % 40},2026-0{1 + n % 3}-{1 + n % 28:02},"
        + ",".join(
            "2026-04-01"
            if name.endswith(("_date", "_on"))
            else "high"
            if name == "priority"
            else value
            for name in columns.split(",")
        )
        + "\n"
        for n in range(300)
    )
    draft = draft_tables(
        tmp_path,
        accounts=accounts("seats", lambda n: n * 3),
        rows=f"row_id,account_id,on,{columns}\n{rows}",
    )
    assert model(draft).measures


@pytest.mark.parametrize("codes", ["EUR", "EUR DKK"])
def test_a_value_in_several_currencies_is_left_out(tmp_path: Path, codes: str) -> None:
    """Such amounts can't be added up, nor compared."""
    several = codes.split()
    people = accounts("arr,currency", lambda n: f"{100 + n},{several[n % len(several)]}")
    orders = "order_id,account_id,order_date,amount,currency\n" + "".join(
        f"O{n},A{n % 40},2026-0{1 + n % 8}-{1 + n % 28:02},{20 + n % 9},{several[n % 40 % len(several)]}\n"
        for n in range(600)
    )
    draft = draft_tables(tmp_path, accounts=people, orders=orders)
    notes = [note for note in draft.left_out if "several currencies" in note]
    measured = any(each.name.startswith("monetary_value") for each in model(draft).measures)
    assert len(notes) == (2 if len(several) == 2 else 0)
    assert measured is (len(several) == 1)
    assert (model(draft).entity.value is None) is (len(several) == 2)
