"""Findings in German."""

from __future__ import annotations

FINDINGS = {
    "limit.flag": (
        "Dies vergleicht {entities} untereinander nach dem Merkmal „{outcome:name}“: Es zeigt, wer denen"
        " gleicht, die gegangen sind, nicht, wer gehen wird."
    ),
    "limit.one_date": (
        "Dies ist keine Vorhersageprüfung: Alle Zeilen gehören zu einem Tag, dem {day:date}. Verglichen"
        " werden {entities} an diesem Tag."
    ),
    "limit.today": (
        "Dies ist keine Vorhersageprüfung: {measures:labels} stehen hier, wie sie heute sind, und können"
        " sich nach dem Ereignis geändert haben."
    ),
    "limit.partly_today": (
        "Dies ist nur zum Teil eine Vorhersageprüfung: {measures:labels} stehen hier, wie sie heute sind,"
        " und können sich nach dem Ereignis geändert haben."
    ),
}
