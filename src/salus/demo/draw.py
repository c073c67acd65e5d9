"""Random draws that depend only on a seed, a part of the company and a subject."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from salus.demo.season import Floats, Ints


def make_generator(seed: int, part: int, subject: str) -> np.random.Generator:
    """The random numbers of one subject. More draws for tickets never change a survey.

    >>> int(make_generator(1, 0, "tickets").integers(1000)) == int(make_generator(1, 0, "tickets").integers(1000))
    True
    """
    return np.random.Generator(
        np.random.PCG64(np.random.SeedSequence([seed, part, zlib.crc32(subject.encode())]))
    )


def sigmoid(x: Floats) -> Floats:
    """Log-odds as a probability."""
    chance: Floats = 1 / (1 + np.exp(-x))
    return chance


def pick(rng: np.random.Generator, weights: Sequence[float], size: int) -> Ints:
    """Indices drawn with fixed weights."""
    edges = np.cumsum(weights)
    return np.minimum(
        np.searchsorted(edges, rng.random(size) * edges[-1], side="right"), len(edges) - 1
    )


def pick_by_row(rng: np.random.Generator, weights: Floats) -> Ints:
    """One index per row, drawn with the row's own weights."""
    edges = np.cumsum(weights, axis=1)
    drawn: Ints = (edges < rng.random((len(weights), 1)) * edges[:, -1:]).sum(axis=1)
    return drawn


def draw_counts(rng: np.random.Generator, mean: Floats, shape: float) -> Ints:
    """Counts from a negative binomial distribution with this mean.

    The smaller the shape, the heavier the tail.
    """
    return rng.poisson(mean * rng.gamma(shape, 1 / shape, mean.shape))


def repeat_rows(counts: Ints) -> Ints:
    """The index of each row, repeated as often as its count.

    >>> repeat_rows(np.array([2, 0, 1])).tolist()
    [0, 0, 2]
    """
    return np.repeat(np.arange(len(counts)), counts)
