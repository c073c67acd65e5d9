"""HTML and SVG from small calls. Plain text is escaped; only `Markup` is taken as it is.

>>> print(element("p", "5 < 6 ", element("b", "yes"), class_="note", hidden=False))
<p class="note">5 &lt; 6 <b>yes</b></p>
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

LONGEST = 90  # characters of a name from the data
EMPTY = frozenset(
    {"meta", "link", "br", "wbr", "rect", "line", "circle", "use", "path", "polyline"}
)
# Control characters, and those that change the direction of the text after them: U+202A to U+202E,
# U+2066 to U+2069.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True)
class Markup:
    """Text that is HTML."""

    text: str

    def __str__(self) -> str:
        return self.text


Child: TypeAlias = "Markup | str | Iterable[Child] | None"


def escape(text: str) -> str:
    """Text for the inside of an element or of quotes. Invisible characters are left out."""
    return html.escape(INVISIBLE.sub("", text), quote=True)


def element(tag: str, *children: Child, **attributes: object) -> Markup:
    """One element. `class_` becomes class and `data_label` becomes data-label. An attribute that is
    None or False is left out.
    """
    start = f"<{tag}{''.join(_attribute(name, value) for name, value in attributes.items())}"
    if tag in EMPTY and not children:
        return Markup(f"{start}>" if tag in ("meta", "link", "br", "wbr") else f"{start}/>")
    return Markup(f"{start}>{join(children).text}</{tag}>")


def join(children: Child) -> Markup:
    """All children, one after the other."""
    if children is None:
        return Markup("")
    if isinstance(children, Markup):
        return children
    if isinstance(children, str):
        return Markup(escape(children))
    return Markup("".join(join(child).text for child in children))


def render_foreign_text(text: str) -> Markup:
    """A name from the data, shortened. It can't change the direction of the text around it."""
    return element("bdi", shorten(text))


def render_address(text: str) -> Markup:
    """A name, or the part of a mail address before `@`, shortened. The title has the whole address.

    >>> print(render_address("ida@ordalin.example"))
    <bdi title="ida@ordalin.example">ida</bdi>
    """
    user, sign, _ = text.partition("@")
    if not (user and sign):
        return element("bdi", shorten(text))
    return element("bdi", shorten(user), title=shorten(text))


def render_code(text: str) -> Markup:
    """The text, with `code` for what stands between backticks.

    >>> print(render_code("see `salus score`"))
    see <code>salus score</code>
    """
    parts = text.split("`")
    return join([element("code", part) if i % 2 else part for i, part in enumerate(parts)])


def shorten(text: str) -> str:
    """The text, cut to LONGEST characters."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    spelled = name.rstrip("_").replace("_", "-")
    return f" {spelled}" if value is True else f' {spelled}="{escape(str(value))}"'
