"""How the use of a column in the model decides the way it is read."""

from __future__ import annotations

from pathlib import Path

from salus.facts.column_usage import column_uses
from salus.model.model import Model
from salus.model.read import read_model
from salus.workspace.connect import open_connection
from salus.workspace.settings import Settings

MODEL = """
version: 1
name: acme
timezone: Europe/Berlin
entity: {name: account, table: accounts, key: id, label: title, value: arr, starts: since, attributes: [plan, seats, cancel_by]}
sources:
  logins: {table: events, key: id, time: at, recorded: got, id: event, where: "kind = 'login' and flag"}
  bills: {table: bills, key: id, time: due, until: paid, columns: {eur: "cents / 100"}}
dimensions:
  use:
    measures:
      users: {count_distinct: logins.person, within: 30d, per: seats, bad: 0, good: 1}
      quiet: {days_since: logins, where: "score >= 9 and day < '2024-01-01'", bad: 30, good: 3}
      paid: {sum: bills.eur, within: 365d, where: "net > 5", bad: 0, good: 9}
      mood: {latest: bills.mood, points: {good: 100, "3": 0}}
segments:
  big: {when: "plan in ('gold', 'tin') and cancel_by - as_of < 30", weights: {use: 2}}
"""


def model(folder: Path) -> Model:
    path = folder / "salus.yaml"
    path.write_text(MODEL, encoding="utf-8")
    return read_model(path)


def test_uses(tmp_path: Path) -> None:
    result = model(tmp_path)
    assert column_uses(result, "events") == {
        "id": "text",
        "event": "text",
        "at": "time",
        "got": "time",
        "kind": "text",
        "flag": None,
        "person": "text",
        "score": "number",
        "day": "time",
    }
    assert column_uses(result, "bills") == {
        "id": "text",
        "due": "time",
        "paid": "end",
        "cents": "number",
        "net": "number",
        "mood": "text",
    }
    assert column_uses(result, "accounts") == {
        "id": "text",
        "title": "text",
        "arr": "number",
        "since": "time",
        "plan": "text",
        "seats": "number",
        "cancel_by": "time",
    }


def test_a_folder_reads_by_them(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bills.csv").write_text(
        "id,due,paid,cents,net,mood,secret\n07,45351,,100,7,3,x\n"
    )
    place = open_connection(tmp_path, Settings(), model(tmp_path))
    assert [(column.name, column.type) for column in place.columns("bills")] == [
        ("id", "text"),
        ("due", "date"),
        ("paid", "date"),
        ("cents", "integer"),
        ("net", "integer"),
        ("mood", "text"),
    ]
    assert place.names("bills")[-1] == "secret"
    place.close()
