"""A folder as a connection: decoding once, the cache, and only what the model names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlglot import exp

from salus.errors import DamagedFileWarning, DataError
from salus.sources.files import FileSettings, Use
from salus.sources.folder import Folder

POISON = "POISON-7731"


def folder(
    root: Path, uses: Mapping[str, Use | None] | None = None, **settings: FileSettings
) -> Folder:
    """The folder `data` of a project."""
    return Folder(
        root / "data",
        root / "partials",
        root / "rejected",
        settings,
        None if uses is None else lambda table: uses,
        "Europe/Berlin",
    )


def write(root: Path, name: str, text: str) -> Path:
    path = root / "data" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def rows(place: Folder, table: str, *columns: str) -> list[tuple[object, ...]]:
    names = [exp.column(name, quoted=True) for name in columns]
    result = place.query(exp.select(*names).from_(place.table(table)))
    return list(zip(*(column.to_pylist() for column in result.columns), strict=True))


def cached(root: Path) -> list[Path]:
    return sorted((root / "partials").glob("*.parquet"))


def test_a_csv_file_as_a_table(tmp_path: Path) -> None:
    write(tmp_path, "logins.csv", "id,n,day\n007,1.5,2024-02-29\n")
    place = folder(tmp_path, {"id": "text", "n": "number", "day": "time"})
    assert [(column.name, column.type) for column in place.columns("logins")] == [
        ("id", "text"),
        ("n", "number"),
        ("day", "date"),
    ]
    assert rows(place, "logins", "id", "n")[0] == ("007", 1.5)
    assert place.readings["logins"].kept == 1
    place.close()


def test_parquet_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "data" / "events").mkdir(parents=True)
    for part in range(2):
        pq.write_table(
            pa.table({"id": [f"{part}"], "n": [part], "raw": [b"x"]}),
            tmp_path / "data" / "events" / f"{part}.parquet",
        )
    place = folder(tmp_path, {"id": "text", "n": None})
    assert sorted(rows(place, "events", "id", "n")) == [("0", 0), ("1", 1)]
    assert place.names("events") == ("id", "n", "raw")
    assert cached(tmp_path) == []


def test_without_a_model_all_columns_are_read(tmp_path: Path) -> None:
    write(tmp_path, "t.csv", "a,b\n1,x\n")
    assert [column.name for column in folder(tmp_path).columns("t")] == ["a", "b"]


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, "logins.csv", "a,b\n1,x\n")
    with pytest.raises(DataError, match="there is no table `login` in data/") as caught:
        folder(tmp_path).columns("login")
    assert "logins" in str(caught.value)


def test_a_file_without_any_named_column(tmp_path: Path) -> None:
    write(tmp_path, "t.csv", "a,b\n1,x\n")
    place = folder(tmp_path, {"c": None})
    assert (place.columns("t"), place.names("t"), cached(tmp_path)) == ((), ("a", "b"), [])


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="isn't a folder"):
        folder(tmp_path)


def test_a_file_is_decoded_once(tmp_path: Path) -> None:
    write(tmp_path, "t.csv", "id,n\n" + "a,1\n" * 20 + "b,x\n")
    first = folder(tmp_path, {"n": "number"})
    first.columns("t")
    path = cached(tmp_path)[0]
    written = path.stat().st_mtime_ns
    again = folder(tmp_path, {"n": "number"})
    again.columns("t")
    assert cached(tmp_path) == [path]
    assert path.stat().st_mtime_ns == written
    assert again.readings == first.readings
    assert again.readings["t"].rejected == 1
    assert again.readings["t"].preview[0].after == {"n": 1}


def test_a_lost_list_of_rejected_rows_is_written_again(tmp_path: Path) -> None:
    write(tmp_path, "t.csv", "id,n\n" + "a,1\n" * 20 + "b,x\n")
    folder(tmp_path, {"n": "number"}).columns("t")
    (tmp_path / "rejected" / "t.csv").unlink()
    folder(tmp_path, {"n": "number"}).columns("t")
    assert (tmp_path / "rejected" / "t.csv").is_file()


def test_changed_files_replace_what_was_decoded(tmp_path: Path) -> None:
    write(tmp_path, "t.csv", "id,n\na,1\n")
    folder(tmp_path, {"n": None}).columns("t")
    old = cached(tmp_path)
    write(tmp_path, "t.csv", "id,n\na,22\n")
    assert rows(folder(tmp_path, {"n": None}), "t", "n") == [(22,)]
    assert len(cached(tmp_path)) == 1
    assert cached(tmp_path) != old


def test_what_was_decoded_of_a_removed_file_goes(tmp_path: Path) -> None:
    for name in ("t.csv", "u.csv"):
        write(tmp_path, name, "id,n\na,1\n")
        folder(tmp_path, {"n": None}).columns(name.removesuffix(".csv"))
    (tmp_path / "data" / "t.csv").unlink()
    folder(tmp_path, {"id": None}).columns("u")
    assert len(cached(tmp_path)) == 2  # of u: by two models


def test_two_models_can_be_open_at_once(tmp_path: Path) -> None:
    write(tmp_path, "t.csv", "id,n\na,1\n")
    one, two = folder(tmp_path, {"n": None}), folder(tmp_path, {"id": "text"})
    assert rows(one, "t", "n") == [(1,)]
    assert rows(two, "t", "id") == [("a",)]
    assert rows(one, "t", "n") == [(1,)]


def test_a_damaged_cache_is_decoded_again(tmp_path: Path) -> None:
    write(tmp_path, "t.csv", "id,n\na,1\n")
    folder(tmp_path, {"n": None}).columns("t")
    cached(tmp_path)[0].write_bytes(b"PAR1rubbish")
    with pytest.warns(
        DamagedFileWarning, match="this decoded file was damaged; its table is read again"
    ):
        assert rows(folder(tmp_path, {"n": None}), "t", "n") == [(1,)]


def test_only_named_columns_are_ever_read(tmp_path: Path) -> None:
    """The other columns have values that would be rejected or shown somewhere, if they were read."""
    lines = [f"a{i},{i},{POISON},1.200,03/04/2025,{POISON}" for i in range(50)] + [
        f"b,x,{POISON},1,1,{POISON}",
        f"c,1,{POISON}",
    ]
    write(tmp_path, "t.csv", f"id,n,person,doubtful,when,{POISON}h\n" + "\n".join(lines) + "\n")
    uses: dict[str, Use | None] = {"id": "text", "n": "number"}
    place = folder(tmp_path, uses)
    assert len(rows(place, "t", "id", "n")) == 50
    assert place.readings["t"].rejected == 2
    assert POISON not in repr(place.readings["t"].preview)
    assert not any(
        name in text for text in place.audit for name in ("person", "doubtful", '"when"', POISON)
    )
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "data"]
    assert {path.parent.name for path in kept} == {"partials", "rejected"}
    assert not any(POISON.encode() in path.read_bytes() for path in kept)
    assert pq.read_schema(cached(tmp_path)[0]).names == ["id", "n"]


def test_only_named_columns_of_parquet_are_ever_read(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    pq.write_table(pa.table({"id": ["a"], "secret": [POISON]}), tmp_path / "data" / "t.parquet")
    place = folder(tmp_path, {"id": "text"})
    assert rows(place, "t", "id") == [("a",)]
    assert not any("secret" in text for text in place.audit)
    with pytest.raises(DataError):
        place.query(exp.select(exp.column("secret")).from_(place.table("t")))


@pytest.mark.parametrize(
    "name", ["it's", 'a"b', "a; DROP TABLE x", "ä b", "select", "a[1]*?", "x--y"]
)
def test_names_of_tables_and_columns_are_quoted(tmp_path: Path, name: str) -> None:
    write(tmp_path, f"{name}.csv", "id;n\na;1\n")
    write(tmp_path, "other.csv", "id;n\nz;9\n")
    header = name.replace('"', '""')
    write(tmp_path, f"{name}.csv", f'"{header}";n\na;1\n')
    assert rows(folder(tmp_path), name, name) == [("a",)]


def test_parquet_names_are_no_patterns(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("*", "[ab]", "a?", "a"):
        pq.write_table(pa.table({"id": [name]}), tmp_path / "data" / f"{name}.parquet")
    place = folder(tmp_path)
    assert rows(place, "a", "id") == [("a",)]
    for name in ("*", "[ab]", "a?"):
        with pytest.raises(DataError, match="rename the file"):
            place.columns(name)


def test_a_project_whose_path_looks_like_a_pattern(tmp_path: Path) -> None:
    root = tmp_path / "it's [1]*"
    root.mkdir()
    write(root, "t.csv", "id;n\na;1\n")
    pq.write_table(pa.table({"id": ["z"]}), root / "data" / "u.parquet")
    place = folder(root)
    assert (rows(place, "t", "id"), rows(place, "u", "id")) == ([("a",)], [("z",)])


def test_an_interrupted_decoding_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "t.csv", "id,n\na,1\n")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("salus.atomic.os.replace", stop)
    with pytest.raises(KeyboardInterrupt):
        folder(tmp_path, {"n": None}).columns("t")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / "data" / "t.csv"]


def test_a_parquet_file_that_is_none(tmp_path: Path) -> None:
    write(tmp_path, "t.parquet", "rubbish")
    with pytest.raises(DataError, match="the data can't be read"):
        folder(tmp_path).columns("t")


def test_the_decoded_file_is_plain_parquet(tmp_path: Path) -> None:
    write(tmp_path, "t.csv", "id,at\na,2024-07-01T12:00Z\n")
    folder(tmp_path).columns("t")
    assert duckdb.sql(f"SELECT count(*) FROM '{cached(tmp_path)[0]}'").fetchall() == [(1,)]


def test_a_parquet_column_without_a_type_is_what_the_model_needs(tmp_path: Path) -> None:
    """Pandas writes a column without any value so."""
    data = tmp_path / "data"
    data.mkdir()
    pq.write_table(
        pa.table(
            {"id": ["A", "B"], "ended": pa.nulls(2), "sum": pa.nulls(2), "label": pa.nulls(2)}
        ),
        data / "t.parquet",
    )
    uses: dict[str, Use | None] = {"id": "text", "ended": "end", "sum": "amount", "label": None}
    folder = Folder(data, tmp_path / "cache", tmp_path / "rejected", {}, lambda table: uses, "UTC")
    assert [(column.name, column.type) for column in folder.columns("t")] == [
        ("id", "text"),
        ("ended", "date"),
        ("sum", "number"),
        ("label", "text"),
    ]
    rows = folder.query(exp.select("*").from_(folder.table("t")))
    assert (
        rows["ended"].type == pa.date32()
        and rows["ended"].null_count == 2
        and rows["id"].to_pylist() == ["A", "B"]
    )
    folder.close()


def test_a_folder_of_parquet_files_names_its_parts(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "events").mkdir(parents=True)
    for name in ("1.parquet", "2.parquet"):
        pq.write_table(pa.table({"id": ["A"]}), data / "events" / name)
    pq.write_table(pa.table({"id": ["A"]}), data / "single.parquet")
    folder = Folder(data, tmp_path / "cache", tmp_path / "rejected", {}, None, "UTC")
    assert folder.tables() == ("events", "single")
    assert folder.parts("single") == {}
    before = folder.parts("events")
    assert list(before) == [
        str((data / "events" / name).resolve()) for name in ("1.parquet", "2.parquet")
    ]
    pq.write_table(pa.table({"id": ["A", "B"]}), data / "events" / "2.parquet")
    again = Folder(data, tmp_path / "cache", tmp_path / "rejected", {}, None, "UTC")
    changed = set(again.parts("events").items()) - set(before.items())
    assert [path for path, _ in changed] == [str((data / "events" / "2.parquet").resolve())]
    assert again.identity("events") != folder.identity("events")


def test_only_the_newest_models_keep_their_decoded_columns(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "t.csv").write_text("a,b,c,d,e,f\n1,2,3,4,5,6\n", encoding="utf-8")
    for column in "abcdef":
        folder = Folder(
            data,
            tmp_path / "cache",
            tmp_path / "rejected",
            {},
            lambda _, c=column: {c: None},
            "UTC",
        )
        assert [each.name for each in folder.columns("t")] == [column]
        folder.close()
    assert len(list((tmp_path / "cache").glob("*-*-*.parquet"))) == 4
    assert len(list((tmp_path / "cache").glob("*-*-*.json"))) == 4
