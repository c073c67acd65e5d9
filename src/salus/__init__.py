"""Salus: from a company's own tables to an explained health score.

>>> import salus
>>> salus.open_project(".").folder
PosixPath('.')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from salus.version import __version__

if TYPE_CHECKING:
    from salus.errors import (
        DamagedFileWarning,
        DataError,
        ModelError,
        OptionError,
        Problem,
        RejectedRowsWarning,
        ResourceError,
        SalusError,
        SalusWarning,
        UsageError,
    )
    from salus.project import Project, open_project
    from salus.scores.active_models import Spoken
    from salus.scores.scores import Scores
    from salus.verbs.adopt.adopt import Decided
    from salus.verbs.check.check import Inspection
    from salus.verbs.explain.explain import Explained
    from salus.verbs.forecast.result import Forecast
    from salus.verbs.history.history import Comparison, Line
    from salus.verbs.learn.learn import Proposal
    from salus.verbs.metrics.metrics import PortfolioMetrics
    from salus.verbs.plan.plan import Plan
    from salus.verbs.replay.replay import Replayed
    from salus.verbs.validate.validate import Validated

__all__ = [
    "Comparison",
    "DamagedFileWarning",
    "DataError",
    "Decided",
    "Explained",
    "Forecast",
    "Inspection",
    "Line",
    "ModelError",
    "OptionError",
    "Plan",
    "PortfolioMetrics",
    "Problem",
    "Project",
    "Proposal",
    "RejectedRowsWarning",
    "Replayed",
    "ResourceError",
    "SalusError",
    "SalusWarning",
    "Scores",
    "Spoken",
    "UsageError",
    "Validated",
    "__version__",
    "open_project",
]

#: The module of each public name: it is imported when the name is first used.
_MODULES = {
    "Comparison": "salus.verbs.history.history",
    "DamagedFileWarning": "salus.errors",
    "DataError": "salus.errors",
    "Decided": "salus.verbs.adopt.adopt",
    "Explained": "salus.verbs.explain.explain",
    "Inspection": "salus.verbs.check.check",
    "Line": "salus.verbs.history.history",
    "ModelError": "salus.errors",
    "OptionError": "salus.errors",
    "Plan": "salus.verbs.plan.plan",
    "PortfolioMetrics": "salus.verbs.metrics.metrics",
    "Problem": "salus.errors",
    "Project": "salus.project",
    "Proposal": "salus.verbs.learn.learn",
    "RejectedRowsWarning": "salus.errors",
    "Replayed": "salus.verbs.replay.replay",
    "ResourceError": "salus.errors",
    "SalusError": "salus.errors",
    "SalusWarning": "salus.errors",
    "Scores": "salus.scores.scores",
    "Spoken": "salus.scores.active_models",
    "Forecast": "salus.verbs.forecast.result",
    "UsageError": "salus.errors",
    "Validated": "salus.verbs.validate.validate",
    "open_project": "salus.project",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import salus` stays fast."""
    if name not in _MODULES:
        raise AttributeError(f"module 'salus' has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
