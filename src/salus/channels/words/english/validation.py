"""Findings of a validation in English."""

from __future__ import annotations

FINDINGS = {
    "limit.flag": (
        "This compares {entities} with one another by the flag “{outcome}”. It shows which "
        "{entities} resemble those that left, not which will leave."
    ),
    "limit.one_date": (
        "This can’t show that the score predicts anything: all rows have the same date, "
        "{day:date}. It only compares {entities} with one another on that day."
    ),
    "limit.today": (
        "This can’t show that the score predicts anything: the past scores use today’s "
        "values of {measures:labels}, and these may have changed since then."
    ),
    "limit.partly_today": (
        "The past scores contain some hindsight: today’s values are used in "
        "{measures:labels}, and they may have changed since then. The figures may look "
        "better than they are."
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
    "warning.constant": (
        "“{measure:label}” gives {points:n} points in every row that was tested, from "
        "{first:date} to {last:date}."
    ),
    "warning.constant.fix": (
        "It may differ on other dates, such as today: compare with the latest scores. If it never "
        "differs, change its scale, or leave it out."
    ),
    "warning.too_good": (
        "“{measure:label}” alone predicts who leaves in {share:share} of pairs. It may already "
        "contain the outcome."
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
        "The score predicts {outcome_noun}{horizon:within}. If you take {outcome_pair}, "
        "{outcome_those} has the lower score in {share:share} of cases (AUC {auc:2}, 95% interval "
        "{low:2} to {high:2})."
    ),
    "verdict.flag_evidence_risk": (
        "The score is related to {outcome_noun}. If you take {outcome_pair}, {outcome_those} has "
        "the lower score in {share:share} of cases (AUC {auc:2}, 95% interval {low:2} to {high:2})."
    ),
    "verdict.backwards_risk": (
        "The score points the wrong way: it is higher where {outcome_noun} occurs{horizon:within} "
        "(AUC {auc:2}, 95% interval {low:2} to {high:2})."
    ),
    "verdict.evidence_chance": (
        "The score predicts {outcome_noun}{horizon:within}. If you take {outcome_pair}, "
        "{outcome_those} has the higher score in {share:share} of cases (AUC {auc:2}, 95% interval "
        "{low:2} to {high:2})."
    ),
    "verdict.flag_evidence_chance": (
        "The score is related to {outcome_noun}. If you take {outcome_pair}, {outcome_those} has "
        "the higher score in {share:share} of cases (AUC {auc:2}, 95% interval {low:2} to "
        "{high:2})."
    ),
    "verdict.backwards_chance": (
        "The score points the wrong way: it is lower where {outcome_noun} occurs{horizon:within} "
        "(AUC {auc:2}, 95% interval {low:2} to {high:2})."
    ),
    "verdict.no_evidence": (
        "There is no evidence that the score predicts {outcome_noun}{horizon:within}: AUC {auc:2}, "
        "95% interval {low:2} to {high:2}. Chance alone gives {coin:1}."
    ),
    "verdict.too_few": (
        "No verdict: among {all:n} {entities} there are {events:n} {outcome_with}. A verdict needs "
        "at least {least:n} of them and {least:n} others."
    ),
    "comparison.better": (
        "The score predicts better than the best single measure, “{measure:label}” (difference "
        "in AUC {gain:+2}, 95% interval {low:+2} to {high:+2})."
    ),
    "comparison.worse": (
        "But “{measure:label}” alone predicts better than the score (difference in AUC "
        "{gain:+2}, 95% interval {low:+2} to {high:+2})."
    ),
    "comparison.open": (
        "It isn’t clear whether the score predicts better than “{measure:label}” alone "
        "(difference in AUC {gain:+2}, 95% interval {low:+2} to {high:+2})."
    ),
}
