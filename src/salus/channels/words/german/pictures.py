"""Texts of the pictures in German."""

from __future__ import annotations

TEXTS = {
    "picture.predicted": "Vorausgesagt",
    "picture.observed": "Eingetreten",
    "picture.interval": "95\u2011%\u2011Intervall",
    "picture.rows": "Zeilen",
    "picture.entities": "{Entities}",
    "picture.score": "Punktzahl",
    "picture.rate": "Anteil mit dem Ereignis",
    "picture.band": "Stufe",
    "picture.date": "Datum",
    "picture.too_few": "zu wenige",
    "picture.all": "alle: {share}",
    "picture.calibration": "Vorausgesagt und eingetreten",
    "picture.calibration_parts": (
        "{parts} Gruppen mit je {rows} Zeilen, ohne die ersten Stichtage: Eine Voraussage nutzt "
        "nur, was vorher bekannt war."
    ),
    "picture.calibration_legend": (
        "Auf der gestrichelten Linie trat das Ereignis so oft ein wie vorausgesagt."
    ),
    "picture.calibration_none": (
        "In einer Gruppe ohne das Ereignis zählen mehrere Zeilen je {Entity} nur als eine; "
        "deshalb ist das Intervall dort breiter."
    ),
    "picture.deciles": "Wie oft das Ereignis eintrat, nach Punktzahl",
    "picture.deciles_parts": (
        "{parts} Gruppen mit je {rows} Zeilen; in {base} aller Zeilen trat das Ereignis ein."
    ),
    "picture.deciles_break": (
        "Bei einer Punktzahl von {score} (95\u2011%\u2011Intervall {low} bis {high}) ändert sich "
        "der Anteil sprunghaft: unter {score}: {below}, ab {score}: {above}."
    ),
    "picture.deciles_no_break": (
        "Es gibt keine Punktzahl, bei der sich der Anteil sprunghaft ändert."
    ),
    "picture.break": "Sprung bei {score}",
    "picture.lead": "Wie früh die Punktzahl warnte",
    "picture.lead.says": (
        "Von den {n} {Entities_dative}, bei denen das Ereignis bis zum {date} "
        "eingetreten war, waren {share} ({low} bis {high}) schon mindestens {days} "
        "Tage vorher in der Stufe „{band}“; {never} waren im Jahr davor nie darin."
    ),
    "picture.lead.days": "Tage vor dem Ereignis",
    "picture.lead.share": "Anteil mit Warnung",
    "picture.lead.mark": "{days}: {share}",
    "picture.misses": "Stufen vor dem Ereignis",
    "picture.misses.says.one": (
        "{n} von {all} {Entities_dative}, bei denen das Ereignis eingetreten ist, war an "
        "keinem dieser Tage in der Stufe „{band}“."
    ),
    "picture.misses.says.many": (
        "{n} von {all} {Entities_dative}, bei denen das Ereignis eingetreten ist, waren an "
        "keinem dieser Tage in der Stufe „{band}“."
    ),
    "picture.misses.when": "Tage davor",
    "picture.misses.share": "Anteil der betroffenen {Entities}",
    "picture.waiting": "Wie schnell das Ereignis eintrat, nach Stufe",
    "picture.waiting.says": (
        "In den {days} Tagen nach dem {date} trat das Ereignis bei {of_worst} der {n_worst} "
        "{Entities} in der Stufe „{worst}“ ein und bei {of_best} der {n_best} in der Stufe "
        "„{best}“."
    ),
    "picture.waiting.days": "Tage danach",
    "picture.waiting.share": "Anteil mit dem Ereignis",
    "picture.flows": "Wer die Stufe gewechselt hat",
    "picture.flows.says": (
        "Von {n} {Entities_dative} am {date} waren {stayed} am {later} in derselben Stufe; "
        "bei {outcomes} war das Ereignis bis dahin eingetreten."
    ),
    "picture.flows.from": "Von",
    "picture.flows.gone": "Später ohne Punktzahl",
    "picture.fan.interval": "{level}\u2011%\u2011Intervall",
    "picture.outlook": "Kommende Verlängerungen",
    "picture.outlook.number": "{Entities}",
    "picture.outlook.says": (
        "Erwarteter Verlust bei den Verlängerungen, die vor dem {date} entschieden werden: {lost} "
        "von derzeit {now} (mit {level} Wahrscheinlichkeit {low} bis {high}). {Entities}, die "
        "gekündigt haben, sind in den {now} nicht enthalten; neue {Entities} und Preisänderungen "
        "sind nicht eingerechnet."
    ),
    "picture.outlook.cut": "Die Achse beginnt nicht bei 0.",
    "calibrated.right": (
        "Soweit messbar, trafen Voraussagen aus der Punktzahl allein so oft zu wie "
        "vorausgesagt (Steigung auf der Log\u2011Odds\u2011Skala {slope}; 95\u2011%\u2011Intervall {low} bis "
        "{high}; 1 ist ideal)."
    ),
    "calibrated.rarer": (
        "In {sided} von {parts} Gruppen trat das Ereignis seltener ein als aus der Punktzahl "
        "allein vorausgesagt. Prozentual steigt der Anteil von Gruppe zu "
        "Gruppe etwa so stark wie vorausgesagt (Steigung auf der Log\u2011Odds\u2011Skala {slope}; "
        "95\u2011%\u2011Intervall {low} bis {high}; 1 ist ideal)."
    ),
    "calibrated.oftener": (
        "In {sided} von {parts} Gruppen trat das Ereignis häufiger ein als aus der Punktzahl "
        "allein vorausgesagt. Prozentual steigt der Anteil von Gruppe zu "
        "Gruppe etwa so stark wie vorausgesagt (Steigung auf der Log\u2011Odds\u2011Skala {slope}; "
        "95\u2011%\u2011Intervall {low} bis {high}; 1 ist ideal)."
    ),
    "calibrated.far": (
        "Voraussagen aus der Punktzahl allein waren nach oben und unten zu extrem (Steigung "
        "auf der Log\u2011Odds\u2011Skala {slope}; 95\u2011%\u2011Intervall {low} bis {high}; 1 ist ideal)."
    ),
    "calibrated.near": (
        "Voraussagen aus der Punktzahl allein waren zu vorsichtig (Steigung auf der "
        "Log\u2011Odds\u2011Skala {slope}; 95\u2011%\u2011Intervall {low} bis {high}; 1 ist ideal)."
    ),
}
