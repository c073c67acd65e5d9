"""The section about an outcome appears only if one was chosen, agrees with the validation, and can be
read without pictures.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from salus.channels.report.page import render_page
from salus.channels.report.proof import MOST, write_heading
from salus.channels.words import LANGUAGES, load_words
from salus.channels.words.labels import words_for
from salus.channels.words.verdict import write_verdict
from salus.cli.main import main
from salus.finding import Finding
from salus.insight.learning.band_limits import MissedOutcomes
from salus.insight.statistics.interval import Interval
from salus.insight.validation.verdict import compare_with_best
from salus.project import open_project
from salus.verbs.report.prediction import OutcomeHorizon, validate_score
from tests.channels.example import example
from tests.channels.html_tree import Element, parse_html
from tests.channels.proof import DAY, misses, validation
from tests.insight.portfolio import write_book

pytest.importorskip("altair", reason="the extra `pictures` isn't installed")
pytest.importorskip("vl_convert", reason="the extra `pictures` isn't installed")

REPORT = dataclasses.replace(example(), proof=validation())
HOSTILE = "</style><script>alert(1)</script>{0}"


def section(language: str = "en") -> Element:
    root = parse_html(render_page(REPORT, load_words(language, {}, "account")))
    return next(
        element for element in root.all("section") if element.attributes.get("id") == "proof"
    )


def test_without_an_outcome_there_is_no_such_section() -> None:
    text = render_page(example(), load_words("en", {}, "account"))
    assert 'id="proof"' not in text and ".picture [" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_has_its_figures_as_a_table(language: str) -> None:
    proof = section(language)
    figures = proof.all("figure")
    assert len(figures) == 6
    for figure in figures:
        assert [child.tag for child in figure.children] == ["h3", "svg", "figcaption", "details"]
        assert (
            figure.children[1].children[1].text == figure.children[2].text
        )  # the description is the caption
        assert len(figure.all("tr")) >= 3


def test_colours_change_in_the_dark_once_for_all_pictures() -> None:
    style = next(
        element.text for element in parse_html(render_page(REPORT, load_words("en"))).all("style")
    )
    assert style.count('.picture [fill="#27548a"]') == 1
    assert section().all("style") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_limits_come_before_the_verdict_and_misses_after_it(
    language: str,
) -> None:
    limits = (
        Finding("limit.one_date", day=dt.date(2025, 11, 8)),
        Finding("limit.partly_today", measures=("open_tickets",)),
    )
    weak = dataclasses.replace(
        validation(), limits=limits, missed=MissedOutcomes("at_risk", 4, 7, 64.0, 3)
    )
    words = load_words(language, {}, "account")
    root = parse_html(render_page(dataclasses.replace(example(), proof=weak), words))
    proof = next(part for part in root.all("section") if part.attributes.get("id") == "proof")
    before, lead = (paragraph.text for paragraph in proof.all("p")[:2])
    _, after = lead.split(words.finding(weak.verdict))
    assert f"{before} {lead}".startswith(write_verdict(weak, words))
    assert words.long_date(dt.date(2025, 11, 8)) in before and "Open tickets" in before
    assert all(number in after for number in ("4", "7", "64", "3"))


def test_a_band_that_misses_few_is_not_mentioned() -> None:
    few = dataclasses.replace(validation(), missed=MissedOutcomes("at_risk", 3, 7, 64.0, 3))
    assert "A limit of 64" not in render_page(
        dataclasses.replace(example(), proof=few), load_words("en")
    )


def test_the_register_lists_accounts_without_a_warning() -> None:
    table = section().all("table")[-1]
    names = [row.all("th")[0].text for row in table.all("tr")[1:]]
    assert names == [miss.label for miss in misses() if miss.missed]
    assert "Open tickets: 15\u00a0points" in table.text


def test_the_register_is_bounded() -> None:
    many = tuple(
        dataclasses.replace(miss, id=f"A-{n}-{miss.id}", day=DAY - n)
        for n in range(30)
        for miss in misses()
    )
    report = dataclasses.replace(example(), proof=dataclasses.replace(validation(), misses=many))
    sections = parse_html(render_page(report, load_words("en"))).all("section")
    table = next(miss for miss in sections if miss.attributes.get("id") == "proof").all("table")[-1]
    assert len(table.all("tr")) == MOST + 1


@pytest.mark.parametrize(
    ("word", "sign", "begins"),
    [
        (
            "evidence",
            -1,
            "The score predicts “churned” within 90\u00a0days. If you take one account with “churned” and one without,"
            " the one with “churned” has the lower score in 71%",
        ),
        (
            "evidence",
            1,
            "The score predicts “churned” within 90\u00a0days. If you take one account with “churned” and one without,"
            " the one with “churned” has the higher score",
        ),
        ("no evidence", -1, "There is no evidence"),
        (
            "backwards",
            -1,
            "The score points the wrong way: it is higher where “churned” occurs",
        ),
        ("backwards", 1, "The score points the wrong way: it is lower where “churned” occurs"),
        ("too few", -1, "No verdict: among 230 accounts there are 61 with “churned”"),
    ],
)
def test_the_verdict_is_that_of_the_validation(word: str, sign: float, begins: str) -> None:
    assert write_verdict(
        validation("churned", word, sign), load_words("en", {}, "account")
    ).startswith(begins)


def test_a_further_score_is_named() -> None:
    main_score = validation()
    further = dataclasses.replace(
        main_score, question=dataclasses.replace(main_score.question, score="growth")
    )
    assert write_heading(further, load_words("en")) == "Does the score “Growth” predict “churned”?"


@pytest.mark.parametrize(
    ("difference", "says"),
    [
        ((0.03, 0.01, 0.05), "better than the best single measure, “Active users”"),
        ((-0.1, -0.2, -0.05), "“Active users” alone predicts better than the score"),
        ((0.0, -0.1, 0.1), "It isn’t clear whether the score predicts better"),
    ],
)
def test_the_best_single_measure_is_named_with_the_difference(
    difference: tuple[float, float, float], says: str
) -> None:
    result = validation()
    beside = dataclasses.replace(result.comparisons[1], difference=Interval(*difference))
    assert says in write_verdict(
        dataclasses.replace(result, best_single=compare_with_best((beside,))),
        load_words("en", {}, "account"),
    )


def test_without_the_extra_the_figures_stay_and_the_page_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)  # as if it weren't installed
    proof = section()
    assert "pip install 'salus[pictures]'" in proof.text
    assert [svg for svg in proof.all("svg") if svg.attributes.get("role") == "img"] == []
    assert len(proof.all("figure")) == 6 and len(proof.all("table")) == 7
    assert proof.all("details") == []


def test_without_the_extra_no_work_is_done_for_pictures(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    result = CliRunner().invoke(
        main,
        [
            "-C",
            str(book),
            "validate",
            "--outcome",
            "churned",
            "--pictures",
            str(tmp_path / "slides"),
        ],
    )
    assert result.exit_code == 1
    assert "pip install 'salus[pictures]'" in result.output
    assert not (tmp_path / "slides").exists()


def test_an_outcome_s_name_is_text() -> None:
    report = dataclasses.replace(example(), proof=validation(HOSTILE))
    root = parse_html(render_page(report, load_words("en", {}, "account")))
    assert root.all("script") == []
    assert (
        HOSTILE
        in next(
            element for element in root.all("section") if element.attributes.get("id") == "proof"
        )
        .all("h2")[0]
        .text
    )


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_book(tmp_path_factory.mktemp("book") / "project", accounts=120)


def test_a_report_of_an_outcome_agrees_with_validate(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    result = CliRunner().invoke(
        main,
        ["-C", str(book), "report", "--outcome", "churned", "--horizon", "60d", "--out", str(out)],
    )
    assert result.exit_code == 0, result.output
    expected = open_project(book).validate("churned", "60d").validation
    text = parse_html(out.read_text(encoding="utf-8")).text
    words = words_for(open_project(book).model, "en")
    assert write_verdict(expected, words) in text
    assert (
        f"The rows include {expected.events} accounts that churned within the next 60 days"
        in text.replace("\u00a0", " ")
    )


def test_a_report_of_a_past_date_knows_nothing_later(book: Path, tmp_path: Path) -> None:
    as_of = dt.date(2024, 6, 1)
    result = validate_score(open_project(book), OutcomeHorizon("churned", 60), as_of)
    last = (as_of - dt.date(1970, 1, 1)).days
    assert max(result.days) + 60 <= last
    assert max(miss.day for miss in result.misses) < last


def test_an_unknown_outcome_is_refused(book: Path) -> None:
    result = CliRunner().invoke(main, ["-C", str(book), "report", "--outcome", "chruned"])
    assert result.exit_code == 1
    assert "no outcome `chruned`" in result.output
    assert not (book / "report.html").exists()


def test_validate_writes_pictures(book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "slides"
    result = CliRunner().invoke(
        main, ["-C", str(book), "validate", "--outcome", "churned", "--pictures", str(folder)]
    )
    assert result.exit_code in (0, 3), result.output  # 3: it also warns of the data
    names = {path.name for path in folder.iterdir()}
    assert {
        "deciles.svg",
        "calibration.svg",
        "lead.svg",
        "misses.svg",
        "waiting.svg",
        "flows.svg",
    } == names
    assert all(path.read_text(encoding="utf-8").startswith("<svg") for path in folder.iterdir())


def test_without_charts_no_text_speaks_of_what_they_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dashed line and the axis are only there with the charts."""
    drawn = section("en").text
    monkeypatch.setattr("salus.channels.report.proof.is_missing", lambda: True)
    tables = section("en").text
    assert "dashed line" in drawn and "dashed line" not in tables
    assert "This section has no charts" in tables and "This section has no charts" not in drawn
