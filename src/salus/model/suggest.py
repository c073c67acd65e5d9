"""Suggestions for misspelt names."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

from salus.model.key_functions.letters import BARE, PAIRS

LONGEST, MOST = 80, 1_000  # limits, because comparing takes time


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that was probably meant; None if no word is similar.

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
    """Suggest the known word that was probably meant; None if no word is similar.

    >>> did_you_mean("login", ["logins", "tickets"])
    'did you mean `logins`?'
    """
    close = nearest(word, known)
    return f"did you mean `{close}`?" if close is not None else None


def plain_spellings(text: str) -> tuple[str, str]:
    """The text in small letters without marks: with two letters for one that stands for two, and
    with one.

    >>> plain_spellings("Kjærmose"), plain_spellings("Müller")
    (('kjaermose', 'kjarmose'), ('mueller', 'muller'))
    """
    small = unicodedata.normalize("NFC", text).casefold()
    return (
        "".join(PAIRS.get(letter, BARE.get(letter, letter)) for letter in small),
        "".join(PAIRS.get(letter, BARE.get(letter, letter))[:1] for letter in small),
    )
