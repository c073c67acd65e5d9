"""What the report shows about a date, as plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from salus.channels.report.content import Movements, OtherModel, Report
from salus.datasets.current_values import find_current_names
from salus.errors import DataError
from salus.facts.build import FactReader, open_fact_reader
from salus.kernel.cells import required_grid
from salus.model.link import find_links
from salus.model.model import Model, Outcome
from salus.periods.day import day_number
from salus.scores.as_shown import load_scores
from salus.scores.compute import compute_from_reader
from salus.scores.entity_pairs import EntityPairs
from salus.scores.rollout import active_rollout
from salus.scores.scores import Scores
from salus.sources.connection import Connection
from salus.verbs.report.attention import SOON
from salus.verbs.report.bands import summarize_bands, summarize_scores
from salus.verbs.report.dimensions import summarize_dimensions
from salus.verbs.report.endings import days_to_end
from salus.verbs.report.kept_months import KeptMonths, find_kept_months
from salus.verbs.report.listing import EntityListing
from salus.verbs.report.months import MonthlyScores, dates_before, score_months
from salus.verbs.report.sources import describe_sources
from salus.version import __version__
from salus.workspace.workspace import Workspace

COMPARED = 30  # days back to the date that the page compares with
MONTHS = 12  # of the trend


def collect_content(
    workspace: Workspace, connection: Connection, as_of: dt.date, outcome: Outcome | None = None
) -> Report:
    """Everything on the page but the part on an outcome. Entities that have given notice, by the
    `decided` of the outcome, have an end instead of a decision.
    """
    model = workspace.model
    before = as_of - dt.timedelta(days=COMPARED)
    dates = dates_before(as_of, MONTHS)
    days = np.array(sorted(day_number(day) for day in {*dates, before}), dtype=np.int32)
    facts = open_fact_reader(model, connection, required_grid(model, days), workspace.partials)
    scores = _load_or_compute(workspace, connection, facts, as_of)
    past = [day for day in days.tolist() if day < day_number(as_of)]
    kept = find_kept_months(workspace, connection, facts, past)
    try:
        months, earlier = _score_past(workspace, connection, facts, (dates, before), kept)
    except DataError:  # a damaged replay
        months, earlier = _score_past(workspace, connection, facts, (dates, before), None)
    other = _other_model(workspace, scores)
    listing = EntityListing(
        after=scores,
        before=earlier,
        pairs=None if earlier is None else EntityPairs.of(earlier, scores),
        workspace=workspace,
        months=months,
        other=None if other is None else other.fingerprint,
        endings={} if outcome is None else days_to_end(model, connection, outcome, scores),
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
        bands=summarize_bands(scores, earlier),
        spread=summarize_scores(scores.scored.score),
        moved=_movements(listing, before),
        trend=months.trend(scores),
        entries=listing.first(),
        dimensions=summarize_dimensions(scores),
        sources=describe_sources(model, connection, facts, as_of),
        coverage=float(scores.scored.main.coverage.mean()),
        min_coverage=model.min_coverage,
        half_life=model.smooth,
        dead_zone=model.dead_zone,
        today=find_current_names(model, facts.attributes.changing),
        linked=any(source.keys for source in model.sources.values()),
        links_today=_links_today(model),
        lookups_today=_lookups_today(model),
        beside=other,
        more_at_risk=listing.attention.more_at_risk,
        more=listing.attention.more,
        soon=None if model.entity.renewal is None else SOON,
    )


def _links_today(model: Model) -> int:
    """How many links that scores go through have no time."""
    return sum(link.time is None for link in find_links(model.key_paths, model.links))


def _lookups_today(model: Model) -> int:
    """How many tables sources look up without a date."""
    lookups = [source.lookup for source in model.sources.values() if source.lookup is not None]
    return len({lookup.table for lookup in lookups if lookup.time is None})


def _score_past(
    workspace: Workspace,
    connection: Connection,
    facts: FactReader,
    when: tuple[Sequence[dt.date], dt.date],
    kept: KeptMonths | None,
) -> tuple[MonthlyScores, Scores | None]:
    """The scores of the months, and those of the date to compare with; None if it has none."""
    dates, before = when
    months = score_months(workspace.model, facts, dates, before, kept)
    if not months.has_before:
        return months, None
    return months, _load_or_compute(workspace, connection, facts, before, kept)


def _load_or_compute(
    workspace: Workspace,
    connection: Connection,
    facts: FactReader,
    day: dt.date,
    kept: KeptMonths | None = None,
) -> Scores:
    """The scores that were shown on a day; else those of the replay, else the scores from the facts."""
    file = workspace.store.at(day, workspace.model.fingerprint)
    if file is not None:
        return load_scores(workspace, connection, file, workspace.model)
    if kept is not None:
        return kept.load(day)
    return compute_from_reader(workspace.model, facts, day)


def _movements(listing: EntityListing, since: dt.date) -> Movements:
    """Which entities moved; empty if nobody was scored at the earlier date."""
    fell, rose = listing.crossings()
    return Movements(
        since=since,
        compared=listing.before is not None,
        mean=listing.mean_change(),
        fell=fell,
        rose=rose,
        falls=listing.movers(falls=True),
        rises=listing.movers(falls=False),
        by_model=listing.moved_by_model(),
    )


def _other_model(workspace: Workspace, scores: Scores) -> OtherModel | None:
    """The model that scores a part of the entities, if there is one, and how many of these."""
    rollout = active_rollout(workspace)
    if rollout is None or rollout.scope.stage != "part":
        return None
    return OtherModel(
        rollout.candidate.fingerprint, int(rollout.candidate_mask(scores, scores.ids).sum())
    )
