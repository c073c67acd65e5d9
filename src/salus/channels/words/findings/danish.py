"""Findings in Danish."""

from __future__ import annotations

FINDINGS = {
    "limit.flag": (
        "Her sammenlignes {entities} indbyrdes efter kendetegnet “{outcome:name}”. Det viser, "
        "hvem der ligner dem, der er gået, ikke hvem der vil gå."
    ),
    "limit.one_date": (
        "Dette er ikke en test af forudsigelser: Alle rækker er fra samme dag, {day:date}, så "
        "{entities} sammenlignes indbyrdes på den dag."
    ),
    "limit.today": (
        "Dette er ikke en test af forudsigelser: Den bruger dagens værdier af "
        "{measures:labels}, som kan være ændret efter hændelsen."
    ),
    "limit.partly_today": (
        "Dette er kun delvist en test af forudsigelser: Den bruger dagens værdier af "
        "{measures:labels}, som kan være ændret efter hændelsen."
    ),
    "limit.one_outcome_day": (
        "Alle {events:n} hændelser ligger på samme dag, {day:date}. Det er en enkelt test, og "
        "slet ingen, hvis det blot er datoen for en eksport."
    ),
    "warning.never_changes": (
        "“{measure:label}” er ens på alle datoer og forudsiger alligevel hændelsen (AUC "
        "{auc:2}). Det kan være værdien i dag og ikke værdien dengang."
    ),
    "warning.never_changes.fix": (
        "Før en historik med den dag, værdien blev registreret, eller udelad indikatoren."
    ),
    "warning.drift": (
        "“{measure:label}” er fordelt anderledes den {day:date} end i året før (PSI {psi:2}; "
        "højst {before:2} på tidligere datoer)."
    ),
    "warning.drift.fix": "Det, der gjaldt før, gælder måske ikke længere. Kontrollér kilden.",
    "warning.before_start": (
        "{share:share} af dagene med data i kilden “{source}” ligger før starten ({entity})."
    ),
    "warning.before_start.fix": "Kontrollér kildens nøgler og tider samt `starts` for entiteten.",
    "warning.after_end": (
        "{late:n} af {ended:n} afsluttede {entities} har data i kilden “{source}” mere end "
        "{days:days} efter afslutningen."
    ),
    "warning.after_end.fix": "Kontrollér kildens nøgler og tider samt `ends` for entiteten.",
    "warning.absent_value": (
        "Alene at “{measure:label}” mangler, forudsiger hændelsen i {share:share} af parrene."
    ),
    "warning.absent_value.fix": (
        "Find ud af, hvornår værdien skrives: Den kan være udfyldt eller fjernet bagefter."
    ),
    "warning.present_value": (
        "Alene at “{measure:label}” har en værdi, forudsiger hændelsen i {share:share} af parrene."
    ),
    "warning.present_value.fix": (
        "Find ud af, hvornår værdien skrives: Den kan være udfyldt eller fjernet bagefter."
    ),
    "warning.recorded_late": (
        "{share:share} af dataene i kilden “{source}” blev registreret mere end {days:days} "
        "for sent."
    ),
    "warning.recorded_late.fix": (
        "Tidligere datoer kender kun lidt til dem. Begynd efter indlæsningen (`--from`), eller "
        "udelad kilden."
    ),
    "warning.revised": (
        "{share:share} af id’erne i kilden “{source}” blev ændret efter den første registrering."
    ),
    "warning.revised.fix": (
        "Kun den første registrering tæller. Giv kolonner, der udfyldes senere, deres egen "
        "kilde med egen `time`."
    ),
    "warning.one_row_each": (
        "Kilden “{source}” har kun én række for hver {entity}, og en indikator læser en værdi "
        "derfra. Det kan være dagens tilstand og ikke en historik."
    ),
    "warning.one_row_each.fix": (
        "Hvis rækkerne overskrives, ser tidligere datoer det, der først skete senere. Gem hver "
        "tilstand med dens dag, eller udelad kilden."
    ),
    "warning.size": (
        "“{measure:label}” rangordner {entities} ligesom `{attribute}` (rangkorrelation "
        "{correlation:2}) og måler altså mest størrelse."
    ),
    "warning.size.fix": (
        "Del indikatoren med det, den vokser med (`per: {attribute}`), eller udelad den."
    ),
    "warning.stale": (
        "Kilden “{source}” har intet nyt efter den {day:date}, {days:days} før dataene slutter."
    ),
    "warning.stale.fix": (
        "Find ud af, om leverancen er stoppet. Senere datoer beregnes uden kilden."
    ),
    "warning.stopped": (
        "Den seneste “{outcome:name}” er dateret den {day:date}, {days:days} før dataene slutter."
    ),
    "warning.stopped.fix": (
        "Find ud af, om tabellen stadig opdateres. Hvis ikke, så slut datoerne tidligere med "
        "`--to`."
    ),
    "warning.late": (
        "AUC for “{measure:label}” var {loss:2} lavere, når man måler {days:days} tidligere: "
        "Signalet kommer sent eller følger beslutningen."
    ),
    "warning.late.fix": (
        "Kontrollér, hvornår dataene registreres, og angiv det med `recorded:`. Hvis datoerne "
        "er rigtige, så reagér straks på dette signal."
    ),
    "warning.late_score": (
        "Scorens AUC var {loss:2} lavere, når man måler {days:days} tidligere: Signalet kommer "
        "sent eller følger beslutningen."
    ),
    "warning.late_score.fix": (
        "Kontrollér, hvornår dataene registreres, og angiv det med `recorded:`. Hvis datoerne "
        "er rigtige, så reagér straks på dette signal."
    ),
    "warning.dead": "“{measure:label}” har ingen værdi på nogen dato.",
    "warning.dead.fix": "Kontrollér kilden.",
    "warning.constant": "“{measure:label}” giver altid {points:n} point.",
    "warning.constant.fix": "Ret skalaen, eller udelad indikatoren.",
    "warning.too_good": (
        "“{measure:label}” alene forudsiger i {share:share} af parrene, hvem der går. "
        "Indikatoren kender måske allerede hændelsen."
    ),
    "warning.too_good.fix": (
        "Kontrollér, at dataene er kendt før beslutningen, og angiv `recorded:`."
    ),
    "warning.knows_early": (
        "“{measure:label}” forudsiger i {share:share} af parrene, hvem der først går efter "
        "perioden. Værdien er måske skrevet, da det allerede var kendt."
    ),
    "warning.knows_early.fix": (
        "Kontrollér, hvornår dataene registreres, og angiv det med `recorded:`."
    ),
    "warning.backwards": "“{measure:label}” er bedre, hvor hændelsen følger (AUC {auc:2}).",
    "warning.backwards.fix": "Vend skalaen om, eller udelad indikatoren.",
    "warning.random_split": (
        "Lærte vægte når en AUC på {random:3}, når tilfældige rækker holdes tilbage, men "
        "{forward:3} fremad i tiden."
    ),
    "warning.random_split.fix": (
        "Stol på tallet fremad i tiden. En indikator kender måske noget, der først skete senere."
    ),
    "warning.fingerprint": (
        "Lærte vægte når en AUC på {random:3}, når tilfældige rækker holdes tilbage, men "
        "{grouped:3}, når det er hele {entities}. Nogle indikatorer genkender enkelte "
        "{entities} i stedet for at beskrive deres tilstand."
    ),
    "warning.fingerprint.fix": "Udelad det, der aldrig ændrer sig, f.eks. størrelse og plan.",
    "warning.doubtful_day": (
        "Kilden “{source}” har {facts:n} poster fra den {first:date} eller senere, {days:days} "
        "efter alle andre. De tæller ikke med, når dataenes slutning bestemmes."
    ),
    "warning.doubtful_day.fix": "Se efter et forkert årstal i “{source}”.",
    "warning.unknown_keys": (
        "{share:share} af rækkerne i “{outcome:name}” har en nøgle, der ikke hører til nogen "
        "{entity}."
    ),
    "warning.unknown_keys.fix": "Kontrollér `key`.",
    "warning.named": "“{measure:label}” læser `{column}`, en kolonne med navn som en hændelse.",
    "warning.named.fix": (
        "Find ud af, hvordan kolonnen beregnes: Den indeholder måske allerede, hvem der er gået."
    ),
    "warning.recorded_unsaid": (
        "Tabellen `{table}` har en kolonne `{column}`, men kilden “{source}” angiver ikke "
        "`recorded`."
    ),
    "warning.recorded_unsaid.fix": (
        "Angiv `recorded: {column}`. Ellers kender tidligere datoer det, der først blev "
        "indtastet senere."
    ),
    "warning.todays": "“{measure:label}” læser en egenskab, som den er i dag.",
    "warning.todays.fix": "Tilføj `history:` til entiteten.",
    "verdict.evidence_risk": (
        "Scoren forudsiger “{outcome:name}”{horizon:within}. Af to {entities}, hvor "
        "“{outcome:name}” kun indtraf hos den ene, havde denne den laveste score i "
        "{share:share} af tilfældene (AUC {auc:2}, 95 %-interval {low:2} til {high:2})."
    ),
    "verdict.flag_evidence_risk": (
        "Scoren hænger sammen med “{outcome:name}”. Af to {entities}, hvor “{outcome:name}” "
        "kun indtraf hos den ene, havde denne den laveste score i {share:share} af tilfældene "
        "(AUC {auc:2}, 95 %-interval {low:2} til {high:2})."
    ),
    "verdict.backwards_risk": (
        "Scoren peger den forkerte vej: Den er højere, hvor “{outcome:name}”{horizon:within} "
        "indtræffer (AUC {auc:2}, 95 %-interval {low:2} til {high:2})."
    ),
    "verdict.evidence_chance": (
        "Scoren forudsiger “{outcome:name}”{horizon:within}. Af to {entities}, hvor "
        "“{outcome:name}” kun indtraf hos den ene, havde denne den højeste score i "
        "{share:share} af tilfældene (AUC {auc:2}, 95 %-interval {low:2} til {high:2})."
    ),
    "verdict.flag_evidence_chance": (
        "Scoren hænger sammen med “{outcome:name}”. Af to {entities}, hvor “{outcome:name}” "
        "kun indtraf hos den ene, havde denne den højeste score i {share:share} af tilfældene "
        "(AUC {auc:2}, 95 %-interval {low:2} til {high:2})."
    ),
    "verdict.backwards_chance": (
        "Scoren peger den forkerte vej: Den er lavere, hvor “{outcome:name}”{horizon:within} "
        "indtræffer (AUC {auc:2}, 95 %-interval {low:2} til {high:2})."
    ),
    "verdict.no_evidence": (
        "Intet viser, at scoren forudsiger “{outcome:name}”{horizon:within}: AUC {auc:2}, 95 "
        "%-interval {low:2} til {high:2}. Tilfældet alene giver {coin:1}."
    ),
    "verdict.too_few": (
        "Ingen konklusion: “{outcome:name}” indtraf hos {events:n} af {all:n} {entities}. Der "
        "kræves mindst {least:n} med og {least:n} uden."
    ),
    "comparison.better": (
        "Den er bedre end den bedste enkelte indikator, “{measure:label}” (forskel i AUC "
        "{gain:+2}, 95 %-interval {low:+2} til {high:+2})."
    ),
    "comparison.worse": (
        "Men den enkelte indikator “{measure:label}” er bedre (forskel i AUC {gain:+2}, 95 "
        "%-interval {low:+2} til {high:+2})."
    ),
    "comparison.open": (
        "Det er usikkert, om den er bedre end “{measure:label}” alene (forskel i AUC "
        "{gain:+2}, 95 %-interval {low:+2} til {high:+2})."
    ),
    "learning.too_few": (
        "Kun {events:n} {entities} havde hændelsen, og der kræves mindst {least:n} for at "
        "ændre vægte."
    ),
    "learning.no_sign": "Ingen indikator forudsiger hændelsen i den retning, dens point peger.",
    "split.small_parts": (
        "Hvis en femtedel af rækkerne holdes tilbage, er der færre end {least:n} med eller uden "
        "hændelsen tilbage."
    ),
    "split.one_outcome_day": (
        "Alle {events:n} hændelser ligger på samme dag, {day:date}. Ingen senere dag viser, om "
        "vægtene holder."
    ),
    "split.one_date": (
        "Alle {events:n} hændelser følger efter samme dag, {day:date}. Ingen senere dag viser, "
        "om vægtene holder."
    ),
    "split.few_early": (
        "Kun {early:n} af {events:n} hændelser ligger før testdagene, som begynder den "
        "{day:date}. Det er for få at lære af."
    ),
    "split.alike": (
        "Fra den {day:date} har alle rækker samme resultat, så de kan ikke vise, om vægtene holder."
    ),
    "adoption.few_outcomes": (
        "{events:n} hændelser er for få til at bevise, at andre vægte er bedre; der kræves "
        "{least:n}."
    ),
    "adoption.leaks": "Kontrollér først, om {names:labels} allerede kan kende hændelsen.",
    "adoption.no_evidence": (
        "Intet viser, at de nye vægte forudsiger hændelsen på rækker, de ikke er lært af: AUC "
        "{auc:3} (99 %: {low:3} til {high:3}). Tilfældet alene giver {coin:1}."
    ),
    "adoption.harm": (
        "På rækker, de ikke er lært af, kan de nye vægtes log-loss være {loss:4} højere end "
        "med modellens egne; højst {most:4} er tilladt."
    ),
    "adoption.unproven": (
        "Ingen gevinst er bevist på rækker, de ikke er lært af, og den nuværende score er "
        "heller ikke bevist: AUC {auc:3} (99 %: {low:3} til {high:3}). Tilfældet alene giver "
        "{coin:1}."
    ),
    "adoption.lower_auc": (
        "På rækker, de ikke er lært af, er de nye vægtes AUC {loss:3} lavere end med modellens "
        "egne."
    ),
    "adoption.better": (
        "På rækker, de ikke er lært af, er de nye vægte bedre end modellens egne (log-loss "
        "lavere med {gain:4}, 90 %: {least:4} til {most:4}). Deres AUC er {auc:3} (99 %: "
        "{low:3} til {high:3}), og ingen indikator ser ud til at kende hændelsen på forhånd."
    ),
    "adoption.as_good": (
        "På rækker, de ikke er lært af, er de nye vægte hverken beviseligt bedre eller "
        "dårligere end modellens egne (log-loss lavere med {gain:4}, 90 %: {least:4} til "
        "{most:4}). Deres AUC er {auc:3} (99 %: {low:3} til {high:3}), og ingen indikator ser "
        "ud til at kende hændelsen på forhånd."
    ),
    "bands.alike": "Alle rækker har samme resultat.",
    "bands.no_sign": "Det er ikke bevist, at scoren forudsiger hændelsen.",
    "bands.percentiles": "Båndenes grænser er percentiler.",
    "bands.no_limit": (
        "Ved ingen score er andelen dobbelt så høj som normalt, eller grænserne ville ikke være "
        "faldende."
    ),
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
        "Modellen angiver ikke, hvor det findes: tilføj `{line}` under `metrics:`."
    ),
    "metric.unreadable": "Værdierne kan ikke læses: {problem}.",
    "metric.withheld": "Vises ikke, fordi tallet bygger på færre end {least:n} personer.",
    "metric.too_large": "Værdierne er for store til at lægges sammen.",
    "definition.time_to_value": (
        "Dage fra start til den første nytte, som median for {entities}, der startede i "
        "perioden (Kaplan-Meier). De, der stadig venter, tæller med."
    ),
    "definition.nps": "Andelen af 9 og 10 minus andelen af 0 til 6.",
    "definition.csat": "Andelen af svar, der opfylder `of`.",
    "definition.ces": "Gennemsnittet på en skala fra {bad:n} (dårligst) til {good:n} (bedst).",
    "definition.dso": (
        "Tilgodehavender ved periodens slutning ÷ fakturerede beløb i perioden × dens dage."
    ),
    "definition.churn_start": (
        "Tabt i perioden ÷ aktive ved dens start; kun {entities}, der var aktive ved starten, "
        "tæller."
    ),
    "definition.churn_stripe": (
        "Tabt i de sidste 30 dage ÷ (aktive 30 dage før slutningen + nye i disse 30 dage)."
    ),
    "definition.churn_daily": "Summen over alle dage: tabt den dag ÷ aktive ved dens start.",
    "definition.value_start": (
        "Omsætning tabt eller reduceret i perioden ÷ omsætning ved dens start; kun {entities}, "
        "der var aktive ved starten, tæller."
    ),
    "definition.value_stripe": (
        "Omsætning tabt eller reduceret i de sidste 30 dage ÷ (omsætning 30 dage før slutningen"
        " + omsætning fra nye {entities} i disse 30 dage)."
    ),
    "definition.value_daily": (
        "Summen over alle dage: omsætning tabt eller reduceret den dag ÷ omsætning ved dens start."
    ),
    "definition.less_growth": "Væksten hos de samme {entities} er trukket fra.",
    "definition.grr": (
        "Omsætning ved slutningen uden vækst ÷ omsætning ved starten; kun {entities}, der var "
        "aktive ved starten, tæller."
    ),
    "definition.nrr": (
        "Omsætning ved slutningen ÷ omsætning ved starten; kun {entities}, der var aktive ved "
        "starten, tæller."
    ),
    "definition.arpa": (
        "Omsætning ÷ antal {entities}, der er aktive og betaler ved periodens slutning."
    ),
    "answers.all": "Alle svar i perioden tæller.",
    "answers.last": "For hver `{group}` tæller kun det sidste svar, hvis det er fra perioden.",
    "portfolio.no_start": (
        "Modellen angiver ikke, hvornår hver {entity} startede: tilføj `starts:` til entiteten."
    ),
    "portfolio.no_outcome": (
        "Intet viser, hvornår en {entity} er tabt: angiv en hændelse under `outcomes:`."
    ),
    "portfolio.no_end": "Intet viser, hvornår en {entity} er tabt: tilføj `ends:` til entiteten.",
    "portfolio.no_decision": (
        "Hændelsen `{outcome}` mangler dagen for beslutningen: tilføj `decided:`."
    ),
    "portfolio.no_value": (
        "Modellen angiver ikke omsætningen for hver {entity}: tilføj `value:` til entiteten."
    ),
    "portfolio.no_value_history": (
        "Tidligere værdier af `{column}` er ikke gemt: tilføj `history:` til entiteten."
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
        "Hændelsen indtraf for {events:n} {entities} og ikke for {others:n}. Der skal være "
        "mindst {least:n} af hver."
    ),
    "metrics.no_loss_outcome": "Modellen angiver ingen hændelse, der er et tab.",
    "metrics.no_past_dates": "Tidligere datoer kan ikke sammenlignes med hændelsen: {problem}.",
    "metrics.outcomes_alike": (
        "“{outcome:name}” indtraf for {events:n} af {all:n} {entities} på disse datoer, så der "
        "er intet at sammenligne."
    ),
    "renewals.not_declared": (
        "Modellen angiver ikke, hvornår fornyelser afgøres: tilføj `renewal` til entiteten."
    ),
    "renewals.no_term_end": (
        "Hændelsen `{outcome}` har ingen `decided`, så et tab viser sig først ved udløbet. "
        "Tilføj `term_end` til `renewal`."
    ),
    "renewals.no_history": (
        "Tidligere aftaleperioder er ikke gemt, så der er ingen tidligere beslutninger at lære "
        "af. Tilføj en `history` med kolonnen for udløbet til entiteten."
    ),
    "renewals.few_decisions": (
        "{lost:n} tabte og {renewed:n} fornyede aftaler kendes med scoren før. Der skal være "
        "mindst {least:n} af hver."
    ),
    "renewals.few_periods": (
        "Der kendes beslutninger fra {periods:n} tidligere perioder. Der skal være mindst "
        "{least:n} for at se, hvor meget perioder varierer."
    ),
    "expansion.too_few": (
        "{events:n} {entities} nåede det i {periods:n} perioder. Der skal være mindst {least:n}"
        " i {least_periods:n} perioder."
    ),
    "purchases.few_returned": "Kun {buyers:n} købere købte igen. Der skal være mindst {least:n}.",
    "purchases.no_number": "For nogle af disse købere giver købsmodellen intet tal.",
    "purchases.above_rates": (
        "Købsmodellen forudsiger {predicted:n} køb, men efter købernes hidtidige mønster bliver"
        " det højst {most:n}."
    ),
    "purchases.amounts_vary": (
        "Beløbene er så forskellige, at købsmodellen ikke finder et gennemsnit."
    ),
    "purchases.off": (
        "For {days:days} siden ville modellen have forudsagt {predicted:n} køb, men der blev "
        "foretaget {actual:n}. Disse købere har sæsoner, kampagner eller en rytme, som "
        "købsmodellen ikke kender."
    ),
    "forecast.facts_end": "Dataene slutter {days:days} før datoen for prognosen.",
    "forecast.no_value_history": (
        "Tidligere værdier af `{column}` er ikke gemt, så tidligere beslutninger tæller med "
        "værdien i dag."
    ),
    "forecast.not_saved": (
        "Denne prognose gemmes ikke, fordi der allerede kendes senere data, indtil {day:date}."
    ),
}
