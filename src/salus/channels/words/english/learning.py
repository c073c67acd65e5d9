"""Findings of learning weights and bands in English."""

from __future__ import annotations

FINDINGS = {
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
    "adoption.leaks": "First check whether {names:labels} may already contain the outcome.",
    "adoption.no_evidence": (
        "There is no evidence that the new weights predict the outcome on rows they weren’t "
        "learned from: AUC {auc:3} (99%: {low:3} to {high:3}). Chance alone gives {coin:1}."
    ),
    "adoption.harm": (
        "On rows they weren’t learned from, the log loss of the new weights may be {loss:4} "
        "higher than with the model’s own; at most {most:4} is allowed. Log loss says how far the "
        "predicted probabilities lie from what happened; 0 would be perfect."
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
        "On rows they weren’t learned from, its new weights predict better than yours (log loss "
        "lower by {gain:4}), and no measure seems to contain the outcome already."
    ),
    "adoption.as_good": (
        "Its new weights gain you little: on rows they weren’t learned from, they predict "
        "about as well as yours. No measure seems to contain the outcome already."
    ),
    "bands.alike": "All rows have the same outcome.",
    "bands.no_sign": "It isn’t proven that the score predicts the outcome.",
    "bands.percentiles": "The limits of the bands are percentiles.",
    "bands.no_limit": (
        "At no score is the rate twice the usual rate, or the limits would not be in descending "
        "order."
    ),
}
