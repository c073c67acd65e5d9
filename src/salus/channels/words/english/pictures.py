"""Texts of the pictures in English."""

from __future__ import annotations

TEXTS = {
    "picture.predicted": "Predicted",
    "picture.observed": "Observed",
    "picture.interval": "95% interval",
    "picture.rows": "Rows",
    "picture.entities": "{Entities}",
    "picture.score": "Score",
    "picture.rate": "Share with the outcome",
    "picture.band": "Band",
    "picture.date": "Date",
    "picture.too_few": "too few",
    "picture.all": "all: {share}",
    "picture.calibration": "Predicted and observed",
    "picture.calibration_parts": (
        "{parts} groups of {rows} rows each, without the first dates: a prediction uses only what "
        "was known before it."
    ),
    "picture.calibration_legend": ("On the dashed line, the outcome was as frequent as predicted."),
    "picture.calibration_none": (
        "In a group without the outcome, several rows per {entity} count only as one, so the "
        "interval is wider."
    ),
    "picture.deciles": "How often the outcome occurred, by score",
    "picture.deciles_parts": (
        "{parts} groups of {rows} rows each; {base} of all rows had the outcome."
    ),
    "picture.deciles_break": (
        "The rate changes sharply at a score of {score} (95% interval {low} to {high}): {below} "
        "below {score}, {above} from {score} up."
    ),
    "picture.deciles_no_break": "There is no score at which the rate changes sharply.",
    "picture.break": "change at {score}",
    "picture.lead": "How early the score warned",
    "picture.lead.says": (
        "Of the {n} {entities} with the outcome by {date}, {share} ({low} to "
        "{high}) had been in the “{band}” band at least {days} days before it; {never} were never "
        "in that band during the year before."
    ),
    "picture.lead.days": "Days before the outcome",
    "picture.lead.share": "Share with a warning",
    "picture.lead.mark": "{days}: {share}",
    "picture.misses": "Bands before the outcome",
    "picture.misses.says.one": (
        "{n} of {all} {entities} with the outcome was not in the “{band}” band on any of these "
        "days."
    ),
    "picture.misses.says.many": (
        "{n} of {all} {entities} with the outcome were not in the “{band}” band on any of these "
        "days."
    ),
    "picture.misses.when": "Days before",
    "picture.misses.share": "Share of {entities} with the outcome",
    "picture.waiting": "How soon the outcome occurred, by band",
    "picture.waiting.says": (
        "Within {days} days after {date}, {of_worst} of the {n_worst} {entities} in the “{worst}” "
        "band had the outcome, and {of_best} of the {n_best} in the “{best}” band."
    ),
    "picture.waiting.days": "Days after",
    "picture.waiting.share": "Share with the outcome",
    "picture.flows": "Who moved between bands",
    "picture.flows.says": (
        "Of {n} {entities} on {date}, {stayed} were in the same band on {later}; {outcomes} had "
        "the "
        "outcome by then."
    ),
    "picture.flows.from": "From",
    "picture.flows.gone": "No later score",
    "picture.fan.interval": "{level}% interval",
    "picture.outlook": "Renewals ahead",
    "picture.outlook.number": "{Entities}",
    "picture.outlook.says": (
        "Expected loss in the renewals decided before {date}: {lost} of today’s {now} ({level} "
        "interval: {low} to {high}). {Entities} that have given notice are not part of the {now}. "
        "New {entities} and price changes are not included."
    ),
    "picture.outlook.cut": "The axis doesn’t start at 0.",
    "calibrated.right": (
        "As far as can be measured, predictions from the score alone came true as often as "
        "predicted (slope on the log-odds scale {slope}, 95% interval {low} to {high}; 1 is "
        "perfect)."
    ),
    "calibrated.rarer": (
        "In {sided} of {parts} groups, the outcome occurred less often than predicted from "
        "the score alone. Relative to its level, the rate rises about as steeply as "
        "predicted (slope on the log-odds scale {slope}, 95% interval {low} to {high}; 1 is "
        "perfect)."
    ),
    "calibrated.oftener": (
        "In {sided} of {parts} groups, the outcome occurred more often than predicted from "
        "the score alone. Relative to its level, the rate rises about as steeply as "
        "predicted (slope on the log-odds scale {slope}, 95% interval {low} to {high}; 1 is "
        "perfect)."
    ),
    "calibrated.far": (
        "Predictions from the score alone were too extreme, both high and low (slope on the "
        "log-odds scale {slope}, 95% interval {low} to {high}; 1 is perfect)."
    ),
    "calibrated.near": (
        "Predictions from the score alone were too cautious (slope on the log-odds scale "
        "{slope}, 95% interval {low} to {high}; 1 is perfect)."
    ),
}
