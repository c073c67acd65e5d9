"""The proposed lines give the same values in PostgreSQL as in DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

from salus.draft.picture import ContractsPicture, CustomersPicture
from salus.sources.postgres import Postgres
from tests.draft.roles.tables import Rows, draft, opened, values
from tests.draft.roles.test_events import DAY, events, used
from tests.draft.roles.test_money import INVOICES
from tests.draft.roles.test_tickets import ROWS, tickets
from tests.draft.roles.test_voice import answers, ratings

TABLES = {
    "events": events(
        *(used("A", f"u{n % 5}@a.example", f"Step {n % 4}", n) for n in range(1, 200)),
        *(used("B", f"u{n % 3}@b.example", f"Step {n % 3}", n) for n in range(20, 150, 3)),
        used("B", "sync@b.example", "Sync completed", 1),
    ),
    "tickets": tickets(*ROWS),
    "ratings": ratings("Good", "Bad", "Offered", "Good"),
    "answers": answers("A,P1,2,2026-01-05", "A,P1,9,2026-05-05", "B,P3,0,2026-03-01"),
    "bills": INVOICES,
    "signed": Rows(
        text="account,started,ended,plan_quantity\nA,2026-01-01,,12\nA,2025-01-01,2025-12-31,50\n"
        "B,2026-01-01,2026-09-30,4\n",
        role="contracts",
        time="started",
        until="ended",
    ),
    "deals": Rows(
        text="account,id,type,close_date,is_won\nA,1,Upsell,2026-05-01,true\n"
        "A,2,Renewal,2026-06-01,false\n",
        role="deals",
        time="close_date",
    ),
}
CUSTOMERS = CustomersPicture(
    table="accounts",
    key="account",
    contracts=ContractsPicture(table="signed", starts="started", ends="ended"),
)


def test_postgres_gives_the_same_values(postgres: str, tmp_path: Path) -> None:
    dbapi = pytest.importorskip("adbc_driver_postgresql.dbapi")
    with opened(tmp_path, TABLES) as here:
        mine = draft(here, TABLES, CUSTOMERS)
        expected = values(here, DAY, *mine.values())
        with dbapi.connect(postgres) as writing, writing.cursor() as cursor:
            for name in TABLES:
                rows = here.query(exp.select("*").from_(here.table(name)))
                cursor.execute(f'DROP TABLE IF EXISTS public."{name}"')
                cursor.adbc_ingest(name, rows, mode="create", db_schema_name="public")
            writing.commit()
    there: Any = Postgres(postgres)
    try:
        assert draft(there, TABLES, CUSTOMERS) == mine
        assert values(there, DAY, *mine.values()) == expected
    finally:
        there.close()
        with dbapi.connect(postgres) as writing, writing.cursor() as cursor:
            for name in TABLES:
                cursor.execute(f'DROP TABLE public."{name}"')
            writing.commit()
    assert len(expected) > 20 and expected["seats"] == {"A": 12, "B": 4}
