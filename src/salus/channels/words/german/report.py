"""Texts of the report in German."""

from __future__ import annotations

from salus.channels.words.format import FIXED

TEXTS = {
    "title": "Gesundheit der {Entities}",
    "title.account": "Kundengesundheit",
    "title.customer": "Kundengesundheit",
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
    "workdays.one": "{n}" + FIXED + "Arbeitstag",
    "workdays.many": "{n}" + FIXED + "Arbeitstage",
    "within.one": " innerhalb von {n}" + FIXED + "Tag",
    "within.many": " innerhalb von {n}" + FIXED + "Tagen",
    "yes": "ja",
    "no": "nein",
    "quoted": "„{text}“",
    "data_word": "„{word}“",
    "outcome.noun": "„{outcome}“",
    "outcome.verb": "„{outcome}“ hatten",
    "outcome.with": "{Entities_dative} mit „{outcome}“",
    "outcome.pair": "{Entities} mit „{outcome}“ paarweise mit solchen ohne",
    "outcome.those": "die mit „{outcome}“",
    "lead.at_risk.one": "{n} von {all} {Entities_dative} ist gefährdet.",
    "lead.at_risk.many": "{n} von {all} {Entities_dative} sind gefährdet.",
    "lead.at_risk_money.one": (
        "{n} von {all} {Entities_dative} ist gefährdet; darauf entfallen {money} von "
        "insgesamt {total} ({Amount})."
    ),
    "lead.at_risk_money.many": (
        "{n} von {all} {Entities_dative} sind gefährdet; auf sie entfallen {money} von "
        "insgesamt {total} ({Amount})."
    ),
    "lead.band.one": "{n} von {all} {Entities_dative} ist in der Stufe „{band}“.",
    "lead.band.many": "{n} von {all} {Entities_dative} sind in der Stufe „{band}“.",
    "lead.band_money.one": (
        "{n} von {all} {Entities_dative} ist in der Stufe „{band}“; darauf entfallen "
        "{money} von insgesamt {total} ({Amount})."
    ),
    "lead.band_money.many": (
        "{n} von {all} {Entities_dative} sind in der Stufe „{band}“; auf sie entfallen "
        "{money} von insgesamt {total} ({Amount})."
    ),
    "lead.none": "0 von {all} {Entities_dative} sind in der Stufe „{band}“.",
    "lead.moved": (
        "In den letzten {days} Tagen sind {fell} in eine schlechtere Stufe gefallen und "
        "{rose} in eine bessere gestiegen."
    ),
    "lead.by_model.one": (
        "{n} hat die Stufe nur gewechselt, weil inzwischen ein anderes Modell gilt."
    ),
    "lead.by_model.many": (
        "{n} haben die Stufe nur gewechselt, weil inzwischen ein anderes Modell gilt."
    ),
    "lead.unknown.one": "Bei {n} reichen die Daten nicht für eine Stufe.",
    "lead.unknown.many": "Bei {n} reichen die Daten nicht für eine Stufe.",
    "lead.stale.one": (
        "{n} Quelle liefert keine aktuellen Daten; ihre Kennzahlen zählen nicht mit."
    ),
    "lead.stale.many": (
        "{n} Quellen liefern keine aktuellen Daten; ihre Kennzahlen zählen nicht mit."
    ),
    "figure.mean": "Durchschnittliche Punktzahl",
    "figure.money": "{Amount} in dieser Stufe",
    "figure.money_at_risk": "{Amount} gefährdeter {Entities}",
    "figure.moved": "Stufenwechsel",
    "figure.share": "{share} der {Entities}",
    "figure.money_share": "{share} von {total}",
    "figure.change": "{change} in {days} Tagen",
    "figure.moved_text": "{fell} abgestiegen, {rose} aufgestiegen",
    "figure.no_past": "kein früherer Tag zum Vergleich",
    "figure.no_score": "keine Punktzahl vorhanden",
    "bands": "Stufen",
    "bands.caption": "{Entities} nach Stufe",
    "bands.band": "Stufe",
    "bands.range": "Punktzahl",
    "bands.number": "{Entities}",
    "bands.share": "Anteil",
    "bands.money": "{Amount}",
    "bands.money_in": "{Amount}, {currency}",
    "bands.change": "Saldo, {days}" + FIXED + "Tage",
    "bands.from": "ab {low}",
    "bands.below": "unter {high}",
    "bands.between": "{low} bis unter {high}",
    "bands.unknown": "zu wenig Daten",
    "bands.zone": (
        "Die Stufe wechselt erst, wenn die Punktzahl {points} Punkte jenseits der Grenze liegt."
    ),
    "bands.zone_example": "Deshalb kann {score} noch „{band}“ sein.",
    "bands.by_number": "Verteilung der {Entities} auf die Stufen",
    "bands.by_money": "Verteilung auf die Stufen nach {Amount}",
    "bands.bar": "Anteil jeder Stufe nach Anzahl",
    "bands.money_bar": "Anteil jeder Stufe nach {Amount}",
    "bands.part": "{band}: {share}",
    "histogram": "Wie sich die Punktzahlen verteilen",
    "histogram.conclusion": (
        "Die mittlere Hälfte der {Entities} liegt zwischen {low} und {high}; die durchgezogene "
        "Linie ist der Median, {median}. Jede Säule umfasst 5 Punkte (die "
        "höchste: {most})."
    ),
    "histogram.none": "Es gibt keine Punktzahlen.",
    "histogram.bin": "{low} bis {high}: {n}",
    "trend": "Monat für Monat",
    "trend.up": (
        "In den letzten {months} Monaten ist die durchschnittliche Punktzahl von {first} "
        "auf {last} gestiegen."
    ),
    "trend.down": (
        "In den letzten {months} Monaten ist die durchschnittliche Punktzahl von {first} "
        "auf {last} gefallen."
    ),
    "trend.same": (
        "Die durchschnittliche Punktzahl lag in den letzten {months} Monaten bei {last}."
    ),
    "trend.lowest": "Am niedrigsten war sie am {date} mit {low}.",
    "trend.bands": "Anteil jeder Stufe",
    "trend.share": "{band} von {first} auf {last}",
    "trend.share_same": "{band} unverändert {last}",
    "trend.mean": "Durchschnittliche Punktzahl",
    "trend.numbers": "Zahlen zeigen",
    "trend.month": "Datum",
    "trend.as_it_was": (
        "Jeder Stichtag ist mit dem heutigen Modell und den damals bekannten Daten bewertet. "
        "Ausnahmen stehen unter „Einschränkungen“."
    ),
    "attention": "{Entities}, die zuerst Aufmerksamkeit brauchen",
    "attention.first_at_risk": "Zuerst kommen alle gefährdeten {Entities}",
    "attention.first_band": "Zuerst kommen alle {Entities} der Stufe „{band}“",
    "attention.order": "{first}, nach {Amount} absteigend.",
    "attention.order_soon": (
        "{first}: erst die mit einer Entscheidung in den nächsten {n} Tagen, dann die anderen, "
        "jeweils nach {Amount} absteigend."
    ),
    "attention.order_others": (
        "Danach folgen die übrigen nach {Amount} × (100 − Punktzahl), das höchste Ergebnis zuerst."
    ),
    "attention.order_score": (
        "{first}, die niedrigste Punktzahl zuerst, dann die übrigen. Das Modell nennt "
        "keinen Geldwert; deshalb zählt hier nur die Punktzahl."
    ),
    "attention.settles": (
        "Eine Regel greift sofort und entfällt auch sofort wieder; ändert sich eine Kennzahl, "
        "zählt das erst nach {n} Tagen voll."
    ),
    "attention.more_at_risk.one": (
        "{n} weiterer gefährdeter Eintrag ist hier nicht aufgeführt; `salus score --out "
        "scores.csv` zeigt alle."
    ),
    "attention.more_at_risk.many": (
        "{n} weitere gefährdete {Entities} sind hier nicht aufgeführt; `salus score --out "
        "scores.csv` zeigt alle."
    ),
    "attention.more_band.one": (
        "{n} weiterer Eintrag der Stufe „{band}“ ist hier nicht aufgeführt; `salus score "
        "--out scores.csv` zeigt alle."
    ),
    "attention.more_band.many": (
        "{n} weitere {Entities} der Stufe „{band}“ sind hier nicht aufgeführt; `salus "
        "score --out scores.csv` zeigt alle."
    ),
    "attention.more.one": "{n} Eintrag in einer anderen Stufe ist hier nicht aufgeführt.",
    "attention.more.many": "{n} {Entities} in anderen Stufen sind hier nicht aufgeführt.",
    "attention.decision.one": "Verlängerung wird in {n}" + FIXED + "Tag entschieden",
    "attention.decision.many": "Verlängerung wird in {n}" + FIXED + "Tagen entschieden",
    "attention.ending.one": "Vertrag endet in {n}" + FIXED + "Tag",
    "attention.ending.many": "Vertrag endet in {n}" + FIXED + "Tagen",
    "attention.caption": "Die ersten {n} {Entities}",
    "attention.none": "Es gibt keine Punktzahlen.",
    "attention.who": "{Entity}",
    "attention.score": "Punktzahl",
    "attention.change": "Letzte {days}" + FIXED + "Tage",
    "attention.line": "{n} Monate",
    "attention.reason": "Wichtigster Grund",
    "attention.owner": "zuständig:",
    "attention.line_text": "Punktzahl der letzten Monate: von {first} auf {last}",
    "attention.line_same.one": "Punktzahl: {last}, genau wie vor einem Monat",
    "attention.line_same.many": "Punktzahl: {last}, genau wie vor {n} Monaten",
    "attention.unknown": "nur {share} der Daten",
    "reason.value": "{measure}: {value}",
    "reason.good": "gut: {good}",
    "reason.cost": "kostet {points}" + FIXED + "Punkte",
    "reason.nothing": "Nichts senkt diese Punktzahl.",
    "reason.cap": "Durch die Regel „{cap}“ auf {at_most} begrenzt",
    "reason.above": (
        "Ohne Glättung über die letzten Wochen läge die Punktzahl heute {points} Punkte niedriger"
    ),
    "reason.below": (
        "Ohne Glättung über die letzten Wochen läge die Punktzahl heute {points} Punkte höher"
    ),
    "reason.step": "Für „{band}“ nötig: {steps}",
    "reason.step_change": "{measure} von {before} auf {after}",
    "reason.step_truth": "„{measure}“ muss „{after}“ sein",
    "change.truth": "{measure}: {before}" + FIXED + "→" + FIXED + "{after}",
    "reason.step_most": "{measure} höchstens {most} (heute {now})",
    "reason.and": " und ",
    "moved": "Die größten Veränderungen",
    "moved.falls": "Am stärksten gefallen",
    "moved.rises": "Am stärksten gestiegen",
    "moved.caption_falls": "Am stärksten gefallen seit dem {date}",
    "moved.caption_rises": "Am stärksten gestiegen seit dem {date}",
    "moved.change": "Veränderung",
    "moved.from_to": "Punktzahl vorher" + FIXED + "→ jetzt",
    "moved.no_falls": "Keine Punktzahl ist um einen Punkt oder mehr gefallen.",
    "moved.no_rises": "Keine Punktzahl ist um einen Punkt oder mehr gestiegen.",
    "moved.no_past": (
        "Es gibt keinen früheren Stichtag zum Vergleich: Am {date} gab es noch keine {Entities}."
    ),
    "cause.measure": "{measure}: {before}" + FIXED + "→" + FIXED + "{after}",
    "cause.cap_on": "Die Regel „{cap}“ begrenzt jetzt die Punktzahl",
    "cause.cap_off": "Die Regel „{cap}“ begrenzt die Punktzahl nicht mehr",
    "cause.lost": "„{measure}“ hat keinen Wert mehr",
    "cause.gained": "„{measure}“ hat wieder einen Wert: {after}",
    "cause.weight": "„{measure}“ hat ein anderes Gewicht als vorher",
    "cause.model": "Es gelten andere Gewichte, weil das Segment gewechselt hat",
    "cause.smoothing_up": ("Frühere, schwächere Tage zählen in der geglätteten Punktzahl weniger"),
    "cause.smoothing_down": ("Frühere, stärkere Tage zählen in der geglätteten Punktzahl weniger"),
    "cause.points": "{points}" + FIXED + "Punkte",
    "dimensions": "Woraus die Punktzahl besteht",
    "dimensions.weight": "Gewicht" + FIXED + "{share}",
    "dimensions.mean": "im Schnitt",
    "dimensions.nobody": "noch ohne Daten",
    "dimensions.spread": (
        "Die mittlere Hälfte der {Entities} liegt zwischen {low} und {high}; der Median "
        "ist {median}."
    ),
    "dimensions.caption": "Kennzahlen: {dimension}",
    "dimensions.measure": "Kennzahl",
    "dimensions.have": "Mit Daten",
    "dimensions.have_good": "sonst volle Punkte",
    "dimensions.usual": "Typischer Wert",
    "dimensions.anchors": "Schlecht → gut",
    "dimensions.points": "Ø Punkte",
    "dimensions.strip": "{dimension}: Verteilung der Punktzahlen von 0 bis 100",
    "proof": "Sagt die Punktzahl {outcome_noun} voraus?",
    "proof.further": "Sagt die Punktzahl „{score}“ {outcome_noun} voraus?",
    "proof.rows": (
        "Grundlage sind {rows} Zeilen: {all} {Entities} an {dates} Stichtagen vom {first} "
        "bis zum {last}, jeweils mit den damals bekannten Daten bewertet, soweit sie in den "
        "Tabellen noch enthalten sind. Darunter sind Zeilen von {events} {Entities_dative}, "
        "die innerhalb der nächsten {days} Tage {outcome_verb} (im Folgenden: das Ereignis). "
        "Die 95\u2011%\u2011Intervalle berücksichtigen, dass es je {Entity} mehrere Zeilen gibt. Bei "
        "weniger als {least} Zeilen wird kein Anteil gezeigt."
    ),
    "proof.decided": (
        "Das Ereignis zählt hier ab dem Tag der Entscheidung (meist der Kündigung), nicht erst, "
        "wenn es wirksam wird."
    ),
    "proof.warned.one": "{n} Befund macht diese Zahlen unsicherer; `salus validate` zeigt ihn.",
    "proof.warned.many": (
        "{n} Befunde machen diese Zahlen unsicherer; `salus validate` zeigt sie."
    ),
    "proof.no_pictures": (
        "Dieser Abschnitt enthält keine Diagramme, weil die Erweiterung „pictures“ nicht "
        "installiert ist. So wird sie installiert: `pip install 'salus[pictures]'`. Die "
        "Tabellen unten zeigen dieselben Zahlen."
    ),
    "proof.register": "{Entities} ohne Warnung",
    "proof.missed": ("{missed} von {all} {outcome_with} waren vorher nicht in der Stufe „{band}“."),
    "proof.limit": (
        "Läge die Grenze für „{band}“ bei {limit} statt {now}, wären {caught} dieser {missed} "
        "darin gewesen."
    ),
    "proof.register_note": (
        "{missed} von {all} {outcome_with} waren an keinem der drei zuvor geprüften Tage in der "
        "Stufe „{band}“. Die {n} jüngsten:"
    ),
    "proof.register_none": (
        "Bei allen {outcome_with} galt an mindestens einem der drei zuvor geprüften Tage die Stufe "
        "„{band}“."
    ),
    "proof.on": "Eingetreten am",
    "proof.before": "{days} davor",
    "proof.lowest": "Schwächste Kennzahl bei der letzten Prüfung",
    "proof.points": "{measure}: {points}" + FIXED + "Punkte",
    "data": "Die Daten hinter der Punktzahl",
    "data.caption": "Aktualität der Quellen",
    "data.source": "Quelle",
    "data.newest": "Neueste Daten",
    "data.age": "Alter",
    "data.fresh": "Veraltet nach",
    "data.state": "Status",
    "data.fresh_yes": "Aktuell",
    "data.fresh_no": "Veraltet",
    "data.fresh_open": "Ohne Frist",
    "data.fresh_none": "Keine Daten",
    "data.rows": "Gelesene Zeilen",
    "data.rejected": "Verworfen",
    "data.uncounted": (
        "„–“ unter „Gelesene Zeilen“: Für diese Quelle ist die Zahl der Zeilen nicht erfasst."
    ),
    "data.coverage": (
        "Die Abdeckung beträgt im Durchschnitt {share}: So viel vom Gewicht einer Punktzahl stammt "
        "aus Kennzahlen, für die Daten vorliegen."
    ),
    "data.covered.one": ("Bei {n} ist es weniger als die {least}, die für eine Stufe nötig sind."),
    "data.covered.many": (
        "Bei {n} {Entities_dative} ist es weniger als die {least}, die für eine Stufe nötig sind."
    ),
    "data.doubt": "Einschränkungen",
    "data.no_doubt": (
        "Nichts fällt auf: Alle Quellen sind aktuell, und alle Kennzahlen haben Werte."
    ),
    "doubt.stale": (
        "{source}: Die neuesten Daten sind {age} alt, erlaubt sind {fresh}. Die Kennzahlen "
        "dieser Quelle zählen nicht mit."
    ),
    "doubt.empty": "{source}: Vor diesem Tag gibt es keine Daten.",
    "doubt.thin": "{measure}: Nur für {share} der {Entities} liegen Daten vor.",
    "doubt.unknown_keys": (
        "{source}: Manche Zeilen gehören zu unbekannten {Entities_dative}; sie werden ausgelassen."
    ),
    "doubt.rejected.one": "{source}: {n} Zeile ließ sich nicht lesen ({share}).",
    "doubt.rejected.many": "{source}: {n} Zeilen ließen sich nicht lesen ({share}).",
    "doubt.today": (
        "Für frühere Stichtage stecken in {names} zum Teil heutige Werte, weil deren Verlauf nicht "
        "bekannt ist."
    ),
    "doubt.linked": (
        "Zeilen, deren Namen zu keinem oder zu mehreren {Entities_dative} führen, werden ausgelassen; "
        "`salus check` zählt sie."
    ),
    "doubt.links.one": (
        "An jedem Stichtag führen Namen zu denselben {Entities_dative} wie heute, weil {n} "
        "Verknüpfung kein `time` hat."
    ),
    "doubt.links.many": (
        "An jedem Stichtag führen Namen zu denselben {Entities_dative} wie heute, weil {n} "
        "Verknüpfungen kein `time` haben."
    ),
    "doubt.lookups.one": (
        "Für jeden Stichtag gelten die heutigen Zeilen aus {n} Tabelle, in der ohne Datum "
        "nachgeschlagen wird."
    ),
    "doubt.lookups.many": (
        "Für jeden Stichtag gelten die heutigen Zeilen aus {n} Tabellen, in denen ohne Datum "
        "nachgeschlagen wird."
    ),
    "doubt.owners": (
        "Zuständige erscheinen als Ids: Für Namen muss `owner` in salus.yaml eine Spalte "
        "mit Namen nennen."
    ),
    "doubt.no_value.one": (
        "In {n} Fall fehlt die Angabe „{amount}“; keine Summe enthält diesen Eintrag."
    ),
    "doubt.no_value.many": (
        "Bei {n} {Entities_dative} fehlt die Angabe „{amount}“; keine Summe enthält diese Einträge."
    ),
    "reading": "So liest man diese Seite",
    "reading.score": (
        "Die Punktzahl reicht von 0 bis 100, und 100 ist immer am besten. Jede Kennzahl "
        "gibt Punkte, Kennzahlen bilden Dimensionen, und die gewichteten Dimensionen "
        "ergeben die Punktzahl."
    ),
    "reading.band": (
        "Eine Stufe ist ein Bereich von Punktzahlen. Form, Name und Farbe bedeuten immer dasselbe."
    ),
    "reading.smooth": (
        "Die Punktzahl ist ein Durchschnitt über {days} Tage. Heute zählt am meisten; ein Tag, "
        "der {half_life} Tage zurückliegt, zählt halb so viel."
    ),
    "reading.zone": (
        "Die Stufe wechselt erst, wenn die Punktzahl {points} Punkte jenseits der Grenze "
        "liegt, damit sie nicht hin und her springt. Eine Regel gilt sofort."
    ),
    "reading.coverage": (
        "Abdeckung ist der Anteil des Gewichts, der aus Kennzahlen mit eigenem Wert "
        "stammt. Unter {least} ist die Stufe unbekannt, denn die Punktzahl wäre "
        "überwiegend geraten."
    ),
    "reading.missing": (
        "Fehlen einer Kennzahl Daten, geht ihr Gewicht auf die anderen über; eine Kennzahl "
        "kann dann mehr Punkte kosten, als das angezeigte Gewicht erwarten lässt."
    ),
    "reading.cap": (
        "Eine Regel begrenzt die Punktzahl, solange ein ernstes Problem besteht, ganz "
        "gleich, wie gut der Rest ausfällt."
    ),
    "footer": (
        "Erstellt mit Salus {version}. Diese Datei ist in sich vollständig und lädt nichts "
        "aus dem Netz."
    ),
}
