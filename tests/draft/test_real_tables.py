"""Drafts of three real tables and of German, shuffled and shortened copies score without edits."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from salus import open_project

from .summary import NO_DATE, by_entity, init_and_score, rename, summary, write

GOLDEN = Path(__file__).parent / "golden"
REWRITE = "SALUS_REWRITE_GOLDEN"  # set it to update the files, then read the difference

RETAIL = {
    "InvoiceNo": "Rechnungsnummer",
    "StockCode": "Artikelnummer",
    "Description": "Bezeichnung",
    "Quantity": "Menge",
    "InvoiceDate": "Rechnungsdatum",
    "UnitPrice": "Einzelpreis",
    "CustomerID": "Kundennummer",
    "Country": "Land",
}
EVENTS = {
    "event_ts": "Ereigniszeitpunkt",
    "received_ts": "Empfangen_am",
    "product": "Produkt",
    "account_id": "Konto_ID",
    "user_id": "Benutzer_ID",
    "is_revert": "ist_Rücknahme",
    "is_bugfix": "ist_Fehlerbehebung",
    "is_feature": "ist_Funktion",
}
TELCO = {
    "customerID": "Kundennummer",
    "gender": "Geschlecht",
    "SeniorCitizen": "Rentner",
    "Partner": "Partner",
    "Dependents": "Angehörige",
    "tenure": "Vertragsdauer",
    "PhoneService": "Telefondienst",
    "MultipleLines": "MehrereAnschlüsse",
    "InternetService": "Internet",
    "OnlineSecurity": "Sicherheit",
    "OnlineBackup": "Sicherung",
    "DeviceProtection": "Geräteschutz",
    "TechSupport": "Hilfe",
    "StreamingTV": "Fernsehen",
    "StreamingMovies": "Filme",
    "Contract": "Vertrag",
    "PaperlessBilling": "PapierloseRechnung",
    "PaymentMethod": "Zahlungsart",
    "MonthlyCharges": "Monatliche Kosten",
    "TotalCharges": "Gesamtkosten",
    "Churn": "Kündigung",
}


@pytest.fixture(scope="module")
def retail(shared: Path) -> Path:
    return shared / "data" / "online_retail_uci"


@pytest.fixture(scope="module")
def events(shared: Path) -> Path:
    return shared / "data" / "openstack_company_activity"


@pytest.fixture(scope="module")
def telco(shared: Path) -> Path:
    return shared / "data" / "telco_ibm"


def same_as_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get(REWRITE):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), (
        f"if the change is intended, run again with {REWRITE}=1 and read the difference"
    )


def test_online_retail(retail: Path, tmp_path: Path) -> None:
    scores = init_and_score(tmp_path / "p", retail)
    assert len(scores) == 4372
    same_as_golden("online_retail.txt", summary(tmp_path / "p", scores))
    same_as_golden(
        "online_retail.yaml", (tmp_path / "p" / "salus.yaml").read_text(encoding="utf-8")
    )

    german = rename(pq.read_table(retail / "online_retail.parquet"), RETAIL)
    copy = init_and_score(tmp_path / "german", write(tmp_path / "german_data", "umsätze", german))
    assert by_entity(copy) == by_entity(scores)


@pytest.mark.parametrize(
    "column", ["Description", "Country", "StockCode", "InvoiceNo", "UnitPrice", "Quantity"]
)
def test_online_retail_without_a_column(retail: Path, tmp_path: Path, column: str) -> None:
    table = pq.read_table(retail / "online_retail.parquet").drop_columns([column]).slice(0, 150_000)
    scores = init_and_score(tmp_path / "p", write(tmp_path / "data", "sales", table))
    assert scores.bands()["unknown"] < 0.1 * len(scores)
    assert len({score for score, _ in by_entity(scores).values()}) > 100


def test_company_events(events: Path, tmp_path: Path) -> None:
    scores = init_and_score(tmp_path / "p", events)
    assert len(scores) == 575
    same_as_golden("company_events.txt", summary(tmp_path / "p", scores, ids=False))
    same_as_golden(
        "company_events.yaml", (tmp_path / "p" / "salus.yaml").read_text(encoding="utf-8")
    )
    source = open_project(tmp_path / "p").model.sources["use"]
    assert (source.time, source.recorded) == ("event_ts", "received_ts")

    german = rename(pq.read_table(events / "events.parquet"), EVENTS)
    copy = init_and_score(
        tmp_path / "german", write(tmp_path / "german_data", "ereignisse", german)
    )
    assert by_entity(copy) == by_entity(scores)


@pytest.mark.parametrize(
    "column", ["event_ts", "received_ts", "product", "user_id", "account_id", "is_revert"]
)
def test_company_events_without_a_column(events: Path, tmp_path: Path, column: str) -> None:
    table = pq.read_table(events / "events.parquet").drop_columns([column])
    scores = init_and_score(tmp_path / "p", write(tmp_path / "data", "events", table))
    assert len({score for score, _ in by_entity(scores).values()}) > 50


def test_telco(telco: Path, tmp_path: Path) -> None:
    scores = init_and_score(tmp_path / "p", telco, NO_DATE)
    assert len(scores) == 7043
    same_as_golden("telco.txt", summary(tmp_path / "p", scores))
    same_as_golden("telco.yaml", (tmp_path / "p" / "salus.yaml").read_text(encoding="utf-8"))

    copy = init_and_score(
        tmp_path / "german", _german_telco(telco, tmp_path / "german_data"), NO_DATE
    )
    assert by_entity(copy) == by_entity(scores)


@pytest.mark.parametrize(
    "column", ["tenure", "Contract", "PaymentMethod", "MonthlyCharges", "OnlineSecurity", "Churn"]
)
def test_telco_without_a_column(telco: Path, tmp_path: Path, column: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with (data / "telco.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(
            stream, [name for name in TELCO if name != column], extrasaction="ignore"
        )
        writer.writeheader()
        writer.writerows(_telco(telco))
    scores = init_and_score(tmp_path / "p", data, NO_DATE)
    assert scores.bands()["unknown"] == 0
    assert len({score for score, _ in by_entity(scores).values()}) > 20


def test_the_telco_score_tells_who_left(telco: Path, tmp_path: Path) -> None:
    """The flag is the outcome, and `salus validate` measures on the rows that gave the points."""
    init_and_score(tmp_path / "p", telco, NO_DATE)
    (outcome,) = open_project(tmp_path / "p").model.outcomes
    assert (outcome.name, outcome.flag, outcome.values) == ("churned", "Churn", ("true",))
    validation = open_project(tmp_path / "p").validate("churned").as_dict()
    assert validation["auc"] >= 0.84


def test_the_telco_score_tells_who_left_among_other_customers(telco: Path, tmp_path: Path) -> None:
    """Points made from every second customer, tried on the others by counting pairs."""
    rows = _telco(telco)
    for name, half in (("known", rows[::2]), ("new", rows[1::2])):
        (tmp_path / name).mkdir()
        with (tmp_path / name / "telco.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, TELCO)
            writer.writeheader()
            writer.writerows(half)
    project = tmp_path / "p"
    init_and_score(project, tmp_path / "known", NO_DATE)
    settings = (project / "salus.toml").read_text(encoding="utf-8")
    (project / "salus.toml").write_text(settings.replace("known", "new"), encoding="utf-8")
    scores = by_entity(open_project(project).score(NO_DATE, keep=False))
    assert len(scores) == len(rows[1::2])
    left = [scores[row["customerID"]][0] for row in rows[1::2] if row["Churn"] == "Yes"]
    stayed = [scores[row["customerID"]][0] for row in rows[1::2] if row["Churn"] == "No"]
    pairs = sum((one < other) + 0.5 * (one == other) for one in left for other in stayed)
    assert pairs / len(left) / len(stayed) >= 0.83


def _telco(folder: Path) -> list[dict[str, str]]:
    with (folder / "Telco-Customer-Churn.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _german_telco(telco: Path, folder: Path) -> Path:
    """The table as a German office program writes it: semicolons, decimal commas, CP1252, and other
    headers in another order.
    """
    folder.mkdir()
    rows = _telco(telco)
    with (folder / "Kundenliste.csv").open("w", encoding="cp1252", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        names = sorted(rows[0], key=lambda name: TELCO[name])
        writer.writerow([TELCO[name] for name in names])
        for row in rows:
            writer.writerow(
                [
                    row[name].replace(".", ",") if name.endswith("Charges") else row[name]
                    for name in names
                ]
            )
    return folder
