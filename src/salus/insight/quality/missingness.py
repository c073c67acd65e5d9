"""A measure whose mere absence tells the outcome: its value was filled in, or removed, afterwards.

People who are unhappy don't answer, small accounts have too few facts for a share: absence often
tells a little, and honestly so. It is a finding where it certainly tells more than that: where the
interval of its AUC, wide enough for all measures looked at together, lies wholly beyond 0.60.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.auc import auc
from salus.insight.statistics.interval import each_of
from salus.insight.validation.panel import Panel
from salus.model.model import Model

TELLS = 0.60


def find_informative_gaps(model: Model, panel: Panel) -> Iterator[DataWarning]:
    """The measures of which it counts whether they have a value."""
    several = [
        one.name
        for one in model.measures
        if panel.real[one.name].any() and not panel.real[one.name].all()
    ]
    for name in several:
        missing = auc((~panel.real[name]).astype(np.float64), panel.had_outcome, panel.entity)
        found = missing.at(each_of(len(several)))
        if max(found.low, 1 - found.high) > TELLS:
            if missing.value > 0.5:
                yield DataWarning("warning.absent_value", measure=name, share=missing.value)
            else:
                yield DataWarning("warning.present_value", measure=name, share=1 - missing.value)
