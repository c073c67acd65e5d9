"""`salus report`: one page of HTML about a date, with the change since 30 days before and the
months behind it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from salus.atomic import atomic_write
from salus.channels.export import require_folder
from salus.channels.report.content import Movements, OtherModel, Report
from salus.channels.report.page import render_page
from salus.channels.words.labels import words_for
from salus.datasets.backtest import BacktestRequest, DateRange, build_panel, dated_outcome
from salus.datasets.current_values import current_attributes
from salus.facts.build import FactSet, load_facts
from salus.facts.data_end import load_data_end
from salus.insight.forecast.outlook import ValueOutlook
from salus.insight.validation.validation import Validation, evaluate
from salus.kernel.cells import required_grid
from salus.periods.day import day_number
from salus.sanitize import one_line
from salus.scores.as_shown import load_scores
from salus.scores.compute import compute_from_facts
from salus.scores.pairs import EntityPairs
from salus.scores.rollout import active_rollout
from salus.scores.scores import Scores
from salus.sources.connection import Connection
from salus.verbs.forecast.forecast import SHORTEST, forecast
from salus.verbs.forecast.renewals import RenewalForecast
from salus.verbs.report.attention import SOON
from salus.verbs.report.bands import bands, spread
from salus.verbs.report.dimensions import dimensions
from salus.verbs.report.entries import EntityListing
from salus.verbs.report.months import dates_before, months
from salus.verbs.report.sources import sources
from salus.version import __version__
from salus.workspace.workspace import Workspace

BEFORE = 30  # days to the date that is compared with
MONTHS = 12


def report(
    workspace: Workspace,
    out: Path,
    as_of: dt.date | None,
    language: str = "en",
    asked: tuple[str, int] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Write the page of `as_of` (None: the default date) to `out`; the language is en, de or da.

    `asked`: an outcome and a horizon in days, of which the page then tells whether the score
    foretells it. `progress` is called with what is being done.
    """
    require_folder(out)
    step = progress or (lambda what: None)
    step("scoring the last months")
    spoken = words_for(workspace.model, language)
    if asked is not None:
        dated_outcome(workspace.model, asked[0])
    connection = workspace.connect()
    try:
        found = gathered(
            workspace,
            connection,
            as_of or load_data_end(workspace.model, connection, workspace.today).as_of,
        )
    finally:
        connection.close()
    if asked is not None:
        step(f"comparing past scores with {one_line(asked[0])}")
        found = replace(found, proof=proven(workspace, *asked, found.as_of))
        step("forecasting renewals")
        found = replace(found, outlook=ahead(workspace, *asked, found.as_of))
    step("writing the page")
    with atomic_write(out) as draft:
        draft.write_text(render_page(found, spoken), encoding="utf-8", newline="\n")
    return out


def proven(workspace: Workspace, outcome: str, horizon: int, as_of: dt.date) -> Validation:
    """The score against an outcome, as far as it was known on a date."""
    found = build_panel(
        workspace,
        BacktestRequest(
            outcome, horizon, DateRange(None, as_of - dt.timedelta(days=horizon), "month")
        ),
    )
    misses = tuple(one for one in found.misses if one.day < day_number(as_of))
    return evaluate(
        workspace.model, found.panel, found.question, found.money, misses, found.warnings
    )


def ahead(workspace: Workspace, outcome: str, horizon: int, as_of: dt.date) -> ValueOutlook | None:
    """What will be renewed, where the model says when that is decided and the outcome is that
    somebody leaves.
    """
    model = workspace.model
    if (
        model.entity.renewal is None
        or horizon < SHORTEST
        or outcome in {one.goal for one in model.scores}
    ):
        return None
    renewals: RenewalForecast | None = forecast(
        workspace, as_of, horizon, outcome, (), keep=False
    ).renewals
    return None if renewals is None else renewals.outlook


def gathered(workspace: Workspace, connection: Connection, as_of: dt.date) -> Report:
    """Everything the page tells."""
    model = workspace.model
    before = as_of - dt.timedelta(days=BEFORE)
    dates = dates_before(as_of, MONTHS)
    days = np.array(sorted(day_number(day) for day in {*dates, before}), dtype=np.int32)
    known = load_facts(model, connection, required_grid(model, days), workspace.partials)
    scores = _scores(workspace, connection, known, as_of)
    past = months(model, known, dates, before)
    earlier = _scores(workspace, connection, known, before) if past.compare_with_measures else None
    beside = _beside(workspace, scores)
    listing = EntityListing(
        scores,
        earlier,
        None if earlier is None else EntityPairs.of(earlier, scores),
        workspace,
        past,
        None if beside is None else beside.fingerprint,
    )
    return Report(
        name=model.name,
        fingerprint=model.fingerprint,
        as_of=as_of,
        version=__version__,
        currency=model.entity.currency,
        valued=model.entity.value is not None,
        population=len(scores),
        unvalued=sum(amount is None for amount in scores.money),
        bands=bands(scores, earlier),
        spread=spread(scores.scored.score),
        moved=_moved(listing, before),
        trend=past.moments(scores),
        entries=listing.first(),
        dimensions=dimensions(scores),
        sources=sources(model, connection, known, as_of),
        coverage=float(scores.scored.main.coverage.mean()),
        min_coverage=model.min_coverage,
        half_life=model.smooth,
        dead_zone=model.dead_zone,
        today=current_attributes(model, known.attributes.changing),
        beside=beside,
        more_at_risk=listing.attention.more_at_risk,
        more=listing.attention.more,
        soon=None if model.entity.renewal is None else SOON,
    )


def _scores(workspace: Workspace, connection: Connection, known: FactSet, day: dt.date) -> Scores:
    """What was shown on a day if that is kept, else what the facts known then give."""
    kept = workspace.store.at(day, workspace.model.fingerprint)
    if kept is not None:
        return load_scores(workspace, connection, kept, workspace.model)
    return compute_from_facts(workspace.model, known, day)


def _moved(listing: EntityListing, since: dt.date) -> Movements:
    """Who moved; empty where there was nobody to compare with."""
    fell, rose = listing.crossings()
    return Movements(
        since,
        listing.before is not None,
        listing.mean_change(),
        fell,
        rose,
        listing.movers(falls=True),
        listing.movers(falls=False),
        listing.by_model(),
    )


def _beside(workspace: Workspace, scores: Scores) -> OtherModel | None:
    """The model that is rolled out to a part, if any, and for how many of these it speaks."""
    rollout = active_rollout(workspace)
    if rollout is None or rollout.scope.stage != "part":
        return None
    return OtherModel(
        rollout.candidate.fingerprint, int(rollout.candidate_mask(scores, scores.ids).sum())
    )
