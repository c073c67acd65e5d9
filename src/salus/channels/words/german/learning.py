"""Findings of learning weights and bands in German."""

from __future__ import annotations

FINDINGS = {
    "learning.too_few": (
        "Das Ereignis trat nur bei {events:n} {Entities_dative} ein; um Gewichte zu ändern, sind "
        "mindestens {least:n} nötig."
    ),
    "learning.no_sign": "Keine Kennzahl sagt das Ereignis in der Richtung ihrer Punkte voraus.",
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
    "adoption.leaks": "Prüfen Sie zuerst, ob {names:labels} das Ereignis schon enthalten könnte.",
    "adoption.no_evidence": (
        "Nichts belegt, dass die neuen Gewichte das Ereignis auf ungesehenen Zeilen "
        "voraussagen: AUC {auc:3} (99 %: {low:3} bis {high:3}). Der Zufall allein erreicht "
        "{coin:1}."
    ),
    "adoption.harm": (
        "Auf ungesehenen Zeilen kann der Log-Loss der neuen Gewichte um {loss:4} höher sein "
        "als mit den eigenen des Modells; erlaubt sind höchstens {most:4}. Der Log-Loss sagt, wie weit die "
        "vorhergesagten Wahrscheinlichkeiten von dem abweichen, was geschah; 0 wäre perfekt."
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
        "Auf ungesehenen Zeilen sagen die neuen Gewichte das Ereignis besser voraus als die "
        "bisherigen (Log-Loss niedriger um {gain:4}), und keine Kennzahl scheint das Ereignis schon zu "
        "enthalten."
    ),
    "adoption.as_good": (
        "Die neuen Gewichte bringen wenig: Auf ungesehenen Zeilen sagen sie das Ereignis "
        "etwa so gut voraus wie die bisherigen. Keine Kennzahl scheint das Ereignis schon zu enthalten."
    ),
    "bands.alike": "Alle Zeilen haben dasselbe Ergebnis.",
    "bands.no_sign": "Es ist nicht belegt, dass die Punktzahl das Ereignis voraussagt.",
    "bands.percentiles": "Die Grenzen der Stufen sind Perzentile.",
    "bands.no_limit": (
        "Bei keiner Punktzahl ist die Rate doppelt so hoch wie üblich, oder die Grenzen wären "
        "nicht absteigend."
    ),
}
