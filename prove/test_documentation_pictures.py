"""The charts kept for the documentation are those of the demo company."""

from __future__ import annotations

import json

from scripts.draw_pictures import CHARTS, charts, render_svgs


def test_the_kept_charts_are_the_demo_s() -> None:
    """Compared as drawn, to about a hundredth of a pixel, because the last digits of a figure
    depend on the machine.
    """
    kept = json.loads(CHARTS.read_text(encoding="utf-8"))
    made = charts()
    assert [(picture["name"], picture["says"]) for picture in made] == [
        (picture["name"], picture["says"]) for picture in kept
    ]
    assert render_svgs(made) == render_svgs(kept)
