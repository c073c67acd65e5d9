"""Long signatures: large dataclasses are built by keyword, functions take six parameters at most.

Two kinds of function may have more, because a caller names each option: the keyword-only parameters
of the public API (`Project`, `open_project`, `init`) aren't counted, and a command of the command line
receives one parameter for each of its options.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.structure.source import trees

FIELDS = 7
PARAMETERS = 6
PUBLIC = ("salus.project.project", "salus.project.start", "salus")


def decorators(node: ast.ClassDef | ast.FunctionDef) -> dict[str, ast.expr]:
    """The decorators of a class or function, by the last part of their name."""
    return {ast.unparse(each).split("(")[0].split(".")[-1]: each for each in node.decorator_list}


def positional_dataclasses() -> Iterator[str]:
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef) or "dataclass" not in decorators(node):
                continue
            fields = [
                item
                for item in node.body
                if isinstance(item, ast.AnnAssign)
                and "ClassVar" not in ast.unparse(item.annotation)
            ]
            keyword_only = "kw_only=True" in ast.unparse(decorators(node)["dataclass"])
            if len(fields) >= FIELDS and not keyword_only:
                yield f"{name}.{node.name}"


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef, *, public: bool) -> int:
    """How many parameters a caller passes; `self` and `cls` aren't counted."""
    names = [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
    if names[:1] in (["self"], ["cls"]):
        names = names[1:]
    return len(names) + (0 if public else len(node.args.kwonlyargs))


def long_functions() -> Iterator[str]:
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if isinstance(node, ast.FunctionDef) and "command" in decorators(node):
                continue
            if parameters(node, public=name in PUBLIC) > PARAMETERS:
                yield f"{name}.{node.name}"


def test_dataclasses_of_seven_fields_are_keyword_only() -> None:
    assert not list(positional_dataclasses())


def test_functions_have_at_most_six_parameters() -> None:
    assert not list(long_functions())
