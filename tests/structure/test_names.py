"""One name has one meaning, and the names that were replaced don't come back."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.structure.source import trees

BANNED = Path(__file__).parents[1] / "banned_names.txt"


def public_classes() -> dict[str, list[str]]:
    """The modules that define a public class of a name."""
    result = defaultdict(list)
    for name, tree in trees().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                result[node.name].append(name)
    return result


def test_no_two_public_classes_of_one_name() -> None:
    assert not {name: places for name, places in public_classes().items() if len(places) > 1}


def banned() -> list[tuple[str, bool, set[str]]]:
    """The rules of the file: a package, whether local names count too, and the names."""
    rules = []
    for line in BANNED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            scope, names = line.split(":")
            package, _, everywhere = scope.partition(" ")
            rules.append((package, everywhere == "everywhere", set(names.split())))
    return rules


def global_names(tree: ast.Module) -> Iterator[str]:
    """Classes, functions and methods, constants of the module, and what is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ImportFrom | ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[-1]
                yield alias.asname or ""
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            yield from (item.id for item in statement.targets if isinstance(item, ast.Name))
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id


def all_names(tree: ast.Module) -> Iterator[str]:
    """The names above, and local variables, fields and parameters."""
    yield from global_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def banned_names() -> Iterator[str]:
    rules = banned()
    for module, tree in trees().items():
        own = {module.rsplit(".", maxsplit=1)[-1]}
        outer = own.union(global_names(tree))
        inner = outer.union(all_names(tree))
        for package, everywhere, names in rules:
            if module == package or module.startswith(f"{package}."):
                used = inner if everywhere else outer
                yield from (f"{module}: {name}" for name in used & names)


def test_replaced_names_are_gone() -> None:
    assert not list(banned_names())


def test_a_banned_name_is_detected() -> None:
    tree = ast.parse("from a import Told\ndef seen(one): found = one\nclass Judged: ...\n")
    assert set(global_names(tree)) >= {"Told", "seen", "Judged"}
    assert set(all_names(tree)) >= {"one", "found"}
