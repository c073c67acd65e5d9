"""200 fixed worlds without any signal, of 120 to 1,000 entities: at most 4 say "may be adopted" (2
%, where 1 % is intended).
"""

from __future__ import annotations

from collections import Counter

from tests.insight.worlds import SIZES, world

WORLDS, MOST = 200, 4


def test_noise_is_not_adopted() -> None:
    counts = Counter(
        (SIZES[seed % len(SIZES)], world(seed, SIZES[seed % len(SIZES)]).learned().allowed)
        for seed in range(WORLDS)
    )
    print({f"{size} entities, {word}": number for (size, word), number in sorted(counts.items())})
    assert sum(number for (_, word), number in counts.items() if word == "adopt") <= MOST


def test_signals_of_several_sizes_still_are() -> None:
    """So that the rule doesn't simply refuse everything."""
    counts = Counter(
        (size, world(seed, size, signal=1.2, measures=4, dates=24).learned().allowed)
        for size in (250, 500, 1000)
        for seed in range(10)
    )
    print({f"{size} entities, {word}": number for (size, word), number in sorted(counts.items())})
    assert sum(number for (_, word), number in counts.items() if word == "adopt") >= 22
