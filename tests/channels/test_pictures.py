"""Each picture shows the figures it gets, and its SVG needs no other file."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from salus.channels.colours import DARK, LIGHT
from salus.channels.pictures import Picture, build_outlook, build_pictures, draw_picture
from salus.channels.pictures.calibration import build_calibration
from salus.channels.pictures.deciles import build_deciles
from salus.channels.pictures.fan import FanAxis, FanSeries, build_fan
from salus.channels.pictures.flows import (
    APART,
    BELOW,
    Flows,
    FlowStop,
    build_flows,
    build_ribbons,
    separate_labels,
    stack_blocks,
)
from salus.channels.pictures.lead import build_lead_time, warned_shares
from salus.channels.pictures.misses import build_misses
from salus.channels.pictures.waiting import build_waiting, outcome_curve
from salus.channels.words import load_words
from salus.errors import UsageError
from salus.insight.forecast.outlook import ValueOutlook
from salus.insight.statistics.calibration import Bin
from salus.insight.statistics.interval import Interval
from salus.insight.statistics.rates import jeffreys
from tests.channels.proof import BANDS, BINS, DAYS, LEVELS, validation

pytest.importorskip("altair", reason="the extra `pictures` isn't installed")
pytest.importorskip("vl_convert", reason="the extra `pictures` isn't installed")

WORDS = load_words("en", {}, "account")
HOSTILE = "<script>alert('x')</script>\"'></svg><img src=x onerror=y>\u202e\x00 & שלום {0}"
OUTLOOK = ValueOutlook(
    ((20_425, 900_000.0), (20_455, 1_000_000.0)),
    (
        (20_485, Interval(950_000.0, 900_000.0, 990_000.0)),
        (20_500, Interval(940_000.0, 880_000.0, 985_000.0)),
    ),
)
SVG = "{http://www.w3.org/2000/svg}"


def spec(picture: Picture) -> dict[str, Any]:
    chart: dict[str, Any] = picture.draw().to_dict()
    return chart


def chart_rows(picture: Picture, *names: str) -> list[tuple[Any, ...]]:
    """The rows of the chart's data that have all these names, in their order."""
    chart = spec(picture)
    tables = [
        *chart.get("datasets", {}).values(),
        *(layer["data"]["values"] for layer in chart["layer"] if "values" in layer.get("data", {})),
    ]
    return [
        tuple(row[name] for name in names)
        for rows in tables
        for row in rows
        if set(names) <= set(row)
    ]


def domains(picture: Picture, channel: str) -> list[list[float]]:
    """The domain of a channel's axis, for each layer that has one."""
    return [
        layer["encoding"][channel]["scale"]["domain"]
        for layer in spec(picture)["layer"]
        if "domain" in (layer["encoding"].get(channel, {}).get("scale") or {})
    ]


def every(
    language: str = "en", outcome: str = "churned", labels: dict[str, str] | None = None
) -> tuple[Picture, ...]:
    words = load_words(language, labels or {}, "account")
    return (
        *build_pictures(validation(outcome), BANDS, words),
        build_outlook(OUTLOOK, words, valued=True, currency=outcome),
    )


def test_a_tenth_is_drawn_from_score_to_score_at_its_rate() -> None:
    picture = build_deciles(LEVELS, Interval(0.1, 0.08, 0.12), validation().breaks, WORDS)
    assert chart_rows(picture, "from", "to", "low", "rate", "high", "n") == [
        (8, 30, 0.15, 0.22, 0.31, 200),
        (31, 45, 0.11, 0.17, 0.25, 201),
        (46, 70, 0.02, 0.04, 0.08, 199),
        (72, 99, 0, 0, 0.02, 200),
    ]
    assert chart_rows(picture, "at", "from", "to", "label") == [(45, 41, 48, "change at 45")]
    assert domains(picture, "y") == [[0, 0.5]]
    assert "10.0%" in picture.says and "41 to 48" in picture.says


def test_too_few_rows_have_no_rate_in_the_table_either() -> None:
    picture = build_deciles(LEVELS, Interval(0.1, 0.08, 0.12), None, WORDS)
    assert picture.rows[3] == ("71.0", "too few", "", "19")
    assert "no score at which the rate changes sharply" in picture.says
    assert (
        "breaks"
        not in build_deciles(LEVELS, Interval(0.1, 0.08, 0.12), None, WORDS, sought=False).says
    )
    assert chart_rows(picture, "at") == []


def test_predicted_and_observed_share_a_scale_from_zero() -> None:
    picture = build_calibration(BINS, Interval(0.6, 0.4, 0.8), WORDS)
    assert chart_rows(picture, "predicted", "low", "observed", "high", "n") == [
        (0.02, 0.002, 0.01, 0.04, 150),
        (0.1, 0.08, 0.12, 0.18, 151),
    ]
    assert {tuple(domain) for channel in "xy" for domain in domains(picture, channel)} == {(0, 0.5)}
    assert picture.says.startswith("Predictions from the score alone were too extreme")


def test_a_group_without_the_outcome_says_why_its_interval_is_wide() -> None:
    none = (Bin(0.01, 150, Interval(0.0, 0.0, 0.024)), *BINS)
    wide = "several rows per account count only as one"
    assert wide in build_calibration(none, Interval(0.6, 0.4, 0.8), WORDS).says
    assert wide not in build_calibration(BINS, Interval(0.6, 0.4, 0.8), WORDS).says


@pytest.mark.parametrize(
    ("slope", "begins"),
    [((1.1, 0.9, 1.3), "far as can be measured"), ((1.4, 1.2, 1.6), "too cautious")],
)
def test_the_slope_is_explained_in_words(slope: tuple[float, float, float], begins: str) -> None:
    assert begins in build_calibration(BINS, Interval(*slope), WORDS).says


@pytest.mark.parametrize(
    ("observed", "begins"),
    [
        ((0.05,) * 10, "In 10 of 10 groups, the outcome occurred less often than predicted"),
        ((0.2,) * 9 + (0.05,), "In 9 of 10 groups, the outcome occurred more often than predicted"),
        ((0.05,) * 5 + (0.2,) * 5, "As far as can be measured"),
        ((0.05,) * 4, "As far as can be measured"),
    ],
)
def test_groups_on_one_side_of_the_prediction_are_named(
    observed: tuple[float, ...], begins: str
) -> None:
    bins = tuple(Bin(0.1, 150, Interval(rate, 0.01, 0.3)) for rate in observed)
    says = build_calibration(bins, Interval(1.0, 0.9, 1.1), WORDS).says
    assert says.startswith(begins)


def test_the_curve_of_warnings_shows_the_share_with_an_earlier_warning() -> None:
    """On any day the curve has the value of the last corner before it, because it has steps."""
    corners = warned_shares(DAYS)
    for day in range(1, 366):
        last = [corner for corner in corners if corner["days"] <= -day][-1]
        share = jeffreys(sum(days >= day for days in DAYS), len(DAYS))
        assert (last["share"], last["low"], last["high"]) == (share.value, share.low, share.high)
    picture = build_lead_time(DAYS, dt.date(2026, 4, 1), "At risk", WORDS)
    assert picture is not None
    assert chart_rows(picture, "days", "share", "low", "high") == [
        tuple(corner.values()) for corner in corners
    ]
    assert {layer["mark"].get("interpolate") for layer in spec(picture)["layer"][:2]} == {
        "step-after"
    }


def test_few_outcomes_make_no_curve() -> None:
    assert build_lead_time(DAYS[:19], dt.date(2026, 4, 1), "At risk", WORDS) is None


def test_the_register_is_counted_by_band_and_day() -> None:
    picture = build_misses(validation().misses, BANDS, WORDS)
    assert picture is not None
    assert picture.head == ("Days before", "Healthy", "Watch", "At risk", "Unknown")
    assert [(row[0].replace("\u00a0", " "), *row[1:]) for row in picture.rows] == [
        ("90 days", "2", "2", "1", "2"),
        ("60 days", "1", "4", "2", "0"),
        ("30 days", "1", "4", "2", "0"),
    ]
    parts = chart_rows(picture, "days", "band", "from", "to", "n")
    assert all((to - begin) * 7 == pytest.approx(number) for _, _, begin, to, number in parts)
    assert sorted((day, band, str(n)) for day, band, *_, n in parts) == sorted(
        (int(row[0].split("\u00a0")[0]), name, number)
        for row in picture.rows
        for name, number in zip(picture.head[1:], row[1:], strict=True)
        if number != "0"
    )
    assert "4 of 7" in picture.says


def test_the_curve_of_a_band_is_one_minus_its_survival() -> None:
    cohort = validation().followup
    assert cohort is not None
    for line in cohort.waiting.values():
        for point in outcome_curve(line, cohort.days):
            assert point["share"] == pytest.approx(1 - line.at(point["x"]))  # type: ignore[arg-type]
    picture = build_waiting(cohort, BANDS, WORDS)
    assert picture is not None
    assert [row[0] for row in picture.rows] == ["Healthy", "Watch"]
    assert len(chart_rows(picture, "x", "share", "low", "high", "band")) == sum(
        len(outcome_curve(line, 400)) for line in cohort.waiting.values()
    )
    assert [domain[0] for domain in domains(picture, "y")] == [0, 0]


def test_the_thickness_of_a_ribbon_shows_its_entities() -> None:
    moves = {(0, 0): 30, (0, 1): 10, (1, 1): 5, (1, 2): 55}
    left, right = (
        stack_blocks([FlowStop("a", 0), FlowStop("b", 1)], [40, 60]),
        stack_blocks([FlowStop("a", 0), FlowStop("b", 1), FlowStop("gone")], [30, 15, 55]),
    )
    points = list(build_ribbons(moves, left, right))
    for (start, end), number in moves.items():
        ribbon = [point for point in points if point["ribbon"] == f"{start}-{end}"]
        first, last = ribbon[0], ribbon[-1]
        assert first["high"] - first["low"] == pytest.approx(0.97 * number / 100)
        assert last["high"] - last["low"] == pytest.approx(0.94 * number / 100)
        assert left[start].bottom - 1e-9 <= first["low"] < first["high"] <= left[start].top + 1e-9
        assert right[end].bottom - 1e-9 <= last["low"] < last["high"] <= right[end].top + 1e-9


def test_flows_count_every_entity_once() -> None:
    picture = next(picture for picture in every() if picture.name == "flows")
    numbers = [[int(cell) for cell in row[1:]] for row in picture.rows]
    assert np.sum(numbers) == 177
    assert dict(zip(picture.head, picture.rows[1], strict=True)) == {
        "From": "Watch",
        "Healthy": "8",
        "Watch": "50",
        "At risk": "12",
        "Unknown": "0",
        "“churned”": "9",
        "No later score": "1",
    }
    assert {name for name, _ in chart_rows(picture, "name", "label")} >= {
        "Healthy 80",
        "Watch 80",
        "“churned” 19",
        "No later score 1",
    }


def test_one_move_alone_can_be_drawn() -> None:
    stops = [FlowStop("a", 0)]
    picture = build_flows(Flows({(0, 0): 3}, stops, stops, 1), "t", "s", WORDS)
    assert "a 3" in str(draw_picture(picture))


def test_labels_keep_apart_and_in_order() -> None:
    for places in ([0.9, 0.05, 0.04, 0.03, 0.02], [0.5, 0.49, 0.48], [0.02]):
        heights = separate_labels(places)
        assert all(
            above - below >= APART - 1e-9
            for above, below in zip(heights, heights[1:], strict=False)
        )
        assert heights[-1] >= -BELOW - 1e-9


def test_a_fan_opens_where_the_past_ends() -> None:
    past = [(dt.date(2026, month, 1), 50.0 + month) for month in range(1, 7)]
    coming = [(dt.date(2026, 7, 1), 50.0, 57.0, 63.0), (dt.date(2026, 8, 1), 45.0, 58.0, 70.0)]
    picture = build_fan(
        FanSeries("Mean score", past, coming, 0.8),
        FanAxis("Score", 1, (0, 100)),
        WORDS,
        title="Forecast",
        says="It rises.",
    )
    end = past[-1][0].toordinal()
    assert sorted(set(chart_rows(picture, "day", "low", "value", "high"))) == [
        (end, 56, 56, 56),
        (coming[0][0].toordinal(), 50, 57, 63),
        (coming[1][0].toordinal(), 45, 58, 70),
    ]
    assert domains(picture, "y")[0] == [0, 100]
    assert picture.rows[-1] == ("1 Aug 2026", "58", "45 – 70")
    assert picture.head[-1] == "80% interval"


@pytest.mark.parametrize(
    ("valued", "currency", "heading", "now"),
    [
        (True, "EUR", "Value, EUR", "1.00 M EUR"),
        (True, None, "Value", "1.00 M"),
        (False, "EUR", "Accounts", "1,000,000 accounts"),
    ],
)
def test_renewals_ahead_are_shown_in_money_or_by_number(
    valued: bool, currency: str | None, heading: str, now: str
) -> None:
    picture = build_outlook(OUTLOOK, WORDS, valued=valued, currency=currency)
    assert picture.head[1] == heading and f"of today’s {now} (" in picture.says.replace("\xa0", " ")
    assert [row[0] for row in picture.rows] == [
        "3 Dec 2025",
        "2 Jan 2026",
        "1 Feb 2026",
        "16 Feb 2026",
    ]
    assert picture.rows[-1][1:] == ("940,000", "880,000 – 985,000")
    assert "before 16 February 2026" in picture.says and "80%" in picture.says


@pytest.fixture(scope="module")
def svgs() -> dict[str, str]:
    return {picture.name: str(draw_picture(picture)) for picture in every()}


@pytest.mark.parametrize("picture", every(), ids=lambda picture: picture.name)
def test_the_svg_needs_no_other_file(picture: Picture, svgs: dict[str, str]) -> None:
    text = svgs[picture.name]
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg" and root.attrib["role"] == "img"
    assert [child.tag for child in root][:3] == [f"{SVG}title", f"{SVG}desc", f"{SVG}style"]
    assert root[0].text == picture.title and root[1].text == picture.caption
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "style",
        "g",
        "rect",
        "path",
        "line",
        "text",
    }
    assert (
        re.findall(r"(?:https?:)?//[\w.]+", text)
        == ["http://www.w3.org"]
        == re.findall(r"\w+://[^/\"]+", text)
    )
    assert (
        "url(" not in text
        and "href" not in text
        and "@font-face" not in text
        and " style=" not in text
    )


@pytest.mark.parametrize("name", [picture.name for picture in every()])
def test_every_colour_has_a_counterpart_in_the_dark(name: str, svgs: dict[str, str]) -> None:
    text = svgs[name]
    used = set(re.findall(r' (?:fill|stroke)="([^"]+)"', text)) - {"none", "transparent"}
    assert used <= set(LIGHT.values()), used - set(LIGHT.values())
    assert len(set(LIGHT.values())) == len(LIGHT) == len(DARK)
    assert all(f'[fill="{LIGHT[name]}"]{{fill:{DARK[name]}}}' in text for name in LIGHT)


def test_equal_figures_are_equal_bytes_in_any_order(svgs: dict[str, str]) -> None:
    pictures = reversed(every())
    assert {picture.name: str(draw_picture(picture)) for picture in pictures} == svgs


@pytest.mark.parametrize(
    "picture",
    every("en", HOSTILE, {"healthy": HOSTILE, "at_risk": HOSTILE + "2"}),
    ids=lambda picture: picture.name,
)
def test_names_from_the_data_are_text(picture: Picture) -> None:
    elements = list(ElementTree.fromstring(str(draw_picture(picture))).iter())
    assert not [each for each in elements if each.tag.removeprefix(SVG) in ("script", "img")]
    assert not [name for each in elements for name in each.attrib if name.startswith("on")]
    text = " ".join("".join(each.itertext()) for each in elements)
    assert "\u202e" not in text and "\x00" not in text
    if picture.name in ("misses", "waiting", "flows"):
        assert "<script>alert" in text


def test_numbers_follow_the_language() -> None:
    picture = next(picture for picture in every("de") if picture.name == "deciles")
    text = str(draw_picture(picture))
    assert "10\u00a0%" in text and "10%" not in text


def test_without_figures_there_is_no_picture() -> None:
    bare = replace(validation(), auc=None, calibration=None, lead=None, misses=(), followup=None)
    assert build_pictures(bare, BANDS, WORDS) == ()


@pytest.mark.parametrize("name", ["altair", "vl_convert"])
def test_without_the_extra_the_error_says_how_to_install_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, name, None)  # as if it weren't installed
    with pytest.raises(UsageError, match=r"pip install 'salus\[pictures\]'"):
        draw_picture(every()[0])


def test_nothing_heavy_is_imported_before_something_is_drawn() -> None:
    code = (
        "import sys, salus.cli.report, salus.cli.validate, salus.verbs.validate.validate, salus.channels.report\n"
        "print([name for name in ('altair', 'vl_convert', 'narwhals', 'jsonschema') if name in sys.modules])"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )
