"""Options that several commands have."""

from __future__ import annotations

import click
import pytest

from salus.cli.options import Share


@pytest.mark.parametrize(
    ("text", "share"),
    [("10%", 0.1), ("0.1", 0.1), (" 2.5% ", 0.025), ("100%", 1), ("1", 1), ("0.1%", 0.001)],
)
def test_a_share_is_a_percentage_or_a_number(text: str, share: float) -> None:
    assert Share().convert(text, None, None) == pytest.approx(share)


@pytest.mark.parametrize(
    "text", ["10", "101%", "0", "0.05%", "-10%", "ten", "", "%", "nan", "inf%"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(click.BadParameter, match=r"write 10% or 0\.1") as error:
        Share().convert(text, None, None)
    assert repr(text) in str(error.value.message)
