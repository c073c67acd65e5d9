"""The oracle shares nothing with the product."""

from __future__ import annotations

import ast
import sys
from pathlib import Path


def test_it_imports_the_standard_library_only() -> None:
    for path in Path(__file__).parent.glob("*.py"):
        if path.name.startswith("test_"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                assert node.module and node.module.split(".")[0] in sys.stdlib_module_names, (
                    path.name,
                    node.module,
                )
            elif isinstance(node, ast.Import):
                assert all(
                    each.name.split(".")[0] in sys.stdlib_module_names for each in node.names
                ), path.name
