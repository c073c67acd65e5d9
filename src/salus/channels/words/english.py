"""English."""

from __future__ import annotations

from salus.channels.words.findings.english import FINDINGS
from salus.channels.words.format import FIXED, Format
from salus.model.plural import many

LABELS = {"at_risk": "At risk", "unknown": "Unknown"}

TEXTS = {
    "title": "{Entity} health",
    "as_of": "As of {date}",
    "population.one": "{n} {entity}",
    "population.many": "{n} {entities}",
    "model": "Model {name}, fingerprint {fingerprint}",
    "beside": (
        "for {n} of them the model {other} speaks; this page tells of everybody by the one model"
    ),
    "since": "Changes since {date}",
    "contents": "On this page",
    "days.one": "{n}" + FIXED + "day",
    "days.many": "{n}" + FIXED + "days",
    "within.one": " within {n}" + FIXED + "day",
    "within.many": " within {n}" + FIXED + "days",
    "yes": "yes",
    "no": "no",
    "lead.at_risk.one": "{n} of {all} {entities} is at risk.",
    "lead.at_risk.many": "{n} of {all} {entities} are at risk.",
    "lead.at_risk_money.one": (
        "{n} of {all} {entities} is at risk; {money} of {total} stands behind it."
    ),
    "lead.at_risk_money.many": (
        "{n} of {all} {entities} are at risk; {money} of {total} stands behind them."
    ),
    "lead.band.one": "{n} of {all} {entities} stands in the band “{band}”.",
    "lead.band.many": "{n} of {all} {entities} stand in the band “{band}”.",
    "lead.band_money.one": (
        "{n} of {all} {entities} stands in the band “{band}”, and with it {money} of {total}."
    ),
    "lead.band_money.many": (
        "{n} of {all} {entities} stand in the band “{band}”, and with them {money} of {total}."
    ),
    "lead.none": "None of the {all} {entities} stands in the band “{band}”.",
    "lead.moved": "In {days} days {fell} fell to a worse band and {rose} rose to a better one.",
    "lead.by_model.one": "{n} changed band because another model speaks than then.",
    "lead.by_model.many": "{n} changed band because another model speaks than then.",
    "lead.unknown.one": "For {n} there is too little data to say.",
    "lead.unknown.many": "For {n} there is too little data to say.",
    "lead.stale.one": "{n} source has gone quiet; what it measures is left out.",
    "lead.stale.many": "{n} sources have gone quiet; what they measure is left out.",
    "figure.mean": "Mean score",
    "figure.money": "Value there",
    "figure.money_at_risk": "Money at risk",
    "figure.moved": "Changed band",
    "figure.share": "{share} of {entities}",
    "figure.money_share": "{share} of {total}",
    "figure.change": "{change} in {days} days",
    "figure.moved_text": "{fell} down, {rose} up",
    "figure.no_past": "no earlier date to compare with",
    "figure.no_score": "nobody has a score",
    "bands": "Bands",
    "bands.caption": "{Entities} by band",
    "bands.band": "Band",
    "bands.range": "Score",
    "bands.number": "{Entities}",
    "bands.share": "Share",
    "bands.money": "Value",
    "bands.money_in": "Value, {currency}",
    "bands.change": "In {days} days",
    "bands.from": "from {low}",
    "bands.below": "below {high}",
    "bands.between": "{low} to below {high}",
    "bands.unknown": "too little data",
    "bands.by_number": "{Entities}",
    "bands.by_money": "Value",
    "bands.bar": "Share of each band by number",
    "bands.money_bar": "Share of each band by value",
    "bands.part": "{band}: {share}",
    "histogram": "How the scores are spread",
    "histogram.conclusion": (
        "Half of the {entities} score between {low} and {high}; the median is {median}."
    ),
    "histogram.none": "No {entity} has a score.",
    "histogram.bin": "{low} to {high}: {n}",
    "trend": "Month by month",
    "trend.up": "In {months} months the mean score rose from {first} to {last}.",
    "trend.down": "In {months} months the mean score fell from {first} to {last}.",
    "trend.same": "The mean score stayed at {last} for {months} months.",
    "trend.bands": "Share of each band",
    "trend.mean": "Mean score",
    "trend.numbers": "Show the numbers",
    "trend.month": "Date",
    "trend.as_it_was": "Each date is scored again from the facts known then, with today’s model.",
    "look": "{Entities} to look at first",
    "look.order": (
        "Everyone in “{band}” comes first, by value; then value × (100 − score), where most money"
        " meets the worst score."
    ),
    "look.order_soon": (
        "Everyone in “{band}” comes first: decisions within {n} days, then the others, each by"
        " value; then value × (100 − score), where most money meets the worst score."
    ),
    "look.order_score": (
        "Everyone in “{band}” comes first, worst score first, then the others: the model names no"
        " value."
    ),
    "look.more_at_risk.one": (
        "{n} more in “{band}” is not listed here; `salus score --out scores.csv` lists everybody."
    ),
    "look.more_at_risk.many": (
        "{n} more in “{band}” are not listed here; `salus score --out scores.csv` lists everybody."
    ),
    "look.more.one": "{n} more {entity} in better bands is not listed here.",
    "look.more.many": "{n} more {entities} in better bands are not listed here.",
    "look.decision": "decision in {days}",
    "look.caption": "The first {n} {entities}",
    "look.none": "Nobody has a score.",
    "look.who": "{Entity}",
    "look.score": "Score",
    "look.line": "{n} months",
    "look.reason": "Main reason",
    "look.owner": "with",
    "look.line_text": "Score of the past months: {first} to {last}",
    "look.unknown": "covered {share}",
    "reason.value": "{measure} {value}",
    "reason.good": "good: {good}",
    "reason.cost": "costs {points} points",
    "reason.nothing": "Nothing pulls this score down.",
    "reason.cap": "Held at {at_most} by the rule “{cap}”",
    "reason.above": "Today’s values alone give {points} points less; the days before still count",
    "reason.below": "Today’s values alone give {points} points more; the days before still count",
    "reason.step": "Next band: {steps}",
    "reason.settled": "Next band, once it has stayed so: {steps}",
    "reason.step_change": "{measure} from {before} to {after}",
    "reason.and": " and ",
    "moved": "Who moved",
    "moved.falls": "Biggest falls",
    "moved.rises": "Biggest rises",
    "moved.caption_falls": "Biggest falls since {date}",
    "moved.caption_rises": "Biggest rises since {date}",
    "moved.change": "Change",
    "moved.from_to": "From, to",
    "moved.no_falls": "Nobody fell by a point or more.",
    "moved.no_rises": "Nobody rose by a point or more.",
    "moved.no_past": (
        "There is no earlier date to compare with: the population was empty on {date}."
    ),
    "cause.measure": "{measure} from {before} to {after}",
    "cause.cap_on": "The rule “{cap}” now holds it down",
    "cause.cap_off": "The rule “{cap}” no longer holds it down",
    "cause.lost": "{measure} has no value any more",
    "cause.gained": "{measure} has a value again: {after}",
    "cause.weight": "{measure} weighs more or less than before",
    "cause.model": "Other weights apply: the segment changed",
    "cause.smoothing": "The days before count for it",
    "cause.points": "{points} points",
    "dimensions": "What the score is made of",
    "dimensions.weight": "weight {share}",
    "dimensions.mean": "mean",
    "dimensions.nobody": "no {entity} has a value",
    "dimensions.spread": (
        "Half of the {entities} lie between {low} and {high}; the median is {median}."
    ),
    "dimensions.caption": "Measures of {dimension}",
    "dimensions.measure": "Measure",
    "dimensions.have": "With a value",
    "dimensions.usual": "Usual value",
    "dimensions.anchors": "Bad → good",
    "dimensions.points": "Mean points",
    "dimensions.strip": "{dimension}: spread of the scores from 0 to 100",
    "proof": "Does the score predict “{outcome}”?",
    "proof.further": "Does the score “{score}” predict “{outcome}”?",
    "proof.rows": (
        "It rests on {rows} rows: {all} {entities} on {dates} dates from {first} to {last}, each"
        " scored from what was known then. “{outcome}” came within {days} days to {events} of them."
        " Intervals are 95% and count {entities}, not rows; no rate is told of fewer than {least}"
        " rows."
    ),
    "proof.warned.one": "{n} finding makes these figures less certain; `salus validate` names it.",
    "proof.warned.many": (
        "{n} findings make these figures less certain; `salus validate` names them."
    ),
    "proof.no_pictures": (
        "The pictures are left out, as they need an extra that isn’t installed: pip install "
        "'salus[pictures]'. Their figures are in the tables."
    ),
    "proof.register": "Register of misses",
    "proof.missed": "“{band}” missed {missed} of {all} {entities} with “{outcome}”.",
    "proof.limit": "A limit of {limit} would have caught {caught} of them.",
    "proof.register_note": (
        "{missed} of {all} with “{outcome}” were not in “{band}” on any of the three days before."
        " The latest {n}:"
    ),
    "proof.register_none": (
        "Everyone with “{outcome}” stood in the band “{band}” on at least one of the three days "
        "before."
    ),
    "proof.on": "Outcome on",
    "proof.before": "{days} before",
    "proof.lowest": "Lowest measure then",
    "proof.points": "{measure}: {points} points",
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
        "{parts} parts of {rows} rows each; on the dashed line it came as often as predicted."
    ),
    "picture.deciles": "How often it came, by score",
    "picture.deciles_parts": "{parts} parts of {rows} rows each; it came to {base} of all rows.",
    "picture.deciles_break": (
        "The rate breaks at a score of {score} ({low} to {high}): {below} below, {above} from "
        "there on."
    ),
    "picture.deciles_no_break": "There is no score at which the rate clearly breaks.",
    "picture.break": "break at {score}",
    "picture.lead": "How early it warned",
    "picture.lead.says": (
        "Of {n} to whom it came, {share} ({low} to {high}) had stood in the band “{band}” at least "
        "{days} days before; {never} never did in the year before."
    ),
    "picture.lead.days": "Days before the outcome",
    "picture.lead.share": "Share warned of",
    "picture.lead.mark": "{days}: {share}",
    "picture.misses": "Where they stood before it came",
    "picture.misses.says.one": (
        "{n} of {all} to whom it came stood in the band “{band}” on none of these days."
    ),
    "picture.misses.says.many": (
        "{n} of {all} to whom it came stood in the band “{band}” on none of these days."
    ),
    "picture.misses.when": "Days before",
    "picture.misses.share": "Share of those to whom it came",
    "picture.waiting": "How soon it came, by band",
    "picture.waiting.says": (
        "By the band of {date}: within {days} it came to {of_worst} of the "
        "{n_worst} in “{worst}” and {of_best} of the {n_best} in “{best}”."
    ),
    "picture.waiting.days": "Days after",
    "picture.waiting.share": "Share it came to",
    "picture.flows": "Who moved between bands",
    "picture.flows.says": (
        "Of {n} {entities} on {date}, {kept} stood in the same band on {later}; to {came} the "
        "outcome had come."
    ),
    "picture.flows.from": "From",
    "picture.flows.gone": "Not looked at",
    "picture.fan.interval": "{level} interval",
    "picture.outlook": "What will be renewed",
    "picture.outlook.number": "{Entities}",
    "picture.outlook.says": (
        "Of today’s {now}, {lost} are expected to be lost by what is decided until {date} ({level}:"
        " {low} to {high}). Nobody new is in it, and no change of a price."
    ),
    "picture.outlook.cut": "The axis does not begin at 0.",
    "calibrated.right": (
        "Forecasts made of the score alone were, as far as can be told, as often right as they"
        " said: slope {slope}, {low} to {high}, and 1 is right."
    ),
    "calibrated.far": (
        "Forecasts made of the score alone went too far to both sides: slope {slope}, {low} to"
        " {high}, and 1 is right."
    ),
    "calibrated.near": (
        "Forecasts made of the score alone were too careful: slope {slope}, {low} to {high}, and 1"
        " is right."
    ),
    "data": "The data behind it",
    "data.caption": "How fresh each source is",
    "data.source": "Source",
    "data.newest": "Newest fact",
    "data.age": "Age",
    "data.fresh": "Stale after",
    "data.state": "State",
    "data.fresh_yes": "Fresh",
    "data.fresh_no": "Stale",
    "data.fresh_open": "No limit set",
    "data.fresh_none": "No facts",
    "data.rows": "Rows read",
    "data.rejected": "Rejected",
    "data.coverage": "On average {share} of the weight has a value.",
    "data.covered.one": "{n} {entity} lies below the {least} that a band needs.",
    "data.covered.many": "{n} {entities} lie below the {least} that a band needs.",
    "data.doubt": "What a reader should doubt",
    "data.no_doubt": "Nothing stands out: every source is fresh, every measure has values.",
    "doubt.stale": (
        "{source}: the newest fact is {age} old, the limit is {fresh}. Its measures are left out."
    ),
    "doubt.empty": "{source}: there is no fact before this date.",
    "doubt.thin": "{measure}: only {share} of {entities} have a value.",
    "doubt.strangers": "{source}: some facts belong to no known {entity}; they count for nobody.",
    "doubt.rejected.one": "{source}: {n} row could not be read ({share}).",
    "doubt.rejected.many": "{source}: {n} rows could not be read ({share}).",
    "doubt.today": "At earlier dates {names} are taken as they are today.",
    "doubt.worth.one": "{n} {entity} has no value; it never enters a sum of money.",
    "doubt.worth.many": "{n} {entities} have no value; they never enter a sum of money.",
    "reading": "How to read this page",
    "reading.score": (
        "The score runs from 0 to 100, and 100 is always healthy: each measure gives points, "
        "measures make dimensions, and weighted dimensions make the score."
    ),
    "reading.band": (
        "A band is a range of scores, and it has a shape, a word and a colour that always say the"
        " same."
    ),
    "reading.smooth": (
        "The score is a mean over {days} days: today counts most, and half as much for every "
        "{half_life} days back."
    ),
    "reading.zone": (
        "A band changes only when the score is {points} points past its limit, so that it doesn’t "
        "flicker. A rule (cap) acts at once."
    ),
    "reading.coverage": (
        "Coverage is the share of the weight that had a value of its own; below {least} "
        "the band is unknown, because a guess is no judgement."
    ),
    "reading.cap": (
        "A rule (cap) holds a score down while something serious lasts, however good the rest"
        " looks."
    ),
    "footer": "Made by Salus {version}. This file is complete: it asks nothing of the network.",
}

ENGLISH = Format(
    language="en",
    decimal=".",
    group=",",
    percent="%",
    million="M",
    billion="bn",
    long="{day} {name} {year}",
    short="{day} {brief} {year}",
    month="{brief} {year}",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    brief_months=(
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ),
    many=many,
    texts=TEXTS,
    findings=FINDINGS,
    labels=LABELS,
)
