"""The colours of the page, light and dark. A test checks the contrast of every pair (WCAG AA)."""

from __future__ import annotations

from collections.abc import Mapping

#: How many colours there are from best to worst. The bands of a model are spread evenly over them.
RAMP = 6

LIGHT: Mapping[str, str] = {
    "page": "#f7f7f4",
    "sheet": "#ffffff",
    "ink": "#1d2127",
    "soft": "#585e69",
    "line": "#dedfd9",
    "faint": "#eceee9",
    "accent": "#27548a",
    "bar": "#7f8da0",
    "ramp-0": "#1b7a4d",
    "ramp-1": "#547519",
    "ramp-2": "#9a6700",
    "ramp-3": "#ab5600",
    "ramp-4": "#b8431f",
    "ramp-5": "#b42331",
    "unknown": "#6c727d",
}

DARK: Mapping[str, str] = {
    "page": "#12151a",
    "sheet": "#191d23",
    "ink": "#e8e9e5",
    "soft": "#a7adb8",
    "line": "#343a44",
    "faint": "#242931",
    "accent": "#8fb8ee",
    "bar": "#6f7c8f",
    "ramp-0": "#55c48c",
    "ramp-1": "#a3c75a",
    "ramp-2": "#e0ae4b",
    "ramp-3": "#eb9a4f",
    "ramp-4": "#f08763",
    "ramp-5": "#f47c84",
    "unknown": "#969da9",
}


def declare_tokens(tokens: Mapping[str, str]) -> str:
    """The tokens as custom properties of a style sheet."""
    return "".join(f"--{name}:{colour};" for name, colour in tokens.items())


def band_token(position: int, bands: int) -> str:
    """The colour token of a band by its place from best to worst; -1 is unknown.

    >>> [band_token(position, 3) for position in (0, 1, 2, -1)]
    ['ramp-0', 'ramp-2', 'ramp-5', 'unknown']
    """
    if position < 0:
        return "unknown"
    return f"ramp-{position * (RAMP - 1) // max(bands - 1, 1)}"


def contrast_ratio(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2: (L1 + 0.05) / (L2 + 0.05), from 1 to 21.

    >>> contrast_ratio("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
