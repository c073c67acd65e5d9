"""What truly happens to the accounts of a part: causes, chances, notices, growth. Everything else is a trace of this."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from salus.demo.book import Book
from salus.demo.causes import Departures, causes, price_day
from salus.demo.decisions import INVOLUNTARY as OUTSIDE
from salus.demo.decisions import KINDS, TERM, Decisions, Terms, decisions, terms, weekly
from salus.demo.draw import generator, sigmoid
from salus.demo.effects import INTERCEPTS, INVOLUNTARY, pull
from salus.demo.incidents import Incidents
from salus.demo.season import Flags, Floats, Ints, Season

NEVER = 2**40
GROWTH_INTERCEPT, SHRINK_INTERCEPT = -4.9, -2.0


@dataclass(frozen=True)
class Life:
    """Accounts × weeks unless said otherwise; days are day numbers, NEVER where nothing happened."""

    book: Book
    season: Season
    hit: Incidents
    planned: Terms
    causes: dict[str, Floats]
    departures: Departures
    decisions: Decisions
    hazard: Floats                         # per decision: the chance that notice is given then
    notice: Ints                           # per account: the day
    ended: Ints                            # per account: last day of service
    voluntary: Flags                       # per account
    expansion_chance: Floats               # accounts × months
    grown: Floats                          # factor on seats, in the first week of a change and after
    price_factor: Floats

    @cached_property
    def health(self) -> Floats:
        """Minus what the causes add to the log-odds of notice, without frailty: 0 is usual, higher is healthier."""
        return -(pull(self.causes, "notice") - pull({**self.causes, "frailty": 0 * self.causes["frailty"]}, "notice")
                 ) * 0 - pull({**self.causes, "frailty": 0 * self.causes["frailty"]}, "notice")
