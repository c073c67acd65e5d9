"""What could confuse a person who uses Salus for the first time."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from salus.channels.words import load_words
from salus.channels.words.labels import words_for
from salus.channels.words.pack_labels import load_labels, measure_kinds
from salus.cli.main import main
from salus.errors import UsageError
from salus.model.read import read_text
from salus.project import open_project
from salus.scores.entity_lookup import find_row
from salus.sources.postgres import _reason
from salus.verbs.doctor.doctor import EXTRAS
from tests.project.company import AS_OF, MODEL, write_company


@pytest.fixture
def company(tmp_path: Path) -> Path:
    return write_company(tmp_path / "small")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        main, [str(argument) for argument in arguments], catch_exceptions=False
    )


@pytest.mark.parametrize(
    "verb",
    [("plan", "--as-of", AS_OF, "--model"), ("adopt", "--dry-run", "--as-of", AS_OF), ("adopt",)],
)
def test_another_model_lies_in_the_project_or_here(
    company: Path, verb: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = MODEL.replace("good: 3", "good: 4").replace("weight: 2", "weight: 3") + "\n# edited\n"
    elsewhere = company.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    failure = run("-C", "../small", *verb, "next.yaml")
    assert failure.exit_code == 1
    assert f"no such file in {Path('../small').absolute()} or {elsewhere}" in failure.stderr
    (elsewhere / "next.yaml").write_text("not a model", encoding="utf-8")
    (company / "next.yaml").write_text(edited, encoding="utf-8")  # the project's comes first
    read = run("-C", "../small", *verb, "next.yaml")
    assert read.exit_code == 0
    assert "next.yaml is read from the project's folder, not the other file" in read.stderr
    (company / "next.yaml").rename(elsewhere / "other.yaml")
    if verb != ("adopt",):
        assert run("-C", "../small", *verb, "other.yaml").exit_code == 0


def test_the_plural_is_the_models(company: Path) -> None:
    path = company / "salus.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("name: account,", "name: company,"),
        encoding="utf-8",
    )
    output = run("-C", company, "score", "--as-of", AS_OF).stdout
    assert "companies" in output
    assert "companys" not in output


def test_a_measure_named_like_one_of_the_packs_is_described_only_if_it_is_of_its_kind() -> None:
    text = """\
version: 1
name: own
entity: {name: account, key: id}
sources: {parcels: {table: parcels, key: id, time: at}}
dimensions: {d: {measures: {open_tickets: {sum: parcels.weight, bad: 1, good: 0}, tickets_week: {count: parcels, bad: 1, good: 0}}}}
"""
    words = words_for(read_text(text), "en")
    assert "open_tickets" not in words.tells
    assert words.tells["tickets_week"] == load_labels("en").tells["tickets_week"]
    assert set(measure_kinds()) == set(load_labels("en").tells)
    assert load_words("en").tells == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ("scroe",),
        ("score", "--as-of", "soon"),
        ("validate", "--outcome", "x", "--horizon", "long"),
        ("adopt", "x.yaml", "--share", "200%"),
        ("adopt", "x.yaml", "--shadow", "--segment", "s"),
        ("forecast", "--horizon", "long"),
        ("score", "--out", "x.doc"),
    ],
)
def test_wrong_usage_exits_2(company: Path, arguments: tuple[str, ...]) -> None:
    (company / "x.yaml").write_text(MODEL, encoding="utf-8")
    assert run("-C", company, *arguments).exit_code == 2


def test_an_unknown_command_is_guessed() -> None:
    assert "did you mean `score`?" in run("scroe").stderr
    assert "see `salus --help`" in run("xyzzy").stderr


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_is_named_with_its_extra(
    library: str, company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = open_project(company).score(AS_OF)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=rf"salus\[{library}\]"):
        getattr(scores, f"to_{library}")()


def test_the_report_says_what_it_does(company: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    open_project(company).report(tmp_path / "page.html", AS_OF, progress=steps.append)
    assert steps == ["scoring the last months", "writing the page"]


def test_a_part_of_a_name_lists_the_matches() -> None:
    labels = ["Nordwind GmbH", "Nordlicht ApS", None]
    with pytest.raises(
        UsageError, match="is part of these names: A-1 Nordwind GmbH, A-2 Nordlicht ApS"
    ):
        find_row("nord", ["A-1", "A-2", "B-3"], labels, open_project_date())
    with pytest.raises(UsageError, match="is part of this name: B-3"):
        find_row("b-", ["A-1", "A-2", "B-3"], labels, open_project_date())


def open_project_date() -> dt.date:
    return dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "--as-of", AS_OF, "--out", "{}/scores.csv"),
        ("report", "--as-of", AS_OF, "--out", "{}/r.html"),
        ("learn", "--outcome", "left", "--out", "{}/p.yaml"),
    ],
)
def test_a_mistyped_place_makes_no_folders(company: Path, arguments: tuple[str, ...]) -> None:
    missing = company.parent / "no" / "where"
    result = run("-C", company, *(argument.format(missing) for argument in arguments))
    assert result.exit_code == 1
    assert "doesn't exist" in result.stderr
    assert not missing.parent.exists()
    assert not (company / "history").exists()


def test_doctor_lists_every_extra(company: Path) -> None:
    output = run("-C", company, "doctor").stdout
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    part = project.split("[project.optional-dependencies]")[1].split("\n[")[0]
    extras = {line.split(" = ")[0] for line in part.splitlines() if " = [" in line} - {
        "dev",
        "prove",
    }
    assert set(EXTRAS) == extras
    assert all(f"optional extra {name}" in output for name in extras)


def test_doctor_says_why_a_database_is_not_reached(company: Path) -> None:
    pytest.importorskip("adbc_driver_postgresql", reason="the extra `postgres` isn't installed")
    (company / "salus.toml").write_text(
        '[data]\nurl = "postgresql://me:secret@127.0.0.1:9/x"\n', encoding="utf-8"
    )
    result = run("-C", company, "doctor")
    assert result.exit_code == 1
    assert "no server is running at this host and port" in result.stdout
    assert "secret" not in result.stdout


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (
            'FATAL: password authentication failed for user "me"',
            "the user or the password is wrong",
        ),
        ('FATAL: database "nope" does not exist', "the server has no such database"),
        ('could not translate host name "db" to address', "the host name is unknown"),
        ("something with pass=secret", "for an unknown reason"),
    ],
)
def test_a_reason_repeats_nothing_of_the_address(message: str, reason: str) -> None:
    assert _reason(message) == reason
