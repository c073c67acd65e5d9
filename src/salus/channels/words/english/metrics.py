"""Findings of the portfolio metrics in English."""

from __future__ import annotations

FINDINGS = {
    "metric.few_new.one": "Only {number:n} {entity} started in the period.",
    "metric.few_new.many": "Only {number:n} {entities} started in the period.",
    "metric.few_with_value": (
        "Only {got:n} of {all:n} {entities} have got value, which is too few for a median."
    ),
    "metric.equal_waits": (
        "All {all:n} {entities} waited equally long, which is too few for an interval."
    ),
    "metric.nothing_invoiced": "Nothing was invoiced in the period.",
    "metric.few_debts": "Too few {entities} owe anything, or all owe the same share.",
    "metric.no_answers": "There is no answer in the period.",
    "metric.nps_other_codes": (
        "{outside:n} of {all:n} answers lie outside 0 to 10. Leave out other questions and "
        "codes with `where`."
    ),
    "metric.nps_other_scale": (
        "None of the {all:n} answers is above 5, so they seem to be on another scale than 0 to 10."
    ),
    "metric.ces_outside": "{outside:n} of {all:n} answers lie outside {low:n} to {high:n}.",
    "metric.no_value_at_start": "No value is known at the start of the period.",
    "metric.none_at_start": "No {entity} was active at the start of the period.",
    "metric.none_in_period": "No {entity} was active in the period.",
    "metric.value_with_few": (
        "Too few {entities} hold most of the value, and they developed too differently."
    ),
    "metric.none_pays": "No {entity} pays at the end of the period.",
    "metric.few_pay": "Fewer than {least:n} {entities} pay.",
    "metric.all_pay_the_same": "All {entities} pay the same amount.",
    "metric.pay_differs": "The amounts that {entities} pay are too different.",
    "metric.not_declared": "The model doesn’t say where to find it: add `{line}` under `metrics:`.",
    "metric.unreadable": "Its values can’t be read: {problem}.",
    "metric.withheld": "Withheld because it rests on fewer than {least:n} people.",
    "metric.too_large": "The values are too large to add up.",
    "definition.time_to_value": (
        "The median number of days from the start to the first value, for {entities} that "
        "started in the period (Kaplan–Meier estimate). {Entities} that haven’t reached their "
        "first value yet are "
        "included."
    ),
    "definition.nps": "(share of answers 9 and 10) − (share of answers 0 to 6).",
    "definition.csat": "The share of answers that meet the condition `{condition}`.",
    "definition.ces": "The mean of the answers on a scale from {bad:n} (worst) to {good:n} (best).",
    "definition.dso": (
        "(receivables at the end of the period) ÷ (amounts invoiced in the period) × (days of the "
        "period)."
    ),
    "definition.churn_start": (
        "({entities} lost in the period) ÷ ({entities} active at its start). Only {entities} "
        "active at the start count."
    ),
    "definition.churn_stripe": (
        "({entities} lost in the last 30 days) ÷ ({entities} active 30 days before the end + new "
        "ones in these 30 days)."
    ),
    "definition.churn_daily": (
        "The sum over all days of: ({entities} lost that day) ÷ ({entities} active at its start)."
    ),
    "definition.value_start": (
        "(value lost or reduced in the period) ÷ (value at its start). Only {entities} active at "
        "the start count."
    ),
    "definition.value_stripe": (
        "(value lost or reduced in the last 30 days) ÷ (value 30 days before the end + value of "
        "new {entities} in these 30 days)."
    ),
    "definition.value_daily": (
        "The sum over all days of: (value lost or reduced that day) ÷ (value at its start)."
    ),
    "definition.less_growth": "The growth of the same {entities} is subtracted.",
    "definition.grr": (
        "(value at the end without growth) ÷ (value at the start). Only {entities} active at the "
        "start count."
    ),
    "definition.nrr": (
        "(value at the end) ÷ (value at the start). Only {entities} active at the start count."
    ),
    "definition.arpa": (
        "(value) ÷ (number of {entities} that are active and pay), at the end of the period."
    ),
    "answers.all": "Every answer given in the period counts.",
    "answers.last": (
        "Only the last answer of each {group:name} counts, if it was given in the period."
    ),
    "portfolio.no_start": (
        "The model doesn’t say when each {entity} started: add `starts:` to the entity."
    ),
    "portfolio.no_outcome": "Nothing says when an {entity} is lost: declare an outcome.",
    "portfolio.no_end": "Nothing says when an {entity} is lost: add `ends:` to the entity.",
    "portfolio.no_decision": "Outcome `{outcome}` doesn’t say when it was decided: add `decided:`.",
    "portfolio.no_value": (
        "The model doesn’t say what each {entity} is worth: add `value:` to the entity."
    ),
    "portfolio.no_value_history": (
        "Earlier values of `{column}` aren’t kept: add `history:` to the entity."
    ),
    "recognition.inactive": (
        "A loss counts after {days:days} without facts in `{source}`. Whoever has one later "
        "counts as returned."
    ),
    "recognition.inactive_or_end": (
        "A loss counts after {days:days} without facts in `{source}`, or at `{column}`. Whoever"
        " has one later counts as returned."
    ),
    "recognition.end": "A loss counts at the end of service, `{column}`.",
    "recognition.decided": "A loss counts when it is decided, `{column}`.",
    "recognition.outcome_end": (
        "A loss counts at the end of service, `{column}` of outcome `{outcome}`."
    ),
    "recognition.effect": "A loss counts when it takes effect, `{column}` of outcome `{outcome}`.",
    "patterns.few": (
        "{events:n} {entities} had the outcome and {others:n} didn’t. At least {least:n} of "
        "each are needed."
    ),
    "metrics.no_loss_outcome": "The model declares no outcome that is a loss.",
    "metrics.no_past_dates": "Past dates can’t be compared with the outcome: {problem}.",
    "metrics.outcomes_alike": (
        "{events:n} of {all:n} {entities} had “{outcome:name}” on these dates, so there is "
        "nothing to compare."
    ),
}
