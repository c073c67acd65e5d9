"""Proposes lines for survey answers: NPS, satisfaction and effort, each on its own scale."""

from __future__ import annotations

from salus.draft.kinds.answers import choose_rating_points, satisfied
from salus.draft.lines import (
    Body,
    DraftLines,
    FixedPoints,
    InputDraft,
    MeasureDraft,
    SourceDraft,
    UniqueNames,
)
from salus.draft.picture import quote_name
from salus.draft.profile import ColumnProfile
from salus.draft.roles.columns import find_number, find_person, reference
from salus.draft.roles.concepts import Concept, says, words_of
from salus.draft.roles.conditions import is_one_of
from salus.draft.table import DatedTable

WITHIN = "364d"
NPS = {"curve": [[-100, 0], [0, 50], [30, 75], [50, 90], [70, 100]]}
EFFORT = {"curve": [[3, 0], [4, 30], [5, 65], [6, 90], [7, 100]]}
USUAL, ANSWERS = 30, 5  # with few answers the NPS is pulled towards the usual one


def draft_survey_answers(table: DatedTable, names: UniqueNames) -> DraftLines:
    """The lines for a table of survey answers."""
    score = find_number(table, "score") or table.number("score")
    if score is None or score.minimum is None:
        reason = "no column of numbers holds the answers"
        return DraftLines(left_out=(f"table {table.profile.name}: {reason}",))
    survey, kinds = _surveys(table)
    if survey is not None and len(kinds) > 1:
        parts = [
            _draft(table, names, score, kind, is_one_of(survey, words))
            for kind, words in kinds.items()
        ]
    else:
        parts = [_draft(table, names, score, next(iter(kinds), _guess(score)), None)]
    return DraftLines(
        sources=tuple(source for part in parts for source in part.sources),
        inputs=tuple(line for part in parts for line in part.inputs),
        measures=tuple(measure for part in parts for measure in part.measures),
        metrics={name: read for part in parts for name, read in part.metrics.items()},
        guessed=(
            f"table {table.profile.name} holds survey answers: scores in `{score.name}` (called"
            f" `{parts[0].sources[0].name}` in the model)",
        ),
    )


def _surveys(table: DatedTable) -> tuple[ColumnProfile | None, dict[Concept, list[str]]]:
    """The column that says which survey an answer belongs to, and the words of each kind."""
    concepts: tuple[Concept, ...] = ("nps", "csat", "ces")
    for column in table.profile.columns:
        if column.type == "text" and 0 < column.distinct <= 12:
            kinds = {concept: words_of(column, concept) for concept in concepts}
            if any(kinds.values()):
                return column, {kind: words for kind, words in kinds.items() if words}
    headers = [column.name for column in table.profile.columns]
    named = [concept for concept in concepts if any(says(header, concept) for header in headers)]
    return None, {concept: [] for concept in named[:1]}


def _guess(score: ColumnProfile) -> Concept:
    """Whole numbers from 0 to more than 8 and at most 10 are those of the NPS."""
    whole = score.fractional == 0 and score.minimum >= 0 and 8 < score.maximum <= 10
    return "nps" if whole else "csat"


def _draft(
    table: DatedTable, names: UniqueNames, score: ColumnProfile, kind: Concept, where: str | None
) -> DraftLines:
    source = names.new("answers" if where is None else f"{kind}_answers", table.name)
    if kind == "nps" and _guess(score) == "nps":
        return _nps(table, names, score, source, where)
    body: Body = {"mean": reference(source, score.name), "within": WITHIN}
    seven = kind == "ces" and 5 < score.maximum <= 7
    measure = MeasureDraft(
        names.new("ces" if kind == "ces" else "rating", table.name),
        "voice",
        body,
        FixedPoints(EFFORT) if seven else choose_rating_points(score),
        f"average of `{score.name}`; higher is better",
    )
    sources = (SourceDraft(source, table.source(where=where), "survey answers"),)
    effort: Body = {"ces": {"mean": reference(source, score.name), "bad": 1, "good": 7}}
    metrics = (effort if seven else {}) if kind == "ces" else satisfied(source, score)
    return DraftLines(sources=sources, measures=(measure,), metrics=metrics)


def _nps(
    table: DatedTable, names: UniqueNames, score: ColumnProfile, source: str, where: str | None
) -> DraftLines:
    name, person = quote_name(score.name), find_person(table)
    column = "nps" if not table.profile.has("nps") else "nps_points"
    count, raw = names.new("nps_n", table.name), names.new("nps_raw", table.name)
    columns = {column: f"100 * ({name} >= 9) - 100 * ({name} <= 6)"}
    latest = {} if person is None else {"until": f"next {quote_name(person.name)}"}
    newest: Body = {"within": WITHIN} if person is None else {"within": WITHIN, "open": True}
    inputs = (
        InputDraft(count, {"count": source, **newest}, "number of answers"),
        InputDraft(raw, {"mean": f"{source}.{column}", **newest, "half_life": "182d"}),
    )
    measure = MeasureDraft(
        names.new("nps_account", table.name),
        "voice",
        {"formula": f"({count} * {raw} + {ANSWERS} * {USUAL}) / ({count} + {ANSWERS})"},
        FixedPoints(NPS),
        f"net promoter score; with few answers it is pulled towards {USUAL}; replace that with your own"
        " usual NPS",
        2,
    )
    body = table.source(where=where, columns=columns, **latest)
    why = "whole numbers from 0 to 10" + (
        "" if person is None else "; only each person's newest answer counts"
    )
    return DraftLines(
        sources=(SourceDraft(source, body, why),),
        inputs=inputs,
        measures=(measure,),
        metrics={"nps": reference(source, score.name)},
    )
