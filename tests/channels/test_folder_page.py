"""The page and the lines about a folder of exports."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from salus.channels.folder.content import (
    FolderContent,
    FolderPopulation,
    FolderTable,
    JoinStep,
)
from salus.channels.folder.lines import format_population, format_tables
from salus.channels.folder.page import render_folder_page
from salus.channels.folder.reasons import has_reason
from salus.channels.text.width import limit_width
from salus.channels.words import LANGUAGES, load_words
from salus.finding import Finding
from tests.channels.html_tree import parse_html

EVIL = "<script>alert(1)</script>\u202e&"
COMPANY = FolderTable(
    name="companies",
    role="customers",
    tool="hubspot",
    rows=12,
    kept=10,
    uses=("customers",),
    leaks=("Last seen", EVIL),
    findings=(
        Finding("rows.left_out", reason="deleted", column=EVIL, values=("true", EVIL), rows=2),
        Finding("customers.repeated_key", rows=3),
    ),
)
TICKETS = FolderTable(
    name="tickets",
    role="tickets",
    rows=1000,
    kept=1000,
    matched=999,
    unknown=1,
    ways=((JoinStep("company(Org)", "companies", "company(Name)"),),),
    time="Created",
    measures=("open_tickets", "ticket_count"),
)
LOOSE = FolderTable(name=EVIL, role="events", rows=5, kept=5, findings=(Finding("table.no_way"),))
POPULATION = FolderPopulation(
    as_of=dt.date(2026, 10, 31), today=192, ever=240, left=48, value=1200.0, currency="EUR"
)
CONTENT = FolderContent(
    name=EVIL,
    version="1",
    customers="companies",
    tables=(LOOSE, TICKETS, COMPANY),
    population=POPULATION,
    questions=(f"Is {EVIL} right?",),
    notes=(f"guess `{EVIL}`",),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_from_the_data_becomes_markup(language: str) -> None:
    page = render_folder_page(CONTENT, load_words(language))
    assert "<script" not in page and "\u202e" not in page
    assert page.count("alert(1)") >= 6
    parse_html(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_a_box_for_each_table_and_all_that_is_left_out(language: str) -> None:
    page = render_folder_page(CONTENT, load_words(language))
    assert page.count("<article") == len(CONTENT.tables)
    assert page.count('class="box idle"') == 1
    ids = set(re.findall(r'<section[^>]* id="([a-z_]+)"', page))
    assert ids == {"questions", "tables", "unused", "left_out", "leaks", "notes"}
    assert set(re.findall(r'href="#([a-z_]+)"', page)) == ids
    for text in ("192", "240", "48", "Last seen", "HubSpot", ": 3."):
        assert text in page


def test_the_page_says_how_a_table_joins() -> None:
    page = render_folder_page(CONTENT, load_words())
    box = page[page.index("<bdi>tickets</bdi>") :].split("</article>")[0]
    text = re.sub(r"<[^>]+>", "", box)
    assert "999 of 1,000 rows lead to a customer" in text and "1 unknown" in text
    assert "by company(Org) → company(Name) in companies" in text


def test_a_folder_without_problems_says_so() -> None:
    plain = FolderContent(name="a", version="1", customers=None, tables=())
    page = render_folder_page(plain, load_words())
    for text in ("None: the tables answer", "Every row counts.", "No column gives away"):
        assert text in page


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_each_table_has_one_line_that_fits(width: int) -> None:
    tables = (replace(TICKETS, name="t" * 90, measures=tuple("abcdefghij" * 3)), *CONTENT.tables)
    with limit_width(width):
        lines = format_tables(replace(CONTENT, tables=tables), load_words())
    assert len(lines) == len(tables) + 1
    assert max(map(len, lines)) <= max(width, 100)
    assert not any("\n" in line or "\u202e" in line for line in lines)


def test_a_line_says_what_a_table_is_used_for_or_why_not() -> None:
    lines = format_tables(CONTENT, load_words())
    assert lines[1].startswith("companies") and lines[1].endswith("lists the customers")
    assert re.search(r"tickets +tickets +1,000 +99% +company\(Org\) +2: open_tickets", lines[2])
    assert "unused: nothing connects it" in lines[3]


def test_the_population_is_a_sentence() -> None:
    assert str(format_population(CONTENT, load_words())).replace("\xa0", " ") == (
        "240 customers ever, 192 on 2026-10-31, 48 left in 18 months; value 1,200 EUR per year"
    )
    assert format_population(replace(CONTENT, population=None), load_words()) is None


def test_a_table_without_a_reason_of_its_own_keeps_its_note() -> None:
    words = load_words()
    assert has_reason(LOOSE, words) and has_reason(replace(LOOSE, role="people"), words)
    assert not has_reason(replace(TICKETS, measures=()), words)
