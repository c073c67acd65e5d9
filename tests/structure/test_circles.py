"""No file imports itself through others, not even inside a function."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from tests.structure.source import for_types_only, modules, trees

Graph = Mapping[str, set[str]]


def imports_of(name: str) -> set[str]:
    """The modules of the package that a module imports anywhere, except for type checkers."""
    tree, targets = trees()[name], set()
    skipped = for_types_only(tree)
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            targets |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} has a relative import"
            for alias in node.names:
                member = f"{node.module}.{alias.name}"
                targets.add(member if member in modules() else str(node.module))
    return {target for target in targets if target in modules() and target != name}


def circles(graph: Graph) -> list[list[str]]:
    """The strongly connected components of more than one module (Tarjan)."""
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    result: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = lowest[name] = len(index)
        stack.append(name)
        for target in sorted(graph[name]):
            if target not in index:
                visit(target)
                lowest[name] = min(lowest[name], lowest[target])
            elif target in stack:
                lowest[name] = min(lowest[name], index[target])
        if lowest[name] == index[name]:
            start = stack.index(name)
            members = sorted(stack[start:])
            del stack[start:]
            if len(members) > 1:
                result.append(members)

    for name in sorted(graph):
        if name not in index:
            visit(name)
    return result


def test_a_circle_is_detected() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert circles({"a": {"b"}, "b": set()}) == []


def test_no_circle_of_files() -> None:
    assert circles({name: imports_of(name) for name in modules()}) == []
