"""A word nobody knows, and the known one that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LONGEST, MOST = 80, 1_000  # comparing takes time, and words come from outside


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant; None when nothing known resembles it.

    >>> nearest("good", ["Good", "poor"])
    'Good'
    """
    if len(word) > LONGEST:
        return None
    short = sorted(name for name in known if len(name) <= LONGEST)
    spelled = {name.casefold(): name for name in short[:MOST]}
    close = difflib.get_close_matches(word.casefold(), spelled, n=1, cutoff=0.6)
    return spelled[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The next step for a misspelt word, or None when nothing known resembles it.

    >>> did_you_mean("login", ["logins", "tickets"])
    'did you mean `logins`?'
    """
    close = nearest(word, known)
    return f"did you mean `{close}`?" if close is not None else None
