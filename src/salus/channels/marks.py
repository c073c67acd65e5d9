"""The shape of a band. It goes with the band's colour and name, so that nobody needs the colour."""

from __future__ import annotations

BETWEEN = ("diamond", "square", "pentagon", "hexagon")


def mark_shape(position: int, bands: int) -> str:
    """The shape of a band by its place from best to worst; -1 is unknown.

    >>> [mark_shape(position, 3) for position in (0, 1, 2, -1)]
    ['disc', 'diamond', 'down', 'ring']
    """
    if position < 0:
        return "ring"
    if position == 0:
        return "disc"
    return "down" if position == bands - 1 else BETWEEN[(position - 1) % len(BETWEEN)]
