"""Findings in German."""

from __future__ import annotations

FINDINGS = {
    "limit.flag": (
        "Dies vergleicht {entities} untereinander nach dem Merkmal „{outcome:name}“. Es zeigt, "
        "wer denen ähnelt, die gegangen sind, nicht, wer gehen wird."
    ),
    "limit.one_date": (
        "Dies ist keine Vorhersageprüfung: Alle Zeilen gehören zum selben Tag, dem {day:date}. "
        "Verglichen werden {entities} an diesem Tag."
    ),
    "limit.today": (
        "Dies ist keine Vorhersageprüfung: Sie nutzt die heutigen Werte von {measures:labels}, "
        "die sich nach dem Ereignis geändert haben können."
    ),
    "limit.partly_today": (
        "Dies ist nur zum Teil eine Vorhersageprüfung: Sie nutzt die heutigen Werte von "
        "{measures:labels}, die sich nach dem Ereignis geändert haben können."
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
        "Führen Sie eine Historie mit dem Tag der Erfassung, oder lassen Sie die Messgröße weg."
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
        "Bei {late:n} von {ended:n} beendeten {Entities} hat die Quelle „{source}“ noch mehr "
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
        "Die Quelle „{source}“ hat nur eine Zeile je {Entity}, und eine Messgröße liest einen "
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
        "Teilen Sie die Messgröße durch das, womit sie wächst (`per: {attribute}`), oder lassen "
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
    "warning.constant": "„{measure:label}“ gibt immer {points:n} Punkte.",
    "warning.constant.fix": "Ändern Sie die Skala, oder lassen Sie die Messgröße weg.",
    "warning.too_good": (
        "„{measure:label}“ allein sagt in {share:share} der Paare voraus, wer geht. Vielleicht "
        "kennt diese Messgröße das Ereignis schon."
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
    "warning.backwards.fix": "Kehren Sie die Skala um, oder lassen Sie die Messgröße weg.",
    "warning.random_split": (
        "Gelernte Gewichte erreichen eine AUC von {random:3}, wenn zufällige Zeilen "
        "zurückgehalten werden, vorwärts in der Zeit aber {forward:3}."
    ),
    "warning.random_split.fix": (
        "Verlassen Sie sich auf die Zahl vorwärts in der Zeit. Eine Messgröße kennt vielleicht "
        "Späteres."
    ),
    "warning.fingerprint": (
        "Gelernte Gewichte erreichen eine AUC von {random:3}, wenn zufällige Zeilen "
        "zurückgehalten werden, aber {grouped:3}, wenn es ganze {Entities} sind. Manche "
        "Messgrößen erkennen einzelne {Entities} wieder, statt deren Zustand zu beschreiben."
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
        "Die Punktzahl sagt „{outcome:name}“{horizon:within} voraus. Von zwei {Entities}, von "
        "denen nur bei einem „{outcome:name}“ eintrat, hatte dieser in {share:share} der Fälle "
        "die niedrigere Punktzahl (AUC {auc:2}, 95-%-Intervall {low:2} bis {high:2})."
    ),
    "verdict.flag_evidence_risk": (
        "Die Punktzahl hängt mit „{outcome:name}“ zusammen. Von zwei {Entities}, von denen nur "
        "bei einem „{outcome:name}“ eintrat, hatte dieser in {share:share} der Fälle die "
        "niedrigere Punktzahl (AUC {auc:2}, 95-%-Intervall {low:2} bis {high:2})."
    ),
    "verdict.backwards_risk": (
        "Die Punktzahl zeigt in die falsche Richtung: Sie ist höher, wo "
        "„{outcome:name}“{horizon:within} eintritt (AUC {auc:2}, 95-%-Intervall {low:2} bis "
        "{high:2})."
    ),
    "verdict.evidence_chance": (
        "Die Punktzahl sagt „{outcome:name}“{horizon:within} voraus. Von zwei {Entities}, von "
        "denen nur bei einem „{outcome:name}“ eintrat, hatte dieser in {share:share} der Fälle "
        "die höhere Punktzahl (AUC {auc:2}, 95-%-Intervall {low:2} bis {high:2})."
    ),
    "verdict.flag_evidence_chance": (
        "Die Punktzahl hängt mit „{outcome:name}“ zusammen. Von zwei {Entities}, von denen nur "
        "bei einem „{outcome:name}“ eintrat, hatte dieser in {share:share} der Fälle die "
        "höhere Punktzahl (AUC {auc:2}, 95-%-Intervall {low:2} bis {high:2})."
    ),
    "verdict.backwards_chance": (
        "Die Punktzahl zeigt in die falsche Richtung: Sie ist niedriger, wo "
        "„{outcome:name}“{horizon:within} eintritt (AUC {auc:2}, 95-%-Intervall {low:2} bis "
        "{high:2})."
    ),
    "verdict.no_evidence": (
        "Nichts belegt, dass die Punktzahl „{outcome:name}“{horizon:within} voraussagt: AUC "
        "{auc:2}, 95-%-Intervall {low:2} bis {high:2}. Der Zufall allein erreicht {coin:1}."
    ),
    "verdict.too_few": (
        "Kein Urteil: „{outcome:name}“ trat bei {events:n} von {all:n} {Entities} ein. Nötig "
        "sind mindestens {least:n} mit und {least:n} ohne."
    ),
    "comparison.better": (
        "Sie ist besser als die beste einzelne Messgröße, „{measure:label}“ (Unterschied der "
        "AUC {gain:+2}, 95-%-Intervall {low:+2} bis {high:+2})."
    ),
    "comparison.worse": (
        "Aber die einzelne Messgröße „{measure:label}“ ist besser (Unterschied der AUC "
        "{gain:+2}, 95-%-Intervall {low:+2} bis {high:+2})."
    ),
    "comparison.open": (
        "Ob sie besser ist als „{measure:label}“ allein, ist offen (Unterschied der AUC "
        "{gain:+2}, 95-%-Intervall {low:+2} bis {high:+2})."
    ),
    "learning.too_few": (
        "Das Ereignis trat nur bei {events:n} {Entities} ein; um Gewichte zu ändern, sind "
        "mindestens {least:n} nötig."
    ),
    "learning.no_sign": "Keine Messgröße sagt das Ereignis in der Richtung ihrer Punkte voraus.",
    "split.small_parts": (
        "Wird ein Fünftel der Zeilen zurückgehalten, bleiben weniger als {least:n} mit oder "
        "ohne Ereignis übrig."
    ),
    "split.one_outcome_day": (
        "Alle {events:n} Ereignisse liegen auf einem Tag, dem {day:date}. Kein späterer Tag "
        "zeigt, ob die Gewichte sich bewähren."
    ),
    "split.one_date": (
        "Alle {events:n} Ereignisse folgen auf einen Tag, den {day:date}. Kein späterer Tag "
        "zeigt, ob die Gewichte sich bewähren."
    ),
    "split.few_early": (
        "Nur {early:n} von {events:n} Ereignissen liegen vor den Prüftagen, die am {day:date} "
        "beginnen. Das ist zu wenig, um daraus zu lernen."
    ),
    "split.alike": (
        "Vom {day:date} an haben alle Zeilen dasselbe Ergebnis. Sie können nicht zeigen, ob die "
        "Gewichte sich bewähren."
    ),
    "adoption.few_outcomes": (
        "{events:n} Ereignisse sind zu wenig für einen Beweis, dass andere Gewichte besser "
        "sind; nötig sind {least:n}."
    ),
    "adoption.leaks": "Prüfen Sie zuerst, ob {names:labels} das Ereignis schon kennen könnte.",
    "adoption.no_evidence": (
        "Nichts belegt, dass die neuen Gewichte das Ereignis auf ungesehenen Zeilen "
        "voraussagen: AUC {auc:3} (99 %: {low:3} bis {high:3}). Der Zufall allein erreicht "
        "{coin:1}."
    ),
    "adoption.harm": (
        "Auf ungesehenen Zeilen kann der Log-Loss der neuen Gewichte um {loss:4} höher sein "
        "als mit den eigenen des Modells; erlaubt sind höchstens {most:4}."
    ),
    "adoption.unproven": (
        "Auf ungesehenen Zeilen ist kein Gewinn belegt, und die jetzige Punktzahl ist es auch "
        "nicht: AUC {auc:3} (99 %: {low:3} bis {high:3}). Der Zufall allein erreicht {coin:1}."
    ),
    "adoption.lower_auc": (
        "Auf ungesehenen Zeilen ist die AUC der neuen Gewichte um {loss:3} niedriger als mit "
        "den eigenen des Modells."
    ),
    "adoption.better": (
        "Auf ungesehenen Zeilen sind die neuen Gewichte besser als die eigenen des Modells "
        "(Log-Loss niedriger um {gain:4}, 90 %: {least:4} bis {most:4}). Ihre AUC ist {auc:3} "
        "(99 %: {low:3} bis {high:3}), und keine Messgröße scheint das Ereignis vorab zu "
        "kennen."
    ),
    "adoption.as_good": (
        "Auf ungesehenen Zeilen sind die neuen Gewichte nachweislich weder besser noch "
        "schlechter als die eigenen des Modells (Log-Loss niedriger um {gain:4}, 90 %: "
        "{least:4} bis {most:4}). Ihre AUC ist {auc:3} (99 %: {low:3} bis {high:3}), und keine "
        "Messgröße scheint das Ereignis vorab zu kennen."
    ),
    "bands.alike": "Alle Zeilen haben dasselbe Ergebnis.",
    "bands.no_sign": "Es ist nicht belegt, dass die Punktzahl das Ereignis voraussagt.",
    "bands.percentiles": "Die Grenzen der Bänder sind Perzentile.",
    "bands.no_limit": (
        "Bei keiner Punktzahl ist die Rate doppelt so hoch wie üblich, oder die Grenzen wären "
        "nicht absteigend."
    ),
    "metric.few_new.one": "Im Zeitraum kam nur {number:n} {Entity} dazu.",
    "metric.few_new.many": "Im Zeitraum kamen nur {number:n} {Entities} dazu.",
    "metric.few_with_value": (
        "Nur {got:n} von {all:n} {Entities} haben einen ersten Nutzen erreicht, zu wenige für "
        "einen Median."
    ),
    "metric.equal_waits": (
        "Alle {all:n} {Entities} haben gleich lange gewartet; das sind zu wenige für ein Intervall."
    ),
    "metric.nothing_invoiced": "Im Zeitraum wurde nichts in Rechnung gestellt.",
    "metric.few_debts": (
        "Zu wenige {Entities} haben offene Rechnungen, oder alle schulden den gleichen Anteil."
    ),
    "metric.no_answers": "Im Zeitraum gibt es keine Antwort.",
    "metric.nps_other_codes": (
        "{outside:n} von {all:n} Antworten liegen nicht zwischen 0 und 10. Schließen Sie andere"
        " Fragen und Codes mit `where` aus."
    ),
    "metric.nps_other_scale": (
        "Keine der {all:n} Antworten liegt über 5. Vermutlich gilt eine andere Skala als 0 bis 10."
    ),
    "metric.ces_outside": (
        "{outside:n} von {all:n} Antworten liegen nicht zwischen {low:n} und {high:n}."
    ),
    "metric.no_value_at_start": "Zu Beginn des Zeitraums ist kein Umsatz bekannt.",
    "metric.none_at_start": "Zu Beginn des Zeitraums gab es keine aktiven {Entities}.",
    "metric.none_in_period": "Im Zeitraum gab es keine aktiven {Entities}.",
    "metric.value_with_few": (
        "Der größte Teil des Umsatzes liegt bei zu wenigen {Entities}, und sie haben sich zu "
        "unterschiedlich entwickelt."
    ),
    "metric.none_pays": "Am Ende des Zeitraums gibt es keine zahlenden {Entities}.",
    "metric.few_pay": "Es gibt weniger als {least:n} zahlende {Entities}.",
    "metric.all_pay_the_same": "Alle {Entities} zahlen denselben Betrag.",
    "metric.pay_differs": "Die gezahlten Beträge der {Entities} sind zu unterschiedlich.",
    "metric.not_declared": (
        "Das Modell nennt keine Quelle dafür: Ergänzen Sie `{line}` unter `metrics:`."
    ),
    "metric.unreadable": "Die Werte lassen sich nicht lesen: {problem}.",
    "metric.withheld": "Nicht ausgewiesen, weil weniger als {least:n} Personen dahinterstehen.",
    "metric.too_large": "Die Werte sind zu groß, um sie zu summieren.",
    "definition.time_to_value": (
        "Tage vom Beginn bis zum ersten Nutzen, als Median der {Entities}, die im Zeitraum "
        "begonnen haben (Kaplan-Meier). Auch wer noch wartet, zählt mit."
    ),
    "definition.nps": "Anteil der 9 und 10 minus Anteil der 0 bis 6.",
    "definition.csat": "Anteil der Antworten, die `of` erfüllen.",
    "definition.ces": (
        "Mittelwert auf einer Skala von {bad:n} (am schlechtesten) bis {good:n} (am besten)."
    ),
    "definition.dso": (
        "Forderungen am Ende des Zeitraums ÷ Rechnungsbeträge des Zeitraums × seine Tage."
    ),
    "definition.churn_start": (
        "Im Zeitraum verloren ÷ aktiv zu Beginn; es zählen nur {Entities}, die zu Beginn aktiv "
        "waren."
    ),
    "definition.churn_stripe": (
        "In den letzten 30 Tagen verloren ÷ (aktiv 30 Tage vor dem Ende + neu in diesen 30 Tagen)."
    ),
    "definition.churn_daily": (
        "Summe über alle Tage: an diesem Tag verloren ÷ aktiv zu seinem Beginn."
    ),
    "definition.value_start": (
        "Im Zeitraum verlorener oder gesunkener Umsatz ÷ Umsatz zu Beginn; es zählen nur "
        "{Entities}, die zu Beginn aktiv waren."
    ),
    "definition.value_stripe": (
        "In den letzten 30 Tagen verlorener oder gesunkener Umsatz ÷ (Umsatz 30 Tage vor dem "
        "Ende + Umsatz der {Entities}, die in diesen 30 Tagen neu waren)."
    ),
    "definition.value_daily": (
        "Summe über alle Tage: an diesem Tag verlorener oder gesunkener Umsatz ÷ Umsatz zu "
        "seinem Beginn."
    ),
    "definition.less_growth": "Das Wachstum derselben {Entities} ist abgezogen.",
    "definition.grr": (
        "Umsatz am Ende ohne Wachstum ÷ Umsatz zu Beginn; es zählen nur {Entities}, die zu "
        "Beginn aktiv waren."
    ),
    "definition.nrr": (
        "Umsatz am Ende ÷ Umsatz zu Beginn; es zählen nur {Entities}, die zu Beginn aktiv waren."
    ),
    "definition.arpa": (
        "Umsatz ÷ Zahl der {Entities}, die am Ende des Zeitraums aktiv sind und zahlen."
    ),
    "answers.all": "Es zählt jede Antwort des Zeitraums.",
    "answers.last": (
        "Je `{group}` zählt nur die letzte Antwort, sofern sie aus dem Zeitraum stammt."
    ),
    "portfolio.no_start": (
        "Das Modell sagt nicht, seit wann es jeden Eintrag ({entity}) gibt: Ergänzen Sie "
        "`starts:` bei der Entität."
    ),
    "portfolio.no_outcome": (
        "Nichts sagt, wann ein Verlust eintritt ({entity}): Geben Sie ein Ereignis unter "
        "`outcomes:` an."
    ),
    "portfolio.no_end": (
        "Nichts sagt, wann ein Verlust eintritt ({entity}): Ergänzen Sie `ends:` bei der Entität."
    ),
    "portfolio.no_decision": (
        "Beim Ereignis `{outcome}` fehlt der Tag der Entscheidung: Ergänzen Sie `decided:`."
    ),
    "portfolio.no_value": (
        "Das Modell nennt keinen Umsatz ({entity}): Ergänzen Sie `value:` bei der Entität."
    ),
    "portfolio.no_value_history": (
        "Frühere Werte von `{column}` sind nicht aufbewahrt: Ergänzen Sie `history:` bei der "
        "Entität."
    ),
    "recognition.inactive": (
        "Ein Verlust zählt, wenn in `{source}` über {days:days} nichts geschah. Wer danach "
        "wieder etwas hat, gilt als zurückgekehrt."
    ),
    "recognition.inactive_or_end": (
        "Ein Verlust zählt, wenn in `{source}` über {days:days} nichts geschah, oder mit "
        "`{column}`. Wer danach wieder etwas hat, gilt als zurückgekehrt."
    ),
    "recognition.end": "Ein Verlust zählt am Ende der Leistung, `{column}`.",
    "recognition.decided": "Ein Verlust zählt am Tag der Entscheidung, `{column}`.",
    "recognition.outcome_end": (
        "Ein Verlust zählt am Ende der Leistung, `{column}` des Ereignisses `{outcome}`."
    ),
    "recognition.effect": (
        "Ein Verlust zählt, wenn er wirksam wird, `{column}` des Ereignisses `{outcome}`."
    ),
    "patterns.few": (
        "Das Ereignis trat bei {events:n} {Entities} ein und bei {others:n} nicht. Nötig sind "
        "jeweils mindestens {least:n}."
    ),
    "metrics.no_loss_outcome": "Das Modell nennt kein Ereignis, das ein Verlust ist.",
    "metrics.no_past_dates": (
        "Frühere Tage lassen sich nicht mit dem Ereignis vergleichen: {problem}."
    ),
    "metrics.outcomes_alike": (
        "An diesen Tagen trat „{outcome:name}“ bei {events:n} von {all:n} {Entities} ein. So "
        "lässt sich nichts vergleichen."
    ),
    "renewals.not_declared": (
        "Das Modell sagt nicht, wann über Verlängerungen entschieden wird: Ergänzen Sie "
        "`renewal` bei der Entität."
    ),
    "renewals.no_term_end": (
        "Das Ereignis `{outcome}` hat kein `decided`, also zeigt sich ein Verlust erst am Ende "
        "der Laufzeit. Ergänzen Sie `term_end` bei `renewal`."
    ),
    "renewals.no_history": (
        "Frühere Laufzeiten sind nicht aufbewahrt, also fehlen Entscheidungen, aus denen sich "
        "lernen ließe. Ergänzen Sie bei der Entität eine `history` mit der Spalte der Laufzeit."
    ),
    "renewals.few_decisions": (
        "Mit der Punktzahl davor sind {lost:n} verlorene und {renewed:n} verlängerte Laufzeiten"
        " bekannt. Nötig sind jeweils mindestens {least:n}."
    ),
    "renewals.few_periods": (
        "Entscheidungen sind aus {periods:n} früheren Zeiträumen bekannt. Nötig sind mindestens"
        " {least:n}, um zu sehen, wie verschieden Zeiträume sind."
    ),
    "expansion.too_few": (
        "Erreicht haben es {events:n} {Entities} in {periods:n} Zeiträumen. Nötig sind "
        "mindestens {least:n} in {least_periods:n} Zeiträumen."
    ),
    "purchases.few_returned": (
        "Nur {buyers:n} Käufer haben wieder gekauft. Nötig sind mindestens {least:n}."
    ),
    "purchases.no_number": "Für einige dieser Käufer ergibt das Kaufmodell keine Zahl.",
    "purchases.above_rates": (
        "Das Kaufmodell sagt {predicted:n} Käufe voraus, nach dem bisherigen Kaufverhalten "
        "wären es aber höchstens {most:n}."
    ),
    "purchases.amounts_vary": (
        "Die Beträge sind so unterschiedlich, dass das Kaufmodell keinen Mittelwert findet."
    ),
    "purchases.off": (
        "Vor {days:n} Tagen hätte das Modell {predicted:n} Käufe vorausgesagt, tatsächlich "
        "waren es {actual:n}. Diese Käufer haben Saisons, Aktionen oder einen Rhythmus, den das"
        " Kaufmodell nicht kennt."
    ),
    "forecast.facts_end": "Die Fakten enden vor dem Tag der Prognose (Abstand: {days:days}).",
    "forecast.no_value_history": (
        "Frühere Werte von `{column}` sind nicht aufbewahrt. Frühere Entscheidungen zählen "
        "deshalb mit dem heutigen Wert."
    ),
    "forecast.not_saved": (
        "Diese Prognose wird nicht gespeichert, weil schon spätere Fakten bekannt sind, bis zum"
        " {day:date}."
    ),
}
