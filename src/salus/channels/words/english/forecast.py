"""Findings of forecasts in English."""

from __future__ import annotations

FINDINGS = {
    "renewals.not_declared": (
        "The model doesn’t say when renewals are due: add `renewal` to its entity."
    ),
    "renewals.no_term_end": (
        "Outcome `{outcome}` has no `decided`, so a loss shows only at the end of the term. Add"
        " `term_end` to `renewal`."
    ),
    "renewals.no_history": (
        "Earlier terms aren’t kept, so there are no past decisions to learn from. They need a "
        "`history` of the entity that also holds the term of each date."
    ),
    "renewals.few_decisions": (
        "{lost:n} lost and {renewed:n} renewed terms are known with the score before. At least "
        "{least:n} of each are needed."
    ),
    "renewals.few_periods": (
        "Decisions are known from {periods:n} earlier periods. At least {least:n} are needed to"
        " see how much periods differ."
    ),
    "expansion.too_few": (
        "{events:n} {entities} reached it, in {periods:n} periods. At least {least:n} in "
        "{least_periods:n} periods are needed."
    ),
    "purchases.few_returned": "{buyers:n} buyers bought again. At least {least:n} are needed.",
    "purchases.no_number": "For some of these buyers the purchase model gives no number.",
    "purchases.above_rates": (
        "The purchase model predicts {predicted:n} purchases, but the buyers’ own rates give "
        "{most:n} at most."
    ),
    "purchases.amounts_vary": "The amounts differ so much that the purchase model finds no mean.",
    "purchases.off": (
        "{days:days} ago it would have predicted {predicted:n} purchases, but {actual:n} were "
        "made. These buyers have seasons, campaigns or a rhythm that the purchase model doesn’t"
        " know."
    ),
    "forecast.facts_end": "The data ends {days:days} before the date of the forecast.",
    "forecast.no_value_history": (
        "Earlier values of `{column}` aren’t kept, so past decisions count with today’s value."
    ),
    "forecast.not_saved": (
        "This forecast isn’t saved because facts after its date are known, until {day:date}."
    ),
}
