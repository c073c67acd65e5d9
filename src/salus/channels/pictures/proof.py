"""All pictures of a validation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salus.channels.markup import shorten
from salus.channels.pictures.calibration import build_calibration
from salus.channels.pictures.deciles import build_deciles
from salus.channels.pictures.flows import Flows, FlowStop, build_flows
from salus.channels.pictures.lead import build_lead_time
from salus.channels.pictures.misses import build_misses
from salus.channels.pictures.picture import Picture
from salus.channels.pictures.waiting import build_waiting
from salus.channels.words import Words
from salus.channels.words.words import capitalize
from salus.insight.validation.band_followup import GONE, HAD_OUTCOME, BandFollowup
from salus.insight.validation.validation import Validation
from salus.periods.day import date_of


def build_pictures(
    validation: Validation, bands: Sequence[str], words: Words
) -> tuple[Picture, ...]:
    """The pictures that have figures. `bands` are names, best first, without the unknown band."""
    pictures = _all(validation, bands, words)
    return tuple(picture for picture in pictures if picture is not None)


def _all(validation: Validation, bands: Sequence[str], words: Words) -> Iterator[Picture | None]:
    if validation.auc is not None and validation.base_rate is not None:
        yield build_deciles(
            validation.deciles,
            validation.base_rate,
            validation.breaks,
            words,
            sought=validation.question.sign < 0,
        )
    if validation.calibration is not None:
        yield build_calibration(validation.calibration.bins, validation.calibration.slope, words)
    if validation.lead is not None:
        yield build_lead_time(
            validation.lead.days,
            date_of(validation.days[-1]),
            words.label(bands[-1]),
            words,
        )
    yield build_misses(validation.misses, bands, words)
    if validation.followup is not None:
        yield build_waiting(validation.followup, bands, words)
        yield _flows(validation.followup, bands, _outcome(validation, words), words)


def _outcome(validation: Validation, words: Words) -> str:
    """The noun of the outcome, or its name in quotes."""
    return capitalize(words.outcome_words(validation.question.outcome, shorten)["outcome_noun"])


def _flows(
    followup: BandFollowup, bands: Sequence[str], outcome: str, words: Words
) -> Picture | None:
    """Moves from the bands of a date to the bands of a later date, the outcome or no score."""
    if followup.later is None:
        return None
    places = [*range(len(bands)), -1]
    before = [
        FlowStop(words.label(bands[place] if place >= 0 else "unknown"), place) for place in places
    ]
    after = [*before, FlowStop(outcome), FlowStop(words.text("picture.flows.gone"))]
    ends = [*places, HAD_OUTCOME, GONE]
    moves = {
        (places.index(start), ends.index(end)): number
        for (start, end), number in followup.flows.items()
    }
    stayed = sum(number for (start, end), number in followup.flows.items() if start == end)
    outcomes = sum(number for (_, end), number in followup.flows.items() if end == HAD_OUTCOME)
    says = words.text(
        "picture.flows.says",
        n=words.number(followup.entities),
        date=words.long_date(date_of(followup.day)),
        later=words.long_date(date_of(followup.later)),
        stayed=words.number(stayed),
        outcomes=words.number(outcomes),
    )
    flows = Flows(moves, before, after, len(bands))
    return build_flows(flows, words.text("picture.flows"), says, words)
