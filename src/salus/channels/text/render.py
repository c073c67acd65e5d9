"""The text of each result. The `text.py` of a verb registers it here, so that no result imports its
text.
"""

from __future__ import annotations

from functools import singledispatch


@singledispatch
def render(result: object) -> str:
    """The result as plain text for a terminal, a pipe or a notebook.

    `@render.register` registers a text for a type. Raises TypeError if the type has none.
    """
    raise TypeError(f"no text is registered for {type(result).__name__}")


@singledispatch
def render_markdown(result: object) -> str:
    """The result as Markdown for a pull request. Raises TypeError if the type has no Markdown."""
    raise TypeError(f"no Markdown is registered for {type(result).__name__}")


@singledispatch
def render_all(result: object) -> str:
    """The result with everything that `render` leaves out. Raises TypeError if the type has no full
    text.
    """
    raise TypeError(f"no full text is registered for {type(result).__name__}")
