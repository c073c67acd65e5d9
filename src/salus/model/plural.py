"""English nouns: their plural and their article."""

from __future__ import annotations


def pluralize(word: str) -> str:
    """Form the regular plural.

    >>> [pluralize(word) for word in ("account", "company", "branch", "day")]
    ['accounts', 'companies', 'branches', 'days']
    """
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def with_article(noun: str) -> str:
    """Put the indefinite article before a noun.

    >>> with_article("measure"), with_article("outcome")
    ('a measure', 'an outcome')
    """
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
