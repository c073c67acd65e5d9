"""German."""

from __future__ import annotations

from salus.channels.words.findings.german import FINDINGS
from salus.channels.words.format import FIXED, Format
from salus.model.plural import many as english_many


def many(word: str) -> str:
    """The plural of words that end in -e; of loan words the English one.

    >>> [many(word) for word in ("Kunde", "Filiale", "team")]
    ['Kunden', 'Filialen', 'teams']
    """
    return f"{word}n" if word.endswith("e") else english_many(word)


LABELS = {
    "healthy": "Gesund",
    "watch": "Beobachten",
    "at_risk": "Gefährdet",
    "unknown": "Unbekannt",
}

TEXTS = {
    "title": "Gesundheit der {Entities}",
    "as_of": "Stand {date}",
    "population.one": "{n} {Entity}",
    "population.many": "{n} {Entities}",
    "model": "Modell {name}, Fingerabdruck {fingerprint}",
    "beside": "für {n} davon spricht das Modell {other}; diese Seite misst alle mit dem einen",
    "since": "Veränderungen seit {date}",
    "contents": "Auf dieser Seite",
    "days.one": "{n}" + FIXED + "Tag",
    "days.many": "{n}" + FIXED + "Tage",
    "within.one": " innerhalb von {n}" + FIXED + "Tag",
    "within.many": " innerhalb von {n}" + FIXED + "Tagen",
    "yes": "ja",
    "no": "nein",
    "lead.at_risk.one": "{n} von {all} {Entities} ist gefährdet.",
    "lead.at_risk.many": "{n} von {all} {Entities} sind gefährdet.",
    "lead.at_risk_money.one": (
        "{n} von {all} {Entities} ist gefährdet; dahinter stehen {money} von {total}."
    ),
    "lead.at_risk_money.many": (
        "{n} von {all} {Entities} sind gefährdet; dahinter stehen {money} von {total}."
    ),
    "lead.band.one": "{n} von {all} {Entities} steht im Band „{band}“.",
    "lead.band.many": "{n} von {all} {Entities} stehen im Band „{band}“.",
    "lead.band_money.one": (
        "{n} von {all} {Entities} steht im Band „{band}“, dahinter {money} von {total}."
    ),
    "lead.band_money.many": (
        "{n} von {all} {Entities} stehen im Band „{band}“, dahinter {money} von {total}."
    ),
    "lead.none": "Von {all} {Entities} steht niemand im Band „{band}“.",
    "lead.moved": (
        "In {days} Tagen: {fell} in ein schlechteres Band gefallen, {rose} in ein besseres"
        " gestiegen."
    ),
    "lead.by_model.one": "{n} wechselte das Band, weil ein anderes Modell spricht als damals.",
    "lead.by_model.many": "{n} wechselten das Band, weil ein anderes Modell spricht als damals.",
    "lead.unknown.one": "Bei {n} reichen die Daten für kein Urteil.",
    "lead.unknown.many": "Bei {n} reichen die Daten für kein Urteil.",
    "lead.stale.one": "{n} Quelle ist verstummt; was sie misst, bleibt außen vor.",
    "lead.stale.many": "{n} Quellen sind verstummt; was sie messen, bleibt außen vor.",
    "figure.mean": "Mittlerer Wert",
    "figure.money": "Geld dahinter",
    "figure.money_at_risk": "Gefährdetes Geld",
    "figure.moved": "Bandwechsel",
    "figure.share": "{share} der {Entities}",
    "figure.money_share": "{share} von {total}",
    "figure.change": "{change} in {days} Tagen",
    "figure.moved_text": "{fell} ab, {rose} auf",
    "figure.no_past": "kein früherer Tag zum Vergleich",
    "figure.no_score": "niemand hat einen Wert",
    "bands": "Bänder",
    "bands.caption": "{Entities} nach Band",
    "bands.band": "Band",
    "bands.range": "Wert",
    "bands.number": "{Entities}",
    "bands.share": "Anteil",
    "bands.money": "Geld",
    "bands.money_in": "Geld, {currency}",
    "bands.change": "In {days} Tagen",
    "bands.from": "ab {low}",
    "bands.below": "unter {high}",
    "bands.between": "{low} bis unter {high}",
    "bands.unknown": "zu wenig Daten",
    "bands.by_number": "{Entities}",
    "bands.by_money": "Geld",
    "bands.bar": "Anteil jedes Bandes nach Anzahl",
    "bands.money_bar": "Anteil jedes Bandes nach Geld",
    "bands.part": "{band}: {share}",
    "histogram": "Wie sich die Werte verteilen",
    "histogram.conclusion": (
        "Die Hälfte der {Entities} liegt zwischen {low} und {high}; der Median ist {median}."
    ),
    "histogram.none": "Niemand hat einen Wert.",
    "histogram.bin": "{low} bis {high}: {n}",
    "trend": "Monat für Monat",
    "trend.up": "In {months} Monaten ist der mittlere Wert von {first} auf {last} gestiegen.",
    "trend.down": "In {months} Monaten ist der mittlere Wert von {first} auf {last} gefallen.",
    "trend.same": "Der mittlere Wert liegt seit {months} Monaten bei {last}.",
    "trend.bands": "Anteil jedes Bandes",
    "trend.mean": "Mittlerer Wert",
    "trend.numbers": "Zahlen zeigen",
    "trend.month": "Tag",
    "trend.as_it_was": (
        "Jeder Tag ist mit den damals bekannten Fakten und dem heutigen Modell neu bewertet."
    ),
    "look": "{Entities} für den ersten Blick",
    "look.order": (
        "Zuerst alle in „{band}“, nach Geld; dann Geld × (100 − Wert), wo am meisten Geld auf den"
        " schlechtesten Wert trifft."
    ),
    "look.order_soon": (
        "Zuerst alle in „{band}“: Entscheidungen in den nächsten {n} Tagen, dann die übrigen,"
        " jeweils nach Geld; dann Geld × (100 − Wert), wo am meisten Geld auf den schlechtesten"
        " Wert trifft."
    ),
    "look.order_score": (
        "Zuerst alle in „{band}“, der schlechteste Wert zuerst, dann die übrigen: das Modell nennt"
        " kein Geld."
    ),
    "look.more_at_risk.one": (
        "In „{band}“ ist {n} weiterer, der hier nicht steht; `salus score --out scores.csv` zeigt"
        " alle."
    ),
    "look.more_at_risk.many": (
        "In „{band}“ sind {n} weitere, die hier nicht stehen; `salus score --out scores.csv` zeigt"
        " alle."
    ),
    "look.more.one": "{n} weiterer Eintrag in besseren Bändern steht hier nicht.",
    "look.more.many": "{n} weitere {entities} in besseren Bändern stehen hier nicht.",
    "look.decision": "Entscheidung: noch {days}",
    "look.caption": "Die ersten {n} {Entities}",
    "look.none": "Niemand hat einen Wert.",
    "look.who": "{Entity}",
    "look.score": "Wert",
    "look.line": "{n} Monate",
    "look.reason": "Wichtigster Grund",
    "look.owner": "bei",
    "look.line_text": "Wert der letzten Monate: {first} bis {last}",
    "look.unknown": "abgedeckt {share}",
    "reason.value": "{measure} {value}",
    "reason.good": "gut: {good}",
    "reason.cost": "kostet {points} Punkte",
    "reason.nothing": "Nichts drückt diesen Wert.",
    "reason.cap": "Bei {at_most} gehalten durch die Regel „{cap}“",
    "reason.above": (
        "Die Werte von heute allein ergäben {points} Punkte weniger; die Tage davor zählen noch"
    ),
    "reason.below": (
        "Die Werte von heute allein ergäben {points} Punkte mehr; die Tage davor zählen noch"
    ),
    "reason.step": "Nächstes Band: {steps}",
    "reason.settled": "Nächstes Band, wenn es so bleibt: {steps}",
    "reason.step_change": "{measure}: {before} → {after}",
    "reason.and": " und ",
    "moved": "Wer sich bewegt hat",
    "moved.falls": "Am tiefsten gefallen",
    "moved.rises": "Am höchsten gestiegen",
    "moved.caption_falls": "Am tiefsten gefallen seit {date}",
    "moved.caption_rises": "Am höchsten gestiegen seit {date}",
    "moved.change": "Änderung",
    "moved.from_to": "Von, nach",
    "moved.no_falls": "Niemand ist um einen Punkt oder mehr gefallen.",
    "moved.no_rises": "Niemand ist um einen Punkt oder mehr gestiegen.",
    "moved.no_past": "Es gibt keinen früheren Tag zum Vergleich: am {date} gab es noch niemanden.",
    "cause.measure": "{measure}: {before} → {after}",
    "cause.cap_on": "Die Regel „{cap}“ hält den Wert jetzt unten",
    "cause.cap_off": "Die Regel „{cap}“ hält den Wert nicht mehr unten",
    "cause.lost": "{measure} hat keinen Wert mehr",
    "cause.gained": "{measure} hat wieder einen Wert: {after}",
    "cause.weight": "{measure} wiegt anders als vorher",
    "cause.model": "Andere Gewichte gelten: das Segment hat gewechselt",
    "cause.smoothing": "Die Tage davor zählen mit",
    "cause.points": "{points} Punkte",
    "dimensions": "Woraus der Wert besteht",
    "dimensions.weight": "Gewicht {share}",
    "dimensions.mean": "Mittel",
    "dimensions.nobody": "niemand hat einen Wert",
    "dimensions.spread": (
        "Die Hälfte der {Entities} liegt zwischen {low} und {high}; der Median ist {median}."
    ),
    "dimensions.caption": "Messgrößen: {dimension}",
    "dimensions.measure": "Messgröße",
    "dimensions.have": "Mit Wert",
    "dimensions.usual": "Üblicher Wert",
    "dimensions.anchors": "Schlecht → gut",
    "dimensions.points": "Mittlere Punkte",
    "dimensions.strip": "{dimension}: Verteilung der Werte von 0 bis 100",
    "proof": "Sagt der Wert „{outcome}“ voraus?",
    "proof.further": "Sagt der Wert „{score}“ „{outcome}“ voraus?",
    "proof.rows": (
        "Das beruht auf {rows} Zeilen: {all} {Entities} an {dates} Tagen von {first} bis {last},"
        " jede bewertet mit dem, was damals bekannt war. „{outcome}“ trat in {days} Tagen bei"
        " {events} davon ein. Intervalle gelten zu 95 % und zählen {Entities}, nicht Zeilen; unter"
        " {least} Zeilen steht keine Rate."
    ),
    "proof.warned.one": "{n} Befund schwächt diese Zahlen; salus validate nennt ihn.",
    "proof.warned.many": "{n} Befunde schwächen diese Zahlen; salus validate nennt sie.",
    "proof.no_pictures": (
        "Die Bilder fehlen, weil sie eine Erweiterung brauchen, die nicht installiert ist: pip "
        "install 'salus[pictures]'. Ihre Zahlen stehen in den Tabellen."
    ),
    "proof.register": "Verzeichnis der Fehlurteile",
    "proof.missed": "Im Band „{band}“ fehlten {missed} von {all} mit „{outcome}“.",
    "proof.limit": "Eine Grenze von {limit} hätte {caught} davon erfasst.",
    "proof.register_note": (
        "{missed} von {all} mit „{outcome}“ standen an keinem der drei Tage davor im Band "
        "„{band}“. Die letzten {n}:"
    ),
    "proof.register_none": (
        "Alle mit „{outcome}“ standen an mindestens einem der drei Tage davor im Band „{band}“."
    ),
    "proof.on": "Eingetreten am",
    "proof.before": "{days} davor",
    "proof.lowest": "Niedrigstes Maß damals",
    "proof.points": "{measure}: {points} Punkte",
    "picture.predicted": "Vorausgesagt",
    "picture.observed": "Eingetreten",
    "picture.interval": "95-%-Intervall",
    "picture.rows": "Zeilen",
    "picture.entities": "{Entities}",
    "picture.score": "Wert",
    "picture.rate": "Anteil mit dem Ereignis",
    "picture.band": "Band",
    "picture.date": "Tag",
    "picture.too_few": "zu wenige",
    "picture.all": "alle: {share}",
    "picture.calibration": "Vorausgesagt und eingetreten",
    "picture.calibration_parts": (
        "{parts} Teile mit je {rows} Zeilen; auf der gestrichelten Linie trat es so oft ein "
        "wie vorausgesagt."
    ),
    "picture.deciles": "Wie oft es eintrat, nach Wert",
    "picture.deciles_parts": (
        "{parts} Teile mit je {rows} Zeilen; es trat bei {base} aller Zeilen ein."
    ),
    "picture.deciles_break": (
        "Die Rate bricht bei einem Wert von {score} ({low} bis {high}): {below} darunter, "
        "{above} ab da."
    ),
    "picture.deciles_no_break": "Es gibt keinen Wert, an dem die Rate deutlich bricht.",
    "picture.break": "Bruch bei {score}",
    "picture.lead": "Wie früh er warnte",
    "picture.lead.says": (
        "Von {n}, bei denen es eintrat, standen {share} ({low} bis {high}) mindestens {days} Tage "
        "davor schon einmal im Band „{band}“; {never} taten es im Jahr davor nie."
    ),
    "picture.lead.days": "Tage vor dem Ereignis",
    "picture.lead.share": "Anteil mit Warnung",
    "picture.lead.mark": "{days}: {share}",
    "picture.misses": "Wo sie standen, bevor es eintrat",
    "picture.misses.says.one": (
        "{n} von {all}, bei denen es eintrat, stand an keinem dieser Tage im Band „{band}“."
    ),
    "picture.misses.says.many": (
        "{n} von {all}, bei denen es eintrat, standen an keinem dieser Tage im Band „{band}“."
    ),
    "picture.misses.when": "Tage davor",
    "picture.misses.share": "Anteil derer, bei denen es eintrat",
    "picture.waiting": "Wie bald es eintrat, nach Band",
    "picture.waiting.says": (
        "Nach dem Band vom {date}: In {days} trat es bei {of_worst} der "
        "{n_worst} in „{worst}“ und {of_best} der {n_best} in „{best}“ ein."
    ),
    "picture.waiting.days": "Tage danach",
    "picture.waiting.share": "Anteil, bei dem es eintrat",
    "picture.flows": "Wer das Band wechselte",
    "picture.flows.says": (
        "Von {n} {Entities} am {date} standen {kept} am {later} im selben Band; bei {came} war das "
        "Ereignis eingetreten."
    ),
    "picture.flows.from": "Von",
    "picture.flows.gone": "Nicht betrachtet",
    "picture.fan.interval": "{level}-Intervall",
    "picture.outlook": "Was verlängert wird",
    "picture.outlook.number": "{Entities}",
    "picture.outlook.says": (
        "Von heute {now} gehen voraussichtlich {lost} durch das verloren, was bis zum {date}"
        " entschieden wird ({level}: {low} bis {high}). Neue sind nicht darin, und keine geänderten"
        " Preise."
    ),
    "picture.outlook.cut": "Die Achse beginnt nicht bei 0.",
    "calibrated.right": (
        "Aus dem Wert allein gemachte Voraussagen trafen, soweit erkennbar, so oft zu wie gesagt: "
        "Steigung {slope}, {low} bis {high}; richtig ist 1."
    ),
    "calibrated.far": (
        "Aus dem Wert allein gemachte Voraussagen gingen nach beiden Seiten zu weit: Steigung"
        " {slope}, {low} bis {high}; richtig ist 1."
    ),
    "calibrated.near": (
        "Aus dem Wert allein gemachte Voraussagen waren zu vorsichtig: Steigung {slope}, {low} bis "
        "{high}; richtig ist 1."
    ),
    "data": "Die Daten dahinter",
    "data.caption": "Wie frisch jede Quelle ist",
    "data.source": "Quelle",
    "data.newest": "Neuester Fakt",
    "data.age": "Alter",
    "data.fresh": "Veraltet nach",
    "data.state": "Zustand",
    "data.fresh_yes": "Frisch",
    "data.fresh_no": "Veraltet",
    "data.fresh_open": "Ohne Grenze",
    "data.fresh_none": "Keine Fakten",
    "data.rows": "Gelesene Zeilen",
    "data.rejected": "Abgelehnt",
    "data.coverage": "Im Mittel haben {share} des Gewichts einen Wert.",
    "data.covered.one": "{n} {Entity} liegt unter den {least}, die ein Band braucht.",
    "data.covered.many": "{n} {Entities} liegen unter den {least}, die ein Band braucht.",
    "data.doubt": "Woran man zweifeln sollte",
    "data.no_doubt": "Nichts fällt auf: jede Quelle ist frisch, jede Messgröße hat Werte.",
    "doubt.stale": (
        "{source}: der neueste Fakt ist {age} alt, die Grenze ist {fresh}. Was sie misst, fehlt."
    ),
    "doubt.empty": "{source}: vor diesem Tag gibt es keinen Fakt.",
    "doubt.thin": "{measure}: nur {share} der {Entities} haben einen Wert.",
    "doubt.strangers": (
        "{source}: manche Fakten haben einen unbekannten Schlüssel; sie zählen bei niemandem."
    ),
    "doubt.rejected.one": "{source}: {n} Zeile ließ sich nicht lesen ({share}).",
    "doubt.rejected.many": "{source}: {n} Zeilen ließen sich nicht lesen ({share}).",
    "doubt.today": "An früheren Tagen gelten für {names} die heutigen Angaben.",
    "doubt.worth.one": "{n} {Entity} ohne Geldwert fehlt in jeder Geldsumme.",
    "doubt.worth.many": "{n} {Entities} ohne Geldwert fehlen in jeder Geldsumme.",
    "reading": "Wie man diese Seite liest",
    "reading.score": (
        "Der Wert geht von 0 bis 100, und 100 ist immer gesund: jede Messgröße gibt Punkte,"
        " Messgrößen bilden Dimensionen, und gewichtete Dimensionen ergeben den Wert."
    ),
    "reading.band": (
        "Ein Band ist ein Bereich von Werten; Form, Wort und Farbe sagen immer dasselbe."
    ),
    "reading.smooth": (
        "Der Wert ist ein Mittel über {days} Tage: heute zählt am meisten, und je {half_life} Tage "
        "zurück die Hälfte."
    ),
    "reading.zone": (
        "Das Band wechselt erst, wenn der Wert {points} Punkte hinter der Grenze liegt, damit es "
        "nicht flackert. Eine Regel (cap) wirkt sofort."
    ),
    "reading.coverage": (
        "Abdeckung ist der Anteil des Gewichts mit eigenem Wert; unter {least} ist das Band"
        " unbekannt, denn Raten ist kein Urteil."
    ),
    "reading.cap": (
        "Eine Regel (cap) hält den Wert unten, solange etwas Ernstes andauert, wie gut auch der"
        " Rest ist."
    ),
    "footer": (
        "Erstellt mit Salus {version}. Diese Datei ist vollständig: sie fragt nichts im Netz an."
    ),
}

GERMAN = Format(
    language="de",
    decimal=",",
    group=".",
    percent=FIXED + "%",
    million="Mio.",
    billion="Mrd.",
    long="{day}. {name} {year}",
    short="{day:02d}.{month:02d}.{year}",
    month="{brief} {year}",
    months=(
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    brief_months=(
        "Jan.",
        "Feb.",
        "März",
        "Apr.",
        "Mai",
        "Juni",
        "Juli",
        "Aug.",
        "Sep.",
        "Okt.",
        "Nov.",
        "Dez.",
    ),
    many=many,
    texts=TEXTS,
    findings=FINDINGS,
    labels=LABELS,
)
