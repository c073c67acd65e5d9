"""Texts of the pictures in Danish."""

from __future__ import annotations

TEXTS = {
    "picture.predicted": "Forudsagt",
    "picture.observed": "Indtruffet",
    "picture.interval": "95\u00a0%-interval",
    "picture.rows": "Rækker",
    "picture.entities": "{Entities}",
    "picture.score": "Score",
    "picture.rate": "Andel med hændelsen",
    "picture.band": "Niveau",
    "picture.date": "Dato",
    "picture.too_few": "for få",
    "picture.all": "alle: {share}",
    "picture.calibration": "Forudsagt og indtruffet",
    "picture.calibration_parts": (
        "{parts} grupper med hver {rows} rækker, uden de første datoer: En forudsigelse bruger kun "
        "det, man vidste på forhånd."
    ),
    "picture.calibration_legend": (
        "På den stiplede linje indtraf hændelsen så ofte som forudsagt."
    ),
    "picture.calibration_none": (
        "I en gruppe uden hændelsen tæller flere rækker pr. {entity} kun som én, så intervallet er "
        "bredere."
    ),
    "picture.deciles": "Hvor ofte hændelsen indtraf, efter score",
    "picture.deciles_parts": (
        "{parts} grupper med hver {rows} rækker; hændelsen indtraf i {base} af alle rækker."
    ),
    "picture.deciles_break": (
        "Andelen ændrer sig brat ved en score på {score} (95\u00a0%-interval {low} til {high}): under "
        "{score}: {below}, fra {score}: {above}."
    ),
    "picture.deciles_no_break": "Andelen ændrer sig ikke brat ved nogen score.",
    "picture.break": "skift ved {score}",
    "picture.lead": "Hvor tidligt scoren advarede",
    "picture.lead.says": (
        "Af de {n} {entities}, hvor hændelsen var indtruffet senest den {date}, "
        "var {share} ({low} til {high}) på niveauet “{band}” mindst {days} dage før; "
        "{never} var aldrig på det niveau i året før."
    ),
    "picture.lead.days": "Dage før hændelsen",
    "picture.lead.share": "Andel med advarsel",
    "picture.lead.mark": "{days}: {share}",
    "picture.misses": "Niveauer før hændelsen",
    "picture.misses.says.one": (
        "{n} af {all} {entities}, hvor hændelsen indtraf, var ikke på niveauet “{band}” på "
        "nogen af disse dage."
    ),
    "picture.misses.says.many": (
        "{n} af {all} {entities}, hvor hændelsen indtraf, var ikke på niveauet “{band}” på "
        "nogen af disse dage."
    ),
    "picture.misses.when": "Dage før",
    "picture.misses.share": "Andel af de berørte {entities}",
    "picture.waiting": "Hvor hurtigt hændelsen indtraf, efter niveau",
    "picture.waiting.says": (
        "I de {days} dage efter den {date} indtraf hændelsen hos {of_worst} af de "
        "{n_worst} {entities} på niveauet “{worst}” og hos {of_best} af de {n_best} på "
        "niveauet “{best}”."
    ),
    "picture.waiting.days": "Dage efter",
    "picture.waiting.share": "Andel med hændelsen",
    "picture.flows": "Hvem skiftede niveau",
    "picture.flows.says": (
        "Af {n} {entities} den {date} var {stayed} på samme niveau den {later}; hos "
        "{outcomes} var hændelsen indtruffet inden da."
    ),
    "picture.flows.from": "Fra",
    "picture.flows.gone": "Ingen senere score",
    "picture.fan.interval": "{level}\u00a0%-interval",
    "picture.outlook": "Kommende fornyelser",
    "picture.outlook.number": "{Entities}",
    "picture.outlook.says": (
        "Forventet tab ved de fornyelser, der afgøres før den {date}: {lost} af de nuværende {now} "
        "({level}-interval: {low} til {high}). {Entities}, der har opsagt aftalen, indgår ikke i "
        "de {now}. Nye {entities} og prisændringer er ikke regnet med."
    ),
    "picture.outlook.cut": "Aksen begynder ikke ved 0.",
    "calibrated.right": (
        "Så vidt det kan måles, holdt forudsigelser alene ud fra scoren så ofte som "
        "forudsagt (hældning på log-odds-skalaen {slope}; 95\u00a0%-interval {low} til {high}; 1 "
        "er ideelt)."
    ),
    "calibrated.rarer": (
        "I {sided} af {parts} grupper indtraf hændelsen sjældnere end forudsagt alene ud fra "
        "scoren. Procentvis stiger andelen fra gruppe til gruppe omtrent så "
        "meget som forudsagt (hældning på log-odds-skalaen {slope}; 95\u00a0%-interval {low} til "
        "{high}; 1 er ideelt)."
    ),
    "calibrated.oftener": (
        "I {sided} af {parts} grupper indtraf hændelsen oftere end forudsagt alene ud fra "
        "scoren. Procentvis stiger andelen fra gruppe til gruppe omtrent så "
        "meget som forudsagt (hældning på log-odds-skalaen {slope}; 95\u00a0%-interval {low} til "
        "{high}; 1 er ideelt)."
    ),
    "calibrated.far": (
        "Forudsigelser alene ud fra scoren var for ekstreme, både opad og nedad (hældning på "
        "log-odds-skalaen {slope}; 95\u00a0%-interval {low} til {high}; 1 er ideelt)."
    ),
    "calibrated.near": (
        "Forudsigelser alene ud fra scoren var for forsigtige (hældning på log-odds-skalaen "
        "{slope}; 95\u00a0%-interval {low} til {high}; 1 er ideelt)."
    ),
}
