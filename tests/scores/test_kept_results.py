"""Results in memory: the newest stay, within a number of rows."""

from __future__ import annotations

from salus.workspace import kept_results
from salus.workspace.kept_results import KeptResults


def test_an_unknown_state_keeps_nothing() -> None:
    kept = KeptResults()
    assert [kept.get("a", None, lambda value=value: value) for value in (1, 2)] == [1, 2]
    assert kept.get("a", "s", lambda: 3) == 3
    assert kept.get("a", None, lambda: 4) == 4
    assert kept.get("a", "s", lambda: 5) == 5  # the earlier one is gone


def test_the_oldest_results_make_room(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(kept_results, "MOST_ROWS", 10)
    kept = KeptResults()

    def get(key: str, size: int) -> str:
        made = []
        kept.get(key, 1, lambda: made.append(key), lambda _: size)
        return "made" if made else "kept"

    assert [get("a", 6), get("b", 4), get("a", 6)] == ["made", "made", "kept"]
    assert [get("c", 4), get("a", 6), get("b", 4)] == ["made", "kept", "made"]
    assert [get("large", 99), get("large", 99), get("a", 6)] == ["made", "kept", "made"]
