"""Texts of the pictures in Danish."""

from __future__ import annotations

TEXTS = {
    "picture.predicted": "Forudsagt",
    "picture.observed": "Indtruffet",
    "picture.interval": "95 %-interval",
    "picture.rows": "Rækker",
    "picture.entities": "{Entities}",
    "picture.score": "Score",
    "picture.rate": "Andel med hændelsen",
    "picture.band": "Bånd",
    "picture.date": "Dato",
    "picture.too_few": "for få",
    "picture.all": "alle: {share}",
    "picture.calibration": "Forudsagt og indtruffet",
    "picture.calibration_parts": (
        "{parts} grupper med hver {rows} rækker. På den stiplede linje indtraf hændelsen så ofte "
        "som forudsagt."
    ),
    "picture.deciles": "Hvor ofte hændelsen indtraf, efter score",
    "picture.deciles_parts": (
        "{parts} grupper med hver {rows} rækker; hændelsen indtraf i {base} af alle rækker."
    ),
    "picture.deciles_break": (
        "Andelen ændrer sig brat ved en score på {score} ({low} til {high}): derunder {below}, "
        "derfra {above}."
    ),
    "picture.deciles_no_break": "Andelen ændrer sig ikke brat ved nogen score.",
    "picture.break": "skift ved {score}",
    "picture.lead": "Hvor tidligt scoren advarede",
    "picture.lead.says": (
        "Af {n} {entities} med hændelsen lå {share} ({low} til {high}) i båndet “{band}” mindst "
        "{days} dage før; {never} lå der aldrig i året før."
    ),
    "picture.lead.days": "Dage før hændelsen",
    "picture.lead.share": "Andel med varsel",
    "picture.lead.mark": "{days}: {share}",
    "picture.misses": "Bånd før hændelsen",
    "picture.misses.says.one": (
        "{n} af {all} {entities} med hændelsen lå ikke i båndet “{band}” på nogen af disse dage."
    ),
    "picture.misses.says.many": (
        "{n} af {all} {entities} med hændelsen lå ikke i båndet “{band}” på nogen af disse dage."
    ),
    "picture.misses.when": "Dage før",
    "picture.misses.share": "Andel af {entities} med hændelsen",
    "picture.waiting": "Hvor hurtigt hændelsen indtraf, efter bånd",
    "picture.waiting.says": (
        "I de {days} dage efter den {date} indtraf hændelsen hos {of_worst} af de {n_worst} "
        "{entities} i “{worst}” og hos {of_best} af de {n_best} i “{best}”."
    ),
    "picture.waiting.days": "Dage efter",
    "picture.waiting.share": "Andel med hændelsen",
    "picture.flows": "Hvem skiftede bånd",
    "picture.flows.says": (
        "Af {n} {entities} den {date} lå {stayed} i samme bånd den {later}; hos {outcomes} var "
        "hændelsen indtruffet inden da."
    ),
    "picture.flows.from": "Fra",
    "picture.flows.gone": "Ingen senere score",
    "picture.fan.interval": "{level}-interval",
    "picture.outlook": "Kommende fornyelser",
    "picture.outlook.number": "{Entities}",
    "picture.outlook.says": (
        "Forventet tab ved de fornyelser, der afgøres senest den {date}: {lost} af i dag {now} "
        "({level}-interval: {low} til {high}). Nye {entities} og prisændringer er ikke regnet "
        "med."
    ),
    "picture.outlook.cut": "Aksen begynder ikke ved 0.",
    "calibrated.right": (
        "Så vidt det kan måles, holdt forudsigelser alene ud fra scoren så ofte som forudsagt "
        "(hældning {slope}, {low} til {high}; 1 er ideelt)."
    ),
    "calibrated.far": (
        "Forudsigelser alene ud fra scoren var for ekstreme, både opad og nedad (hældning "
        "{slope}, {low} til {high}; 1 er ideelt)."
    ),
    "calibrated.near": (
        "Forudsigelser alene ud fra scoren var for forsigtige (hældning {slope}, {low} til "
        "{high}; 1 er ideelt)."
    ),
}
