"""The page and the lines about a folder of exports."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from salus.channels.folder.boxes import render_box
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
    ways=((JoinStep("Org", "companies", "Name", "company name"),),),
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
    assert (
        "999 of the 1,000 rows that count lead to the list of customers" in text
        and "1 to nobody" in text
    )
    assert "by Org (company name) → Name in companies" in text


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
    assert lines[1].startswith("companies") and lines[1].endswith("listing the customers")
    assert re.search(r"tickets +tickets +1,000 +99% +Org +2: open_tickets", lines[2])
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


def box(table: FolderTable, language: str = "en", entity: str = "account", **labels: str) -> str:
    """The text of a table's box, on one line."""
    words = replace(load_words(language, labels, entity), currency="EUR")
    return re.sub(r"<[^>]+>", "", render_box(table, words).text)


def test_rows_of_the_customers_table_are_called_what_they_are() -> None:
    table = replace(COMPANY, rows=336, kept=324, ever=240)
    assert "324 of 336 rows are accounts (240 of them are or were customers)" in box(table)
    assert "324 von 336 Zeilen sind " in box(table, "de")
    assert "(240 davon sind oder waren Kunden)" in box(table, "de")
    assert "(240 af dem er eller har været kunder)" in box(table, "da")
    as_customers = box(table, entity="customer")
    assert "324 of 336 rows can be customers (240 of them are or were)" in as_customers
    german = box(
        table, "de", account="Kunde", accounts="Kunden", customer="Kunde", customers="Kunden"
    )
    assert "324 von 336 Zeilen können Kunden sein (240 davon sind oder waren es)" in german
    for ever in (None, 324):
        text = box(replace(table, ever=ever))
        assert "324 of 336 rows are accounts" in text and "are or were" not in text


def test_the_model_s_own_count_decides_the_share() -> None:
    counted = replace(TICKETS, dated=2000, matched=1990, unknown=3, empty=4, left_out=3)
    assert counted.share == 0.995 and TICKETS.share == 0.999
    text = box(counted)
    assert "1,990 of 2,000 rows with a date lead to the list of customers" in text
    assert "3 to nobody · 4 empty · 3 to a row that is left out" in text
    whole = replace(counted, matched=2000, unknown=0, empty=0, left_out=0)
    assert "unknown" not in box(whole)
    line = format_tables(replace(CONTENT, tables=(whole,)), load_words())[1]
    assert re.search(r"tickets +1,000 +100% ", line)


def test_a_label_names_the_table_instead_of_repeating_it() -> None:
    table = replace(
        TICKETS, name="Mobile <b>Events", measures=("mobile_b_events_last_days", "my_last_days")
    )
    text = box(table, last_days="Days since last use")
    assert "Days since last use (Mobile &lt;b&gt;Events), My last days" in text
    assert "Mobile b events last days" in box(table)  # a name that no pack knows stays as it is


def test_rates_convert_amounts() -> None:
    rates = FolderTable(name="fx", role="lookup", rows=9, kept=9, uses=("rates",))
    assert "Used for: converting amounts to EUR" in box(rates)
    assert "Used for: looking up values" in box(replace(rates, uses=("lookup",)))
    line = format_tables(replace(CONTENT, tables=(rates,)), load_words())[1]
    assert line.endswith("converting amounts")


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_that_overlap_are_explained(language: str) -> None:
    words = load_words(language)
    note = words.text("folder.left_out.overlap")
    assert note not in render_folder_page(CONTENT, words)  # 2 rows of 12 for one reason
    further = Finding("rows.left_out", reason="test", column="kind", values=("x",), rows=1)
    table = replace(COMPANY, findings=(*COMPANY.findings, further))
    assert note in render_folder_page(replace(CONTENT, tables=(table,)), words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rows_of_own_staff_enter_no_score(language: str) -> None:
    words = load_words(language)
    text = words.finding(Finding("rows.own_staff", column="Email", rows=4))
    assert ": 4. " in text and "Email" in text and ";" not in text


def test_rows_that_measures_leave_out_overlap_with_no_other_reason() -> None:
    spam = Finding("rows.left_out", reason="spam", column="Type", values=("Spam",), rows=4)
    values, by = ("End",), "measures"
    notices = Finding("rows.left_out", reason="notice", column="Type", values=values, rows=9, by=by)
    table = replace(TICKETS, rows=1004, findings=(spam, notices))
    text = re.sub(
        r"<[^>]+>", " ", render_folder_page(replace(CONTENT, tables=(table,)), load_words())
    )
    assert "the notice of leaving itself" in text
    assert "A row can be listed under several reasons." not in text


def test_the_rows_of_a_table_that_measures_read_are_those_with_a_date() -> None:
    assert "999 of 1,200 rows with a date lead" in box(replace(TICKETS, dated=1200))
    assert "999 von 1.200 Zeilen mit Datum" in box(replace(TICKETS, dated=1200), "de")
