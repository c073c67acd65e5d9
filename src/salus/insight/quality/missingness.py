"""Measures that predict the outcome by being missing: their value was filled in or removed later.

Unhappy people don't answer, and small accounts have too few facts for a share. So a missing value
often predicts a little, rightly. There is a warning only where it certainly predicts more: where the
interval of its AUC, wide enough for all measures together, lies beyond 0.60.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from salus.insight.quality.data_warning import DataWarning
from salus.insight.statistics.auc import auc
from salus.insight.statistics.interval import each_of
from salus.insight.validation.panel import Panel
from salus.model.model import Model

LIMIT = 0.60  # of the AUC


def find_informative_gaps(model: Model, panel: Panel) -> Iterator[DataWarning]:
    """The measures that predict the outcome by whether they have a value."""
    names = [measure.name for measure in model.measures]
    varying = [name for name in names if panel.real[name].any() and not panel.real[name].all()]
    for name in varying:
        missing = auc((~panel.real[name]).astype(np.float64), panel.had_outcome, panel.entity)
        certain = missing.at(each_of(len(varying)))
        if max(certain.low, 1 - certain.high) > LIMIT:
            if missing.value > 0.5:
                yield DataWarning("warning.absent_value", measure=name, share=missing.value)
            else:
                yield DataWarning("warning.present_value", measure=name, share=1 - missing.value)
