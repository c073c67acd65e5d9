"""The page in a real browser: it loads nothing, nothing overflows, and it is accessible."""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from salus.channels.report.page import render_page
from salus.channels.words import LANGUAGES, load_words
from tests.channels.example import example
from tests.channels.proof import validation

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
if CHROMIUM is None and not os.environ.get("CI"):
    pytest.skip("no Chromium is installed (apt-get install chromium)", allow_module_level=True)

from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCHEMES = ("light", "dark")

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same report in every language, with large numbers and long names."""
    folder, report = tmp_path_factory.mktemp("pages"), example()
    bands = tuple(dataclasses.replace(band, money=(band.money or 0) * 400) for band in report.bands)
    long = dataclasses.replace(
        report.entries[0],
        label="Rindfleischetikettierungsüberwachungsgesellschaftmbh " * 2,
        owner="a.very.long.address.of.somebody@department.example",
    )
    report = dataclasses.replace(
        report,
        bands=bands,
        proof=validation(),
        entries=(long, *report.entries[1:]),
        moved=dataclasses.replace(report.moved, rises=report.entries[6:8]),
    )
    paths = {}
    for language in LANGUAGES:
        paths[language] = folder / f"{language}.html"
        paths[language].write_text(
            render_page(report, load_words(language, {}, "account")), encoding="utf-8"
        )
    return paths


def opened(
    browser: Browser, path: Path, width: int, scheme: str = "light", *, free: bool = False
) -> Page:
    """A page with this width. `free` switches off the page's own policy, which would stop axe."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=free
    )
    return context.new_page()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_requested_and_no_error_is_logged(
    browser: Browser, pages: dict[str, Path], language: str, scheme: str
) -> None:
    sheet = opened(browser, pages[language], 1280, scheme)
    requests: list[str] = []
    messages: list[str] = []
    sheet.on("request", lambda request: requests.append(request.url))
    sheet.on("console", lambda message: messages.append(message.text))
    sheet.on("pageerror", lambda error: messages.append(str(error)))
    sheet.goto(pages[language].as_uri(), wait_until="networkidle")
    assert [url for url in requests if url not in (pages[language].as_uri(), "data:,")] == []
    assert messages == []
    sheet.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 390, 800, 1280])
def test_nothing_scrolls_sideways(
    browser: Browser, pages: dict[str, Path], language: str, width: int
) -> None:
    sheet = opened(browser, pages[language], width)
    sheet.goto(pages[language].as_uri())
    over = sheet.evaluate("""() => [...document.querySelectorAll('body *')].filter(one => !one.closest('.scroll, .unseen')
        && !one.closest('svg') && one.getBoundingClientRect().right > innerWidth + 0.5).map(one => one.outerHTML)""")
    assert over == []
    assert sheet.evaluate("document.documentElement.scrollWidth") <= width
    sheet.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing(
    browser: Browser, pages: dict[str, Path], language: str, scheme: str, width: int
) -> None:
    sheet = opened(browser, pages[language], width, scheme, free=True)
    sheet.goto(pages[language].as_uri())
    for box in sheet.query_selector_all("summary"):
        box.click()
    result = Axe().run(sheet)
    assert result.response["violations"] == [], result.generate_report()
    sheet.context.close()


def test_dark_is_dark_and_paper_is_white(browser: Browser, pages: dict[str, Path]) -> None:
    sheet = opened(browser, pages["en"], 1280, "dark")
    sheet.goto(pages["en"].as_uri())
    ground = "getComputedStyle(document.body).backgroundColor"
    assert sheet.evaluate(ground) == "rgb(18, 21, 26)"
    sheet.emulate_media(media="print")
    assert sheet.evaluate(ground) == "rgb(255, 255, 255)"
    assert sheet.evaluate("getComputedStyle(document.body).color") == "rgb(29, 33, 39)"
    sheet.context.close()


def test_the_numbers_of_a_chart_open_without_a_script(
    browser: Browser, pages: dict[str, Path]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    sheet = context.new_page()
    sheet.goto(pages["en"].as_uri())
    table = sheet.locator("#bands details table")
    assert not table.is_visible()
    sheet.keyboard.press("Tab")
    sheet.locator("#bands summary").focus()
    sheet.keyboard.press("Enter")
    assert table.is_visible()
    context.close()


def test_each_link_leads_to_its_section(browser: Browser, pages: dict[str, Path]) -> None:
    sheet = opened(browser, pages["en"], 1280)
    sheet.goto(pages["en"].as_uri())
    for link in sheet.query_selector_all("nav a"):
        link.evaluate("one => one.click()")  # without any font it has no place for a mouse
        target = sheet.evaluate(
            "document.querySelector(location.hash).querySelector('h2').textContent"
        )
        assert target == link.text_content()
    sheet.context.close()


def test_a4_paper_holds_every_column(browser: Browser, pages: dict[str, Path]) -> None:
    """Nothing is cut off on the right at the width of A4 paper without its margins."""
    sheet = opened(browser, pages["de"], 688)
    sheet.emulate_media(media="print")
    sheet.goto(pages["de"].as_uri())
    over = sheet.evaluate("""() => [...document.querySelectorAll('td, th, p, svg[role=img]')].filter(one =>
        !one.closest('.unseen') && one.getBoundingClientRect().right > innerWidth + 0.5).map(one => one.outerHTML)""")
    assert over == []
    sheet.context.close()
