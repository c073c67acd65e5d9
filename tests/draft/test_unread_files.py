"""Files that may hold tables but aren't read are named, and no others."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from salus.draft import open_folder
from salus.sources.files import list_unread


def test_unread_files_and_folders_are_named(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("a.csv", "events.json", "old.XLS", "raw.jsonl.gz", "notes.md", ".hidden.json", "2025/b.csv", "empty/x.txt~", "parts/deep/p.parquet"):  # fmt: skip
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("id,name\n1,A\n2,B\n", encoding="utf-8")
    assert list_unread(data) == ("2025/", "events.json", "old.XLS", "raw.jsonl.gz")
    (data / "parts" / "deep" / "p.parquet").unlink()
    opened = open_folder(data, tmp_path / "scratch")
    with closing(opened.connection):
        assert opened.left_out == (
            "folder 2025/: only files beside it are read; move its files up",
            "file events.json: this kind of file isn't read; export it as CSV, XLSX or Parquet",
            "file old.XLS: this kind of file isn't read; export it as CSV, XLSX or Parquet",
            "file raw.jsonl.gz: this kind of file isn't read; export it as CSV, XLSX or Parquet",
        )
