"""Findings of a validation in German."""

from __future__ import annotations

FINDINGS = {
    "limit.flag": (
        "Dies vergleicht {entities} untereinander nach dem Merkmal „{outcome:name}“. Es zeigt, "
        "wer denen ähnelt, die gegangen sind, nicht, wer gehen wird."
    ),
    "limit.one_date": (
        "Dies kann keine Vorhersage belegen: Alle Zeilen gehören zum selben Tag, dem {day:date}. "
        "Verglichen werden nur {Entities} an diesem Tag."
    ),
    "limit.today": (
        "Dies kann keine Vorhersage belegen: Die früheren Punktzahlen nutzen die heutigen "
        "Werte von {measures:labels}; damals können sie anders gewesen sein."
    ),
    "limit.partly_today": (
        "In die früheren Punktzahlen ist teilweise Wissen eingeflossen, das es damals noch "
        "nicht gab: In {measures:labels} stecken heutige Werte; damals können sie anders "
        "gewesen sein. Die Zahlen können besser aussehen, als sie sind."
    ),
    "limit.one_outcome_day": (
        "Alle {events:n} Ereignisse liegen auf einem Tag, dem {day:date}. Das ist eine einzige "
        "Prüfung, und gar keine, wenn es nur der Tag eines Exports ist."
    ),
    "warning.never_changes": (
        "„{measure:label}“ ist an jedem Tag gleich und sagt das Ereignis trotzdem voraus (AUC "
        "{auc:2}). Vielleicht ist es der Wert von heute und nicht der von damals."
    ),
    "warning.never_changes.fix": (
        "Führen Sie eine Historie mit dem Tag der Erfassung, oder lassen Sie die Kennzahl weg."
    ),
    "warning.drift": (
        "„{measure:label}“ ist am {day:date} anders verteilt als im Jahr davor (PSI {psi:2}; "
        "an früheren Tagen höchstens {before:2})."
    ),
    "warning.drift.fix": "Was früher galt, gilt vielleicht nicht mehr. Prüfen Sie die Quelle.",
    "warning.before_start": (
        "{share:share} der Tage mit Daten der Quelle „{source}“ liegen vor dem Beginn ({Entity})."
    ),
    "warning.before_start.fix": (
        "Prüfen Sie Schlüssel und Zeiten der Quelle und `starts` der Entität."
    ),
    "warning.after_end": (
        "Bei {late:n} von {ended:n} beendeten {Entities_dative} hat die Quelle „{source}“ noch "
        "mehr "
        "als {days:days} nach dem Ende Daten."
    ),
    "warning.after_end.fix": "Prüfen Sie Schlüssel und Zeiten der Quelle und `ends` der Entität.",
    "warning.absent_value": (
        "Schon dass „{measure:label}“ fehlt, sagt das Ereignis in {share:share} der Paare voraus."
    ),
    "warning.absent_value.fix": (
        "Klären Sie, wann der Wert entsteht: Vielleicht wird er nachträglich eingetragen oder "
        "entfernt."
    ),
    "warning.present_value": (
        "Schon dass „{measure:label}“ einen Wert hat, sagt das Ereignis in {share:share} der "
        "Paare voraus."
    ),
    "warning.present_value.fix": (
        "Klären Sie, wann der Wert entsteht: Vielleicht wird er nachträglich eingetragen oder "
        "entfernt."
    ),
    "warning.recorded_late": (
        "{share:share} der Daten der Quelle „{source}“ wurden mehr als {days:days} zu spät erfasst."
    ),
    "warning.recorded_late.fix": (
        "Frühere Stichtage kennen davon wenig. Beginnen Sie erst nach dem Laden (`--from`), "
        "oder lassen Sie die Quelle weg."
    ),
    "warning.revised": (
        "{share:share} der Kennungen der Quelle „{source}“ wurden nach der ersten Erfassung "
        "geändert."
    ),
    "warning.revised.fix": (
        "Es zählt die erste Erfassung. Geben Sie später ausgefüllten Spalten eine eigene "
        "Quelle mit eigenem `time`."
    ),
    "warning.one_row_each": (
        "Die Quelle „{source}“ hat nur eine Zeile je {Entity}, und eine Kennzahl liest einen "
        "Wert daraus. Vielleicht ist es nur der heutige Stand."
    ),
    "warning.one_row_each.fix": (
        "Werden Zeilen überschrieben, sehen frühere Stichtage, was erst später geschah. "
        "Bewahren Sie jeden Stand mit seinem Tag auf, oder lassen Sie die Quelle weg."
    ),
    "warning.size": (
        "„{measure:label}“ ordnet {Entities} so wie `{attribute}` (Rangkorrelation "
        "{correlation:2}), misst also vor allem Größe."
    ),
    "warning.size.fix": (
        "Teilen Sie die Kennzahl durch das, womit sie wächst (`per: {attribute}`), oder lassen "
        "Sie sie weg."
    ),
    "warning.stale": (
        "Die Quelle „{source}“ hat nach dem {day:date} nichts Neues; die Daten enden "
        "{days:days} später."
    ),
    "warning.stale.fix": (
        "Klären Sie, ob die Lieferung abgebrochen ist. Spätere Stichtage werden ohne diese "
        "Quelle bewertet."
    ),
    "warning.stopped": (
        "Das letzte Ereignis „{outcome:name}“ liegt am {day:date}; die Daten enden {days:days} "
        "später."
    ),
    "warning.stopped.fix": (
        "Klären Sie, ob die Tabelle noch gepflegt wird. Wenn nicht, beenden Sie die Tage "
        "früher mit `--to`."
    ),
    "warning.late": (
        "Die AUC von „{measure:label}“ war {loss:2} niedriger, wenn man {days:days} früher "
        "misst: Das Signal kommt spät oder folgt erst der Entscheidung."
    ),
    "warning.late.fix": (
        "Prüfen Sie, wann die Daten erfasst werden, und geben Sie das mit `recorded:` an. "
        "Stimmen die Tage, dann reagieren Sie auf dieses Signal sofort."
    ),
    "warning.late_score": (
        "Die AUC der Punktzahl war {loss:2} niedriger, wenn man {days:days} früher misst: Das "
        "Signal kommt spät oder folgt erst der Entscheidung."
    ),
    "warning.late_score.fix": (
        "Prüfen Sie, wann die Daten erfasst werden, und geben Sie das mit `recorded:` an. "
        "Stimmen die Tage, dann reagieren Sie auf dieses Signal sofort."
    ),
    "warning.dead": "„{measure:label}“ hat an keinem Stichtag einen Wert.",
    "warning.dead.fix": "Prüfen Sie die Quelle.",
    "warning.constant": (
        "„{measure:label}“ gibt in jeder geprüften Zeile {points:n} Punkte, vom "
        "{first:date} bis {last:date}."
    ),
    "warning.constant.fix": (
        "An anderen Tagen, etwa heute, kann das anders sein: Vergleichen Sie mit den neuesten Scores. "
        "Ist es nie anders, ändern Sie die Skala, oder lassen Sie die Kennzahl weg."
    ),
    "warning.too_good": (
        "„{measure:label}“ allein sagt in {share:share} der Paare voraus, wer geht. Vielleicht "
        "enthält diese Kennzahl das Ereignis schon."
    ),
    "warning.too_good.fix": (
        "Prüfen Sie, ob die Daten vor der Entscheidung bekannt sind, und geben Sie `recorded:` an."
    ),
    "warning.knows_early": (
        "„{measure:label}“ sagt in {share:share} der Paare voraus, wer erst nach dem Zeitraum "
        "geht. Vielleicht wurde der Wert geschrieben, als das schon bekannt war."
    ),
    "warning.knows_early.fix": (
        "Prüfen Sie, wann die Daten erfasst werden, und geben Sie das mit `recorded:` an."
    ),
    "warning.backwards": "„{measure:label}“ ist besser, wo das Ereignis folgt (AUC {auc:2}).",
    "warning.backwards.fix": "Kehren Sie die Skala um, oder lassen Sie die Kennzahl weg.",
    "warning.random_split": (
        "Gelernte Gewichte erreichen eine AUC von {random:3}, wenn zufällige Zeilen "
        "zurückgehalten werden, vorwärts in der Zeit aber {forward:3}."
    ),
    "warning.random_split.fix": (
        "Verlassen Sie sich auf die Zahl vorwärts in der Zeit. Eine Kennzahl kennt vielleicht "
        "Späteres."
    ),
    "warning.fingerprint": (
        "Gelernte Gewichte erreichen eine AUC von {random:3}, wenn zufällige Zeilen "
        "zurückgehalten werden, aber {grouped:3}, wenn es ganze {Entities} sind. Manche "
        "Kennzahlen erkennen einzelne {Entities} wieder, statt deren Zustand zu beschreiben."
    ),
    "warning.fingerprint.fix": "Lassen Sie weg, was sich nie ändert, etwa Größe und Tarif.",
    "warning.doubtful_day": (
        "Die Quelle „{source}“ hat {facts:n} Einträge ab dem {first:date}, {days:days} nach "
        "allen anderen. Für das Ende der Daten zählen sie nicht."
    ),
    "warning.doubtful_day.fix": "Prüfen Sie „{source}“ auf eine falsch geschriebene Jahreszahl.",
    "warning.unknown_keys": (
        "{share:share} der Zeilen von „{outcome:name}“ haben einen Schlüssel, der zu keinem "
        "Eintrag gehört ({Entity})."
    ),
    "warning.unknown_keys.fix": "Prüfen Sie `key`.",
    "warning.named": (
        "„{measure:label}“ liest `{column}`, eine Spalte mit dem Namen eines Ereignisses."
    ),
    "warning.named.fix": (
        "Klären Sie, wie die Spalte berechnet wird: Vielleicht enthält sie schon, wer gegangen ist."
    ),
    "warning.recorded_unsaid": (
        "Die Tabelle `{table}` hat eine Spalte `{column}`, aber die Quelle „{source}“ gibt "
        "kein `recorded` an."
    ),
    "warning.recorded_unsaid.fix": (
        "Geben Sie `recorded: {column}` an. Sonst kennen frühere Stichtage, was erst später "
        "eingetragen wurde."
    ),
    "warning.todays": "„{measure:label}“ liest ein Merkmal, wie es heute ist.",
    "warning.todays.fix": "Ergänzen Sie `history:` bei der Entität.",
    "verdict.evidence_risk": (
        "Die Punktzahl sagt {outcome_noun}{horizon:within} voraus. Vergleicht man {outcome_pair}, "
        "haben {outcome_those} in {share:share} der Paare die niedrigere Punktzahl (AUC {auc:2}, "
        "95\u2011%\u2011Intervall {low:2} bis {high:2})."
    ),
    "verdict.flag_evidence_risk": (
        "Die Punktzahl hängt mit {outcome_noun} zusammen. Vergleicht man {outcome_pair}, haben "
        "{outcome_those} in {share:share} der Paare die niedrigere Punktzahl (AUC {auc:2}, "
        "95\u2011%\u2011Intervall {low:2} bis {high:2})."
    ),
    "verdict.backwards_risk": (
        "Die Punktzahl zeigt in die falsche Richtung: Sie ist höher, wo es{horizon:within} zu "
        "{outcome_noun} kommt (AUC {auc:2}, 95\u2011%\u2011Intervall {low:2} bis {high:2})."
    ),
    "verdict.evidence_chance": (
        "Die Punktzahl sagt {outcome_noun}{horizon:within} voraus. Vergleicht man {outcome_pair}, "
        "haben {outcome_those} in {share:share} der Paare die höhere Punktzahl (AUC {auc:2}, "
        "95\u2011%\u2011Intervall {low:2} bis {high:2})."
    ),
    "verdict.flag_evidence_chance": (
        "Die Punktzahl hängt mit {outcome_noun} zusammen. Vergleicht man {outcome_pair}, haben "
        "{outcome_those} in {share:share} der Paare die höhere Punktzahl (AUC {auc:2}, "
        "95\u2011%\u2011Intervall {low:2} bis {high:2})."
    ),
    "verdict.backwards_chance": (
        "Die Punktzahl zeigt in die falsche Richtung: Sie ist niedriger, wo es{horizon:within} zu "
        "{outcome_noun} kommt (AUC {auc:2}, 95\u2011%\u2011Intervall {low:2} bis {high:2})."
    ),
    "verdict.no_evidence": (
        "Nichts belegt, dass die Punktzahl {outcome_noun}{horizon:within} voraussagt: AUC {auc:2}, "
        "95\u2011%\u2011Intervall {low:2} bis {high:2}. Der Zufall allein erreicht {coin:1}."
    ),
    "verdict.too_few": (
        "Kein Urteil: Von {all:n} {Entities_dative} gehören {events:n} zu den {outcome_with}. "
        "Nötig sind mindestens {least:n} davon und {least:n} andere."
    ),
    "comparison.better": (
        "Die Punktzahl sagt das besser voraus als die beste einzelne Kennzahl, „{measure:label}“ "
        "(Unterschied der AUC {gain:+2}, 95\u2011%\u2011Intervall {low:+2} bis {high:+2})."
    ),
    "comparison.worse": (
        "Aber „{measure:label}“ allein sagt das besser voraus als die Punktzahl (Unterschied der AUC "
        "{gain:+2}, 95\u2011%\u2011Intervall {low:+2} bis {high:+2})."
    ),
    "comparison.open": (
        "Ob die Punktzahl das besser voraussagt als „{measure:label}“ allein, ist nicht klar "
        "(Unterschied der AUC {gain:+2}, 95\u2011%\u2011Intervall {low:+2} bis {high:+2})."
    ),
}
