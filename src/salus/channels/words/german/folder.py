"""Findings about a folder of exports in German."""

from __future__ import annotations

FINDINGS = {
    "customers.duplicates": ("Doppelte Zeilen der Kundentabelle, die nicht zählen: {rows:n}."),
    "customers.repeated_key": (
        "Zeilen der Kundentabelle mit einem Schlüssel, den auch eine andere Zeile hat: {rows:n}."
    ),
    "rows.left_out": "Zeilen, die wegen der Spalte „{column}“ nicht zählen: {rows:n}.",
    "rows.own_staff": (
        "Zeilen der eigenen Mitarbeiter nach der Adresse in „{column}“: {rows:n}. Sie gehören "
        "zu keinem Kunden und gehen in keine Punktzahl ein."
    ),
    "table.no_time": (
        "Keine Datumsspalte sagt, wann die Zeilen dieser Tabelle geschehen sind; sie wird nicht verwendet."
        " Als Text oder Zahl gespeicherte Daten zählen nicht."
    ),
    "table.no_way": (
        "Keine Spalte verbindet die Zeilen dieser Tabelle mit einem Kunden; sie wird nicht "
        "verwendet."
    ),
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
        "andere Verträge aber schon. Wählen Sie „{table}“, wenn diese Verträge fehlen dürfen."
    ),
    "question.customers.without_contract": (
        "Ist „{contracts}“ vollständig? {lacking} von {all} Kunden mit Rechnungen in „{invoices}“ haben "
        "dort keinen Vertrag, und ohne Vertrag sind sie keine Kunden. Wählen Sie „{table}“, wenn das stimmt."
    ),
    "question.customers.without_owner": (
        "Wem gehören diese Verträge? {lacking} von {all} Zeilen in „{contracts}“ führen zu keiner Zeile von "
        "„{table}“ oder zu mehreren, und ohne Vertrag ist niemand Kunde. Wählen Sie „{table}“, wenn das stimmt."
    ),
    "question.customers.rows": (
        "Welche Zeilen von „{table}“ sind Kunden? Laut Spalte „{column}“ sind es nicht alle."
    ),
    "question.contracts.end": (
        "Welche Spalte sagt, wer abgewandert ist? In „{table}“ steht nicht, wann ein Vertrag endet. "
        "Antworten Sie „none“, wenn niemand ging."
    ),
    "question.contracts.per": (
        "Gilt ein Betrag in „{table}“ für einen Monat oder für ein Jahr? Ohne Antwort bleibt der "
        "Umsatz unbekannt."
    ),
    "question.contracts.amount": (
        "Gilt ein Betrag in „{table}“ („{price}“) für den ganzen Vertrag oder für eine einzelne "
        "Lizenz? Ohne Antwort bleibt der Umsatz unbekannt."
    ),
    "folder.title": "Was Salus in Ihren Tabellen gefunden hat",
    "folder.above": "{name} · vorgeschlagenes Modell",
    "folder.lead": "{used} von {all} Tabellen werden verwendet.",
    "folder.lead.customers": "Die Tabelle „{table}“ führt Ihre Kunden.",
    "folder.lead.nobody": "Noch zeigt keine Tabelle, wer Kunde ist.",
    "folder.lead.questions.one": "{n} Frage ist offen.",
    "folder.lead.questions.many": "{n} Fragen sind offen.",
    "folder.figure.today": "Kunden heute",
    "folder.figure.today_text": "am {date}",
    "folder.figure.ever": "Kunden insgesamt",
    "folder.figure.ever_text": "bis zu diesem Tag",
    "folder.figure.left": "Abgewanderte Kunden",
    "folder.figure.left_text": "in den letzten 18 Monaten",
    "folder.figure.value": "Umsatz pro Jahr",
    "folder.figure.value_text": "der heutigen Kunden",
    "folder.questions": "Offene Fragen",
    "folder.questions.none": "Keine: Die Tabellen beantworten alles, was das Modell braucht.",
    "folder.tables": "Tabellen",
    "folder.tables.note": (
        "Jeder Kasten ist eine Tabelle. Der Balken zeigt, wie viele ihrer Zeilen zur "
        "Kundenliste führen, die auch Firmen nennt, die nie Kunden waren oder es nicht mehr "
        "sind. In Punktzahlen gehen nur Zeilen von Kunden ein. Wo eine Kennzahl eine Tabelle "
        "liest, sind alle Zeilen mit Datum gezählt, auch die unten ausgelassenen; sonst nur "
        "die Zeilen, die zählen."
    ),
    "folder.unused": "Nicht verwendete Tabellen",
    "folder.left_out": "Zeilen, die nicht zählen",
    "folder.left_out.none": "Jede Zeile zählt.",
    "folder.left_out.overlap": "Eine Zeile kann unter mehreren Gründen stehen.",
    "folder.left_out.table": "Tabelle",
    "folder.left_out.column": "Spalte",
    "folder.left_out.values": "Werte",
    "folder.left_out.reason": "Warum",
    "folder.left_out.rows": "Zeilen",
    "folder.leaks": "Erst im Nachhinein bekannte Spalten",
    "folder.leaks.note": (
        "Sie sind erst im Nachhinein bekannt oder zeigen den Stand am Tag des Exports. Sie dienen "
        "höchstens dazu, Zeilen auszulassen, oder zählen ab dem Tag, an dem sie bekannt sind."
    ),
    "folder.leaks.none": "Keine Spalte verrät, was später geschah.",
    "folder.leaks.columns": "Spalten",
    "folder.notes": "Vermutungen und Lücken",
    "folder.notes.note": "Wie in den Kommentaren von `salus.yaml`, auf Englisch.",
    "folder.matched": "{matched} der {kept} Zeilen, die zählen, führen zur Kundenliste",
    "folder.matched.dated": "{matched} von {kept} Zeilen mit Datum führen zur Kundenliste",
    "folder.lists": "{kept} von {rows} Zeilen sind {Entities}",
    "folder.lists.ever": (
        "{kept} von {rows} Zeilen sind {Entities} ({ever} davon sind oder waren Kunden)"
    ),
    "folder.lists.can": (
        "{kept} von {rows} Zeilen können Kunden sein ({ever} davon sind oder waren es)"
    ),
    "folder.rows.one": "{n} Zeile",
    "folder.rows.many": "{n} Zeilen",
    "folder.rest.unknown": "{n} zu niemandem",
    "folder.rest.ambiguous": "{n} zu mehreren Kunden",
    "folder.rest.empty": "{n} leer",
    "folder.rest.left_out": "{n} zu einer Zeile, die nicht zählt",
    "folder.exported": "aus {tool}",
    "folder.way.first": "über",
    "folder.way.next": "sonst über",
    "folder.in": "{column} in {table}",
    "folder.time": "Zeit: {column}",
    "folder.used_for": "Verwendet für",
    "role.customers": "Kunden",
    "role.people": "Personen",
    "role.contracts": "Verträge",
    "role.invoices": "Rechnungen",
    "role.open_items": "offene Posten",
    "role.payments": "Zahlungen",
    "role.tickets": "Tickets",
    "role.ratings": "Bewertungen",
    "role.answers": "Umfrageantworten",
    "role.events": "Ereignisse",
    "role.deals": "Verkaufschancen",
    "role.field_history": "Feldänderungen",
    "role.copies": "datierte Kopien",
    "role.activities": "Aktivitäten",
    "role.orders": "Bestellungen",
    "role.endings": "abgewanderte Kunden",
    "role.lookup": "Nachschlagetabelle",
    "role.snapshot": "Momentaufnahme",
    "role.unknown": "unklar",
    "use.customers": "Liste der Kunden",
    "use.contracts": "Verträge und wer Kunde ist",
    "use.history": "Verlauf der Kunden",
    "use.link": "Zuordnung von Zeilen zu Kunden",
    "use.lookup": "Nachschlagen von Werten",
    "use.rates": "Umrechnung von Beträgen",
    "use.rates.to": "Umrechnung von Beträgen in {currency}",
    "use.outcome": "wer ging",
    "row_reason.deleted": "gelöscht",
    "row_reason.test": "Tests",
    "row_reason.merged": "mit einem anderen Datensatz zusammengeführt",
    "row_reason.child": "gehören zu einem übergeordneten Datensatz",
    "row_reason.duplicate": "Dubletten eines anderen Kunden",
    "row_reason.voided": "storniert",
    "row_reason.draft": "Entwürfe",
    "row_reason.spam": "Spam",
    "row_reason.unanswered": "nicht beantwortet",
    "row_reason.staff": "eigene Mitarbeiter",
    "row_reason.service": "Dienstkonten",
    "row_reason.trial": "Testphasen",
    "row_reason.future": "beginnen erst später",
    "row_reason.unpaid": "nie bezahlt",
    "row_reason.unpaid_trial": "nie bezahlte Testphasen",
    "row_reason.notice": "die Kündigung selbst",
    "row_reason.credit": "Gutschriften",
    "row_reason.machine": "von Maschinen erzeugt",
    "key_part.left": "die ersten {n} Zeichen",
    "key_part.company": "Firmenname",
    "key_part.digits": "Ziffern",
    "key_part.domain": "Domain",
    "key_part.lower": "Kleinschreibung",
    "row_reason.other": "nicht gewünscht",
    "unused.open_items": "Sie sagt, was am Tag des Exports unbezahlt war, und nichts über frühere Tage.",
    "unused.snapshot": "Sie sagt, wie es am Tag des Exports stand, und nichts über frühere Tage.",
    "unused.endings": "Die Verträge sagen, wer ging; diese Liste dient nur dem Vergleich.",
    "unused.people": "Sie führt Personen, sagt aber nichts darüber, wie es den Kunden geht.",
    "unused.payments": "Zahlungen ohne die bezahlten Rechnungen sagen nicht, wer spät zahlt.",
    "unused.lookup": "Keine Kennzahl schlägt etwas in ihr nach.",
    "unused.other": "Aus ihr entsteht noch keine Kennzahl.",
    "unused_short.no_way": "nichts verbindet sie mit einem Kunden",
    "unused_short.no_time": "sie hat kein Datum",
    "unused_short.open_items": "nur der Tag des Exports",
    "unused_short.snapshot": "nur der Tag des Exports",
    "unused_short.endings": "die Verträge sagen, wer ging",
    "unused_short.people": "sagt nichts über die Kunden",
    "unused_short.payments": "die Rechnungen fehlen",
    "unused_short.lookup": "nichts wird in ihr nachgeschlagen",
    "unused_short.other": "noch keine Kennzahl",
}
