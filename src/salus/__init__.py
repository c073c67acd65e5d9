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
    from salus.project import Project, init, open_project
    from salus.scores.rollout_scores import RolloutScores
    from salus.scores.score_list import ScoreList
    from salus.scores.scores import Scores
    from salus.verbs.adopt.result import AdoptionResult
    from salus.verbs.check.result import Inspection
    from salus.verbs.compare.result import Comparison
    from salus.verbs.explain.result import ScoreExplanation
    from salus.verbs.forecast.result import Forecast
    from salus.verbs.history.result import ScoreHistory
    from salus.verbs.init.result import NewProject
    from salus.verbs.learn.result import Proposal
    from salus.verbs.metrics.result import PortfolioMetrics
    from salus.verbs.plan.result import Plan
    from salus.verbs.replay.result import ReplayResult
    from salus.verbs.report.result import ReportFile
    from salus.verbs.validate.result import ValidationResult

__all__ = [
    "AdoptionResult",
    "Comparison",
    "DamagedFileWarning",
    "DataError",
    "Forecast",
    "Inspection",
    "ModelError",
    "NewProject",
    "OptionError",
    "Plan",
    "PortfolioMetrics",
    "Problem",
    "Project",
    "Proposal",
    "RejectedRowsWarning",
    "ReplayResult",
    "ReportFile",
    "ResourceError",
    "RolloutScores",
    "SalusError",
    "SalusWarning",
    "ScoreExplanation",
    "ScoreHistory",
    "ScoreList",
    "Scores",
    "UsageError",
    "ValidationResult",
    "__version__",
    "init",
    "open_project",
]

#: The module of each public name: it is imported when the name is first used.
_MODULES = {
    "AdoptionResult": "salus.verbs.adopt.result",
    "Comparison": "salus.verbs.compare.result",
    "DamagedFileWarning": "salus.errors",
    "DataError": "salus.errors",
    "Forecast": "salus.verbs.forecast.result",
    "Inspection": "salus.verbs.check.result",
    "ModelError": "salus.errors",
    "NewProject": "salus.verbs.init.result",
    "OptionError": "salus.errors",
    "Plan": "salus.verbs.plan.result",
    "PortfolioMetrics": "salus.verbs.metrics.result",
    "Problem": "salus.errors",
    "Project": "salus.project",
    "Proposal": "salus.verbs.learn.result",
    "RejectedRowsWarning": "salus.errors",
    "ReplayResult": "salus.verbs.replay.result",
    "ReportFile": "salus.verbs.report.result",
    "ResourceError": "salus.errors",
    "RolloutScores": "salus.scores.rollout_scores",
    "SalusError": "salus.errors",
    "SalusWarning": "salus.errors",
    "ScoreExplanation": "salus.verbs.explain.result",
    "ScoreHistory": "salus.verbs.history.result",
    "ScoreList": "salus.scores.score_list",
    "Scores": "salus.scores.scores",
    "UsageError": "salus.errors",
    "ValidationResult": "salus.verbs.validate.result",
    "init": "salus.project",
    "open_project": "salus.project",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import salus` stays fast."""
    if name not in _MODULES:
        raise AttributeError(f"module 'salus' has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
