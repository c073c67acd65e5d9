"""What holds for the repository as a whole."""

from __future__ import annotations

import re
import tokenize
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "salus"
DOMAIN_WORDS = re.compile(
    r"(^|_)(accounts?|customers?|churn(ed)?|teams?|employees?)(_|$)", re.IGNORECASE
)
DOMAIN_FOLDERS = ("packs", "demo", "draft", "cli")
DOMAIN_ROOMS = (("verbs", "init"), ("channels", "folder"))  # they show what a draft found
OF_MACHINES = tuple(f"/{folder}/" for folder in ("work", "root", "home"))


def test_constraints_name_no_address() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "==" in text


def test_packs_hold_no_code() -> None:
    assert not list((SOURCE / "packs").rglob("*.py"))
    assert list((SOURCE / "packs").glob("*.yaml"))


def test_the_engine_speaks_of_entities() -> None:
    """account, customer, churn, team, employee are words of packs, never names in the engine."""
    found = []
    for path in SOURCE.rglob("*.py"):
        folders = path.relative_to(SOURCE).parts
        of_domain = folders[0] in DOMAIN_FOLDERS or folders[:2] in DOMAIN_ROOMS
        if of_domain or path.name == "demo.py":
            continue
        with path.open("rb") as file:
            names = [
                token for token in tokenize.tokenize(file.readline) if token.type == tokenize.NAME
            ]
        found += [
            f"{path.relative_to(ROOT)}:{token.start[0]} {token.string}"
            for token in names
            if DOMAIN_WORDS.search(token.string)
        ]
    assert found == []


def test_product_and_texts_name_no_place_outside() -> None:
    """Nothing but tests speaks of data beside the checkout, or of a path of some machine."""
    found = []
    for path in [
        *SOURCE.rglob("*"),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "README.md",
        ROOT / "Makefile",
    ]:
        if path.is_file() and path.suffix in (".py", ".yaml", ".md", ""):
            text = path.read_text(encoding="utf-8")
            found += [
                f"{path.relative_to(ROOT)}: {word}"
                for word in ("../shared", *OF_MACHINES)
                if word in text
            ]
    assert found == []


def test_links_in_the_documentation_lead_somewhere() -> None:
    lost = []
    for path in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                lost.append(f"{path.relative_to(ROOT)} -> {target}")
    assert lost == []


def test_generated_pages_are_up_to_date() -> None:
    """`make docs` writes them."""
    from scripts.write_reference import FOLDER, PAGES

    for file, page in PAGES.items():
        assert (FOLDER / file).read_text(encoding="utf-8") == page(), file


def test_every_yaml_model_in_the_documentation_reads() -> None:
    from salus.model.read import check_text

    read = 0
    for path in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]:
        for block in re.findall(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            if block.startswith("version: 1"):
                read += 1
                assert [
                    str(problem) for problem in check_text(block)[1] if problem.severity == "error"
                ] == [], path
    assert read >= 2
