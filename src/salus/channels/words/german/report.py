"""Texts of the report in German."""

from __future__ import annotations

from salus.channels.words.format import FIXED

TEXTS = {
    "title": "Gesundheit der {Entities}",
    "as_of": "Stand: {date}",
    "population.one": "{n} {Entity}",
    "population.many": "{n} {Entities}",
    "model": "Modell {name}, Fingerabdruck {fingerprint}",
    "beside": (
        "{n} davon bewertet im täglichen Lauf das Modell {other}; auf dieser Seite bewertet ein "
        "Modell alle"
    ),
    "since": "Veränderungen seit dem {date}",
    "contents": "Auf dieser Seite",
    "days.one": "{n}" + FIXED + "Tag",
    "days.many": "{n}" + FIXED + "Tage",
    "within.one": " innerhalb von {n}" + FIXED + "Tag",
    "within.many": " innerhalb von {n}" + FIXED + "Tagen",
    "yes": "ja",
    "no": "nein",
    "lead.at_risk.one": "{n} von {all} {Entities_dative} ist gefährdet.",
    "lead.at_risk.many": "{n} von {all} {Entities_dative} sind gefährdet.",
    "lead.at_risk_money.one": (
        "{n} von {all} {Entities_dative} ist gefährdet; es geht um {money} von {total}."
    ),
    "lead.at_risk_money.many": (
        "{n} von {all} {Entities_dative} sind gefährdet; es geht um {money} von {total}."
    ),
    "lead.band.one": "{n} von {all} {Entities_dative} liegt im Band „{band}“.",
    "lead.band.many": "{n} von {all} {Entities_dative} liegen im Band „{band}“.",
    "lead.band_money.one": (
        "{n} von {all} {Entities_dative} liegt im Band „{band}“; es geht um {money} von {total}."
    ),
    "lead.band_money.many": (
        "{n} von {all} {Entities_dative} liegen im Band „{band}“; es geht um {money} von {total}."
    ),
    "lead.none": "0 von {all} {Entities_dative} liegen im Band „{band}“.",
    "lead.moved": (
        "In den letzten {days} Tagen sind {fell} in ein schlechteres Band gefallen und {rose} "
        "in ein besseres gestiegen."
    ),
    "lead.by_model.one": (
        "{n} hat das Band nur gewechselt, weil inzwischen ein anderes Modell gilt."
    ),
    "lead.by_model.many": (
        "{n} haben das Band nur gewechselt, weil inzwischen ein anderes Modell gilt."
    ),
    "lead.unknown.one": "Bei {n} reichen die Daten nicht für ein Band.",
    "lead.unknown.many": "Bei {n} reichen die Daten nicht für ein Band.",
    "lead.stale.one": "{n} Quelle liefert keine aktuellen Daten; ihre Messgrößen zählen nicht mit.",
    "lead.stale.many": (
        "{n} Quellen liefern keine aktuellen Daten; ihre Messgrößen zählen nicht mit."
    ),
    "figure.mean": "Durchschnittliche Punktzahl",
    "figure.money": "{Amount} in diesem Band",
    "figure.money_at_risk": "{Amount} gefährdeter {Entities}",
    "figure.moved": "Bandwechsel",
    "figure.share": "{share} der {Entities}",
    "figure.money_share": "{share} von {total}",
    "figure.change": "{change} in {days} Tagen",
    "figure.moved_text": "{fell} abgestiegen, {rose} aufgestiegen",
    "figure.no_past": "kein früherer Tag zum Vergleich",
    "figure.no_score": "keine Punktzahl vorhanden",
    "bands": "Bänder",
    "bands.caption": "{Entities} nach Band",
    "bands.band": "Band",
    "bands.range": "Punktzahl",
    "bands.number": "{Entities}",
    "bands.share": "Anteil",
    "bands.money": "{Amount}",
    "bands.money_in": "{Amount}, {currency}",
    "bands.change": "Letzte {days}" + FIXED + "Tage",
    "bands.from": "ab {low}",
    "bands.below": "unter {high}",
    "bands.between": "{low} bis unter {high}",
    "bands.unknown": "zu wenig Daten",
    "bands.by_number": "{Entities}",
    "bands.by_money": "{Amount}",
    "bands.bar": "Anteil jedes Bandes nach Anzahl",
    "bands.money_bar": "Anteil jedes Bandes nach {Amount}",
    "bands.part": "{band}: {share}",
    "histogram": "Wie sich die Punktzahlen verteilen",
    "histogram.conclusion": "Die Hälfte der {Entities} liegt zwischen {low} und {high}; der Median ist {median}.",
    "histogram.none": "Es gibt keine Punktzahlen.",
    "histogram.bin": "{low} bis {high}: {n}",
    "trend": "Monat für Monat",
    "trend.up": (
        "In {months} Monaten ist die durchschnittliche Punktzahl von {first} auf {last} gestiegen."
    ),
    "trend.down": (
        "In {months} Monaten ist die durchschnittliche Punktzahl von {first} auf {last} gefallen."
    ),
    "trend.same": "Die durchschnittliche Punktzahl liegt seit {months} Monaten bei {last}.",
    "trend.bands": "Anteil jedes Bandes",
    "trend.mean": "Durchschnittliche Punktzahl",
    "trend.numbers": "Zahlen zeigen",
    "trend.month": "Datum",
    "trend.as_it_was": (
        "Alle Stichtage sind mit dem heutigen Modell und den damals bekannten Daten bewertet."
    ),
    "attention": "{Entities}, die zuerst Aufmerksamkeit brauchen",
    "attention.order": (
        "Zuerst alle in „{band}“, absteigend nach {Amount}. Danach die übrigen nach {Amount} × "
        "(100 − Punktzahl), das höchste Ergebnis zuerst."
    ),
    "attention.order_soon": (
        "Zuerst alle in „{band}“: erst die mit einer Entscheidung in den nächsten {n} Tagen, "
        "dann die anderen, jeweils absteigend nach {Amount}. Danach die übrigen nach {Amount} × "
        "(100 − Punktzahl), das höchste Ergebnis zuerst."
    ),
    "attention.order_score": (
        "Zuerst alle in „{band}“, die niedrigste Punktzahl zuerst, dann die übrigen. Das Modell "
        "enthält keinen Geldwert; er spielt hier deshalb keine Rolle."
    ),
    "attention.more_at_risk.one": (
        "In „{band}“ liegt noch {n} weiterer Eintrag, der hier nicht aufgeführt ist; `salus "
        "score --out scores.csv` zeigt alle."
    ),
    "attention.more_at_risk.many": (
        "In „{band}“ liegen noch {n} weitere {Entities}, die hier nicht aufgeführt sind; `salus "
        "score --out scores.csv` zeigt alle."
    ),
    "attention.more.one": "{n} weiterer Eintrag in besseren Bändern ist hier nicht aufgeführt.",
    "attention.more.many": "{n} weitere {Entities} in besseren Bändern sind hier nicht aufgeführt.",
    "attention.decision.one": "Entscheidung in {n} Tag",
    "attention.decision.many": "Entscheidung in {n} Tagen",
    "attention.caption": "Die ersten {n} {Entities}",
    "attention.none": "Es gibt keine Punktzahlen.",
    "attention.who": "{Entity}",
    "attention.score": "Punktzahl",
    "attention.line": "{n} Monate",
    "attention.reason": "Wichtigster Grund",
    "attention.owner": "zuständig:",
    "attention.line_text": "Punktzahl der letzten Monate: {first} bis {last}",
    "attention.unknown": "nur {share} der Daten",
    "reason.value": "{measure}: {value}",
    "reason.good": "gut: {good}",
    "reason.cost": "kostet {points}" + FIXED + "Punkte",
    "reason.nothing": "Nichts senkt diese Punktzahl.",
    "reason.cap": "Durch die Regel „{cap}“ auf {at_most} begrenzt",
    "reason.above": (
        "Mit den heutigen Werten allein läge die Punktzahl {points} Punkte niedriger; sie ist "
        "über die letzten Wochen geglättet"
    ),
    "reason.below": (
        "Mit den heutigen Werten allein läge die Punktzahl {points} Punkte höher; sie ist über "
        "die letzten Wochen geglättet"
    ),
    "reason.step": "Für „{band}“ nötig: {steps}",
    "reason.settled": (
        "Für „{band}“ nötig: {steps}; das Band folgt, wenn es eine Weile dabei bleibt"
    ),
    "reason.step_change": "{measure}: {before} → {after}",
    "reason.and": " und ",
    "moved": "Die größten Veränderungen",
    "moved.falls": "Am stärksten gefallen",
    "moved.rises": "Am stärksten gestiegen",
    "moved.caption_falls": "Am stärksten gefallen seit dem {date}",
    "moved.caption_rises": "Am stärksten gestiegen seit dem {date}",
    "moved.change": "Veränderung",
    "moved.from_to": "Punktzahl",
    "moved.no_falls": "Keine Punktzahl ist um einen Punkt oder mehr gefallen.",
    "moved.no_rises": "Keine Punktzahl ist um einen Punkt oder mehr gestiegen.",
    "moved.no_past": (
        "Es gibt keinen früheren Stichtag zum Vergleich: Am {date} gab es noch keine {Entities}."
    ),
    "cause.measure": "{measure}: {before} → {after}",
    "cause.cap_on": "Die Regel „{cap}“ begrenzt die Punktzahl jetzt",
    "cause.cap_off": "Die Regel „{cap}“ begrenzt die Punktzahl nicht mehr",
    "cause.lost": "{measure} hat keinen Wert mehr",
    "cause.gained": "{measure} hat wieder einen Wert: {after}",
    "cause.weight": "{measure} hat ein anderes Gewicht als vorher",
    "cause.model": "Es gelten andere Gewichte, weil das Segment gewechselt hat",
    "cause.smoothing": "Frühere Tage zählen in der geglätteten Punktzahl noch mit",
    "cause.points": "{points} Punkte",
    "dimensions": "Woraus die Punktzahl besteht",
    "dimensions.weight": "Gewicht {share}",
    "dimensions.mean": "im Schnitt",
    "dimensions.nobody": "noch ohne Werte",
    "dimensions.spread": (
        "Die Hälfte der {Entities} liegt zwischen {low} und {high}; der Median ist {median}."
    ),
    "dimensions.caption": "Messgrößen: {dimension}",
    "dimensions.measure": "Messgröße",
    "dimensions.have": "Mit Wert",
    "dimensions.usual": "Typischer Wert",
    "dimensions.anchors": "Schlecht → gut",
    "dimensions.points": "Punkte im Schnitt",
    "dimensions.strip": "{dimension}: Verteilung der Punktzahlen von 0 bis 100",
    "proof": "Sagt die Punktzahl „{outcome}“ voraus?",
    "proof.further": "Sagt die Punktzahl „{score}“ das Ereignis „{outcome}“ voraus?",
    "proof.rows": (
        "Grundlage sind {rows} Zeilen: {all} {Entities} an {dates} Stichtagen vom {first} bis "
        "zum {last}, jeweils mit den damals bekannten Daten bewertet. Bei {events} dieser "
        "{Entities} trat „{outcome}“ innerhalb von {days} Tagen ein. Die 95-%-Intervalle "
        "berücksichtigen, dass es je {Entity} mehrere Zeilen gibt. Bei weniger als {least} "
        "Zeilen wird kein Anteil gezeigt."
    ),
    "proof.warned.one": "{n} Befund macht diese Zahlen unsicherer; `salus validate` zeigt ihn.",
    "proof.warned.many": (
        "{n} Befunde machen diese Zahlen unsicherer; `salus validate` zeigt sie."
    ),
    "proof.no_pictures": (
        "Der Bericht enthält keine Diagramme, weil die Erweiterung „pictures“ nicht installiert "
        "ist. So wird sie installiert: pip install 'salus[pictures]'. Die Tabellen unten zeigen "
        "dieselben Zahlen."
    ),
    "proof.register": "Was die Punktzahl nicht erkannt hat",
    "proof.missed": (
        "Das Band „{band}“ hat {missed} von {all} {Entities_dative} mit „{outcome}“ nicht erkannt."
    ),
    "proof.limit": "Eine Bandgrenze von {limit} hätte {caught} davon erkannt.",
    "proof.register_note": (
        "{missed} von {all} mit „{outcome}“ lagen an keinem der drei geprüften Tage davor in "
        "„{band}“. Die letzten {n}:"
    ),
    "proof.register_none": (
        "Alle mit „{outcome}“ lagen an mindestens einem der drei geprüften Tage davor im Band "
        "„{band}“."
    ),
    "proof.on": "Eingetreten am",
    "proof.before": "{days} davor",
    "proof.lowest": "Schwächste Messgröße damals",
    "proof.points": "{measure}: {points}" + FIXED + "Punkte",
    "data": "Die Daten dahinter",
    "data.caption": "Wie aktuell jede Quelle ist",
    "data.source": "Quelle",
    "data.newest": "Neueste Daten",
    "data.age": "Alter",
    "data.fresh": "Veraltet nach",
    "data.state": "Zustand",
    "data.fresh_yes": "Aktuell",
    "data.fresh_no": "Veraltet",
    "data.fresh_open": "Ohne Frist",
    "data.fresh_none": "Keine Daten",
    "data.rows": "Gelesene Zeilen",
    "data.rejected": "Abgelehnt",
    "data.coverage": (
        "Im Durchschnitt stammen {share} des Gewichts einer Punktzahl aus Messgrößen, für die "
        "es einen Wert gibt."
    ),
    "data.covered.one": "Bei {n} ist es weniger als die {least}, die ein Band braucht.",
    "data.covered.many": (
        "Bei {n} {Entities_dative} ist es weniger als die {least}, die ein Band braucht."
    ),
    "data.doubt": "Wobei Vorsicht geboten ist",
    "data.no_doubt": (
        "Nichts fällt auf: Alle Quellen sind aktuell, und alle Messgrößen haben Werte."
    ),
    "doubt.stale": (
        "{source}: Die neuesten Daten sind {age} alt, erlaubt sind {fresh}. Die Messgrößen dieser"
        " Quelle zählen nicht mit."
    ),
    "doubt.empty": "{source}: Vor diesem Tag gibt es keine Daten.",
    "doubt.thin": "{measure}: Nur {share} der {Entities} haben einen Wert.",
    "doubt.unknown_keys": (
        "{source}: Manche Zeilen haben einen Schlüssel, der zu keinem Eintrag gehört; sie "
        "zählen nicht mit."
    ),
    "doubt.rejected.one": "{source}: {n} Zeile ließ sich nicht lesen ({share}).",
    "doubt.rejected.many": "{source}: {n} Zeilen ließen sich nicht lesen ({share}).",
    "doubt.today": (
        "Für frühere Stichtage gelten bei {names} die heutigen Angaben, weil der Verlauf nicht "
        "bekannt ist."
    ),
    "doubt.no_value.one": (
        "In {n} Fall fehlt die Angabe „{amount}“; keine Summe enthält diesen Eintrag."
    ),
    "doubt.no_value.many": (
        "Bei {n} {Entities_dative} fehlt die Angabe „{amount}“; keine Summe enthält diese Einträge."
    ),
    "reading": "So liest man diese Seite",
    "reading.score": (
        "Die Punktzahl reicht von 0 bis 100, und 100 ist immer gesund. Jede Messgröße gibt "
        "Punkte, Messgrößen bilden Dimensionen, und die gewichteten Dimensionen ergeben die "
        "Punktzahl."
    ),
    "reading.band": (
        "Ein Band ist ein Bereich von Punktzahlen. Form, Name und Farbe bedeuten immer dasselbe."
    ),
    "reading.smooth": (
        "Die Punktzahl ist ein Durchschnitt über {days} Tage. Heute zählt am meisten; ein Tag, "
        "der {half_life} Tage zurückliegt, zählt halb so viel."
    ),
    "reading.zone": (
        "Das Band wechselt erst, wenn die Punktzahl {points} Punkte jenseits der Grenze liegt, "
        "damit es nicht hin und her springt. Eine Regel gilt sofort."
    ),
    "reading.coverage": (
        "Abdeckung ist der Anteil des Gewichts, der aus Messgrößen mit eigenem Wert stammt. Unter"
        " {least} ist das Band unbekannt, denn die Punktzahl wäre überwiegend geraten."
    ),
    "reading.cap": (
        "Eine Regel begrenzt die Punktzahl, solange ein ernstes Problem besteht, wie gut der Rest"
        " auch ist."
    ),
    "footer": (
        "Erstellt mit Salus {version}. Diese Datei ist vollständig und lädt nichts aus dem Netz."
    ),
}
