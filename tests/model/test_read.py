"""A valid file is read into a model."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from salus.errors import ModelError
from salus.model.curve import Curve, WordScale
from salus.model.expressions import expression as ex
from salus.model.model import Model
from salus.model.read import check_text, read_model, read_text
from salus.model.response import PlayStep, Signal, Stage
from salus.model.source import AttributeHistory, Lookup
from tests.model.text import TINY, read, with_measure, with_top

EXAMPLE = Path(__file__).parent / "example.yaml"


@pytest.fixture(scope="module")
def example() -> Model:
    return read_model(EXAMPLE)


def test_the_example_has_only_warnings_about_unused_blocks() -> None:
    problems = check_text(EXAMPLE.read_text(encoding="utf-8"))[1]
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    assert [lines[problem.line - 1].partition(":")[0] for problem in problems if problem.line] == [
        "stages",
        "signals",
        "plays",
    ]
    assert all(
        problem.severity == "warning" and "doesn't use them yet" in problem.what
        for problem in problems
    )


def test_example_is_the_one_of_the_language(shared: Path) -> None:
    page = (shared / "design" / "model-language.md").read_text(encoding="utf-8")
    ours = EXAMPLE.read_text(encoding="utf-8")
    assert page.split("```yaml\n")[1].split("```")[0] == ours[: ours.index("stages:")]


def test_entity(example: Model) -> None:
    entity = example.entity
    assert (entity.name, entity.table, entity.key, entity.value, entity.currency) == (
        "account",
        "accounts",
        "account_id",
        "arr",
        "EUR",
    )
    assert entity.history == AttributeHistory("account_history", "valid_from")
    assert "ended_on" not in entity.readable
    assert "signed_on" in entity.readable


def test_sources(example: Model) -> None:
    sources = example.sources
    assert sources["logins"].fresh == 3
    assert sources["logins"].where == ex.Compare("=", ex.Name("event"), ex.Constant("login"))
    assert (
        sources["answers"].until_next,
        sources["answers"].until,
        sources["answers"].until_group,
    ) == (True, None, "contact_id")
    assert sources["tickets"].until == "closed_at"
    assert sources["touches"].lookup == Lookup("contacts", "contact_id")
    assert list(sources["answers"].columns) == ["nps"]
    assert sources["pulse"].table == "app.pulse"
    assert sources["pulse"].purpose == "customer_care"


def test_measures(example: Model) -> None:
    users = example.measure("active_users")
    assert (
        users.kind,
        users.source,
        users.column,
        users.within,
        users.per,
        users.weight,
        users.dimension,
    ) == ("count_distinct", "logins", "user_id", 30, "seats", 3.0, "adoption")
    assert users.scale == Curve(((0.1, 0.0), (0.7, 100.0)))
    assert example.measure("quiet").scale == Curve(((3.0, 100.0), (30.0, 0.0)))
    assert (example.measure("login_trend").baseline, example.measure("login_trend").at_least) == (
        84,
        1,
    )
    assert example.measure("outages").if_missing == "good"
    assert example.measure("payment_delay").weighted_by == "amount"
    assert isinstance(example.measure("mood").scale, WordScale)
    assert example.measure("overdue_days").open
    assert example.measure("overdue_days").dimension is None
    assert example.measure("seats_before").ago == 365


def test_place_of_a_measure_is_its_name(example: Model) -> None:
    measure = example.measure("active_users")
    line = EXAMPLE.read_text(encoding="utf-8").splitlines()[(measure.line or 0) - 1]
    assert line[(measure.column_of_line or 0) - 1 :].startswith("active_users:")


def test_scoring_parts(example: Model) -> None:
    assert [dimension.weight for dimension in example.dimensions] == [30, 15, 15, 15, 25]
    assert example.bands == (("healthy", 75.0), ("watch", 50.0), ("at_risk", 0.0))
    assert [(cap.name, cap.at_most) for cap in example.caps] == [("60 days overdue", 40.0)]
    new, enterprise = example.segments
    assert new.without == ("voice",)
    assert list(new.scales) == ["quiet"]
    assert enterprise.weights == {"relationship": 40.0, "adoption": 20.0}
    assert (example.scores[0].goal, example.scores[0].weights) == (
        "expanded",
        {"adoption": 60.0, "voice": 40.0},
    )
    assert (
        example.outcomes[0].decided,
        example.outcomes[2].quiet,
        example.outcomes[2].silent_for,
    ) == ("notice_on", "logins", 180)


def test_stages_signals_and_plays(example: Model) -> None:
    assert [stage.name for stage in example.stages] == ["onboarding", "growing", "value"]
    assert example.stages[-1] == Stage("value")
    assert example.signals[1] == Signal("off_course", chart="health")
    assert (example.signals[0].lasting, example.signals[0].cool_down, example.signals[0].tell) == (
        2,
        30,
        ("owner", "slack:#cs"),
    )
    assert example.plays[0].steps == (PlayStep("Call the sponsor", "owner", 2),)
    assert example.plays[0].hold_out == pytest.approx(0.1)


def test_an_earlier_score_in_a_signal(example: Model) -> None:
    ago = ex.Call("ago", (ex.Name("score"), ex.Constant(28.0)))
    assert example.signals[2].when == ex.Compare(
        "<=", ex.Name("score"), ex.Compute("-", ago, ex.Constant(15.0))
    )


def test_defaults() -> None:
    model = read(TINY)
    assert (model.timezone, model.min_coverage, model.missing_guard, model.text) == (
        "UTC",
        0.5,
        30,
        TINY,
    )
    assert model.bands == Model.bands
    quiet = model.measure("quiet")
    assert (quiet.weight, quiet.if_missing, quiet.at_least, quiet.open, quiet.ago) == (
        1.0,
        "skip",
        0,
        False,
        0,
    )


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("m: {count: logins, within: 4w, bad: 0, good: 1}", "within", 28),
        ("m: {count: logins, if_missing: hold 60d, bad: 0, good: 1}", "hold", 60),
        ("m: {count: logins, if_missing: hold 60d, bad: 0, good: 1}", "if_missing", "hold"),
        ("m: {count: logins, per: 12, bad: 0, good: 1}", "per", 12.0),
        ("m: {mean: logins.x, half_life: 26w, bad: 0, good: 1}", "half_life", 182.0),
        ("m: {days_since: logins, days: working, bad: 9, good: 1}", "working", True),
        ("m: {max: tickets.open_days, days: working, bad: 9, good: 1}", "working", True),
        ("m: {sum: logins.Betrag (EUR), bad: 0, good: 1}", "column", "Betrag (EUR)"),
        ("m: {active_days: logins.user, bad: 0, good: 1}", "column", "user"),
        (
            "m: {count: logins, bad: -5%, good: 2.5%}",
            "scale",
            Curve(((-0.05, 0.0), (0.025, 100.0))),
        ),
        (
            "m: {value: plan, points: {pro: 100, free: 20}}",
            "scale",
            WordScale({"pro": 100.0, "free": 20.0}),
        ),
        (
            "m: {latest: logins.ok, points: {true: 100, false: 0}}",
            "scale",
            WordScale({"true": 100.0, "false": 0.0}),
        ),
    ],
)
def test_measure(line: str, field: str, value: object) -> None:
    assert getattr(read(with_measure(line)).measure("m"), field) == value


def test_an_input_can_be_a_date() -> None:
    model = read(with_top("inputs:\n  last: {max: logins.at}\n  first: {min: logins.at}"))
    assert [measure.scored for measure in model.inputs] == [False, False]


def test_open_days_of_facts_that_the_next_one_ends() -> None:
    text = (
        TINY.replace("until: closed", "until: next plan")
        + "      stay: {mean: tickets.open_days, bad: 9, good: 0}\n"
    )
    assert read(text).measure("stay").column == "open_days"


def test_a_score_without_bands_has_those_of_the_main_score() -> None:
    model = read(with_top("bands: {fine: 60, poor: 0}\nscores: {growth: {weights: {adoption: 1}}}"))
    assert model.scores[0].bands == (("fine", 60.0), ("poor", 0.0))


def test_people_have_a_smallest_group() -> None:
    model = read(TINY.replace("plan]", "plan], people: {population: workforce}"))
    assert (model.entity.population, model.entity.smallest_group) == ("workforce", 10)


def test_columns_may_be_called_like_words_of_sql() -> None:
    text = with_measure(
        "m: {count: logins, where: \"order = 'x' and end is null and date < '2026-01-01'\", bad: 0, good: 1}"
    )
    assert ex.find_names(read(text).measure("m").where) == {"order", "end", "date"}


def test_a_model_is_immutable() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        read(TINY).name = "other"  # type: ignore[misc]


def test_all_problems_come_at_once_by_line() -> None:
    text = TINY.replace("events", "events, frsh: 3d").replace(
        "days_since: logins", "days_since: login"
    )
    with pytest.raises(ModelError) as error:
        read_text(text, "acme.yaml")
    assert [(problem.file, problem.line) for problem in error.value.problems] == [
        ("acme.yaml", 5),
        ("acme.yaml", 10),
    ]
    assert "acme.yaml:10:27: measure `quiet` reads source `login`, which is not declared" in str(
        error.value
    )


def test_warnings_come_with_a_model() -> None:
    model, problems = check_text(with_measure("m: {value: seats, ago: 365d, bad: 0, good: 1}"))
    assert model is not None
    assert [problem.severity for problem in problems] == ["warning"]


def test_an_unused_source_is_a_warning() -> None:
    _, problems = check_text(
        TINY.replace("dimensions:", "  spare: {table: t, key: id, time: at}\ndimensions:")
    )
    assert [(problem.line, problem.what) for problem in problems] == [
        (7, "no measure reads source `spare`")
    ]


def test_read_model_reads_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "salus.yaml").write_text("\ufeff" + TINY, encoding="utf-8")
    assert read_model(tmp_path / "salus.yaml").name == "tiny"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00v"])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "salus.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"salus\.yaml: ") as error:
        read_model(path)
    assert error.value.problems[0].fix is not None


def test_windows_line_ends_change_nothing() -> None:
    assert read(TINY.replace("\n", "\r\n")).fingerprint == read(TINY).fingerprint


def test_reference_date() -> None:
    assert read(with_top("reference: 2026-01-31")).reference == dt.date(2026, 1, 31)
