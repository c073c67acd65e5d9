"""A demo company with known truth: made-up accounts, the tables they leave behind, and what truly
moved them.
"""

from salus.demo.company import ENDS, generate
from salus.demo.truth import Outlook, Truth, auc, best_auc, health_auc

__all__ = ["ENDS", "Outlook", "Truth", "auc", "best_auc", "generate", "health_auc"]
