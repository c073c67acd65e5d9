"""Texts from outside are shown without control characters, passwords or formulas."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pytest

from salus.channels.table_file import write_csv
from salus.sanitize import escape_formula, is_formula, one_line, printable, redact, redact_address

HIDING = (
    "",
    " ",
    "\t",
    "\n",
    "\r",
    "\u00a0",
    "\ufeff",
    "\u200b",
    "\u200d",
    "\u2060",
    "\u3000",
    "\u00ad",
    "\x00",
    "\x0b",
    "\x85",
    "\u2028",
    "\u202e",
    "\u3164",
    "\ufe0f",
    " \u200b\u00a0",
)
STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦")
SECRETS = ("s3cret", "s3cr@t", "s3cret/x@y", "s3cret:5432", "s3cret?x=1", "s3cret#1", "s3cret%20x")


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("hiding", HIDING)
def test_nothing_hides_a_formula(hiding: str, start: str) -> None:
    for text in (f"{hiding}{start}1+1", f"a\r{hiding}{start}1+1", f"a\n{hiding}{start}1+1"):
        assert is_formula(text)
        lines = escape_formula(text).split("\n")
        assert not any(is_formula(line) for line in lines)
        assert not set("\r\x00\x0b\x85\u2028") & set("".join(lines))


@pytest.mark.parametrize(
    "text",
    [
        "Nordwind GmbH",
        "a = 1",
        'Ærø, "x"',
        "",
        "x-y@z",
        "1+1",
        "Ærø\nline",
        "株式会社",
        "e\u0301t\u00e9",
    ],
)
def test_plain_text_stays(text: str) -> None:
    assert escape_formula(text) == text
    assert not is_formula(text)


@pytest.mark.parametrize("hiding", HIDING)
def test_a_label_stays_in_one_cell(tmp_path: Path, hiding: str) -> None:
    labels = [f"A\r{hiding}=1+1", f"{hiding}=2", "plain"]
    write_csv(pa.table({"id": ["a", "b", "c"], "label": labels}), tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[0] for row in rows] == ["id", "a", "b", "c"]
    assert not any(is_formula(cell) for row in rows for cell in row)
    assert b"\r" not in (tmp_path / "t.csv").read_bytes()


def test_control_characters_do_not_reach_the_terminal() -> None:
    hostile = "".join(
        map(
            chr,
            [
                *range(32),
                *range(127, 160),
                0x202A,
                0x202E,
                0x2066,
                0x2069,
                0x200F,
                0xFEFF,
                0x2028,
                0xD800,
            ],
        )
    )
    assert set(one_line(hostile)) == {" "}
    assert len(one_line(hostile)) == len(hostile)
    assert printable("a\nb\x1b[2J\n") == "a\nb [2J\n"


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "address",
    [
        "postgresql://eva:{}@db.example.com:5432/app",
        "postgres://:{}@db/app",
        "postgresql:/eva:{}@db/app",
        "postgresql:///eva:{}@db/app",
        "postgres//eva:{}@db/app",
        "postgresql:eva:{}@db/app",
        "eva:{}@db/app",
        "acme/postgresql:/eva:{}@db/app",
        "spark://eva:{}@host:7077",
        "postgresql://db/app?user=eva&password={}",
        "postgresql://db/app?sslpassword={}&sslmode=require",
        "host=db user=eva password={}",
        "host=db password='{}'",
        "duckdb:///x.duckdb?motherduck_token={}",
        "spark.hadoop.fs.s3a.secret.key={}",
    ],
)
def test_no_address_shows_its_password(address: str, secret: str) -> None:
    for text in (
        address.format(secret),
        f"`{address.format(secret)}` isn't a folder, says the driver",
    ):
        assert "s3cr" not in redact(text)
        assert redact(redact(text)) == redact(text)
    assert "x@y" not in redact_address(address.format(secret))


def test_a_password_with_blanks_is_hidden_in_an_address() -> None:
    assert "blank" not in redact_address("postgresql://db/app?password=pass blank 2\nblank")
    assert "word" not in redact_address("eva:pass word@db")


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://db.example.com:5432/app?sslmode=require",
        "spark:local[2]",
        "duckdb:///b.duckdb",
        "write to eva@example.com",
        "`where`: kind = 'login'",
        "salus.yaml:3:5: no",
        "at 10:30:00 or 11:00",
    ],
)
def test_text_without_a_secret_stays(text: str) -> None:
    assert redact(text) == text
