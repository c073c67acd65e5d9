"""Generates a demo company: invented accounts whose true risk is known, and their tables."""

from salus.demo.company import ENDS, generate
from salus.demo.truth import TrueOutlook, Truth, auc, best_auc, health_auc

__all__ = ["ENDS", "TrueOutlook", "Truth", "auc", "best_auc", "generate", "health_auc"]
