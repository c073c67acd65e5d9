"""Findings about a folder of exports in German."""

from __future__ import annotations

FINDINGS = {
    "customers.duplicates": "Zeilen der Kundentabelle, die einen anderen Kunden wiederholen und nicht zählen: {rows:n}.",
    "customers.repeated_key": "Zeilen der Kundentabelle mit einem Schlüssel, den auch eine andere Zeile hat: {rows:n}.",
    "rows.left_out": "Zeilen, die wegen der Spalte „{column}“ nicht zählen: {rows:n}.",
    "table.no_time": "Keine Datumsspalte sagt, wann die Zeilen dieser Tabelle geschehen sind; sie wird nicht verwendet.",
    "table.no_way": "Keine Spalte verbindet die Zeilen dieser Tabelle mit einem Kunden; sie wird nicht verwendet.",
}

TEXTS = {
    "question.customers.confirm": (
        "Welche Tabelle führt Ihre Kunden? Vermutlich „{table}“: {matched} von {rows} Zeilen aus "
        "„{other}“ führen dorthin."
    ),
    "question.customers.confirm_alone": ("Welche Tabelle führt Ihre Kunden? Vermutlich „{table}“."),
    "question.customers.table": (
        "Welche Tabelle führt Ihre Kunden? Die Daten zeigen es nicht ({tables} Tabellen)."
    ),
    "question.customers.several": (
        "Welche Tabelle führt Ihre Kunden? „{table}“ und „{other}“ kommen infrage. Tabellen, die nur "
        "zu „{other}“ führen: {tables}."
    ),
    "question.customers.names_only": (
        "Welche Tabelle führt alle Ihre Kunden? „{table}“ enthält nur Namen (Spalte „{column}“), "
        "dort können also Kunden fehlen."
    ),
    "question.customers.contracts_unmatched": (
        "Welche Tabelle führt Ihre Kunden? Kein Vertrag aus „{contracts}“ führt zu einer Zeile von "
        "„{table}“."
    ),
    "question.customers.several_contracts": (
        "Welche Tabelle führt Ihre Kunden? Die Verträge aus „{contracts}“ führen nicht zu „{table}“, "
        "andere Verträge aber schon."
    ),
    "question.customers.rows": (
        "Welche Zeilen von „{table}“ sind Kunden? Laut Spalte „{column}“ sind es nicht alle."
    ),
    "question.contracts.end": (
        "Welche Spalte sagt, wann ein Vertrag aus „{table}“ endet? Ohne sie gilt niemand als "
        "abgewandert."
    ),
    "question.contracts.per": (
        "Gilt ein Betrag in „{table}“ für einen Monat oder für ein Jahr? Ohne Antwort bleibt der "
        "Umsatz unbekannt."
    ),
}
