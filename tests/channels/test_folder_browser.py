"""The page about a folder in a real browser, with hostile and very long names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from salus.channels.folder.page import render_folder_page
from salus.channels.words import LANGUAGES, load_words
from tests.channels.test_browser import (  # skips where there is no Chromium
    Axe,
    Browser,
    browser,
    opened,
)
from tests.channels.test_folder_page import CONTENT, TICKETS

__all__ = ["browser"]  # a fixture

LONG = replace(TICKETS, name="Rindfleischetikettierungsueberwachung" * 3, leaks=("x_" * 60,))

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    content = replace(CONTENT, tables=(*CONTENT.tables, LONG))
    paths = {language: folder / f"{language}.html" for language in LANGUAGES}
    for language, path in paths.items():
        path.write_text(render_folder_page(content, load_words(language)), encoding="utf-8")
    return paths


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (800, "light"), (1280, "dark")])
def test_nothing_is_requested_run_or_cut_off(
    browser: Browser, pages: dict[str, Path], language: str, width: int, scheme: str
) -> None:
    sheet = opened(browser, pages[language], width, scheme)
    noise: list[str] = []
    sheet.on("request", lambda request: noise.append(request.url))
    sheet.on("console", lambda message: noise.append(message.text))
    sheet.on("dialog", lambda dialog: noise.append(dialog.message))
    sheet.goto(pages[language].as_uri(), wait_until="networkidle")
    assert [each for each in noise if each not in (pages[language].as_uri(), "data:,")] == []
    assert sheet.evaluate("document.documentElement.scrollWidth") <= width
    sheet.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing(
    browser: Browser, pages: dict[str, Path], language: str, scheme: str, width: int
) -> None:
    sheet = opened(browser, pages[language], width, scheme, free=True)
    sheet.goto(pages[language].as_uri())
    result = Axe().run(sheet)
    assert result.response["violations"] == [], result.generate_report()
    sheet.context.close()
