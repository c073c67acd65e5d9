"""Findings in Danish."""

from __future__ import annotations

FINDINGS = {
    "limit.flag": (
        "Her sammenlignes {entities} indbyrdes efter kendetegnet “{outcome:name}”: det viser, hvem der"
        " ligner dem, der er gået, ikke hvem der vil gå."
    ),
    "limit.one_date": (
        "Dette er ingen fremadrettet prøve: alle rækker er fra én dag, {day:date}, så {entities}"
        " sammenlignes indbyrdes på den dag."
    ),
    "limit.today": (
        "Dette er ingen fremadrettet prøve: {measures:labels} er taget, som de er i dag, og kan være"
        " ændret efter hændelsen."
    ),
    "limit.partly_today": (
        "Dette er kun til dels en fremadrettet prøve: {measures:labels} er taget, som de er i dag, og kan"
        " være ændret efter hændelsen."
    ),
}
