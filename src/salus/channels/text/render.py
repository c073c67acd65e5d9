"""The text of each result. A verb's `text.py` registers it here, so that no result imports its text."""

from __future__ import annotations

from functools import singledispatch


@singledispatch
def render(result: object) -> str:
    """The result as plain text, for a terminal, a pipe and a notebook.

    A text is registered for each type with `@render.register`; TypeError where none is.
    """
    raise TypeError(f"no text is registered for {type(result).__name__}")


@singledispatch
def render_markdown(result: object) -> str:
    """The result as Markdown, for a pull request; TypeError where no text is registered."""
    raise TypeError(f"no Markdown is registered for {type(result).__name__}")


@singledispatch
def render_all(result: object) -> str:
    """The result with everything that `render` leaves out; TypeError where no such text is
    registered.
    """
    raise TypeError(f"no full text is registered for {type(result).__name__}")
