"""`salus check --freeze`: the numbers of percentiles on the reference date, written into the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from salus.cli.main import main
from salus.errors import ModelError, UsageError
from salus.model.curve import Curve
from salus.model.read import read_text
from salus.project import open_project
from tests.project.company import AS_OF, MODEL, write_company

REFERENCE = f"reference: {AS_OF}\n"
BANDS = {"healthy": 75, "watch": 25}  # percentiles
SIZE = MODEL.replace(
    "  support:\n    measures:\n",
    "  support:\n    measures:\n      size: {value: seats, bad: p10, good: p90}\n",
)


def frozen(folder: Path, model: str) -> str:
    """The text of the model after it was frozen."""
    path = open_project(write_company(folder, model)).freeze()
    assert path == folder / "salus.yaml"
    return path.read_text(encoding="utf-8")


def test_the_numbers_of_a_measure_are_those_of_the_active_accounts(tmp_path: Path) -> None:
    """Eleven accounts with 5 to 15 seats are active; the twelfth, with 16, left in March."""
    text = frozen(tmp_path / "small", SIZE + REFERENCE)
    assert "    size: {p10: 6.0, p90: 14.0}\n" in text
    assert f"  reference: {AS_OF}\n" in text
    assert read_text(text).measure("size").scale == Curve(((6.0, 0.0), (14.0, 100.0)))
    assert "bad: p10, good: p90" in text  # as the user has written it


def test_the_limits_of_bands_are_percentiles_of_the_scores(tmp_path: Path) -> None:
    bands = "bands: {healthy: p75, watch: p25, at_risk: 0}\n"
    text = frozen(tmp_path / "small", MODEL + bands + REFERENCE)
    project = open_project(write_company(tmp_path / "plain"))
    scores = [row.score for row in project.score(AS_OF, keep=False) if row.score is not None]
    expected = {name: round(float(np.percentile(scores, rank)), 6) for name, rank in BANDS.items()}
    limits = dict(read_text(text).bands)
    assert limits == {**expected, "at_risk": 0.0}


def test_a_further_score_has_limits_of_its_own(tmp_path: Path) -> None:
    further = "scores: {use_only: {weights: {usage: 1}, bands: {much: p50, little: 0}}}\n"
    text = frozen(tmp_path / "small", MODEL + further + REFERENCE)
    project = open_project(write_company(tmp_path / "plain", MODEL + further.replace("p50", "50")))
    document: Any = project.score(AS_OF, keep=False).as_dict()
    values = [row["scores"]["use_only"]["score"] for row in document["entities"]]
    middle = round(float(np.median([value for value in values if value is not None])), 6)
    assert f"    use_only: {{p50: {middle}}}\n" in text
    assert "  bands:" not in text.partition("frozen:")[2]


def test_bands_are_frozen_after_the_measures_that_they_depend_on(tmp_path: Path) -> None:
    """The limits are those of a model that has the numbers of the measures already."""
    bands = "bands: {healthy: p75, watch: p25, at_risk: 0}\n"
    both = frozen(tmp_path / "both", SIZE + bands + REFERENCE)
    numbers = SIZE.replace("bad: p10, good: p90", "bad: 6, good: 14")
    alone = frozen(tmp_path / "alone", numbers + bands + REFERENCE)
    assert read_text(both).bands == read_text(alone).bands


def test_freezing_again_changes_nothing(tmp_path: Path) -> None:
    text = frozen(tmp_path / "small", SIZE + REFERENCE)
    path = open_project(tmp_path / "small").freeze()
    assert path.read_text(encoding="utf-8") == text
    assert text.startswith(SIZE + REFERENCE)


@pytest.mark.parametrize(
    ("model", "words", "fix"),
    [
        (MODEL + REFERENCE, "no percentiles", "p10"),
        (SIZE, "no reference date", "reference: "),
        (SIZE + REFERENCE.replace("2025", "2019"), "no account is part", "another date"),
        (SIZE.replace("p10", "p101") + REFERENCE, "'p101'", "between p0 and p100"),
    ],
)
def test_a_model_that_cannot_be_frozen_stays_as_it_is(
    tmp_path: Path, model: str, words: str, fix: str
) -> None:
    folder = write_company(tmp_path / "small", model)
    with pytest.raises((ModelError, UsageError), match=words) as error:
        open_project(folder).freeze()
    assert fix in str(error.value.problems[0].fix)
    assert (folder / "salus.yaml").read_text(encoding="utf-8") == model


def test_a_measure_without_values_cannot_be_frozen(tmp_path: Path) -> None:
    """Nobody gave a pulse in the ten days before the date."""
    model = MODEL.replace(
        "  voice:\n    measures:\n",
        "  voice:\n    measures:\n      calm: {days_since: pulse, within: 1d, bad: p90, good: p10}\n",
    )
    folder = write_company(tmp_path / "small", model + REFERENCE.replace("-20", "-19"))
    with pytest.raises(ModelError, match="no values") as error:
        open_project(folder).freeze()
    assert "reference:" in str(error.value.problems[0].fix)


def test_the_command_names_the_file_and_then_checks_it(tmp_path: Path) -> None:
    folder = write_company(tmp_path / "small", SIZE + REFERENCE)
    before = CliRunner().invoke(main, ["-C", str(folder), "check"], catch_exceptions=False)
    after = CliRunner().invoke(
        main, ["-C", str(folder), "check", "--freeze"], catch_exceptions=False
    )
    assert str(folder / "salus.yaml") in after.stderr
    assert ("--freeze" in before.stdout, "--freeze" in after.stdout) == (True, False)
