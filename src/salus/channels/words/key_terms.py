"""What is compared of a column, in words."""

from __future__ import annotations

from collections.abc import Sequence

from salus.channels.words import Words

_NAMED = ("company", "digits", "domain", "lower")


def describe_functions(functions: Sequence[str], words: Words) -> str:
    """What functions of the model language leave of a value.

    >>> from salus.channels.words import load_words
    >>> describe_functions(("trim", "domain"), load_words())
    'domain'
    >>> describe_functions(("left 15", "lower"), load_words())
    'first 15 characters, lower case'
    """
    parts = []
    for function in functions:
        name, _, length = function.partition(" ")
        if name == "left":
            parts.append(words.text("key_part.left", n=length))
        elif name in _NAMED:
            parts.append(words.text(f"key_part.{name}"))
    return ", ".join(parts)
