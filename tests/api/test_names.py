"""The public names of the package."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import pytest

import salus


def test_every_public_name_is_there() -> None:
    for name in salus.__all__:
        assert getattr(salus, name) is not None, name
    assert dir(salus) == sorted(salus.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        salus.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_the_package_is_typed() -> None:
    assert files("salus").joinpath("py.typed").is_file()


def test_import_is_cheap() -> None:
    code = (
        "import salus, sys; dir(salus);"
        "print(sorted({'numpy', 'pyarrow', 'duckdb', 'click', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
