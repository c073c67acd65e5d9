"""Findings of learning weights and bands in Danish."""

from __future__ import annotations

FINDINGS = {
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
    "adoption.leaks": "Kontrollér først, om {names:labels} allerede kan indeholde hændelsen.",
    "adoption.no_evidence": (
        "Intet viser, at de nye vægte forudsiger hændelsen på rækker, de ikke er lært af: AUC "
        "{auc:3} (99 %: {low:3} til {high:3}). Tilfældet alene giver {coin:1}."
    ),
    "adoption.harm": (
        "På rækker, de ikke er lært af, kan de nye vægtes log-loss være {loss:4} højere end "
        "med modellens egne; højst {most:4} er tilladt. Log-loss siger, hvor langt de forudsagte "
        "sandsynligheder ligger fra det, der skete; 0 ville være perfekt."
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
        "På rækker, de ikke er lært af, forudsiger de nye vægte hændelsen bedre end de "
        "nuværende (log-loss lavere med {gain:4}), og ingen indikator ser ud til allerede at indeholde hændelsen."
    ),
    "adoption.as_good": (
        "De nye vægte giver ikke meget: På rækker, de ikke er lært af, forudsiger de omtrent "
        "lige så godt som de nuværende. Ingen indikator ser ud til allerede at indeholde hændelsen."
    ),
    "bands.alike": "Alle rækker har samme resultat.",
    "bands.no_sign": "Det er ikke bevist, at scoren forudsiger hændelsen.",
    "bands.percentiles": "Niveauernes grænser er percentiler.",
    "bands.no_limit": (
        "Ved ingen score er andelen dobbelt så høj som normalt, eller grænserne ville ikke være "
        "faldende."
    ),
}
