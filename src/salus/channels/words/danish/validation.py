"""Findings of a validation in Danish."""

from __future__ import annotations

FINDINGS = {
    "limit.flag": (
        "Her sammenlignes {entities} indbyrdes efter kendetegnet “{outcome:name}”. Det viser, "
        "hvem der ligner dem, der er gået, ikke hvem der vil gå."
    ),
    "limit.one_date": (
        "Dette kan ikke vise, at scoren forudsiger noget: Alle rækker er fra samme dag, "
        "{day:date}. Her sammenlignes kun {entities} indbyrdes på den dag."
    ),
    "limit.today": (
        "Dette kan ikke vise, at scoren forudsiger noget: De tidligere scorer bruger dagens "
        "værdier af {measures:labels}, og de kan være ændret siden."
    ),
    "limit.partly_today": (
        "De tidligere scorer bygger delvis på senere viden: I {measures:labels} indgår der "
        "delvis dagens værdier, og disse værdier kan være ændret siden. Tallene kan se bedre "
        "ud, end de er."
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
        "Kilden “{source}” har kun én række pr. {entity}, og en indikator læser en værdi "
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
    "warning.constant": (
        "“{measure:label}” giver {points:n} point i hver række, der blev testet, fra "
        "{first:date} til {last:date}."
    ),
    "warning.constant.fix": (
        "På andre datoer, f.eks. i dag, kan det være anderledes: sammenlign med de nyeste scorer. Er "
        "det aldrig anderledes, så ret skalaen, eller udelad indikatoren."
    ),
    "warning.too_good": (
        "“{measure:label}” alene forudsiger i {share:share} af parrene, hvem der går. "
        "Indikatoren indeholder måske allerede hændelsen."
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
        "{share:share} af rækkerne i “{outcome:name}” har en nøgle, der ikke hører til kendte "
        "{entities}."
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
        "Scoren forudsiger {outcome_noun}{horizon:within}. Sammenligner man {outcome_pair}, er det "
        "{outcome_those}, der har den laveste score i {share:share} af parrene (AUC {auc:2}, "
        "95\u00a0%-interval {low:2} til {high:2})."
    ),
    "verdict.flag_evidence_risk": (
        "Scoren hænger sammen med {outcome_noun}. Sammenligner man {outcome_pair}, er det "
        "{outcome_those}, der har den laveste score i {share:share} af parrene (AUC {auc:2}, "
        "95\u00a0%-interval {low:2} til {high:2})."
    ),
    "verdict.backwards_risk": (
        "Scoren peger den forkerte vej: Den er højere, hvor der er {outcome_noun}{horizon:within} "
        "(AUC {auc:2}, 95\u00a0%-interval {low:2} til {high:2})."
    ),
    "verdict.evidence_chance": (
        "Scoren forudsiger {outcome_noun}{horizon:within}. Sammenligner man {outcome_pair}, er det "
        "{outcome_those}, der har den højeste score i {share:share} af parrene (AUC {auc:2}, "
        "95\u00a0%-interval {low:2} til {high:2})."
    ),
    "verdict.flag_evidence_chance": (
        "Scoren hænger sammen med {outcome_noun}. Sammenligner man {outcome_pair}, er det "
        "{outcome_those}, der har den højeste score i {share:share} af parrene (AUC {auc:2}, "
        "95\u00a0%-interval {low:2} til {high:2})."
    ),
    "verdict.backwards_chance": (
        "Scoren peger den forkerte vej: Den er lavere, hvor der er {outcome_noun}{horizon:within} "
        "(AUC {auc:2}, 95\u00a0%-interval {low:2} til {high:2})."
    ),
    "verdict.no_evidence": (
        "Intet viser, at scoren forudsiger {outcome_noun}{horizon:within}: AUC {auc:2}, "
        "95\u00a0%-interval {low:2} til {high:2}. Tilfældet alene giver {coin:1}."
    ),
    "verdict.too_few": (
        "Ingen konklusion: Der er {events:n} {outcome_with} blandt {all:n} {entities}. Der kræves "
        "mindst {least:n} af dem og {least:n} andre."
    ),
    "comparison.better": (
        "Scoren forudsiger det bedre end den bedste enkelte indikator, “{measure:label}” "
        "(forskel i AUC {gain:+2}, 95\u00a0%-interval {low:+2} til {high:+2})."
    ),
    "comparison.worse": (
        "Men “{measure:label}” alene forudsiger det bedre end scoren (forskel i AUC {gain:+2}, "
        "95\u00a0%-"
        "interval {low:+2} til {high:+2})."
    ),
    "comparison.open": (
        "Det er ikke klart, om scoren forudsiger det bedre end “{measure:label}” alene "
        "(forskel i AUC {gain:+2}, 95\u00a0%-interval {low:+2} til {high:+2})."
    ),
}
