"""Single values in a model."""

from __future__ import annotations

import pytest

from salus.model.curve import Percentile
from salus.model.yaml import forms
from salus.model.yaml.form import TextForm


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        (forms.NUMBER, "-2.5", -2.5),
        (forms.NUMBER, "1e3", 1000.0),
        (forms.NUMBER, ".5", 0.5),
        (forms.ANCHOR, "70%", 0.7),
        (forms.ANCHOR, "-40 %", -0.4),
        (forms.ANCHOR, "30d", 30.0),
        (forms.ANCHOR, "4w", 28.0),
        (forms.ANCHOR, "-7d", -7.0),
        (forms.ANCHOR, "p10", Percentile(10.0)),
        (forms.ANCHOR, "p99.5", Percentile(99.5)),
        (forms.PART, "28%", 0.28),
        (forms.PART, "1", 1.0),
        (forms.HOLD, "0d", 0),
        (forms.POLICY, "hold 8w", ("hold", 56)),
        (forms.POLICY, "bad", ("bad", 0)),
        (forms.NAME, "Kündigung_2", "Kündigung_2"),
        (forms.DIVISOR, "12", 12.0),
        (forms.DIVISOR, "seats", "seats"),
    ],
)
def test_reads(form: TextForm, text: str, value: object) -> None:
    assert form.value(text) == value


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (forms.NUMBER, "1,5"),
        (forms.NUMBER, "1_000"),
        (forms.NUMBER, ".inf"),
        (forms.NUMBER, "nan"),
        (forms.NUMBER, "1e999"),
        (forms.NUMBER, "٣"),
        (forms.NUMBER, "9" * 500),
        (forms.SPAN, "30"),
        (forms.SPAN, "0d"),
        (forms.SPAN, "1.5d"),
        (forms.SPAN, "-3d"),
        (forms.SPAN, "3 d"),
        (forms.SPAN, "99999d"),
        (forms.SPAN, "1m"),
        (forms.PART, "120%"),
        (forms.PART, "-1%"),
        (forms.ANCHOR, "p0"),
        (forms.ANCHOR, "p100"),
        (forms.LIMIT, "101"),
        (forms.WHOLE, "0"),
        (forms.WHOLE, "2.5"),
        (forms.POSITIVE, "0"),
        (forms.POSITIVE, "1e7"),
        (forms.HOLD, "367d"),
        (forms.POLICY, "hold 53w"),
        (forms.POLICY, "hold"),
        (forms.POLICY, "skip 3d"),
        (forms.NAME, "1st"),
        (forms.NAME, "a b"),
        (forms.NAME, "a" * 61),
        (forms.DIVISOR, "0"),
        (forms.DATE, "31.01.2026"),
        (forms.DATE, "2026-02-30"),
        (forms.DATE, "20260131"),
        (forms.TRUTH, "yes"),
        (forms.TEXT, " "),
        (forms.TEXT, "a\nb"),
        (forms.TEXT, "\x1b[31m"),
        (forms.VERSION, "1.0"),
    ],
)
def test_refuses(form: TextForm, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the message is in the form
        form.value(text)
