"""Exchange rates in a folder: which way they convert."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.draft import open_folder
from salus.draft.contracts import find_rates
from salus.draft.picture import RatesPicture
from salus.draft.profile import profile_table

DAYS = [f"2025-{month:02}-01" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("header", "rows", "rates"),
    [
        ("Date,Base,Currency,Rate", ("EUR,DKK,7.46", "EUR,USD,1.1"), ("Date", "Currency", "Rate", "EUR")),
        ("Date,Base,Currency,Rate", ("eur,dkk,7.46", "eur,usd,1.1"), ("Date", "Currency", "Rate", "EUR")),
        ("Date,Base,Currency,Rate", ("Euro zone,DKK,7.46", "Euro zone,USD,1.1"), None),
        ("month,from_currency,to_currency,rate", ("SEK,GBP,0.075", "USD,GBP,0.79"), ("month", "from_currency", "rate", "GBP", "to_currency")),
        ("date,from,to,rate", ("SEK,GBP,0.075", "GBP,SEK,13.3"), None),
        ("date,currency,rate", ("DKK,7.46",), None),
    ],
)  # fmt: skip
def test_which_way_rates_convert(
    header: str, rows: tuple[str, ...], rates: tuple[str, ...] | None, tmp_path: Path
) -> None:
    """From a currency to another means that 1 of the one is that many of the other. Where both vary,
    or nothing says for which currency the rates are, nothing is guessed.
    """
    folder = tmp_path / "raw"
    folder.mkdir()
    lines = [header, *(f"{day},{row}" for day in DAYS for row in rows)]
    (folder / "fx.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    connection = open_folder(folder, tmp_path / "scratch").connection
    expected = None if rates is None else RatesPicture("fx", *rates)
    assert find_rates([profile_table(connection, "fx")]) == expected
