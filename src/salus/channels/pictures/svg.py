"""A picture as SVG that stands alone: no script, no font, no address, readable in light and
dark.
"""

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
    """Whether pictures can't be drawn here, as the extra isn't installed."""
    return any(find_spec(name) is None for name in NEEDED)


def require_extra() -> None:
    """Refuse where they can't."""
    if is_missing():
        raise UsageError(
            "pictures need an extra that isn't installed", "pip install 'salus[pictures]'"
        )


def draw_picture(picture: Picture, *, alone: bool = True) -> Markup:
    """The SVG. `alone`: a file of its own, with the colours of the dark; else part of a page that
    has them.
    """
    require_extra()
    return render_chart(
        picture.name, picture.title, picture.says, picture.draw().to_dict(), alone=alone
    )


def render_chart(
    name: str, title: str, says: str, spec: dict[str, Any], *, alone: bool = True
) -> Markup:
    """The SVG of a chart in the language of Vega-Lite."""
    import vl_convert

    found = ElementTree.fromstring(
        vl_convert.vegalite_to_svg(strip_invisible(spec), allowed_base_urls=[])
    )
    strip_roles(found)
    found.attrib |= {
        "class": "picture",
        "role": "img",
        "aria-labelledby": f"{name}-title",
        "aria-describedby": f"{name}-text",
    }
    told = [_element("title", title, id=f"{name}-title"), _element("desc", says, id=f"{name}-text")]
    for place, one in enumerate(
        [*told, *([_element("style", render_dark_style())] if alone else [])]
    ):
        found.insert(place, one)
    ElementTree.register_namespace("", SPACE)
    return Markup(ElementTree.tostring(found, encoding="unicode"))


def _element(tag: str, text: str, **attributes: str) -> ElementTree.Element:
    made = ElementTree.Element(f"{{{SPACE}}}{tag}", attributes)
    made.text = INVISIBLE.sub("", text)
    return made


def strip_roles(parent: ElementTree.Element) -> None:
    """Leave out what isn't seen, and roles inside: the picture is one image, with a title and a
    description.
    """
    for name in [name for name in parent.attrib if name in UNNEEDED or name.startswith("aria-")]:
        del parent.attrib[name]
    for child in list(parent):
        if child.get("display") == "none":
            parent.remove(child)
        else:
            strip_roles(child)


def strip_invisible(spec: Any) -> Any:
    """A chart without characters that XML doesn't know: one of them in a measured text ends the
    whole process.
    """
    if isinstance(spec, str):
        return INVISIBLE.sub("", spec)
    if isinstance(spec, dict):
        return {name: strip_invisible(value) for name, value in spec.items()}
    return [strip_invisible(value) for value in spec] if isinstance(spec, list) else spec


def render_dark_style() -> str:
    """Every colour of the light as its counterpart in the dark: a rule of a style sheet wins over
    an attribute.
    """
    return f"@media screen and (prefers-color-scheme: dark){{{dark_rules()}}}"


def dark_rules() -> str:
    """The rules alone."""
    return "".join(
        f'.picture [{part}="{colour}"]{{{part}:{DARK[name]}}}'
        for name, colour in LIGHT.items()
        for part in ("fill", "stroke")
    )
