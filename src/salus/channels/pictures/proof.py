"""All pictures of a validation, in the order of their argument."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salus.channels.pictures.calibration import build_calibration
from salus.channels.pictures.deciles import build_deciles
from salus.channels.pictures.flows import FlowStop, build_flows
from salus.channels.pictures.lead import build_lead_time
from salus.channels.pictures.misses import build_misses
from salus.channels.pictures.picture import Picture
from salus.channels.pictures.waiting import build_waiting
from salus.channels.words import Words
from salus.insight.validation.band_followup import GONE, HAD_OUTCOME, BandFollowup
from salus.insight.validation.validation import Validation
from salus.periods.day import date_of


def build_pictures(found: Validation, bands: Sequence[str], words: Words) -> tuple[Picture, ...]:
    """Of those that have figures to show. `bands` are names, best first, without the unknown
    one.
    """
    return tuple(one for one in _all(found, bands, words) if one is not None)


def _all(found: Validation, bands: Sequence[str], words: Words) -> Iterator[Picture | None]:
    if found.auc is not None and found.base_rate is not None:
        yield build_deciles(
            found.deciles, found.base_rate, found.breaks, words, sought=found.question.sign < 0
        )
    if found.calibration is not None:
        yield build_calibration(found.calibration.bins, found.calibration.slope, words)
    if found.lead is not None:
        yield build_lead_time(found.lead.days, words.label(bands[-1]), words)
    yield build_misses(found.misses, bands, words)
    if found.followup is not None:
        yield build_waiting(found.followup, bands, words)
        yield _flows(found.followup, bands, words.label(found.question.outcome), words)


def _flows(found: BandFollowup, bands: Sequence[str], outcome: str, words: Words) -> Picture | None:
    """From the bands of a date to those of a later one, to the outcome, or out of sight."""
    if found.later is None:
        return None
    places = [*range(len(bands)), -1]
    before = [
        FlowStop(words.label(bands[place] if place >= 0 else "unknown"), place) for place in places
    ]
    after = [*before, FlowStop(outcome), FlowStop(words.text("picture.flows.gone"))]
    ends = [*places, HAD_OUTCOME, GONE]
    moves = {
        (places.index(one), ends.index(other)): number
        for (one, other), number in found.flows.items()
    }
    kept = sum(number for (one, other), number in found.flows.items() if one == other)
    came = sum(number for (_, other), number in found.flows.items() if other == HAD_OUTCOME)
    says = words.text(
        "picture.flows.says",
        n=words.number(found.entities),
        date=words.long_date(date_of(found.day)),
        later=words.long_date(date_of(found.later)),
        kept=words.number(kept),
        came=words.number(came),
    )
    return build_flows(moves, before, after, len(bands), words.text("picture.flows"), says, words)
