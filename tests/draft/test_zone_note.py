"""A draft says which times it takes for UTC, because nothing in the tables tells their zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from salus.draft.profile import ColumnProfile, TableProfile
from salus.draft.zone_note import describe_zone
from salus.sources.table import Type
from tests.draft.test_small_tables import EVENTS, draft_tables


def table(name: str, kind: Type, filled: int = 5) -> TableProfile:
    column = ColumnProfile(name="c", type=kind, rows=5, filled=filled, distinct=filled)
    return TableProfile(name, 5, (column,))


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ([table("a", "date"), table("b", "text"), table("c", "moment", 0)], ""),
        ([table("a", "instant")], "a day begins at midnight UTC"),
        ([table("a", "instant"), table("b", "moment")], "without an offset (table `b`) are UTC"),
        ([table(f"t{n}", "moment") for n in range(5)], "(tables `t0`, `t1`, `t2`, 2 more)"),
    ],
)
def test_what_is_assumed(tables: list[TableProfile], words: str) -> None:
    note = describe_zone(tables, "UTC")
    assert words in note
    assert bool(note) == bool(words)


def test_the_comment_stands_above_the_zone(tmp_path: Path) -> None:
    text = EVENTS.format(key="account_id", user="user_id", at="occurred_at")
    lines = text.splitlines()
    timed = "\n".join([lines[0], *(f"{line} 10:30" for line in lines[1:])]) + "\n"
    written = draft_tables(tmp_path, logins=timed).text.splitlines()
    place = written.index("timezone: UTC")
    assert written[place - 1].startswith("# assumed: times without an offset (table `logins`)")
