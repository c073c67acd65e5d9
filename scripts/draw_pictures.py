"""Draws the pictures of docs/ from a demo company: its charts as Vega-Lite, and these as SVG.

`python scripts/draw_pictures.py` does both; with `svg` it only renders the charts that are kept.
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
        pictures = (
            *project.validate("churned", "90d").pictures(),
            *project.forecast(keep=False).pictures(),
        )
    return [
        {
            "name": picture.name,
            "title": picture.title,
            "says": picture.caption,
            "chart": picture.draw().to_dict(),
        }
        for picture in pictures
    ]


def render_svgs(pictures: list[dict[str, Any]]) -> dict[str, str]:
    """The SVG of each chart by its file name."""
    names = ("name", "title", "says", "chart")
    return {
        f"{picture['name']}.svg": f"{render_chart(*(picture[name] for name in names))}\n"
        for picture in pictures
    }


def to_json(pictures: list[dict[str, Any]]) -> str:
    """The charts as JSON, one per line."""
    lines = ",\n".join(json.dumps(picture, ensure_ascii=False) for picture in pictures)
    return f"[\n{lines}\n]\n"


def write(path: Path, text: str) -> None:
    with atomic_write(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
    print(path, file=sys.stderr)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    if sys.argv[1:] != ["svg"]:
        write(CHARTS, to_json(charts()))
    for name, text in render_svgs(json.loads(CHARTS.read_text(encoding="utf-8"))).items():
        write(FOLDER / name, text)
