"""CONTRIBUTING.md lists the layers as `.importlinter` has them."""

from __future__ import annotations

from scripts import write_layers


def test_the_list_of_layers_is_fresh() -> None:
    """`make docs` writes it."""
    assert write_layers.PAGE.read_text(encoding="utf-8") == write_layers.page()


def test_every_layer_says_what_it_holds() -> None:
    modules = [name for row in write_layers.rows() for name in row]
    assert {"cli", "verbs", "kernel", "sanitize"} <= set(modules)
    assert [name for name in modules if len(write_layers.purpose(name).split()) < 3] == []
