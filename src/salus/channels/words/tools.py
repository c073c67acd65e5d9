"""The names of the tools whose exports Salus knows."""

from __future__ import annotations

from salus.channels.words.words import capitalize

_SPELLING = {"datev": "DATEV", "hubspot": "HubSpot"}  # names that don't just begin with a capital


def name_tool(tool: str) -> str:
    """The name of a tool as it writes itself.

    >>> name_tool("hubspot"), name_tool("stripe")
    ('HubSpot', 'Stripe')
    """
    return _SPELLING.get(tool, capitalize(tool))
