"""The whole page in one file. It loads nothing from the network and runs no script."""

from __future__ import annotations

from importlib.resources import files

from salus.channels.colours import DARK, LIGHT, band_token, declare_tokens
from salus.channels.document import render_document
from salus.channels.markup import Markup, element
from salus.channels.pictures.svg import dark_rules as dark_pictures
from salus.channels.report.band_marks import define_hatches
from salus.channels.report.bands import render_bands
from salus.channels.report.content import Report
from salus.channels.report.data import render_data
from salus.channels.report.dimensions import render_dimensions
from salus.channels.report.entries import render_attention_list, render_movements
from salus.channels.report.header import render_header, write_title
from salus.channels.report.proof import render_proof, write_heading
from salus.channels.words import Words

# The sections before and after the proof, which is only there if an outcome was chosen.
BEFORE, AFTER = ("bands", "attention", "moved", "dimensions"), ("data", "reading")


def render_page(report: Report, words: Words) -> str:
    """The HTML of a report."""
    title = f"{report.name}: {write_title(words)}, {words.date(report.as_of)}"
    body = element(
        "body",
        define_hatches(len(report.bands) - 1),
        render_header(report, words),
        _contents(report, words),
        element(
            "main",
            render_bands(report, words),
            render_attention_list(report, words),
            render_movements(report, words),
            render_dimensions(report, words),
            render_proof(report, words),
            render_data(report, words),
            _reading(report, words),
        ),
        element("footer", element("p", words.text("footer", version=report.version))),
    )
    return render_document(title, render_style(report), body, words.language)


def render_style(report: Report) -> str:
    """The style sheet: the colours, then the rules."""
    count = len(report.bands) - 1
    steps = {band_token(position, count) for position in [*range(count), -1]}
    colours = "".join(
        f".{name}{{fill:var(--{name});color:var(--{name})}}" for name in sorted(steps)
    )
    rules = files("salus.channels.report").joinpath("report.css").read_text(encoding="utf-8")
    dark = f":root{{{declare_tokens(DARK)}}}{dark_pictures() if report.proof is not None else ''}"
    return (
        f":root{{{declare_tokens(LIGHT)}}}\n@media screen and (prefers-color-scheme: dark){{{dark}}}\n"
        f"{colours}\n{rules}"
    )


def _contents(report: Report, words: Words) -> Markup:
    named = [(name, words.text(name)) for name in BEFORE]
    named += [("proof", write_heading(report.proof, words))] if report.proof is not None else []
    named += [(name, words.text(name)) for name in AFTER]
    links = [element("li", element("a", text, href=f"#{name}")) for name, text in named]
    return element("nav", element("ul", links), aria_label=words.text("contents"))


def _reading(report: Report, words: Words) -> Markup:
    names = ["score", "band", "coverage", "missing", "cap"]
    if report.half_life:
        names.insert(1, "smooth")
    if report.dead_zone:
        names.insert(names.index("coverage"), "zone")
    items = [
        element("li", words.text(f"reading.{name}", **_numbers(report, words))) for name in names
    ]
    return element(
        "section", element("h2", words.text("reading")), element("ul", items), id="reading"
    )


def _numbers(report: Report, words: Words) -> dict[str, str]:
    """The numbers that those texts contain."""
    half_life = report.half_life or 0
    return {
        "least": words.percent(report.min_coverage),
        "half_life": words.number(half_life, 0),
        "days": words.number(report.window, 0),
        "points": words.number(report.dead_zone),
    }
