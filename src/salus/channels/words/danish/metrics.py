"""Findings of the portfolio metrics in Danish."""

from __future__ import annotations

FINDINGS = {
    "metric.few_new.one": "Kun {number:n} {entity} kom til i perioden.",
    "metric.few_new.many": "Kun {number:n} {entities} kom til i perioden.",
    "metric.few_with_value": (
        "Kun {got:n} af {all:n} {entities} har fået en første nytte. Det er for få til en median."
    ),
    "metric.equal_waits": (
        "Alle {all:n} {entities} ventede lige længe. Det er for få til et interval."
    ),
    "metric.nothing_invoiced": "Der blev ikke faktureret noget i perioden.",
    "metric.few_debts": "For få {entities} skylder noget, eller alle skylder den samme andel.",
    "metric.no_answers": "Der er ingen svar i perioden.",
    "metric.nps_other_codes": (
        "{outside:n} af {all:n} svar ligger ikke mellem 0 og 10. Udelad andre spørgsmål og "
        "koder med `where`."
    ),
    "metric.nps_other_scale": (
        "Ingen af de {all:n} svar er over 5. Skalaen er formentlig en anden end 0 til 10."
    ),
    "metric.ces_outside": "{outside:n} af {all:n} svar ligger ikke mellem {low:n} og {high:n}.",
    "metric.no_value_at_start": "Der kendes ingen omsætning ved periodens start.",
    "metric.none_at_start": "Der var ingen aktive {entities} ved periodens start.",
    "metric.none_in_period": "Der var ingen aktive {entities} i perioden.",
    "metric.value_with_few": (
        "Det meste af omsætningen ligger hos for få {entities}, og de udviklede sig for "
        "forskelligt."
    ),
    "metric.none_pays": "Der er ingen betalende {entities} ved periodens slutning.",
    "metric.few_pay": "Færre end {least:n} {entities} betaler.",
    "metric.all_pay_the_same": "Alle {entities} betaler det samme beløb.",
    "metric.pay_differs": "Beløbene, som {entities} betaler, er for forskellige.",
    "metric.not_declared": (
        "Modellen angiver ikke, hvor det findes: Tilføj `{line}` under `metrics:`."
    ),
    "metric.unreadable": "Værdierne kan ikke læses: {problem}.",
    "metric.withheld": "Vises ikke, fordi tallet bygger på færre end {least:n} personer.",
    "metric.too_large": "Værdierne er for store til at lægges sammen.",
    "definition.time_to_value": (
        "Dage fra start til den første nytte, som median for {entities}, der startede i "
        "perioden (Kaplan-Meier). {Entities} uden en første nytte er medregnet."
    ),
    "definition.nps": "(andelen af svarene 9 og 10) − (andelen af svarene 0 til 6).",
    "definition.csat": "Andelen af svar, der opfylder betingelsen `{condition}`.",
    "definition.ces": (
        "Gennemsnittet af svarene på en skala fra {bad:n} (dårligst) til {good:n} (bedst)."
    ),
    "definition.dso": (
        "(tilgodehavender ved periodens slutning) ÷ (fakturerede beløb i perioden) × (periodens "
        "dage)."
    ),
    "definition.churn_start": (
        "({entities} tabt i perioden) ÷ ({entities} aktive ved dens start). Kun {entities}, der "
        "var aktive ved starten, tæller."
    ),
    "definition.churn_stripe": (
        "({entities} tabt i de sidste 30 dage) ÷ ({entities} aktive 30 dage før slutningen + nye i "
        "disse 30 dage)."
    ),
    "definition.churn_daily": (
        "Summen over alle dage: ({entities} tabt den dag) ÷ ({entities} aktive ved dens start)."
    ),
    "definition.value_start": (
        "(omsætning tabt eller reduceret i perioden) ÷ (omsætning ved dens start). Kun {entities}, "
        "der var aktive ved starten, tæller."
    ),
    "definition.value_stripe": (
        "(omsætning tabt eller reduceret i de sidste 30 dage) ÷ (omsætning 30 dage før slutningen"
        " + omsætning fra nye {entities} i disse 30 dage)."
    ),
    "definition.value_daily": (
        "Summen over alle dage: (omsætning tabt eller reduceret den dag) ÷ (omsætning ved dens "
        "start)."
    ),
    "definition.less_growth": "Væksten hos de samme {entities} er trukket fra.",
    "definition.grr": (
        "(omsætning ved slutningen uden vækst) ÷ (omsætning ved starten). Kun {entities}, der var "
        "aktive ved starten, tæller."
    ),
    "definition.nrr": (
        "(omsætning ved slutningen) ÷ (omsætning ved starten). Kun {entities}, der var aktive ved "
        "starten, tæller."
    ),
    "definition.arpa": (
        "(omsætning) ÷ (antal {entities}, der er aktive og betaler), ved periodens slutning."
    ),
    "answers.all": "Alle svar i perioden tæller.",
    "answers.last": "Pr. {group:name} tæller kun det sidste svar, hvis det er afgivet i perioden.",
    "portfolio.no_start": (
        "Modellen angiver ingen startdato pr. {entity}: Tilføj `starts:` til entiteten."
    ),
    "portfolio.no_outcome": (
        "Intet viser, hvornår et tab indtræffer ({entity}): Angiv en hændelse under `outcomes:`."
    ),
    "portfolio.no_end": (
        "Intet viser, hvornår et tab indtræffer ({entity}): Tilføj `ends:` til entiteten."
    ),
    "portfolio.no_decision": (
        "Hændelsen `{outcome}` mangler dagen for beslutningen: Tilføj `decided:`."
    ),
    "portfolio.no_value": (
        "Modellen angiver ingen værdi pr. {entity}: Tilføj `value:` til entiteten."
    ),
    "portfolio.no_value_history": (
        "Tidligere værdier af `{column}` er ikke gemt: Tilføj `history:` til entiteten."
    ),
    "recognition.inactive": (
        "Et tab tæller efter {days:days} uden data i `{source}`. Den, der senere har data igen,"
        " tæller som vendt tilbage."
    ),
    "recognition.inactive_or_end": (
        "Et tab tæller efter {days:days} uden data i `{source}`, eller ved `{column}`. Den, der"
        " senere har data igen, tæller som vendt tilbage."
    ),
    "recognition.end": "Et tab tæller, når ydelsen ophører, `{column}`.",
    "recognition.decided": "Et tab tæller den dag, det besluttes, `{column}`.",
    "recognition.outcome_end": (
        "Et tab tæller, når ydelsen ophører, `{column}` for hændelsen `{outcome}`."
    ),
    "recognition.effect": (
        "Et tab tæller, når det træder i kraft, `{column}` for hændelsen `{outcome}`."
    ),
    "patterns.few": (
        "Hændelsen indtraf hos {events:n} {entities} og ikke hos {others:n}. Der skal være "
        "mindst {least:n} af hver."
    ),
    "metrics.no_loss_outcome": "Modellen angiver ingen hændelse, der er et tab.",
    "metrics.no_past_dates": "Tidligere datoer kan ikke sammenlignes med hændelsen: {problem}.",
    "metrics.outcomes_alike": (
        "“{outcome:name}” indtraf hos {events:n} af {all:n} {entities} på disse datoer, så der "
        "er intet at sammenligne."
    ),
}
