"""Compares two tables of values by account."""

from __future__ import annotations

import math

import pyarrow as pa


def assert_equal(actual: pa.Table, expected: pa.Table, what: str, *, sparse: bool = False) -> None:
    """Raise AssertionError with the first differences. `sparse`: a value of 0 may be missing in
    `found`.
    """
    assert actual.column_names == expected.column_names, actual.column_names
    for name in expected.column_names:
        pairs = zip(actual[name].to_pylist(), expected[name].to_pylist(), strict=True)
        wrong = [
            (row, a, b)
            for row, (a, b) in enumerate(pairs)
            if not (_same(a, b) or (sparse and a is None and b == 0))
        ]
        assert not wrong, f"{name} of {what} differs on {len(wrong)} accounts: {wrong[:3]}"


def _same(actual: object, expected: object) -> bool:
    """Whether values are equal; sums of doubles, which SQL adds in any order, within 1e-9."""
    if isinstance(actual, float) and expected is not None:
        return math.isclose(actual, float(expected), rel_tol=1e-9, abs_tol=1e-9)  # type: ignore[arg-type]
    return actual == expected
