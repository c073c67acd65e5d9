"""Findings about a folder of exports in Danish."""

from __future__ import annotations

FINDINGS = {
    "customers.duplicates": "Rækker i kundetabellen, der gentager en anden kunde og ikke tæller med: {rows:n}.",
    "customers.repeated_key": "Rækker i kundetabellen med en nøgle, som en anden række også har: {rows:n}.",
    "rows.left_out": "Rækker, der ikke tæller med på grund af kolonnen “{column}”: {rows:n}.",
    "table.no_time": "Ingen datokolonne viser, hvornår rækkerne i denne tabel skete, så den bruges ikke.",
    "table.no_way": "Ingen kolonne forbinder rækkerne i denne tabel med en kunde, så den bruges ikke.",
}
