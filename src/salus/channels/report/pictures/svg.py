"""A picture as SVG that stands alone: no script, no font, no address, readable in light and dark."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import Any

from salus.channels.report.markup import UNSEEN, Markup, element
from salus.channels.report.pictures.picture import Picture
from salus.channels.report.tokens import DARK, LIGHT
from salus.errors import UsageError

NEEDED = ("altair", "vl_convert")
HEAD = re.compile(r"^<svg [^>]*?width=\"(\d+)\" height=\"(\d+)\" viewBox=\"([\d. -]+)\">")


def missing() -> bool:
    """Whether pictures can't be drawn here, as the extra isn't installed."""
    return any(find_spec(name) is None for name in NEEDED)


def drawn(picture: Picture, *, alone: bool = True) -> Markup:
    """The SVG. `alone`: a file of its own, with the colours of the dark; else part of a page that has them."""
    if missing():
        raise UsageError("pictures need an extra that isn't installed", "pip install 'salus[pictures]'")
    import vl_convert
    text = vl_convert.vegalite_to_svg(seen(picture.draw().to_dict()), allowed_base_urls=[])
    head = HEAD.match(text)
    assert head is not None
    width, height, box = head.groups()
    title, about = f"{picture.name}-title", f"{picture.name}-text"
    inner = Markup(text[head.end():-len("</svg>")])
    return element("svg", element("title", picture.title, id=title), element("desc", picture.says, id=about),
                   element("style", Markup(style())) if alone else None, inner, xmlns="http://www.w3.org/2000/svg", role="img",
                   aria_labelledby=title, aria_describedby=about, class_="picture", width=width, height=height, viewBox=box)


def seen(spec: Any) -> Any:
    """A chart without characters that XML doesn't know: one of them in a measured text ends the whole process."""
    if isinstance(spec, str):
        return UNSEEN.sub("", spec)
    if isinstance(spec, dict):
        return {name: seen(value) for name, value in spec.items()}
    return [seen(value) for value in spec] if isinstance(spec, list) else spec


def style() -> str:
    """Every colour of the light as its counterpart in the dark: a rule of a style sheet wins over an attribute."""
    return f"@media screen and (prefers-color-scheme: dark){{{dark()}}}"


def dark() -> str:
    """The rules alone."""
    return "".join(f'.picture [{part}="{colour}"]{{{part}:{DARK[name]}}}'
                   for name, colour in LIGHT.items() for part in ("fill", "stroke"))
