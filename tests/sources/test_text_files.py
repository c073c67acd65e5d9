"""Text files: separators, headers, encodings, broken rows, and harmful files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salus.errors import DataError
from salus.sources.files import FileSettings, encoding

from .reading import read, read_text, table_of


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(tmp_path: Path, separator: str) -> None:
    rows = [["id", "name"], ["1", '"a,b;c|d"'], ["2", "plain"]]
    result = read_text(tmp_path, "".join(separator.join(row) + "\n" for row in rows))
    assert result["name"] == ["a,b;c|d", "plain"]


def test_decimal_commas_are_no_separators(tmp_path: Path) -> None:
    assert read_text(tmp_path, "a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n")["b"] == [2.5, 5.5]


@pytest.mark.parametrize(
    "text",
    [
        "a;b;c;d\n1,5;2,5;3,5;4,5\n1,5;2,5;3,5;4,5\n",  # more commas than semicolons
        "Stand: Montag, 1. Juli\n\na;b;c;d\nx;1,5;y;z\nx;1,5;y;z\n",
        "a;b;c;d\nx;1,5;2\nx;1,5;2;3\nx;1,5\nx;1,5;2;3\nx;1,5;2;3\n",  # broken rows
        'a,b,c,d\nx,1,"p;q",z\ny,2,p;q,z\n',
        "a,d\nx,p;q\ny,p;q\n",
        "a\td\nx, y\tz\nx, y\tz\n",
    ],
)
def test_what_else_could_be_a_separator(tmp_path: Path, text: str) -> None:
    names = read_text(tmp_path, text).table.column_names
    assert (names[0], names[-1]) == ("a", "d")


def test_a_single_column(tmp_path: Path) -> None:
    assert read_text(tmp_path, "id\na\nb\n")["id"] == ["a", "b"]


def test_information_lines_before_the_header(tmp_path: Path) -> None:
    text = "Rechnungsliste\nStand: 01.02.2025\n\nMandant;4711\n\nNummer;Betrag;Kunde\nR-1;12,50;A\nR-2;8,00;B\n"
    result = read_text(tmp_path, text)
    assert result["Betrag"] == [12.5, 8.0]
    assert "column names in line 6" in result.reading.notes


def test_information_lines_as_wide_as_the_table(tmp_path: Path) -> None:
    text = (
        "Liste;;;\nStand;01.02.2025;;\n;;;\nNummer;Betrag;Kunde;Ort\nR-1;12,50;A;X\nR-2;8,00;B;Y\n"
    )
    assert read_text(tmp_path, text)["Ort"] == ["X", "Y"]


def test_the_header_row_can_be_given(tmp_path: Path) -> None:
    text = "a,b\nc,d\n1,2\n"
    assert read_text(tmp_path, text, settings=FileSettings(header_row=2))["c"] == [1]
    with pytest.raises(DataError, match="correct header_row"):
        read_text(tmp_path, text, settings=FileSettings(header_row=9))


def test_values_are_no_column_names(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the first row holds values, not column names"):
        read_text(tmp_path, "1,2024-01-01,7.5\n2,2024-01-02,8.5\n")


def test_headers_are_trimmed(tmp_path: Path) -> None:
    assert read_text(tmp_path, ' id ,"Betrag\nnetto"\na,1\n').table.column_names == [
        "id",
        "Betrag netto",
    ]


def test_seats_beside_seats_with_a_blank(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"`seats` \(column 1\), `seats` \(column 2\)"):
        read_text(tmp_path, "seats,seats \n1,2\n", {"seats": None})


def test_empty_cells_at_the_end_are_no_extra_cells(tmp_path: Path) -> None:
    assert read_text(tmp_path, "a;b\n1;2;\n3;4;;\n")["b"] == [2, 4]


def test_empty_rows_are_no_rows(tmp_path: Path) -> None:
    result = read_text(tmp_path, "a,b\n1,2\n\n,\n3,4\n")
    assert (result.reading.read, result["a"]) == (2, [1, 3])
    assert "empty rows skipped: 2" in result.reading.notes


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("cp1252", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_encodings(tmp_path: Path, codec: str, mark: bytes) -> None:
    assert read_text(tmp_path, mark + "id;Straße\n1;Köln\n2;Gießen\n".encode(codec))["Straße"] == [
        "Köln",
        "Gießen",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    result = read_text(tmp_path, end.join(["id,n", "a,1", "b,2", ""]))
    assert result["n"] == [1, 2]


def test_broken_rows_cost_only_themselves(tmp_path: Path) -> None:
    text = 'id,n\na,1\nb\nc,"open\nd,4\ne,5,6\nf,6\n'
    result = read_text(tmp_path, text)
    assert (result["id"], result.lines) == (["a", "d", "f"], [3, 4, 6])
    assert [row["raw"] for row in result.rejected] == ["b", 'c,"open', "e,5,6"]


def test_quoted_line_breaks_count_as_lines(tmp_path: Path) -> None:
    result = read_text(tmp_path, 'id,t\na,"x\ny"\nb,z,z\n')
    assert (result["t"], result.lines) == (["x\ny"], [4])


def test_rejected_rows_can_be_opened_in_a_spreadsheet(tmp_path: Path) -> None:
    result = read_text(
        tmp_path, "id,n\n" + "a,1\n" * 20 + "=1+1,x\n", {"id": "text", "n": "number"}
    )
    assert result.rejected == [
        {"line": "22", "reason": "n: 'x' isn't a valid number", "raw": "'=1+1,x"}
    ]


def test_no_rejected_rows_no_file(tmp_path: Path) -> None:
    read_text(tmp_path, "id,n\n" + "a,1\n" * 20 + "b,x\n", {"n": "number"})
    assert (tmp_path / "rejected" / "t.csv").exists()
    read_text(tmp_path, "id,n\na,1\n", {"n": "number"})
    assert not list((tmp_path / "rejected").iterdir())


def test_nul_bytes_reject_the_row(tmp_path: Path) -> None:
    result = read_text(tmp_path, "id,n\na,1\nb\0,2\nc,3\n")
    assert (result["id"], result.reasons) == (["a", "c"], ["contains a NUL character"])


def test_ten_thousand_columns(tmp_path: Path) -> None:
    header = ",".join(f"c{i}" for i in range(10_000))
    rows = "".join(",".join(["1"] * 10_000) + "\n" for _ in range(50))
    assert read_text(tmp_path, f"{header}\n{rows}", {"c77": None})["c77"] == [1] * 50


def test_too_many_columns(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="at most 16384 can be read"):
        read_text(tmp_path, ",".join(f"c{i}" for i in range(17_000)) + "\n")


def test_a_line_without_end(tmp_path: Path) -> None:
    result = read_text(tmp_path, b"id,n\na,1\n" + b"b" * 3_000_000 + b",2\nc,3\n")
    assert (result["n"], len(result.rejected)) == ([1, 3], 1)
    assert len(result.rejected[0]["raw"]) <= 2_000


def test_gzip(tmp_path: Path) -> None:
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"id,n\na,1\n"))
    assert read(table_of(tmp_path, "t"), tmp_path / "out")["n"] == [1]


def test_a_damaged_gzip(tmp_path: Path) -> None:
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"id,n\na,1\n" * 9_999)[:-20])
    with pytest.raises(DataError, match="can't be read to its end"):
        read(table_of(tmp_path, "t"), tmp_path / "out")


def test_a_gzip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "ALWAYS_UNPACKED", 1 << 20)
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"id,n\n" + b"0,1\n" * 5_000_000))
    with pytest.raises(DataError, match="unpacks to far more than its size"):
        read(table_of(tmp_path, "t"), tmp_path / "out")


HEADERS = [
    'a"b',
    "a'b",
    "a;--",
    "DROP TABLE t",
    "a\x1b[31mb",
    "a\x00b",
    "ä b",
    "select",
    "a.b",
    '"; COPY t TO x',
]


@pytest.mark.parametrize("name", HEADERS)
def test_names_made_to_do_harm(tmp_path: Path, name: str) -> None:
    quoted = name.replace('"', '""')
    result = read_text(tmp_path, f'"{quoted}",n\nx,1\n')
    assert all(column.isprintable() for column in result.table.column_names)
    assert result["n"] == [1]


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.one_of(
        st.binary(max_size=300), st.text('ab,;"\n\r\t1.=\0é\x1a', max_size=200).map(str.encode)
    )
)
def test_rubbish_is_read_or_refused(tmp_path: Path, rubbish: bytes) -> None:
    """The result is either `read == kept + rejected` (checked by `read_text`) or a DataError."""
    try:
        read_text(tmp_path, b"id,n\na,1\nb,2\n" + rubbish, {"id": "text", "n": None})
    except DataError as caught:
        assert caught.problems  # noqa: PT017 (either outcome is right)


def test_rubbish_alone(tmp_path: Path) -> None:
    result = read_text(tmp_path, bytes(range(256)) * 40, {"id": "text"})
    assert result.table.column_names == []
    assert result.reading.kept == 0


def test_line_numbers_hold_in_long_files(tmp_path: Path) -> None:
    """Plain lines are read a thousand at a time, others one by one; their line numbers are right
    either way.
    """
    lines = [f"a{number},{number}" for number in range(2, 6_002)]
    lines[700], lines[2_500], lines[4_400], lines[5_900] = "x", "b,many", '"c\nd",1', "e,few"
    result = read_text(tmp_path, "id,n\n" + "\n".join(lines) + "\n", {"id": "text", "n": "number"})
    assert result.lines == [702, 2_502, 5_903]
    assert result.reading.kept == 5_997
    assert result["id"][-1] == "a6001"


@pytest.mark.parametrize(
    ("text", "line", "names"),
    [
        (
            ",id,company,owner\n0,A,Alpha,Kim\n1,B,Beta,Lee\n",
            1,
            ("id", "company", "owner"),
        ),  # the index of pandas
        (",id\n0,A\n1,B\n", 1, ("id",)),
        (",company\nA,Alpha\nB,Beta\n", 1, ("company",)),
        (",,id,company\nx,0,A,Alpha\nx,1,B,Beta\n", 1, ("id", "company")),  # one of two levels
        (
            "id;company;arr;\nA;Alpha;5;x\nB;Beta;6;y\n",
            1,
            ("id", "company", "arr"),
        ),  # a blank last header
        ("id;company;\nA;Alpha;5\nB;Beta;6\n", 1, ("id", "company")),
        ("id;;company;owner\nA;x;Alpha;Kim\nB;y;Beta;Lee\n", 1, ("id", "company", "owner")),
        ("id;company;arr;\nA;Alpha;5;\nB;Beta;6;\n", 1, ("id", "company", "arr")),
        (
            "Report;;;\nid;company;owner;arr\nA;Alpha;Kim;5\nB;Beta;Lee;6\n",
            2,
            ("id", "company", "owner", "arr"),
        ),
        (
            "Customer;ACME;\nid;company;arr\nA;Alpha;5\nB;Beta;6\n",
            2,
            ("id", "company", "arr"),
        ),  # a filter
        (
            "Customer;ACME;\nid;company;owner\nA;Alpha;Kim\nB;Beta;Lee\n",
            2,
            ("id", "company", "owner"),
        ),
        (
            "From;2024-01-01;to;\nid;company;owner;arr\nA;Alpha;Kim;5\nB;Beta;Lee;6\n",
            2,
            ("id", "company", "owner", "arr"),
        ),
    ],
)
def test_columns_without_a_name(
    tmp_path: Path, text: str, line: int, names: tuple[str, ...]
) -> None:
    result = read_text(tmp_path, text)
    assert tuple(result.table.column_names) == names and result.reading.header == line
    assert result.reading.kept == text.count("\n") - line and not result.rejected
