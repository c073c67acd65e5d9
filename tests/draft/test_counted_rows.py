"""The rows that conditions leave out are counted as a loop over the rows counts them."""

from __future__ import annotations

import random
from pathlib import Path

from salus.draft import open_folder
from salus.draft.counted_rows import count_left_out
from tests.draft.test_small_tables import draft_tables, folder

CONDITIONS = ("kind != 'a'", "(note is null or note not like 'x%')", "size > 3")


def keeps(row: tuple[str, str, int]) -> tuple[bool, bool, bool]:
    kind, note, size = row
    return kind != "a", not note.startswith("x"), size > 3


def test_each_row_counts_under_the_first_condition_that_it_fails(tmp_path: Path) -> None:
    draw = random.Random(7)
    rows = [
        (draw.choice("abc"), draw.choice(["", "x1", "y"]), draw.randint(0, 9)) for _ in range(300)
    ]
    text = "kind,note,size\n" + "".join(f"{k},{n},{s}\n" for k, n, s in rows)
    expected = [0, 0, 0]
    for row in rows:
        kept = keeps(row)
        if not all(kept):
            expected[kept.index(False)] += 1
    opened = open_folder(folder(tmp_path / "tables", things=text), tmp_path / "scratch")
    try:
        assert count_left_out(opened.connection, "things", CONDITIONS) == expected
    finally:
        opened.connection.close()


def test_what_is_assumed_of_time_zones_is_said_with_the_draft(tmp_path: Path) -> None:
    rows = "".join(f"A{n % 7},2026-0{1 + n % 3}-{1 + n % 28:02} 10:30\n" for n in range(200))
    draft = draft_tables(tmp_path, logins="account_id,occurred_at\n" + rows)
    assert draft.assumed.startswith("times without an offset (table `logins`) are UTC")
