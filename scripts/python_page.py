"""The page on the Python API, from the docstrings and signatures of the public names."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cached_property

import salus

EXAMPLE = re.compile(r"\n\nExample:\n\n((?:    .*\n?|\n)+)$")


def public_classes() -> dict[str, type]:
    """The public classes by name: the project, the results, then errors and warnings."""
    classes = {name: getattr(salus, name) for name in dir(salus)}
    return {name: each for name, each in classes.items() if isinstance(each, type)}


def members(cls: type) -> Iterator[tuple[str, object]]:
    """The public methods and properties of a class and its bases in the package, in their order."""
    listed: set[str] = set()
    for base in cls.__mro__:
        if not base.__module__.startswith("salus"):
            continue
        for name, member in vars(base).items():
            if name.startswith("_") or name in listed:
                continue
            if inspect.isfunction(member) or isinstance(
                member, property | cached_property | classmethod
            ):
                listed.add(name)
                yield name, member


def function_of(member: object) -> object:
    """The function behind a method, a property or a class method."""
    if isinstance(member, property):
        member = member.fget
    elif isinstance(member, cached_property):
        member = member.func
    elif isinstance(member, classmethod):
        member = member.__func__
    return inspect.unwrap(member)  # type: ignore[arg-type]


def signature(name: str, member: object) -> str:
    """A member as it is called: `name(parameters) -> result`, or `name: result` for a property."""
    function = function_of(member)
    parsed = inspect.signature(function)  # type: ignore[arg-type]
    result = parsed.return_annotation
    if isinstance(member, property | cached_property):
        return f"{name}: {result}"
    parameters = [each for key, each in parsed.parameters.items() if key not in ("self", "cls")]
    return f"{name}({', '.join(_parameters(parameters))}) -> {result}"


def _parameters(parameters: list[inspect.Parameter]) -> Iterator[str]:
    star = False
    for each in parameters:
        if each.kind is each.KEYWORD_ONLY and not star:
            star = True
            yield "*"
        default = "" if each.default is each.empty else f" = {each.default!r}"
        yield f"{each.name}: {each.annotation}{default}"


def comments(cls: type) -> dict[str, str]:
    """The comment on the line of each field."""
    pattern = re.compile(r"^    (\w+):[^#\n]*  # (.+)$", re.MULTILINE)
    return dict(pattern.findall(inspect.getsource(cls)))


def doc_of(item: object) -> tuple[str, str | None]:
    """The docstring without its example, and the example."""
    text = inspect.cleandoc(getattr(item, "__doc__", None) or "")
    match = EXAMPLE.search(text + "\n")
    if match is None:
        return text, None
    return text[: match.start()], textwrap.dedent(match[1]).strip()


def examples() -> dict[str, str]:
    """The example of each verb of `Project`, in the order of the class."""
    parsed = {name: doc_of(function_of(member))[1] for name, member in members(salus.Project)}
    return {name: code for name, code in parsed.items() if code is not None}


def python_page(note: str) -> str:
    """The whole page."""
    parts = [
        f"{note}# Python\n\n"
        '```python\nimport salus\n\nproject = salus.open_project("salus-demo")\n```\n\n'
        "Everything on this page can be imported from `salus`. The examples use the demo company,"
        " which `salus demo` creates, and run in the order of the page. Results can be read row by row"
        " (`for row in project.score()`); a notebook shows them as tables. The JSON document of each"
        " result is on the page [JSON documents](json.md).\n",
        *_entry("open_project", salus.open_project, "##"),
        *_entry("init", salus.init, "##"),
    ]
    classes = public_classes()
    order = sorted(
        classes, key=lambda name: (name != "Project", issubclass(classes[name], Exception), name)
    )
    for name in order:
        cls = classes[name]
        parts.append(f"\n## {name}\n\n{doc_of(cls)[0]}\n")
        if is_dataclass(cls):
            about = comments(cls)
            rows = [
                f"| `{each.name}` | `{_escape(each.type)}` | {_escape(about.get(each.name, ''))} |\n"
                for each in fields(cls)
            ]
            parts += ["\n| field | type | meaning |\n|---|---|---|\n", *rows]
        if not issubclass(cls, Exception):
            for member_name, member in members(cls):
                parts += _entry(member_name, member, "###")
    return "".join(parts)


def _escape(text: object) -> str:
    return str(text).replace("|", "\\|")


def _entry(name: str, member: object, level: str) -> Iterator[str]:
    text, example = doc_of(function_of(member))
    yield f"\n{level} {name}\n\n```py\n{signature(name, member)}\n```\n\n{text}\n"
    if example is not None:
        yield f"\n```python\n{example}\n```\n"


def api() -> str:
    """The public names with their signatures, one a line: a change of it is a change of the API."""
    lines = [signature("open_project", salus.open_project), signature("init", salus.init)]
    for name, cls in public_classes().items():
        bases = ", ".join(base.__name__ for base in cls.__bases__ if base is not object)
        lines += ["", f"class {name}({bases})"]
        if is_dataclass(cls):
            lines += [f"    {each.name}: {each.type}" for each in fields(cls)]
        lines += [f"    {signature(name, member)}" for name, member in members(cls)]
    return "\n".join(lines) + "\n"
