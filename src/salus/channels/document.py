"""The frame of every HTML page: a head that lets it load nothing from the network and run no script."""

from __future__ import annotations

from salus.channels.markup import Markup, element

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render_document(title: str, style: str, body: Markup, language: str) -> str:
    """The HTML of a page with this `body`. `style`: the text of its style sheet."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        element("link", rel="icon", href="data:,"),
        element("style", Markup(style)),
    )
    return f"<!doctype html>\n{element('html', head, body, lang=language)}\n"
