"""A demo company whose true risks are known: invented accounts and the tables they leave behind."""

from salus.demo.company import ENDS, generate
from salus.demo.truth import TrueOutlook, Truth, auc, best_auc, health_auc

__all__ = ["ENDS", "TrueOutlook", "Truth", "auc", "best_auc", "generate", "health_auc"]
