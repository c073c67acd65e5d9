"""Texts of the report in English."""

from __future__ import annotations

from salus.channels.words.format import FIXED

TEXTS = {
    "title": "{Entity} health",
    "title.account": "{Entity} health",
    "title.customer": "{Entity} health",
    "as_of": "As of {date}",
    "population.one": "{n} {entity}",
    "population.many": "{n} {entities}",
    "model": "Model {name}, fingerprint {fingerprint}",
    "beside": (
        "{n} of them are scored by model {other} in the daily run; on this page one model "
        "scores all of them"
    ),
    "since": "Changes since {date}",
    "contents": "On this page",
    "days.one": "{n}" + FIXED + "day",
    "days.many": "{n}" + FIXED + "days",
    "workdays.one": "{n}" + FIXED + "working day",
    "workdays.many": "{n}" + FIXED + "working days",
    "within.one": " within {n}" + FIXED + "day",
    "within.many": " within {n}" + FIXED + "days",
    "yes": "yes",
    "no": "no",
    "quoted": "“{text}”",
    "data_word": "{word}",
    "outcome.noun": "“{outcome}”",
    "outcome.verb": "had “{outcome}”",
    "outcome.with": "with “{outcome}”",
    "outcome.pair": "one {entity} with “{outcome}” and one without",
    "outcome.those": "the one with “{outcome}”",
    "lead.at_risk.one": "{n} of {all} {entities} is at risk.",
    "lead.at_risk.many": "{n} of {all} {entities} are at risk.",
    "lead.at_risk_money.one": (
        "{n} of {all} {entities} is at risk. It makes up {money} of the total {amount} of {total}."
    ),
    "lead.at_risk_money.many": (
        "{n} of {all} {entities} are at risk. They make up {money} of the total {amount} of "
        "{total}."
    ),
    "lead.band.one": "{n} of {all} {entities} is in the “{band}” band.",
    "lead.band.many": "{n} of {all} {entities} are in the “{band}” band.",
    "lead.band_money.one": (
        "{n} of {all} {entities} is in the “{band}” band. It makes up {money} of the total "
        "{amount} of {total}."
    ),
    "lead.band_money.many": (
        "{n} of {all} {entities} are in the “{band}” band. They make up {money} of the total "
        "{amount} of {total}."
    ),
    "lead.none": "None of the {all} {entities} is in the “{band}” band.",
    "lead.moved": (
        "In the last {days} days, {fell} fell to a worse band and {rose} rose to a better one."
    ),
    "lead.by_model.one": "{n} changed band only because another model scores it now.",
    "lead.by_model.many": "{n} changed band only because another model scores them now.",
    "lead.unknown.one": "{n} has too little data for a band.",
    "lead.unknown.many": "{n} have too little data for a band.",
    "lead.stale.one": "{n} source has no recent data; its measures are left out.",
    "lead.stale.many": "{n} sources have no recent data; their measures are left out.",
    "figure.mean": "Average score",
    "figure.money": "{Amount} in this band",
    "figure.money_at_risk": "{Amount} of {entities} at risk",
    "figure.moved": "Changed band",
    "figure.share": "{share} of {entities}",
    "figure.money_share": "{share} of {total}",
    "figure.change": "{change} over {days} days",
    "figure.moved_text": "{fell} down, {rose} up",
    "figure.no_past": "no earlier date to compare with",
    "figure.no_score": "no {entity} has a score",
    "bands": "Bands",
    "bands.caption": "{Entities} by band",
    "bands.band": "Band",
    "bands.range": "Score",
    "bands.number": "{Entities}",
    "bands.share": "Share",
    "bands.money": "{Amount}",
    "bands.money_in": "{Amount}, {currency}",
    "bands.change": "Net change, {days}" + FIXED + "days",
    "bands.from": "from {low}",
    "bands.below": "below {high}",
    "bands.between": "{low} to below {high}",
    "bands.unknown": "too little data",
    "bands.zone": "The band changes only when the score is {points} points past the limit.",
    "bands.zone_example": "So {score} can still be “{band}”.",
    "bands.by_number": "{Entities} by band",
    "bands.by_money": "{Amount} by band",
    "bands.bar": "Share of each band by number",
    "bands.money_bar": "Share of each band by {amount}",
    "bands.part": "{band}: {share}",
    "histogram": "How the scores are spread",
    "histogram.conclusion": (
        "The middle half of the {entities} score between {low} and {high}; the solid line is the "
        "median, {median}. Each column spans 5 points (the highest: "
        "{most})."
    ),
    "histogram.none": "No {entity} has a score.",
    "histogram.bin": "{low} to {high}: {n}",
    "trend": "Month by month",
    "trend.up": ("Over the last {months} months, the average score rose from {first} to {last}."),
    "trend.down": ("Over the last {months} months, the average score fell from {first} to {last}."),
    "trend.same": "The average score stayed at {last} over the last {months} months.",
    "trend.lowest": "At its lowest it was {low}, on {date}.",
    "trend.bands": "Share of each band",
    "trend.share": "{band} from {first} to {last}",
    "trend.share_same": "{band} unchanged at {last}",
    "trend.mean": "Average score",
    "trend.numbers": "Show the numbers",
    "trend.month": "Date",
    "trend.as_it_was": (
        "Each date is scored with today’s model and the data known on that date. Exceptions are "
        "listed under “Caveats”."
    ),
    "attention": "{Entities} to look at first",
    "attention.first_at_risk": "All {entities} at risk come first",
    "attention.first_band": "All {entities} in the “{band}” band come first",
    "attention.order": "{first}, highest {amount} first.",
    "attention.order_soon": (
        "{first}: those with a decision within {n} days, then the rest, in both groups highest "
        "{amount} first."
    ),
    "attention.order_others": (
        "The others follow by {amount} × (100 − score), so a high {amount} with a low score comes "
        "early."
    ),
    "attention.order_score": (
        "{first}, lowest score first, then the others. The model has no column for their "
        "value, so it isn’t used here."
    ),
    "attention.settles": (
        "A rule takes effect, and ends, at once; a change in a measure counts fully only "
        "after {n} days."
    ),
    "attention.more_at_risk.one": (
        "{n} more {entity} at risk is not listed here; `salus score --out scores.csv` "
        "lists all of them."
    ),
    "attention.more_at_risk.many": (
        "{n} more {entities} at risk are not listed here; `salus score --out scores.csv` "
        "lists all of them."
    ),
    "attention.more_band.one": (
        "{n} more {entity} in the “{band}” band is not listed here; `salus score --out scores.csv` "
        "lists all of them."
    ),
    "attention.more_band.many": (
        "{n} more {entities} in the “{band}” band are not listed here; `salus score --out "
        "scores.csv` lists all of them."
    ),
    "attention.more.one": "{n} {entity} in another band is not listed here.",
    "attention.more.many": "{n} {entities} in other bands are not listed here.",
    "attention.decision.one": "Renewal decision in {n}" + FIXED + "day",
    "attention.decision.many": "Renewal decision in {n}" + FIXED + "days",
    "attention.ending.one": "Contract ends in {n}" + FIXED + "day",
    "attention.ending.many": "Contract ends in {n}" + FIXED + "days",
    "attention.caption": "The first {n} {entities}",
    "attention.none": "No {entity} has a score.",
    "attention.who": "{Entity}",
    "attention.score": "Score",
    "attention.change": "Last {days}" + FIXED + "days",
    "attention.line": "{n} months",
    "attention.reason": "Main reason",
    "attention.owner": "owner:",
    "attention.line_text": "Score over the past months: from {first} to {last}",
    "attention.line_same.one": "Score: {last}, the same as a month ago",
    "attention.line_same.many": "Score: {last}, the same as {n} months ago",
    "attention.unknown": "only {share} of the data",
    "reason.value": "{measure}: {value}",
    "reason.good": "good: {good}",
    "reason.cost": "costs {points}" + FIXED + "points",
    "reason.nothing": "Nothing lowers this score.",
    "reason.cap": "Limited to {at_most} by the rule “{cap}”",
    "reason.above": (
        "Today’s values would score {points} points lower; the score is smoothed over the past "
        "weeks"
    ),
    "reason.below": (
        "Today’s values would score {points} points higher; the score is smoothed over the past "
        "weeks"
    ),
    "reason.step": "To reach “{band}”: {steps}",
    "reason.step_change": "{measure} from {before} to {after}",
    "reason.step_truth": "“{measure}” must be “{after}”",
    "change.truth": "{measure}: {before}" + FIXED + "→" + FIXED + "{after}",
    "reason.step_most": "{measure} at most {most} (now {now})",
    "reason.and": " and ",
    "moved": "Biggest changes",
    "moved.falls": "Biggest falls",
    "moved.rises": "Biggest rises",
    "moved.caption_falls": "Biggest falls since {date}",
    "moved.caption_rises": "Biggest rises since {date}",
    "moved.change": "Change",
    "moved.from_to": "Score before" + FIXED + "→ now",
    "moved.no_falls": "No score fell by a point or more.",
    "moved.no_rises": "No score rose by a point or more.",
    "moved.no_past": (
        "There is no earlier date to compare with: on {date} there were no {entities} yet."
    ),
    "cause.measure": "{measure} from {before} to {after}",
    "cause.cap_on": "The rule “{cap}” now limits the score",
    "cause.cap_off": "The rule “{cap}” no longer limits the score",
    "cause.lost": "“{measure}” no longer has a value",
    "cause.gained": "“{measure}” has a value again: {after}",
    "cause.weight": "“{measure}” has a different weight than before",
    "cause.model": "Other weights apply because the segment changed",
    "cause.smoothing_up": "Older, weaker days count less in the smoothed score",
    "cause.smoothing_down": "Older, stronger days count less in the smoothed score",
    "cause.points": "{points}" + FIXED + "points",
    "dimensions": "What the score is made of",
    "dimensions.weight": "weight" + FIXED + "{share}",
    "dimensions.mean": "on average",
    "dimensions.nobody": "no {entity} has data",
    "dimensions.spread": (
        "The middle half of the {entities} score between {low} and {high}; the median is {median}."
    ),
    "dimensions.caption": "Measures of {dimension}",
    "dimensions.measure": "Measure",
    "dimensions.have": "With data",
    "dimensions.have_good": "others: full points",
    "dimensions.usual": "Typical value",
    "dimensions.anchors": "Bad → good",
    "dimensions.points": "Average points",
    "dimensions.strip": "{dimension}: spread of the scores from 0 to 100",
    "proof": "Does the score predict {outcome_noun}?",
    "proof.further": "Does the score “{score}” predict {outcome_noun}?",
    "proof.rows": (
        "This is based on {rows} rows: {all} {entities} on {dates} dates from {first} to "
        "{last}, each scored with the data known then, as far as the tables still hold it. "
        "The rows include {events} {entities} that {outcome_verb} within the next {days} "
        "days (called “the outcome” below). The 95% intervals allow for several rows per {entity}. "
        "No rate is shown for fewer than {least} rows."
    ),
    "proof.decided": (
        "The outcome counts here from the day it is decided (usually the notice), not from the day "
        "it takes effect."
    ),
    "proof.warned.one": (
        "{n} finding makes these figures less certain; `salus validate` shows it."
    ),
    "proof.warned.many": (
        "{n} findings make these figures less certain; `salus validate` shows them."
    ),
    "proof.no_pictures": (
        "This section has no charts because the extra “pictures” isn’t installed. Install it "
        "with `pip install 'salus[pictures]'`. The tables below show the same figures."
    ),
    "proof.register": "{Entities} the score missed",
    "proof.missed": ("The “{band}” band missed {missed} of the {all} {entities} {outcome_with}."),
    "proof.limit": (
        "With the limit for “{band}” at {limit} instead of {now}, {caught} of these {missed} would "
        "have been caught."
    ),
    "proof.register_note": (
        "{missed} of the {all} {entities} {outcome_with} were not in the “{band}” band on any of "
        "the three days checked beforehand. The latest {n}:"
    ),
    "proof.register_none": (
        "All {entities} {outcome_with} were in the “{band}” band on at least one of the three days "
        "checked beforehand."
    ),
    "proof.on": "Outcome date",
    "proof.before": "{days} before",
    "proof.lowest": "Weakest measure at the last check",
    "proof.points": "{measure}: {points}" + FIXED + "points",
    "data": "The data behind the score",
    "data.caption": "How fresh each source is",
    "data.source": "Source",
    "data.newest": "Newest data",
    "data.age": "Age",
    "data.fresh": "Stale after",
    "data.state": "Status",
    "data.fresh_yes": "Fresh",
    "data.fresh_no": "Stale",
    "data.fresh_open": "No limit set",
    "data.fresh_none": "No data",
    "data.rows": "Rows read",
    "data.rejected": "Rejected",
    "data.uncounted": ("“–” under “Rows read”: the number of rows isn’t recorded for this source."),
    "data.coverage": (
        "Coverage is {share} on average: that is how much of a score’s weight comes from "
        "measures for which the {entity} has data."
    ),
    "data.covered.one": "{n} {entity} is below the {least} needed for a band.",
    "data.covered.many": "{n} {entities} are below the {least} needed for a band.",
    "data.doubt": "Caveats",
    "data.no_doubt": "Nothing stands out: all sources are fresh and all measures have values.",
    "doubt.stale": (
        "{source}: the newest data is {age} old, but the limit is {fresh}. Its measures are left "
        "out."
    ),
    "doubt.empty": "{source}: there is no data before this date.",
    "doubt.thin": "{measure}: only {share} of {entities} have data.",
    "doubt.unknown_keys": ("{source}: some rows belong to no known {entity}; they are left out."),
    "doubt.rejected.one": "{source}: {n} row could not be read ({share}).",
    "doubt.rejected.many": "{source}: {n} rows could not be read ({share}).",
    "doubt.today": (
        "For earlier dates, some of today’s values are used in {names}, because their history "
        "isn’t known."
    ),
    "doubt.linked": (
        "Rows whose names lead to no known {entity}, or to several, are left out; "
        "`salus check` counts them."
    ),
    "doubt.links.one": (
        "On every date, names lead to the same {entities} as today, because {n} link has no `time`."
    ),
    "doubt.links.many": (
        "On every date, names lead to the same {entities} as today, because {n} links have "
        "no `time`."
    ),
    "doubt.lookups.one": (
        "Today’s rows of {n} table that is looked up without a date are used for every date."
    ),
    "doubt.lookups.many": (
        "Today’s rows of {n} tables that are looked up without a date are used for every date."
    ),
    "doubt.owners": (
        "Owners are shown by ids: to see names, let `owner` in salus.yaml name a column with names."
    ),
    "doubt.no_value.one": "The {amount} of {n} {entity} isn’t known; no total includes it.",
    "doubt.no_value.many": "The {amount} of {n} {entities} isn’t known; no total includes them.",
    "reading": "How to read this page",
    "reading.score": (
        "The score runs from 0 to 100, and 100 is always best. Each measure gives points, "
        "measures form dimensions, and the weighted dimensions give the score."
    ),
    "reading.band": (
        "A band is a range of scores. Its shape, name and colour always mean the same thing."
    ),
    "reading.smooth": (
        "The score is an average over {days} days. Today counts most; a day {half_life} days "
        "ago counts half as much."
    ),
    "reading.zone": (
        "A band changes only when the score is {points} points past the limit, so that it "
        "doesn’t jump back and forth. A rule applies at once."
    ),
    "reading.coverage": (
        "Coverage is the share of the weight that comes from measures for which there are data. "
        "Below {least} the band is unknown, because the score would be mostly a guess."
    ),
    "reading.missing": (
        "If a measure has no data, its weight goes to the others; a measure can then cost "
        "more points than the weight shown."
    ),
    "reading.cap": (
        "A rule limits the score while a serious problem lasts, however good the rest is."
    ),
    "footer": (
        "Made with Salus {version}. This file is complete and loads nothing from the network."
    ),
}
