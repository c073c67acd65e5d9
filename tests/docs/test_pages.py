"""Every page with commands works as printed, and shows what they print.

`SALUS_REWRITE=1 pytest tests/docs` renews the outputs in the pages.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.docs.page import BLOCK, Runner, plain, renew, salus, shown

ROOT = Path(__file__).parents[2]
PAGES = (
    "README.md",
    "docs/tutorial/first-score.md",
    "docs/how-to/first-import.md",
    "docs/how-to/write-a-model.md",
    "docs/how-to/daily-run.md",
    "docs/how-to/read-a-check.md",
    "docs/how-to/read-a-validation.md",
    "docs/how-to/share-a-report.md",
    "docs/how-to/python.md",
    "docs/how-to/upgrade.md",
    "docs/explanation/change.md",
    "docs/explanation/forecast.md",
    "docs/explanation/learning.md",
    "docs/explanation/metrics.md",
    "docs/explanation/plan.md",
)
pytestmark = pytest.mark.xdist_group("pages")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `make demo` was given, and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.chdir(folder)
        output = salus(["demo", "salus-demo"])
    (folder / "output").write_text(output, encoding="utf-8")
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_a_page_works_as_printed(
    page: str, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(
        ROOT / "examples",
        tmp_path / "examples",
        ignore=shutil.ignore_patterns("history", "models", "partials", "rejected"),
    )
    if page.startswith("docs/explanation/"):
        shutil.copytree(demo / "salus-demo", tmp_path / "salus-demo")
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    fresh = renew(text, Runner(tmp_path, monkeypatch, demo))
    if os.environ.get("SALUS_REWRITE"):
        path.write_text(fresh, encoding="utf-8")
    else:
        assert plain(text) == plain(fresh)


def test_every_page_that_shows_an_output_is_run() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("tutorial/*.md")]
    pages += [
        path
        for folder in ("how-to", "explanation")
        for path in (ROOT / "docs").glob(f"{folder}/*.md")
        if "\n```text\n" in path.read_text(encoding="utf-8")
    ]
    assert {str(path.relative_to(ROOT)) for path in pages} <= set(PAGES)


def test_a_changed_output_fails(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "```sh\necho 12   34\n```\n\n```text\n12 35\n```\n"
    fresh = renew(page, Runner(tmp_path, monkeypatch, demo))
    assert plain(fresh) != plain(page)
    assert plain(fresh) == plain(page.replace("35", "34"))


def test_a_block_is_read_with_its_file_and_its_note() -> None:
    page = "`mine/a.csv`\n\n```csv\na,b\n```\n\n<!-- first 1 lines -->\n```text\nx\n```\n"
    first, second = BLOCK.finditer(page)
    assert (first["file"], first["body"]) == ("mine/a.csv", "a,b\n")
    assert shown("x\ny\n", second["note"]) == "x\n…\n"
