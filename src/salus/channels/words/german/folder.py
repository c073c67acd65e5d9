"""Findings about a folder of exports in German."""

from __future__ import annotations

FINDINGS = {
    "customers.duplicates": "Zeilen der Kundentabelle, die einen anderen Kunden wiederholen und nicht zählen: {rows:n}.",
    "customers.repeated_key": "Zeilen der Kundentabelle mit einem Schlüssel, den auch eine andere Zeile hat: {rows:n}.",
    "rows.left_out": "Zeilen, die wegen der Spalte „{column}“ nicht zählen: {rows:n}.",
    "table.no_time": "Keine Datumsspalte sagt, wann die Zeilen dieser Tabelle geschehen sind; sie wird nicht verwendet.",
    "table.no_way": "Keine Spalte verbindet die Zeilen dieser Tabelle mit einem Kunden; sie wird nicht verwendet.",
}
