"""Draws the pictures of docs/: a demo company is validated and forecast, its charts are kept as
Vega-Lite, and those as SVG.

`python scripts/draw_pictures.py` does both; `python scripts/draw_pictures.py svg` only the second
step.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

from salus.atomic import atomic_write
from salus.channels.pictures.svg import render_chart
from salus.demo import generate
from salus.project import open_project
from salus.verbs.init.init import name_pack, render_settings

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
CHARTS = FOLDER / "charts.json"
ACCOUNTS, YEARS, SEED = 400, 3.0, 1


def charts() -> list[dict[str, Any]]:
    """Name, title, sentence and chart of each picture."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "company"
        generate(folder, accounts=ACCOUNTS, seed=SEED, years=YEARS)
        pack = (files("salus") / "packs" / "b2b_saas.yaml").read_text(encoding="utf-8")
        (folder / "salus.yaml").write_text(name_pack(pack, "demo"), encoding="utf-8")
        (folder / "salus.toml").write_text(render_settings("data/"), encoding="utf-8")
        project = open_project(folder)
        found = (
            *project.validate("churned", "90d").pictures(),
            *project.forecast(keep=False).pictures(),
        )
    return [
        {"name": one.name, "title": one.title, "says": one.says, "chart": one.draw().to_dict()}
        for one in found
    ]


def svgs(found: list[dict[str, Any]]) -> dict[str, str]:
    """File name -> SVG."""
    return {
        f"{one['name']}.svg": f"{render_chart(one['name'], one['title'], one['says'], one['chart'])}\n"
        for one in found
    }


def written(found: list[dict[str, Any]]) -> str:
    """The charts as JSON, one a line."""
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in found) + "\n]\n"


def write(path: Path, text: str) -> None:
    with atomic_write(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
    print(path, file=sys.stderr)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    if sys.argv[1:] != ["svg"]:
        write(CHARTS, written(charts()))
    for name, text in svgs(json.loads(CHARTS.read_text(encoding="utf-8"))).items():
        write(FOLDER / name, text)
