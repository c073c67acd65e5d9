"""A picture as SVG without scripts, fonts or links. It can be read in light and dark mode."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any
from xml.etree import ElementTree

from salus.channels.colours import DARK, LIGHT
from salus.channels.markup import INVISIBLE, Markup
from salus.channels.pictures.picture import Picture
from salus.errors import UsageError

NEEDED = ("altair", "vl_convert")
SPACE = "http://www.w3.org/2000/svg"
UNNEEDED = frozenset({"class", "role", "pointer-events"})


def is_missing() -> bool:
    """Whether the extra isn't installed, so that no picture can be drawn."""
    return any(find_spec(name) is None for name in NEEDED)


def require_extra() -> None:
    """Raise UsageError if the extra isn't installed."""
    if is_missing():
        raise UsageError(
            "pictures need the extra `pictures`, which isn't installed",
            "pip install 'salus[pictures]'",
        )


def draw_picture(picture: Picture, *, alone: bool = True) -> Markup:
    """The SVG. `alone`: it is a file of its own and contains the dark colours. Otherwise the page
    around it contains them.
    """
    require_extra()
    return render_chart(
        picture.name, picture.title, picture.caption, picture.draw().to_dict(), alone=alone
    )


def render_chart(
    name: str, title: str, says: str, spec: dict[str, Any], *, alone: bool = True
) -> Markup:
    """The SVG of a Vega-Lite chart."""
    import vl_convert

    root = ElementTree.fromstring(
        vl_convert.vegalite_to_svg(strip_invisible(spec), allowed_base_urls=[])
    )
    strip_roles(root)
    root.attrib |= {
        "class": "picture",
        "role": "img",
        "aria-labelledby": f"{name}-title",
        "aria-describedby": f"{name}-text",
    }
    first = [
        _element("title", title, id=f"{name}-title"),
        _element("desc", says, id=f"{name}-text"),
    ]
    if alone:
        first.append(_element("style", render_dark_style()))
    for place, child in enumerate(first):
        root.insert(place, child)
    ElementTree.register_namespace("", SPACE)
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _element(tag: str, text: str, **attributes: str) -> ElementTree.Element:
    made = ElementTree.Element(f"{{{SPACE}}}{tag}", attributes)
    made.text = INVISIBLE.sub("", text)
    return made


def strip_roles(parent: ElementTree.Element) -> None:
    """Remove hidden elements and the roles inside. For a screen reader the picture is one image."""
    for name in [name for name in parent.attrib if name in UNNEEDED or name.startswith("aria-")]:
        del parent.attrib[name]
    for child in list(parent):
        if child.get("display") == "none":
            parent.remove(child)
        else:
            strip_roles(child)


def strip_invisible(spec: Any) -> Any:
    """The chart without characters that XML doesn't allow: one of them crashes the process."""
    if isinstance(spec, str):
        return INVISIBLE.sub("", spec)
    if isinstance(spec, dict):
        return {name: strip_invisible(value) for name, value in spec.items()}
    return [strip_invisible(value) for value in spec] if isinstance(spec, list) else spec


def render_dark_style() -> str:
    """The style sheet that replaces every light colour by its dark colour. Its rules win over the
    attributes of the elements.
    """
    return f"@media screen and (prefers-color-scheme: dark){{{dark_rules()}}}"


def dark_rules() -> str:
    """The rules for the dark colours."""
    return "".join(
        f'.picture [{part}="{colour}"]{{{part}:{DARK[name]}}}'
        for name, colour in LIGHT.items()
        for part in ("fill", "stroke")
    )
