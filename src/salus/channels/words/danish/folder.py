"""Findings about a folder of exports in Danish."""

from __future__ import annotations

FINDINGS = {
    "customers.duplicates": "Rækker i kundetabellen, der gentager en anden kunde og ikke tæller med: {rows:n}.",
    "customers.repeated_key": "Rækker i kundetabellen med en nøgle, som en anden række også har: {rows:n}.",
    "rows.left_out": "Rækker, der ikke tæller med på grund af kolonnen “{column}”: {rows:n}.",
    "table.no_time": "Ingen datokolonne viser, hvornår rækkerne i denne tabel skete, så den bruges ikke.",
    "table.no_way": "Ingen kolonne forbinder rækkerne i denne tabel med en kunde, så den bruges ikke.",
}

TEXTS = {
    "question.customers.confirm": (
        "Hvilken tabel indeholder jeres kunder? Formentlig “{table}”: {matched} af {rows} rækker i "
        "“{other}” fører dertil."
    ),
    "question.customers.confirm_alone": (
        "Hvilken tabel indeholder jeres kunder? Formentlig “{table}”."
    ),
    "question.customers.table": (
        "Hvilken tabel indeholder jeres kunder? Det fremgår ikke af data ({tables} tabeller)."
    ),
    "question.customers.several": (
        "Hvilken tabel indeholder jeres kunder? Både “{table}” og “{other}” er mulige. Tabeller, der "
        "kun fører til “{other}”: {tables}."
    ),
    "question.customers.names_only": (
        "Hvilken tabel indeholder alle jeres kunder? “{table}” har kun navne (kolonnen “{column}”), "
        "så der kan mangle kunder."
    ),
    "question.customers.contracts_unmatched": (
        "Hvilken tabel indeholder jeres kunder? Ingen kontrakt i “{contracts}” fører til en række i "
        "“{table}”."
    ),
    "question.customers.several_contracts": (
        "Hvilken tabel indeholder jeres kunder? Kontrakterne i “{contracts}” fører ikke til "
        "“{table}”, men andre kontrakter gør."
    ),
    "question.customers.rows": (
        "Hvilke rækker i “{table}” er kunder? Ifølge kolonnen “{column}” er det ikke alle."
    ),
    "question.contracts.end": (
        "Hvilken kolonne viser, hvornår en kontrakt i “{table}” slutter? Uden den tæller ingen som "
        "frafaldet."
    ),
    "question.contracts.per": (
        "Gælder et beløb i “{table}” for en måned eller for et år? Uden svar er omsætningen ukendt."
    ),
}
