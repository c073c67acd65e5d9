"""Several of a thing, in English."""

from __future__ import annotations


def pluralize(word: str) -> str:
    """The regular plural.

    >>> [many(word) for word in ("account", "company", "branch", "day")]
    ['accounts', 'companies', 'branches', 'days']
    """
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
