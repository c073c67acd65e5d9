"""Findings in English."""

from __future__ import annotations

FINDINGS = {
    "limit.flag": (
        "This compares {entities} with one another by the flag “{outcome:name}”. It shows which "
        "{entities} resemble those that left, not which will leave."
    ),
    "limit.one_date": (
        "This isn’t a forward test: all rows have the same date, {day:date}, so it compares "
        "{entities} with one another on that day."
    ),
    "limit.today": (
        "This isn’t a forward test: it uses today’s values of {measures:labels}, which may have "
        "changed after the outcome."
    ),
    "limit.partly_today": (
        "This is only partly a forward test: it uses today’s values of {measures:labels}, which "
        "may have changed after the outcome."
    ),
    "limit.one_outcome_day": (
        "All {events:n} outcomes have the same date, {day:date}. That is a single test, and no "
        "test at all if it is only the date of an export."
    ),
    "warning.never_changes": (
        "“{measure:label}” is the same on every date for each {entity} and still predicts the "
        "outcome (AUC {auc:2}). It may be today’s value, not the value of its date."
    ),
    "warning.never_changes.fix": (
        "Give it a history with the day on which each value was recorded, or leave it out."
    ),
    "warning.drift": (
        "“{measure:label}” is distributed differently on {day:date} than in the year before "
        "(PSI {psi:2}; {before:2} at most on earlier dates)."
    ),
    "warning.drift.fix": "What was true on past dates may no longer be true. Check its source.",
    "warning.before_start": (
        "{share:share} of the days with facts in source “{source}” are before the start of "
        "their {entity}."
    ),
    "warning.before_start.fix": "Check its keys and times, and `starts` of the entity.",
    "warning.after_end": (
        "{late:n} of {ended:n} {entities} that ended have facts in source “{source}” more than "
        "{days:days} after their end."
    ),
    "warning.after_end.fix": "Check its keys and times, and `ends` of the entity.",
    "warning.absent_value": (
        "Whether “{measure:label}” is missing predicts the outcome in {share:share} of pairs."
    ),
    "warning.absent_value.fix": (
        "Find out when its value is written: it may be filled in or removed afterwards."
    ),
    "warning.present_value": (
        "Whether “{measure:label}” has a value predicts the outcome in {share:share} of pairs."
    ),
    "warning.present_value.fix": (
        "Find out when its value is written: it may be filled in or removed afterwards."
    ),
    "warning.recorded_late": (
        "{share:share} of the facts in source “{source}” were recorded more than {days:days} late."
    ),
    "warning.recorded_late.fix": (
        "Past dates know little of it. Begin with a date after it was loaded (`--from`), or "
        "leave it out."
    ),
    "warning.revised": (
        "{share:share} of the ids in source “{source}” changed after they were first recorded."
    ),
    "warning.revised.fix": (
        "Only the first recording counts. Give a column that is filled in later its own source "
        "with its own `time`."
    ),
    "warning.one_row_each": (
        "Source “{source}” has one row for each {entity}, and a value is read from it. It may "
        "hold today’s state instead of a history."
    ),
    "warning.one_row_each.fix": (
        "If its rows are overwritten, past dates see what happened later. Keep each state with its "
        "day, or leave it out."
    ),
    "warning.size": (
        "“{measure:label}” ranks {entities} the way `{attribute}` does (rank correlation "
        "{correlation:2}). It mostly measures size."
    ),
    "warning.size.fix": "Divide it by what it grows with (`per: {attribute}`), or leave it out.",
    "warning.stale": (
        "Source “{source}” has nothing new after {day:date}, {days:days} before the data ends."
    ),
    "warning.stale.fix": "Find out whether its feed stopped. Later dates are scored without it.",
    "warning.stopped": (
        "The last “{outcome:name}” is dated {day:date}, {days:days} before the data ends."
    ),
    "warning.stopped.fix": (
        "Find out whether its table is still updated. If not, end the dates earlier with `--to`."
    ),
    "warning.late": (
        "The AUC of “{measure:label}” was {loss:2} lower {days:days} earlier: its signal comes "
        "late or follows the decision."
    ),
    "warning.late.fix": (
        "Check when its facts are recorded and declare that with `recorded:`. If the dates are "
        "right, react to this signal at once."
    ),
    "warning.late_score": (
        "The AUC of the score was {loss:2} lower {days:days} earlier: its signal comes late or "
        "follows the decision."
    ),
    "warning.late_score.fix": (
        "Check when its facts are recorded and declare that with `recorded:`. If the dates are "
        "right, react to this signal at once."
    ),
    "warning.dead": "“{measure:label}” has no value on any date.",
    "warning.dead.fix": "Check its source.",
    "warning.constant": "“{measure:label}” always gives {points:n} points.",
    "warning.constant.fix": "Change its scale, or leave it out.",
    "warning.too_good": (
        "“{measure:label}” alone predicts who leaves in {share:share} of pairs. It may already "
        "know the outcome."
    ),
    "warning.too_good.fix": (
        "Check that its facts are known before the decision, and declare `recorded:`."
    ),
    "warning.knows_early": (
        "“{measure:label}” predicts in {share:share} of pairs who will leave after the horizon. "
        "It may have been written when that was already known."
    ),
    "warning.knows_early.fix": (
        "Check when its facts are recorded, and declare that with `recorded:`."
    ),
    "warning.backwards": "“{measure:label}” is better where the outcome follows (AUC {auc:2}).",
    "warning.backwards.fix": "Reverse its scale, or leave it out.",
    "warning.random_split": (
        "Learned weights reach an AUC of {random:3} when random rows are held out, but "
        "{forward:3} forward in time."
    ),
    "warning.random_split.fix": (
        "Trust the figure forward in time. A measure may know what happened later."
    ),
    "warning.fingerprint": (
        "Learned weights reach an AUC of {random:3} when random rows are held out, but "
        "{grouped:3} when whole {entities} are. Some measures identify {entities} rather than "
        "describe their state."
    ),
    "warning.fingerprint.fix": "Leave out what never changes, such as size and plan.",
    "warning.doubtful_day": (
        "Source “{source}” has {facts:n} facts dated {first:date} or later, {days:days} after "
        "all others. They don’t count for the end of the data."
    ),
    "warning.doubtful_day.fix": "Check “{source}” for a mistyped year.",
    "warning.unknown_keys": (
        "{share:share} of the rows of “{outcome:name}” have a key that belongs to no {entity}."
    ),
    "warning.unknown_keys.fix": "Check its `key`.",
    "warning.named": "“{measure:label}” reads `{column}`, a column named like an outcome.",
    "warning.named.fix": "Find out how it is computed: it may already contain who left.",
    "warning.recorded_unsaid": (
        "Table `{table}` has a column `{column}`, but source “{source}” doesn’t declare `recorded`."
    ),
    "warning.recorded_unsaid.fix": (
        "Declare `recorded: {column}`. Otherwise past dates know what was entered later."
    ),
    "warning.todays": "“{measure:label}” reads an attribute as it is today.",
    "warning.todays.fix": "Add `history:` to the entity.",
    "verdict.evidence_risk": (
        "The score predicts “{outcome:name}”{horizon:within}: of two {entities} where only one "
        "had this outcome, that one had the lower score in {share:share} of cases (AUC {auc:2}, "
        "95% interval {low:2} to {high:2})."
    ),
    "verdict.flag_evidence_risk": (
        "The score is related to “{outcome:name}”: of two {entities} where only one had this "
        "outcome, that one had the lower score in {share:share} of cases (AUC {auc:2}, 95% "
        "interval {low:2} to {high:2})."
    ),
    "verdict.backwards_risk": (
        "The score points the wrong way: it is higher for {entities} with "
        "“{outcome:name}”{horizon:within} (AUC {auc:2}, 95% interval {low:2} to {high:2})."
    ),
    "verdict.evidence_chance": (
        "The score predicts “{outcome:name}”{horizon:within}: of two {entities} where only one "
        "had this outcome, that one had the higher score in {share:share} of cases (AUC "
        "{auc:2}, 95% interval {low:2} to {high:2})."
    ),
    "verdict.flag_evidence_chance": (
        "The score is related to “{outcome:name}”: of two {entities} where only one had this "
        "outcome, that one had the higher score in {share:share} of cases (AUC {auc:2}, 95% "
        "interval {low:2} to {high:2})."
    ),
    "verdict.backwards_chance": (
        "The score points the wrong way: it is lower for {entities} with "
        "“{outcome:name}”{horizon:within} (AUC {auc:2}, 95% interval {low:2} to {high:2})."
    ),
    "verdict.no_evidence": (
        "There is no evidence that the score predicts “{outcome:name}”{horizon:within}: AUC "
        "{auc:2}, 95% interval {low:2} to {high:2}. Chance alone gives {coin:1}."
    ),
    "verdict.too_few": (
        "No verdict: {events:n} of {all:n} {entities} had “{outcome:name}”. A verdict needs at "
        "least {least:n} with it and {least:n} without it."
    ),
    "comparison.better": (
        "It does better than the best single measure, “{measure:label}” (difference in AUC "
        "{gain:+2}, 95% interval {low:+2} to {high:+2})."
    ),
    "comparison.worse": (
        "But the single measure “{measure:label}” does better (difference in AUC {gain:+2}, "
        "95% interval {low:+2} to {high:+2})."
    ),
    "comparison.open": (
        "It is uncertain whether it does better than “{measure:label}” alone (difference in "
        "AUC {gain:+2}, 95% interval {low:+2} to {high:+2})."
    ),
    "learning.too_few": (
        "Only {events:n} {entities} had the outcome, and at least {least:n} are needed to "
        "change weights."
    ),
    "learning.no_sign": "No measure predicts the outcome in the direction that its points suggest.",
    "split.small_parts": (
        "If a fifth of the rows is held out, fewer than {least:n} with or without the outcome "
        "are left."
    ),
    "split.one_outcome_day": (
        "All {events:n} outcomes have the same date, {day:date}. No later date shows whether "
        "the weights hold."
    ),
    "split.one_date": (
        "All {events:n} outcomes follow one date, {day:date}. No later date shows whether the "
        "weights hold."
    ),
    "split.few_early": (
        "Only {early:n} of {events:n} outcomes come before the test dates, which begin on "
        "{day:date}. That is too few to learn from."
    ),
    "split.alike": (
        "From {day:date} on all rows have the same outcome, so they can’t show whether the "
        "weights hold."
    ),
    "adoption.few_outcomes": (
        "{events:n} outcomes are too few to prove that other weights are better; {least:n} are "
        "needed."
    ),
    "adoption.leaks": "First check whether {names:labels} may already know the outcome.",
    "adoption.no_evidence": (
        "There is no evidence that the new weights predict the outcome on rows they weren’t "
        "learned from: AUC {auc:3} (99%: {low:3} to {high:3}). Chance alone gives {coin:1}."
    ),
    "adoption.harm": (
        "On rows they weren’t learned from, the log loss of the new weights may be {loss:4} "
        "higher than with the model’s own; at most {most:4} is allowed."
    ),
    "adoption.unproven": (
        "No gain is proven on rows they weren’t learned from, and the current score isn’t "
        "proven either: AUC {auc:3} (99%: {low:3} to {high:3}). Chance alone gives {coin:1}."
    ),
    "adoption.lower_auc": (
        "On rows they weren’t learned from, the AUC of the new weights is {loss:3} lower than "
        "with the model’s own."
    ),
    "adoption.better": (
        "On rows they weren’t learned from, the new weights are better than the model’s own "
        "(log loss lower by {gain:4}, 90%: {least:4} to {most:4}). Their AUC is {auc:3} (99%: "
        "{low:3} to {high:3}), and no measure seems to know the outcome in advance."
    ),
    "adoption.as_good": (
        "On rows they weren’t learned from, the new weights are not proven to be better or "
        "worse than the model’s own (log loss lower by {gain:4}, 90%: {least:4} to {most:4}). "
        "Their AUC is {auc:3} (99%: {low:3} to {high:3}), and no measure seems to know the "
        "outcome in advance."
    ),
    "bands.alike": "All rows have the same outcome.",
    "bands.no_sign": "It isn’t proven that the score predicts the outcome.",
    "bands.percentiles": "The limits of the bands are percentiles.",
    "bands.no_limit": (
        "At no score is the rate twice the usual rate, or the limits would not be in descending "
        "order."
    ),
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
        "started in the period (Kaplan and Meier). Those that still wait count, too."
    ),
    "definition.nps": "The share of 9 and 10 minus the share of 0 to 6.",
    "definition.csat": "The share of answers that meet `of`.",
    "definition.ces": "The mean on a scale from {bad:n} (worst) to {good:n} (best).",
    "definition.dso": (
        "Receivables at the end of the period ÷ amounts invoiced in the period × its days."
    ),
    "definition.churn_start": (
        "Lost in the period ÷ active at its start; only {entities} active at the start count."
    ),
    "definition.churn_stripe": (
        "Lost in the last 30 days ÷ (active 30 days before the end + new in these 30 days)."
    ),
    "definition.churn_daily": "The sum over all days of: lost that day ÷ active at its start.",
    "definition.value_start": (
        "Value lost or reduced in the period ÷ value at its start; only {entities} active at "
        "the start count."
    ),
    "definition.value_stripe": (
        "Value lost or reduced in the last 30 days ÷ (value 30 days before the end + value of "
        "new {entities} in these 30 days)."
    ),
    "definition.value_daily": (
        "The sum over all days of: value lost or reduced that day ÷ value at its start."
    ),
    "definition.less_growth": "The growth of the same {entities} is subtracted.",
    "definition.grr": (
        "Value at the end without growth ÷ value at the start; only {entities} active at the "
        "start count."
    ),
    "definition.nrr": (
        "Value at the end ÷ value at the start; only {entities} active at the start count."
    ),
    "definition.arpa": (
        "Value ÷ number of {entities} that are active and pay at the end of the period."
    ),
    "answers.all": "Every answer of the period counts.",
    "answers.last": "For each `{group}` only the last answer counts, if it is from the period.",
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
    "renewals.not_declared": (
        "The model doesn’t say when renewals are due: add `renewal` to its entity."
    ),
    "renewals.no_term_end": (
        "Outcome `{outcome}` has no `decided`, so a loss shows only at the end of the term. Add"
        " `term_end` to `renewal`."
    ),
    "renewals.no_history": (
        "Earlier terms aren’t kept, so there are no past decisions to learn from. Add a "
        "`history` with the column of the term to the entity."
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
    "forecast.facts_end": "The facts end {days:days} before the date of the forecast.",
    "forecast.no_value_history": (
        "Earlier values of `{column}` aren’t kept, so past decisions count with today’s value."
    ),
    "forecast.not_saved": (
        "This forecast isn’t saved because facts after its date are known, until {day:date}."
    ),
}
