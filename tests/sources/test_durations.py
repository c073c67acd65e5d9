"""Durations are hours in a column of numbers, and texts elsewhere."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from salus.sources.files import Use

from .reading import column


@pytest.mark.parametrize("use", ["number", "amount"])
def test_every_duration_is_its_hours(tmp_path: Path, use: Use) -> None:
    spans = [dt.timedelta(seconds=7_213 * number) for number in range(200)]
    texts = [
        f"{int(span.total_seconds()) // 3600}:{int(span.total_seconds()) // 60 % 60:02}:{int(span.total_seconds()) % 60:02}"
        for span in spans
    ]
    read = column(tmp_path, *texts, use=use)
    assert read.type("v") == "double"
    assert read["v"] == pytest.approx([span / dt.timedelta(hours=1) for span in spans])
    assert any(
        "200 durations such as 0:00:00 were read as hours" in note for note in read.reading.notes
    )


def test_empty_cells_are_missing_and_others_rejected(tmp_path: Path) -> None:
    read = column(tmp_path, "53:12:09", "", "1:00:00", "soon", use="number")
    assert read["v"] == pytest.approx([53.2025, None, 1.0]) and read.lines == [5]
    assert read.reasons == ["v: 'soon' isn't a duration in hours, minutes and seconds"]


def test_without_a_use_a_duration_stays_a_text(tmp_path: Path) -> None:
    assert column(tmp_path, "53:12:09", "1:00:00")["v"] == ["53:12:09", "1:00:00"]


def test_numbers_beside_few_durations_stay_numbers(tmp_path: Path) -> None:
    read = column(tmp_path, "5", "6", "7", "1:00:00", use="number")
    assert read["v"] == [5, 6, 7] and len(read.lines) == 1
